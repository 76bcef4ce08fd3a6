/* Storing the findings: one run, one transaction; an earlier check's layer is replaced, any other
 * layer of the name is left alone. */
#include "check-internal.h"

static gboolean is_checks(const FmTable *runs, gint64 run_id)
{
    gsize id = fm_table_find_column(runs, "id");
    gsize command = fm_table_find_column(runs, "command");
    for (gsize row = 0; row < fm_table_n_rows(runs); row++)
        if (fm_table_integer(runs, id, row) == run_id)
            return g_strcmp0(fm_table_text(runs, command, row), "check") == 0;
    return FALSE;
}

/* May the name be taken?  *exists: by an earlier check's layer. */
static gboolean look_around(FmWorkspace *workspace, const char *name, gboolean *exists,
                            GError **error)
{
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, error);
    g_autoptr(FmTable) runs = layers ? fm_workspace_runs(workspace, error) : NULL;
    *exists = FALSE;
    if (!runs)
        return FALSE;
    for (guint i = 0; i < layers->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(layers, i);
        if (g_strcmp0(info->name, name) != 0)
            continue;
        *exists = g_strcmp0(info->kind, "result") == 0 && is_checks(runs, info->run_id);
        if (*exists)
            return TRUE;
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' exists and holds no findings: choose another name (--as)", name);
        return FALSE;
    }
    return TRUE;
}

gint64 fm_check_write(FmWorkspace *workspace, const FmCheckReport *report, const char *name,
                      const char *command_line, const FmProgress *progress, GError **error)
{
    gboolean exists = FALSE;
    if (!fm_layer_name_check(name, error))
        return 0;
    g_autoptr(FmRun) run =
        fm_run_begin(workspace, "check", command_line, report->parameters, error);
    if (!run || !look_around(workspace, name, &exists, error))
        return 0;
    for (guint i = 0; i < report->layers->len; i++) {
        const FmLayerCheck *check = g_ptr_array_index(report->layers, i);
        if (!fm_run_add_input(run, check->layer, error))
            return 0;
    }
    g_autofree char *source = g_strdup_printf("facmap %s check", fm_version());
    const FmLayerSpec spec = {
        .name = name,
        .kind = "result",
        .title_en = "Findings of the data check",
        .title_zh = "数据检查结果",
        .source = source,
    };
    g_autoptr(FmTable) table = fm_check_report_table(report);
    gint64 id = fm_run_id(run);
    if (!fm_run_write(run, &spec, table, exists ? FM_WRITE_REPLACE : FM_WRITE_CREATE, NULL,
                      progress, error) ||
        !fm_run_commit(run, error))
        return 0;
    return id;
}
