#include "fixture.h"
#include "fm-unit.h"
#include "halving.h"

static FmPlaced *place(const FmLonLat *points, gsize n)
{
    FmPlaced *placed = g_new(FmPlaced, n);

    for (gsize i = 0; i < n; i++) {
        placed[i] = (FmPlaced){.at = fm_ecef_from_lonlat(points[i]), .index = i};
    }
    return placed;
}

static void check_arranged(FmPlaced *placed, gsize n)
{
    guint axis = fm_halving_arrange(placed, n);
    double middle = placed[n / 2].at.c[axis];
    g_autofree gboolean *seen = g_new0(gboolean, n);

    for (gsize i = 0; i < n; i++) {
        if (i < n / 2) {
            g_assert_cmpfloat(placed[i].at.c[axis], <=, middle);
        } else {
            g_assert_cmpfloat(placed[i].at.c[axis], >=, middle);
        }
        g_assert_false(seen[placed[i].index]);
        seen[placed[i].index] = TRUE;
    }
}

static void test_arrange(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(14);

    for (int scene = 0; scene < N_SCENES; scene++) {
        for (gsize n = 2; n < 300; n += 1 + n / 8) {
            g_autofree FmLonLat *points = scene_points((Scene)scene, rand, n);
            g_autofree FmPlaced *placed = place(points, n);
            check_arranged(placed, n);
        }
    }
}

/* Orders that defeat a naive choice of the pivot. */
static void test_orderly(void)
{
    enum { N = 200000 };
    g_autofree FmPlaced *placed = g_new0(FmPlaced, N);

    for (int pattern = 0; pattern < 4; pattern++) {
        for (gsize i = 0; i < N; i++) {
            double up = (double)i, values[] = {up, N - up, MIN(up, N - up), 7};
            placed[i] = (FmPlaced){.at = {{values[pattern], 0, 0}}, .index = i};
        }
        check_arranged(placed, N);
    }
}

static void test_axis(void)
{
    for (guint axis = 0; axis < 3; axis++) {
        FmPlaced placed[3] = {{.index = 0}, {.index = 1}, {.index = 2}};
        placed[0].at.c[axis] = 5;
        placed[1].at.c[axis] = -5;
        placed[2].at.c[(axis + 1) % 3] = 9;
        g_assert_cmpuint(fm_halving_arrange(placed, 3), ==, axis);
        g_assert_cmpuint(placed[1].index, ==, 2);
    }
}

/* Depth as the halving really goes: the larger half decides. */
static gsize inner_nodes_below(gsize node, gsize n)
{
    if (n <= FM_LEAF_SIZE) {
        return node;
    }
    return MAX(inner_nodes_below(2 * node + 1, n / 2), inner_nodes_below(2 * node + 2, n - n / 2));
}

static void test_inner_nodes(void)
{
    g_assert_cmpuint(fm_halving_inner_nodes(0), ==, 0);
    g_assert_cmpuint(fm_halving_inner_nodes(FM_LEAF_SIZE), ==, 0);
    g_assert_cmpuint(fm_halving_inner_nodes(FM_LEAF_SIZE + 1), ==, 1);
    for (gsize n = 0; n < 3000; n++) {
        /* The highest leaf number fits behind the inner nodes of a full tree. */
        g_assert_cmpuint(inner_nodes_below(0, n), <=, 2 * fm_halving_inner_nodes(n));
    }
}

void test_halving(void)
{
    g_test_add_func("/geo/halving/arrange", test_arrange);
    g_test_add_func("/geo/halving/orderly", test_orderly);
    g_test_add_func("/geo/halving/axis", test_axis);
    g_test_add_func("/geo/halving/inner-nodes", test_inner_nodes);
}
