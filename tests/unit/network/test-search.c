/* One search: its order, and that it leaves its scratch as it found it. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "search.h"

static void assert_clean(const FmSearch *search, const FmGraph *graph)
{
    for (guint32 p = 0; p < graph->n_nodes; p++)
        g_assert_cmpuint(search->nodes[p].cost, ==, FM_STEPS_UNSEEN);
}

/* Ascending by (cost, node), each node once, and the plain Dijkstra's costs. */
static void assert_reached(const FmSearch *search, gsize n, const double *expected, guint32 n_nodes,
                           double limit)
{
    gsize n_expected = 0;
    for (guint32 node = 0; node < n_nodes; node++)
        n_expected += expected[node] <= limit && isfinite(expected[node]);
    g_assert_cmpuint(n, ==, n_expected);
    for (gsize i = 0; i < n; i++) {
        const FmSeed *one = &search->reached[i];
        g_assert_cmpfloat(one->cost, ==, expected[one->node]);
        g_assert_true(i == 0 || one[-1].cost < one->cost ||
                      (one[-1].cost == one->cost && one[-1].node < one->node));
    }
}

static void test_random(void)
{
    const double limits[] = {0, 1, 60, (double)INFINITY};
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 10, 400);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmSearch) from = fm_search_new(graph, FM_TRAVEL_FROM);
        g_autoptr(FmSearch) to = fm_search_new(graph, FM_TRAVEL_TO);
        for (guint32 i = 0; i < 40; i++) {
            FmTravel travel = (FmTravel)(i % 2);
            FmSearch *search = travel == FM_TRAVEL_FROM ? from : to;
            const FmSeed seeds[] = {{i * 7, 0.25 * i}, {i * 9, 1}, {i * 7, 0.2 * i}};
            gsize n_seeds = i % 4;
            g_autofree double *expected = fixture_dijkstra(&made, travel, seeds, n_seeds);
            for (guint l = 0; l < G_N_ELEMENTS(limits); l++) {
                FmSteps limit = fm_steps_from_limit(limits[l]);
                gsize n = fm_search_reach(search, seeds, n_seeds, limit);
                assert_reached(search, n, expected, made.n_nodes, limits[l]);
                assert_clean(search, graph);
            }
        }
    }
}

/* A limit that is no whole number of steps cuts where the reals would. */
static void test_limit_between_steps(void)
{
    const FmArc arcs[] = {{0, 1, 1}, {0, 2, 1 + FM_COST_STEP}};
    const FmSeed seed = {0, 0};
    g_autoptr(FmGraph) graph = fm_graph_new(3, arcs, 2, NULL);
    g_autoptr(FmSearch) search = fm_search_new(graph, FM_TRAVEL_FROM);
    const double half = FM_COST_STEP / 2;
    const double limits[] = {1 - half, 1, 1 + half, 1 + FM_COST_STEP};
    const gsize reached[] = {1, 2, 2, 3};
    for (guint l = 0; l < G_N_ELEMENTS(limits); l++)
        g_assert_cmpuint(fm_search_reach(search, &seed, 1, fm_steps_from_limit(limits[l])), ==,
                         reached[l]);
}

/* Two arcs that are passable each, but not after one another. */
static void test_beyond_any_path(void)
{
    const FmArc arcs[] = {{0, 1, FM_COST_MAX / 2}, {1, 2, FM_COST_MAX / 2}};
    const FmSeed seed = {0, 0};
    g_autoptr(FmGraph) graph = fm_graph_new(3, arcs, 2, NULL);
    g_autoptr(FmSearch) search = fm_search_new(graph, FM_TRAVEL_FROM);
    FmSteps limit = fm_steps_from_limit((double)INFINITY);
    g_assert_cmpuint(fm_search_reach(search, &seed, 1, limit), ==, 2);
}

void test_search(void)
{
    g_test_add_func("/network/search/random", test_random);
    g_test_add_func("/network/search/limit-between-steps", test_limit_between_steps);
    g_test_add_func("/network/search/beyond-any-path", test_beyond_any_path);
}
