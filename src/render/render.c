/* From a workspace and a map document to files: read, fit the frame, draw (page-draw.c), write. */
#include <facmap/render.h>

#include "job.h"
#include "output.h"

#include <math.h>

/* Geometry is kept this far beyond the frame, so that strokes along the cut stay unseen. */
#define CLIP_MARGIN_PX 48.0

static void job_clear(FmRenderJob *job)
{
    fm__symbols_free(job->symbols); /* borrows from the layers */
    fm__placeholders_free(job->placeholders);
    fm__map_layers_free(job->layers);
    fm__frame_free(job->frame);
    fm__icon_set_free(job->icons);
    fm__text_context_free(job->text);
    fm__inset_free(job->inset);
    fm_page_free(job->page);
    fm_style_free(job->classed);
    g_clear_pointer(&job->cr, cairo_destroy);
    if (job->display_list)
        g_string_free(job->display_list, TRUE);
    fm_render_report_free(job->report);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmRenderJob, job_clear)

void fm_render_report_free(FmRenderReport *report)
{
    if (!report)
        return;
    g_free(report->crs);
    g_ptr_array_unref(report->unplaced);
    g_ptr_array_unref(report->missing_glyphs);
    g_ptr_array_unref(report->warnings);
    g_free(report);
}

static FmRenderReport *report_new(void)
{
    FmRenderReport *report = g_new0(FmRenderReport, 1);
    report->unplaced = g_ptr_array_new_with_free_func(g_free);
    report->missing_glyphs = g_ptr_array_new_with_free_func(g_free);
    report->warnings = g_ptr_array_new_with_free_func(g_free);
    return report;
}

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
    g_autoptr(FmTable) table = fm_workspace_read(job->workspace, name, NULL, NULL, error);
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

static gboolean fit_frame(FmRenderJob *job, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *crs = fm_workspace_get(job->workspace, "crs", &cause);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (!crs) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                    "the workspace has no projected CRS yet: load a layer, or give one to init");
        return FALSE;
    }
    job->frame = fm__frame_new(crs, error);
    if (!job->frame)
        return FALSE;
    FmBounds bounds = FM_BOUNDS_EMPTY;
    const GPtrArray *names = job->page->extent_layers->len > 0 ? job->page->extent_layers
                                                               : fm__map_layers_names(job->layers);
    if (job->options->extent_layer && !extend_by_option(job, &bounds, error))
        return FALSE;
    for (guint i = 0; i < names->len && !job->options->extent_layer; i++)
        if (!fm__job_extend(job, names->pdata[i], job->page->extent_filter, &bounds, error))
            return FALSE;
    return fm__frame_fit(job->frame, &job->sheet, bounds, job->page->extent_pad_ratio, error);
}

/* ---- preparing -------------------------------------------------------------------------- */

/* The commands that make what is missing, appended to "no such layer". */
static void add_needs(const FmPage *page, GError **error)
{
    if (!error || !*error || !g_error_matches(*error, FM_ERROR, FM_ERROR_NOT_FOUND) ||
        page->needs->len == 0)
        return;
    g_autoptr(GString) message = g_string_new((*error)->message);
    g_string_append(message, " (this map needs: ");
    for (guint i = 0; i < page->needs->len; i++)
        g_string_append_printf(message, "%s%s", i > 0 ? "; " : "",
                               (const char *)page->needs->pdata[i]);
    g_string_append_c(message, ')');
    g_free((*error)->message);
    (*error)->message = g_strdup(message->str);
}

/* Finds the classes that the document asks for in the layers; the page is then read again. */
static gboolean find_classes(FmRenderJob *job, GError **error)
{
    job->classed = fm__map_layers_classed(job->layers, job->style, error);
    if (!job->classed)
        return FALSE;
    job->style = job->classed;
    g_clear_pointer(&job->page, fm_page_free);
    job->page = fm_page_new(job->style, error);
    return job->page != NULL;
}

