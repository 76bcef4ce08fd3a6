/* Layers that other programs have changed: their columns, types and geometries. */
#include "fm-unit.h"
#include "support.h"

static void test_declared_types(void)
{
    static const struct {
        const char *declaration;
        int type; /* -1: not read */
    } cases[] = {
        {"INTEGER", FM_COLUMN_INTEGER}, {"bigint", FM_COLUMN_INTEGER},
        {"BOOLEAN", FM_COLUMN_INTEGER}, {"VARCHAR(20)", FM_COLUMN_TEXT},
        {"CLOB", FM_COLUMN_TEXT},       {"DATE", FM_COLUMN_TEXT},
        {"", FM_COLUMN_TEXT},           {"DOUBLE PRECISION", FM_COLUMN_REAL},
        {"Float", FM_COLUMN_REAL},      {"NUMERIC(10,2)", FM_COLUMN_REAL},
        {"DECIMAL", FM_COLUMN_REAL},    {"BLOB", -1},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(2);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sql = g_strdup_printf(
            "ALTER TABLE school ADD COLUMN c%" G_GSIZE_FORMAT " %s", i, cases[i].declaration);
        test_execute(workspace, sql);
    }
    g_autoptr(FmLayerShape) shape = fm_layer_shape_new(workspace, "school", &error);
    g_assert_no_error(error);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strdup_printf("C%" G_GSIZE_FORMAT, i);
        gsize column = fm_layer_shape_find(shape, name);
        g_assert_cmpint(column == FM_COLUMN_NONE, ==, cases[i].type < 0);
        if (cases[i].type >= 0) {
            g_assert_cmpint((int)fm_layer_shape_column(shape, column)->type, ==, cases[i].type);
        }
    }
}

static void test_geometry(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(2);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_autoptr(FmLayerShape) shape = fm_layer_shape_new(workspace, "school", &error);
    g_assert_true(shape->has_geometry);
    g_assert_cmpint(shape->geometry_type, ==, FM_GEOMETRY_POINT);
    g_assert_cmpstr(shape->table, ==, "\"school\"");
    g_assert_cmpstr(shape->rtree, ==, "\"idx_school_geom\"");
    g_assert_cmpuint(shape->columns->len, ==, 6);

    /* A second geometry is not ours; the index may be gone. */
    test_execute(workspace,
                 "SELECT AddGeometryColumn('school', 'site', 4326, 'POLYGON', 'XY');"
                 "SELECT DisableSpatialIndex('school', 'geom'); DROP TABLE idx_school_geom");
    g_autoptr(FmLayerShape) changed = fm_layer_shape_new(workspace, "school", &error);
    g_assert_cmpuint(changed->columns->len, ==, 6);
    g_assert_null(changed->rtree);
}

void test_shape(void)
{
    g_test_add_func("/store/shape/declared-types", test_declared_types);
    g_test_add_func("/store/shape/geometry", test_geometry);
}
