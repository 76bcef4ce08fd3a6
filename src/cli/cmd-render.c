/* facmap render: a map document and a workspace into a page. */

#include "cli.h"

#include <math.h>

typedef struct {
    char *output, *size, *language, *extent, *results, *display_list, *atlas, *only, *by, *scale;
    double dpi;
    int colors;
    gboolean lint;
} RenderArgs;

static void render_args_clear(RenderArgs *a)
{
    char **texts[] = {&a->output,       &a->size,  &a->language, &a->extent, &a->results,
                      &a->display_list, &a->atlas, &a->only,     &a->by,     &a->scale};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RenderArgs, render_args_clear)

static gboolean choose_language(const char *text, FmLanguage *language, GError **error)
{
    const struct {
        const char *name;
        FmLanguage language;
    } names[] = {{"both", FM_LANGUAGE_BOTH}, {"en", FM_LANGUAGE_EN}, {"zh", FM_LANGUAGE_ZH}};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (text == NULL || strcmp(text, names[i].name) == 0) {
            *language = names[i].language;
            return TRUE;
        }
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--lang %s: must be both, en or zh", text);
    return FALSE;
}

/* path: NULL when nothing is written */
static gboolean is_tiff(const char *path)
{
    g_autofree char *lower = path != NULL ? g_ascii_strdown(path, -1) : NULL;
    return lower != NULL && (g_str_has_suffix(lower, ".tif") || g_str_has_suffix(lower, ".tiff"));
}

static gboolean check_colors(const RenderArgs *a, GError **error)
{
    if (a->colors == 0 || a->output == NULL)
        return TRUE;
    if (a->colors < 2 || a->colors > 256) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--colors %d: choose 2 to 256", a->colors);
        return FALSE;
    }
    g_autofree char *lower = g_ascii_strdown(a->output, -1);
    if (g_str_has_suffix(lower, ".png") || is_tiff(a->output))
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "--colors: only a PNG or GeoTIFF has a palette, not %s", a->output);
    return FALSE;
}

static JsonArray *text_array(const GPtrArray *texts)
{
    JsonArray *array = json_array_new();
    for (guint i = 0; i < texts->len; i++)
        json_array_add_string_element(array, g_ptr_array_index(texts, i));
    return array;
}

static JsonArray *finding_array(const GPtrArray *findings)
{
    JsonArray *array = json_array_new();
    for (guint i = 0; i < findings->len; i++) {
        const FmLintFinding *finding = g_ptr_array_index(findings, i);
        JsonObject *object = json_object_new();
        cli_json_set_text(object, "rule", fm_lint_rule_name(finding->rule));
        if (isfinite(finding->x_mm)) {
            json_object_set_double_member(object, "x_mm", finding->x_mm);
            json_object_set_double_member(object, "y_mm", finding->y_mm);
        }
        cli_json_set_text(object, "layer", finding->layer);
        cli_json_set_text(object, "path", finding->path);
        cli_json_set_text(object, "message", finding->message);
        json_array_add_object_element(array, object);
    }
    return array;
}

/* What is known of one page, or of an atlas as a whole. */
static JsonObject *report_object(const FmRenderReport *report)
{
    JsonObject *result = json_object_new();
    if (report->file != NULL)
        cli_json_set_text(result, "file", report->file);
    if (report->page > 0) {
        json_object_set_int_member(result, "page", report->page);
        cli_json_set_text(result, "id", report->id);
        cli_json_set_text(result, "name_en", report->name_en);
        cli_json_set_text(result, "name_zh", report->name_zh);
    }
    json_object_set_int_member(result, "width_px", report->width_px);
    json_object_set_int_member(result, "height_px", report->height_px);
    if (report->pages == NULL)
        json_object_set_double_member(result, "scale_denominator", report->scale_denominator);
    cli_json_set_text(result, "crs", report->crs);
    json_object_set_int_member(result, "symbols", report->n_symbols);
    json_object_set_int_member(result, "labels", report->n_labels);
    json_object_set_array_member(result, "unplaced", text_array(report->unplaced));
    json_object_set_array_member(result, "missing_glyphs", text_array(report->missing_glyphs));
    if (report->findings != NULL)
        json_object_set_array_member(result, "findings", finding_array(report->findings));
    return result;
}

