/* Reading a layer into a table or several, with the filters of FmFilter, or row by row. */
#include "store-internal.h"

#include <math.h>
#include <string.h>

#define READ_ROWS 4096 /* at a time */

typedef struct FmReader {
    FmWorkspace *workspace;
    const FmFilter *filter; /* never NULL */
    FmLayerShape *shape;
    gboolean by_fid; /* one row at a time */
    gboolean by_status;
    FmStatusRule rule;
    gsize status, opens, closes; /* columns of the shape, or FM_COLUMN_NONE */
    sqlite3_stmt *statement;     /* fid, the columns, geom */
    FmTable *columns;            /* no rows */
    gsize n_seen;                /* rows that were looked at */
    FmTable *table;              /* where they go, borrowed */
    GArray *fids;                /* and their keys, or NULL; borrowed */
} Reading;

void fm_reader_free(FmReader *reading)
{
    if (reading != NULL) {
        fm_layer_shape_free(reading->shape);
        sqlite3_finalize(reading->statement);
        fm_table_free(reading->columns);
        g_free(reading);
    }
}

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
    if (reading->by_fid) {
        g_string_append(sql, " AND " FM_FID " = ?1");
    }
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

static gboolean prepare(Reading *reading, const char *layer, GError **error)
{
    reading->shape = fm_layer_shape_new(reading->workspace, layer, error);
    if (reading->shape == NULL || !prepare_status(reading, error) ||
        !prepare_statement(reading, error)) {
        return FALSE;
    }
    reading->columns = fm_layer_columns(reading->workspace, reading->shape, error);
    return reading->columns != NULL;
}

static FmReader *reader_new(FmWorkspace *workspace, const char *layer, const FmFilter *filter,
                            gboolean by_fid, GError **error)
{
    static const FmFilter everything = {NULL, FALSE, NULL, FALSE, NULL};
    g_autoptr(FmReader) reading = g_new0(FmReader, 1);

    reading->workspace = workspace;
    reading->filter = filter != NULL ? filter : &everything;
    reading->by_fid = by_fid;
    return prepare(reading, layer, error) ? g_steal_pointer(&reading) : NULL;
}

FmReader *fm_reader_new(FmWorkspace *workspace, const char *layer, const FmFilter *filter,
                        GError **error)
{
    return reader_new(workspace, layer, filter, FALSE, error);
}

FmReader *fm_reader_new_by_fid(FmWorkspace *workspace, const char *layer, GError **error)
{
    return reader_new(workspace, layer, NULL, TRUE, error);
}

/* ---- rows ------------------------------------------------------------------------------- */

/* "layer 'school', fid 12: " before a message about the row. */
static gboolean fail_row(const Reading *reading, GError **error)
{
    g_prefix_error(error, "layer '%s', fid %lld: ", reading->shape->name,
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

gboolean fm_reader_next(FmReader *reading, FmTable *into, GArray *fids, gboolean *more,
                        GError **error)
{
    reading->table = into;
    reading->fids = fids;
    *more = TRUE;
    for (gsize n = 0; *more && n < READ_ROWS; n++) {
        if (!step(reading, more, error) || (*more && !read_row(reading, error))) {
            return FALSE;
        }
        reading->n_seen += *more ? 1 : 0;
    }
    return TRUE;
}

gsize fm_reader_n_seen(const FmReader *reading)
{
    return reading->n_seen;
}

FmTable *fm_reader_columns(const FmReader *reading)
{
    return fm_table_copy_columns(reading->columns, fm_table_geometry_type(reading->columns));
}

FmTable *fm_reader_read_fid(FmReader *reading, gint64 fid, GError **error)
{
    g_autoptr(FmTable) table = fm_reader_columns(reading);
    gboolean more = FALSE;

    sqlite3_reset(reading->statement);
    return fm_sql_bind(reading->workspace, reading->statement, 1, error, "i", fid) &&
                   fm_reader_next(reading, table, NULL, &more, error)
               ? g_steal_pointer(&table)
               : NULL;
}

static FmTable *read_layer(FmWorkspace *workspace, const FmLayerInfo *layer, const FmFilter *filter,
                           const FmProgress *progress, GError **error)
{
    g_autofree char *stage = g_strdup_printf("reading %s", layer->name);
    double expected = (double)MAX(layer->n_rows, 1);
    g_autoptr(FmReader) reading = fm_reader_new(workspace, layer->name, filter, error);

    if (reading == NULL) {
        return NULL;
    }
    g_autoptr(FmTable) table = fm_reader_columns(reading);
    for (gboolean more = TRUE; more;) {
        double ratio = MIN((double)reading->n_seen / expected, 1);
        if (!fm_progress_report(progress, ratio, stage, error) ||
            !fm_reader_next(reading, table, NULL, &more, error)) {
            return NULL;
        }
    }
    return fm_progress_report(progress, 1, stage, error) ? g_steal_pointer(&table) : NULL;
}

FmTable *fm_workspace_read(FmWorkspace *workspace, const char *layer, const FmFilter *filter,
                           const FmProgress *progress, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, layer, error);

    return info == NULL ? NULL : read_layer(workspace, info, filter, progress, error);
}
