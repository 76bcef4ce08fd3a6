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
        const gsize n_strokes = 2, n_rivals = 0;
        const FmContourSets sets = {strokes, NULL, &n_strokes, &n_rivals, 1};
        g_autoptr(FmContour) contour = fm_contour_new(&grid, &sets, 1, NULL, NULL);
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

static void random_strokes(GRand *random, FmStroke *strokes, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        strokes[i].a =
            (FmLonLat){g_rand_double_range(random, 0, 0.05), g_rand_double_range(random, 0, 0.05)};
        strokes[i].b = (FmLonLat){strokes[i].a.lon_deg + 0.003, strokes[i].a.lat_deg + 0.002};
    }
}

/* Sets that grow, one of them by nothing, while rivals dwindle, are what each is alone. */
static void check_sets(const FmContourSets *sets)
{
    FmContourGrid grid = fm_contour_grid(100, 0);
    g_autoptr(FmContour) one = fm_contour_new(&grid, sets, 1, NULL, NULL);
    g_autoptr(FmContour) four = fm_contour_new(&grid, sets, 4, NULL, NULL);
    for (gsize i = 0; i < sets->n; i++) {
        const FmContourSets single = {sets->strokes, sets->rivals, &sets->strokes_end[i],
                                      &sets->rivals_end[i], 1};
        g_autoptr(FmContour) alone = fm_contour_new(&grid, &single, 2, NULL, NULL);
        assert_same_lines(one, i, four, i);
        assert_same_lines(one, i, alone, 0);
    }
}

static void test_sets(void)
{
    enum { N = 50 };
    FmStroke strokes[N], rivals[N];
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    random_strokes(random, strokes, N);
    random_strokes(random, rivals, N);
    const gsize strokes_end[] = {7, 7, 30, 30, N}, rivals_end[] = {N, 31, 31, 9, 0};
    const gsize none[5] = {0};
    check_sets(&(FmContourSets){strokes, NULL, strokes_end, none, 5});
    check_sets(&(FmContourSets){strokes, rivals, strokes_end, rivals_end, 5});
}

static gsize count_points(const FmContour *contour, double *south_deg, double *north_deg)
{
    g_autoptr(GArray) pieces = fm_contour_pieces(contour, 0);
    gsize n = 0;
    *south_deg = 90;
    *north_deg = -90;
    for (guint i = 0; i < pieces->len; i++) {
        const FmContourPiece *piece = &g_array_index(pieces, FmContourPiece, i);
        for (guint32 j = 0; j < piece->n; j++) {
            *south_deg = MIN(*south_deg, piece->points[j].lat_deg);
            *north_deg = MAX(*north_deg, piece->points[j].lat_deg);
        }
        n += piece->n;
    }
    return n;
}

/* A rival beside a stroke: the line is halfway between them, whatever the level.  A rival in the
 * very place of the stroke takes nothing. */
static void test_halfway(void)
{
    const FmStroke stroke = {{0, 0}, {0.02, 0}}, same = {{0.021, 0}, {-0.001, 0}};
    const FmStroke rival = {{-0.02, 0.0006}, {0.04, 0.0006}};
    const gsize n = 1;
    double lon_m = 0, lat_m = 0, south_deg = 0, north_deg = 0;
    fm_contour_metres_per_degree(0, &lon_m, &lat_m);
    for (double level_m = 50; level_m <= 400; level_m += 50) {
        FmContourGrid grid = fm_contour_grid(level_m, 0);
        const FmContourSets beside = {&stroke, &rival, &n, &n, 1}, on = {&stroke, &same, &n, &n, 1};
        g_autoptr(FmContour) half = fm_contour_new(&grid, &beside, 1, NULL, NULL);
        g_assert_cmpuint(count_points(half, &south_deg, &north_deg), >, 20);
        g_assert_cmpfloat_with_epsilon(north_deg * lat_m, 0.0003 * lat_m, 2);
        g_assert_cmpfloat_with_epsilon(south_deg * lat_m, -level_m, 0.02 * level_m);
        g_autoptr(FmContour) whole = fm_contour_new(&grid, &on, 1, NULL, NULL);
        g_assert_cmpuint(count_points(whole, &south_deg, &north_deg), >, 20);
        g_assert_cmpfloat_with_epsilon(north_deg * lat_m, level_m, 0.02 * level_m);
        g_assert_cmpfloat_with_epsilon(south_deg * lat_m, -level_m, 0.02 * level_m);
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
    g_test_add_func("/network/contour/halfway", test_halfway);
    g_test_add_func("/network/contour/metres", test_metres);
}
