/* Looks of all rows first, in parallel; then which rows touch which band of the picture; then the
 * bands, in parallel, each with its own coverage. */
#include "lines.h"

#include "along.h"

#include "stroke.h"

#include <math.h>

#define BAND_ROWS 32
#define LOOK_GRAIN 2048

/* How one row is drawn.  There is one for every row of a layer. */
typedef struct {
    FmPen pen;
    FmInk ink;
    int first_row, n_rows; /* of the picture; none when it is not seen */
    gboolean plain;        /* a stroke and nothing else */
} LineLook;

/* What of a look is read for every row, for it may differ between rows. */
typedef struct {
    gboolean width, ink, corners, plain;
} LookParts;

typedef struct {
    const FmStyleLayer *style_layer;
    const FmTable *table;
    FmShape *const *shapes;
    const GArray *rows;
    double zoom;
    FmDevice device;
    FmSubpixelBox clip;
    guint8 *pixels;
    gsize stride;
    int width, height;
    LookParts varies;
    LineLook common;   /* of all rows, but for what varies */
    LineLook *looks;   /* one a row of `rows` */
    gsize *band_begin; /* n_bands + 1: where each band's entries begin */
    guint32 *entries;  /* indices of looks, ascending within a band */
    gsize n_bands;
    FmCoverage *coverages; /* one a worker, made when it is first needed */
    FmStroker *strokers;
    guint n_workers;
} LineJob;

static void line_job_clear(LineJob *job)
{
    for (guint i = 0; i < job->n_workers; i++) {
        fm__coverage_clear(&job->coverages[i]);
        fm__stroker_clear(&job->strokers[i]);
    }
    g_free(job->coverages);
    g_free(job->strokers);
    g_free(job->looks);
    g_free(job->band_begin);
    g_free(job->entries);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LineJob, line_job_clear)

static const FmShape *shape_of(const LineJob *job, gsize i)
{
    return job->shapes[g_array_index(job->rows, gsize, i)];
}

/* ---- looks ------------------------------------------------------------------------------ */

static void read_corners(const FmStyleLayer *layer, const FmStyleContext *context, FmPen *pen)
{
    g_autofree char *cap = fm_style_layer_string(layer, FM_PROP_LINE_CAP, context);
    g_autofree char *join = fm_style_layer_string(layer, FM_PROP_LINE_JOIN, context);
    pen->miter_limit = fm_style_layer_number(layer, FM_PROP_LINE_MITER_LIMIT, context);
    pen->cap = g_strcmp0(cap, "round") == 0    ? FM_STROKE_ROUND_CAP
               : g_strcmp0(cap, "square") == 0 ? FM_STROKE_SQUARE
                                               : FM_STROKE_BUTT;
    pen->join = g_strcmp0(join, "round") == 0   ? FM_STROKE_ROUND_JOIN
                : g_strcmp0(join, "bevel") == 0 ? FM_STROKE_BEVEL
                                                : FM_STROKE_MITER;
}

static gboolean is_plain(const FmStyleLayer *layer, const FmStyleContext *context)
{
    double dash = 0;
    return (!fm_style_layer_has(layer, FM_PROP_LINE_GAP_WIDTH) ||
            fm_style_layer_number(layer, FM_PROP_LINE_GAP_WIDTH, context) == 0) &&
           !fm__along_applies(layer) &&
           (!fm_style_layer_has(layer, FM_PROP_LINE_BLUR) ||
            fm_style_layer_number(layer, FM_PROP_LINE_BLUR, context) == 0) &&
           (!fm_style_layer_has(layer, FM_PROP_LINE_OFFSET) ||
            fm_style_layer_number(layer, FM_PROP_LINE_OFFSET, context) == 0) &&
           (!fm_style_layer_has(layer, FM_PROP_LINE_DASHARRAY) ||
            fm_style_layer_numbers(layer, FM_PROP_LINE_DASHARRAY, context, &dash, 1) == 0);
}

/* The rows of pixels that the stroke may touch. */
static void find_reach(const LineJob *job, const FmShape *shape, LineLook *look)
{
    double top = HUGE_VAL, bottom = -HUGE_VAL;
    for (gsize i = 0; i < shape->n_points; i++) {
        top = MIN(top, shape->points[i].y_px);
        bottom = MAX(bottom, shape->points[i].y_px);
    }
    const FmPen *pen = &look->pen;
    /* Square ends reach out by the diagonal, mitred corners by their limit. */
    double stretch = pen->join == FM_STROKE_MITER ? MAX(pen->miter_limit, G_SQRT2) : G_SQRT2;
    double reach = pen->width_dev / 2 * stretch + 1;
    top = floor(top * job->device.scale + job->device.y_dev - reach);
    bottom = ceil(bottom * job->device.scale + job->device.y_dev + reach);
    int first = (int)CLAMP(top, 0, job->height), last = (int)CLAMP(bottom, 0, job->height);
    look->first_row = first;
    look->n_rows = last - first;
}

