/* The result layers of coverage on the town, every figure done by hand. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void check_row(const FmTable *table, gsize row, const char *const *columns,
                      const double *expected, gsize n)
{
    for (gsize i = 0; i < n; i++)
        g_assert_cmpfloat(fixture_number(table, columns[i], row), ==, expected[i]);
}

static void test_main(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) result = town_covered(&town);
    const FmTable *table = fm_result_table(result, "");
    g_assert_cmpuint(fm_table_n_rows(table), ==, 3);
    g_assert_cmpstr(fixture_text(table, "within", 1), ==, "2.5km");
    g_assert_cmpfloat(fixture_number(table, "within_m", 1), ==, 2500);
    g_assert_cmpfloat(fixture_number(table, "people_share", 0), ==, 1400.0 / 2100);
    g_assert_cmpfloat(fixture_number(table, "people_share", 2), ==, 1);
    const FmResultLayer *layer = g_ptr_array_index(result->layers, 0);
    g_assert_cmpstr(layer->title_en, ==,
                    "Coverage of The clinics within 1.2 km, 2.5 km and 3.5 km");
    g_assert_cmpstr(layer->title_zh, ==, "中clinic 1.2 公里、2.5 公里、3.5 公里覆盖");
}

static void test_demand_rows(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) result = town_covered(&town);
    const FmTable *table = fm_result_table(result, "_demand");
    const char *const within[] = {"1.2km", "1.2km", "2.5km", "2.5km", "1.2km", "1.2km"};
    const char *const nearest[] = {"a", "a", "a", "b", "b", "b"};
    const char *const area[] = {"west", "west", "west", "east", "east", "east"};
    const double n_within[] = {1, 1, 2, 2, 1, 1};
    const double steps[] = {0, 1, 2, 2, 1, 0};
    double step_m = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.01, 0});
    g_assert_cmpuint(fm_table_n_rows(table), ==, 6);
    for (gsize row = 0; row < 6; row++) {
        g_assert_cmpstr(fixture_text(table, "within", row), ==, within[row]);
        g_assert_cmpstr(fixture_text(table, "nearest_id", row), ==, nearest[row]);
        g_assert_cmpstr(fixture_text(table, "area_id", row), ==, area[row]);
        g_assert_null(fixture_text(table, "reason", row));
        g_assert_cmpfloat(fixture_number(table, "n_within", row), ==, n_within[row]);
        g_assert_cmpfloat_with_epsilon(fixture_number(table, "distance_m", row),
                                       steps[row] * step_m, 1e-6);
        g_assert_cmpfloat(fixture_number(table, "weight", row), ==, 100.0 * (double)(row + 1));
        g_assert_nonnull(fm_table_geometry(table, row));
    }
}

static void test_facility(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) result = town_covered(&town);
    const FmTable *table = fm_result_table(result, "_facility");
    const char *const columns[] = {"people", "people_only"};
    const double expected[6][2] = {{300, 300},   {600, 600},   {1000, 300},
                                   {1100, 1100}, {1500, 1500}, {1800, 1100}};
    g_assert_cmpuint(fm_table_n_rows(table), ==, 6);
    for (gsize row = 0; row < 6; row++) {
        check_row(table, row, columns, expected[row], 2);
        double radius_m = town.limits[row % 3].value;
        double circle_m2 = G_PI * radius_m * radius_m;
        double area_m2 = fixture_number(table, "area_m2", row);
        g_assert_cmpfloat(area_m2, <, circle_m2);
        g_assert_cmpfloat(area_m2, >, 0.999 * circle_m2);
        g_assert_nonnull(fm_table_geometry(table, row));
    }
    g_assert_cmpstr(fixture_text(table, "facility_id", 3), ==, "b");
    g_assert_cmpstr(fixture_text(table, "name_en", 3), ==, "Clinic B");
    g_assert_cmpstr(fixture_text(table, "name_zh", 3), ==, "中Clinic B");
}

static void test_by_area(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) result = town_covered(&town);
    const FmTable *table = fm_result_table(result, "_by_district");
    const char *const columns[] = {"people", "people_covered", "people_twice", "share"};
    const double expected[6][4] = {
        {600, 300, 0, 0.5}, {600, 600, 0, 1},
        {600, 600, 300, 1}, {1500, 1100, 0, 1100 / 1500.0},
        {1500, 1500, 0, 1}, {1500, 1500, 400, 1},
    };
    g_assert_cmpuint(fm_table_n_rows(table), ==, 6);
    for (gsize row = 0; row < 6; row++) {
        check_row(table, row, columns, expected[row], 4);
        g_assert_cmpstr(fixture_text(table, "area_id", row), ==, row < 3 ? "west" : "east");
        g_assert_cmpint(fm_table_geometry(table, row)->type, ==, FM_GEOMETRY_POLYGON);
    }
}

/* Every column of every layer has a title in both languages. */
static void test_titles_everywhere(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) result = town_covered(&town);
    g_assert_cmpuint(result->layers->len, ==, 4);
    for (guint i = 0; i < result->layers->len; i++) {
        const FmResultLayer *layer = g_ptr_array_index(result->layers, i);
        g_assert_cmpstr(layer->title_en, !=, layer->title_zh);
        for (gsize column = 0; column < fm_table_n_columns(layer->table); column++) {
            g_assert_nonnull(fm_table_column_title_en(layer->table, column));
            g_assert_nonnull(fm_table_column_title_zh(layer->table, column));
        }
    }
}

