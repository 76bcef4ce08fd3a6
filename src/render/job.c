/* Preparing a page of a book: its frame, shapes and symbols. */
#include "job.h"

#include "along.h"
#include "heatmap.h"
#include "lint.h"
#include "raster.h"

#include <math.h>

/* ---- the frame -------------------------------------------------------------------------- */

gboolean fm__job_extend(const FmRenderJob *job, const char *name, const FmPageExpression *filter,
                        FmBounds *bounds, GError **error)
{
    const FmMapLayer *layer = fm__map_layers_find(job->layers, name);
    for (gsize row = 0; layer && row < fm_table_n_rows(layer->table); row++) {
        FmStyleContext context = {layer->table, row, 0, NULL};
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        if (!geometry || (filter && !fm_page_expression_boolean(filter, &context)))
            continue;
        if (!fm__frame_extend(job->frame, geometry, bounds, error)) {
            g_prefix_error(error, "layer '%s': ", name);
            return FALSE;
        }
    }
    return TRUE;
}

/* The bounds of --extent's layer, which need not be one that is drawn. */
static gboolean extend_by_option(const FmRenderJob *job, FmBounds *bounds, GError **error)
{
    const char *name = job->options->extent_layer;
    g_autoptr(FmTable) table = fm_workspace_read(job->book->workspace, name, NULL, NULL, error);
    if (!table) {
        g_prefix_error(error, "--extent: ");
        return FALSE;
    }
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmGeometry *geometry = fm_table_geometry(table, row);
        if (geometry && !fm__frame_extend(job->frame, geometry, bounds, error))
            return FALSE;
    }
    return TRUE;
}

/* What the frame is to show, in its CRS. */
static gboolean find_bounds(const FmRenderJob *job, FmBounds *bounds, GError **error)
{
    const GPtrArray *names = job->page->extent_layers->len > 0 ? job->page->extent_layers
                                                               : fm__map_layers_names(job->layers);
    *bounds = FM_BOUNDS_EMPTY;
    if (job->atlas) {
        const FmGeometry *area = fm_table_geometry(job->atlas->layer->table, job->atlas->row);
        return fm__frame_extend(job->frame, area, bounds, error);
    }
    if (job->options->extent_layer)
        return extend_by_option(job, bounds, error);
    for (guint i = 0; i < names->len; i++)
        if (!fm__job_extend(job, names->pdata[i], job->page->extent_filter, bounds, error))
            return FALSE;
    return TRUE;
}

gboolean fm__job_find_bounds(const FmRenderJob *job, FmBounds *bounds, double *pad_ratio,
                             GError **error)
{
    const FmPageFrame *pane = job->pane;
    if (!pane || pane->extent_layers->len == 0) {
        *pad_ratio = job->atlas ? job->page->atlas->pad_ratio : job->page->extent_pad_ratio;
        return find_bounds(job, bounds, error);
    }
    *bounds = FM_BOUNDS_EMPTY;
    *pad_ratio = pane->extent_pad_ratio;
    for (guint i = 0; i < pane->extent_layers->len; i++)
        if (!fm__job_extend(job, pane->extent_layers->pdata[i], pane->extent_filter, bounds, error))
            return FALSE;
    return TRUE;
}

void fm__job_set_scale(FmRenderJob *job)
{
    const FmPageScale *asked = job->scale;
    FmFrame *frame = job->frame;
    double fitted = frame->fitted_denominator;
    if (asked->rule == FM_PAGE_SCALE_FIT)
        fm__frame_set_scale(frame, &job->sheet, fitted);
    if (asked->rule != FM_PAGE_SCALE_FIXED)
        return;
    fm__frame_set_scale(frame, &job->sheet, asked->denominator);
    if (asked->denominator < fitted * (1 - 1e-9)) {
        g_autofree char *given = fm_format_count((gint64)llround(asked->denominator));
        g_autofree char *needed = fm_format_count((gint64)llround(fitted));
        g_ptr_array_add(job->report->warnings,
                        g_strdup_printf("at 1:%s the frame does not show all of the extent, which "
                                        "needs 1:%s on this page",
                                        given, needed));
    }
}

