/* Reading a layer into a table, with the filters of FmFilter. */
#include "store-internal.h"

#include <math.h>
#include <string.h>

#define PROGRESS_ROWS 4096

typedef struct {
    FmWorkspace *workspace;
    const FmLayerInfo *layer;
    const FmFilter *filter; /* never NULL */
    FmLayerShape *shape;
    gboolean by_status;
    FmStatusRule rule;
    gsize status, opens, closes; /* columns of the shape, or FM_COLUMN_NONE */
    sqlite3_stmt *statement;     /* fid, the columns, geom */
    FmTable *table;
    GArray *fids; /* may be NULL */
} Reading;

static void reading_clear(Reading *reading)
{
    fm_layer_shape_free(reading->shape);
    sqlite3_finalize(reading->statement);
    fm_table_free(reading->table);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

/* ---- preparing -------------------------------------------------------------------------- */

static gboolean prepare_status(Reading *reading, GError **error)
{
    reading->status = fm_layer_shape_find(reading->shape, "status");
    reading->opens = fm_layer_shape_find(reading->shape, "opens");
    reading->closes = fm_layer_shape_find(reading->shape, "closes");
    reading->by_status = reading->filter->by_status && reading->status != FM_COLUMN_NONE;
    return !reading->filter->by_status ||
           fm_status_rule_init(&reading->rule, reading->filter, error);
}

static char *build_query(const Reading *reading)
{
    const FmLayerShape *shape = reading->shape;
    const FmFilter *filter = reading->filter;
    GString *sql = g_string_new("SELECT " FM_FID);

    for (gsize i = 0; i < shape->columns->len; i++) {
        g_autofree char *column = fm_sql_quote(fm_layer_shape_column(shape, i)->name);
        g_string_append_printf(sql, ", %s", column);
    }
    g_string_append_printf(sql, "%s FROM %s WHERE 1", shape->has_geometry ? ", " FM_GEOM : "",
                           shape->table);
    if (filter->where != NULL) {
        g_string_append_printf(sql, " AND (%s)", filter->where);
    }
    if (filter->extent != NULL && shape->rtree != NULL) {
        g_string_append_printf(sql,
                               " AND " FM_FID " IN (SELECT pkid FROM %s WHERE xmax >= ?1"
                               " AND ymax >= ?2 AND xmin <= ?3 AND ymin <= ?4)",
                               shape->rtree);
    }
    g_string_append(sql, " ORDER BY " FM_FID);
    return g_string_free(sql, FALSE);
}

static gboolean prepare_statement(Reading *reading, GError **error)
{
    const FmFilter *filter = reading->filter;

    if (filter->where != NULL &&
        !fm_condition_check(reading->workspace, reading->shape, filter->where, error)) {
        return FALSE;
    }
    g_autofree char *sql = build_query(reading);
    reading->statement = fm_sql_prepare(reading->workspace, sql, error);
    if (reading->statement == NULL) {
        return FALSE;
    }
    const FmExtent *extent = filter->extent;
    return extent == NULL || reading->shape->rtree == NULL ||
           fm_sql_bind(reading->workspace, reading->statement, 1, error, "dddd", extent->west_deg,
                       extent->south_deg, extent->east_deg, extent->north_deg);
}

static gboolean read_titles(FmWorkspace *workspace, const char *layer, FmTable *table,
                            GError **error)
{
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(
        workspace, "SELECT name, title_en, title_zh, unit FROM fm_column WHERE layer = ?1", error);
    gboolean row = FALSE;

    if (statement == NULL || !fm_sql_bind(workspace, statement, 1, error, "t", layer) ||
        !fm_sql_step(workspace, statement, &row, error)) {
        return FALSE;
    }
    while (row) {
        gsize column = fm_table_find_column(table, (const char *)sqlite3_column_text(statement, 0));
        if (column != FM_COLUMN_NONE) {
            fm_table_set_column_title(table, column,
                                      (const char *)sqlite3_column_text(statement, 1),
                                      (const char *)sqlite3_column_text(statement, 2),
                                      (const char *)sqlite3_column_text(statement, 3));
        }
        if (!fm_sql_step(workspace, statement, &row, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

FmTable *fm_layer_columns(FmWorkspace *workspace, const FmLayerShape *shape, GError **error)
{
    g_autoptr(FmTable) table =
        fm_table_new(shape->has_geometry ? shape->geometry_type : FM_GEOMETRY_NONE);

    for (gsize i = 0; i < shape->columns->len; i++) {
        const FmLayerColumn *column = fm_layer_shape_column(shape, i);
        fm_table_add_column(table, column->name, column->type);
    }
    return read_titles(workspace, shape->name, table, error) ? g_steal_pointer(&table) : NULL;
}

static gboolean prepare_table(Reading *reading, GError **error)
{
    reading->table = fm_layer_columns(reading->workspace, reading->shape, error);
    return reading->table != NULL;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* "layer 'school', fid 12: " before a message about the row. */
static gboolean fail_row(const Reading *reading, GError **error)
{
    g_prefix_error(error, "layer '%s', fid %lld: ", reading->layer->name,
                   (long long)sqlite3_column_int64(reading->statement, 0));
    return FALSE;
}

static gboolean fail_cell(const Reading *reading, gsize column, const char *wanted, GError **error)
{
    const char *text = (const char *)sqlite3_column_text(reading->statement, (int)column + 1);
    g_autofree char *printable = g_utf8_make_valid(text != NULL ? text : "", -1);

    g_set_error(error, FM_ERROR, FM_ERROR_DATA, "column '%s': '%.40s' is not %s; correct it",
                fm_layer_shape_column(reading->shape, column)->name, printable, wanted);
    return fail_row(reading, error);
}

/* A double that is a whole number within 64 bits. */
static gboolean is_integer(double value)
{
    return value == floor(value) && value >= -0x1p63 && value < 0x1p63;
}

/* SQLite keeps any value in any column; what does not fit the declared type is refused, never
 * guessed. */
static gboolean read_cell(Reading *reading, gsize column, gsize row, GError **error)
{
    sqlite3_stmt *statement = reading->statement;
    int at = (int)column + 1, type = sqlite3_column_type(statement, at);

    if (type == SQLITE_NULL) {
        return TRUE;
    }
    switch (fm_layer_shape_column(reading->shape, column)->type) {
    case FM_COLUMN_TEXT: {
        const char *text = (const char *)sqlite3_column_text(statement, at);
        if (type == SQLITE_BLOB || !g_utf8_validate(text, -1, NULL)) {
            return fail_cell(reading, column, "text in UTF-8", error);
        }
        fm_table_set_text(reading->table, column, row, text);
        return TRUE;
    }
    case FM_COLUMN_INTEGER:
        if (type != SQLITE_INTEGER &&
            (type != SQLITE_FLOAT || !is_integer(sqlite3_column_double(statement, at)))) {
            return fail_cell(reading, column, "a whole number", error);
        }
        fm_table_set_integer(reading->table, column, row, sqlite3_column_int64(statement, at));
        return TRUE;
    case FM_COLUMN_REAL:
        if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) {
            return fail_cell(reading, column, "a number", error);
        }
        fm_table_set_real(reading->table, column, row, sqlite3_column_double(statement, at));
        return TRUE;
    }
    return TRUE;
}

static gboolean read_geometry(const Reading *reading, FmGeometry **out, GError **error)
{
    int at = (int)reading->shape->columns->len + 1;

    *out = NULL;
    if (!reading->shape->has_geometry ||
        sqlite3_column_type(reading->statement, at) == SQLITE_NULL) {
        return TRUE;
    }
    const guint8 *blob = sqlite3_column_blob(reading->statement, at);
    gsize size = (gsize)sqlite3_column_bytes(reading->statement, at);
    *out = fm_blob_decode(blob, size, error);
    return *out != NULL || fail_row(reading, error);
}

static gboolean touches(const FmGeometry *geometry, const FmExtent *extent)
{
    if (geometry == NULL) {
        return FALSE;
    }
    FmExtent own = fm_geometry_extent(geometry);
    return own.west_deg <= extent->east_deg && own.east_deg >= extent->west_deg &&
           own.south_deg <= extent->north_deg && own.north_deg >= extent->south_deg;
}

static const char *text_at(const Reading *reading, gsize column)
{
    return column == FM_COLUMN_NONE
               ? NULL
               : (const char *)sqlite3_column_text(reading->statement, (int)column + 1);
}

static gboolean accepts(const Reading *reading, gboolean *accepted, GError **error)
{
    *accepted = TRUE;
    return !reading->by_status ||
           fm_status_rule_accepts(&reading->rule, text_at(reading, reading->status),
                                  text_at(reading, reading->opens),
                                  text_at(reading, reading->closes), accepted, error) ||
           fail_row(reading, error);
}

static gboolean read_row(Reading *reading, GError **error)
{
    g_autoptr(FmGeometry) geometry = NULL;
    gboolean accepted = FALSE;

    if (!accepts(reading, &accepted, error)) {
        return FALSE;
    }
    if (!accepted) {
        return TRUE;
    }
    if (!read_geometry(reading, &geometry, error)) {
        return FALSE;
    }
    if (reading->filter->extent != NULL && !touches(geometry, reading->filter->extent)) {
        return TRUE;
    }
    gsize row = fm_table_append_row(reading->table);
    for (gsize column = 0; column < reading->shape->columns->len; column++) {
        if (!read_cell(reading, column, row, error)) {
            return FALSE;
        }
    }
    fm_table_set_geometry(reading->table, row, g_steal_pointer(&geometry));
    if (reading->fids != NULL) {
        gint64 fid = sqlite3_column_int64(reading->statement, 0);
        g_array_append_val(reading->fids, fid);
    }
    return TRUE;
}

/* A condition may compile and yet fail on a row, as json_extract() does on what is no JSON. */
static gboolean step(Reading *reading, gboolean *row, GError **error)
{
    const char *where = reading->filter->where;

    if (fm_sql_step(reading->workspace, reading->statement, row, error)) {
        return TRUE;
    }
    if (where != NULL && sqlite3_errcode(reading->workspace->db) == SQLITE_ERROR) {
        g_clear_error(error);
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "condition \"%s\": %s", where,
                    sqlite3_errmsg(reading->workspace->db));
    }
    return FALSE;
}

static gboolean read_rows(Reading *reading, const FmProgress *progress, GError **error)
{
    g_autofree char *stage = g_strdup_printf("reading %s", reading->layer->name);
    double expected = (double)MAX(reading->layer->n_rows, 1);
    gboolean row = FALSE;

    for (gsize n = 0;; n++) {
        if (n % PROGRESS_ROWS == 0 &&
            !fm_progress_report(progress, MIN((double)n / expected, 1), stage, error)) {
            return FALSE;
        }
        if (!step(reading, &row, error)) {
            return FALSE;
        }
        if (!row) {
            return fm_progress_report(progress, 1, stage, error);
        }
        if (!read_row(reading, error)) {
            return FALSE;
        }
    }
}

FmTable *fm_layer_read(FmWorkspace *workspace, const FmLayerInfo *layer, const FmFilter *filter,
                       GArray *fids, const FmProgress *progress, GError **error)
{
    static const FmFilter everything = {NULL, FALSE, NULL, FALSE, NULL};
    g_auto(Reading) reading = {
        .workspace = workspace,
        .layer = layer,
        .filter = filter != NULL ? filter : &everything,
        .fids = fids,
    };

    reading.shape = fm_layer_shape_new(workspace, layer->name, error);
    if (reading.shape == NULL || !prepare_status(&reading, error) ||
        !prepare_statement(&reading, error) || !prepare_table(&reading, error) ||
        !read_rows(&reading, progress, error)) {
        return NULL;
    }
    return g_steal_pointer(&reading.table);
}

FmTable *fm_workspace_read(FmWorkspace *workspace, const char *layer, const FmFilter *filter,
                           const FmProgress *progress, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, layer, error);

    return info == NULL ? NULL : fm_layer_read(workspace, info, filter, NULL, progress, error);
}