static void read_look(const LineJob *job, const FmStyleContext *context, const LookParts *parts,
                      LineLook *look)
{
    const FmStyleLayer *layer = job->style_layer;
    if (parts->width)
        look->pen.width_dev =
            fm_style_layer_number(layer, FM_PROP_LINE_WIDTH, context) * job->device.scale;
    if (parts->ink)
        look->ink = fm__coverage_ink(fm_style_layer_color(layer, FM_PROP_LINE_COLOR, context),
                                     fm_style_layer_number(layer, FM_PROP_LINE_OPACITY, context));
    if (parts->corners)
        read_corners(layer, context, &look->pen);
    if (parts->plain)
        look->plain = is_plain(layer, context);
}

static gboolean varies(const FmStyleLayer *layer, FmStyleProperty property)
{
    return !fm_style_layer_is_constant(layer, property);
}

/* Most properties of most layers are constants: they are read from the first row. */
static void read_common(LineJob *job)
{
    const FmStyleLayer *layer = job->style_layer;
    const LookParts everything = {TRUE, TRUE, TRUE, TRUE};
    FmStyleContext first = {job->table, g_array_index(job->rows, gsize, 0), job->zoom, NULL};
    read_look(job, &first, &everything, &job->common);
    job->varies = (LookParts){
        .width = varies(layer, FM_PROP_LINE_WIDTH),
        .ink = varies(layer, FM_PROP_LINE_OPACITY) || varies(layer, FM_PROP_LINE_COLOR),
        .corners = varies(layer, FM_PROP_LINE_CAP) || varies(layer, FM_PROP_LINE_JOIN) ||
                   varies(layer, FM_PROP_LINE_MITER_LIMIT),
        .plain = varies(layer, FM_PROP_LINE_GAP_WIDTH) || varies(layer, FM_PROP_LINE_BLUR) ||
                 varies(layer, FM_PROP_LINE_OFFSET) || varies(layer, FM_PROP_LINE_DASHARRAY),
    };
}

static gboolean read_looks(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    (void)error;
    const LineJob *job = user;
    for (gsize i = begin; i < end; i++) {
        LineLook *look = &job->looks[i];
        const FmShape *shape = shape_of(job, i);
        if (!shape) {
            look->plain = TRUE;
            continue;
        }
        FmStyleContext context = {job->table, g_array_index(job->rows, gsize, i), job->zoom, NULL};
        *look = job->common;
        read_look(job, &context, &job->varies, look);
        if (look->plain && shape->dimension != 0 && look->pen.width_dev > 0)
            find_reach(job, shape, look);
    }
    return TRUE;
}

static gboolean all_plain(const LineJob *job)
{
    for (gsize i = 0; i < job->rows->len; i++)
        if (!job->looks[i].plain)
            return FALSE;
    return TRUE;
}

/* ---- bands ------------------------------------------------------------------------------ */

static gsize first_band(const LineLook *look)
{
    return (gsize)look->first_row / BAND_ROWS;
}

static gsize end_band(const LineLook *look)
{
    return look->n_rows > 0 ? (gsize)(look->first_row + look->n_rows - 1) / BAND_ROWS + 1
                            : first_band(look);
}

/* Sort the rows into bands by counting. */
static void fill_bands(LineJob *job)
{
    job->n_bands = ((gsize)job->height + BAND_ROWS - 1) / BAND_ROWS;
    job->band_begin = g_new0(gsize, job->n_bands + 2);
    gsize *count = job->band_begin + 2;
    for (gsize i = 0; i < job->rows->len; i++)
        for (gsize b = first_band(&job->looks[i]); b < end_band(&job->looks[i]); b++)
            if (b + 1 < job->n_bands)
                count[b]++;
    for (gsize b = 2; b <= job->n_bands; b++)
        job->band_begin[b] += job->band_begin[b - 1];
    gsize n = 0;
    for (gsize i = 0; i < job->rows->len; i++)
        n += end_band(&job->looks[i]) - first_band(&job->looks[i]);
    job->entries = g_new(guint32, MAX(n, 1));
    /* band_begin[b + 1] is where band b begins, and moves to where it ends. */
    for (gsize i = 0; i < job->rows->len; i++)
        for (gsize b = first_band(&job->looks[i]); b < end_band(&job->looks[i]); b++)
            job->entries[job->band_begin[b + 1]++] = (guint32)i;
}

