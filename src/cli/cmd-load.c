/* facmap load: files into layers, one source or a dataset manifest. */

#include "cli.h"

#include <string.h>

typedef struct {
    char *kind, *layer, *crs, *encoding, *map, *sheet, *x, *y, *wkt, *cell, *rejects;
    char *title_en, *title_zh, *source, *licence, *synonyms, *locate_by, *key;
    gboolean append, update, replace, strict, modelled;
} LoadArgs;

static void load_args_clear(LoadArgs *a)
{
    char **texts[] = {&a->kind,     &a->layer,     &a->crs,      &a->encoding, &a->map,
                      &a->sheet,    &a->x,         &a->y,        &a->wkt,      &a->cell,
                      &a->rejects,  &a->title_en,  &a->title_zh, &a->source,   &a->licence,
                      &a->synonyms, &a->locate_by, &a->key};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LoadArgs, load_args_clear)

static gboolean choose_mode(const LoadArgs *args, FmLoadMode *mode, GError **error)
{
    if (args->append + args->update + args->replace > 1) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_USAGE,
                            "--append, --update and --replace exclude each other: give one");
        return FALSE;
    }
    *mode = args->append    ? FM_LOAD_APPEND
            : args->update  ? FM_LOAD_UPDATE
            : args->replace ? FM_LOAD_REPLACE
                            : FM_LOAD_CREATE;
    return TRUE;
}

static void take(char **target, char *const *value)
{
    if (*value != NULL) {
        g_free(*target);
        *target = g_strdup(*value);
    }
}

static FmSource *source_from_args(const char *path, const LoadArgs *args, GError **error)
{
    g_autoptr(FmSource) source = fm_source_new(path);
    take(&source->kind, &args->kind);
    take(&source->layer, &args->layer);
    take(&source->crs, &args->crs);
    take(&source->encoding, &args->encoding);
    take(&source->ogr_layer, &args->sheet);
    take(&source->x_field, &args->x);
    take(&source->y_field, &args->y);
    take(&source->wkt_field, &args->wkt);
    take(&source->title_en, &args->title_en);
    take(&source->title_zh, &args->title_zh);
    take(&source->source, &args->source);
    take(&source->licence, &args->licence);
    take(&source->locate_by, &args->locate_by);
    take(&source->key, &args->key);
    source->modelled = args->modelled;
    if (args->cell != NULL &&
        !(fm_parse_double(args->cell, &source->cell_m) && source->cell_m > 0)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--cell %s: not a positive number of metres",
                    args->cell);
        return NULL;
    }
    if (args->map != NULL) {
        g_clear_pointer(&source->fields, g_hash_table_unref);
        source->fields = cli_pairs("--map", args->map, error);
        if (source->fields == NULL)
            return NULL;
    }
    if (args->synonyms != NULL) {
        source->synonyms = fm_synonyms_new();
        if (!fm_synonyms_read(source->synonyms, args->synonyms, error))
            return NULL;
    }
    return g_steal_pointer(&source);
}

