/* Matrices over the hierarchy against plain Dijkstra, bit for bit. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "hierarchy-internal.h"

#include <string.h>

static double *matrix_of(const FmHierarchy *hierarchy, const FmEnds *from, const FmEnds *to,
                         double limit, guint n_threads)
{
    double *costs = g_new(double, from->n * to->n + 1);
    GError *error = NULL;
    g_assert_true(fm_hierarchy_matrix(hierarchy, from, to, limit, n_threads, costs, NULL, &error));
    g_assert_no_error(error);
    return costs;
}

static void assert_matrix(const FixtureGraph *made, const FmEnds *from, const FmEnds *to,
                          double limit, const double *costs)
{
    for (gsize i = 0; i < from->n; i++) {
        g_autofree double *expected =
            fixture_dijkstra(made, FM_TRAVEL_FROM, from->seeds + from->first[i],
                             from->first[i + 1] - from->first[i]);
        for (gsize j = 0; j < to->n; j++) {
            double least = (double)INFINITY;
            for (guint32 s = to->first[j]; s < to->first[j + 1]; s++)
                least = MIN(least, expected[to->seeds[s].node] + to->seeds[s].cost);
            if (least > limit || least >= FM_COST_MAX)
                least = (double)INFINITY;
            g_assert_true(costs[i * to->n + j] == least);
        }
    }
}

static void test_brute_force(void)
{
    const double limits[] = {(double)INFINITY, 60, 0};
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 50, 300);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 1, NULL, NULL);
        g_auto(FixtureEnds) from = fixture_ends(51, made.n_nodes, 50);
        g_auto(FixtureEnds) to = fixture_ends(52, made.n_nodes, 60);
        for (guint l = 0; l < G_N_ELEMENTS(limits); l++) {
            g_autofree double *costs = matrix_of(hierarchy, &from.ends, &to.ends, limits[l], 1);
            assert_matrix(&made, &from.ends, &to.ends, limits[l], costs);
        }
    }
}

/* The other way to make a hierarchy, for graphs that have no small separators. */
static void test_rounds(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 61, 120);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_build(graph, 0, 2, NULL, NULL);
        g_auto(FixtureEnds) from = fixture_ends(62, made.n_nodes, 30);
        g_auto(FixtureEnds) to = fixture_ends(63, made.n_nodes, 40);
        g_autofree double *costs = matrix_of(hierarchy, &from.ends, &to.ends, (double)INFINITY, 2);
        assert_matrix(&made, &from.ends, &to.ends, (double)INFINITY, costs);
    }
}

/* More targets than are done at once. */
static void test_blocks(void)
{
    enum { N = 5000 };
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 53, 225);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 1, NULL, NULL);
    g_auto(FixtureEnds) from = fixture_ends(54, made.n_nodes, 4);
    g_auto(FixtureEnds) to = fixture_ends(55, made.n_nodes, N);
    g_autofree double *costs = matrix_of(hierarchy, &from.ends, &to.ends, (double)INFINITY, 2);
    assert_matrix(&made, &from.ends, &to.ends, (double)INFINITY, costs);
}

static void test_threads(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 56, 2500);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 2, NULL, NULL);
    g_auto(FixtureEnds) ends = fixture_ends(57, made.n_nodes, 80);
    g_autofree double *one = matrix_of(hierarchy, &ends.ends, &ends.ends, (double)INFINITY, 1);
    for (guint n_threads = 2; n_threads <= 4; n_threads += 2) {
        g_autofree double *several =
            matrix_of(hierarchy, &ends.ends, &ends.ends, (double)INFINITY, n_threads);
        g_assert_cmpint(memcmp(one, several, ends.ends.n * ends.ends.n * sizeof *one), ==, 0);
    }
}

/* No detour over a third node is cheaper than the way itself. */
static void test_triangles(void)
{
    enum { N = 60 };
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_SPARSE, 58, N);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 1, NULL, NULL);
    guint32 first[N + 1];
    FmSeed seeds[N];
    for (guint32 i = 0; i <= N; i++) {
        first[i] = i;
        if (i < N)
            seeds[i] = (FmSeed){i, 0};
    }
    const FmEnds all = {N, first, seeds};
    g_autofree double *d = matrix_of(hierarchy, &all, &all, (double)INFINITY, 1);
    for (guint32 i = 0; i < N; i++) {
        g_assert_cmpfloat(d[i * N + i], ==, 0);
        for (guint32 j = 0; j < N; j++)
            for (guint32 k = 0; k < N; k++)
                g_assert_true(d[i * N + k] <= d[i * N + j] + d[j * N + k]);
    }
}

static void test_nothing(void)
{
    g_autoptr(FmGraph) graph = fm_graph_new(0, NULL, 0, NULL);
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 2, NULL, NULL);
    const guint32 first[] = {0, 0};
    const FmEnds none = {0, NULL, NULL}, seedless = {1, first, NULL};
    g_autofree double *a = matrix_of(hierarchy, &none, &seedless, 1, 1);
    g_autofree double *b = matrix_of(hierarchy, &seedless, &none, 1, 1);
    g_autofree double *c = matrix_of(hierarchy, &seedless, &seedless, 1, 2);
    g_assert_true(isinf(c[0]));
}

static void test_cancelled(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 59, 100);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 1, NULL, NULL);
    g_auto(FixtureEnds) ends = fixture_ends(60, made.n_nodes, 10);
    g_autofree double *costs = g_new(double, 100);
    FmProgress cancel = fm_progress_init(fixture_graph_cancel, NULL);
    GError *error = NULL;
    g_assert_false(
        fm_hierarchy_matrix(hierarchy, &ends.ends, &ends.ends, 5, 1, costs, &cancel, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_clear_error(&error);
}

void test_matrix(void)
{
    g_test_add_func("/network/matrix/brute-force", test_brute_force);
    g_test_add_func("/network/matrix/rounds", test_rounds);
    g_test_add_func("/network/matrix/blocks", test_blocks);
    g_test_add_func("/network/matrix/threads", test_threads);
    g_test_add_func("/network/matrix/triangles", test_triangles);
    g_test_add_func("/network/matrix/nothing", test_nothing);
    g_test_add_func("/network/matrix/cancelled", test_cancelled);
}
