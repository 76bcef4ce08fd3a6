/* Storing a result: one run, one transaction.  A result owns the layers that earlier runs of the
 * same name wrote, and only those: it replaces them, removes the ones it no longer has, and refuses
 * to touch any other layer. */
#include "analysis-internal.h"

/* What stands in the way of, or has to go with, a result of this name. */
typedef struct {
    GHashTable *owned;   /* names of result layers that runs of this name wrote */
    GHashTable *foreign; /* names of all other layers */
} Standing;

static void standing_clear(Standing *standing)
{
    g_clear_pointer(&standing->owned, g_hash_table_unref);
    g_clear_pointer(&standing->foreign, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Standing, standing_clear)

/* Does this run's parameter text say that it made the result `name`? */
static gboolean made_result(const char *parameters, const char *name)
{
    if (!parameters)
        return FALSE;
    /* Whoever made the file may have put anything there. */
    g_autofree char *strict = fm_json_strict(parameters, -1, NULL);
    g_autoptr(JsonNode) root = strict ? json_from_string(strict, NULL) : NULL;
    if (!root || !JSON_NODE_HOLDS_OBJECT(root))
        return FALSE;
    JsonObject *object = json_node_get_object(root);
    return g_strcmp0(json_object_get_string_member_with_default(object, "name", NULL), name) == 0;
}

/* Ids of the runs that wrote results of this name. */
static GHashTable *runs_of(FmWorkspace *workspace, const char *name, GError **error)
{
    g_autoptr(FmTable) runs = fm_workspace_runs(workspace, error);
    if (!runs)
        return NULL;
    GHashTable *ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    gsize id = fm_table_find_column(runs, "id");
    gsize parameters = fm_table_find_column(runs, "parameters");
    for (gsize row = 0; row < fm_table_n_rows(runs); row++) {
        if (!made_result(fm_table_text(runs, parameters, row), name))
            continue;
        gint64 run = fm_table_integer(runs, id, row);
        g_hash_table_add(ids, g_memdup2(&run, sizeof run));
    }
    return ids;
}

static gboolean look_around(FmWorkspace *workspace, const char *name, Standing *standing,
                            GError **error)
{
    g_autoptr(GHashTable) runs = runs_of(workspace, name, error);
    g_autoptr(GPtrArray) layers = runs ? fm_workspace_layers(workspace, error) : NULL;
    if (!layers)
        return FALSE;
    standing->owned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    standing->foreign = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < layers->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(layers, i);
        gboolean owned =
            g_strcmp0(info->kind, "result") == 0 && g_hash_table_contains(runs, &info->run_id);
        g_hash_table_add(owned ? standing->owned : standing->foreign, g_strdup(info->name));
    }
    return TRUE;
}

/* "Computed from modelled data: demand", or NULL. */
static char *modelled_note(FmWorkspace *workspace, const FmResult *result, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < result->inputs->len; i++) {
        g_autoptr(FmLayerInfo) info =
            fm_workspace_layer(workspace, g_ptr_array_index(result->inputs, i), error);
        if (!info)
            return NULL;
        if (info->modelled)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", info->name);
    }
    return g_strdup_printf("Computed from modelled data: %s", names->str);
}

static char *source_text(const FmResult *result)
{
    GString *text = g_string_new(NULL);
    g_string_printf(text, "facmap %s %s of", fm_version(), result->command);
    for (guint i = 0; i < result->inputs->len; i++)
        g_string_append_printf(text, "%s %s", i > 0 ? "," : "",
                               (const char *)g_ptr_array_index(result->inputs, i));
    return g_string_free(text, FALSE);
}

static gboolean write_layer(FmRun *run, const FmResult *result, const FmResultLayer *layer,
                            const char *note, const Standing *standing, const FmProgress *progress,
                            GError **error)
{
    g_autofree char *name = g_strconcat(result->name, layer->suffix, NULL);
    if (g_hash_table_contains(standing->foreign, name)) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s' exists and is no part of a result '%s': choose another name (--as)",
                    name, result->name);
        return FALSE;
    }
    g_autofree char *source = source_text(result);
    FmLayerSpec spec = {
        .name = name,
        .kind = "result",
        .title_en = layer->title_en,
        .title_zh = layer->title_zh,
        .source = source,
        .note = note,
        .modelled = result->modelled,
    };
    FmWriteMode mode =
        g_hash_table_remove(standing->owned, name) ? FM_WRITE_REPLACE : FM_WRITE_CREATE;
    return fm_run_write(run, &spec, layer->table, mode, NULL, progress, error);
}

/* Remove what an earlier result of this name had and this one has not. */
static gboolean drop_rest(FmRun *run, const Standing *standing, GError **error)
{
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, standing->owned);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (!fm_run_drop(run, name, error))
            return FALSE;
    return TRUE;
}

static gboolean write_layers(FmRun *run, FmWorkspace *workspace, const FmResult *result,
                             const FmProgress *progress, GError **error)
{
    g_auto(Standing) standing = {0};
    g_autofree char *note = NULL;
    if (!look_around(workspace, result->name, &standing, error))
        return FALSE;
    if (result->modelled) {
        note = modelled_note(workspace, result, error);
        if (!note)
            return FALSE;
    }
    double n = (double)result->layers->len;
    for (guint i = 0; i < result->layers->len; i++) {
        FmProgress slice = fm_progress_slice(progress, i / n, (i + 1) / n);
        if (!write_layer(run, result, g_ptr_array_index(result->layers, i), note, &standing, &slice,
                         error))
            return FALSE;
    }
    return drop_rest(run, &standing, error);
}

gint64 fm_analysis_write(FmWorkspace *workspace, const FmResult *result, const char *command_line,
                         const FmProgress *progress, GError **error)
{
    g_autoptr(FmRun) run =
        fm_run_begin(workspace, result->command, command_line, result->parameters, error);
    if (!run)
        return 0;
    for (guint i = 0; i < result->inputs->len; i++)
        if (!fm_run_add_input(run, g_ptr_array_index(result->inputs, i), error))
            return 0;
    gint64 id = fm_run_id(run);
    if (!write_layers(run, workspace, result, progress, error) ||
        (result->network && !fm_network_keep(result->network, run, error)) ||
        !fm_run_commit(run, error))
        return 0;
    return id;
}