/* A manifest says everything itself: options that describe one source do not apply to it. */
static gboolean check_manifest_args(const LoadArgs *a, GError **error)
{
    const struct {
        const char *option;
        gboolean given;
    } table[] = {
        {"--kind", a->kind != NULL},
        {"--layer", a->layer != NULL},
        {"--crs", a->crs != NULL},
        {"--encoding", a->encoding != NULL},
        {"--map", a->map != NULL},
        {"--sheet", a->sheet != NULL},
        {"--x", a->x != NULL},
        {"--y", a->y != NULL},
        {"--wkt", a->wkt != NULL},
        {"--cell", a->cell != NULL},
        {"--rejects", a->rejects != NULL},
        {"--modelled", a->modelled},
        {"--title-en", a->title_en != NULL},
        {"--title-zh", a->title_zh != NULL},
        {"--source", a->source != NULL},
        {"--licence", a->licence != NULL},
        {"--synonyms", a->synonyms != NULL},
        {"--locate-by", a->locate_by != NULL},
        {"--key", a->key != NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        if (table[i].given) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "%s does not apply to a dataset manifest: say it in the manifest",
                        table[i].option);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean collect_sources(char **paths, const LoadArgs *args, FmDataset **dataset,
                                GPtrArray *sources, GError **error)
{
    gsize n = g_strv_length(paths);
    if (n == 1 && fm_dataset_is_manifest(paths[0])) {
        if (!check_manifest_args(args, error))
            return FALSE;
        *dataset = fm_dataset_read(paths[0], error);
        return *dataset != NULL;
    }
    if (n > 1 && args->layer != NULL && !args->append) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--layer %s with %" G_GSIZE_FORMAT
                    " sources: load them one by one, or add --append to put them into one layer",
                    args->layer, n);
        return FALSE;
    }
    if (n > 1 && args->rejects != NULL) {
        g_set_error(
            error, FM_ERROR, FM_ERROR_USAGE,
            "--rejects names one file for %" G_GSIZE_FORMAT " sources: load them one by one", n);
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        FmSource *source = source_from_args(paths[i], args, error);
        if (source == NULL)
            return FALSE;
        g_ptr_array_add(sources, source);
    }
    return TRUE;
}

/* The first changes; --json lists all. */
static void report_changes(const CliContext *context, const FmLoadReport *report)
{
    enum { SHOWN = 20 };
    for (guint i = 0; i < MIN(report->changes->len, (guint)SHOWN); i++) {
        const FmLoadChange *change = g_ptr_array_index(report->changes, i);
        cli_say(context, "  %s: %s %s -> %s\n", change->id, change->field,
                change->before != NULL ? change->before : "(empty)",
                change->after != NULL ? change->after : "(empty)");
    }
    if (report->n_changes > SHOWN)
        cli_say(context, "  and %" G_GINT64_FORMAT " more %s: --json lists them\n",
                report->n_changes - SHOWN, report->n_changes - SHOWN == 1 ? "change" : "changes");
    if (report->n_unchanged > 0 && report->n_unchanged == report->n_read - report->n_rejected)
        cli_say(context, "  nothing changed in %s\n", report->layer);
}

static void report_one(const CliContext *context, const FmLoadReport *report, gboolean mapping)
{
    if (mapping) {
        for (guint i = 0; i < report->mapping->len; i++)
            cli_say(context, "  %s\n", (const char *)g_ptr_array_index(report->mapping, i));
    }
    report_changes(context, report);
    cli_warn_all(context, report->warnings);
    if (report->rejects_file != NULL)
        cli_say(context, "  %" G_GINT64_FORMAT " rejected %s of %s, with reasons: %s\n",
                report->n_rejected, report->n_rejected == 1 ? "row" : "rows", report->layer,
                report->rejects_file);
}

static void report_text(const CliContext *context, const GPtrArray *reports)
{
    if (context->json || context->quiet)
        return;
    cli_terminal_stop();
    const char *const heads[] = {"layer",      ">read",     ">loaded", ">updated", ">unchanged",
                                 ">unlocated", ">rejected", "read as", NULL};
    g_autoptr(CliTable) table = cli_table_new(heads);
    for (guint i = 0; i < reports->len; i++) {
        const FmLoadReport *r = g_ptr_array_index(reports, i);
        const gint64 counts[] = {r->n_read,      r->n_loaded,    r->n_updated,
                                 r->n_unchanged, r->n_unlocated, r->n_rejected};
        char *texts[G_N_ELEMENTS(counts)];
        for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
            texts[k] = fm_format_count(counts[k]);
        cli_table_add(table, r->layer, texts[0], texts[1], texts[2], texts[3], texts[4], texts[5],
                      r->crs != NULL ? r->crs : "no positions", NULL);
        for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
            g_free(texts[k]);
    }
    cli_table_print(table);
    for (guint i = 0; i < reports->len; i++)
        report_one(context, g_ptr_array_index(reports, i), reports->len == 1);
}

