/* Runs: one command's writing, one transaction, one line in the log.  The line is written with the
 * commit, so the log holds what happened and a run that failed leaves nothing, not even its
 * line. */
#include "store-internal.h"

#include <string.h>

#define PROGRESS_ROWS 4096

/* ---- beginning and ending --------------------------------------------------------------- */

static gboolean check_begin(FmWorkspace *workspace, const char *parameters, GError **error)
{
    gint64 is_object = 0;

    if (workspace->mode != FM_OPEN_WRITE) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE, "'%s' was opened for reading only",
                    workspace->path);
        return FALSE;
    }
    if (workspace->in_run) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE, "'%s' has a run that is not finished",
                    workspace->path);
        return FALSE;
    }
    if (!fm_sql_integer(workspace, &is_object, error,
                        "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' END", "t",
                        parameters)) {
        return FALSE;
    }
    if (is_object != 1) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "the parameters of a run must be a JSON object, not '%s'", parameters);
        return FALSE;
    }
    return TRUE;
}

FmRun *fm_run_begin(FmWorkspace *workspace, const char *command, const char *command_line,
                    const char *parameters, GError **error)
{
    const char *object = parameters != NULL ? parameters : "{}";
    gint64 id = 0;

    if (!check_begin(workspace, object, error) ||
        !fm_sql_run(workspace, error, "BEGIN IMMEDIATE", "")) {
        return NULL;
    }
    if (!fm_sql_integer(workspace, &id, error, "SELECT COALESCE(MAX(id), 0) + 1 FROM fm_run", "")) {
        fm_sql_rollback(workspace);
        return NULL;
    }
    FmRun *run = g_new0(FmRun, 1);
    run->workspace = workspace;
    run->id = id;
    run->command = g_strdup(command);
    run->command_line = g_strdup(command_line);
    run->parameters = g_strdup(object);
    run->started = fm_timestamp_now();
    run->inputs = g_string_new(NULL);
    workspace->in_run = TRUE;
    return run;
}

gint64 fm_run_id(const FmRun *run)
{
    return run->id;
}

static gboolean put_log(FmRun *run, GError **error)
{
    g_autofree char *finished = fm_timestamp_now();
    g_autofree char *inputs = g_strdup_printf("[%s]", run->inputs->str);

    return fm_sql_run(run->workspace, error,
                      "INSERT INTO fm_run (id, command, command_line, tool_version, parameters,"
                      " inputs, outputs, started, finished, outcome)"
                      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, json_group_array(json_object('layer', name,"
                      " 'rows', n_rows, 'sha256', content_sha256)), ?7, ?8, 'done'"
                      " FROM (SELECT * FROM fm_layer WHERE run_id = ?1 ORDER BY id)",
                      "ittttttt", run->id, run->command, run->command_line, fm_version(),
                      run->parameters, inputs, run->started, finished);
}

gboolean fm_run_check_alive(const FmRun *run, GError **error)
{
    if (run->failed) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s': an earlier write of this run failed, so nothing will be changed",
                    run->workspace->path);
    }
    return !run->failed;
}

gboolean fm_run_commit(FmRun *run, GError **error)
{
    g_return_val_if_fail(!run->committed, FALSE);
    if (!fm_run_check_alive(run, error)) {
        return FALSE;
    }
    run->committed = put_log(run, error) && fm_sql_commit(run->workspace, error);
    run->failed = !run->committed;
    return run->committed;
}

void fm_run_free(FmRun *run)
{
    if (run == NULL) {
        return;
    }
    if (!run->committed) {
        fm_sql_rollback(run->workspace);
    }
    run->workspace->in_run = FALSE;
    g_free(run->command);
    g_free(run->command_line);
    g_free(run->parameters);
    g_free(run->started);
    g_string_free(run->inputs, TRUE);
    g_free(run);
}

/* ---- inputs and properties -------------------------------------------------------------- */

gboolean fm_run_add_input(FmRun *run, const char *layer, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(run->workspace, layer, error);
    g_autofree char *object = NULL;

    if (info == NULL || !fm_sql_text(run->workspace, &object, error,
                                     "SELECT json_object('layer', ?1, 'rows', ?2, 'sha256', ?3)",
                                     "tit", info->name, info->n_rows, info->content_sha256)) {
        return FALSE;
    }
    g_string_append_printf(run->inputs, "%s%s", run->inputs->len > 0 ? "," : "", object);
    return TRUE;
}

