/* Rows ready for a new layer: their geometries are BLOBs already, so that storing them is only
 * binding.  Making them needs no database. */
#include "packed-rows.h"

void fm_packed_rows_free(FmPackedRows *rows)
{
    if (rows != NULL) {
        fm_table_free(rows->owned);
        g_byte_array_unref(rows->blobs);
        g_free(rows->blob_end);
        g_free(rows);
    }
}

static gboolean pack_geometries(const FmLayerShape *shape, FmPackedRows *rows, GError **error)
{
    FmGeometryType type = shape->geometry_type;

    rows->blob_end = g_new(gsize, rows->end - rows->begin);
    for (gsize row = rows->begin; row < rows->end; row++) {
        const FmGeometry *geometry = fm_table_geometry(rows->table, row);
        if (geometry != NULL && !fm_blob_fits(type, geometry->type)) {
            g_set_error(error, FM_ERROR, FM_ERROR_DATA, "layer '%s' holds %s and cannot take %s",
                        shape->name, fm_geometry_type_name(type),
                        fm_geometry_type_name(geometry->type));
            return FALSE;
        }
        if (geometry != NULL) {
            fm_blob_append(geometry, type, rows->blobs);
        }
        rows->blob_end[row - rows->begin] = rows->blobs->len;
    }
    return TRUE;
}

FmPackedRows *fm_packed_rows_new(const FmLayerShape *shape, const FmTable *table, gsize begin,
                                 gsize end, GError **error)
{
    g_autoptr(FmPackedRows) rows = g_new0(FmPackedRows, 1);

    rows->table = table;
    rows->begin = begin;
    rows->end = end;
    rows->blobs = g_byte_array_new();
    return !shape->has_geometry || pack_geometries(shape, rows, error) ? g_steal_pointer(&rows)
                                                                       : NULL;
}

static int bind_cell(sqlite3_stmt *statement, int at, const FmTable *table, gsize column, gsize row)
{
    if (fm_table_is_null(table, column, row)) {
        return sqlite3_bind_null(statement, at);
    }
    switch (fm_table_column_type(table, column)) {
    case FM_COLUMN_TEXT:
        return sqlite3_bind_text(statement, at, fm_table_text(table, column, row), -1,
                                 SQLITE_STATIC);
    case FM_COLUMN_INTEGER:
        return sqlite3_bind_int64(statement, at, fm_table_integer(table, column, row));
    case FM_COLUMN_REAL:
        return sqlite3_bind_double(statement, at, fm_table_number(table, column, row));
    }
    return SQLITE_MISUSE;
}

static int bind_geometry(sqlite3_stmt *statement, int at, const FmPackedRows *rows, gsize row)
{
    gsize i = row - rows->begin;
    gsize begin = i == 0 ? 0 : rows->blob_end[i - 1], end = rows->blob_end[i];

    return begin == end ? sqlite3_bind_null(statement, at)
                        : sqlite3_bind_blob64(statement, at, rows->blobs->data + begin, end - begin,
                                              SQLITE_STATIC);
}

int fm_packed_rows_bind(const FmPackedRows *rows, gsize row, sqlite3_stmt *statement, int first)
{
    int code = SQLITE_OK;
    gsize n_columns = fm_table_n_columns(rows->table);

    for (gsize i = 0; i < n_columns && code == SQLITE_OK; i++) {
        code = bind_cell(statement, first + (int)i, rows->table, i, row);
    }
    if (rows->blob_end != NULL && code == SQLITE_OK) {
        code = bind_geometry(statement, first + (int)n_columns, rows, row);
    }
    return code;
}
