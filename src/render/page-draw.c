/* Drawing one page: the map by its style layers, the graticule below the first names, the panel. */
#include "blend.h"
#include "heatmap.h"
#include "job.h"
#include "lines.h"
#include "pattern.h"
#include "raster.h"

/* How much names avoid the lines that show on the map where an inset is from. */
#define OUTLINE_WEIGHT 0.9

static const char *language_name(FmLanguage language)
{
    return language == FM_LANGUAGE_EN ? "en" : language == FM_LANGUAGE_ZH ? "zh" : "both";
}

/* Symbol layers ask for their places before anything is drawn. */
gboolean fm__job_place_symbols(FmRenderJob *job, GError **error)
{
    g_autoptr(GArray) covers = g_array_new(FALSE, FALSE, sizeof(FmPageRect));
    for (guint i = 0; i < job->insets->len; i++)
        g_array_append_val(covers, ((FmRenderJob *)job->insets->pdata[i])->box);
    job->symbols = fm__symbols_new((const FmPageRect *)(const void *)covers->data, covers->len);
    for (gsize i = 0; i < fm_style_n_layers(job->style); i++) {
        const FmStyleLayer *style_layer = fm_style_layer(job->style, i);
        const char *name = fm_style_layer_source_layer(style_layer);
        const FmMapLayer *layer = name ? fm__map_layers_find(job->layers, name) : NULL;
        double zoom = job->frame->zoom;
        if (!layer || !fm__job_has_layer(job, style_layer) ||
            zoom < fm_style_layer_min_zoom(style_layer) ||
            zoom >= fm_style_layer_max_zoom(style_layer))
            continue;
        double obstacle = fm_page_layer_obstacle(style_layer);
        if (fm_style_layer_type(style_layer) != FM_STYLE_SYMBOL) {
            if (obstacle > 0)
                fm__symbols_add_obstacle(job->symbols, style_layer, layer,
                                         fm__map_layers_shapes(job->layers, style_layer), zoom,
                                         obstacle);
        } else if (!fm__symbols_add(job->symbols, style_layer, (guint)i, layer, &job->frame->rect,
                                    zoom, language_name(job->options->language), job->icons,
                                    job->text, error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < job->insets->len; i++) {
        const FmRenderJob *inset = job->insets->pdata[i];
        const FmPageRect on_map = fm__inset_outline(job->frame, inset->frame);
        fm__symbols_add_outline(job->symbols, &on_map, OUTLINE_WEIGHT);
        fm__symbols_leave_names(job->symbols, inset->symbols, inset->inset->names);
    }
    if (job->inset)
        fm__symbols_leave_cut(job->symbols, &job->frame->rect, job->inset->names);
    guint n = fm__symbols_n_covered(job->symbols);
    if (n > 0)
        g_ptr_array_add(job->report->warnings,
                        g_strdup_printf("the inset covers %u %s of the map: give it another "
                                        "corner",
                                        n, n == 1 ? "symbol" : "symbols"));
    fm__symbols_place(job->symbols, job->text, job->frame->rect);
    return TRUE;
}

/* ---- drawing ---------------------------------------------------------------------------- */

static gboolean draw_background(const FmRenderJob *job, const FmStyleLayer *layer,
                                const FmBrush *brush, GError **error)
{
    FmStyleContext context = {NULL, 0, job->frame->zoom, NULL};
    double opacity = fm_style_layer_number(layer, FM_PROP_BACKGROUND_OPACITY, &context);
    g_autofree char *pattern = fm_style_layer_string(layer, FM_PROP_BACKGROUND_PATTERN, &context);
    if (pattern) {
        if (fm__pattern_paint(brush, pattern, opacity, error))
            return TRUE;
        g_prefix_error(error, "layer '%s': ", fm_style_layer_id(layer));
        return FALSE;
    }
    fm__set_source(job->cr, fm_style_layer_color(layer, FM_PROP_BACKGROUND_COLOR, &context),
                   opacity);
    cairo_paint(job->cr);
    return TRUE;
}

static gboolean draw_features(const FmRenderJob *job, const FmStyleLayer *style_layer,
                              const FmMapLayer *layer, const FmBrush *brush, GError **error)
{
    FmStyleProperty key = FM_N_PROPS;
    switch (fm_style_layer_type(style_layer)) {
    case FM_STYLE_FILL:
        key = FM_PROP_FILL_SORT_KEY;
        break;
    case FM_STYLE_LINE:
        key = FM_PROP_LINE_SORT_KEY;
        break;
    case FM_STYLE_CIRCLE:
        key = FM_PROP_CIRCLE_SORT_KEY;
        break;
    case FM_STYLE_BACKGROUND:
    case FM_STYLE_SYMBOL:
    case FM_STYLE_RASTER:
    case FM_STYLE_HEATMAP:
        break;
    }
    g_autoptr(GArray) rows = fm__map_layer_rows(layer, style_layer, key, job->frame->zoom);
    FmShape *const *shapes = fm__map_layers_shapes(job->layers, style_layer);
    gboolean drawn = FALSE;
    const gboolean in_group = cairo_get_group_target(job->cr) != cairo_get_target(job->cr);
    if (fm_style_layer_type(style_layer) == FM_STYLE_LINE && !in_group &&
        !fm__lines_draw(brush, style_layer, layer->table, shapes, rows, &job->frame->rect,
                        job->frame->zoom, job->options->n_threads, &drawn, error))
        return FALSE;
    if (drawn)
        return TRUE;
    for (guint i = 0; i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        FmStyleContext context = {layer->table, row, job->frame->zoom, NULL};
        if (!shapes[row]) /* an area without a dot */
            continue;
        if (!fm__draw_shape(brush, style_layer, shapes[row], &context, error)) {
            g_prefix_error(error, "layer '%s': ", fm_style_layer_id(style_layer));
            return FALSE;
        }
    }
    return TRUE;
}

/* What kind of picture the layer is. */
static gboolean draw_picture(const FmRenderJob *job, gsize i, const FmBrush *brush, GError **error)
{
    const FmStyleLayer *style_layer = fm_style_layer(job->style, i);
    const char *name = fm_style_layer_source_layer(style_layer);
    const FmMapLayer *layer = name ? fm__map_layers_find(job->layers, name) : NULL;
    switch (fm_style_layer_type(style_layer)) {
    case FM_STYLE_BACKGROUND:
        return draw_background(job, style_layer, brush, error);
    case FM_STYLE_SYMBOL:
        return fm__symbols_draw(job->symbols, style_layer, (guint)i, brush, error);
    case FM_STYLE_RASTER:
        return fm__raster_draw(brush, style_layer, job->frame, error);
    case FM_STYLE_HEATMAP:
        return !layer || fm__heatmap_draw(brush, style_layer, layer, job->frame->zoom, error);
    default:
        return !layer || draw_features(job, style_layer, layer, brush, error);
    }
}

static gboolean draw_style_layer(const FmRenderJob *job, gsize i, const FmBrush *brush,
                                 GError **error)
{
    const FmStyleLayer *style_layer = fm_style_layer(job->style, i);
    FmStyleContext context = {NULL, 0, job->frame->zoom, NULL};
    double zoom = job->frame->zoom;
    g_autofree char *visibility = fm_style_layer_string(style_layer, FM_PROP_VISIBILITY, &context);
    if (g_strcmp0(visibility, "none") == 0 || !fm__job_has_layer(job, style_layer) ||
        zoom < fm_style_layer_min_zoom(style_layer) || zoom >= fm_style_layer_max_zoom(style_layer))
        return TRUE;
    const FmBlend blend = fm__blend_begin(job->cr, style_layer, zoom);
    const gboolean ok = draw_picture(job, i, brush, error);
    fm__blend_end(job->cr, &blend);
    return ok;
}

FmFurniture fm__job_furniture(const FmRenderJob *job)
{
    return (FmFurniture){.cr = job->cr,
                         .sheet = &job->sheet,
                         .frame = job->frame,
                         .maps = job->maps,
                         .page = job->page,
                         .style = job->style,
                         .layers = job->layers,
                         .placeholders = job->placeholders,
                         .text = job->text,
                         .icons = job->icons,
                         .language = job->options->language,
                         .logo = job->logo,
                         .atlas = job->atlas,
                         .numbered = job->numbered,
                         .report = job->report,
                         .display_list = job->display_list,
                         .lint = job->lint,
                         .scale = 1};
}

/* What lies on the map and below its names: lines must not run through them. */
static gboolean draw_lines(const FmRenderJob *job, FmFurniture *furniture, GError **error)
{
    if (job->atlas)
        fm__atlas_draw_area(job);
    if (!fm__graticule_draw(furniture, error))
        return FALSE;
    fm__grid_draw(furniture);
    fm__insets_draw_outlines(job);
    return TRUE;
}

gboolean fm__job_draw_map(const FmRenderJob *job, FmFurniture *furniture,
                          const FmProgress *progress, GError **error)
{
    const FmPageRect *rect = &job->frame->rect;
    FmBrush brush = {job->cr, job->icons, job->sheet.device_scale, job->lint != NULL};
    gsize n = fm_style_n_layers(job->style);
    gboolean lines = furniture == NULL;
    for (gsize i = 0; i < n; i++) {
        if (!fm_progress_report(progress, (double)i / (double)n, "drawing", error))
            return FALSE;
        if (!lines && fm_style_layer_type(fm_style_layer(job->style, i)) == FM_STYLE_SYMBOL) {
            lines = TRUE;
            if (!draw_lines(job, furniture, error))
                return FALSE;
        }
        cairo_save(job->cr);
        cairo_rectangle(job->cr, rect->x_px, rect->y_px, rect->width_px, rect->height_px);
        cairo_clip(job->cr);
        gboolean ok = draw_style_layer(job, i, &brush, error);
        cairo_restore(job->cr);
        if (!ok)
            return FALSE;
    }
    return lines || draw_lines(job, furniture, error);
}

/* The map inside its frame with the frame's line, and the insets over it. */
static gboolean draw_single(const FmRenderJob *job, FmFurniture *furniture,
                            const FmProgress *progress, GError **error)
{
    const FmPageRect *rect = &job->frame->rect;
    if (!fm__job_draw_map(job, furniture, progress, error))
        return FALSE;
    fm__numbered_draw(job->numbered, job->cr, job->display_list);
    if (!fm__insets_draw(job, error))
        return FALSE;
    cairo_rectangle(job->cr, rect->x_px, rect->y_px, rect->width_px, rect->height_px);
    fm__set_source(job->cr, FM_INK, 1);
    cairo_set_line_width(job->cr, 0.25 * FM_PX_PER_PT);
    cairo_stroke(job->cr);
    return TRUE;
}

/* The tables below the lowest of the maps. */
static void draw_below(const FmRenderJob *job, FmFurniture *furniture)
{
    const FmPageRect *place = &job->sheet.frame;
    double bottom = job->panes->len == 0 ? fm__rect_bottom_px(place) : 0;
    for (guint i = 0; i < job->panes->len; i++)
        bottom = MAX(bottom, fm__rect_bottom_px(&((FmRenderJob *)job->panes->pdata[i])->box));
    fm__table_draw_below(furniture, place->x_px, bottom + job->sheet.gap_px, place->width_px);
}

gboolean fm__job_draw(FmRenderJob *job, const FmProgress *progress, GError **error)
{
    FmFurniture furniture = fm__job_furniture(job);
    gboolean ok = job->panes->len > 0 ? fm__panes_draw(job, progress, error)
                                      : draw_single(job, &furniture, progress, error);
    if (!ok)
        return FALSE;
    draw_below(job, &furniture);
    return fm__panel_draw(&furniture, error);
}
