/* The tree of segments shows every segment that may be the nearest. */
#include "fm-unit.h"
#include "segment-tree.h"

#include <facmap/geo.h>
#include <math.h>

enum { N = 400 };

typedef struct {
    const FmLonLat *a, *b;
    FmLonLat p;
    double least_m;
    guint n_measured;
    gboolean seen[N];
} Look;

static double measure(const FmSegment *segment, void *user)
{
    Look *look = user;
    double m =
        fm_geodesic_point_segment_m(look->p, look->a[segment->edge], look->b[segment->edge], NULL);
    look->least_m = fmin(look->least_m, m);
    look->n_measured++;
    look->seen[segment->edge] = TRUE;
    return m;
}

static FmSegmentTree *make_tree(const FmLonLat *a, const FmLonLat *b, gsize n)
{
    FmSegment *segments = g_new(FmSegment, n + 1);
    for (guint32 i = 0; i < n; i++)
        segments[i] = (FmSegment){fm_vector_from_lonlat(a[i]), fm_vector_from_lonlat(b[i]), i, 0};
    return fm_segment_tree_new(segments, n, 1);
}

/* Short and long segments at several latitudes and across the antimeridian. */
static void test_among_many(void)
{
    const FmLonLat centres[] = {{0, 0}, {116.4, 39.9}, {179.99, -17}, {25, 69.5}};
    GRand *random = g_rand_new_with_seed(5);
    for (gsize c = 0; c < G_N_ELEMENTS(centres); c++) {
        FmLonLat a[N], b[N];
        for (gsize i = 0; i < N; i++) {
            double size_deg = i % 20 == 0 ? 0.3 : 0.004;
            a[i] = (FmLonLat){centres[c].lon_deg + g_rand_double_range(random, -0.2, 0.2),
                              centres[c].lat_deg + g_rand_double_range(random, -0.2, 0.2)};
            b[i] = (FmLonLat){a[i].lon_deg + g_rand_double_range(random, -size_deg, size_deg),
                              a[i].lat_deg + g_rand_double_range(random, -size_deg, size_deg)};
        }
        g_autoptr(FmSegmentTree) tree = make_tree(a, b, N);
        guint n_measured = 0;
        for (gsize q = 0; q < 60; q++) {
            Look look = {.a = a, .b = b, .least_m = (double)INFINITY};
            look.p = (FmLonLat){centres[c].lon_deg + g_rand_double_range(random, -0.3, 0.3),
                                centres[c].lat_deg + g_rand_double_range(random, -0.3, 0.3)};
            double least_m = (double)INFINITY;
            for (gsize i = 0; i < N; i++)
                least_m = fmin(least_m, fm_geodesic_point_segment_m(look.p, a[i], b[i], NULL));
            fm_segment_tree_near(tree, fm_vector_from_lonlat(look.p), FM_MAX_SNAP_M, 1, measure,
                                 &look);
            g_assert_cmpfloat(look.least_m, ==, least_m);
            for (gsize i = 0; i < N; i++)
                if (fm_geodesic_point_segment_m(look.p, a[i], b[i], NULL) <= least_m + 1)
                    g_assert_true(look.seen[i]);
            n_measured += look.n_measured;
        }
        /* That is what the tree is for. */
        g_assert_cmpuint(n_measured, <, 60 * N / 20);
    }
    g_rand_free(random);
}

static void test_limit(void)
{
    const FmLonLat a[] = {{0, 0}}, b[] = {{0, 0.01}};
    g_autoptr(FmSegmentTree) tree = make_tree(a, b, 1);
    Look look = {.a = a, .b = b, .p = {0.01, 0}, .least_m = (double)INFINITY};
    double there_m = fm_geodesic_distance_m(a[0], look.p);
    fm_segment_tree_near(tree, fm_vector_from_lonlat(look.p), there_m - 1, 0, measure, &look);
    g_assert_cmpuint(look.n_measured, ==, 0);
    fm_segment_tree_near(tree, fm_vector_from_lonlat(look.p), there_m, 0, measure, &look);
    g_assert_cmpfloat(look.least_m, ==, there_m);
    fm_segment_tree_near(tree, fm_vector_from_lonlat(look.p), (double)NAN, 0, measure, &look);
    g_assert_cmpuint(look.n_measured, ==, 1);
}

static void test_empty(void)
{
    g_autoptr(FmSegmentTree) tree = make_tree(NULL, NULL, 0);
    Look look = {.p = {0, 0}};
    fm_segment_tree_near(tree, fm_vector_from_lonlat(look.p), 100, 0, measure, &look);
    g_assert_cmpuint(look.n_measured, ==, 0);
}

void test_segment_tree(void)
{
    g_test_add_func("/network/segment-tree/nearest", test_among_many);
    g_test_add_func("/network/segment-tree/limit", test_limit);
    g_test_add_func("/network/segment-tree/empty", test_empty);
}
