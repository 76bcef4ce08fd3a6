/* Proximity from end to end: which pairs, corridors and areas as targets, what is refused. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static FmProximityOptions quarters_to_clinics(void)
{
    return (FmProximityOptions){
        .from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .k = 1, .by = "district"};
}

static void test_nearest(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmProximityOptions options = quarters_to_clinics();
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    g_assert_cmpstr(result->name, ==, "proximity_quarter_clinic");
    const FmTable *table = fm_result_table(result, "");
    g_assert_cmpuint(fm_table_n_rows(table), ==, 6);
    for (gsize row = 0; row < 6; row++)
        g_assert_cmpstr(fixture_text(table, "to_id", row), ==, row < 3 ? "a" : "b");
}

static void test_matrix(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmProximityOptions options = quarters_to_clinics();
    options.k = 0;
    options.matrix = TRUE;
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    g_assert_cmpuint(fm_table_n_rows(fm_result_table(result, "")), ==, 12);
    FmLimit within = fixture_limit("3.5km");
    options.within = &within;
    g_autoptr(FmResult) limited = town_near(&fixture, &options);
    g_assert_cmpuint(fm_table_n_rows(fm_result_table(limited, "")), ==, 8);
}

static void test_threads(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmProximityOptions options = quarters_to_clinics();
    options.k = 2;
    options.n_threads = 1;
    g_autoptr(FmResult) one = town_near(&fixture, &options);
    options.n_threads = 4;
    g_autoptr(FmResult) four = town_near(&fixture, &options);
    g_assert_cmpstr(one->summary, ==, four->summary);
    g_autofree char *a = fm_table_sha256(fm_result_table(one, ""));
    g_autofree char *b = fm_table_sha256(fm_result_table(four, ""));
    g_assert_cmpstr(a, ==, b);
}

/* Sites within 2 km of one axis out of several lines. */
static void test_corridor(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place axes[] = {
        {"axis", "LINESTRING (0.01 -0.1, 0.01 0.1)", "Axis", "open", NULL, NAN},
        {"ring", "LINESTRING (-0.1 0.001, 0.1 0.001)", "Ring", "open", NULL, NAN},
    };
    fixture_put_places(&fixture, "corridor", "line", axes, 2, NULL);
    FmLimit within = fixture_limit("2km");
    FmProximityOptions options = {.from = {.layer = "quarter"},
                                  .to = {.layer = "corridor", .filter = {.where = "id='axis'"}},
                                  .within = &within};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "");
    double step_m = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.01, 0});
    const double expected_m[] = {step_m, 0, step_m};
    g_assert_cmpuint(fm_table_n_rows(table), ==, 6);
    for (gsize row = 0; row < 3; row++) {
        g_assert_cmpstr(fixture_text(table, "to_id", row), ==, "axis");
        g_assert_cmpfloat_with_epsilon(fixture_number(table, "distance_m", row), expected_m[row],
                                       1e-6);
    }
    g_assert_cmpfloat_with_epsilon(fixture_number(table, "bearing_deg", 0), 90, 1e-6);
    g_assert_cmpfloat_with_epsilon(fixture_number(table, "bearing_deg", 2), 270, 1e-6);
    g_assert_cmpstr(fixture_text(table, "reason", 1), ==, "same position");
    g_assert_null(fm_table_geometry(table, 1));
    for (gsize row = 3; row < 6; row++)
        g_assert_cmpstr(fixture_text(table, "reason", row), ==, "none within 2km");
}

/* A layer against itself: by id, also when the two sides are filtered differently. */
static void test_itself(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmProximityOptions options = {.from = {.layer = "quarter"}, .to = {.layer = "quarter"}, .k = 1};
    g_autoptr(FmResult) all = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(all, "");
    g_assert_cmpuint(fm_table_n_rows(table), ==, 6);
    for (gsize row = 0; row < 6; row++) {
        g_assert_cmpstr(fixture_text(table, "from_id", row), !=, fixture_text(table, "to_id", row));
        g_assert_cmpfloat(fixture_number(table, "distance_m", row), >, 1000);
    }
    options.to.filter.where = "id >= 'q3'";
    g_autoptr(FmResult) some = town_near(&fixture, &options);
    table = fm_result_table(some, "");
    const char *const expected[] = {"q3", "q3", "q3", "q4", "q3", "q4"};
    for (gsize row = 0; row < 6; row++)
        g_assert_cmpstr(fixture_text(table, "to_id", row), ==, expected[row]);
    options.from.filter.where = options.to.filter.where = "id = 'q3'";
    g_autoptr(FmResult) alone = town_near(&fixture, &options);
    g_assert_cmpstr(fixture_text(fm_result_table(alone, ""), "reason", 0), ==, "no other");
}

