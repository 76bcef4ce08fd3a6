/* Map lint: draws the page without its texts, which are noted instead, and lets the rules look. */
#include "lint.h"

#include "label-draw.h"
#include "lint-note.h"
#include "symbols-internal.h"

#include <math.h>
#include <string.h>

static const char *const RULES[FM_N_LINTS] = {"overlap",      "clipped",       "glyph",
                                              "small",        "contrast",      "classes",
                                              "legend-empty", "legend-absent", "scale"};

const char *fm_lint_rule_name(FmLintRule rule)
{
    g_return_val_if_fail(rule < FM_N_LINTS, NULL);
    return RULES[rule];
}

void fm_lint_finding_free(FmLintFinding *finding)
{
    if (!finding)
        return;
    g_free(finding->layer);
    g_free(finding->path);
    g_free(finding->message);
    g_free(finding);
}

char *fm_lint_finding_text(const FmLintFinding *finding)
{
    g_autofree char *at = isfinite(finding->x_mm)
                              ? g_strdup_printf(" at %.0f, %.0f mm", finding->x_mm, finding->y_mm)
                              : g_strdup("");
    g_autofree char *layer =
        finding->layer ? g_strdup_printf(" '%s'", finding->layer) : g_strdup("");
    return g_strdup_printf("%s%s, %s%s: %s", fm_lint_rule_name(finding->rule), at, finding->path,
                           layer, finding->message);
}

/* ---- findings --------------------------------------------------------------------------- */

/* Where the layer stands in the document that the user wrote: layers of features without a value
 * were added to it. */
static char *layer_path(const FmLint *lint, const FmStyleLayer *layer, const char *property)
{
    const char *id = fm_style_layer_id(layer);
    g_autofree char *stem =
        g_str_has_suffix(id, "-no-data") ? g_strndup(id, strlen(id) - strlen("-no-data")) : NULL;
    for (gsize i = 0; i < fm_style_n_layers(lint->document); i++) {
        const char *other = fm_style_layer_id(fm_style_layer(lint->document, i));
        if (strcmp(other, id) == 0 || g_strcmp0(other, stem) == 0)
            return g_strdup_printf("layers[%" G_GSIZE_FORMAT "]%s%s", i, property ? "." : "",
                                   property ? property : "");
    }
    return g_strdup("layers");
}

void fm__lint_add(FmLint *lint, FmLintRule rule, const FmPagePoint *at, const FmStyleLayer *layer,
                  const char *property, const char *format, ...)
{
    const double mm_per_px = lint->job->sheet.type_scale / FM_PX_PER_MM;
    FmLintFinding *finding = g_new0(FmLintFinding, 1);
    va_list args;
    va_start(args, format);
    finding->message = g_strdelimit(g_strdup_vprintf(format, args), "\n", ' ');
    va_end(args);
    finding->rule = rule;
    finding->x_mm = at ? at->x_px * mm_per_px : (double)NAN;
    finding->y_mm = at ? at->y_px * mm_per_px : (double)NAN;
    finding->layer = layer ? g_strdup(fm_style_layer_id(layer)) : NULL;
    finding->path =
        layer ? layer_path(lint, layer, property) : g_strdup(property ? property : "metadata");
    g_ptr_array_add(lint->findings, finding);
}

void fm__lint_each_map(const FmLint *lint, void (*visit)(FmLint *lint, const FmRenderJob *map),
                       FmLint *user)
{
    const FmRenderJob *job = lint->job;
    if (job->panes->len == 0)
        visit(user, job);
    for (guint i = 0; i < job->panes->len; i++)
        visit(user, job->panes->pdata[i]);
    for (guint i = 0; i < job->insets->len; i++)
        visit(user, job->insets->pdata[i]);
}

gboolean fm__lint_is_drawn(const FmRenderJob *map, const FmStyleLayer *layer)
{
    const double zoom = map->frame->zoom;
    const FmStyleContext none = {NULL, 0, zoom, NULL};
    g_autofree char *visibility = fm_style_layer_string(layer, FM_PROP_VISIBILITY, &none);
    return fm__job_has_layer(map, layer) && g_strcmp0(visibility, "none") != 0 &&
           zoom >= fm_style_layer_min_zoom(layer) && zoom < fm_style_layer_max_zoom(layer);
}

/* ---- texts ------------------------------------------------------------------------------ */

static void text_clear(gpointer data)
{
    FmLintText *text = data;
    g_free(text->words);
    g_array_unref(text->boxes);
}

