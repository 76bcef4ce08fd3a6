/* The order of contraction: a permutation, with hops to later places only. */
#include "contract.h"
#include "fm-unit.h"
#include "graph-fixture.h"

static void test_later_places(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 90, 300);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autofree guint32 *order = g_new(guint32, made.n_nodes);
        g_autofree guint32 *turn = g_new0(guint32, made.n_nodes);
        g_auto(FmRemainder) remainder = {0};
        g_assert_true(fm_contract(graph, 1, order, &remainder, NULL, NULL));
        for (guint32 i = 0; i < made.n_nodes; i++) {
            g_assert_cmpuint(turn[order[i]], ==, 0);
            turn[order[i]] = i + 1;
        }
        for (guint32 p = 0; p < made.n_nodes; p++) {
            const FmNeighbours *list = &remainder.neighbours[p];
            for (guint32 h = 0; h < list->n; h++)
                g_assert_cmpuint(turn[list->hops[h].rank], >, turn[p]);
        }
    }
}

/* A street without side streets needs no shortcut once it is gone from its ends inwards or in
 * pieces: never more hops than two a node. */
static void test_street(void)
{
    enum { N = 1000 };
    g_autofree FmArc *arcs = g_new(FmArc, N);
    for (guint32 i = 0; i + 1 < N; i++)
        arcs[i] = (FmArc){i, i + 1, 1};
    g_autoptr(FmGraph) graph = fm_graph_new(N, arcs, N - 1, NULL);
    g_autofree guint32 *order = g_new(guint32, N);
    g_auto(FmRemainder) remainder = {0};
    g_assert_true(fm_contract(graph, 2, order, &remainder, NULL, NULL));
    for (guint32 p = 0; p < N; p++)
        g_assert_cmpuint(remainder.neighbours[p].n, <=, 2);
}

void test_contract(void)
{
    g_test_add_func("/network/contract/later-places", test_later_places);
    g_test_add_func("/network/contract/street", test_street);
}
