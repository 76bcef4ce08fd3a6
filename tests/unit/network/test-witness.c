/* Shortcuts are left where there is no other way as cheap, and nowhere else. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "witness.h"

/* u → v → x for 2; around over y and z for `around`. */
static guint32 shortcuts_around(double around, gboolean y_goes)
{
    const FmArc arcs[] = {{0, 1, 1}, {1, 2, 1}, {0, 3, 0.5}, {3, 4, 0.5}, {4, 2, around - 1}};
    g_autoptr(FmGraph) graph = fm_graph_new(5, arcs, G_N_ELEMENTS(arcs), NULL);
    g_auto(FmRemainder) remainder;
    g_assert_true(fm_remainder_init(&remainder, graph));
    guint8 gone[5] = {0};
    gone[graph->place_of[3]] = y_goes ? 1 : 0;
    g_autoptr(FmWitness) witness = fm_witness_new(5);
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(FmShortcut));
    guint32 n = fm_witness_shortcuts(witness, &remainder, graph->place_of[1], gone, out);
    g_assert_cmpuint(out->len, ==, n);
    if (n == 1) {
        FmShortcut one = g_array_index(out, FmShortcut, 0);
        g_assert_cmpuint(one.tail, ==, graph->place_of[0]);
        g_assert_cmpuint(one.head, ==, graph->place_of[2]);
        g_assert_cmpuint(one.cost, ==, fm_steps_from_cost(2));
    }
    g_assert_cmpuint(fm_witness_shortcuts(witness, &remainder, graph->place_of[1], gone, NULL), ==,
                     n);
    return n;
}

static void test_around(void)
{
    g_assert_cmpuint(shortcuts_around(2 + FM_COST_STEP, FALSE), ==, 1);
    g_assert_cmpuint(shortcuts_around(2, FALSE), ==, 0);
    g_assert_cmpuint(shortcuts_around(1.5, FALSE), ==, 0);
    g_assert_cmpuint(shortcuts_around(1.5, TRUE), ==, 1);
}

void test_witness(void)
{
    g_test_add_func("/network/witness/around", test_around);
}
