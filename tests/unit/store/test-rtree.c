/* The packed R*Tree around every change of its shape, against SQLite's own check and a full
 * scan. */
#include "fm-unit.h"
#include "support.h"

#define FAN_OUT 51 /* of an R*Tree in a file with pages of 4096 bytes */

/* Points on a lattice in a mixed order, some of them the same. */
static FmTable *lattice(gsize n)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);

    for (gsize i = 0; i < n; i++) {
        FmLonLat at = {-180 + (double)(i * 7919 % 3600) / 10,
                       -90 + (double)(i * 104729 % 1800) / 10};
        fm_table_set_geometry(table, fm_table_append_row(table), fm_geometry_new_point(at));
    }
    return table;
}

static void assert_query_equals_scan(FmWorkspace *workspace, const char *window)
{
    g_autofree char *by_index = g_strdup_printf(
        "SELECT COUNT(*) || ' ' || COALESCE(SUM(pkid), 0) FROM idx_p_geom WHERE %s", window);
    g_autofree char *by_scan = g_strdup_printf(
        "SELECT COUNT(*) || ' ' || COALESCE(SUM(fid), 0) FROM (SELECT fid, MbrMinX(geom) AS xmin,"
        " MbrMaxX(geom) AS xmax, MbrMinY(geom) AS ymin, MbrMaxY(geom) AS ymax FROM p) WHERE %s",
        window);
    g_autofree char *expect = test_query(workspace, by_scan);

    test_assert_query(workspace, by_index, expect);
}

static void test_sizes(void)
{
    static const gsize sizes[] = {0,
                                  1,
                                  2,
                                  FAN_OUT - 1,
                                  FAN_OUT,
                                  FAN_OUT + 1,
                                  2 * FAN_OUT,
                                  2 * FAN_OUT + 1,
                                  FAN_OUT * FAN_OUT - 1,
                                  FAN_OUT * FAN_OUT,
                                  FAN_OUT * FAN_OUT + 1,
                                  10000};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(FmTable) table = lattice(sizes[i]);
        test_write_ok(workspace, "p", table, FM_WRITE_REPLACE);
        test_assert_sound(workspace);
        assert_query_equals_scan(workspace, "xmin <= 20.05 AND xmax >= -33.15 AND ymin <= 40.05"
                                            " AND ymax >= -10.05");
        assert_query_equals_scan(workspace, "xmin > -200");
    }
    /* As many nodes as full ones would need. */
    gsize leaves = (10000 + FAN_OUT - 1) / FAN_OUT;
    gsize inner = (leaves + FAN_OUT - 1) / FAN_OUT;
    g_autofree char *nodes = g_strdup_printf("%" G_GSIZE_FORMAT, leaves + inner + 1);
    test_assert_query(workspace, "SELECT COUNT(*) FROM idx_p_geom_node", nodes);
}

/* The tree is as any other to what SpatiaLite and SQLite do with it later. */
static void test_lives_on(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = lattice(3000);

    test_write_ok(workspace, "p", table, FM_WRITE_CREATE);
    test_execute(workspace, "DELETE FROM p WHERE fid % 3 = 0;"
                            "UPDATE p SET geom = MakePoint(fid / 100.0, 1, 4326) WHERE fid % 5 = 0;"
                            "INSERT INTO p (geom) SELECT MakePoint(fid / 50.0, 2, 4326) FROM p");
    test_assert_query(workspace, "SELECT rtreecheck('idx_p_geom')", "ok");
    test_assert_query(workspace, "SELECT CheckSpatialIndex('p', 'geom')", "1");
    assert_query_equals_scan(workspace, "xmin < 25.005 AND xmax > 3.005 AND ymin < 3 AND ymax > 0");
}

static void test_null_and_extended(void)
{
    static const char *const wkt[] = {NULL, "LINESTRING (116.1 39.1, 117.123456789 40.987654321)",
                                      NULL, "LINESTRING (-0.1 -0.1, 0.1 0.1)"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_shapes(FM_GEOMETRY_LINESTRING, wkt, G_N_ELEMENTS(wkt));

    test_write_ok(workspace, "p", table, FM_WRITE_CREATE);
    test_assert_sound(workspace);
    /* Bounds in single precision hold the exact ones. */
    test_assert_query(workspace,
                      "SELECT COUNT(*) FROM p JOIN idx_p_geom ON fid = pkid WHERE"
                      " xmin <= MbrMinX(geom) AND xmax >= MbrMaxX(geom) AND ymin <= MbrMinY(geom)"
                      " AND ymax >= MbrMaxY(geom)",
                      "2");
}

void test_rtree(void)
{
    g_test_add_func("/store/rtree/sizes", test_sizes);
    g_test_add_func("/store/rtree/lives-on", test_lives_on);
    g_test_add_func("/store/rtree/null-and-extended", test_null_and_extended);
}
