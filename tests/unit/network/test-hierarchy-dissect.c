/* Dissections: every place once, arcs along the tree only, small separators, any number of
 * threads. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "hierarchy-dissect.h"

#include <string.h>

static const FmFront *front_at(const FmDissection *dissection, guint32 f)
{
    return &g_array_index(dissection->fronts, FmFront, f);
}

/* @return by place: its front */
static guint32 *fronts_of(const FmDissection *dissection, guint32 n_nodes)
{
    guint32 *front_of = g_new(guint32, n_nodes);
    for (guint32 p = 0; p < n_nodes; p++)
        front_of[p] = FM_NODE_NONE;
    for (guint32 f = 0; f < dissection->fronts->len; f++) {
        for (guint32 i = front_at(dissection, f)->begin; i < front_at(dissection, f)->end; i++) {
            g_assert_cmpuint(front_of[dissection->order[i]], ==, FM_NODE_NONE);
            front_of[dissection->order[i]] = f;
        }
    }
    return front_of;
}

static gboolean is_above(const FmDissection *dissection, guint32 high, guint32 low)
{
    while (low != FM_NODE_NONE && low != high)
        low = front_at(dissection, low)->parent;
    return low == high;
}

static void test_tree(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 100, 300);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_auto(FmDissection) dissection = {0};
        g_assert_true(fm_dissect(graph, 1, &dissection, NULL, NULL));
        g_autofree guint32 *front_of = fronts_of(&dissection, made.n_nodes);
        for (guint32 p = 0; p < made.n_nodes; p++)
            g_assert_cmpuint(front_of[p], !=, FM_NODE_NONE);
        for (guint32 f = 0; f < dissection.fronts->len; f++) {
            const FmFront *front = front_at(&dissection, f);
            if (front->parent == FM_NODE_NONE)
                continue;
            g_assert_cmpuint(front->parent, <, f);
            g_assert_cmpuint(front->depth, >, front_at(&dissection, front->parent)->depth);
            g_assert_cmpuint(front->end, <=, front_at(&dissection, front->parent)->begin);
        }
        for (guint a = 0; a < made.arcs->len; a++) {
            FmArc arc = g_array_index(made.arcs, FmArc, a);
            guint32 x = front_of[graph->place_of[arc.tail]];
            guint32 y = front_of[graph->place_of[arc.head]];
            g_assert_true(!(arc.cost < FM_COST_MAX) || is_above(&dissection, x, y) ||
                          is_above(&dissection, y, x));
        }
    }
}

/* A square of 60 by 60 is cut by a line. */
static void test_square(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, 101, 3600);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FmDissection) dissection = {0};
    g_assert_true(fm_dissect(graph, 2, &dissection, NULL, NULL));
    const FmFront *whole = front_at(&dissection, 0);
    g_assert_cmpuint(whole->end, ==, 3600);
    g_assert_cmpuint(whole->end - whole->begin, <=, 60);
}

static void test_threads(void)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_SPARSE, 102, 900);
    g_autoptr(FmGraph) graph = fixture_graph_make(&made);
    g_auto(FmDissection) one = {0};
    g_assert_true(fm_dissect(graph, 1, &one, NULL, NULL));
    for (guint n_threads = 2; n_threads <= 4; n_threads += 2) {
        g_auto(FmDissection) several = {0};
        g_assert_true(fm_dissect(graph, n_threads, &several, NULL, NULL));
        g_assert_true(memcmp(one.order, several.order, 900 * sizeof *one.order) == 0);
        g_assert_cmpuint(one.fronts->len, ==, several.fronts->len);
        g_assert_true(
            memcmp(one.fronts->data, several.fronts->data, one.fronts->len * sizeof(FmFront)) == 0);
    }
}

void test_hierarchy_dissect(void)
{
    g_test_add_func("/network/hierarchy-dissect/tree", test_tree);
    g_test_add_func("/network/hierarchy-dissect/square", test_square);
    g_test_add_func("/network/hierarchy-dissect/threads", test_threads);
}
