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
        const gsize n_strokes = 2;
        g_autoptr(FmContour) contour = fm_contour_new(&grid, strokes, &n_strokes, 1, 1, NULL, NULL);
        g_autoptr(GArray) pieces = fm_contour_pieces(contour, 0);
        gsize n_points = 0;
        for (guint i = 0; i < pieces->len; i++) {
            const FmContourPiece *piece = &g_array_index(pieces, FmContourPiece, i);
            n_points += piece->n;
            for (guint32 j = 0; j < piece->n; j++) {
                double least_m = fmin(
                    fm_geodesic_point_segment_m(piece->points[j], strokes[0].a, strokes[0].b, NULL),
                    fm_geodesic_point_segment_m(piece->points[j], strokes[1].a, strokes[1].b,
                                                NULL));
                g_assert_cmpfloat_with_epsilon(least_m, 100, 3);
            }
            gsize n = 0;
            for (guint j = 0; j < pieces->len; j++)
                n += g_array_index(pieces, FmContourPiece, j).from == piece->to;
            g_assert_cmpuint(n, ==, 1);
        }
        g_assert_cmpuint(n_points, >, 50);
    }
}

/* The lines of two sets, which may be of two contours. */
static void assert_same_lines(const FmContour *a, gsize set_a, const FmContour *b, gsize set_b)
{
    g_autoptr(GArray) of_a = fm_contour_pieces(a, set_a);
    g_autoptr(GArray) of_b = fm_contour_pieces(b, set_b);
    g_assert_cmpuint(of_a->len, >, 0);
    g_assert_cmpuint(of_a->len, ==, of_b->len);
    for (guint i = 0; i < of_a->len; i++) {
        const FmContourPiece *x = &g_array_index(of_a, FmContourPiece, i);
        const FmContourPiece *y = &g_array_index(of_b, FmContourPiece, i);
        g_assert_true(x->from == y->from && x->to == y->to);
        g_assert_cmpuint(x->n, ==, y->n);
        g_assert_true(memcmp(x->points, y->points, x->n * sizeof *x->points) == 0);
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
    g_autoptr(FmContour) one = fm_contour_new(&grid, strokes, set_end, 4, 1, NULL, NULL);
    g_autoptr(FmContour) four = fm_contour_new(&grid, strokes, set_end, 4, 4, NULL, NULL);
    for (gsize set = 0; set < 4; set++) {
        g_autoptr(FmContour) alone =
            fm_contour_new(&grid, strokes, &set_end[set], 1, 2, NULL, NULL);
        assert_same_lines(one, set, four, set);
        assert_same_lines(one, set, alone, 0);
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
