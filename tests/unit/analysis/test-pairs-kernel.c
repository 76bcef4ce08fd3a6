/* The proximity kernels against brute force, bit for bit, and what must hold of any answer. */
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const FmExtent city = {115.4, 39.4, 117.5, 41.1};

static int compare_neighbours(const void *a, const void *b)
{
    const FmNeighbour *x = a, *y = b;
    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* All targets of one origin, nearest first. */
static FmNeighbour *sorted_targets(FmLonLat origin, const FmLonLat *sites, gsize m)
{
    FmNeighbour *all = g_new0(FmNeighbour, m);
    for (gsize j = 0; j < m; j++) {
        all[j].index = j;
        all[j].distance_m = fm_geodesic_distance_m(origin, sites[j]);
    }
    qsort(all, m, sizeof *all, compare_neighbours);
    return all;
}

static GArray *pairs_of(const FmLonLat *origins, gsize n, FmGeometry **targets, gsize m,
                        const gsize *self, gsize k, double max_m, guint n_threads)
{
    GError *error = NULL;
    FmPairsInput input = {.origins = origins,
                          .n_origins = n,
                          .targets = (const FmGeometry *const *)targets,
                          .n_targets = m,
                          .self = self,
                          .k = k,
                          .max_distance_m = max_m,
                          .max_pairs = 100000000,
                          .n_threads = n_threads};
    GArray *pairs = fm_pairs(&input, NULL, &error);
    g_assert_no_error(error);
    return pairs;
}

/* ---- fm_nearest -------------------------------------------------------------------------- */

static void test_nearest_brute_force(void)
{
    enum { N = 1000, K = 7 };
    g_autofree FmLonLat *origins = fixture_random(1, N, city), *sites = fixture_random(2, N, city);
    FmGeometry **targets = fixture_points(sites, N);
    g_autofree FmNeighbour *expected = g_new(FmNeighbour, N * K);
    for (gsize i = 0; i < N; i++) {
        g_autofree FmNeighbour *all = sorted_targets(origins[i], sites, N);
        memcpy(expected + i * K, all, K * sizeof *all);
    }
    const guint threads[] = {1, 4};
    for (gsize t = 0; t < G_N_ELEMENTS(threads); t++) {
        g_autoptr(GError) error = NULL;
        g_autofree FmNeighbour *out = g_new0(FmNeighbour, N * K);
        g_autofree FmLonLat *positions = g_new0(FmLonLat, N * K);
        fm_nearest(origins, N, (const FmGeometry *const *)targets, N, K, (double)INFINITY,
                   threads[t], out, positions, NULL, &error);
        g_assert_no_error(error);
        fixture_assert_bytes(out, expected, N * K * sizeof *out);
        for (gsize i = 0; i < N * K; i++)
            fixture_assert_bytes(&positions[i], &sites[out[i].index], sizeof *positions);
    }
    fixture_free_geometries(targets, N);
}

static void test_nearest_unused(void)
{
    g_autoptr(GError) error = NULL;
    const FmLonLat origin = {0, 0}, site = {0.01, 0};
    g_autoptr(FmGeometry) target = fm_geometry_new_point(site);
    const FmGeometry *const targets[] = {NULL, target};
    FmNeighbour out[3];
    FmLonLat positions[3];
    fm_nearest(&origin, 1, targets, 2, 3, (double)INFINITY, 1, out, positions, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(out[0].index, ==, 1);
    for (gsize i = 1; i < 3; i++) {
        g_assert_true(out[i].index == G_MAXSIZE);
        g_assert_true(isinf(out[i].distance_m));
        g_assert_true(isnan(positions[i].lon_deg));
    }
    fm_nearest(&origin, 1, targets, 2, 1, 1000, 1, out, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(out[0].index == G_MAXSIZE);
}

/* ---- fm_pairs ---------------------------------------------------------------------------- */

static void check_pairs(const FmLonLat *origins, const FmLonLat *sites, gsize n, gsize k,
                        double max_m, gboolean self, guint n_threads)
{
    FmGeometry **targets = fixture_points(sites, n);
    g_autofree gsize *selves = g_new(gsize, n);
    for (gsize i = 0; i < n; i++)
        selves[i] = i;
    g_autoptr(GArray) pairs =
        pairs_of(origins, n, targets, n, self ? selves : NULL, k, max_m, n_threads);
    guint next = 0;
    for (gsize i = 0; i < n; i++) {
        g_autofree FmNeighbour *all = sorted_targets(origins[i], sites, n);
        gsize rank = 0;
        for (gsize j = 0; j < n && all[j].distance_m <= max_m && (k == 0 || rank < k); j++) {
            if (self && all[j].index == i)
                continue;
            g_assert_cmpuint(next, <, pairs->len);
            const FmPair *pair = &g_array_index(pairs, FmPair, next++);
            g_assert_cmpuint(pair->from, ==, i);
            g_assert_cmpuint(pair->to, ==, all[j].index);
            g_assert_cmpuint(pair->rank, ==, ++rank);
            g_assert_cmpfloat(pair->cost, ==, all[j].distance_m);
            fixture_assert_bytes(&pair->position, &sites[pair->to], sizeof pair->position);
        }
    }
    g_assert_cmpuint(next, ==, pairs->len);
    fixture_free_geometries(targets, n);
}

static void test_pairs_brute_force(void)
{
    enum { N = 300 };
    g_autofree FmLonLat *origins = fixture_random(3, N, city), *sites = fixture_random(4, N, city);
    const guint threads[] = {1, 4};
    for (gsize t = 0; t < G_N_ELEMENTS(threads); t++) {
        check_pairs(origins, sites, N, 5, (double)INFINITY, FALSE, threads[t]);
        check_pairs(origins, sites, N, 5, 9000, FALSE, threads[t]);
        check_pairs(origins, sites, N, 0, 9000, FALSE, threads[t]);
        check_pairs(origins, sites, N, 0, (double)INFINITY, FALSE, threads[t]);
        check_pairs(sites, sites, N, 2, (double)INFINITY, TRUE, threads[t]);
        check_pairs(sites, sites, N, 0, 9000, TRUE, threads[t]);
    }
}

/* More targets make smaller blocks: several are joined here. */
static void test_pairs_blocks(void)
{
    enum { N = 200, M = 40000 };
    g_autofree FmLonLat *origins = fixture_random(5, N, city), *sites = fixture_random(6, M, city);
    FmGeometry **targets = fixture_points(sites, M);
    g_autoptr(GArray) pairs = pairs_of(origins, N, targets, M, NULL, 3, (double)INFINITY, 2);
    g_autofree FmNeighbour *out = g_new0(FmNeighbour, N * 3);
    fm_nearest(origins, N, (const FmGeometry *const *)targets, M, 3, (double)INFINITY, 1, out, NULL,
               NULL, NULL);
    g_assert_cmpuint(pairs->len, ==, N * 3);
    for (guint p = 0; p < pairs->len; p++) {
        const FmPair *pair = &g_array_index(pairs, FmPair, p);
        g_assert_cmpuint(pair->from, ==, p / 3);
        g_assert_cmpuint(pair->to, ==, out[p].index);
    }
    fixture_free_geometries(targets, M);
}

/* Twins at one place: each is the other's neighbour, never its own, whichever comes first. */
static void test_twins(void)
{
    enum { N = 5 };
    const FmLonLat sites[N] = {{1, 1}, {1, 1}, {1, 1}, {1, 1}, {2, 2}};
    FmGeometry **targets = fixture_points(sites, N);
    const gsize self[N] = {0, 1, 2, 3, 4};
    g_autoptr(GArray) pairs = pairs_of(sites, N, targets, N, self, 1, (double)INFINITY, 1);
    g_assert_cmpuint(pairs->len, ==, N);
    for (guint p = 0; p < N; p++)
        g_assert_cmpuint(g_array_index(pairs, FmPair, p).to, ==, p == 0 ? 1 : 0);
    fixture_free_geometries(targets, N);
}

static void test_symmetric(void)
{
    enum { N = 150 };
    g_autofree FmLonLat *sites = fixture_random(9, N, city);
    g_autofree double *matrix = g_new(double, N *N);
    FmGeometry **targets = fixture_points(sites, N);
    g_autoptr(GArray) pairs = pairs_of(sites, N, targets, N, NULL, 0, (double)INFINITY, 2);
    g_assert_cmpuint(pairs->len, ==, N * N);
    for (guint p = 0; p < pairs->len; p++) {
        const FmPair *pair = &g_array_index(pairs, FmPair, p);
        matrix[pair->from * N + pair->to] = pair->cost;
    }
    for (gsize i = 0; i < N; i++)
        for (gsize j = 0; j < N; j++)
            g_assert_cmpfloat(matrix[i * N + j], ==, matrix[j * N + i]);
    fixture_free_geometries(targets, N);
}

static void test_k_grows(void)
{
    enum { N = 200, M = 50 };
    g_autofree FmLonLat *origins = fixture_random(12, N, city),
                        *sites = fixture_random(13, M, city);
    FmGeometry **targets = fixture_points(sites, M);
    for (gsize k = 1; k < 6; k++) {
        g_autoptr(GArray) fewer = pairs_of(origins, N, targets, M, NULL, k, (double)INFINITY, 2);
        g_autoptr(GArray) more = pairs_of(origins, N, targets, M, NULL, k + 1, (double)INFINITY, 2);
        for (gsize i = 0; i < N; i++)
            for (gsize r = 0; r < k; r++)
                fixture_assert_bytes(&g_array_index(fewer, FmPair, i * k + r),
                                     &g_array_index(more, FmPair, i * (k + 1) + r), sizeof(FmPair));
    }
    fixture_free_geometries(targets, M);
}

static void test_limit_of_pairs(void)
{
    enum { N = 100 };
    g_autofree FmLonLat *sites = fixture_random(14, N, city);
    FmGeometry **targets = fixture_points(sites, N);
    FmPairsInput input = {.origins = sites,
                          .n_origins = N,
                          .targets = (const FmGeometry *const *)targets,
                          .n_targets = N,
                          .max_distance_m = (double)INFINITY,
                          .max_pairs = N * N - 1,
                          .n_threads = 2};
    const double reaches[] = {(double)INFINITY, 1e7}; /* known beforehand, and found on the way */
    for (gsize i = 0; i < G_N_ELEMENTS(reaches); i++) {
        g_autoptr(GError) error = NULL;
        input.max_distance_m = reaches[i];
        input.max_pairs = N * N - 1;
        g_assert_null(fm_pairs(&input, NULL, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_LIMIT);
        g_assert_nonnull(strstr(error->message, "9,999 pairs"));
        input.max_pairs = N * N;
        g_autoptr(GArray) pairs = fm_pairs(&input, NULL, NULL);
        g_assert_cmpuint(pairs->len, ==, N * N);
    }
    fixture_free_geometries(targets, N);
}

static void test_cancel(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree FmLonLat *sites = fixture_random(15, 500, city);
    FmGeometry **targets = fixture_points(sites, 500);
    FmProgress progress = fm_progress_init(fixture_cancel, NULL);
    FmPairsInput input = {.origins = sites,
                          .n_origins = 500,
                          .targets = (const FmGeometry *const *)targets,
                          .n_targets = 500,
                          .k = 1,
                          .max_distance_m = (double)INFINITY,
                          .max_pairs = 1000};
    g_assert_null(fm_pairs(&input, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_clear_error(&error);
    FmNeighbour out[500];
    g_assert_false(fm_nearest(sites, 500, input.targets, 500, 1, (double)INFINITY, 2, out, NULL,
                              &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    fixture_free_geometries(targets, 500);
}

void test_pairs_kernel(void)
{
    g_test_add_func("/analysis/nearest/brute-force", test_nearest_brute_force);
    g_test_add_func("/analysis/nearest/unused", test_nearest_unused);
    g_test_add_func("/analysis/pairs/brute-force", test_pairs_brute_force);
    g_test_add_func("/analysis/pairs/blocks", test_pairs_blocks);
    g_test_add_func("/analysis/pairs/twins", test_twins);
    g_test_add_func("/analysis/pairs/symmetric", test_symmetric);
    g_test_add_func("/analysis/pairs/k-grows", test_k_grows);
    g_test_add_func("/analysis/pairs/limit", test_limit_of_pairs);
    g_test_add_func("/analysis/pairs/cancel", test_cancel);
}