/* The first FM_MAX_CHANGES; "n_changes" counts all. */
static JsonArray *changes_json(const FmLoadReport *report)
{
    JsonArray *list = json_array_new();
    for (guint i = 0; i < report->changes->len; i++) {
        const FmLoadChange *change = g_ptr_array_index(report->changes, i);
        JsonObject *one = json_object_new();
        cli_json_set_text(one, "id", change->id);
        cli_json_set_text(one, "field", change->field);
        cli_json_set_text(one, "before", change->before);
        cli_json_set_text(one, "after", change->after);
        json_array_add_object_element(list, one);
    }
    return list;
}

static void report_json(const CliContext *context, gint64 run_id, const GPtrArray *reports)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    JsonArray *list = json_array_new();
    for (guint i = 0; i < reports->len; i++) {
        const FmLoadReport *r = g_ptr_array_index(reports, i);
        JsonObject *one = json_object_new();
        cli_json_set_text(one, "layer", r->layer);
        cli_json_set_text(one, "path", r->path);
        cli_json_set_text(one, "crs", r->crs);
        json_object_set_int_member(one, "read", r->n_read);
        json_object_set_int_member(one, "loaded", r->n_loaded);
        json_object_set_int_member(one, "updated", r->n_updated);
        json_object_set_int_member(one, "unchanged", r->n_unchanged);
        json_object_set_int_member(one, "unlocated", r->n_unlocated);
        json_object_set_int_member(one, "rejected", r->n_rejected);
        cli_json_set_text(one, "rejects_file", r->rejects_file);
        JsonArray *mapping = json_array_new();
        for (guint k = 0; k < r->mapping->len; k++)
            json_array_add_string_element(mapping, g_ptr_array_index(r->mapping, k));
        json_object_set_array_member(one, "mapping", mapping);
        json_object_set_int_member(one, "n_changes", r->n_changes);
        json_object_set_array_member(one, "changes", changes_json(r));
        json_array_add_object_element(list, one);
        for (guint k = 0; k < r->warnings->len; k++)
            g_ptr_array_add(warnings,
                            g_strdup_printf("%s: %s", r->layer,
                                            (const char *)g_ptr_array_index(r->warnings, k)));
    }
    cli_print_json(context, run_id, json_node_init_array(json_node_alloc(), list), warnings);
    json_array_unref(list);
}

