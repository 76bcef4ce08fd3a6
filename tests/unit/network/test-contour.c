/* The level line of the distance to strokes. */
#include "contour.h"
#include "fm-unit.h"

#include <facmap/geo.h>
#include <math.h>

/* Every crossing lies at the level, whatever the latitude; steps join to rings. */
static void test_level(void)
{
    const FmLonLat middles[] = {{0, 0}, {116.4, 39.9}, {25, 69.5}, {180.0005, -17}};
    for (gsize m = 0; m < G_N_ELEMENTS(middles); m++) {
        FmLonLat a = middles[m];
        const FmStroke strokes[] = {{a, {a.lon_deg + 0.01, a.lat_deg + 0.004}},
                                    {a, {a.lon_deg - 0.002, a.lat_deg + 0.01}}};
        FmContourGrid grid = fm_contour_grid(100, a.lat_deg);
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) steps = NULL;
        const gsize n_strokes = 2;
        g_assert_true(fm_contour_steps(&grid, strokes, &n_strokes, 1, 1, &steps, NULL, &error));
        g_assert_no_error(error);
        g_assert_cmpuint(steps->len, >, 50);
        for (guint i = 0; i < steps->len; i++) {
            const FmContourStep *step = &g_array_index(steps, FmContourStep, i);
            double least_m =
                fmin(fm_geodesic_point_segment_m(step->at, strokes[0].a, strokes[0].b, NULL),
                     fm_geodesic_point_segment_m(step->at, strokes[1].a, strokes[1].b, NULL));
            g_assert_cmpfloat_with_epsilon(least_m, 100, 3);
            gsize n = 0;
            for (guint j = 0; j < steps->len; j++)
                n += g_array_index(steps, FmContourStep, j).from == step->to;
            g_assert_cmpuint(n, ==, 1);
        }
    }
}

static void assert_same_steps(const GArray *a, const GArray *b)
{
    g_assert_cmpuint(a->len, >, 0);
    g_assert_cmpuint(a->len, ==, b->len);
    for (guint i = 0; i < a->len; i++) {
        const FmContourStep *x = &g_array_index(a, FmContourStep, i);
        const FmContourStep *y = &g_array_index(b, FmContourStep, i);
        g_assert_true(x->from == y->from && x->to == y->to && x->at.lon_deg == y->at.lon_deg &&
                      x->at.lat_deg == y->at.lat_deg);
    }
}

static void test_sets(void)
{
    FmStroke strokes[50];
    GRand *random = g_rand_new_with_seed(3);
    for (gsize i = 0; i < G_N_ELEMENTS(strokes); i++) {
        strokes[i].a =
            (FmLonLat){g_rand_double_range(random, 0, 0.05), g_rand_double_range(random, 0, 0.05)};
        strokes[i].b = (FmLonLat){strokes[i].a.lon_deg + 0.003, strokes[i].a.lat_deg + 0.002};
    }
    g_rand_free(random);
    FmContourGrid grid = fm_contour_grid(100, 0);
    /* Sets that grow, one of them by nothing, are what each is alone. */
    const gsize set_end[] = {7, 7, 30, 50};
    GArray *one[4] = {NULL}, *four[4] = {NULL};
    g_assert_true(fm_contour_steps(&grid, strokes, set_end, 4, 1, one, NULL, NULL));
    g_assert_true(fm_contour_steps(&grid, strokes, set_end, 4, 4, four, NULL, NULL));
    for (gsize set = 0; set < 4; set++) {
        GArray *alone = NULL;
        g_assert_true(fm_contour_steps(&grid, strokes, &set_end[set], 1, 2, &alone, NULL, NULL));
        assert_same_steps(one[set], four[set]);
        assert_same_steps(one[set], alone);
        g_array_unref(one[set]);
        g_array_unref(four[set]);
        g_array_unref(alone);
    }
}

static void test_metres(void)
{
    double lon_m = 0, lat_m = 0;
    for (double lat_deg = -80; lat_deg <= 80; lat_deg += 20) {
        fm_contour_metres_per_degree(lat_deg, &lon_m, &lat_m);
        double e = 1e-4;
        g_assert_cmpfloat_with_epsilon(
            lon_m * e, fm_geodesic_distance_m((FmLonLat){0, lat_deg}, (FmLonLat){e, lat_deg}),
            1e-5);
        g_assert_cmpfloat_with_epsilon(
            lat_m * e,
            fm_geodesic_distance_m((FmLonLat){0, lat_deg - e / 2}, (FmLonLat){0, lat_deg + e / 2}),
            1e-5);
    }
}

void test_contour(void)
{
    g_test_add_func("/network/contour/level", test_level);
    g_test_add_func("/network/contour/sets", test_sets);
    g_test_add_func("/network/contour/metres", test_metres);
}
