/* The hierarchy: its shape, the same for any number of threads, and the roads of Beijing. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "hierarchy-internal.h"

/* @return the strip's hops */
static gsize assert_strip(const FmHierarchy *hierarchy, guint32 number)
{
    const FmStrip *strip = &hierarchy->strips[number];
    const FmColumns *columns = &hierarchy->columns;
    gsize hop = strip->first_hop;
    for (gsize c = strip->first_column; c < strip->first_column + strip->n_columns; c++) {
        guint32 head = columns->ranks[c];
        g_assert_true(c == strip->first_column || head < columns->ranks[c - 1]);
        g_assert_cmpuint(columns->counts[c], >, 0);
        for (guint8 h = 0; h < columns->counts[c]; h++, hop++) {
            g_assert_cmpuint(columns->tails[hop], <, strip->n_nodes);
            g_assert_cmpuint(head, <, number * FM_STRIP_MOST + columns->tails[hop]);
            g_assert_true(isfinite(columns->costs[0][hop]) || isfinite(columns->costs[1][hop]));
        }
    }
    g_assert_cmpuint(hop - strip->first_hop, ==, strip->n_hops);
    return strip->n_hops;
}

static void assert_shape(const FmHierarchy *hierarchy)
{
    gsize n_hops = 0, n_nodes = 0;
    for (guint32 s = 0; s < hierarchy->n_strips; s++) {
        n_hops += assert_strip(hierarchy, s);
        n_nodes += hierarchy->strips[s].n_nodes;
    }
    g_assert_cmpuint(n_hops, ==, hierarchy->columns.n_hops);
    g_assert_cmpuint(n_nodes, ==, hierarchy->n_nodes);
    for (guint32 node = 0; node < hierarchy->n_nodes; node++) {
        guint32 rank = hierarchy->rank_of[node];
        g_assert_cmpuint(rank / FM_STRIP_MOST, <, hierarchy->n_strips);
        g_assert_cmpuint(rank % FM_STRIP_MOST, <, hierarchy->strips[rank / FM_STRIP_MOST].n_nodes);
    }
}

static void test_shape(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 80, 300);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmHierarchy) dissected = fm_hierarchy_new(graph, 1, NULL, NULL);
        g_autoptr(FmHierarchy) by_rounds = fm_hierarchy_build(graph, 0, 1, NULL, NULL);
        assert_shape(dissected);
        assert_shape(by_rounds);
    }
}

static void test_threads(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made =
            fixture_graph((FixtureKind)kind, 81, kind == FIXTURE_DENSE ? 100 : 900);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmHierarchy) one = fm_hierarchy_new(graph, 1, NULL, NULL);
        g_autoptr(GBytes) expected = fm_hierarchy_to_bytes(one);
        for (guint n_threads = 2; n_threads <= 4; n_threads += 2) {
            g_autoptr(FmHierarchy) several = fm_hierarchy_new(graph, n_threads, NULL, NULL);
            g_autoptr(GBytes) bytes = fm_hierarchy_to_bytes(several);
            g_assert_true(g_bytes_equal(bytes, expected));
        }
    }
}

static void test_cancelled(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 82, 100);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    FmProgress cancel = fm_progress_init(fixture_graph_cancel, NULL);
    GError *error = NULL;
    g_assert_null(fm_hierarchy_new(graph, 2, &cancel, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_clear_error(&error);
}

/* ---- Beijing ----------------------------------------------------------------------------- */

enum { N_FROM = 50, N_TO = 20 }; /* 1,000 random pairs */

static void assert_route(const FmGraph *graph, FmSeed from, FmSeed to, double expected)
{
    g_autoptr(GArray) arcs = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_assert_true(fm_graph_route(graph, &from, 1, &to, 1, (double)INFINITY, arcs, NULL) ==
                  expected);
    double sum = 0;
    for (guint i = 0; i < arcs->len; i++) {
        FmArc arc = fm_graph_arc(graph, g_array_index(arcs, guint32, i));
        g_assert_cmpuint(arc.tail, ==, from.node);
        from.node = arc.head;
        sum += arc.cost;
    }
    g_assert_true(isinf(expected) || (sum == expected && from.node == to.node));
}

/* Every search of the module gives the time of the plain Dijkstra, to the bit. */
static void test_beijing(void)
{
    FixtureGraph *made = fixture_beijing();
    if (made == NULL)
        return;
    g_autoptr(FmGraph) graph = fixture_graph_make(made);
    g_assert_cmpuint(fm_graph_n_arcs(graph), ==, 122405);
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 2, NULL, NULL);
    g_autoptr(GRand) rand = g_rand_new_with_seed(83);
    guint32 first[N_FROM * N_TO + 1];
    FmSeed from[N_FROM], to[N_FROM * N_TO];
    for (guint32 i = 0; i <= N_FROM * N_TO; i++)
        first[i] = i;
    for (guint32 i = 0; i < N_FROM; i++)
        from[i] = (FmSeed){g_rand_int(rand) % made->n_nodes, 0};
    for (guint32 i = 0; i < N_FROM * N_TO; i++)
        to[i] = (FmSeed){g_rand_int(rand) % made->n_nodes, 0};
    const FmEnds sources = {N_FROM, first, from}, targets = {N_FROM * N_TO, first, to};
    g_autofree double *matrix = g_new(double, sources.n *targets.n);
    g_assert_true(fm_hierarchy_matrix(hierarchy, &sources, &targets, (double)INFINITY, 2, matrix,
                                      NULL, NULL));
    guint n_reachable = 0;
    for (guint32 i = 0; i < N_FROM; i++) {
        g_autofree double *expected = fixture_dijkstra(made, FM_TRAVEL_FROM, &from[i], 1);
        for (guint32 j = 0; j < targets.n; j++)
            g_assert_true(matrix[i * targets.n + j] == expected[to[j].node]);
        for (guint32 j = i * N_TO; j < (i + 1) * N_TO; j++) {
            n_reachable += isfinite(expected[to[j].node]);
            if (j % N_TO < 4)
                assert_route(graph, from[i], to[j], expected[to[j].node]);
        }
    }
    g_assert_cmpuint(n_reachable, >, N_FROM * N_TO * 9 / 10);
    fixture_graph_clear(made);
    g_free(made);
}

void test_hierarchy(void)
{
    g_test_add_func("/network/hierarchy/shape", test_shape);
    g_test_add_func("/network/hierarchy/threads", test_threads);
    g_test_add_func("/network/hierarchy/cancelled", test_cancelled);
    g_test_add_func("/network/hierarchy/beijing", test_beijing);
}
