/* The shapes of reach: nested, united, clipped to the areas. */
#include "fm-unit.h"
#include "town.h"

static double area_of(const FmResult *result, gsize row)
{
    return fixture_number(fm_result_table(result, ""), "area_m2", row);
}

static void test_union(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    town.options.by = NULL;
    g_autoptr(FmResult) result = town_covered(&town);
    const FmTable *circles = fm_result_table(result, "_facility");
    for (gsize l = 0; l < 3; l++) {
        double both =
            fixture_number(circles, "area_m2", l) + fixture_number(circles, "area_m2", 3 + l);
        const FmGeometry *reach = fm_table_geometry(fm_result_table(result, ""), l);
        g_assert_cmpfloat_with_epsilon(area_of(result, l), fm_geodesic_area_m2(reach), 1e-3);
        if (town.limits[l].value * 2 < 5565) { /* the clinics are 5566 m apart */
            g_assert_cmpfloat_with_epsilon(area_of(result, l), both, 1e-6 * both);
            g_assert_cmpint(reach->type, ==, FM_GEOMETRY_MULTIPOLYGON);
        } else {
            g_assert_cmpfloat(area_of(result, l), <, both);
            g_assert_cmpint(reach->type, ==, FM_GEOMETRY_POLYGON);
        }
    }
}

static void test_nested(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) result = town_covered(&town);
    const FmTable *table = fm_result_table(result, "");
    for (gsize l = 1; l < 3; l++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmGeometry) rest = fm_geometry_difference(fm_table_geometry(table, l - 1),
                                                            fm_table_geometry(table, l), &error);
        g_assert_no_error(error);
        g_assert_cmpfloat(rest ? fm_geodesic_area_m2(rest) : 0, <, 1);
    }
}

/* The districts are 0.04 degrees high: a circle of 3.5 km sticks out to the north and south. */
static void test_clipped(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    g_autoptr(FmResult) clipped = town_covered(&town);
    town.options.by = NULL;
    g_autoptr(FmResult) whole = town_covered(&town);
    g_assert_cmpfloat_with_epsilon(area_of(clipped, 0), area_of(whole, 0), 1);
    g_assert_cmpfloat(area_of(clipped, 2), <, area_of(whole, 2));
    FmExtent extent = fm_geometry_extent(fm_table_geometry(fm_result_table(clipped, ""), 2));
    g_assert_cmpfloat_with_epsilon(extent.north_deg, 0.02, 1e-9);
    g_assert_cmpfloat_with_epsilon(extent.south_deg, -0.02, 1e-9);
    /* the circles of the facilities stay whole */
    g_assert_cmpfloat(fixture_number(fm_result_table(clipped, "_facility"), "area_m2", 2), ==,
                      fixture_number(fm_result_table(whole, "_facility"), "area_m2", 2));
}

static void test_nothing_left(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    const Place far[] = {{"f", "POINT (40 40)", "Far", NULL, NULL, 0}};
    fixture_put_places(&town.fixture, "remote", "hospital", far, 1, NULL);
    town.options.of.layer = "remote";
    g_autoptr(FmResult) result = town_covered(&town);
    g_assert_cmpfloat(area_of(result, 2), ==, 0);
    g_assert_null(fm_table_geometry(fm_result_table(result, ""), 2));
    g_assert_cmpfloat(fixture_number(fm_result_table(result, ""), "people", 2), ==, 0);
}

void test_coverage_polygons(void)
{
    g_test_add_func("/analysis/coverage-polygons/union", test_union);
    g_test_add_func("/analysis/coverage-polygons/nested", test_nested);
    g_test_add_func("/analysis/coverage-polygons/clipped", test_clipped);
    g_test_add_func("/analysis/coverage-polygons/nothing-left", test_nothing_left);
}
