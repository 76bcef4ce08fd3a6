#include "fixture.h"
#include "fm-unit.h"
#include "outline.h"

#include <math.h>

/* What becomes of a ring of longitudes and latitudes. */
static FmGeometry *outline(const FmLonLat *points, guint n)
{
    g_auto(FmGeos) geos;
    g_autoptr(GPtrArray) pieces = g_ptr_array_new();
    g_autoptr(GArray) ring = g_array_new(FALSE, FALSE, sizeof(FmLonLat));

    fm_geos_init(&geos);
    g_array_append_vals(ring, points, n);
    g_assert_true(fm_outline_add(&geos, ring, pieces, NULL));
    return fm_geos_unite(&geos, pieces, NULL);
}

static void assert_on_map(const FmGeometry *geometry)
{
    FmExtent extent = fm_geometry_extent(geometry);

    g_assert_cmpfloat(extent.west_deg, >=, -180);
    g_assert_cmpfloat(extent.east_deg, <=, 180);
    g_assert_cmpfloat(extent.south_deg, >=, -90);
    g_assert_cmpfloat(extent.north_deg, <=, 90);
}

static void test_plain(void)
{
    static const FmLonLat ring[] = {{0, 0}, {1, 0}, {1, 1}};
    g_autoptr(FmGeometry) got = outline(ring, 3);
    g_autoptr(FmGeometry) wanted = geometry_from("POLYGON ((0 0, 1 0, 1 1, 0 0))");

    assert_same_geometry(got, wanted);
}

static void test_antimeridian(void)
{
    static const FmLonLat ring[] = {{179, 0}, {-179, 0}, {-179, 2}, {179, 2}};
    g_autoptr(FmGeometry) got = outline(ring, 4);
    g_autoptr(FmGeometry) wanted =
        geometry_from("MULTIPOLYGON (((179 0, 180 0, 180 2, 179 2, 179 0)),"
                      "((-180 0, -179 0, -179 2, -180 2, -180 0)))");

    g_assert_cmpint(got->type, ==, FM_GEOMETRY_MULTIPOLYGON);
    g_assert_cmpuint(got->n_parts, ==, 2);
    assert_on_map(got);
    assert_near(fm_geodesic_area_m2(got) / fm_geodesic_area_m2(wanted), 1, 1e-12);
}

/* Longitudes as some sources have them, beyond 180. */
static void test_other_turn(void)
{
    static const FmLonLat ring[] = {{359, 0}, {361, 0}, {361, 2}, {359, 2}};
    g_autoptr(FmGeometry) got = outline(ring, 4);
    FmExtent extent = fm_geometry_extent(got);

    g_assert_cmpfloat(extent.west_deg, ==, -1);
    g_assert_cmpfloat(extent.east_deg, ==, 1);
}

static void test_poles(void)
{
    for (int pole = -1; pole <= 1; pole += 2) {
        for (int direction = -1; direction <= 1; direction += 2) {
            FmLonLat ring[36];
            for (int i = 0; i < 36; i++) {
                ring[i] = (FmLonLat){remainder(direction * (10.0 * i + 5), 360), pole * 80.0};
            }
            g_autoptr(FmGeometry) got = outline(ring, 36);
            FmExtent extent = fm_geometry_extent(got);
            g_assert_cmpint(got->type, ==, FM_GEOMETRY_POLYGON);
            assert_on_map(got);
            g_assert_cmpfloat(extent.west_deg, ==, -180);
            g_assert_cmpfloat(extent.east_deg, ==, 180);
            g_assert_cmpfloat(pole < 0 ? extent.south_deg : extent.north_deg, ==, pole * 90);
        }
    }
}

void test_outline(void)
{
    g_test_add_func("/geo/outline/plain", test_plain);
    g_test_add_func("/geo/outline/antimeridian", test_antimeridian);
    g_test_add_func("/geo/outline/other-turn", test_other_turn);
    g_test_add_func("/geo/outline/poles", test_poles);
}
