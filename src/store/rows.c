/* Rows into a layer's table.  SpatiaLite's triggers are off meanwhile: they would insert into the
 * R*Tree row by row and note the time of each change, which fm_layer_register does once for all
 * rows; that geometries fit their column is seen to here. */
#include "store-internal.h"

#include <string.h>

#define PROGRESS_ROWS 4096

typedef struct {
    FmWorkspace *workspace;
    const FmLayerShape *shape;
    const FmTable *table;
    gsize n_columns;
    gsize *target; /* column of the shape for each column of the table */
    gsize id;      /* the table's `id`, or FM_COLUMN_NONE */
    gboolean has_geometry;
    FmSqlValue *values; /* one row, in the table's order */
    GByteArray *blob;   /* its geometry; empty for NULL */
    sqlite3_stmt *insert, *find, *update;
    gint64 last_fid;     /* the highest before this write */
    GHashTable *touched; /* fids that this write has found by id */
    FmWriteReport report;
} Writer;

static void writer_clear(Writer *writer)
{
    for (gsize i = 0; i < writer->n_columns; i++) {
        fm_sql_value_clear(&writer->values[i]);
    }
    g_free(writer->values);
    g_free(writer->target);
    g_byte_array_unref(writer->blob);
    sqlite3_finalize(writer->insert);
    sqlite3_finalize(writer->find);
    sqlite3_finalize(writer->update);
    g_hash_table_unref(writer->touched);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Writer, writer_clear)

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

/* By id: what is there, and how to change it. */
static gboolean prepare_update(Writer *writer, GError **error)
{
    g_autofree char *columns = column_list(writer, ", ");
    g_autofree char *assignments = column_list(writer, " = ?, ");
    g_autofree char *find = g_strdup_printf("SELECT " FM_FID ", %s FROM %s WHERE id = ?1", columns,
                                            writer->shape->table);
    g_autofree char *update = g_strdup_printf("UPDATE %s SET %s = ? WHERE " FM_FID " = ?",
                                              writer->shape->table, assignments);

    writer->find = fm_sql_prepare(writer->workspace, find, error);
    if (writer->find == NULL) {
        return FALSE;
    }
    writer->update = fm_sql_prepare(writer->workspace, update, error);
    return writer->update != NULL;
}

static gboolean read_last_fid(Writer *writer, GError **error)
{
    g_autofree char *sql = g_strdup_printf("SELECT MAX(" FM_FID ") FROM %s", writer->shape->table);

    return fm_sql_integer(writer->workspace, &writer->last_fid, error, sql, "");
}

static gboolean prepare(Writer *writer, gboolean by_id, GError **error)
{
    g_auto(GStrv) names = fm_layer_column_names(writer->table);

    for (gsize i = 0; i < writer->n_columns; i++) {
        writer->target[i] = fm_layer_shape_find(writer->shape, names[i]);
        g_assert(writer->target[i] != FM_COLUMN_NONE);
    }
    return prepare_insert(writer, error) &&
           (!by_id || (prepare_update(writer, error) && read_last_fid(writer, error)));
}

/* ---- one row ---------------------------------------------------------------------------- */

