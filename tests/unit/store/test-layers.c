/* The registry: names, order, what is not found, extents. */
#include "fm-unit.h"
#include "support.h"

static void test_names(void)
{
    static const char *const good[] = {
        "a", "school_2021", "x9", "a23456789012345678901234567890123456789012345678901234567890"};
    static const char *const bad[] = {
        "",         "School",
        "9a",       "_a",
        "a-b",      "a b",
        "学校",     "a\"; DROP TABLE x",
        "fm_x",     "idx_a_geom",
        "sqlite_a", "a234567890123456789012345678901234567890123456789012345678901"};

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(fm_layer_name_check(good[i], &error));
        g_assert_no_error(error);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(fm_layer_name_check(bad[i], &error));
        test_assert_error(&error, FM_ERROR_USAGE, "cannot name a layer");
    }
}

static void test_order_of_first_writing(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(2);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "zoo", table, FM_WRITE_CREATE);
    test_write_ok(workspace, "area", table, FM_WRITE_CREATE);
    test_write_ok(workspace, "zoo", table, FM_WRITE_REPLACE);
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, &error);
    g_assert_cmpuint(layers->len, ==, 2);
    g_assert_cmpstr(((FmLayerInfo *)g_ptr_array_index(layers, 0))->name, ==, "zoo");
    g_assert_cmpstr(((FmLayerInfo *)g_ptr_array_index(layers, 1))->name, ==, "area");
}

static void test_not_found(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(2);
    g_autoptr(GError) error = NULL;
    FmExtent extent;

    g_assert_null(fm_workspace_layer(workspace, "school", &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "it is empty; fill it with 'facmap load'");
    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_assert_null(fm_workspace_layer(workspace, "scool", &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "has no layer 'scool'; there are: school");
    g_assert_null(fm_workspace_read(workspace, "SCHOOL", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "has no layer 'SCHOOL'");
    /* A table that is no layer, and a name that tries to be more than a name. */
    g_assert_null(fm_workspace_read(workspace, "fm_run", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "has no layer 'fm_run'");
    g_assert_null(
        fm_workspace_read(workspace, "school\" WHERE 0 UNION SELECT 1 --", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "has no layer 'school\" WHERE");
    g_assert_false(fm_workspace_layer_extent(workspace, "scool", &extent, &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "scool");
    /* Of many layers the similar ones are named, or where all are. */
    for (int i = 0; i < 12; i++) {
        g_autofree char *name = g_strdup_printf("layer%d", i);
        test_write_ok(workspace, name, table, FM_WRITE_CREATE);
    }
    g_assert_null(fm_workspace_layer(workspace, "scool", &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "did you mean: school?");
    g_assert_null(fm_workspace_layer(workspace, "hospital", &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "'facmap layers' lists its 13");
}

static void test_extent(void)
{
    static const char *const wkt[] = {"LINESTRING (116.123456789012 39, 116.5 39.25)", NULL,
                                      "LINESTRING (-0.1 10, 117.1 40.987654321098)"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_shapes(FM_GEOMETRY_LINESTRING, wkt, 3);
    g_autoptr(FmTable) unlocated = test_shapes(FM_GEOMETRY_LINESTRING, wkt + 1, 1);
    g_autoptr(FmTable) plain = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(GError) error = NULL;
    FmExtent extent;

    test_write_ok(workspace, "road", table, FM_WRITE_CREATE);
    g_assert_true(fm_workspace_layer_extent(workspace, "road", &extent, &error));
    g_assert_cmpfloat(extent.west_deg, ==, -0.1);
    g_assert_cmpfloat(extent.south_deg, ==, 10);
    g_assert_cmpfloat(extent.east_deg, ==, 117.1);
    g_assert_cmpfloat(extent.north_deg, ==, 40.987654321098);

    test_write_ok(workspace, "unlocated", unlocated, FM_WRITE_CREATE);
    g_assert_true(fm_workspace_layer_extent(workspace, "unlocated", &extent, &error));
    g_assert_true(fm_extent_is_empty(&extent));
    test_write_ok(workspace, "plain", plain, FM_WRITE_CREATE);
    g_assert_true(fm_workspace_layer_extent(workspace, "plain", &extent, &error));
    g_assert_true(fm_extent_is_empty(&extent));
}

static void test_table_is_gone(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(2);
    g_autoptr(GError) error = NULL;
    FmExtent extent;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_execute(workspace, "SELECT DropTable(NULL, 'school')");
    g_assert_null(fm_workspace_read(workspace, "school", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "no such table: school");
    g_assert_false(fm_workspace_layer_extent(workspace, "school", &extent, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "no such table: school");
}

void test_layers(void)
{
    g_test_add_func("/store/layers/names", test_names);
    g_test_add_func("/store/layers/order-of-first-writing", test_order_of_first_writing);
    g_test_add_func("/store/layers/not-found", test_not_found);
    g_test_add_func("/store/layers/extent", test_extent);
    g_test_add_func("/store/layers/table-is-gone", test_table_is_gone);
}