gboolean fm_run_add_file(FmRun *run, const char *name, gint64 n_rows, const char *sha256,
                         GError **error)
{
    g_autofree char *object = NULL;

    if (!fm_sql_text(run->workspace, &object, error,
                     "SELECT json_object('file', ?1, 'rows', ?2, 'sha256', ?3)", "tit", name,
                     n_rows, sha256)) {
        return FALSE;
    }
    g_string_append_printf(run->inputs, "%s%s", run->inputs->len > 0 ? "," : "", object);
    return TRUE;
}

gboolean fm_run_note(FmRun *run, const char *key, const char *json, GError **error)
{
    g_autofree char *parameters = NULL;

    if (!fm_sql_text(run->workspace, &parameters, error,
                     "SELECT json_patch(?1, json_object(?2, json(?3)))", "ttt", run->parameters,
                     key, json)) {
        return FALSE;
    }
    g_free(run->parameters);
    run->parameters = g_steal_pointer(&parameters);
    return TRUE;
}

gboolean fm_run_set(FmRun *run, const char *key, const char *value, GError **error)
{
    g_return_val_if_fail(!run->committed, FALSE);
    return g_str_equal(key, "crs") && value != NULL
               ? fm_workspace_put_crs(run->workspace, value, error)
               : fm_workspace_put(run->workspace, key, value, error);
}

/* ---- layers ----------------------------------------------------------------------------- */

gboolean fm_run_check_mode(FmRun *run, const FmLayerSpec *spec, const FmTable *table,
                           FmWriteMode mode, FmLayerInfo **before, GError **error)
{
    if (!fm_layer_name_check(spec->name, error)) {
        return FALSE;
    }
    if (mode == FM_WRITE_APPEND || mode == FM_WRITE_UPDATE) {
        *before = fm_workspace_layer(run->workspace, spec->name, error);
        if (*before == NULL) {
            return FALSE;
        }
    } else if (!fm_layer_find(run->workspace, spec->name, before, error)) {
        return FALSE;
    }
    if (mode == FM_WRITE_CREATE && *before != NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' exists already: load it with --replace, --append or --update",
                    spec->name);
        return FALSE;
    }
    if (mode == FM_WRITE_UPDATE && fm_table_find_column(table, "id") == FM_COLUMN_NONE) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' cannot be updated: the new rows have no column 'id'", spec->name);
        return FALSE;
    }
    return TRUE;
}

gboolean fm_run_define(FmRun *run, const FmLayerInfo *before, const char *name,
                       const FmTable *table, GError **error)
{
    FmWorkspace *workspace = run->workspace;

    return (before == NULL ||
            (fm_layer_undefine(workspace, name, error) &&
             fm_sql_run(workspace, error, "DELETE FROM fm_column WHERE layer = ?1", "t", name))) &&
           fm_layer_define(workspace, name, table, error);
}

/* Into a layer that is there: a row is looked for where ids say which it is, and put in. */
static gboolean merge_row(FmMerger *merger, const FmTable *table, gsize row, gboolean by_id,
                          GError **error)
{
    FmMergeTarget target = {.fid = 0};
    gsize id = fm_table_find_column(table, "id");

    if (by_id && fm_table_is_null(table, id, row)) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "row %" G_GSIZE_FORMAT ": it has no id to update layer '%s' by", row + 1,
                    fm_merger_layer(merger));
        return FALSE;
    }
    if (by_id && !fm_merger_find(merger, table, row, &target, error)) {
        return FALSE;
    }
    if (target.number > 0) {
        g_autofree char *text = fm_table_dup_as_text(table, id, row);
        fm_layer_fail_id_twice(fm_merger_layer(merger), (gint64)row + 1, text, error);
        return FALSE;
    }
    return fm_merger_put(merger, table, row, &target, (guint32)row + 1, NULL, error);
}