static gboolean prepare(FmRenderJob *job, const FmProgress *progress, GError **error)
{
    const FmRenderOptions *options = job->options;
    job->page = fm_page_new(job->style, error);
    if (!job->page || !fm__sheet_init(&job->sheet, job->page, options->size, options->dpi, error))
        return FALSE;
    GError *cause = NULL;
    FmProgress reading = fm_progress_slice(progress, 0, 0.3);
    job->layers = fm__map_layers_new(job->workspace, job->style, job->page, options->results,
                                     &reading, &cause);
    if (!job->layers) {
        add_needs(job->page, &cause);
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (!find_classes(job, error) || !fit_frame(job, error))
        return FALSE;
    FmPageRect clip = fm__rect_grow(job->frame->rect, CLIP_MARGIN_PX);
    FmProgress projecting = fm_progress_slice(progress, 0.3, 0.5);
    if (!fm__map_layers_project(job->layers, job->frame, &clip, options->n_threads, &projecting,
                                error))
        return FALSE;
    job->placeholders =
        fm__placeholders_new(job->workspace, job->page, job->layers, job->frame, error);
    job->text = fm__text_context_new();
    return job->placeholders != NULL;
}

/* ---- files ------------------------------------------------------------------------------ */

/* What the picture says of itself: title, source, and how to make it again. */
typedef struct {
    char *title, *source, *software, *comment, *crs;
} Description;

static void description_clear(Description *d)
{
    char **texts[] = {&d->title, &d->source, &d->software, &d->comment, &d->crs};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Description, description_clear)

static void describe(const FmRenderJob *job, Description *out)
{
    const FmRenderOptions *options = job->options;
    FmLanguage language = options->language == FM_LANGUAGE_ZH ? FM_LANGUAGE_ZH : FM_LANGUAGE_EN;
    const FmPageText *title = &job->page->title;
    const char *template = language == FM_LANGUAGE_ZH && title->zh ? title->zh : title->en;
    GPtrArray *warnings = job->report->warnings;
    g_autofree char *run = fm__placeholders_expand(job->placeholders, "{run}", language, warnings);
    char *wkt = fm_crs_to_wkt(job->frame->crs);
    *out = (Description){
        .title = fm__placeholders_expand(job->placeholders, template ? template : title->zh,
                                         language, warnings),
        .source = fm__placeholders_expand(job->placeholders, "{source}", language, warnings),
        .software = g_strconcat("facmap ", fm_version(), NULL),
        .comment = g_strdup_printf("command: %s\nruns: %s\nstyle: %s sha256 %s",
                                   options->command_line ? options->command_line : "-", run,
                                   fm_style_name(job->style), fm_style_sha256(job->style)),
        .crs = wkt ? wkt : g_strdup(fm_crs_definition(job->frame->crs)),
    };
    if (!out->title)
        out->title = g_strdup(out->comment);
}

static gboolean write_png(const FmRenderJob *job, const char *file, const FmProgress *progress,
                          GError **error)
{
    g_auto(Description) d = {0};
    describe(job, &d);
    FmPngText texts[] = {{"Title", d.title},
                         {"Source", d.source},
                         {"Software", d.software},
                         {"Comment", d.comment},
                         {"CRS", d.crs}};
    return fm__png_write(file, cairo_get_target(job->cr), job->sheet.dpi, texts,
                         G_N_ELEMENTS(texts), progress, error);
}

/* A vector picture is in its file by now, but for its end. */
static gboolean finish_vectors(const FmRenderJob *job, FmPictureFormat format, const char *path,
                               GError **error)
{
    g_auto(Description) d = {0};
    describe(job, &d);
    fm__surface_describe(job->cr, format, d.title, d.comment, d.software);
    return fm__surface_finish(job->cr, path, error);
}

/* Is there a place to write to?  Better known before the work than after it. */
static gboolean check_folder(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_file_test(folder, G_FILE_TEST_IS_DIR))
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "cannot write %s: there is no folder %s", path,
                folder);
    return FALSE;
}