/* Findings of the page, or of all pages of an atlas. */
static guint count_findings(const FmRenderReport *report)
{
    guint n = report->findings != NULL ? report->findings->len : 0;
    for (guint i = 0; report->pages != NULL && i < report->pages->len; i++)
        n += count_findings(g_ptr_array_index(report->pages, i));
    return n;
}

static void say_findings(const CliContext *context, const FmRenderReport *report)
{
    for (guint i = 0; report->findings != NULL && i < report->findings->len; i++) {
        g_autofree char *text = fm_lint_finding_text(g_ptr_array_index(report->findings, i));
        g_autofree char *page =
            report->page > 0
                ? g_strdup_printf("page %u (%s): ", report->page, report->id ? report->id : "no id")
                : g_strdup("");
        cli_say(context, "%s%s\n", page, text);
    }
    for (guint i = 0; report->pages != NULL && i < report->pages->len; i++)
        say_findings(context, g_ptr_array_index(report->pages, i));
}

static void report_json(const CliContext *context, const FmRenderReport *report)
{
    JsonObject *result = report_object(report);
    if (report->pages != NULL) {
        JsonArray *pages = json_array_new();
        for (guint i = 0; i < report->pages->len; i++)
            json_array_add_object_element(pages,
                                          report_object(g_ptr_array_index(report->pages, i)));
        json_object_set_array_member(result, "pages", pages);
    }
    cli_print_json(context, 0, json_node_init_object(json_node_alloc(), result), report->warnings);
    json_object_unref(result);
}

static void say_page(const CliContext *context, const char *name, const FmRenderReport *report)
{
    g_autofree char *scale = fm_format_count((gint64)(report->scale_denominator + 0.5));
    cli_say(context, "%s: %d x %d px, 1:%s, %s, %" G_GINT64_FORMAT " %s, %" G_GINT64_FORMAT " %s\n",
            name, report->width_px, report->height_px, scale, report->crs, report->n_symbols,
            report->n_symbols == 1 ? "symbol" : "symbols", report->n_labels,
            report->n_labels == 1 ? "label" : "labels");
}

static void report_text(const CliContext *context, const FmRenderReport *report)
{
    if (report->pages == NULL && report->file != NULL)
        say_page(context, report->file, report);
    for (guint i = 0; report->pages != NULL && i < report->pages->len; i++) {
        const FmRenderReport *page = g_ptr_array_index(report->pages, i);
        if (report->file == NULL && page->file == NULL)
            continue; /* only looked at */
        g_autofree char *name =
            g_strdup_printf("%s, page %u (%s)", report->file, page->page, page->id);
        say_page(context, page->file != NULL ? page->file : name, page);
    }
    cli_warn_all(context, report->warnings);
    if (report->unplaced->len > 0) {
        g_autofree char *note = g_strdup_printf("%u %s found no place", report->unplaced->len,
                                                report->unplaced->len == 1 ? "label" : "labels");
        g_autoptr(GPtrArray) notes = g_ptr_array_new();
        g_ptr_array_add(notes, note);
        cli_warn_all(context, notes);
    }
    cli_warn_all(context, report->missing_glyphs);
}

static gboolean check_outputs(char **args, const RenderArgs *a, GError **error)
{
    const char *const inputs[] = {args[0], args[1], NULL};
    if (a->output != NULL && !cli_check_output("-o", a->output, inputs, error))
        return FALSE;
    if (a->display_list == NULL)
        return TRUE;
    if (a->output == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--display-list needs -o FILE");
        return FALSE;
    }
    if (strcmp(a->display_list, a->output) == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--display-list %s: the map has this name: choose another", a->output);
        return FALSE;
    }
    return cli_check_output("--display-list", a->display_list, inputs, error);
}

