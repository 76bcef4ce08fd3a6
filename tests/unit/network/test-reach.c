/* Service areas: complete, nested, the same from either side and for any number of threads. */
#include "fm-unit.h"
#include "graph-fixture.h"

#include <string.h>

typedef struct {
    GArray **reached; /* one an end: FmSeed */
    gsize n;
} Areas;

static gboolean keep(gsize end, const FmSeed *reached, gsize n, guint worker, void *user,
                     GError **error)
{
    (void)worker, (void)error;
    Areas *areas = user;
    g_assert_null(areas->reached[end]);
    areas->reached[end] = g_array_sized_new(FALSE, FALSE, sizeof(FmSeed), (guint)n);
    for (gsize i = 0; i < n; i++) { /* one by one: padding stays out of the comparison */
        FmSeed one;
        memset(&one, 0, sizeof one);
        one.node = reached[i].node;
        one.cost = reached[i].cost;
        g_array_append_val(areas->reached[end], one);
    }
    return TRUE;
}

static Areas areas_of(const FmGraph *graph, FmTravel travel, const FmEnds *ends, double limit,
                      guint n_threads)
{
    Areas areas = {g_new0(GArray *, ends->n), ends->n};
    GError *error = NULL;
    g_assert_true(
        fm_graph_reach(graph, travel, ends, limit, n_threads, keep, &areas, NULL, &error));
    g_assert_no_error(error);
    return areas;
}

static void areas_clear(Areas *areas)
{
    for (gsize e = 0; e < areas->n; e++)
        g_array_unref(areas->reached[e]);
    g_free(areas->reached);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Areas, areas_clear)

static void assert_same(const Areas *a, const Areas *b)
{
    g_assert_cmpuint(a->n, ==, b->n);
    for (gsize e = 0; e < a->n; e++) {
        const GArray *x = a->reached[e], *y = b->reached[e];
        g_assert_cmpuint(x->len, ==, y->len);
        g_assert_true(x->len == 0 || memcmp(x->data, y->data, x->len * sizeof(FmSeed)) == 0);
    }
}

static void test_brute_force(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 20, 300);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_auto(FixtureEnds) ends = fixture_ends(21, made.n_nodes, 30);
        g_auto(Areas) areas = areas_of(graph, FM_TRAVEL_TO, &ends.ends, 40, 1);
        for (gsize e = 0; e < ends.ends.n; e++) {
            guint32 first = ends.ends.first[e];
            g_autofree double *expected = fixture_dijkstra(
                &made, FM_TRAVEL_TO, ends.ends.seeds + first, ends.ends.first[e + 1] - first);
            guint n_expected = 0;
            for (guint32 node = 0; node < made.n_nodes; node++)
                n_expected += expected[node] <= 40;
            g_assert_cmpuint(areas.reached[e]->len, ==, n_expected);
            for (guint i = 0; i < n_expected; i++) {
                FmSeed one = g_array_index(areas.reached[e], FmSeed, i);
                g_assert_cmpfloat(one.cost, ==, expected[one.node]);
            }
        }
    }
}

static void test_threads(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 22, 2500);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(23, made.n_nodes, 60);
    g_auto(Areas) one = areas_of(graph, FM_TRAVEL_FROM, &ends.ends, 200, 1);
    for (guint n_threads = 2; n_threads <= 4; n_threads += 2) {
        g_auto(Areas) several = areas_of(graph, FM_TRAVEL_FROM, &ends.ends, 200, n_threads);
        assert_same(&one, &several);
    }
}

/* Towards the ends on a graph is away from them on the graph turned round. */
static void test_reversal(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 24, 300);
        g_auto(FixtureGraph) turned = fixture_graph_reversed(&made);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmGraph) reversed = fixture_graph_make(&turned);
        g_auto(FixtureEnds) ends = fixture_ends(25, made.n_nodes, 20);
        g_auto(Areas) to = areas_of(graph, FM_TRAVEL_TO, &ends.ends, 50, 2);
        g_auto(Areas) from = areas_of(reversed, FM_TRAVEL_FROM, &ends.ends, 50, 2);
        assert_same(&to, &from);
    }
}

