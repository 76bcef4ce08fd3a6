/* Contraction front by front: what a front touches, its hops, and when it is not worth trying. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "hierarchy-fronts.h"

typedef struct {
    FixtureGraph made;
    FmGraph *graph;
    FmDissection dissection;
    FmFronts fronts;
} Case;

static void case_clear(Case *one)
{
    fm_fronts_clear(&one->fronts);
    fm_dissection_clear(&one->dissection);
    fm_graph_free(one->graph);
    fixture_graph_clear(&one->made);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static Case make_case(FixtureKind kind, guint32 n_nodes)
{
    Case one = {.made = fixture_graph(kind, 110, n_nodes)};
    one.graph = fixture_graph_make(&one.made);
    g_assert_true(fm_dissect(one.graph, 1, &one.dissection, NULL, NULL));
    g_assert_true(fm_fronts_find(one.graph, &one.dissection, 2, &one.fronts, NULL));
    return one;
}

static void test_above(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(Case) one = make_case((FixtureKind)kind, 200);
        for (guint32 f = 0; f < one.fronts.n; f++) {
            const FmFront *front = &g_array_index(one.dissection.fronts, FmFront, f);
            const FmContracted *own = &one.fronts.fronts[f];
            for (guint32 i = 0; i < own->n_above; i++)
                g_assert_cmpuint(own->above[i], >=, i ? own->above[i - 1] + 1 : front->end);
        }
    }
}

/* No hop is cheaper than the cheapest route, and none leads down. */
static void test_hops(void)
{
    g_auto(Case) one = make_case(FIXTURE_SPARSE, 150);
    guint32 n = one.made.n_nodes, n_hops = 0;
    g_assert_true(fm_fronts_contract(one.graph, &one.dissection, 2, &one.fronts, NULL, NULL));
    for (guint32 f = 0; f < one.fronts.n; f++) {
        const FmFront *front = &g_array_index(one.dissection.fronts, FmFront, f);
        const FmContracted *own = &one.fronts.fronts[f];
        guint32 next = 0;
        for (guint32 i = front->begin; i < front->end; i++) {
            FmSeed seed = {one.graph->node_of[one.dissection.order[i]], 0};
            g_autofree double *costs = fixture_dijkstra(&one.made, FM_TRAVEL_FROM, &seed, 1);
            for (guint32 h = own->n_hops[i - front->begin]; h > 0; h--, next++) {
                guint32 stand = fm_front_stand(front, own, own->columns[next]);
                FmSteps steps = own->costs[next][FM_TRAVEL_FROM];
                double cost = steps < FM_STEPS_MAX ? fm_cost_from_steps(steps) : (double)INFINITY;
                g_assert_cmpuint(stand, >, i);
                g_assert_cmpfloat(cost, >=, costs[one.graph->node_of[one.dissection.order[stand]]]);
            }
        }
        n_hops += next;
    }
    g_assert_cmpuint(n_hops, >, n);
}

static void test_small(void)
{
    g_auto(Case) one = make_case(FIXTURE_GRID, 400);
    g_assert_true(fm_fronts_are_small(&one.fronts, &one.dissection, FM_HIERARCHY_WORK_MOST));
    guint32 before = one.fronts.fronts[0].n_above;
    one.fronts.fronts[0].n_above = 100000;
    g_assert_false(fm_fronts_are_small(&one.fronts, &one.dissection, FM_HIERARCHY_WORK_MOST));
    one.fronts.fronts[0].n_above = before;
}

void test_hierarchy_fronts(void)
{
    g_test_add_func("/network/hierarchy-fronts/above", test_above);
    g_test_add_func("/network/hierarchy-fronts/hops", test_hops);
    g_test_add_func("/network/hierarchy-fronts/small", test_small);
}
