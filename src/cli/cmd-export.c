/* facmap export: layers out of the workspace. */

#include "cli.h"

static void report_json(const CliContext *context, const FmExportReport *report)
{
    JsonObject *result = json_object_new();
    json_object_set_int_member(result, "layers", report->n_layers);
    json_object_set_int_member(result, "rows", report->n_rows);
    JsonArray *files = json_array_new();
    for (guint i = 0; i < report->files->len; i++)
        json_array_add_string_element(files, g_ptr_array_index(report->files, i));
    json_object_set_array_member(result, "files", files);
    cli_print_json(context, 0, json_node_init_object(json_node_alloc(), result), report->warnings);
    json_object_unref(result);
}

static gboolean export(CliContext *context, char **args, const char *style_name,
                       FmExportOptions *options, GError **error)
{
    g_autofree char *icons_dir = NULL;
    g_autoptr(FmStyle) style = NULL;
    if (style_name != NULL) {
        style = cli_open_style(style_name, &icons_dir, error);
        if (style == NULL)
            return FALSE;
    }
    const char *const inputs[] = {args[0], style_name, NULL};
    if (options->overwrite && !cli_check_output("FILE", args[1], inputs, error))
        return FALSE;
    options->style = style;
    options->icons_dir = icons_dir;
    g_autoptr(FmWorkspace) workspace = fm_workspace_open(args[0], FM_OPEN_READ, error);
    if (workspace == NULL)
        return FALSE;
    g_autoptr(FmExportReport) report =
        fm_export(workspace, args[1], options, &context->progress, error);
    if (report == NULL)
        return FALSE;
    g_autofree char *rows = fm_format_count(report->n_rows);
    for (guint i = 0; i < report->files->len; i++)
        cli_say(context, "%s\n", (const char *)g_ptr_array_index(report->files, i));
    cli_say(context, "%" G_GINT64_FORMAT " %s, %s %s\n", report->n_layers,
            report->n_layers == 1 ? "layer" : "layers", rows, report->n_rows == 1 ? "row" : "rows");
    cli_warn_all(context, report->warnings);
    if (context->json)
        report_json(context, report);
    return TRUE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_autofree char *style = NULL;
    gboolean bom = FALSE, overwrite = FALSE;
    const GOptionEntry entries[] = {
        {"style", 0, 0, CLI_STRING, &style,
         "GeoPackage: draw the layers as this map document does (a file or a shipped name)",
         "STYLE"},
        {"bom", 0, 0, G_OPTION_ARG_NONE, &bom,
         "CSV: begin with a UTF-8 byte order mark, so that Excel shows Chinese", NULL},
        {"overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, "replace files that exist", NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 2, -1, error))
        return FALSE;
    FmExportOptions options = {
        .layers = args[2] != NULL ? (const char *const *)(args + 2) : NULL,
        .csv_bom = bom,
        .overwrite = overwrite,
    };
    return export(context, args, style, &options, error);
}

const FmCommand cmd_export = {
    .name = "export",
    .synopsis = "WS FILE.gpkg|.geojson|.csv [LAYER...] [OPTION...]",
    .summary = "write layers as GeoPackage, GeoJSON or CSV",
    .description =
        "Writes the named layers, or all. A GeoPackage holds them in one file with column titles "
        "in both languages, sources, the run log and, with --style, how QGIS draws them. GeoJSON "
        "and CSV hold one layer a file.",
    .examples = "facmap export city.sqlite city.gpkg --style layout\n"
                "facmap export city.sqlite schools.csv school --bom\n",
    .run = run,
};