/* Take the room of the tables below the map from it. */
static gboolean make_room(FmRenderJob *job, GError **error)
{
    const double most_ratio = 0.6;
    FmPageRect *frame = &job->sheet.frame;
    g_autoptr(FmRenderReport) unsaid = fm__report_new(); /* it is said when they are drawn */
    FmFurniture measure = fm__job_furniture(job);
    measure.cr = NULL;
    measure.placeholders = job->book->words;
    measure.report = unsaid;
    double height = fm__table_draw_below(&measure, 0, 0, frame->width_px);
    if (height == 0)
        return TRUE;
    height += job->sheet.gap_px;
    if (height > frame->height_px * most_ratio) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "metadata.facmap:table: the tables below the map would leave it no room: "
                    "give them a lower limit, or a place in the panel");
        return FALSE;
    }
    frame->height_px -= height;
    return TRUE;
}

/* Shapes of all layers, once the frame has its place and scale. */
static gboolean project(FmRenderJob *job, const FmProgress *progress, GError **error)
{
    const double heat_px = fm__heatmap_reach_px(job->style, job->layers, job->frame->zoom);
    const FmPageRect clip = fm__rect_grow(job->frame->rect, MAX(FM_CLIP_MARGIN_PX, heat_px));
    fm__along_keep_whole(job->style, job->layers);
    return fm__rasters_check(job->style, job->frame, error) &&
           fm__map_layers_project(job->layers, job->frame, &clip, job->options->n_threads, progress,
                                  error) &&
           fm__map_layers_derive(job->layers, job->style, job->frame, &clip, error);
}

static gboolean make_map(FmRenderJob *job, const FmProgress *progress, GError **error)
{
    FmBounds bounds;
    double pad_ratio = 0;
    job->frame = fm__frame_copy(job->book->frame, error);
    if (!job->frame || !make_room(job, error))
        return FALSE;
    if (job->page->maps || job->page->multiples)
        return fm__panes_make(job, progress, error);
    if (!fm__job_find_bounds(job, &bounds, &pad_ratio, error) ||
        !fm__frame_fit(job->frame, &job->sheet, bounds, pad_ratio, error))
        return FALSE;
    fm__job_set_scale(job);
    return project(job, progress, error);
}

/* What furniture is told of the maps. */
static void list_maps(FmRenderJob *job)
{
    const FmFurnitureMap own = {job->frame, job->layers, NULL};
    for (guint i = 0; i < job->panes->len; i++) {
        const FmRenderJob *pane = job->panes->pdata[i];
        FmFurnitureMap map = {pane->frame, pane->layers, pane->pane ? pane->pane->layers : NULL};
        g_array_append_val(job->maps, map);
    }
    if (job->panes->len == 0)
        g_array_append_val(job->maps, own);
}

static gboolean place_symbols(FmRenderJob *job, GError **error)
{
    for (guint i = 0; i < job->panes->len; i++)
        if (!fm__job_place_symbols(job->panes->pdata[i], error))
            return FALSE;
    if (job->panes->len > 0)
        return TRUE;
    if (!fm__insets_make(job, NULL, error) || !fm__job_place_symbols(job, error))
        return FALSE;
    if (job->page->numbers_unplaced) {
        g_autoptr(GPtrArray) insets = g_ptr_array_new();
        for (guint i = 0; i < job->insets->len; i++)
            g_ptr_array_add(insets, ((FmRenderJob *)job->insets->pdata[i])->symbols);
        job->numbered = fm__numbered_new(job->symbols, insets, job->text, job->frame->rect);
    }
    return TRUE;
}

