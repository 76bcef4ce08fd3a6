/* Rows into a table that has some, each found by its id or put at the end. */
#include "store-internal.h"

#include <string.h>

typedef struct FmRowWriter {
    FmWorkspace *workspace;
    const FmLayerShape *shape;
    const FmTable *table; /* of the current row */
    gsize n_columns;
    gsize *target; /* column of the shape for each column of the table */
    gsize id;      /* the table's `id`, or FM_COLUMN_NONE */
    gboolean has_geometry;
    FmSqlValue *values; /* one row, in the table's order */
    GByteArray *blob;   /* its geometry; empty for NULL */
    sqlite3_stmt *insert, *find, *name, *fetch, *update;
} Writer;

void fm_row_writer_free(FmRowWriter *writer)
{
    if (writer == NULL) {
        return;
    }
    for (gsize i = 0; i < writer->n_columns; i++) {
        fm_sql_value_clear(&writer->values[i]);
    }
    g_free(writer->values);
    g_free(writer->target);
    g_byte_array_unref(writer->blob);
    sqlite3_finalize(writer->insert);
    sqlite3_finalize(writer->find);
    sqlite3_finalize(writer->fetch);
    sqlite3_finalize(writer->name);
    sqlite3_finalize(writer->update);
    g_free(writer);
}

/* ---- statements ------------------------------------------------------------------------- */

/* The table's columns as the layer calls them, "geom" last, joined by `separator`. */
static char *column_list(const Writer *writer, const char *separator)
{
    GString *list = g_string_new(NULL);

    for (gsize i = 0; i < writer->n_columns; i++) {
        g_autofree char *column =
            fm_sql_quote(fm_layer_shape_column(writer->shape, writer->target[i])->name);
        g_string_append_printf(list, "%s%s", i > 0 ? separator : "", column);
    }
    if (writer->has_geometry) {
        g_string_append_printf(list, "%s" FM_GEOM, list->len > 0 ? separator : "");
    }
    return g_string_free(list, FALSE);
}

static gboolean prepare_insert(Writer *writer, GError **error)
{
    g_autofree char *columns = column_list(writer, ", ");
    g_autoptr(GString) sql = g_string_new(NULL);
    gsize n = writer->n_columns + (writer->has_geometry ? 1 : 0);

    g_string_printf(sql, "INSERT INTO %s (" FM_FID "%s%s) VALUES (NULL", writer->shape->table,
                    n > 0 ? ", " : "", columns);
    for (gsize i = 0; i < n; i++) {
        g_string_append(sql, ", ?");
    }
    g_string_append_c(sql, ')');
    writer->insert = fm_sql_prepare(writer->workspace, sql->str, error);
    return writer->insert != NULL;
}

/* Which row has an id, what is in it, and how to change it; only where there are ids. */
static gboolean prepare_update(Writer *writer, GError **error)
{
    const char *table = writer->shape->table;
    g_autofree char *columns = column_list(writer, ", ");
    g_autofree char *assignments = column_list(writer, " = ?, ");
    g_autofree char *find = g_strdup_printf("SELECT " FM_FID " FROM %s WHERE id = ?1", table);
    g_autofree char *name =
        g_strdup_printf("SELECT id FROM %s WHERE " FM_FID " = ?1 AND id IS NOT NULL", table);
    g_autofree char *fetch =
        g_strdup_printf("SELECT %s FROM %s WHERE " FM_FID " = ?1", columns, table);
    g_autofree char *update =
        g_strdup_printf("UPDATE %s SET %s = ? WHERE " FM_FID " = ?", table, assignments);

    writer->find = fm_sql_prepare(writer->workspace, find, error);
    if (writer->find == NULL) {
        return FALSE;
    }
    writer->name = fm_sql_prepare(writer->workspace, name, error);
    if (writer->name == NULL) {
        return FALSE;
    }
    writer->fetch = fm_sql_prepare(writer->workspace, fetch, error);
    if (writer->fetch == NULL) {
        return FALSE;
    }
    writer->update = fm_sql_prepare(writer->workspace, update, error);
    return writer->update != NULL;
}