static void stroke_shape(FmStroker *stroker, FmCoverage *coverage, const FmPen *pen,
                         const FmDevice *device, const FmShape *shape)
{
    gsize begin = 0;
    for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++])
        fm__stroke_add(stroker, coverage, pen, device, shape->points + begin,
                       shape->path_end[p] - begin, shape->dimension == 2);
}

static gboolean draw_bands(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    const LineJob *job = user;
    FmCoverage *coverage = &job->coverages[worker];
    FmStroker *stroker = &job->strokers[worker];
    if (!coverage->sums) {
        fm__coverage_init(coverage, job->width, BAND_ROWS);
        fm__stroker_init(stroker);
    }
    for (gsize b = begin; b < end; b++) {
        coverage->n_rows = MIN(BAND_ROWS, job->height - (int)b * BAND_ROWS);
        fm__coverage_move(coverage, (int)b * BAND_ROWS);
        for (gsize k = job->band_begin[b]; k < job->band_begin[b + 1]; k++) {
            const LineLook *look = &job->looks[job->entries[k]];
            stroke_shape(stroker, coverage, &look->pen, &job->device,
                         shape_of(job, job->entries[k]));
            fm__coverage_paint(coverage, job->pixels, job->stride, &job->clip, look->ink);
        }
    }
    return TRUE;
}

/* ---- the surface ------------------------------------------------------------------------ */

static gint32 to_subpixels(double dev)
{
    return (gint32)lround(CLAMP(dev, -1e6, 1e6) * FM_SUBPIXELS);
}

/* Clip, scale and size of what the brush draws on.  Returns FALSE when it is not an image, or
 * turned or shifted in a way that is not ours. */
static gboolean find_surface(LineJob *job, const FmBrush *brush, const FmPageRect *clip)
{
    cairo_surface_t *surface = cairo_get_group_target(brush->cr);
    cairo_matrix_t m;
    cairo_get_matrix(brush->cr, &m);
    if (cairo_surface_get_type(surface) != CAIRO_SURFACE_TYPE_IMAGE ||
        cairo_image_surface_get_format(surface) != CAIRO_FORMAT_RGB24 || m.xy != 0 || m.yx != 0 ||
        m.xx != m.yy || m.xx <= 0)
        return FALSE;
    const double left = clip->x_px * m.xx + m.x0, top = clip->y_px * m.xx + m.y0;
    job->clip = (FmSubpixelBox){to_subpixels(left), to_subpixels(top),
                                to_subpixels(left + clip->width_px * m.xx),
                                to_subpixels(top + clip->height_px * m.xx)};
    double x_offset = 0, y_offset = 0;
    cairo_surface_get_device_offset(surface, &x_offset, &y_offset);
    job->device = (FmDevice){m.xx, m.x0, m.y0};
    job->width = cairo_image_surface_get_width(surface);
    job->height = cairo_image_surface_get_height(surface);
    return x_offset == 0 && y_offset == 0;
}

gboolean fm__lines_draw(const FmBrush *brush, const FmStyleLayer *style_layer, const FmTable *table,
                        FmShape *const *shapes, const GArray *rows, const FmPageRect *clip,
                        double zoom, guint n_threads, gboolean *drawn, GError **error)
{
    g_auto(LineJob) job = {
        .style_layer = style_layer, .table = table, .shapes = shapes, .rows = rows, .zoom = zoom};
    *drawn = FALSE;
    if (rows->len == 0 || fm_style_layer_has(style_layer, FM_PROP_LINE_TRANSLATE) ||
        !find_surface(&job, brush, clip))
        return TRUE;
    read_common(&job);
    job.looks = g_new0(LineLook, rows->len);
    if (!fm_parallel_for(rows->len, LOOK_GRAIN, n_threads, read_looks, &job, NULL, "drawing",
                         error))
        return FALSE;
    if (!all_plain(&job))
        return TRUE;
    fill_bands(&job);
    job.n_workers = n_threads > 0 ? n_threads : fm_parallel_default_threads();
    job.coverages = g_new0(FmCoverage, job.n_workers);
    job.strokers = g_new0(FmStroker, job.n_workers);
    cairo_surface_t *surface = cairo_get_group_target(brush->cr);
    cairo_surface_flush(surface);
    job.pixels = cairo_image_surface_get_data(surface);
    job.stride = (gsize)cairo_image_surface_get_stride(surface);
    gboolean ok =
        fm_parallel_for(job.n_bands, 1, n_threads, draw_bands, &job, NULL, "drawing", error);
    cairo_surface_mark_dirty(surface);
    *drawn = ok;
    return ok;
}
