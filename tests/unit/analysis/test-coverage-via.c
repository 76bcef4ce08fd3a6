/* Coverage along roads in the town: quarters and clinics stand on one straight street, on which the
 * way is as long as the straight line. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static const FmVia on_foot = {.profile = "walk"};

static void put_roads(Fixture *fixture, const char *const *wkt, gsize n)
{
    static const char *const ids[] = {"r0", "r1", "r2"};
    Place roads[G_N_ELEMENTS(ids)];
    for (gsize i = 0; i < n; i++)
        roads[i] = (Place){ids[i], wkt[i], NULL, NULL, NULL, NAN};
    fixture_put_places(fixture, "roads", "network", roads, n, NULL);
}

static void put_street(Fixture *fixture)
{
    put_roads(fixture, (const char *const[]){"LINESTRING (-0.01 0, 0.06 0)"}, 1);
}

static void same_column(const FmResult *a, const FmResult *b, const char *suffix,
                        const char *column, double factor)
{
    const FmTable *x = fm_result_table(a, suffix), *y = fm_result_table(b, suffix);
    g_assert_cmpuint(fm_table_n_rows(x), ==, fm_table_n_rows(y));
    for (gsize row = 0; row < fm_table_n_rows(x); row++)
        g_assert_cmpfloat_with_epsilon(fixture_number(x, column, row) * factor,
                                       fixture_number(y, column, row), 1e-6);
}

/* On a straight street both ways of measuring agree in every figure of people. */
static void test_as_straight(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_street(&fixture);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    g_autoptr(FmResult) straight = town_cover(&fixture, &options);
    options.via = &on_foot;
    g_autoptr(FmResult) via = town_cover(&fixture, &options);
    same_column(straight, via, "", "people", 1);
    same_column(straight, via, "_demand", "distance_m", 1);
    same_column(straight, via, "_demand", "n_within", 1);
    same_column(straight, via, "_facility", "people", 1);
    same_column(straight, via, "_facility", "people_only", 1);
    same_column(straight, via, "_by_district", "people_covered", 1);
    same_column(straight, via, "_by_district", "people_twice", 1);
    /* 4.5 km/h: the same limits as times. */
    for (gsize l = 0; l < 3; l++) {
        g_autofree char *text = g_strdup_printf("%.0fs", limits[l].value / 1.25);
        limits[l] = fixture_limit(text);
    }
    g_autoptr(FmResult) time = town_cover(&fixture, &options);
    same_column(straight, time, "", "people", 1);
    g_assert_cmpfloat(fixture_number(fm_result_table(time, ""), "within_s", 0), ==, 960);
    /* A quarter's own clinic is 0 s away; the street is its own access. */
    g_assert_cmpfloat(fixture_number(fm_result_table(time, "_demand"), "access_m", 2), <, 1e-6);
    const FmTable *far = fm_result_table(straight, "_demand");
    for (gsize row = 0; row < fm_table_n_rows(far); row++)
        g_assert_cmpfloat_with_epsilon(
            fixture_number(far, "distance_m", row),
            fixture_number(fm_result_table(time, "_demand"), "time_s", row) * 1.25, 1e-6);
}

/* The street is broken, a quarter has no road, and who cannot get anywhere is told why. */
static void test_reasons(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_roads(&fixture,
              (const char *const[]){"LINESTRING (-0.02 0, 0.01 0)", "LINESTRING (0.02 0, 0.03 0)",
                                    "LINESTRING (0.049 0, 0.06 0)"},
              3);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    options.via = &on_foot;
    g_autoptr(FmResult) result = town_cover(&fixture, &options);
    const FmTable *demand = fm_result_table(result, "_demand");
    gsize q2 = fixture_row(demand, "demand_id", "q2"), q4 = fixture_row(demand, "demand_id", "q4");
    g_assert_cmpstr(fixture_text(demand, "reason", q2), ==,
                    "on a part of the network that is cut off");
    g_assert_null(fixture_text(demand, "nearest_id", q2));
    g_assert_cmpstr(fixture_text(demand, "reason", q4), ==, "no road within 500 m");
    g_assert_null(fixture_text(demand, "reason", 0));
    town_assert_warned(result, "3 rows of 'quarter' (1200 people) have no way");
    /* Everybody is somewhere. */
    g_autoptr(JsonObject) summary = town_object(result->summary);
    g_assert_cmpfloat(json_object_get_double_member(summary, "people_without_way"), ==, 1200);
}

