/* Routes: as cheap as they can be, and their arcs add up to what they are said to cost. */
#include "fm-unit.h"
#include "graph-fixture.h"

/* The arcs join the seeds that were chosen, one after the other, and cost what the route costs. */
static void assert_route(const FmGraph *graph, const FmSeed *from, const FmSeed *to,
                         const GArray *arcs, const gsize seeds[2], double cost)
{
    guint32 node = from[seeds[0]].node;
    double sum = rint(from[seeds[0]].cost / FM_COST_STEP) * FM_COST_STEP;
    for (guint i = 0; i < arcs->len; i++) {
        FmArc arc = fm_graph_arc(graph, g_array_index(arcs, guint32, i));
        g_assert_cmpuint(arc.tail, ==, node);
        node = arc.head;
        sum += arc.cost;
    }
    g_assert_cmpuint(node, ==, to[seeds[1]].node);
    g_assert_cmpfloat(sum + rint(to[seeds[1]].cost / FM_COST_STEP) * FM_COST_STEP, ==, cost);
}

static void test_random(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 40, 300);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_auto(FixtureEnds) ends = fixture_ends(41, made.n_nodes, 40);
        for (gsize e = 0; e + 1 < ends.ends.n; e++) {
            const guint32 *first = ends.ends.first + e;
            const FmSeed *from = ends.ends.seeds + first[0], *to = ends.ends.seeds + first[1];
            gsize n_from = first[1] - first[0], n_to = first[2] - first[1], seeds[2];
            g_autofree double *costs = fixture_dijkstra(&made, FM_TRAVEL_FROM, from, n_from);
            double expected = (double)INFINITY;
            for (gsize s = 0; s < n_to; s++)
                expected = MIN(expected, costs[to[s].node] + to[s].cost);
            if (expected >= FM_COST_MAX)
                expected = (double)INFINITY;
            g_autoptr(GArray) arcs = g_array_new(FALSE, FALSE, sizeof(guint32));
            double cost =
                fm_graph_route(graph, from, n_from, to, n_to, (double)INFINITY, arcs, seeds);
            g_assert_true(cost == expected);
            if (isfinite(cost))
                assert_route(graph, from, to, arcs, seeds, cost);
            else
                g_assert_cmpuint(arcs->len, ==, 0);
        }
    }
}

/* Of equally cheap ways: the lower seeds, then the lower arcs. */
static void test_ties(void)
{
    const FmArc arcs[] = {{0, 2, 1}, {0, 1, 1}, {1, 3, 1}, {2, 3, 1}, {0, 1, 1}, {4, 3, 2}};
    const FmSeed from[] = {{4, 0}, {0, 0}}, to[] = {{3, 1}, {3, 0}, {3, 0}};
    g_autoptr(FmGraph) graph = fm_graph_new(5, arcs, G_N_ELEMENTS(arcs), NULL);
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(guint32));
    gsize seeds[2];
    g_assert_cmpfloat(fm_graph_route(graph, from, 2, to, 3, 9, taken, seeds), ==, 2);
    g_assert_cmpuint(seeds[0], ==, 0);
    g_assert_cmpuint(seeds[1], ==, 1);
    g_assert_cmpuint(taken->len, ==, 1);
    g_assert_cmpuint(g_array_index(taken, guint32, 0), ==, 5);

    g_assert_cmpfloat(fm_graph_route(graph, from + 1, 1, to, 3, 9, taken, NULL), ==, 2);
    g_assert_cmpuint(taken->len, ==, 3); /* appended */
    g_assert_cmpuint(g_array_index(taken, guint32, 1), ==, 1);
    g_assert_cmpuint(g_array_index(taken, guint32, 2), ==, 2);
}

static void test_limit(void)
{
    const FmArc arcs[] = {{0, 1, 2}};
    const FmSeed from = {0, 1}, to = {1, 1}, closed = {1, (double)INFINITY};
    g_autoptr(FmGraph) graph = fm_graph_new(2, arcs, 1, NULL);
    g_assert_cmpfloat(fm_graph_route(graph, &from, 1, &to, 1, 4, NULL, NULL), ==, 4);
    g_assert_true(isinf(fm_graph_route(graph, &from, 1, &to, 1, 3.999, NULL, NULL)));
    g_assert_true(isinf(fm_graph_route(graph, &to, 1, &from, 1, 100, NULL, NULL)));
    g_assert_true(isinf(fm_graph_route(graph, &from, 1, &closed, 1, 100, NULL, NULL)));
    g_assert_true(isinf(fm_graph_route(graph, NULL, 0, &to, 1, 100, NULL, NULL)));
    g_assert_true(isinf(fm_graph_route(graph, &from, 1, NULL, 0, 100, NULL, NULL)));
}

/* Where one stands already. */
static void test_same_node(void)
{
    const FmSeed at[] = {{0, 0.5}, {0, 0.25}};
    g_autoptr(FmGraph) graph = fm_graph_new(1, NULL, 0, NULL);
    gsize seeds[2];
    g_autoptr(GArray) arcs = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_assert_cmpfloat(fm_graph_route(graph, at, 2, at, 2, 1, arcs, seeds), ==, 0.5);
    g_assert_cmpuint(seeds[0], ==, 1);
    g_assert_cmpuint(seeds[1], ==, 1);
    g_assert_cmpuint(arcs->len, ==, 0);
}

/* One search leaves nothing to another, be it the next one or one beside it. */
enum { N_ROUTES = 60 };

typedef struct {
    const FmGraph *graph;
    const FmEnds *ends;
    double *costs;
} Routes;

static gboolean find_routes(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Routes *routes = user;
    for (gsize i = begin; i < end; i++) {
        const guint32 *first = routes->ends->first + i;
        const FmSeed *seeds = routes->ends->seeds;
        routes->costs[i] =
            fm_graph_route(routes->graph, seeds + first[0], first[1] - first[0], seeds + first[1],
                           first[2] - first[1], i % 3 ? (double)INFINITY : 30, NULL, NULL);
    }
    return TRUE;
}

static void test_again(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 42, 400);
    g_auto(FixtureEnds) ends = fixture_ends(43, made.n_nodes, N_ROUTES + 1);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    double alone[N_ROUTES], together[N_ROUTES];
    for (gsize i = 0; i < N_ROUTES; i++) {
        g_autoptr(FmGraph) unused = fixture_graph_make(&made);
        find_routes(i, i + 1, 0, &(Routes){unused, &ends.ends, alone}, NULL);
    }
    for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
        Routes routes = {graph, &ends.ends, together};
        g_assert_true(
            fm_parallel_for(N_ROUTES, 1, n_threads, find_routes, &routes, NULL, "routes", NULL));
        for (gsize i = 0; i < N_ROUTES; i++)
            g_assert_true(together[i] == alone[i]);
    }
}

void test_route(void)
{
    g_test_add_func("/network/route/random", test_random);
    g_test_add_func("/network/route/ties", test_ties);
    g_test_add_func("/network/route/limit", test_limit);
    g_test_add_func("/network/route/same-node", test_same_node);
    g_test_add_func("/network/route/again", test_again);
}
