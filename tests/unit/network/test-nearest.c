/* The nearest ends of every node against one Dijkstra an end, ties included. */
#include "fm-unit.h"
#include "graph-fixture.h"

#include <stdlib.h>

static FmReached *nearest_of(const FmGraph *graph, FmTravel travel, const FmEnds *ends, gsize k,
                             double limit, guint n_threads)
{
    FmReached *out = g_new(FmReached, MAX(graph->n_nodes, 1) * k);
    GError *error = NULL;
    g_assert_true(fm_graph_nearest(graph, travel, ends, k, limit, n_threads, out, NULL, &error));
    g_assert_no_error(error);
    return out;
}

static void assert_same(const FmReached *a, const FmReached *b, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_assert_cmpuint(a[i].end, ==, b[i].end);
        g_assert_true(a[i].cost == b[i].cost);
    }
}

static int by_cost_and_end(const void *a, const void *b)
{
    const FmReached *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static FmReached *brute_force(const FixtureGraph *made, FmTravel travel, const FmEnds *ends,
                              gsize k, double limit)
{
    g_autofree FmReached *all = g_new(FmReached, made->n_nodes * ends->n);
    for (guint32 e = 0; e < ends->n; e++) {
        g_autofree double *costs = fixture_dijkstra(made, travel, ends->seeds + ends->first[e],
                                                    ends->first[e + 1] - ends->first[e]);
        for (guint32 node = 0; node < made->n_nodes; node++) {
            gboolean within = isfinite(costs[node]) && costs[node] <= limit;
            all[node * ends->n + e] =
                within ? (FmReached){e, costs[node]} : (FmReached){FM_NODE_NONE, (double)INFINITY};
        }
    }
    FmReached *out = g_new(FmReached, made->n_nodes * k);
    for (guint32 node = 0; node < made->n_nodes; node++) {
        FmReached *row = all + node * ends->n;
        qsort(row, ends->n, sizeof *row, by_cost_and_end);
        for (gsize i = 0; i < k; i++)
            out[node * k + i] = i < ends->n ? row[i] : (FmReached){FM_NODE_NONE, (double)INFINITY};
    }
    return out;
}

static void test_brute_force(void)
{
    const gsize ks[] = {1, 2, 5, 20};
    const double limits[] = {0, 30, (double)INFINITY};
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 30, 200);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_auto(FixtureEnds) ends = fixture_ends(31, made.n_nodes, 15);
        for (guint i = 0; i < G_N_ELEMENTS(ks) * G_N_ELEMENTS(limits); i++) {
            gsize k = ks[i % G_N_ELEMENTS(ks)];
            double limit = limits[i / G_N_ELEMENTS(ks)];
            FmTravel travel = (FmTravel)(i % 2);
            g_autofree FmReached *expected = brute_force(&made, travel, &ends.ends, k, limit);
            g_autofree FmReached *found = nearest_of(graph, travel, &ends.ends, k, limit, 1);
            assert_same(expected, found, made.n_nodes * k);
        }
    }
}

static void test_threads(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 32, 10000);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(33, made.n_nodes, 100);
    for (gsize k = 1; k <= 3; k += 2) {
        g_autofree FmReached *one =
            nearest_of(graph, FM_TRAVEL_TO, &ends.ends, k, (double)INFINITY, 1);
        for (guint n_threads = 2; n_threads <= 4; n_threads += 2) {
            g_autofree FmReached *several =
                nearest_of(graph, FM_TRAVEL_TO, &ends.ends, k, (double)INFINITY, n_threads);
            assert_same(one, several, made.n_nodes * k);
        }
    }
}

/* The k + 1 nearest begin with the k nearest. */
static void test_one_more(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_ZEROS, 34, 400);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(35, made.n_nodes, 25);
    for (gsize k = 1; k < 8; k++) {
        g_autofree FmReached *less = nearest_of(graph, FM_TRAVEL_FROM, &ends.ends, k, 5, 1);
        g_autofree FmReached *more = nearest_of(graph, FM_TRAVEL_FROM, &ends.ends, k + 1, 5, 1);
        for (guint32 node = 0; node < made.n_nodes; node++)
            assert_same(less + node * k, more + node * (k + 1), k);
    }
}

/* Closing an arc brings no end nearer. */
static void test_closed_arc(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 36, 400);
    g_autoptr(FmGraph) open = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(37, made.n_nodes, 10);
    g_autofree FmReached *before =
        nearest_of(open, FM_TRAVEL_TO, &ends.ends, 1, (double)INFINITY, 1);
    guint n_longer = 0;
    for (guint a = 0; a < made.arcs->len; a += 97) {
        FmArc *arc = &g_array_index(made.arcs, FmArc, a);
        double cost = arc->cost;
        arc->cost = (double)INFINITY;
        g_autoptr(FmGraph) closed = fixture_graph_make(&made);
        arc->cost = cost;
        g_autofree FmReached *after =
            nearest_of(closed, FM_TRAVEL_TO, &ends.ends, 1, (double)INFINITY, 1);
        for (guint32 node = 0; node < made.n_nodes; node++) {
            g_assert_cmpfloat(after[node].cost, >=, before[node].cost);
            n_longer += after[node].cost > before[node].cost;
        }
    }
    g_assert_cmpuint(n_longer, >, 0);
}

static void test_nothing(void)
{
    g_autoptr(FmGraph) empty = fm_graph_new(0, NULL, 0, NULL);
    const guint32 first[] = {0, 0};
    const FmEnds seedless = {1, first, NULL}, none = {0, NULL, NULL};
    g_autofree FmReached *a = nearest_of(empty, FM_TRAVEL_TO, &seedless, 2, 10, 1);
    g_autoptr(FmGraph) lonely = fm_graph_new(1, NULL, 0, NULL);
    g_autofree FmReached *b = nearest_of(lonely, FM_TRAVEL_TO, &none, 1, 10, 1);
    g_assert_cmpuint(b[0].end, ==, FM_NODE_NONE);
    g_assert_true(isinf(b[0].cost));
}

static void test_cancelled(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 38, 100);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(39, made.n_nodes, 10);
    g_autofree FmReached *out = g_new(FmReached, made.n_nodes);
    FmProgress cancel = fm_progress_init(fixture_graph_cancel, NULL);
    GError *error = NULL;
    g_assert_false(
        fm_graph_nearest(graph, FM_TRAVEL_TO, &ends.ends, 1, 10, 1, out, &cancel, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_clear_error(&error);
}

void test_nearest(void)
{
    g_test_add_func("/network/nearest/brute-force", test_brute_force);
    g_test_add_func("/network/nearest/threads", test_threads);
    g_test_add_func("/network/nearest/one-more", test_one_more);
    g_test_add_func("/network/nearest/closed-arc", test_closed_arc);
    g_test_add_func("/network/nearest/nothing", test_nothing);
    g_test_add_func("/network/nearest/cancelled", test_cancelled);
}
