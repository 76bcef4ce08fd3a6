/* Proximity along roads: pairs as in a straight line on a straight street, other ones where the
 * street is one-way. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static const FmVia on_foot = {.profile = "walk"};

static void put_street(Fixture *fixture)
{
    const Place roads[] = {{"street", "LINESTRING (-0.01 0, 0.06 0)", NULL, NULL, NULL, NAN}};
    fixture_put_places(fixture, "roads", "network", roads, 1, NULL);
}

static FmProximityOptions near_clinics(gsize k)
{
    return (FmProximityOptions){.from = {.layer = "quarter"},
                                .to = {.layer = "clinic", .filter = {.by_status = TRUE}},
                                .k = k};
}

static void same_pairs(const FmResult *straight, const FmResult *via)
{
    const FmTable *a = fm_result_table(straight, ""), *b = fm_result_table(via, "");
    g_assert_cmpuint(fm_table_n_rows(a), ==, fm_table_n_rows(b));
    for (gsize row = 0; row < fm_table_n_rows(a); row++) {
        g_assert_cmpstr(fixture_text(a, "from_id", row), ==, fixture_text(b, "from_id", row));
        g_assert_cmpstr(fixture_text(a, "to_id", row), ==, fixture_text(b, "to_id", row));
        g_assert_cmpfloat(fixture_number(a, "rank", row), ==, fixture_number(b, "rank", row));
        g_assert_cmpfloat_with_epsilon(fixture_number(a, "distance_m", row),
                                       fixture_number(b, "time_s", row) * 1.25, 1e-6);
    }
}

/* The nearest, the two nearest, a limit, and all: 4.5 km/h are 1.25 m/s. */
static void test_as_straight(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_street(&fixture);
    for (gsize k = 0; k <= 2; k++) {
        FmProximityOptions options = near_clinics(k);
        const FmLimit metres = fixture_limit("3km"), seconds = fixture_limit("2400s");
        options.matrix = FALSE;
        options.within = k == 0 ? &metres : NULL;
        g_autoptr(FmResult) straight = town_near(&fixture, &options);
        options.via = &on_foot;
        options.within = k == 0 ? &seconds : NULL;
        g_autoptr(FmResult) via = town_near(&fixture, &options);
        same_pairs(straight, via);
        options.routes = TRUE;
        g_autoptr(FmResult) routes = town_near(&fixture, &options);
        same_pairs(straight, routes);
        const FmTable *table = fm_result_table(routes, "");
        for (gsize row = 0; row < fm_table_n_rows(table); row++) {
            const FmGeometry *line = fm_table_geometry(table, row);
            g_assert_cmpfloat_with_epsilon(line ? fm_geodesic_length_m(line) : 0,
                                           fixture_number(table, "route_m", row), 1e-3);
            g_assert_cmpfloat_with_epsilon(fixture_number(table, "route_m", row),
                                           fixture_number(table, "time_s", row) * 1.25, 1e-3);
        }
    }
    FmProximityOptions all = near_clinics(0);
    all.matrix = TRUE;
    g_autoptr(FmResult) straight = town_near(&fixture, &all);
    all.via = &on_foot;
    g_autoptr(FmResult) via = town_near(&fixture, &all);
    same_pairs(straight, via);
}

/* More than the searches pay for: through the hierarchy, the same as one by one. */
static void test_matrix(void)
{
    enum { N = 70 };
    g_auto(Fixture) fixture = {NULL};
    fixture_open_empty(&fixture);
    put_street(&fixture);
    char ids[N][8], wkt[N][32];
    Place places[N];
    for (gsize i = 0; i < N; i++) {
        g_snprintf(ids[i], sizeof ids[i], "p%02u", (guint)i);
        g_snprintf(wkt[i], sizeof wkt[i], "POINT (%.4f 0.0001)", (double)(i * 37 % N) * 7e-4);
        places[i] = (Place){ids[i], wkt[i], NULL, NULL, NULL, NAN};
    }
    fixture_put_places(&fixture, "place", "shop", places, N, NULL);
    const FmLimit everything = fixture_limit("20h");
    FmProximityOptions options = {
        .from = {.layer = "place"}, .to = {.layer = "place"}, .matrix = TRUE, .via = &on_foot};
    g_autoptr(FmResult) matrix = town_near(&fixture, &options);
    options.within = &everything;
    g_autoptr(FmResult) each = town_near(&fixture, &options);
    const FmTable *a = fm_result_table(matrix, ""), *b = fm_result_table(each, "");
    g_assert_cmpuint(fm_table_n_rows(a), ==, N * (N - 1));
    g_autofree char *sum_a = fm_table_sha256(a);
    g_autofree char *sum_b = fm_table_sha256(b);
    g_assert_cmpstr(sum_a, ==, sum_b);
}

