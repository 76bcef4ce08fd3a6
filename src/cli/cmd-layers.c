/* facmap layers: what is in a workspace; and out of it. */

#include "cli.h"

static JsonArray *texts_json(const GPtrArray *texts)
{
    JsonArray *list = json_array_new();
    for (guint i = 0; i < texts->len; i++)
        json_array_add_string_element(list, g_ptr_array_index(texts, i));
    return list;
}

/* `outdated` has what it was made from and is no longer so. */
static JsonObject *layer_json(const FmLayerInfo *info, const GPtrArray *outdated)
{
    JsonObject *object = json_object_new();
    cli_json_set_text(object, "name", info->name);
    cli_json_set_text(object, "kind", info->kind);
    cli_json_set_text(object, "geometry_type",
                      info->geometry_type == FM_GEOMETRY_NONE
                          ? NULL
                          : fm_geometry_type_name(info->geometry_type));
    json_object_set_int_member(object, "srid", info->srid);
    json_object_set_int_member(object, "rows", info->n_rows);
    json_object_set_int_member(object, "unlocated", info->n_unlocated);
    cli_json_set_text(object, "title_en", info->title_en);
    cli_json_set_text(object, "title_zh", info->title_zh);
    cli_json_set_text(object, "source", info->source);
    cli_json_set_text(object, "source_sha256", info->source_sha256);
    cli_json_set_text(object, "licence", info->licence);
    cli_json_set_text(object, "note", info->note);
    json_object_set_boolean_member(object, "modelled", info->modelled);
    cli_json_set_text(object, "loaded_at", info->loaded_at);
    cli_json_set_text(object, "content_sha256", info->content_sha256);
    json_object_set_int_member(object, "run_id", info->run_id);
    json_object_set_array_member(object, "outdated", texts_json(outdated));
    return object;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

/* "modelled, outdated" */
static char *marks(const FmLayerInfo *info, const GPtrArray *outdated)
{
    return g_strdup_printf("%s%s%s", info->modelled ? "modelled" : "",
                           info->modelled && outdated->len > 0 ? ", " : "",
                           outdated->len > 0 ? "outdated" : "");
}

/* For each layer its array of notes; NULL with an error. */
static GPtrArray *find_outdated(FmWorkspace *workspace, const GPtrArray *layers, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < layers->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(layers, i);
        GPtrArray *notes = fm_workspace_outdated(workspace, info->name, error);
        if (notes == NULL)
            return NULL;
        g_ptr_array_add(all, notes);
    }
    return g_steal_pointer(&all);
}

static void list_text(const CliContext *context, const GPtrArray *layers, const GPtrArray *outdated)
{
    if (context->json || context->quiet)
        return;
    const char *const heads[] = {"layer",      "kind", "geometry", ">rows",
                                 ">unlocated", "",     "title",    NULL};
    g_autoptr(CliTable) table = cli_table_new(heads);
    for (guint i = 0; i < layers->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(layers, i);
        g_autofree char *rows = fm_format_count(info->n_rows);
        g_autofree char *unlocated = fm_format_count(info->n_unlocated);
        g_autofree char *mark = marks(info, g_ptr_array_index(outdated, i));
        g_autofree char *title =
            g_strdup_printf("%s%s%s", or_empty(info->title_zh),
                            info->title_zh && info->title_en ? "  " : "", or_empty(info->title_en));
        cli_table_add(table, info->name, info->kind,
                      info->geometry_type == FM_GEOMETRY_NONE
                          ? "none"
                          : fm_geometry_type_name(info->geometry_type),
                      rows, unlocated, mark, title, NULL);
    }
    cli_table_print(table);
}

static gboolean list(CliContext *context, FmWorkspace *workspace, GError **error)
{
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, error);
    g_autoptr(GPtrArray) outdated = layers != NULL ? find_outdated(workspace, layers, error) : NULL;
    if (outdated == NULL)
        return FALSE;
    if (layers->len == 0)
        cli_say(context, "no layers yet; 'facmap load' reads some\n");
    else
        list_text(context, layers, outdated);
    JsonArray *array = json_array_new();
    for (guint i = 0; i < layers->len; i++)
        json_array_add_object_element(
            array, layer_json(g_ptr_array_index(layers, i), g_ptr_array_index(outdated, i)));
    cli_print_json(context, 0, json_node_init_array(json_node_alloc(), array), NULL);
    json_array_unref(array);
    return TRUE;
}