void fm__lint_note(FmLint *lint, const char *words, FmPageRect box, double size_px, FmColor color)
{
    FmLintText text = {.words = g_strdup(words),
                       .boxes = g_array_new(FALSE, FALSE, sizeof(FmTurnedBox)),
                       .size_pt = size_px / FM_PX_PER_PT * lint->job->sheet.type_scale,
                       .color = color};
    const FmTurnedBox turned = fm__turned_box(box);
    g_array_append_val(text.boxes, turned);
    g_array_append_val(lint->texts, text);
}

static gboolean is_blank(const char *text)
{
    return !text || text[strspn(text, " \n\t")] == '\0';
}

static gboolean is_wordless(const FmLabelRequest *request)
{
    for (gsize i = 0; i < request->n_sections; i++)
        if (!is_blank(request->sections[i].text))
            return FALSE;
    return TRUE;
}

static double least_scale(const FmLabelRequest *request)
{
    double least = G_MAXDOUBLE;
    for (gsize i = 0; i < request->n_sections; i++)
        if (!is_blank(request->sections[i].text))
            least = MIN(least, request->sections[i].font_scale);
    return least < G_MAXDOUBLE ? least : 1;
}

static void note_labels(FmLint *lint, const FmRenderJob *map)
{
    const FmSymbols *symbols = map->symbols;
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request =
            &g_array_index(symbols->requests, FmLabelRequest, placed->request);
        if (!placed->text)
            continue;
        const FmTextStyle *style = &request->style;
        FmLintText text = {.words = fm__label_text(request),
                           .boxes = fm__label_boxes(placed),
                           .size_pt = style->size_px * least_scale(request) / FM_PX_PER_PT *
                                      lint->job->sheet.type_scale,
                           .color = style->color,
                           .halo =
                               style->halo_width_px > 0 ? style->halo_color : (FmColor){0, 0, 0, 0},
                           .layer = fm_style_find_layer(map->style, request->layer_id),
                           .map = map,
                           .anchor = request->anchor,
                           .wordless = is_wordless(request)};
        g_array_append_val(lint->texts, text);
    }
}

/* ---- the page --------------------------------------------------------------------------- */

static void set_lint(FmRenderJob *job, FmLint *lint)
{
    job->lint = lint;
    for (guint i = 0; i < job->panes->len; i++)
        ((FmRenderJob *)job->panes->pdata[i])->lint = lint;
    for (guint i = 0; i < job->insets->len; i++)
        ((FmRenderJob *)job->insets->pdata[i])->lint = lint;
}

/* Draw what is under the texts.  The job is left as it was. */
static gboolean draw_ground(FmLint *lint, GError **error)
{
    FmRenderJob *job = lint->job;
    g_autoptr(FmRenderReport) ignored = fm__report_new();
    FmRenderReport *report = job->report;
    cairo_t *cr = job->cr;
    GString *list = job->display_list;
    job->cr = cairo_create(lint->ground);
    job->report = ignored;
    job->display_list = NULL;
    cairo_set_source_rgb(job->cr, 1, 1, 1);
    cairo_paint(job->cr);
    set_lint(job, lint);
    gboolean ok = fm__job_draw(job, NULL, error);
    set_lint(job, NULL);
    cairo_destroy(job->cr);
    job->cr = cr;
    job->report = report;
    job->display_list = list;
    cairo_surface_flush(lint->ground);
    return ok;
}

static void note_map(FmLint *lint, const FmRenderJob *map)
{
    if (map->symbols)
        note_labels(lint, map);
}

GPtrArray *fm__lint_page(FmRenderJob *job, const FmStyle *document, GError **error)
{
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(FmLintText));
    g_autoptr(GPtrArray) findings =
        g_ptr_array_new_with_free_func((GDestroyNotify)fm_lint_finding_free);
    FmLint lint = {document, job, NULL, texts, findings};
    g_array_set_clear_func(texts, text_clear);
    lint.ground = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(job->sheet.width_px),
                                             (int)ceil(job->sheet.height_px));
    gboolean ok = draw_ground(&lint, error);
    if (ok) {
        fm__lint_each_map(&lint, note_map, &lint);
        fm__lint_texts(&lint);
        fm__lint_contrast(&lint);
        fm__lint_classes(&lint);
        fm__lint_legend(&lint);
        fm__lint_scale(&lint);
    }
    cairo_surface_destroy(lint.ground);
    return ok ? g_steal_pointer(&findings) : NULL;
}
