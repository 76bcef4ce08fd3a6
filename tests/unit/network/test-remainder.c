/* What is left of a graph: arcs merged, shortcuts joined, places taken out. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "remainder.h"

static const FmHop *hop_of(const FmRemainder *remainder, guint32 place, guint32 other)
{
    const FmNeighbours *list = &remainder->neighbours[place];
    for (guint32 h = 0; h < list->n; h++) {
        if (list->hops[h].rank == other)
            return &list->hops[h];
    }
    return NULL;
}

/* Of parallel arcs the cheapest stays; both directions share one hop; loops are none. */
static void test_merged(void)
{
    const FmArc arcs[] = {{0, 1, 5}, {0, 1, 3}, {1, 0, 7}, {1, 1, 0}, {1, 2, 1}};
    g_autoptr(FmGraph) graph = fm_graph_new(3, arcs, G_N_ELEMENTS(arcs), NULL);
    g_auto(FmRemainder) remainder;
    g_assert_true(fm_remainder_init(&remainder, graph));
    guint32 a = graph->place_of[0], b = graph->place_of[1], c = graph->place_of[2];
    g_assert_cmpuint(remainder.neighbours[a].n, ==, 1);
    g_assert_cmpuint(remainder.neighbours[b].n, ==, 2);
    const FmHop *hop = hop_of(&remainder, a, b);
    g_assert_cmpuint(hop->cost[FM_TRAVEL_FROM], ==, fm_steps_from_cost(3));
    g_assert_cmpuint(hop->cost[FM_TRAVEL_TO], ==, fm_steps_from_cost(7));
    hop = hop_of(&remainder, c, b);
    g_assert_cmpuint(hop->cost[FM_TRAVEL_FROM], ==, FM_STEPS_MAX);
    g_assert_cmpuint(hop->cost[FM_TRAVEL_TO], ==, fm_steps_from_cost(1));
}

/* More neighbours than there was room for, and none left of a place that was taken out. */
static void test_join_and_take_out(void)
{
    enum { N = 40 };
    const FmArc arcs[] = {{0, 1, 5}};
    g_autoptr(FmGraph) graph = fm_graph_new(N, arcs, 1, NULL);
    g_auto(FmRemainder) remainder;
    g_assert_true(fm_remainder_init(&remainder, graph));
    for (guint32 i = 1; i < N; i++) {
        fm_remainder_join(&remainder, 0, i, 100 + i);
        fm_remainder_join(&remainder, 0, i, 200);
    }
    g_assert_cmpuint(remainder.neighbours[0].n, ==, N - 1);
    g_assert_cmpuint(hop_of(&remainder, 0, 30)->cost[FM_TRAVEL_FROM], ==, 130);
    g_assert_cmpuint(hop_of(&remainder, 30, 0)->cost[FM_TRAVEL_TO], ==, 130);
    fm_remainder_take_out(&remainder, 0);
    for (guint32 i = 1; i < N; i++)
        g_assert_null(hop_of(&remainder, i, 0));
    g_assert_cmpuint(remainder.neighbours[0].n, ==, N - 1);
}

void test_remainder(void)
{
    g_test_add_func("/network/remainder/merged", test_merged);
    g_test_add_func("/network/remainder/join-and-take-out", test_join_and_take_out);
}