/* To a clinic, or from it: each leg is where the journey has it. */
static void test_direction(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open_empty(&fixture);
    put_street(&fixture);
    const Place homes[] = {{"home", "POINT (0.01 0.001)", NULL, NULL, NULL, NAN}};
    const Place posts[] = {{"post", "MULTIPOINT ((0.02 0.002), (0.5 0.5))", NULL, NULL, NULL, NAN}};
    fixture_put_places(&fixture, "home", "demand", homes, 1, NULL);
    fixture_put_places(&fixture, "post", "station", posts, 1, NULL);
    FmVia via = on_foot;
    FmProximityOptions options = {
        .from = {.layer = "home"}, .to = {.layer = "post"}, .k = 1, .via = &via};
    g_autoptr(FmResult) there = town_near(&fixture, &options);
    via.from_facilities = TRUE;
    g_autoptr(FmResult) back = town_near(&fixture, &options);
    const FmTable *a = fm_result_table(there, ""), *b = fm_result_table(back, "");
    double home_m = fm_geodesic_distance_m((FmLonLat){0.01, 0}, (FmLonLat){0.01, 0.001});
    g_assert_cmpfloat_with_epsilon(fixture_number(a, "access_m", 0), home_m, 1e-6);
    g_assert_cmpfloat_with_epsilon(fixture_number(b, "egress_m", 0), home_m, 1e-6);
    g_assert_cmpfloat(fixture_number(a, "egress_m", 0), ==, fixture_number(b, "access_m", 0));
    g_assert_cmpfloat(fixture_number(a, "time_s", 0), ==, fixture_number(b, "time_s", 0));
    double way_m = fm_geodesic_distance_m((FmLonLat){0.01, 0}, (FmLonLat){0.02, 0});
    g_assert_cmpfloat_with_epsilon(fixture_number(a, "time_s", 0) * 1.25,
                                   home_m + way_m + fixture_number(a, "egress_m", 0), 1e-6);
}

static void test_unreachable(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const Place roads[] = {{"a", "LINESTRING (-0.01 0, 0.011 0)", NULL, NULL, NULL, NAN},
                           {"b", "LINESTRING (0.02 0, 0.03 0)", NULL, NULL, NULL, NAN},
                           {"c", "LINESTRING (0.05 0, 0.06 0)", NULL, NULL, NULL, NAN}};
    fixture_put_places(&fixture, "roads", "network", roads, 3, NULL);
    FmProximityOptions options = near_clinics(1);
    options.via = &on_foot;
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "");
    g_assert_cmpstr(fixture_text(table, "reason", fixture_row(table, "from_id", "q2")), ==,
                    "on a part of the network that is cut off");
    g_assert_cmpstr(fixture_text(table, "reason", fixture_row(table, "from_id", "q4")), ==,
                    "no road within 500 m");
    /* Two quarters have a way to the first clinic, one to the second. */
    options.k = 0;
    options.matrix = TRUE;
    g_autoptr(FmResult) matrix = town_near(&fixture, &options);
    town_assert_warned(matrix, "9 of 12 pairs have no way by road, and no row");
    const FmLimit limit = fixture_limit("1min");
    options = near_clinics(1);
    options.via = &on_foot;
    options.within = &limit;
    g_autoptr(FmResult) near = town_near(&fixture, &options);
    table = fm_result_table(near, "");
    g_assert_cmpstr(fixture_text(table, "reason", fixture_row(table, "from_id", "q1")), ==,
                    "none within 1min");
    g_assert_cmpstr(fixture_text(table, "reason", fixture_row(table, "from_id", "q4")), ==,
                    "no road within 500 m");
}

/* The only place to go to is where one is, whatever roads there are. */
static void test_alone(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_street(&fixture);
    const FmFilter only = {.where = "id = 'q3'"};
    FmProximityOptions options = {.from = {.layer = "quarter", .filter = only},
                                  .to = {.layer = "quarter", .filter = only},
                                  .k = 1,
                                  .via = &on_foot};
    g_autoptr(FmResult) alone = town_near(&fixture, &options);
    g_assert_cmpuint(fm_table_n_rows(fm_result_table(alone, "")), ==, 1);
    g_assert_cmpstr(fixture_text(fm_result_table(alone, ""), "reason", 0), ==, "no other");
}

static void test_errors(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    FmProximityOptions options = near_clinics(1);
    options.routes = TRUE;
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "--via walk");
    options.routes = FALSE;
    const FmLimit limit = fixture_limit("5min");
    options.within = &limit;
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "is a time");
}

void test_proximity_via(void)
{
    g_test_add_func("/analysis/proximity-via/as-straight", test_as_straight);
    g_test_add_func("/analysis/proximity-via/matrix", test_matrix);
    g_test_add_func("/analysis/proximity-via/direction", test_direction);
    g_test_add_func("/analysis/proximity-via/unreachable", test_unreachable);
    g_test_add_func("/analysis/proximity-via/alone", test_alone);
    g_test_add_func("/analysis/proximity-via/errors", test_errors);
}
