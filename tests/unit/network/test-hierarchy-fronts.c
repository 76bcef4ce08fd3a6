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

/* Of a strip. */
static void assert_hops(const Case *one, const FmHierarchy *hierarchy, const guint32 *node_of,
                        guint32 number)
{
    const FmStrip *strip = &hierarchy->strips[number];
    const FmColumns *columns = &hierarchy->columns;
    for (guint32 i = 0; i < strip->n_nodes; i++) {
        FmSeed seed = {node_of[number * FM_STRIP_MOST + i], 0};
        for (int t = 0; t < 2; t++) {
            g_autofree double *costs = fixture_dijkstra(&one->made, (FmTravel)t, &seed, 1);
            gsize hop = strip->first_hop;
            for (gsize c = strip->first_column; c < strip->first_column + strip->n_columns; c++) {
                for (guint8 h = 0; h < columns->counts[c]; h++, hop++) {
                    if (columns->tails[hop] == i)
                        g_assert_cmpfloat(columns->costs[t][hop] * FM_COST_STEP, >=,
                                          costs[node_of[columns->ranks[c]]]);
                }
            }
        }
    }
}

/* No hop is cheaper than the cheapest route. */
static void test_hops(void)
{
    g_auto(Case) one = make_case(FIXTURE_SPARSE, 150);
    guint32 n = one.made.n_nodes;
    g_autoptr(FmHierarchy) hierarchy = g_new0(FmHierarchy, 1);
    hierarchy->n_nodes = n;
    hierarchy->rank_of = g_new(guint32, n);
    g_assert_true(
        fm_fronts_contract(one.graph, &one.dissection, 2, &one.fronts, hierarchy, NULL, NULL));
    g_autofree guint32 *node_of = g_new0(guint32, hierarchy->n_strips * FM_STRIP_MOST);
    for (guint32 node = 0; node < n; node++)
        node_of[hierarchy->rank_of[node]] = node;
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        assert_hops(&one, hierarchy, node_of, s);
    g_assert_cmpuint(hierarchy->columns.n_hops, >, n);
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