static void test_unlocated(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    const Place clinics[] = {{"lost", NULL, "Lost", NULL, NULL, NAN},
                             {"a", "POINT (0 0)", "A", NULL, NULL, NAN}};
    const Place quarters[] = {{"q", NULL, "Nowhere", NULL, NULL, 40},
                              {"r", "POINT (0 0)", "Here", NULL, NULL, 60},
                              {"s", "POINT (5 5)", "Far", NULL, NULL, NAN}};
    fixture_put_places(&town.fixture, "clinic2", "hospital", clinics, 2, NULL);
    fixture_put_places(&town.fixture, "quarter2", "demand", quarters, 3, "people");
    town.options.of.layer = "clinic2";
    town.options.demand.layer = "quarter2";
    g_autoptr(FmResult) result = town_covered(&town);
    const FmTable *demand = fm_result_table(result, "_demand");
    g_assert_cmpuint(fm_table_n_rows(demand), ==, 3);
    g_assert_cmpstr(fixture_text(demand, "reason", 0), ==, "no position");
    g_assert_true(isnan(fixture_number(demand, "n_within", 0)));
    g_assert_null(fixture_text(demand, "nearest_id", 0));
    g_assert_cmpfloat(fixture_number(demand, "weight", 0), ==, 40);
    g_assert_cmpstr(fixture_text(demand, "nearest_id", 1), ==, "a");
    g_assert_cmpfloat(fixture_number(demand, "n_within", 2), ==, 0);
    g_assert_null(fixture_text(demand, "within", 2));
    g_assert_null(fixture_text(demand, "area_id", 2));
    g_assert_null(fixture_text(demand, "reason", 2));
    g_assert_cmpfloat(fixture_number(demand, "distance_m", 2), >, 700000);

    const FmTable *facility = fm_result_table(result, "_facility");
    gsize row = fixture_row(facility, "facility_id", "lost");
    g_assert_cmpstr(fixture_text(facility, "reason", row), ==, "no position");
    g_assert_true(isnan(fixture_number(facility, "people", row)));
    g_assert_cmpfloat(fixture_number(facility, "people", 0), ==, 60);
    g_assert_cmpfloat(fixture_number(fm_result_table(result, ""), "people_share", 0), ==, 0.6);
}

void test_coverage_layers(void)
{
    g_test_add_func("/analysis/coverage-layers/main", test_main);
    g_test_add_func("/analysis/coverage-layers/demand", test_demand_rows);
    g_test_add_func("/analysis/coverage-layers/facility", test_facility);
    g_test_add_func("/analysis/coverage-layers/by-area", test_by_area);
    g_test_add_func("/analysis/coverage-layers/titles", test_titles_everywhere);
    g_test_add_func("/analysis/coverage-layers/unlocated", test_unlocated);
}
