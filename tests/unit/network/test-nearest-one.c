/* The nearest end of every node on graphs of several tiles: against the first of the two nearest,
 * which another search finds, and against one Dijkstra an end. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "nearest-one.h"

#define N_NODES (5 * FM_TILE_PLACES)

static FmReached *nearest_one(const FmGraph *graph, FmTravel travel, const FmEnds *ends,
                              double limit, guint n_threads)
{
    FmReached *out = g_new(FmReached, graph->n_nodes);
    GError *error = NULL;
    g_assert_true(fm_graph_nearest_one(graph, travel, ends, limit, n_threads, out, NULL, &error));
    g_assert_no_error(error);
    return out;
}

static void assert_is_first_of_two(const FmGraph *graph, FmTravel travel, const FmEnds *ends,
                                   double limit)
{
    g_autofree FmReached *two = g_new(FmReached, 2 * (gsize)graph->n_nodes);
    GError *error = NULL;
    g_assert_true(fm_graph_nearest(graph, travel, ends, 2, limit, 1, two, NULL, &error));
    for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
        g_autofree FmReached *one = nearest_one(graph, travel, ends, limit, n_threads);
        for (gsize node = 0; node < graph->n_nodes; node++) {
            g_assert_cmpuint(one[node].end, ==, two[2 * node].end);
            g_assert_true(one[node].cost == two[2 * node].cost);
        }
    }
}

/* Many ends and few, with and without a limit, many ties. */
static void test_tiles(void)
{
    const FixtureKind kinds[] = {FIXTURE_GRID, FIXTURE_ZEROS, FIXTURE_APART};
    const gsize n_ends[] = {200, 1500, 2};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_auto(FixtureGraph) made = fixture_graph(kinds[i], 40 + i, N_NODES);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_auto(FixtureEnds) ends = fixture_ends(50, made.n_nodes, n_ends[i]);
        g_assert_cmpuint(graph->tile_first->len, >, 4);
        assert_is_first_of_two(graph, (FmTravel)(i % 2), &ends.ends, i == 1 ? 2 : (double)INFINITY);
    }
}

/* One end is nearer than all others to everywhere: what tiles find by themselves is all replaced,
 * tile after tile. */
static void test_all_replaced(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 43, N_NODES);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(51, made.n_nodes, 300);
    for (guint s = 0; s < ends.seeds->len; s++)
        g_array_index(ends.seeds, FmSeed, s).cost = s == 7 ? 0 : 1e6;
    g_autofree FmReached *found = nearest_one(graph, FM_TRAVEL_FROM, &ends.ends, 1.5e6, 2);
    g_autofree double *costs = fixture_dijkstra(&made, FM_TRAVEL_FROM, ends.ends.seeds + 7, 1);
    guint n_reached = 0;
    for (guint32 node = 0; node < made.n_nodes; node++) {
        if (costs[node] < 1e6) {
            g_assert_true(found[node].cost == costs[node]);
            n_reached++;
        }
    }
    g_assert_cmpuint(n_reached, >, made.n_nodes / 2);
    assert_is_first_of_two(graph, FM_TRAVEL_FROM, &ends.ends, 1.5e6);
}

static gboolean cancel_late(double fraction, const char *stage, void *user)
{
    (void)stage;
    double *reached = user;
    g_assert_cmpfloat(fraction, >=, *reached);
    *reached = fraction;
    return fraction < 0.85;
}

/* Progress never falls, and cancelling after the rounds is heard. */
static void test_cancelled_late(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 44, N_NODES);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FixtureEnds) ends = fixture_ends(52, made.n_nodes, 500);
    g_autofree FmReached *out = g_new(FmReached, made.n_nodes);
    double reached = 0;
    FmProgress cancel = fm_progress_init(cancel_late, &reached);
    GError *error = NULL;
    g_assert_false(fm_graph_nearest_one(graph, FM_TRAVEL_TO, &ends.ends, (double)INFINITY, 2, out,
                                        &cancel, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_clear_error(&error);
}

void test_nearest_one(void)
{
    g_test_add_func("/network/nearest-one/tiles", test_tiles);
    g_test_add_func("/network/nearest-one/all-replaced", test_all_replaced);
    g_test_add_func("/network/nearest-one/cancelled-late", test_cancelled_late);
}
