/* One band is drawn while the one before it is compressed.  A palette needs to see the whole page
 * first: a page of one band is kept for that, a larger one is drawn twice. */
#include "band.h"

#include "quantize.h"

typedef struct {
    cairo_surface_t *surface;
    int top, n_rows;
} Band;

typedef struct {
    FmRenderJob *job;
    int band_rows;
    gboolean single;      /* one band only: drawn, then written, on the caller's thread */
    gboolean again;       /* what drawing notes beside the pixels is noted by now */
    FmHistogram *counted; /* for the first of two passes */
    FmPngWriter *writer;  /* for the second, or the only one */
    Band *kept;           /* a single band that was counted */
    const FmProgress *progress;
} Bands;

static void band_free(gpointer data)
{
    Band *band = data;
    if (!band)
        return;
    cairo_surface_destroy(band->surface);
    g_free(band);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Band, band_free)

static void bands_clear(Bands *bands)
{
    fm__histogram_free(bands->counted);
    fm__png_free(bands->writer);
    band_free(bands->kept);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bands, bands_clear)

static int height_of(const Bands *bands)
{
    return bands->job->sheet.height_dev;
}

/* Draws on job->cr.  What is noted of the page on the way, in its report and display list, is noted
 * with the first band that is drawn. */
static gboolean draw_once(Bands *bands, const FmProgress *progress, GError **error)
{
    FmRenderJob *job = bands->job;
    if (!bands->again) {
        bands->again = TRUE;
        return fm__job_draw(job, progress, error);
    }
    FmRenderReport *report = job->report;
    GString *display_list = job->display_list;
    job->report = fm__report_new();
    job->display_list = NULL;
    gboolean ok = fm__job_draw(job, progress, error);
    fm_render_report_free(job->report);
    job->report = report;
    job->display_list = display_list;
    return ok;
}

static Band *draw_band(Bands *bands, int top, const FmProgress *progress, GError **error)
{
    FmRenderJob *job = bands->job;
    g_autoptr(Band) band = g_new0(Band, 1);
    band->top = top;
    band->n_rows = MIN(bands->band_rows, height_of(bands) - top);
    job->cr = fm__surface_open_rows(&job->sheet, top, band->n_rows, error);
    if (!job->cr || !draw_once(bands, progress, error))
        return NULL;
    band->surface = cairo_surface_reference(cairo_get_target(job->cr));
    g_clear_pointer(&job->cr, cairo_destroy);
    cairo_surface_flush(band->surface);
    return g_steal_pointer(&band);
}

static gboolean produce(FmPipe *pipe, void *user, GError **error)
{
    Bands *bands = user;
    FmProgress drawing = fm_progress_slice(bands->progress, 0, 0.5);
    for (int top = 0; top < height_of(bands); top += bands->band_rows) {
        Band *band = bands->kept ? g_steal_pointer(&bands->kept)
                                 : draw_band(bands, top, bands->single ? &drawing : NULL, error);
        if (!band)
            return FALSE;
        if (!fm_pipe_push(pipe, band))
            return TRUE;
    }
    return TRUE;
}

static gboolean consume(gpointer item, void *user, GError **error)
{
    Bands *bands = user;
    g_autoptr(Band) band = item;
    const guint8 *pixels = cairo_image_surface_get_data(band->surface);
    gsize stride = (gsize)cairo_image_surface_get_stride(band->surface);
    double height = height_of(bands), begin = band->top / height;
    double end = (band->top + band->n_rows) / height;
    /* A single band was drawn before this; of several, drawing is part of each. */
    FmProgress writing = bands->single ? fm_progress_slice(bands->progress, 0.5, 1)
                                       : fm_progress_slice(bands->progress, begin, end);
    if (bands->writer)
        return fm__png_add(bands->writer, pixels, stride, band->n_rows,
                           bands->job->options->n_threads, &writing, error);
    fm__histogram_add(bands->counted, pixels, stride, bands->job->sheet.width_dev, band->n_rows);
    if (bands->single)
        bands->kept = g_steal_pointer(&band);
    return fm_progress_report(&writing, 1, "drawing", error);
}

static gboolean run_pass(Bands *bands, GError **error)
{
    guint n_threads = bands->single ? 1 : bands->job->options->n_threads;
    return fm_pipe_run(1, n_threads, produce, consume, band_free, bands, error);
}

gboolean fm__bands_write(FmRenderJob *job, const char *file, FmPngInfo info, gsize n_colors,
                         double band_pixels, const FmProgress *progress, GError **error)
{
    FmProgress counting = fm_progress_slice(progress, 0, 0.5);
    FmProgress writing = fm_progress_slice(progress, n_colors > 0 ? 0.5 : 0, 1);
    g_auto(Bands) bands = {.job = job};
    const int per_block = fm__png_block_rows(job->sheet.width_dev);
    const int n_blocks = (int)(band_pixels / job->sheet.width_dev / per_block);
    bands.band_rows = MIN(MAX(n_blocks, 1) * per_block, height_of(&bands));
    bands.single = bands.band_rows == height_of(&bands);
    info.width = job->sheet.width_dev;
    info.height = job->sheet.height_dev;
    info.dpi = job->sheet.dpi;
    g_autoptr(FmPalette) palette = NULL;
    if (n_colors > 0) {
        bands.counted = fm__histogram_new();
        bands.progress = &counting;
        if (!run_pass(&bands, error))
            return FALSE;
        palette = fm__palette_new(bands.counted, n_colors);
        info.palette = palette->colors;
        info.n_colors = palette->n;
    }
    bands.progress = &writing;
    bands.writer = fm__png_open(file, &info, fm__palette_index, palette, error);
    return bands.writer && run_pass(&bands, error) && fm__png_close(bands.writer, error);
}
