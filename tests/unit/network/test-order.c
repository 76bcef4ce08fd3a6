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

/* Tiles follow one another, are not too large, and few links leave them; a graph in many parts has
 * no more tiles than it needs. */
static void test_tiles(void)
{
    const FixtureKind kinds[] = {FIXTURE_GRID, FIXTURE_APART};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_auto(FixtureGraph) made = fixture_graph(kinds[i], 6, 5 * FM_TILE_PLACES);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        const FmLinks *links = &graph->links[FM_TRAVEL_FROM];
        const guint32 *first = (const guint32 *)(const void *)graph->tile_first->data;
        guint n_tiles = graph->tile_first->len - 1;
        guint32 n_leaving = 0;
        g_assert_cmpuint(first[0], ==, 0);
        g_assert_cmpuint(first[n_tiles], ==, graph->n_nodes);
        for (guint t = 0; t < n_tiles; t++) {
            g_assert_cmpuint(first[t], <, first[t + 1]);
            g_assert_cmpuint(first[t + 1] - first[t], <=, FM_TILE_PLACES / 2 * 3);
            for (guint32 l = links->first[first[t]]; l < links->first[first[t + 1]]; l++)
                n_leaving += links->links[l].place - first[t] >= first[t + 1] - first[t];
        }
        g_assert_cmpuint(n_tiles, <=, 10);
        if (kinds[i] == FIXTURE_GRID)
            g_assert_cmpuint(n_leaving * 10, <, links->first[graph->n_nodes]);
    }
}

static void test_no_nodes(void)
{
    g_autoptr(FmGraph) graph = fm_graph_new(0, NULL, 0, NULL);
    g_assert_cmpuint(graph->tile_first->len, ==, 1);
}

void test_order(void)
{
    g_test_add_func("/network/order/tiles", test_tiles);
    g_test_add_func("/network/order/no-nodes", test_no_nodes);
    g_test_add_func("/network/order/permutation", test_permutation);
    g_test_add_func("/network/order/shuffled-grid", test_shuffled_grid);
}
