#include "fixture.h"
#include "fm-unit.h"
#include "geometry-internal.h"
#include "shape.h"

#include <math.h>

static double by_brute_force(const FmGeometry *geometry, FmLonLat p)
{
    gboolean points = fm_geometry_dimension(geometry) == 0;
    double best_m = INFINITY;

    for (gsize path = 0; path < geometry->n_paths; path++) {
        gsize begin = fm_geometry_path_begin(geometry, path);
        for (gsize i = points ? begin : begin + 1; i < geometry->path_end[path]; i++) {
            FmLonLat a = geometry->points[points ? i : i - 1], b = geometry->points[i];
            best_m = MIN(best_m, fm_geodesic_point_segment_m(p, a, b, NULL));
        }
    }
    return best_m;
}

static void check(const FmGeometry *geometry, Scene origins, GRand *rand, int n_origins)
{
    FmShape shape;

    fm_shape_init(&shape, geometry, 3);
    g_assert_cmpuint(shape.owner, ==, 3);
    for (int i = 0; i < n_origins; i++) {
        FmLonLat p = scene_point(origins, rand), nearest;
        FmEcef from = fm_ecef_from_lonlat(p);
        double wanted_m = by_brute_force(geometry, p);
        g_assert_cmpfloat(fm_shape_distance_m(&shape, p, &from, INFINITY, &nearest), ==, wanted_m);
        g_assert_cmpfloat(fm_geodesic_distance_m(p, nearest), ==, wanted_m);
        g_assert_cmpfloat(fm_shape_distance_m(&shape, p, &from, wanted_m, NULL), ==, wanted_m);
        g_assert_cmpfloat(fm_shape_distance_m(&shape, p, &from, nextafter(wanted_m, 0), NULL), ==,
                          wanted_m == 0 ? 0 : INFINITY);
        double bound_m = fm_shape_distance_bound_m(&shape, &from, INFINITY);
        g_assert_cmpfloat(bound_m, >=, wanted_m);
        g_assert_cmpfloat(bound_m, <=, 1.05 * (wanted_m + 2 * shape.sagitta_max_m + 1e-5));
        g_assert_cmpfloat(fm_shape_distance_bound_m(&shape, &from, wanted_m), ==, bound_m);
    }
    fm_shape_clear(&shape);
}

static void test_brute_force(void)
{
    static const FmGeometryType types[] = {FM_GEOMETRY_LINESTRING, FM_GEOMETRY_POLYGON};
    g_autoptr(GRand) rand = g_rand_new_with_seed(32);

    for (int round = 0; round < 40; round++) {
        FmLonLat centre = scene_point(SCENE_CITY, rand);
        gsize n = (gsize)g_rand_int_range(rand, 3, 200);
        g_autofree FmLonLat *points =
            star(rand, centre, pow(10, g_rand_double_range(rand, -4, 0)), n);
        g_autoptr(FmGeometry) geometry = fm_geometry_new_path(types[round % 2], points, n);
        check(geometry, SCENE_CITY, rand, 50);
    }
}

/* Edges of thousands of kilometres, over the pole and across the antimeridian. */
static void test_long_edges(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(33);
    g_autoptr(FmGeometry) flight = geometry_from("LINESTRING (116.6 40.1, -73.8 40.6, 151.2 -33.9,"
                                                 "179 -18, -179 -17, 0 80, 180 80)");

    check(flight, SCENE_WORLD, rand, 300);
    check(flight, SCENE_POLE, rand, 50);
    check(flight, SCENE_ANTIMERIDIAN, rand, 50);
}

static void test_multipoint(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(34);
    g_autoptr(FmGeometry) points =
        geometry_from("MULTIPOINT (116.4 39.9, 116.5 40, 117 40.5, 116.4 39.9)");

    check(points, SCENE_CITY, rand, 100);
}

static void test_contains(void)
{
    g_autoptr(FmGeometry) line = geometry_from("LINESTRING (0 0, 2 0, 2 2, 0 0)");
    g_autoptr(FmGeometry) area = geometry_from("POLYGON ((0 0, 2 0, 2 2, 0 0))");
    FmShape line_shape, area_shape;

    fm_shape_init(&line_shape, line, 0);
    fm_shape_init(&area_shape, area, 0);
    g_assert_false(fm_shape_contains(&line_shape, (FmLonLat){1.5, 0.5}));
    g_assert_true(fm_shape_contains(&area_shape, (FmLonLat){1.5, 0.5}));
    fm_shape_clear(&line_shape);
    fm_shape_clear(&area_shape);
}

void test_shape(void)
{
    g_test_add_func("/geo/shape/brute-force", test_brute_force);
    g_test_add_func("/geo/shape/long-edges", test_long_edges);
    g_test_add_func("/geo/shape/multipoint", test_multipoint);
    g_test_add_func("/geo/shape/contains", test_contains);
}