static gboolean draw(CliContext *context, char **args, const RenderArgs *a, GError **error)
{
    g_autofree char *icons_dir = NULL;
    FmRenderOptions options = {
        .size = a->size,
        .dpi = a->dpi,
        .extent_layer = a->extent,
        .atlas_layer = a->atlas,
        .atlas_only = a->only,
        .by = a->by,
        .scale = a->scale,
        .results = a->results,
        .display_list = a->display_list,
        .command_line = context->command_line,
        .n_colors = (guint)a->colors,
        .lint = a->lint,
        .n_threads = (guint)context->threads,
    };
    if (!check_colors(a, error) || !choose_language(a->language, &options.language, error))
        return FALSE;
    g_autoptr(FmStyle) style = cli_open_style(args[1], &icons_dir, error);
    if (style == NULL)
        return FALSE;
    options.icons_dir = icons_dir;
    if (!check_outputs(args, a, error))
        return FALSE;
    g_autoptr(FmWorkspace) workspace = fm_workspace_open(args[0], FM_OPEN_READ, error);
    if (workspace == NULL)
        return FALSE;
    g_autoptr(FmRenderReport) report = (is_tiff(a->output) ? fm_export_geotiff : fm_render_page)(
        workspace, style, a->output, &options, &context->progress, error);
    if (report == NULL)
        return FALSE;
    if (context->json)
        report_json(context, report);
    else
        report_text(context, report);
    say_findings(context, report);
    guint n = count_findings(report);
    if (n == 0)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_DATA, "--lint: %u finding%s in %s", n, n > 1 ? "s" : "",
                args[1]);
    return FALSE;
}

static gboolean run(CliContext *context, char **args, GError **error)
{
    g_auto(RenderArgs) a = {0};
    const GOptionEntry entries[] = {
        {"output", 'o', 0, CLI_STRING, &a.output, "file to write: .png, .pdf, .svg or .tif",
         "FILE"},
        {"size", 0, 0, CLI_STRING, &a.size,
         "page: A4, A3-portrait, ..., 600x400mm, 16:9 or 1920x1080 (default: the style's)", "SIZE"},
        {"dpi", 0, 0, G_OPTION_ARG_DOUBLE, &a.dpi,
         "pixels an inch (default: 300, or 96 for a size in pixels)", "N"},
        {"colors", 0, 0, G_OPTION_ARG_INT, &a.colors,
         "a PNG or .tif with a palette of at most N colours, 2 to 256: a third of the size", "N"},
        {"lang", 0, 0, CLI_STRING, &a.language, "both (default), en or zh", "L"},
        {"extent", 0, 0, CLI_STRING, &a.extent, "fit the map to this layer", "LAYER"},
        {"atlas", 0, 0, CLI_STRING, &a.atlas,
         "a page for each area of this layer: -o FILE.pdf, or a name with {id}", "LAYER"},
        {"only", 0, 0, CLI_STRING, &a.only, "only these pages of the atlas", "ID,..."},
        {"by", 0, 0, CLI_STRING, &a.by, "a map for each value of this field: small multiples",
         "FIELD"},
        {"scale", 0, 0, CLI_STRING, &a.scale,
         "1:50000, or round (default) or fit for what shows the extent", "SCALE"},
        {"use", 0, 0, CLI_STRING, &a.results,
         "draw another layer where the style says NAME, such as coverage=schools_2020",
         "NAME=LAYER,..."},
        {"display-list", 0, 0, CLI_STRING, &a.display_list,
         "also write what was placed where, as text", "FILE"},
        {"lint", 0, 0, G_OPTION_ARG_NONE, &a.lint,
         "list what is wrong with the page, and fail on a finding; without -o nothing is written",
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!cli_options(context, entries, args, 2, 2, error) ||
        (!a.lint && !cli_require("-o FILE", a.output, error)))
        return FALSE;
    return draw(context, args, &a, error);
}

const FmCommand cmd_render = {
    .name = "render",
    .synopsis = "WS STYLE -o FILE [OPTION...]",
    .summary = "draw a map page",
    .description =
        "Draws the layers of WS by a map document, a MapLibre style whose metadata describe the "
        "page. STYLE is a file or the name of a shipped one, such as layout, coverage, districts, "
        "dots or atlas (a name that is none lists them). Beside a PNG a world file and the "
        "coordinate system are written, so that GIS software places it; a .tif is a GeoTIFF; a "
        "PDF or SVG holds its text as text.",
    .examples = "facmap render city.sqlite layout -o layout.png\n"
                "facmap render city.sqlite coverage -o slide.png --size 1920x1080 --lang zh\n"
                "facmap render city.sqlite atlas -o atlas.pdf\n"
                "facmap render city.sqlite layout -o stages.png --by status\n",
    .run = run,
};
