/* From a workspace and a map document to files: prepare (job.c), draw (page-draw.c), write. */
#include <facmap/render.h>

#include "band.h"

void fm_render_report_free(FmRenderReport *report)
{
    if (!report)
        return;
    char **texts[] = {&report->crs, &report->file, &report->id, &report->name_en, &report->name_zh};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(*texts[i]);
    if (report->pages)
        g_ptr_array_unref(report->pages);
    if (report->findings)
        g_ptr_array_unref(report->findings);
    g_ptr_array_unref(report->unplaced);
    g_ptr_array_unref(report->missing_glyphs);
    g_ptr_array_unref(report->warnings);
    g_free(report);
}

FmRenderReport *fm__report_new(void)
{
    FmRenderReport *report = g_new0(FmRenderReport, 1);
    report->unplaced = g_ptr_array_new_with_free_func(g_free);
    report->missing_glyphs = g_ptr_array_new_with_free_func(g_free);
    report->warnings = g_ptr_array_new_with_free_func(g_free);
    return report;
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

/* title: template; NULL = the page's title */
static void describe(const FmRenderJob *job, const char *title, Description *out)
{
    const FmRenderOptions *options = job->options;
    FmLanguage language = options->language == FM_LANGUAGE_ZH ? FM_LANGUAGE_ZH : FM_LANGUAGE_EN;
    const FmPageText *own = &job->page->title;
    if (!title)
        title = language == FM_LANGUAGE_ZH && own->zh ? own->zh : own->en;
    GPtrArray *warnings = job->report->warnings;
    g_autofree char *run = fm__placeholders_expand(job->placeholders, "{run}", language, warnings);
    char *wkt = fm_crs_to_wkt(job->frame->crs);
    *out = (Description){
        .title =
            fm__placeholders_expand(job->placeholders, title ? title : own->zh, language, warnings),
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

static gboolean write_png(FmRenderJob *job, const char *file, const char *path,
                          const FmProgress *progress, GError **error)
{
    g_auto(Description) d = {0};
    describe(job, NULL, &d);
    FmPngText texts[] = {{"Title", d.title},
                         {"Source", d.source},
                         {"Software", d.software},
                         {"Comment", d.comment},
                         {"CRS", d.crs}};
    const FmPngInfo info = {.texts = texts, .n_texts = G_N_ELEMENTS(texts), .output = path};
    return fm__bands_write(job, file, info, job->options->n_colors, FM_BAND_PIXELS, progress,
                           error);
}

/* Vectors go into their file while they are drawn. */
static gboolean write_vectors(FmRenderJob *job, const char *file, const char *path,
                              const FmProgress *progress, GError **error)
{
    job->cr = fm__surface_open(job->book->format, file, &job->sheet, error);
    return job->cr && fm__job_draw(job, progress, error) &&
           fm__job_finish_vectors(job, NULL, path, error);
}

gboolean fm__job_finish_vectors(const FmRenderJob *job, const char *title, const char *path,
                                GError **error)
{
    g_auto(Description) d = {0};
    describe(job, title, &d);
    fm__surface_describe(job->cr, job->book->format, d.title, d.comment, d.software);
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

/* Those of the map; those of its insets are features of the map too and are counted once. */
static void report_symbols(const FmRenderJob *job)
{
    g_autoptr(GPtrArray) insets = g_ptr_array_new();
    for (guint i = 0; i < job->insets->len; i++)
        g_ptr_array_add(insets, ((FmRenderJob *)job->insets->pdata[i])->symbols);
    fm__symbols_report(job->symbols, insets, job->report, job->display_list);
    for (guint i = 0; i < insets->len; i++) {
        g_autoptr(FmRenderReport) own = fm__report_new();
        fm__symbols_report(insets->pdata[i], NULL, own, job->display_list);
    }
}

void fm__job_finish_report(FmRenderJob *job)
{
    FmRenderReport *report = job->report;
    report->width_px = job->sheet.width_dev;
    report->height_px = job->sheet.height_dev;
    report->dpi = job->sheet.dpi;
    report->scale_denominator = job->frame->scale_denominator;
    report->crs = g_strdup(fm_crs_definition(job->frame->crs));
    for (guint i = 0; i < job->panes->len; i++)
        fm__symbols_report(((FmRenderJob *)job->panes->pdata[i])->symbols, NULL, report,
                           job->display_list);
    if (job->panes->len == 0)
        report_symbols(job);
    const GPtrArray *missing = fm__text_context_missing(job->text);
    for (guint i = 0; i < missing->len; i++)
        g_ptr_array_add(report->missing_glyphs, g_strdup(missing->pdata[i]));
}

gboolean fm__job_write(FmRenderJob *job, FmOutputs *outputs, const char *path,
                       const FmProgress *progress, GError **error)
{
    const char *file = fm_outputs_add(outputs, path, error);
    if (!file)
        return FALSE;
    gboolean pixels = job->book->format == FM_PICTURE_PNG;
    if (!(pixels ? write_png(job, file, path, progress, error)
                 : write_vectors(job, file, path, progress, error)))
        return FALSE;
    fm__job_finish_report(job);
    job->report->file = g_strdup(path);
    return !pixels || job->panes->len > 0 || /* one place on the page is not one on the Earth */
           fm__world_file_add(outputs, path, &job->sheet, job->frame, error);
}

static FmRenderReport *render_single(const FmRenderBook *book, const char *path,
                                     const FmProgress *progress, GError **error)
{
    g_auto(FmRenderJob) job = {0};
    g_autoptr(FmOutputs) outputs = fm_outputs_new();
    FmProgress preparing = fm_progress_slice(progress, 0, 0.2);
    FmProgress drawing = fm_progress_slice(progress, 0.2, 1);
    const char *list = book->options->display_list;
    if (!fm__job_prepare(&job, book, book->options, NULL, &preparing, error) ||
        !fm__job_write(&job, outputs, path, &drawing, error) ||
        (list && !fm_outputs_add_bytes(outputs, list, job.display_list->str, job.display_list->len,
                                       error)) ||
        !fm_outputs_commit(outputs, error))
        return NULL;
    return g_steal_pointer(&job.report);
}

/* What is wrong with the page, which is not written. */
static FmRenderReport *lint_only(const FmRenderBook *book, const FmProgress *progress,
                                 GError **error)
{
    g_auto(FmRenderJob) job = {0};
    if (!fm__job_prepare(&job, book, book->options, NULL, progress, error))
        return NULL;
    fm__job_finish_report(&job);
    return g_steal_pointer(&job.report);
}

FmRenderReport *fm_render_page(FmWorkspace *workspace, const FmStyle *style, const char *path,
                               const FmRenderOptions *options, const FmProgress *progress,
                               GError **error)
{
    static const FmRenderOptions defaults = {0};
    FmPictureFormat format = FM_PICTURE_PNG;
    g_return_val_if_fail(workspace && style && (path || (options && options->lint)), NULL);
    g_auto(FmRenderBook) book = {0};
    FmProgress reading = fm_progress_slice(progress, 0, 0.3);
    FmProgress making = fm_progress_slice(progress, 0.3, 1);
    if ((path && (!fm__picture_format(path, &format, error) || !check_folder(path, error))) ||
        !fm__book_open(&book, workspace, style, options ? options : &defaults, &reading, error))
        return NULL;
    book.format = format;
    if (book.page->atlas)
        return fm__atlas_render(&book, path, &making, error);
    return path ? render_single(&book, path, &making, error) : lint_only(&book, &making, error);
}