static void test_areas_drawn(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_street(&fixture);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    options.via = &on_foot;
    options.by = NULL;
    options.roads = TRUE;
    options.areas = FM_AREAS_EACH;
    g_autoptr(FmResult) each = town_cover(&fixture, &options);
    const FmTable *main = fm_result_table(each, ""), *roads = fm_result_table(each, "_roads");
    const FmTable *facility = fm_result_table(each, "_facility");
    /* 1.2 km each way of a clinic at either end of 5.5 km, a street that goes on for 1.1 km. */
    double beyond_m = fm_geodesic_distance_m((FmLonLat){0.05, 0}, (FmLonLat){0.06, 0});
    double reached_m = 2 * (1200 + fmin(beyond_m, 1200));
    g_assert_cmpfloat_with_epsilon(fm_geodesic_length_m(fm_table_geometry(roads, 0)), reached_m, 1);
    double area_m2 = fixture_number(main, "area_m2", 0);
    g_assert_cmpfloat_with_epsilon(area_m2 / (reached_m * 200 + 2 * G_PI * 1e4), 1, 0.01);
    g_assert_cmpfloat(fixture_number(facility, "area_m2", 0), >, 0);
    /* None drawn: the same people, and no area. */
    options.areas = FM_AREAS_NONE;
    options.roads = FALSE;
    g_autoptr(FmResult) none = town_cover(&fixture, &options);
    same_column(each, none, "", "people", 1);
    g_assert_null(fm_result_table(none, "_roads"));
    g_assert_null(fm_table_geometry(fm_result_table(none, ""), 0));
    g_assert_true(fm_table_is_null(fm_result_table(none, ""), 4, 0));
}

/* A closed street never brings anybody nearer, and a new one never takes anybody away. */
static void test_what_if(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_street(&fixture);
    const Place closed[] = {{"c", "POINT (0.005 0)", NULL, NULL, NULL, NAN}};
    fixture_put_places(&fixture, "closed", "line", closed, 1, NULL);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    FmVia via = on_foot;
    options.via = &via;
    options.limits = &limits[2];
    options.n_limits = 1;
    g_autoptr(FmResult) open = town_cover(&fixture, &options);
    via.closed = "closed";
    g_autoptr(GError) error = NULL;
    /* The only edge is closed: nobody goes anywhere, or there is no network left to open. */
    g_autoptr(FmResult) shut = fm_coverage(fixture.workspace, &options, NULL, &error);
    if (shut)
        g_assert_cmpfloat(fixture_number(fm_result_table(shut, ""), "people", 0), ==, 0);
    else
        g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_assert_cmpfloat(fixture_number(fm_result_table(open, ""), "people", 0), >, 0);
}

static void test_errors(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    limits[0] = limits[1] = limits[2] = fixture_limit("15min");
    town_cover_fails(&fixture, &options, FM_ERROR_USAGE, "--via walk");
    options.via = &on_foot;
    town_cover_fails(&fixture, &options, FM_ERROR_NOT_FOUND, "network");
    const FmVia odd = {.profile = "teleport"};
    options.via = &odd;
    town_cover_fails(&fixture, &options, FM_ERROR_NOT_FOUND, "teleport");
}

void test_coverage_via(void)
{
    g_test_add_func("/analysis/coverage-via/as-straight", test_as_straight);
    g_test_add_func("/analysis/coverage-via/reasons", test_reasons);
    g_test_add_func("/analysis/coverage-via/areas", test_areas_drawn);
    g_test_add_func("/analysis/coverage-via/what-if", test_what_if);
    g_test_add_func("/analysis/coverage-via/errors", test_errors);
}