static void test_itself_without_ids(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    fm_table_add_column(table, "note", FM_COLUMN_TEXT);
    for (int i = 0; i < 3; i++)
        fm_table_set_geometry(table, fm_table_append_row(table),
                              fm_geometry_new_point((FmLonLat){0.01 * i * i, 0}));
    fixture_put(&fixture, "bare", "thing", table);
    FmProximityOptions options = {.from = {.layer = "bare"}, .to = {.layer = "bare"}, .k = 1};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const char *const expected[] = {"2", "1", "2"};
    for (gsize row = 0; row < 3; row++)
        g_assert_cmpstr(fixture_text(fm_result_table(result, ""), "to_id", row), ==, expected[row]);
    options.to.filter.where = "note IS NULL";
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "layer 'bare' has no column 'id'");
}

static void test_status(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place schools[] = {{"old", "POINT (0.05 0)", "Old", "open", "2001", NAN},
                             {"new", "POINT (0 0)", "New", "planned", "2030", NAN}};
    fixture_put_places(&fixture, "school", "school", schools, 2, NULL);
    FmProximityOptions options = quarters_to_clinics();
    options.to = (FmSelection){.layer = "school", .filter = {.by_status = TRUE}};
    g_autoptr(FmResult) now = town_near(&fixture, &options);
    g_assert_cmpstr(fixture_text(fm_result_table(now, ""), "to_id", 0), ==, "old");
    options.to.filter.include_planned = TRUE;
    g_autoptr(FmResult) plan = town_near(&fixture, &options);
    g_assert_cmpstr(fixture_text(fm_result_table(plan, ""), "to_id", 0), ==, "new");
}

static void test_refusals(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmLimit minutes = fixture_limit("15min");
    FmProximityOptions options = quarters_to_clinics();
    options.matrix = TRUE;
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "leave out either -k or --matrix");
    options.matrix = FALSE;
    options.k = 0;
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "which pairs?");
    options.within = &minutes;
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "is a time");
    options = quarters_to_clinics();
    options.to.filter.where = "id = 'z'";
    town_near_fails(&fixture, &options, FM_ERROR_DATA, "no target of layer 'clinic' is left");
    options = quarters_to_clinics();
    options.from.filter.where = "id = 'z'";
    town_near_fails(&fixture, &options, FM_ERROR_DATA, "no origin of layer 'quarter' is left");
    options = quarters_to_clinics();
    options.by = "clinic";
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "not a polygon");
    options = quarters_to_clinics();
    options.name = "9";
    town_near_fails(&fixture, &options, FM_ERROR_USAGE, "9");
    options = quarters_to_clinics();
    options.to.layer = "clinik";
    town_near_fails(&fixture, &options, FM_ERROR_NOT_FOUND, "clinik");
}

/* 7,072² is just above 5e7. */
static void test_too_many(void)
{
    enum { N = 7072 };
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    g_autofree FmLonLat *positions = fixture_random(5, N, (FmExtent){-1, -1, 1, 1});
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    for (gsize i = 0; i < N; i++)
        fm_table_set_geometry(table, fm_table_append_row(table),
                              fm_geometry_new_point(positions[i]));
    fixture_put(&fixture, "crowd", "thing", table);
    FmProximityOptions options = {
        .from = {.layer = "crowd"}, .to = {.layer = "crowd"}, .matrix = TRUE};
    town_near_fails(&fixture, &options, FM_ERROR_LIMIT, "more than 50,000,000 pairs");
}

static void test_cancel(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(GError) error = NULL;
    FmProximityOptions options = quarters_to_clinics();
    FmProgress progress = fm_progress_init(fixture_cancel, NULL);
    g_assert_null(fm_proximity(fixture.workspace, &options, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_proximity(void)
{
    g_test_add_func("/analysis/proximity/nearest", test_nearest);
    g_test_add_func("/analysis/proximity/matrix", test_matrix);
    g_test_add_func("/analysis/proximity/threads", test_threads);
    g_test_add_func("/analysis/proximity/corridor", test_corridor);
    g_test_add_func("/analysis/proximity/itself", test_itself);
    g_test_add_func("/analysis/proximity/itself-without-ids", test_itself_without_ids);
    g_test_add_func("/analysis/proximity/status", test_status);
    g_test_add_func("/analysis/proximity/refusals", test_refusals);
    g_test_add_func("/analysis/proximity/too-many", test_too_many);
    g_test_add_func("/analysis/proximity/cancel", test_cancel);
}