static gboolean write_into(FmRun *run, const FmLayerSpec *spec, const FmTable *table,
                           FmWriteMode mode, FmWriteReport *report, const FmProgress *progress,
                           GError **error)
{
    FmProgress finishing = fm_progress_slice(progress, 0.7, 1);
    FmProgress writing = fm_progress_slice(progress, 0, 0.7);
    g_autofree char *stage = g_strdup_printf("writing %s", spec->name);
    g_autoptr(FmMerger) merger = fm_merger_new(run, spec, table, mode, error);
    gsize n = fm_table_n_rows(table);

    if (merger == NULL) {
        return FALSE;
    }
    for (gsize row = 0; row < n; row++) {
        if ((row % PROGRESS_ROWS == 0 &&
             !fm_progress_report(&writing, (double)row / (double)n, stage, error)) ||
            !merge_row(merger, table, row, mode == FM_WRITE_UPDATE, error)) {
            return FALSE;
        }
    }
    return fm_merger_finish(merger, report, &finishing, error);
}

static gboolean write_new(FmRun *run, const FmLayerSpec *spec, const FmTable *table,
                          FmWriteMode mode, FmWriteReport *report, const FmProgress *progress,
                          GError **error)
{
    FmProgress writing = fm_progress_slice(progress, 0, 0.7);
    FmProgress finishing = fm_progress_slice(progress, 0.7, 1);
    g_autoptr(FmWriter) writer = fm_writer_new(run, spec, table, mode, error);

    return writer != NULL && fm_writer_add_table(writer, table, &writing, error) &&
           fm_writer_finish(writer, report, &finishing, error);
}

gboolean fm_run_write(FmRun *run, const FmLayerSpec *spec, const FmTable *table, FmWriteMode mode,
                      FmWriteReport *report, const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(!run->committed, FALSE);
    return mode == FM_WRITE_CREATE || mode == FM_WRITE_REPLACE
               ? write_new(run, spec, table, mode, report, progress, error)
               : write_into(run, spec, table, mode, report, progress, error);
}

gboolean fm_run_drop(FmRun *run, const char *layer, GError **error)
{
    g_autoptr(FmLayerInfo) info = NULL;

    g_return_val_if_fail(!run->committed, FALSE);
    if (!fm_run_check_alive(run, error) || !fm_layer_find(run->workspace, layer, &info, error)) {
        return FALSE;
    }
    if (info == NULL) {
        return TRUE;
    }
    run->failed =
        !fm_layer_undefine(run->workspace, layer, error) ||
        !fm_sql_run(run->workspace, error, "DELETE FROM fm_layer WHERE name = ?1", "t", layer);
    return !run->failed;
}

gboolean fm_run_cache(FmRun *run, const char *layer, const char *name, const char *fingerprint,
                      GBytes *content, GError **error)
{
    g_return_val_if_fail(!run->committed, FALSE);
    return fm_run_check_alive(run, error) &&
           fm_cache_put(run->workspace, layer, name, fingerprint, content, error);
}

/* ---- the log ---------------------------------------------------------------------------- */

FmTable *fm_workspace_runs(FmWorkspace *workspace, GError **error)
{
    static const char *const names[] = {"id",         "command", "command_line", "tool_version",
                                        "parameters", "inputs",  "outputs",      "started",
                                        "finished",   "outcome"};
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    g_autoptr(sqlite3_stmt) statement =
        fm_sql_prepare(workspace,
                       "SELECT id, command, command_line, tool_version, parameters, inputs,"
                       " outputs, started, finished, outcome FROM fm_run ORDER BY id",
                       error);
    gboolean more = FALSE;

    if (statement == NULL || !fm_sql_step(workspace, statement, &more, error)) {
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        fm_table_add_column(table, names[i], i == 0 ? FM_COLUMN_INTEGER : FM_COLUMN_TEXT);
    }
    while (more) {
        gsize row = fm_table_append_row(table);
        fm_table_set_integer(table, 0, row, sqlite3_column_int64(statement, 0));
        for (gsize i = 1; i < G_N_ELEMENTS(names); i++) {
            fm_table_set_text(table, i, row, (const char *)sqlite3_column_text(statement, (int)i));
        }
        if (!fm_sql_step(workspace, statement, &more, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&table);
}
