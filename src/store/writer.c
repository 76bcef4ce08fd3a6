/* New layers, in batches.  Packing a batch (its BLOBs, the hash, the entries of the index) needs no
 * database and may run beside the storing of the one before.  The table has no index and no trigger
 * while it is filled: rows go to its end, SpatiaLite's triggers would insert into the R*Tree row by
 * row, and sorting all ids at once is quicker than finding each its place. */
#include "packed-rows.h"

/* Rows that are packed, stored and reported at a time, and how many such batches may wait. */
#define BATCH_ROWS 4096
#define BATCHES_WAITING 4
/* How often a long statement looks whether it should stop, in SQLite's virtual instructions. */
#define PROGRESS_STEPS 100000
/* Rows go to the end of the file and are not looked at again, so a small page cache does; SQLite
 * also sorts an index in as much memory. */

struct FmWriter {
    FmRun *run;
    const FmLayerSpec *spec;
    char *stage;      /* of the progress, while it is finished */
    FmTable *columns; /* as the caller named them, with their titles */
    FmLayerInfo *before;
    FmLayerShape *shape;
    FmLayerFacts facts;
    FmBulk insert;
    gint64 n_put;
    gboolean finished;
};

/* ---- beginning -------------------------------------------------------------------------- */

static gboolean prepare_insert(FmWriter *writer, GError **error)
{
    g_autoptr(GString) row = g_string_new("(NULL");
    gsize n = fm_table_n_columns(writer->columns) + (writer->shape->has_geometry ? 1 : 0);

    /* The columns are in the order of the table's making, geometry last. */
    for (gsize i = 0; i < n; i++) {
        g_string_append(row, ", ?");
    }
    g_string_append_c(row, ')');
    return fm_bulk_init(&writer->insert, writer->run->workspace, writer->shape->table, row->str, n,
                        error);
}

static gboolean prepare(FmWriter *writer, GError **error)
{
    FmWorkspace *workspace = writer->run->workspace;
    const char *name = writer->spec->name;

    if (!fm_run_define(writer->run, writer->before, name, writer->columns, error)) {
        return FALSE;
    }
    writer->shape = fm_layer_shape_new(workspace, name, error);
    if (writer->shape == NULL) {
        return FALSE;
    }
    FmTable *stored = fm_layer_columns(workspace, writer->shape, error);
    if (stored == NULL) {
        return FALSE;
    }
    fm_layer_facts_init(&writer->facts, stored);
    return prepare_insert(writer, error);
}

FmWriter *fm_writer_new(FmRun *run, const FmLayerSpec *spec, const FmTable *columns,
                        FmWriteMode mode, GError **error)
{
    g_autoptr(FmWriter) writer = g_new0(FmWriter, 1);

    g_return_val_if_fail(!run->committed, NULL);
    g_return_val_if_fail(mode == FM_WRITE_CREATE || mode == FM_WRITE_REPLACE, NULL);
    writer->run = run;
    writer->spec = spec;
    writer->stage = g_strdup_printf("indexing %s", spec->name);
    writer->finished = TRUE; /* nothing was changed yet */
    if (!fm_run_check_alive(run, error) ||
        !fm_run_check_mode(run, spec, columns, mode, &writer->before, error)) {
        return NULL;
    }
    writer->columns = fm_table_copy_columns(columns, fm_layer_geometry_type(columns));
    writer->finished = FALSE;
    if (!fm_sql_run(run->workspace, error, FM_SMALL_CACHE_SQL, "")) {
        return NULL;
    }
    return prepare(writer, error) ? g_steal_pointer(&writer) : NULL;
}

void fm_writer_free(FmWriter *writer)
{
    if (writer == NULL) {
        return;
    }
    g_autoptr(GError) ignored = NULL; /* a small cache would serve as well, only slower */
    fm_sql_run(writer->run->workspace, &ignored, FM_CACHE_SQL, "");
    writer->run->failed |= !writer->finished;
    fm_bulk_clear(&writer->insert);
    fm_layer_facts_clear(&writer->facts);
    fm_layer_shape_free(writer->shape);
    fm_layer_info_free(writer->before);
    fm_table_free(writer->columns);
    g_free(writer->stage);
    g_free(writer);
}

