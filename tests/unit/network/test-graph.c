/* Making graphs: what is kept, rounded, refused. */
#include "fm-unit.h"
#include "graph-fixture.h"

static void test_arcs_kept(void)
{
    const FmArc arcs[] = {{0, 1, 1.0 / 3}, {1, 1, 5},           {0, 1, (double)INFINITY},
                          {2, 0, 0},       {1, 2, FM_COST_MAX}, {1, 2, FM_COST_MAX - 1}};
    g_autoptr(FmGraph) graph = fm_graph_new(3, arcs, G_N_ELEMENTS(arcs), NULL);
    g_assert_cmpuint(fm_graph_n_nodes(graph), ==, 3);
    g_assert_cmpuint(fm_graph_n_arcs(graph), ==, G_N_ELEMENTS(arcs));
    for (guint32 a = 0; a < G_N_ELEMENTS(arcs); a++) {
        FmArc kept = fm_graph_arc(graph, a);
        g_assert_cmpuint(kept.tail, ==, arcs[a].tail);
        g_assert_cmpuint(kept.head, ==, arcs[a].head);
        if (arcs[a].cost >= FM_COST_MAX) {
            g_assert_true(isinf(kept.cost));
        } else {
            g_assert_cmpfloat(fabs(kept.cost - arcs[a].cost), <=, FM_COST_STEP / 2);
            g_assert_cmpfloat(kept.cost / FM_COST_STEP, ==, rint(kept.cost / FM_COST_STEP));
        }
    }
}

static void assert_refused(FmArc bad, const char *message)
{
    const FmArc arcs[] = {{0, 1, 1}, bad};
    GError *error = NULL;
    g_assert_null(fm_graph_new(2, arcs, 2, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_assert_cmpstr(error->message, ==, message);
    g_clear_error(&error);
}

static void test_refused(void)
{
    assert_refused((FmArc){0, 2, 1},
                   "arc 1 runs from node 0 to node 2 of a graph that has 2 nodes");
    assert_refused((FmArc){7, 0, 1},
                   "arc 1 runs from node 7 to node 0 of a graph that has 2 nodes");
    assert_refused((FmArc){0, 1, -1}, "arc 1 costs -1: a cost is 0 or more, INFINITY where nothing "
                                      "passes");
    assert_refused((FmArc){0, 1, (double)NAN}, "arc 1 costs nan: a cost is 0 or more, INFINITY "
                                               "where nothing passes");
}

static void test_too_large(void)
{
    GError *error = NULL;
    g_assert_null(fm_graph_new(FM_NODE_NONE, NULL, 0, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_LIMIT);
    g_clear_error(&error);
}

static void test_empty(void)
{
    g_autoptr(FmGraph) graph = fm_graph_new(0, NULL, 0, NULL);
    g_assert_cmpuint(fm_graph_n_nodes(graph), ==, 0);
    g_assert_cmpuint(fm_graph_components(graph, NULL), ==, 0);
}

/* Every link is an arc, seen from both ends, in the order of the arcs. */
static void test_links(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_CLOSED, 1, 200);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    guint32 passable = 0;
    for (guint32 a = 0; a < graph->n_arcs; a++) {
        FmArc arc = fm_graph_arc(graph, a);
        passable += arc.cost < FM_COST_MAX && arc.tail != arc.head;
    }
    for (int t = 0; t < 2; t++) {
        const FmLinks *links = &graph->links[t];
        g_assert_cmpuint(links->first[graph->n_nodes], ==, passable);
        for (guint32 p = 0; p < graph->n_nodes; p++) {
            for (guint32 l = links->first[p]; l < links->first[p + 1]; l++) {
                const FmLink *link = &links->links[l];
                FmArc arc = fm_graph_arc(graph, link->arc);
                guint32 near = graph->node_of[p], far = graph->node_of[link->place];
                g_assert_cmpuint(t == FM_TRAVEL_FROM ? arc.tail : arc.head, ==, near);
                g_assert_cmpuint(t == FM_TRAVEL_FROM ? arc.head : arc.tail, ==, far);
                g_assert_cmpfloat(fm_cost_from_steps(link->cost), ==, arc.cost);
                g_assert_true(l == links->first[p] || link[-1].arc < link->arc);
            }
        }
    }
}

void test_graph(void)
{
    g_test_add_func("/network/graph/arcs-kept", test_arcs_kept);
    g_test_add_func("/network/graph/refused", test_refused);
    g_test_add_func("/network/graph/too-large", test_too_large);
    g_test_add_func("/network/graph/empty", test_empty);
    g_test_add_func("/network/graph/links", test_links);
}
