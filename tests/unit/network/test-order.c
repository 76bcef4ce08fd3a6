/* The order of the places: a permutation that keeps neighbours together. */
#include "fm-unit.h"
#include "graph-fixture.h"

#include <stdlib.h>

static void test_permutation(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 3, 500);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        for (guint32 node = 0; node < graph->n_nodes; node++) {
            g_assert_cmpuint(graph->place_of[node], <, graph->n_nodes);
            g_assert_cmpuint(graph->node_of[graph->place_of[node]], ==, node);
        }
    }
}

/* Share of the links that stay within 64 places. */
static double near_share(const FmGraph *graph)
{
    const FmLinks *links = &graph->links[FM_TRAVEL_FROM];
    guint32 n_near = 0;
    for (guint32 p = 0; p < graph->n_nodes; p++) {
        for (guint32 l = links->first[p]; l < links->first[p + 1]; l++)
            n_near += abs((int)p - (int)links->links[l].place) < 64;
    }
    return (double)n_near / links->first[graph->n_nodes];
}

/* A town whose nodes were numbered by lot is as compact as one that was numbered street by
 * street. */
static void test_shuffled_grid(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 4, 10000);
    g_autofree guint32 *number = g_new(guint32, made.n_nodes);
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    for (guint32 i = 0; i < made.n_nodes; i++) {
        guint32 j = g_rand_int(rand) % (i + 1);
        number[i] = number[j];
        number[j] = i;
    }
    for (guint a = 0; a < made.arcs->len; a++) {
        FmArc *arc = &g_array_index(made.arcs, FmArc, a);
        arc->tail = number[arc->tail];
        arc->head = number[arc->head];
    }
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_assert_cmpfloat(near_share(graph), >, 0.6);
}

void test_order(void)
{
    g_test_add_func("/network/order/permutation", test_permutation);
    g_test_add_func("/network/order/shuffled-grid", test_shuffled_grid);
}