/* ---- packing ---------------------------------------------------------------------------- */

static FmPackedRows *pack(FmWriter *writer, const FmTable *table, gsize begin, gsize end,
                          GError **error)
{
    g_return_val_if_fail(fm_table_n_columns(table) == fm_table_n_columns(writer->columns), NULL);
    g_autoptr(FmPackedRows) rows = fm_packed_rows_new(writer->shape, table, begin, end, error);

    return rows != NULL && fm_layer_facts_add(&writer->facts, table, begin, end, NULL, error)
               ? g_steal_pointer(&rows)
               : NULL;
}

FmPackedRows *fm_writer_pack(FmWriter *writer, FmTable *rows, GError **error)
{
    FmPackedRows *packed = pack(writer, rows, 0, fm_table_n_rows(rows), error);

    if (packed == NULL) {
        fm_table_free(rows);
        return NULL;
    }
    packed->owned = rows;
    return packed;
}

/* ---- storing ---------------------------------------------------------------------------- */

static gboolean put_row(FmWriter *writer, const FmPackedRows *rows, gsize row, GError **error)
{
    int first = 0;
    sqlite3_stmt *statement = fm_bulk_row(&writer->insert, rows->end - row, &first);
    int code = fm_packed_rows_bind(rows, row, statement, first);

    return code == SQLITE_OK ? fm_bulk_put(&writer->insert, error)
                             : fm_sql_fail(writer->run->workspace, code, error);
}