gboolean fm__job_prepare(FmRenderJob *job, const FmRenderBook *book, const FmRenderOptions *options,
                         const FmAtlasPage *atlas, const FmProgress *progress, GError **error)
{
    *job = (FmRenderJob){.book = book,
                         .style = book->style,
                         .page = book->page,
                         .options = options,
                         .atlas = atlas,
                         .scale = &book->scale,
                         .report = fm__report_new()};
    const char *icons_dir = options->icons_dir ? options->icons_dir : "icons";
    job->icons = fm__icon_set_new(icons_dir);
    job->text = fm__text_context_new();
    job->display_list = options->display_list ? g_string_new(NULL) : NULL;
    job->insets = g_ptr_array_new_with_free_func((GDestroyNotify)fm__child_free);
    job->panes = g_ptr_array_new_with_free_func((GDestroyNotify)fm__child_free);
    job->maps = g_array_new(FALSE, FALSE, sizeof(FmFurnitureMap));
    job->layers = fm__map_layers_view(book->layers);
    if (job->page->logo) {
        job->logo = fm__logo_new(job->page->logo, job->icons, icons_dir, error);
        if (!job->logo)
            return FALSE;
    }
    for (guint i = 0; i < book->warnings->len; i++)
        g_ptr_array_add(job->report->warnings, g_strdup(book->warnings->pdata[i]));
    if (atlas)
        fm__map_layers_set_area(job->layers, job->style, job->page, atlas->row);
    if (!fm__sheet_init(&job->sheet, job->page, options->size, options->dpi, error) ||
        !make_map(job, progress, error))
        return FALSE;
    list_maps(job);
    g_autoptr(GPtrArray) frames = g_ptr_array_new();
    for (guint i = 0; i < job->panes->len; i++)
        g_ptr_array_add(frames, ((FmRenderJob *)job->panes->pdata[i])->frame);
    if (frames->len == 0)
        g_ptr_array_add(frames, job->frame);
    job->placeholders =
        fm__placeholders_of_page(book->words, job->page, job->layers, frames, atlas);
    if (!place_symbols(job, error))
        return FALSE;
    if (options->lint)
        job->report->findings = fm__lint_page(job, book->document, error);
    return !options->lint || job->report->findings;
}

void fm__job_clear(FmRenderJob *job)
{
    g_clear_pointer(&job->insets, g_ptr_array_unref);
    g_clear_pointer(&job->panes, g_ptr_array_unref);
    g_clear_pointer(&job->maps, g_array_unref);
    fm__numbered_free(job->numbered); /* borrows from the symbols */
    fm__symbols_free(job->symbols);   /* borrows from the layers */
    fm__placeholders_free(job->placeholders);
    fm__map_layers_free(job->layers);
    fm__frame_free(job->frame);
    fm__logo_free(job->logo);
    if (job->icons)
        fm__icon_set_free(job->icons);
    fm__text_context_free(job->text);
    g_clear_pointer(&job->cr, cairo_destroy);
    if (job->display_list)
        g_string_free(job->display_list, TRUE);
    fm_render_report_free(job->report);
}

/* ---- other maps of the page ------------------------------------------------------------- */

FmRenderJob *fm__child_new(const FmRenderJob *job)
{
    FmRenderJob *child = g_new(FmRenderJob, 1);
    *child = *job;
    child->frame = NULL;
    child->layers = NULL;
    child->symbols = NULL;
    child->maps = NULL;
    child->insets = g_ptr_array_new();
    child->panes = g_ptr_array_new();
    child->title_en = child->title_zh = NULL;
    return child;
}

void fm__child_free(FmRenderJob *child)
{
    if (!child)
        return;
    g_ptr_array_unref(child->insets);
    g_ptr_array_unref(child->panes);
    fm__symbols_free(child->symbols);
    fm__map_layers_free(child->layers);
    fm__frame_free(child->frame);
    g_free(child->title_en);
    g_free(child->title_zh);
    g_free(child);
}

void fm__child_view(FmRenderJob *child)
{
    child->layers = fm__map_layers_view(child->book->layers);
    if (child->atlas)
        fm__map_layers_set_area(child->layers, child->style, child->page, child->atlas->row);
}

gboolean fm__child_project(FmRenderJob *child, const FmProgress *progress, GError **error)
{
    return project(child, progress, error);
}

gboolean fm__job_has_layer(const FmRenderJob *job, const FmStyleLayer *layer)
{
    FmFurnitureMap map = {job->frame, job->layers, job->pane ? job->pane->layers : NULL};
    return fm__furniture_map_has(&map, layer);
}