static const char *type_name(FmColumnType type)
{
    return type == FM_COLUMN_TEXT ? "text" : type == FM_COLUMN_INTEGER ? "integer" : "real";
}

/* First value that is there, as an example of what the column holds. */
static char *example_of(const FmTable *table, gsize column)
{
    enum { EXAMPLE_CHARS = 40 };
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_autofree char *text = fm_table_dup_as_text(table, column, row);
        if (text == NULL)
            continue;
        if (g_utf8_strlen(text, -1) <= EXAMPLE_CHARS)
            return g_steal_pointer(&text);
        g_autofree char *start = g_utf8_substring(text, 0, EXAMPLE_CHARS);
        return g_strconcat(start, "…", NULL);
    }
    return g_strdup("");
}

static gsize count_values(const FmTable *table, gsize column)
{
    gsize n = 0;
    for (gsize row = 0; row < fm_table_n_rows(table); row++)
        n += fm_table_is_null(table, column, row) ? 0 : 1;
    return n;
}

static void describe_text(const CliContext *context, const FmLayerInfo *info, const FmTable *data)
{
    if (context->json || context->quiet)
        return;
    const struct {
        const char *label, *value;
    } facts[] = {
        {"title", info->title_en},   {"标题", info->title_zh},   {"kind", info->kind},
        {"source", info->source},    {"licence", info->licence}, {"note", info->note},
        {"loaded", info->loaded_at},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(facts); i++) {
        if (facts[i].value != NULL)
            cli_say(context, "%s: %s\n", facts[i].label, facts[i].value);
    }
    cli_say(context,
            "rows: %" G_GINT64_FORMAT ", unlocated: %" G_GINT64_FORMAT ", run %" G_GINT64_FORMAT
            "%s\n\n",
            info->n_rows, info->n_unlocated, info->run_id, info->modelled ? ", MODELLED data" : "");
    const char *const heads[] = {"column", "type", ">values", "English", "中文", "example", NULL};
    g_autoptr(CliTable) table = cli_table_new(heads);
    for (gsize c = 0; c < fm_table_n_columns(data); c++) {
        g_autofree char *n = fm_format_count((gint64)count_values(data, c));
        g_autofree char *example = example_of(data, c);
        cli_table_add(table, fm_table_column_name(data, c),
                      type_name(fm_table_column_type(data, c)), n,
                      or_empty(fm_table_column_title_en(data, c)),
                      or_empty(fm_table_column_title_zh(data, c)), example, NULL);
    }
    cli_table_print(table);
}

static gboolean describe(CliContext *context, FmWorkspace *workspace, const char *name,
                         GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, name, error);
    if (info == NULL)
        return FALSE;
    g_autoptr(FmTable) data = fm_workspace_read(workspace, name, NULL, &context->progress, error);
    g_autoptr(GPtrArray) outdated =
        data != NULL ? fm_workspace_outdated(workspace, name, error) : NULL;
    if (outdated == NULL)
        return FALSE;
    describe_text(context, info, data);
    cli_warn_all(context, outdated);
    JsonObject *object = layer_json(info, outdated);
    JsonArray *columns = json_array_new();
    for (gsize c = 0; c < fm_table_n_columns(data); c++) {
        JsonObject *column = json_object_new();
        cli_json_set_text(column, "name", fm_table_column_name(data, c));
        cli_json_set_text(column, "type", type_name(fm_table_column_type(data, c)));
        json_object_set_int_member(column, "values", (gint64)count_values(data, c));
        cli_json_set_text(column, "title_en", fm_table_column_title_en(data, c));
        cli_json_set_text(column, "title_zh", fm_table_column_title_zh(data, c));
        cli_json_set_text(column, "unit", fm_table_column_unit(data, c));
        json_array_add_object_element(columns, column);
    }
    json_object_set_array_member(object, "columns", columns);
    cli_print_json(context, 0, json_node_init_object(json_node_alloc(), object), NULL);
    json_object_unref(object);
    return TRUE;
}