gboolean fm_writer_put(FmWriter *writer, const FmPackedRows *rows, GError **error)
{
    sqlite3 *db = writer->run->workspace->db;
    gboolean ok = TRUE;

    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    for (gsize row = rows->begin; ok && row < rows->end; row++) {
        ok = put_row(writer, rows, row, error);
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
    writer->n_put += (gint64)(rows->end - rows->begin);
    return ok;
}

typedef struct {
    FmWriter *writer;
    const FmTable *table;
    const FmProgress *progress;
    const char *stage;
} Adding;

static gboolean pack_batches(FmPipe *pipe, void *user, GError **error)
{
    const Adding *adding = user;
    gsize n = fm_table_n_rows(adding->table);

    for (gsize row = 0; row < n; row += BATCH_ROWS) {
        FmPackedRows *rows =
            pack(adding->writer, adding->table, row, MIN(row + BATCH_ROWS, n), error);
        if (rows == NULL) {
            return FALSE;
        }
        if (!fm_pipe_push(pipe, rows)) {
            return TRUE; /* the second stage knows why */
        }
    }
    return TRUE;
}

static gboolean put_batch(gpointer item, void *user, GError **error)
{
    const Adding *adding = user;
    g_autoptr(FmPackedRows) rows = item;
    double n = (double)fm_table_n_rows(adding->table);

    return fm_progress_report(adding->progress, (double)rows->begin / n, adding->stage, error) &&
           fm_writer_put(adding->writer, rows, error);
}

gboolean fm_writer_add_table(FmWriter *writer, const FmTable *table, const FmProgress *progress,
                             GError **error)
{
    g_autofree char *stage = g_strdup_printf("writing %s", writer->spec->name);
    Adding adding = {writer, table, progress, stage};
    guint n_threads = fm_table_n_rows(table) > BATCH_ROWS ? 2 : 1; /* one batch waits for nobody */

    return fm_pipe_run(BATCHES_WAITING, n_threads, pack_batches, put_batch,
                       (GDestroyNotify)fm_packed_rows_free, &adding, error) &&
           fm_progress_report(progress, 1, stage, error);
}

/* ---- ending ----------------------------------------------------------------------------- */

gboolean fm_writer_rewind(FmWriter *writer, GError **error)
{
    FmWorkspace *workspace = writer->run->workspace;
    g_autofree char *sql = g_strdup_printf("DELETE FROM %s", writer->shape->table);

    sqlite3_db_config(workspace->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    gboolean ok = fm_sql_run(workspace, error, sql, "");
    sqlite3_db_config(workspace->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
    fm_layer_facts_reset(&writer->facts);
    writer->n_put = 0;
    return ok;
}

typedef struct {
    const FmProgress *progress;
    const char *stage;
    GError *error;
} Watch;

static int look_up(void *user)
{
    Watch *watch = user;

    return watch->error == NULL &&
                   fm_progress_report(watch->progress, 0, watch->stage, &watch->error)
               ? 0
               : 1;
}

/* Sorting ten million ids takes seconds, in one statement: it can be interrupted. */
static gboolean index_ids(FmWriter *writer, const FmProgress *progress, GError **error)
{
    FmWorkspace *workspace = writer->run->workspace;
    Watch watch = {.progress = progress, .stage = writer->stage};
    g_autoptr(GError) failure = NULL;

    sqlite3_progress_handler(workspace->db, PROGRESS_STEPS, look_up, &watch);
    gboolean ok = fm_layer_index_ids(workspace, writer->spec->name, &failure);
    sqlite3_progress_handler(workspace->db, 0, NULL, NULL);
    if (watch.error != NULL) {
        g_propagate_error(error, watch.error);
        return FALSE;
    }
    if (!ok) {
        g_propagate_error(error, g_steal_pointer(&failure));
    }
    return ok;
}

static GHashTable *read_repeated(FmWriter *writer, GError **error)
{
    FmWorkspace *workspace = writer->run->workspace;
    g_autofree char *sql =
        g_strdup_printf("SELECT id FROM %s WHERE id IS NOT NULL GROUP BY id HAVING COUNT(*) > 1",
                        writer->shape->table);
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(sqlite3_stmt) statement = fm_sql_prepare(workspace, sql, error);
    gboolean row = FALSE;

    if (statement == NULL || !fm_sql_step(workspace, statement, &row, error)) {
        return NULL;
    }
    while (row) {
        g_hash_table_add(ids, g_strdup((const char *)sqlite3_column_text(statement, 0)));
        if (!fm_sql_step(workspace, statement, &row, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&ids);
}

gboolean fm_writer_find_repeated(FmWriter *writer, GHashTable **repeated,
                                 const FmProgress *progress, GError **error)
{
    g_autoptr(GError) failure = NULL;

    *repeated = NULL;
    if (index_ids(writer, progress, &failure)) {
        return TRUE;
    }
    if (!g_error_matches(failure, FM_ERROR, FM_ERROR_DATA)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    *repeated = read_repeated(writer, error);
    return *repeated != NULL;
}

/* The rows that SQLite counts are those that were handed to it. */
static gboolean check_count(FmWriter *writer, GError **error)
{
    FmWorkspace *workspace = writer->run->workspace;
    g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s", writer->shape->table);
    gint64 n = 0;

    if (!fm_sql_integer(workspace, &n, error, sql, "")) {
        return FALSE;
    }
    if (n != writer->facts.n_rows || n != writer->n_put) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s': layer '%s' has %" G_GINT64_FORMAT " rows where %" G_GINT64_FORMAT
                    " were written; nothing was changed",
                    workspace->path, writer->spec->name, n, writer->facts.n_rows);
        return FALSE;
    }
    return TRUE;
}

gboolean fm_writer_finish(FmWriter *writer, FmWriteReport *report, const FmProgress *progress,
                          GError **error)
{
    FmRun *run = writer->run;

    g_return_val_if_fail(!writer->finished, FALSE);
    writer->finished = index_ids(writer, progress, error) && check_count(writer, error) &&
                       fm_progress_report(progress, 0.5, writer->stage, error) &&
                       fm_layer_register(run->workspace, writer->spec, &writer->facts,
                                         writer->columns, writer->before, FALSE, run->id, error) &&
                       fm_progress_report(progress, 1, writer->stage, error);
    if (writer->finished && report != NULL) {
        *report = (FmWriteReport){.inserted = writer->n_put};
    }
    return writer->finished;
}
