/* Nodes written by hand, as SQLite reads them. */
#include "rtree-nodes.h"

#include "fm-unit.h"
#include "support.h"

static FmTable *points(int n)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);

    for (int i = 0; i < n; i++) {
        FmLonLat at = {100 + i, 30};
        fm_table_set_geometry(table, fm_table_append_row(table), fm_geometry_new_point(at));
    }
    return table;
}

/* Two leaves, the rows of which are mixed, and a root. */
static void test_two_levels(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = points(4);
    static const gint64 order[] = {3, 1, 4, 2};
    g_autoptr(GError) error = NULL;
    FmRtreeEntry rows[4], leaves[2], root;

    test_write_ok(workspace, "p", table, FM_WRITE_CREATE);
    g_autoptr(FmLayerShape) shape = fm_layer_shape_new(workspace, "p", &error);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "test", NULL, NULL, &error);
    g_autoptr(FmRtreeNodes) nodes = fm_rtree_nodes_new(workspace, shape, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fm_rtree_nodes_fan_out(nodes), ==, 51);
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        double lon = 99 + (double)order[i];
        rows[i] = fm_rtree_entry(order[i], &(FmExtent){lon, 30, lon, 30});
    }
    for (gsize i = 0; i < 2; i++) {
        gint64 number = fm_rtree_nodes_next(nodes);
        g_assert_true(fm_rtree_nodes_put(nodes, number, rows + 2 * i, 2, 0, &leaves[i], &error));
    }
    g_assert_true(fm_rtree_nodes_put(nodes, FM_RTREE_ROOT, leaves, 2, 1, &root, &error));
    g_assert_cmpfloat((double)root.west, ==, 100);
    g_assert_cmpfloat((double)root.east, ==, 103);
    g_assert_true(fm_rtree_nodes_finish(nodes, &error));
    g_assert_no_error(error);
    test_assert_query(workspace, "SELECT rtreecheck('idx_p_geom')", "ok");
    test_assert_query(workspace, "SELECT group_concat(nodeno) FROM idx_p_geom_rowid", "2,3,2,3");
    test_assert_query(workspace, "SELECT pkid FROM idx_p_geom WHERE xmin > 101.5 AND xmax < 102.5",
                      "3");
}

static void test_damaged_root(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = points(10);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "p", table, FM_WRITE_CREATE);
    test_execute(workspace, "UPDATE idx_p_geom_node SET data = x'00'");
    g_assert_false(test_write(workspace, "p", table, FM_WRITE_APPEND, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "the spatial index of layer 'p' is damaged");
}

void test_rtree_nodes(void)
{
    g_test_add_func("/store/rtree-nodes/two-levels", test_two_levels);
    g_test_add_func("/store/rtree-nodes/damaged-root", test_damaged_root);
}