static void finish_report(FmRenderJob *job)
{
    FmRenderReport *report = job->report;
    report->width_px = job->sheet.width_dev;
    report->height_px = job->sheet.height_dev;
    report->scale_denominator = job->frame->scale_denominator;
    report->crs = g_strdup(fm_crs_definition(job->frame->crs));
    const FmSymbols *inset = job->inset ? job->inset->symbols : NULL;
    fm__symbols_report(job->symbols, inset, report, job->display_list);
    if (inset) { /* its features are the map's: they are counted once */
        g_autoptr(FmRenderReport) own = report_new();
        fm__symbols_report(inset, NULL, own, job->display_list);
    }
    const GPtrArray *missing = fm__text_context_missing(job->text);
    for (guint i = 0; i < missing->len; i++)
        g_ptr_array_add(report->missing_glyphs, g_strdup(missing->pdata[i]));
}

/* A picture of a result that was made from other data than the workspace has now. */
static gboolean warn_of_outdated(FmRenderJob *job, GError **error)
{
    const GPtrArray *names = fm__map_layers_names(job->layers);
    for (guint i = 0; i < names->len; i++) {
        const FmMapLayer *layer = fm__map_layers_find(job->layers, names->pdata[i]);
        if (!layer)
            continue;
        GPtrArray *notes = fm_workspace_outdated(job->workspace, layer->info->name, error);
        if (!notes)
            return FALSE;
        g_ptr_array_extend_and_steal(job->report->warnings, notes);
    }
    return TRUE;
}

/* Draws the prepared page and writes its files together. */
static gboolean draw_files(FmRenderJob *job, const char *path, FmPictureFormat format,
                           const FmProgress *progress, GError **error)
{
    g_autoptr(FmOutputs) outputs = fm__outputs_new();
    FmProgress drawing = fm_progress_slice(progress, 0, 0.5);
    FmProgress writing = fm_progress_slice(progress, 0.5, 1);
    const char *list = job->options->display_list;
    const char *file = fm__outputs_add(outputs, path, error);
    if (!file)
        return FALSE;
    job->cr = fm__surface_open(format, file, &job->sheet, error);
    if (!job->cr || !fm__job_draw(job, &drawing, error))
        return FALSE;
    finish_report(job);
    if (format == FM_PICTURE_PNG
            ? !write_png(job, file, &writing, error) ||
                  !fm__world_file_add(outputs, path, &job->sheet, job->frame, error)
            : !finish_vectors(job, format, path, error))
        return FALSE;
    if (list && !fm__outputs_add_text(outputs, list, job->display_list->str, error))
        return FALSE;
    return fm__outputs_commit(outputs, error);
}

FmRenderReport *fm_render_page(FmWorkspace *workspace, const FmStyle *style, const char *path,
                               const FmRenderOptions *options, const FmProgress *progress,
                               GError **error)
{
    static const FmRenderOptions defaults = {0};
    FmPictureFormat format;
    g_return_val_if_fail(workspace && style && path, NULL);
    g_auto(FmRenderJob) job = {.workspace = workspace,
                               .style = style,
                               .options = options ? options : &defaults,
                               .report = report_new()};
    job.icons = fm__icon_set_new(job.options->icons_dir ? job.options->icons_dir : "icons");
    if (job.options->display_list)
        job.display_list = g_string_new(NULL);
    FmProgress preparing = fm_progress_slice(progress, 0, 0.4);
    FmProgress drawing = fm_progress_slice(progress, 0.4, 1);
    if (!fm__picture_format(path, &format, error) || !check_folder(path, error) ||
        !prepare(&job, &preparing, error) || !warn_of_outdated(&job, error) ||
        !fm__inset_make(&job, NULL, error) || !fm__job_place_symbols(&job, error) ||
        !draw_files(&job, path, format, &drawing, error))
        return NULL;
    return g_steal_pointer(&job.report);
}