/* The layer, and when it is a result the other layers that the same run has made of it.
 * Elements FmLayerInfo, borrowed from `layers`; transfer full. */
static GPtrArray *with_parts(const GPtrArray *layers, const FmLayerInfo *main)
{
    g_autofree char *prefix = g_strconcat(main->name, "_", NULL);
    GPtrArray *found = g_ptr_array_new();
    for (guint i = 0; i < layers->len; i++) {
        FmLayerInfo *info = g_ptr_array_index(layers, i);
        gboolean is_part = g_str_equal(main->kind, "result") && info->run_id == main->run_id &&
                           g_str_has_prefix(info->name, prefix);
        if (is_part || g_str_equal(info->name, main->name))
            g_ptr_array_add(found, info);
    }
    return found;
}

/* One run, so that the log tells what was there, by its hash, and when it went. */
static gint64 drop_all(CliContext *context, FmWorkspace *workspace, const GPtrArray *layers,
                       GError **error)
{
    g_autoptr(FmRun) run = fm_run_begin(workspace, "layers", context->command_line, NULL, error);
    for (guint i = 0; run != NULL && i < layers->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(layers, i);
        if (!fm_run_add_input(run, info->name, error) || !fm_run_drop(run, info->name, error))
            return 0;
    }
    return run != NULL && fm_run_commit(run, error) ? fm_run_id(run) : 0;
}

static gboolean drop(CliContext *context, FmWorkspace *workspace, const char *name, GError **error)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, name, error);
    g_autoptr(GPtrArray) layers = info != NULL ? fm_workspace_layers(workspace, error) : NULL;
    if (layers == NULL)
        return FALSE;
    g_autoptr(GPtrArray) dropped = with_parts(layers, info);
    gint64 run_id = drop_all(context, workspace, dropped, error);
    if (run_id == 0)
        return FALSE;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < dropped->len; i++) {
        const FmLayerInfo *one = g_ptr_array_index(dropped, i);
        g_autofree char *rows = fm_format_count(one->n_rows);
        cli_say(context, "dropped %s (%s %s)\n", one->name, rows,
                one->n_rows == 1 ? "row" : "rows");
        g_ptr_array_add(names, one->name);
    }
    JsonObject *result = json_object_new();
    json_object_set_array_member(result, "dropped", texts_json(names));
    cli_print_json(context, run_id, json_node_init_object(json_node_alloc(), result), NULL);
    json_object_unref(result);
    return TRUE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_autofree char *dropped = NULL;
    const GOptionEntry entries[] = {
        {"drop", 0, 0, CLI_STRING, &dropped,
         "remove a layer; of a result also its parts, such as NAME_demand", "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 1, 2, error))
        return FALSE;
    if (dropped != NULL && args[1] != NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "LAYER %s and --drop %s exclude each other: give one", args[1], dropped);
        return FALSE;
    }
    g_autoptr(FmWorkspace) workspace =
        fm_workspace_open(args[0], dropped != NULL ? FM_OPEN_WRITE : FM_OPEN_READ, error);
    if (workspace == NULL)
        return FALSE;
    if (dropped != NULL)
        return drop(context, workspace, dropped, error);
    return args[1] != NULL ? describe(context, workspace, args[1], error)
                           : list(context, workspace, error);
}

const FmCommand cmd_layers = {
    .name = "layers",
    .synopsis = "WS [LAYER] [OPTION...]",
    .summary = "list the layers of a workspace, describe or drop one",
    .description = "Without LAYER, one line a layer. With it, where the layer comes from and "
                   "what its columns hold. A layer is outdated when one that it was made from has "
                   "changed since, or is gone.",
    .examples = "facmap layers city.sqlite\nfacmap layers city.sqlite school\n"
                "facmap layers city.sqlite --drop coverage_school_3km\n",
    .run = run,
};
