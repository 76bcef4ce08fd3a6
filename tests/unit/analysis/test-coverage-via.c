/* Coverage along roads in the town: quarters and clinics stand on one straight street, on which the
 * way is as long as the straight line. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static const FmVia on_foot = {.profile = "walk"};

static void put_roads(Fixture *fixture, const char *const *wkt, gsize n)
{
    static const char *const ids[] = {"r0", "r1", "r2", "r3", "r4", "r5"};
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
    /* Round where the street ends, and cut off where only the way does. */
    g_assert_cmpfloat_with_epsilon(area_m2 / (reached_m * 200 + G_PI * 1e4), 1, 0.01);
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

/* Who is reached, and every home's time. */
static FmResult *cover_grid(Fixture *fixture, const char *closed)
{
    const FmVia via = {.profile = "walk", .closed = closed};
    const FmLimit limit = fixture_limit("25min");
    const FmCoverageOptions options = {.of = {.layer = "site"},
                                       .demand = {.layer = "home"},
                                       .limits = &limit,
                                       .n_limits = 1,
                                       .via = &via,
                                       .areas = FM_AREAS_NONE};
    return town_cover(fixture, &options);
}

/* On random grids a closure shortens nobody's way, and whom it does not concern walk as before. */
static void test_closing_never_shortens(void)
{
    guint n_longer = 0, n_same = 0;
    for (guint32 seed = 1; seed <= 8; seed++) {
        g_auto(Fixture) fixture = {NULL};
        fixture_open(&fixture);
        GRand *random = g_rand_new_with_seed(seed);
        town_put_grid(&fixture, random);
        /* No site has to go to another road when its own is closed. */
        town_put_points(&fixture, "site", "facility", 3, (const int[]){0, 1}, random);
        town_put_points(&fixture, "home", "demand", 40, (const int[]){0, TOWN_STREETS - 1}, random);
        town_put_points(&fixture, "works", "line", 4, (const int[]){1, TOWN_STREETS - 1}, random);
        g_rand_free(random);
        g_autoptr(FmResult) before = cover_grid(&fixture, NULL);
        g_autoptr(FmResult) after = cover_grid(&fixture, "works");
        const FmTable *a = fm_result_table(before, "_demand");
        const FmTable *b = fm_result_table(after, "_demand");
        g_assert_cmpfloat(fixture_number(fm_result_table(after, ""), "people", 0), <=,
                          fixture_number(fm_result_table(before, ""), "people", 0));
        for (gsize row = 0; row < fm_table_n_rows(a); row++) {
            /* Their own street closed, people walk to another one: that is no way along roads. */
            if (fixture_number(b, "access_m", row) != fixture_number(a, "access_m", row))
                continue;
            double was_s = fixture_text(a, "nearest_id", row) ? fixture_number(a, "time_s", row)
                                                              : (double)INFINITY;
            double is_s = fixture_text(b, "nearest_id", row) ? fixture_number(b, "time_s", row)
                                                             : (double)INFINITY;
            /* Where a closure turns an edge round, positions on it are rounded from the other
             * side: one step for each end. */
            g_assert_cmpfloat(is_s, >=, was_s - 2 * FM_COST_STEP);
            n_longer += is_s > was_s + 2 * FM_COST_STEP;
            n_same += is_s <= was_s + 2 * FM_COST_STEP;
        }
    }
    g_assert_cmpuint(n_longer, >, 0);
    g_assert_cmpuint(n_same, >, 0);
}

/* Closing all there is leaves no network, and the message names the layer that does it. */
static void test_all_closed(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_street(&fixture);
    const Place flood[] = {
        {"c", "POLYGON ((-1 -1, 1 -1, 1 1, -1 1, -1 -1))", NULL, NULL, NULL, NAN}};
    fixture_put_places(&fixture, "flood", "area", flood, 1, NULL);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    const FmVia via = {.profile = "walk", .closed = "flood"};
    options.via = &via;
    town_cover_fails(&fixture, &options, FM_ERROR_DATA, "'flood' closes every road of 'roads'");
}

/* A street far from everybody: all demand has a row, nobody is reached, and it says why. */
static void test_far_street(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_roads(&fixture, (const char *const[]){"LINESTRING (1 1, 1.01 1)"}, 1);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    options.via = &on_foot;
    g_autoptr(FmResult) result = town_cover(&fixture, &options);
    const FmTable *demand = fm_result_table(result, "_demand");
    g_assert_cmpfloat(fixture_number(fm_result_table(result, ""), "people", 2), ==, 0);
    g_assert_cmpfloat(fixture_number(fm_result_table(result, ""), "area_m2", 2), ==, 0);
    for (gsize row = 0; row < fm_table_n_rows(demand); row++)
        g_assert_cmpstr(fixture_text(demand, "reason", row), ==, "no road within 500 m");
}

/* Streets that nothing joins, one a quarter: those with a clinic reach it, and all others say why
 * not. */
static void test_all_islands(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_roads(
        &fixture,
        (const char *const[]){"LINESTRING (-0.002 0, 0.002 0)", "LINESTRING (0.008 0, 0.012 0)",
                              "LINESTRING (0.018 0, 0.022 0)", "LINESTRING (0.028 0, 0.032 0)",
                              "LINESTRING (0.038 0, 0.042 0)", "LINESTRING (0.048 0, 0.052 0)"},
        6);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    options.via = &on_foot;
    g_autoptr(FmResult) result = town_cover(&fixture, &options);
    const FmTable *demand = fm_result_table(result, "_demand");
    g_assert_cmpfloat(fixture_number(fm_result_table(result, ""), "people", 2), ==, 100 + 600);
    for (gsize row = 0; row < 6; row++) {
        gboolean clinic = row == 0 || row == 5;
        const char *reason = fixture_text(demand, "reason", row);
        g_assert_cmpint(reason == NULL, ==, clinic);
        g_assert_cmpfloat(fixture_number(demand, "n_within", row), ==, clinic ? 1 : 0);
        if (reason && !g_str_equal(reason, "no route"))
            g_assert_cmpstr(reason, ==, "on a part of the network that is cut off");
    }
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
    g_test_add_func("/analysis/coverage-via/closing", test_closing_never_shortens);
    g_test_add_func("/analysis/coverage-via/all-closed", test_all_closed);
    g_test_add_func("/analysis/coverage-via/far-street", test_far_street);
    g_test_add_func("/analysis/coverage-via/all-islands", test_all_islands);
    g_test_add_func("/analysis/coverage-via/errors", test_errors);
}
