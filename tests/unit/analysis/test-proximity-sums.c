/* Median, 90th percentile and weighted mean of the nearest distances, done by hand. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

/* Nearest distances in steps: west 0, 1, 2 (100, 200, 300 people), east 2, 1, 0 (400, 500, 600). */
static void test_by_area(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmProximityOptions options = {
        .from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .k = 2, .by = "district"};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "_by_district");
    double step_m = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.01, 0});
    const double mean[] = {(0 * 100 + 1 * 200 + 2 * 300) / 600.0,
                           (2 * 400 + 1 * 500 + 0 * 600) / 1500.0};
    g_assert_cmpuint(fm_table_n_rows(table), ==, 2);
    for (gsize row = 0; row < 2; row++) {
        g_assert_cmpfloat(fixture_number(table, "n", row), ==, 3);
        g_assert_cmpfloat(fixture_number(table, "n_without", row), ==, 0);
        g_assert_cmpfloat_with_epsilon(fixture_number(table, "median", row), step_m, 1e-6);
        g_assert_cmpfloat_with_epsilon(fixture_number(table, "p90", row), 1.8 * step_m, 1e-6);
        g_assert_cmpfloat_with_epsilon(fixture_number(table, "mean_weighted", row),
                                       mean[row] * step_m, 1e-6);
        g_assert_nonnull(fm_table_geometry(table, row));
    }
    g_assert_cmpstr(fixture_text(table, "name_en", 0), ==, "West");
}

static void test_without(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmLimit within = fixture_limit("1.2km");
    FmProximityOptions options = {.from = {.layer = "quarter"},
                                  .to = {.layer = "clinic", .filter = {.where = "id = 'a'"}},
                                  .k = 1,
                                  .within = &within,
                                  .by = "district"};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "_by_district");
    g_assert_cmpfloat(fixture_number(table, "n", 0), ==, 2);
    g_assert_cmpfloat(fixture_number(table, "n_without", 0), ==, 1);
    g_assert_cmpfloat(fixture_number(table, "n", 1), ==, 0);
    g_assert_cmpfloat(fixture_number(table, "n_without", 1), ==, 3);
    g_assert_true(isnan(fixture_number(table, "median", 1)));
    g_assert_true(isnan(fixture_number(table, "mean_weighted", 1)));
}

/* An area without anybody, origins outside all areas, and no column of people. */
static void test_unweighted(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place zones[] = {{"empty", "POLYGON ((5 5, 6 5, 6 6, 5 6, 5 5))", "Empty", NULL, NULL, 0},
                           {"left", "POLYGON ((-0.01 -1, 0.001 -1, 0.001 1, -0.01 1, -0.01 -1))",
                            "Left", NULL, NULL, 0}};
    fixture_put_places(&fixture, "zone", "area", zones, 2, NULL);
    FmProximityOptions options = {
        .from = {.layer = "clinic"}, .to = {.layer = "clinic"}, .k = 1, .by = "zone"};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    const FmTable *table = fm_result_table(result, "_by_zone");
    double apart_m = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.05, 0});
    g_assert_cmpfloat(fixture_number(table, "n", 0), ==, 0);
    g_assert_cmpfloat(fixture_number(table, "n", 1), ==, 1);
    g_assert_cmpfloat(fixture_number(table, "mean_weighted", 1), ==, apart_m);
    gsize column = fm_table_find_column(table, "mean_weighted");
    g_assert_cmpstr(fm_table_column_title_en(table, column), ==,
                    "Mean distance to the nearest, unweighted");
    town_assert_warned(result, "1 row of 'clinic' lies outside every area of 'zone'");
}

void test_proximity_sums(void)
{
    g_test_add_func("/analysis/proximity-sums/by-area", test_by_area);
    g_test_add_func("/analysis/proximity-sums/without", test_without);
    g_test_add_func("/analysis/proximity-sums/unweighted", test_unweighted);
}