static gboolean load(CliContext *context, const char *workspace_path, char **paths,
                     const LoadArgs *args, GError **error)
{
    FmLoadOptions options = {
        .strict = args->strict,
        .rejects_path = args->rejects,
        .command_line = context->command_line,
    };
    if (!choose_mode(args, &options.mode, error))
        return FALSE;
    g_autoptr(FmDataset) dataset = NULL;
    g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func((GDestroyNotify)fm_source_free);
    if (!collect_sources(paths, args, &dataset, own, error))
        return FALSE;
    const GPtrArray *sources = dataset != NULL ? dataset->sources : own;
    const char *const inputs[] = {workspace_path, paths[0], NULL};
    if (args->rejects != NULL && !cli_check_output("--rejects", args->rejects, inputs, error))
        return FALSE;

    g_autoptr(FmWorkspace) workspace = fm_workspace_open(workspace_path, FM_OPEN_WRITE, error);
    if (workspace == NULL)
        return FALSE;
    g_autoptr(GPtrArray) reports = NULL;
    gint64 run_id = 0;
    if (!fm_load(workspace, dataset, (const FmSource *const *)sources->pdata, sources->len,
                 &options, &reports, &run_id, &context->progress, error))
        return FALSE;
    report_text(context, reports);
    if (context->json)
        report_json(context, run_id, reports);
    return TRUE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_auto(LoadArgs) a = {0};
    const GOptionEntry entries[] = {
        {"kind", 'k', 0, CLI_STRING, &a.kind,
         "school, hospital, community, area, line, demand, ... (default: LAYER)", "K"},
        {"layer", 'l', 0, CLI_STRING, &a.layer, "layer to write (default: from the file name)",
         "NAME"},
        {"crs", 0, 0, CLI_STRING, &a.crs,
         "what the coordinates are in, such as EPSG:4326, GCJ-02 or BD-09", "C"},
        {"encoding", 0, 0, CLI_STRING, &a.encoding,
         "of a text file, such as GB18030 (default: found out)", "E"},
        {"map", 'm', 0, CLI_STRING, &a.map, "which column is which field: id=编号,name_zh=名称",
         "F=COLUMN,..."},
        {"synonyms", 0, 0, CLI_STRING, &a.synonyms,
         "more headings and status words, like geodata/synonyms.json", "FILE"},
        {"sheet", 0, 0, CLI_STRING, &a.sheet, "sheet or inner layer to read", "NAME"},
        {"x", 0, 0, CLI_STRING, &a.x, "column with the longitude or easting", "COLUMN"},
        {"y", 0, 0, CLI_STRING, &a.y, "column with the latitude or northing", "COLUMN"},
        {"wkt", 0, 0, CLI_STRING, &a.wkt, "column with whole positions: 116.40,39.91, WKT, ...",
         "COLUMN"},
        {"locate-by", 0, 0, CLI_STRING, &a.locate_by,
         "place rows without a position in the area that COLUMN names", "AREA:COLUMN"},
        {"cell", 0, 0, CLI_STRING, &a.cell, "points are centres of square cells of this side",
         "METRES"},
        {"append", 0, 0, G_OPTION_ARG_NONE, &a.append, "add rows to the layer", NULL},
        {"update", 0, 0, G_OPTION_ARG_NONE, &a.update,
         "change rows by id, code, or name and address; add new ones", NULL},
        {"key", 0, 0, CLI_STRING, &a.key, "with --update: what tells rows without ids apart",
         "COLUMN,..."},
        {"replace", 0, 0, G_OPTION_ARG_NONE, &a.replace, "replace the layer whole", NULL},
        {"rejects", 0, 0, CLI_STRING, &a.rejects,
         "where rejected rows go (default: beside the workspace)", "FILE"},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &a.strict, "fail on the first bad row", NULL},
        {"modelled", 0, 0, G_OPTION_ARG_NONE, &a.modelled,
         "the data are modelled or invented; maps must say so", NULL},
        {"title-en", 0, 0, CLI_STRING, &a.title_en, "title of the layer in English", "T"},
        {"title-zh", 0, 0, CLI_STRING, &a.title_zh, "title of the layer in Chinese", "T"},
        {"source", 0, 0, CLI_STRING, &a.source, "where the data come from, for notes on maps", "T"},
        {"licence", 0, 0, CLI_STRING, &a.licence, "licence of the data", "T"},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 2, -1, error))
        return FALSE;
    return load(context, args[0], args + 1, &a, error);
}

const FmCommand cmd_load = {
    .name = "load",
    .synopsis = "WS SOURCE... [OPTION...]",
    .summary = "read facility lists, areas, lines and demand into layers",
    .description =
        "SOURCE is anything GDAL opens (CSV, XLSX, Shapefile, GeoPackage, KML, ...), - for "
        "standard input, or a manifest (dataset.json). Encodings, headings and titles above them "
        "are found out, and said. Bad rows go to the reject file; rows without a position are "
        "loaded as unlocated.\n\n"
        "Coordinates are never guessed: a file that does not say its system needs --crs. Web "
        "maps of China are 300 to 1400 m off: AutoNavi, Tencent are GCJ-02; Baidu is BD-09.",
    .examples = "facmap load city.sqlite geodata/beijing/dataset.json\n"
                "facmap load city.sqlite - --layer school --crs EPSG:4326 < schools.csv\n"
                "facmap load city.sqlite list.xlsx --crs BD-09 --map "
                "id=编号,name_zh=名称 --x 经度 --y 纬度\n",
    .run = run,
};
