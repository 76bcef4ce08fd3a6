#include "chord.h"
#include "ellipsoid-internal.h"
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

static double chord_m(FmLonLat a, FmLonLat b)
{
    FmEcef from = fm_ecef_from_lonlat(a), to = fm_ecef_from_lonlat(b);

    return sqrt(fm_ecef_distance2(&from, &to));
}

static void check_bounds(FmLonLat a, FmLonLat b)
{
    double s_m = fm_geodesic_distance_m(a, b), c_m = chord_m(a, b);

    g_assert_cmpfloat(c_m, <=, fm_chord_reach_m(s_m));
    g_assert_cmpfloat(s_m, <=, fm_chord_geodesic_max_m(c_m) + FM_CHORD_SLACK_M);
}

/* Pairs at every distance, in the directions and at the latitudes where the curvature is
 * extreme. */
static void test_bounds_hold(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    static const double latitudes[] = {-90, -60, 0, 1e-9, 45, 89.9999};
    static const double bearings[] = {0, 45, 90, 180};

    for (int i = 0; i < 20000; i++) {
        FmLonLat a = scene_point(SCENE_WORLD, rand), b = scene_point(SCENE_WORLD, rand);
        check_bounds(a, b);
        double s_m = pow(10, g_rand_double_range(rand, -6, 7.3));
        check_bounds(a, fm_geodesic_direct(a, g_rand_double_range(rand, 0, 360), s_m));
        a.lat_deg = latitudes[i % (int)G_N_ELEMENTS(latitudes)];
        check_bounds(a, fm_geodesic_direct(a, bearings[i % (int)G_N_ELEMENTS(bearings)], s_m));
    }
    check_bounds((FmLonLat){0, 90}, (FmLonLat){0, -90});
    check_bounds((FmLonLat){0, 0}, (FmLonLat){180, 0});
}

/* The bounds are worth having: within a city they leave no room for a second candidate. */
static void test_bounds_are_tight(void)
{
    double c_m = 1000;
    double window_m = fm_chord_reach_m(fm_chord_geodesic_max_m(c_m)) - c_m;

    g_assert_cmpfloat(window_m, >, 0);
    g_assert_cmpfloat(window_m, <, 1e-5);
}

static void test_monotone(void)
{
    double before_reach_m = 0, before_max_m = 0;

    for (double x_m = 0; x_m < 2.1e7; x_m += 9973) {
        double reach_m = fm_chord_reach_m(x_m), max_m = fm_chord_geodesic_max_m(x_m);
        g_assert_cmpfloat(reach_m, >=, before_reach_m);
        g_assert_cmpfloat(max_m, >=, before_max_m);
        before_reach_m = reach_m;
        before_max_m = max_m;
    }
    g_assert_cmpfloat(fm_chord_reach_m(INFINITY), ==, INFINITY);
}

/* Every position of a geodesic is within the sagitta of its chord. */
static void test_sagitta(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(8);

    for (int i = 0; i < 2000; i++) {
        FmLonLat a = scene_point(SCENE_WORLD, rand);
        double bearing_deg = g_rand_double_range(rand, 0, 360);
        double length_m = pow(10, g_rand_double_range(rand, 1, 7));
        double ratio = g_rand_double(rand);
        FmEcef from = fm_ecef_from_lonlat(a);
        FmEcef to = fm_ecef_from_lonlat(fm_geodesic_direct(a, bearing_deg, length_m));
        FmEcef at = fm_ecef_from_lonlat(fm_geodesic_direct(a, bearing_deg, ratio * length_m));
        FmEcef on_chord;
        for (int axis = 0; axis < 3; axis++) {
            on_chord.c[axis] = from.c[axis] + ratio * (to.c[axis] - from.c[axis]);
        }
        g_assert_cmpfloat(sqrt(fm_ecef_distance2(&at, &on_chord)), <=,
                          fm_chord_sagitta_m(length_m) + FM_CHORD_SLACK_M);
    }
}

void test_chord(void)
{
    g_test_add_func("/geo/chord/bounds-hold", test_bounds_hold);
    g_test_add_func("/geo/chord/bounds-are-tight", test_bounds_are_tight);
    g_test_add_func("/geo/chord/monotone", test_monotone);
    g_test_add_func("/geo/chord/sagitta", test_sagitta);
}