static gboolean prepare(Writer *writer, const FmTable *columns, GError **error)
{
    g_auto(GStrv) names = fm_layer_column_names(columns);

    for (gsize i = 0; i < writer->n_columns; i++) {
        writer->target[i] = fm_layer_shape_find(writer->shape, names[i]);
        g_assert(writer->target[i] != FM_COLUMN_NONE);
    }
    return prepare_insert(writer, error) &&
           (writer->id == FM_COLUMN_NONE || prepare_update(writer, error));
}

FmRowWriter *fm_row_writer_new(FmWorkspace *workspace, const FmLayerShape *shape,
                               const FmTable *columns, GError **error)
{
    g_autoptr(FmRowWriter) writer = g_new(FmRowWriter, 1);
    gsize n_columns = fm_table_n_columns(columns);

    *writer = (FmRowWriter){
        .workspace = workspace,
        .shape = shape,
        .n_columns = n_columns,
        .target = g_new(gsize, n_columns),
        .id = fm_table_find_column(columns, "id"),
        .has_geometry = fm_table_geometry_type(columns) != FM_GEOMETRY_NONE,
        .values = g_new0(FmSqlValue, n_columns),
        .blob = g_byte_array_new(),
    };
    for (gsize i = 0; i < n_columns; i++) {
        fm_sql_value_clear(&writer->values[i]);
    }
    return prepare(writer, columns, error) ? g_steal_pointer(&writer) : NULL;
}

/* ---- one row ---------------------------------------------------------------------------- */

static gboolean load_row(Writer *writer, const FmTable *table, gsize row, GError **error)
{
    writer->table = table;
    for (gsize i = 0; i < writer->n_columns; i++) {
        FmColumnType type = fm_layer_shape_column(writer->shape, writer->target[i])->type;
        if (!fm_sql_value_load(&writer->values[i], writer->table, i, row, type, error)) {
            return FALSE;
        }
    }
    const FmGeometry *geometry = fm_table_geometry(writer->table, row);
    g_byte_array_set_size(writer->blob, 0);
    if (writer->has_geometry && geometry != NULL) {
        fm_blob_encode(geometry, writer->shape->geometry_type, writer->blob);
    }
    return TRUE;
}

/* Binds the loaded row to the parameters from 1 on. */
static gboolean bind_row(Writer *writer, sqlite3_stmt *statement, GError **error)
{
    int at = 1, code = sqlite3_reset(statement);

    for (gsize i = 0; i < writer->n_columns && code == SQLITE_OK; i++) {
        code = fm_sql_value_bind(&writer->values[i], statement, at++);
    }
    if (writer->has_geometry && code == SQLITE_OK) {
        code = writer->blob->len == 0 ? sqlite3_bind_null(statement, at)
                                      : sqlite3_bind_blob64(statement, at, writer->blob->data,
                                                            writer->blob->len, SQLITE_STATIC);
    }
    return code == SQLITE_OK || fm_sql_fail(writer->workspace, code, error);
}

static gboolean fail_twice(const Writer *writer, gsize row, GError **error)
{
    g_autofree char *id = fm_table_dup_as_text(writer->table, writer->id, row);

    fm_layer_fail_id_twice(writer->shape->name, (gint64)row + 1, id, error);
    return FALSE;
}

/* Other programs may have made other columns unique; those keep SQLite's message. */
static gboolean is_about_id(FmWorkspace *workspace)
{
    g_autofree char *message = g_ascii_strdown(sqlite3_errmsg(workspace->db), -1);

    return sqlite3_extended_errcode(workspace->db) == SQLITE_CONSTRAINT_UNIQUE &&
           g_str_has_suffix(message, ".id");
}