static gboolean load_row(Writer *writer, gsize row, GError **error)
{
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

static gboolean insert_row(Writer *writer, gsize row, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gboolean more = FALSE;

    if (!bind_row(writer, writer->insert, error)) {
        return FALSE;
    }
    if (fm_sql_step(writer->workspace, writer->insert, &more, &failure)) {
        writer->report.inserted++;
        return TRUE;
    }
    if (writer->id != FM_COLUMN_NONE && is_about_id(writer->workspace)) {
        return fail_twice(writer, row, error);
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* Does the row that `find` stands on hold the loaded values? */
static gboolean row_is_unchanged(const Writer *writer)
{
    int at = 1;

    for (gsize i = 0; i < writer->n_columns; i++) {
        if (!fm_sql_value_equals(&writer->values[i], writer->find, at++)) {
            return FALSE;
        }
    }
    if (!writer->has_geometry) {
        return TRUE;
    }
    gsize size = (gsize)sqlite3_column_bytes(writer->find, at);
    return size == writer->blob->len && (size == 0 || memcmp(sqlite3_column_blob(writer->find, at),
                                                             writer->blob->data, size) == 0);
}

static gboolean change_row(Writer *writer, gint64 fid, GError **error)
{
    int fid_at = (int)writer->n_columns + (writer->has_geometry ? 2 : 1);
    gboolean more = FALSE;

    if (!bind_row(writer, writer->update, error) ||
        !fm_sql_bind(writer->workspace, writer->update, fid_at, error, "i", fid) ||
        !fm_sql_step(writer->workspace, writer->update, &more, error)) {
        return FALSE;
    }
    writer->report.updated++;
    return TRUE;
}

static gboolean merge_row(Writer *writer, gsize row, GError **error)
{
    gboolean found = FALSE;

    if (writer->values[writer->id].type == SQLITE_NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "row %" G_GSIZE_FORMAT ": it has no id to update layer '%s' by", row + 1,
                    writer->shape->name);
        return FALSE;
    }
    sqlite3_reset(writer->find);
    int code = fm_sql_value_bind(&writer->values[writer->id], writer->find, 1);
    if (code != SQLITE_OK) {
        return fm_sql_fail(writer->workspace, code, error);
    }
    if (!fm_sql_step(writer->workspace, writer->find, &found, error)) {
        return FALSE;
    }
    if (!found) {
        return insert_row(writer, row, error);
    }

    gint64 fid = sqlite3_column_int64(writer->find, 0);
    if (fid > writer->last_fid || !g_hash_table_add(writer->touched, g_memdup2(&fid, sizeof fid))) {
        return fail_twice(writer, row, error);
    }
    if (row_is_unchanged(writer)) {
        writer->report.unchanged++;
        return TRUE;
    }
    sqlite3_reset(writer->find);
    return change_row(writer, fid, error);
}

/* ---- all rows --------------------------------------------------------------------------- */

static gboolean write_all(Writer *writer, gboolean by_id, const FmProgress *progress,
                          GError **error)
{
    g_autofree char *stage = g_strdup_printf("writing %s", writer->shape->name);
    gsize n = fm_table_n_rows(writer->table);

    for (gsize row = 0; row < n; row++) {
        if (row % PROGRESS_ROWS == 0 &&
            !fm_progress_report(progress, (double)row / (double)n, stage, error)) {
            return FALSE;
        }
        if (!load_row(writer, row, error) ||
            !(by_id ? merge_row(writer, row, error) : insert_row(writer, row, error))) {
            return FALSE;
        }
    }
    return fm_progress_report(progress, 1, stage, error);
}

gboolean fm_layer_write_rows(FmWorkspace *workspace, const FmLayerShape *shape,
                             const FmTable *table, gboolean by_id, FmWriteReport *report,
                             const FmProgress *progress, GError **error)
{
    gsize n_columns = fm_table_n_columns(table);
    g_auto(Writer) writer = {
        .workspace = workspace,
        .shape = shape,
        .table = table,
        .n_columns = n_columns,
        .target = g_new(gsize, n_columns),
        .id = fm_table_find_column(table, "id"),
        .has_geometry = fm_table_geometry_type(table) != FM_GEOMETRY_NONE,
        .values = g_new0(FmSqlValue, n_columns),
        .blob = g_byte_array_new(),
        .touched = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
    };

    for (gsize i = 0; i < n_columns; i++) {
        fm_sql_value_clear(&writer.values[i]);
    }
    if (!prepare(&writer, by_id, error)) {
        return FALSE;
    }
    sqlite3_db_config(workspace->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    gboolean ok = write_all(&writer, by_id, progress, error);
    sqlite3_db_config(workspace->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
    *report = writer.report;
    return ok;
}
