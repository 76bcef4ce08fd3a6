/* What is bound is what the table holds, whichever of its rows were packed. */
#include "packed-rows.h"

#include "fm-unit.h"
#include "support.h"

static char *row_as_text(FmWorkspace *workspace, const FmPackedRows *rows, gsize row)
{
    g_autoptr(sqlite3_stmt) statement =
        fm_sql_prepare(workspace, "SELECT ?2 || '|' || ?3 || '|' || ifnull(AsText(?4), '-')", NULL);
    gboolean found = FALSE;

    g_assert_cmpint(fm_packed_rows_bind(rows, row, statement, 2), ==, SQLITE_OK);
    g_assert_true(fm_sql_step(workspace, statement, &found, NULL) && found);
    return g_strdup((const char *)sqlite3_column_text(statement, 0));
}

static FmTable *three_rows(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);

    fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    fm_table_add_column(table, "n", FM_COLUMN_INTEGER);
    for (gint64 i = 0; i < 3; i++) {
        g_autofree char *id = g_strdup_printf("r%d", (int)i);
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, 0, row, id);
        fm_table_set_integer(table, 1, row, i);
        if (i != 1) {
            fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){(double)i, 2}));
        }
    }
    return g_steal_pointer(&table);
}

static void test_binding(void)
{
    static const char *const expect[] = {"r0|0|POINT(0 2)", "r1|1|-", "r2|2|POINT(2 2)"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = three_rows();
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "t", table, FM_WRITE_CREATE);
    g_autoptr(FmLayerShape) shape = fm_layer_shape_new(workspace, "t", &error);
    for (gsize begin = 0; begin < 3; begin++) {
        g_autoptr(FmPackedRows) rows = fm_packed_rows_new(shape, table, begin, 3, &error);
        g_assert_no_error(error);
        for (gsize row = begin; row < 3; row++) {
            g_autofree char *text = row_as_text(workspace, rows, row);
            g_assert_cmpstr(text, ==, expect[row]);
        }
    }
}

static void test_unfit_geometry(void)
{
    g_autofree char *name = g_strdup("stops");
    const FmLayerShape points = {
        .name = name, .has_geometry = TRUE, .geometry_type = FM_GEOMETRY_POINT};
    static const char *const line[] = {"LINESTRING(0 0,1 1)"};
    g_autoptr(FmTable) table = test_shapes(FM_GEOMETRY_LINESTRING, line, 1);
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_packed_rows_new(&points, table, 0, 1, &error));
    test_assert_error(&error, FM_ERROR_DATA, "layer 'stops' holds POINT and cannot take LINE");
}

void test_packed_rows(void)
{
    g_test_add_func("/store/packed-rows/binding", test_binding);
    g_test_add_func("/store/packed-rows/unfit-geometry", test_unfit_geometry);
}
