#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

/* Dense sampling of the segment, refined around the best sample. */
static double by_sampling(FmLonLat p, FmLonLat a, FmLonLat b)
{
    enum { SAMPLES = 200, ROUNDS = 6 };
    double bearing_deg = 0, length_m = fm_geodesic_inverse(a, b, &bearing_deg);
    double from_m = 0, to_m = length_m, best_m = INFINITY;

    for (int round = 0; round < ROUNDS; round++) {
        double step_m = (to_m - from_m) / SAMPLES, best_at_m = from_m;
        best_m = INFINITY;
        for (int i = 0; i <= SAMPLES; i++) {
            FmLonLat at = fm_geodesic_direct(a, bearing_deg, from_m + i * step_m);
            double distance_m = fm_geodesic_distance_m(p, at);
            if (distance_m < best_m) {
                best_m = distance_m;
                best_at_m = from_m + i * step_m;
            }
        }
        from_m = MAX(0, best_at_m - 2 * step_m);
        to_m = MIN(length_m, best_at_m + 2 * step_m);
    }
    return best_m;
}

static void check(FmLonLat p, FmLonLat a, FmLonLat b, double tolerance_m)
{
    FmLonLat nearest;
    double distance_m = fm_geodesic_point_segment_m(p, a, b, &nearest);

    assert_near(distance_m, by_sampling(p, a, b), tolerance_m);
    g_assert_cmpfloat(fm_geodesic_distance_m(p, nearest), ==, distance_m);
    g_assert_cmpfloat(fm_geodesic_point_segment_m(p, a, b, NULL), ==, distance_m);
}

static double any_distance_m(GRand *rand, double power)
{
    return pow(10, g_rand_double_range(rand, 0, power));
}

static void test_sampling(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);

    for (int i = 0; i < 300; i++) {
        FmLonLat a = scene_point(SCENE_WORLD, rand);
        FmLonLat b =
            fm_geodesic_direct(a, g_rand_double_range(rand, 0, 360), any_distance_m(rand, 6));
        /* Some of the positions lie beyond a quarter of the Earth. */
        FmLonLat p = fm_geodesic_direct(a, g_rand_double_range(rand, 0, 360),
                                        any_distance_m(rand, i % 3 == 0 ? 7.28 : 6));
        check(p, a, b, 1e-6);
    }
}

static void test_city(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);

    for (int i = 0; i < 300; i++) {
        check(scene_point(SCENE_CITY, rand), scene_point(SCENE_CITY, rand),
              scene_point(SCENE_CITY, rand), 1e-7);
    }
}

static void test_poles_and_antimeridian(void)
{
    static const struct {
        FmLonLat p, a, b;
    } cases[] = {
        {{45, 89.9}, {0, 89}, {180, 89}},   /* the segment crosses the pole */
        {{0, 90}, {-30, 85}, {60, 88}},     /* from the pole */
        {{10, 80}, {120, 90}, {20, 85}},    /* a segment that begins there */
        {{-179.9, 1}, {179, 0}, {-179, 2}}, /* across the antimeridian */
        {{180, 5}, {-180, 4}, {180, 6}},    /* along it */
        {{0, 0}, {-170, 0}, {170, 0}},      /* from the far side */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check(cases[i].p, cases[i].a, cases[i].b, 1e-6);
    }
}

static void test_ends_to_the_bit(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(6);
    int at_end = 0;

    for (int i = 0; i < 1000; i++) {
        FmLonLat p = scene_point(SCENE_CITY, rand), a = scene_point(SCENE_CITY, rand);
        FmLonLat b = fm_geodesic_direct(a, g_rand_double_range(rand, 0, 360), 1000), nearest;
        double distance_m = fm_geodesic_point_segment_m(p, a, b, &nearest);
        double a_m = fm_geodesic_distance_m(p, a), b_m = fm_geodesic_distance_m(p, b);
        if (nearest.lon_deg == a.lon_deg && nearest.lat_deg == a.lat_deg) {
            g_assert_cmpfloat(distance_m, ==, a_m);
            at_end++;
        } else if (nearest.lon_deg == b.lon_deg && nearest.lat_deg == b.lat_deg) {
            g_assert_cmpfloat(distance_m, ==, b_m);
            at_end++;
        } else {
            g_assert_cmpfloat(distance_m, <=, MIN(a_m, b_m));
        }
    }
    g_assert_cmpint(at_end, >, 500);
}

static void test_degenerate(void)
{
    FmLonLat p = {116.4, 39.9}, a = {116.5, 39.9}, nearest;

    g_assert_cmpfloat(fm_geodesic_point_segment_m(p, a, a, &nearest), ==,
                      fm_geodesic_distance_m(p, a));
    g_assert_cmpfloat(nearest.lon_deg, ==, a.lon_deg);
    g_assert_cmpfloat(fm_geodesic_point_segment_m(a, a, p, &nearest), ==, 0);
    FmLonLat middle = fm_geodesic_direct(p, 73, 500), end = fm_geodesic_direct(p, 73, 1000);
    g_assert_cmpfloat(fm_geodesic_point_segment_m(middle, p, end, NULL), <, 1e-7);
}

void test_geodesic_segment(void)
{
    g_test_add_func("/geo/geodesic-segment/sampling", test_sampling);
    g_test_add_func("/geo/geodesic-segment/city", test_city);
    g_test_add_func("/geo/geodesic-segment/poles-and-antimeridian", test_poles_and_antimeridian);
    g_test_add_func("/geo/geodesic-segment/ends-to-the-bit", test_ends_to_the_bit);
    g_test_add_func("/geo/geodesic-segment/degenerate", test_degenerate);
}