gboolean fm_row_writer_insert(FmRowWriter *writer, const FmTable *table, gsize row, gint64 *fid,
                              GError **error)
{
    g_autoptr(GError) failure = NULL;
    gboolean more = FALSE;

    if (!load_row(writer, table, row, error) || !bind_row(writer, writer->insert, error)) {
        return FALSE;
    }
    if (fm_sql_step(writer->workspace, writer->insert, &more, &failure)) {
        *fid = sqlite3_last_insert_rowid(writer->workspace->db);
        return TRUE;
    }
    if (writer->id != FM_COLUMN_NONE && is_about_id(writer->workspace)) {
        return fail_twice(writer, row, error);
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

gboolean fm_row_writer_find(FmRowWriter *writer, const FmTable *table, gsize row, gint64 *fid,
                            GError **error)
{
    FmColumnType type = fm_layer_shape_column(writer->shape, writer->target[writer->id])->type;
    FmSqlValue *id = &writer->values[writer->id];
    gboolean found = FALSE;

    *fid = 0;
    if (!fm_sql_value_load(id, table, writer->id, row, type, error)) {
        return FALSE;
    }
    sqlite3_reset(writer->find);
    int code = fm_sql_value_bind(id, writer->find, 1);
    if (code != SQLITE_OK) {
        return fm_sql_fail(writer->workspace, code, error);
    }
    if (!fm_sql_step(writer->workspace, writer->find, &found, error)) {
        return FALSE;
    }
    *fid = found ? sqlite3_column_int64(writer->find, 0) : 0;
    sqlite3_reset(writer->find);
    return TRUE;
}

gboolean fm_row_writer_take_id(FmRowWriter *writer, FmTable *table, gsize row, gint64 fid,
                               GError **error)
{
    gboolean found = FALSE;

    sqlite3_reset(writer->name);
    if (!fm_sql_bind(writer->workspace, writer->name, 1, error, "i", fid) ||
        !fm_sql_step(writer->workspace, writer->name, &found, error)) {
        return FALSE;
    }
    if (found) {
        fm_table_set_text(table, writer->id, row,
                          (const char *)sqlite3_column_text(writer->name, 0));
    }
    sqlite3_reset(writer->name);
    return TRUE;
}

/* Does the row that `fetch` stands on hold the loaded values? */
static gboolean row_is_unchanged(const Writer *writer)
{
    int at = 0;

    for (gsize i = 0; i < writer->n_columns; i++) {
        if (!fm_sql_value_equals(&writer->values[i], writer->fetch, at++)) {
            return FALSE;
        }
    }
    if (!writer->has_geometry) {
        return TRUE;
    }
    gsize size = (gsize)sqlite3_column_bytes(writer->fetch, at);
    return size == writer->blob->len && (size == 0 || memcmp(sqlite3_column_blob(writer->fetch, at),
                                                             writer->blob->data, size) == 0);
}

gboolean fm_row_writer_differs(FmRowWriter *writer, const FmTable *table, gsize row, gint64 fid,
                               gboolean *differs, GError **error)
{
    gboolean found = FALSE;

    sqlite3_reset(writer->fetch);
    if (!load_row(writer, table, row, error) ||
        !fm_sql_bind(writer->workspace, writer->fetch, 1, error, "i", fid) ||
        !fm_sql_step(writer->workspace, writer->fetch, &found, error)) {
        return FALSE;
    }
    *differs = !found || !row_is_unchanged(writer);
    sqlite3_reset(writer->fetch);
    return TRUE;
}

gboolean fm_row_writer_change(FmRowWriter *writer, gint64 fid, GError **error)
{
    int fid_at = (int)writer->n_columns + (writer->has_geometry ? 2 : 1);
    gboolean more = FALSE;

    return bind_row(writer, writer->update, error) &&
           fm_sql_bind(writer->workspace, writer->update, fid_at, error, "i", fid) &&
           fm_sql_step(writer->workspace, writer->update, &more, error);
}