/* A smaller limit gives the beginning of the larger one's answer. */
static void test_nested(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_SPARSE, 26, 500);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(27, made.n_nodes, 20);
    g_auto(Areas) large = areas_of(graph, FM_TRAVEL_FROM, &ends.ends, 90, 1);
    g_auto(Areas) small = areas_of(graph, FM_TRAVEL_FROM, &ends.ends, 60, 1);
    gsize n_more = 0;
    for (gsize e = 0; e < ends.ends.n; e++) {
        const GArray *a = small.reached[e], *b = large.reached[e];
        g_assert_cmpuint(a->len, <=, b->len);
        g_assert_true(a->len == 0 || memcmp(a->data, b->data, a->len * sizeof(FmSeed)) == 0);
        n_more += b->len > a->len;
    }
    g_assert_cmpuint(n_more, >, 0);
}

static void test_limit_zero(void)
{
    const FmArc arcs[] = {{0, 1, 0}, {1, 2, FM_COST_STEP}, {2, 0, 0}};
    const guint32 first[] = {0, 1, 2, 2};
    const FmSeed seeds[] = {{0, 0}, {1, 5}};
    const FmEnds ends = {3, first, seeds};
    g_autoptr(FmGraph) graph = fm_graph_new(3, arcs, 3, NULL);
    g_auto(Areas) areas = areas_of(graph, FM_TRAVEL_FROM, &ends, 0, 1);
    g_assert_cmpuint(areas.reached[0]->len, ==, 2);
    g_assert_cmpuint(g_array_index(areas.reached[0], FmSeed, 1).node, ==, 1);
    g_assert_cmpuint(areas.reached[1]->len, ==, 0);
    g_assert_cmpuint(areas.reached[2]->len, ==, 0);
}

static void test_no_ends(void)
{
    g_autoptr(FmGraph) graph = fm_graph_new(0, NULL, 0, NULL);
    const FmEnds none = {0, NULL, NULL};
    g_auto(Areas) areas = areas_of(graph, FM_TRAVEL_FROM, &none, 10, 2);
    const guint32 first[] = {0, 0};
    const FmEnds seedless = {1, first, NULL};
    g_auto(Areas) empty = areas_of(graph, FM_TRAVEL_TO, &seedless, 10, 2);
    g_assert_cmpuint(empty.reached[0]->len, ==, 0);
}

static gboolean fail_on_three(gsize end, const FmSeed *reached, gsize n, guint worker, void *user,
                              GError **error)
{
    (void)reached, (void)n, (void)worker, (void)user;
    if (end == 3)
        g_set_error_literal(error, FM_ERROR, FM_ERROR_DATA, "three");
    return end != 3;
}

static void test_stopped(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 28, 100);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(29, made.n_nodes, 10);
    GError *error = NULL;
    g_assert_false(fm_graph_reach(graph, FM_TRAVEL_FROM, &ends.ends, 10, 2, fail_on_three, NULL,
                                  NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_clear_error(&error);

    FmProgress cancel = fm_progress_init(fixture_graph_cancel, NULL);
    g_assert_false(fm_graph_reach(graph, FM_TRAVEL_FROM, &ends.ends, 10, 2, fail_on_three, NULL,
                                  &cancel, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_clear_error(&error);
}

void test_reach(void)
{
    g_test_add_func("/network/reach/brute-force", test_brute_force);
    g_test_add_func("/network/reach/threads", test_threads);
    g_test_add_func("/network/reach/reversal", test_reversal);
    g_test_add_func("/network/reach/nested", test_nested);
    g_test_add_func("/network/reach/limit-zero", test_limit_zero);
    g_test_add_func("/network/reach/no-ends", test_no_ends);
    g_test_add_func("/network/reach/stopped", test_stopped);
}
