/* Areas by trapezia are those of the geodesic polygons. */
#include "fm-unit.h"

#include "analysis-internal.h"

#include <math.h>

/* A wavy ring around a middle, as isochrones are. */
static FmGeometry *ring(FmLonLat middle, double radius_m, gsize n)
{
    FmGeometry *geometry = g_new0(FmGeometry, 1);
    geometry->type = FM_GEOMETRY_POLYGON;
    geometry->points = g_new(FmLonLat, n + 1);
    geometry->path_end = g_new(gsize, 1);
    geometry->part_end = g_new(gsize, 1);
    for (gsize i = 0; i < n; i++) {
        double bearing_deg = 360.0 * (double)i / (double)n;
        geometry->points[i] =
            fm_geodesic_direct(middle, bearing_deg, radius_m * (1 + 0.2 * sin(bearing_deg / 7)));
    }
    geometry->points[n] = geometry->points[0];
    geometry->path_end[0] = geometry->n_points = n + 1;
    geometry->part_end[0] = geometry->n_paths = geometry->n_parts = 1;
    return geometry;
}

static void test_geodesic(void)
{
    const FmLonLat middles[] = {{0, 0},        {116.4, 39.9}, {25, 69.5},
                                {179.99, -17}, {10, -82},     {5, 89}};
    const gsize n_points[] = {5, 60, 5000};
    for (gsize m = 0; m < G_N_ELEMENTS(middles); m++)
        for (gsize k = 0; k < G_N_ELEMENTS(n_points); k++) {
            g_autoptr(FmGeometry) shape = ring(middles[m], 9000, n_points[k]);
            double expect_m2 = fm_geodesic_area_m2(shape);
            g_assert_cmpfloat(expect_m2, >, 1e8);
            g_assert_cmpfloat_with_epsilon(fm_land_area_m2(shape) / expect_m2, 1, 1e-7);
        }
}

/* Two parts, one with a hole. */
static void test_holes(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmGeometry) big = ring((FmLonLat){30, 50}, 5000, 900);
    g_autoptr(FmGeometry) hole = ring((FmLonLat){30, 50}, 1000, 300);
    g_autoptr(FmGeometry) other = ring((FmLonLat){30.3, 50}, 2000, 500);
    g_autoptr(FmGeometry) holed = fm_geometry_difference(big, hole, &error);
    g_assert_no_error(error);
    const FmGeometry *const both[] = {holed, other};
    g_autoptr(FmGeometry) shape = fm_geometry_union(both, 2, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(shape->n_paths, ==, 3);
    double expect_m2 =
        fm_geodesic_area_m2(big) - fm_geodesic_area_m2(hole) + fm_geodesic_area_m2(other);
    g_assert_cmpfloat_with_epsilon(fm_land_area_m2(shape) / expect_m2, 1, 1e-7);
}

void test_land(void)
{
    g_test_add_func("/analysis/land/geodesic", test_geodesic);
    g_test_add_func("/analysis/land/holes", test_holes);
}
