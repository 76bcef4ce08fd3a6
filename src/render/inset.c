/* Insets: a part of the map at a larger scale, in a corner of the frame, below its title.  Each is
 * a map like the main one, with a frame, shapes and symbols of its own; its outline shows on the
 * main map. */
#include "job.h"

#include <math.h>

/* A scale less than this times the map's tells nothing more. */
#define LEAST_GAIN 1.3
/* How much of the frame's height it may take with its title. */
#define MAX_HEIGHT_RATIO 0.6
#define TITLE_PAD_PX 4.0

/* "中心城区  1 : 150,000"; a scale that stands in the line above is not said again. */
static double draw_title(FmFurniture *f, const FmPageInset *inset, double scale_denominator,
                         double x_px, double y_px, double width_px)
{
    g_autofree char *denominator = fm_format_count((gint64)llround(scale_denominator));
    g_autofree char *zh =
        inset->title.zh ? g_strdup_printf("%s  1 : %s", inset->title.zh, denominator) : NULL;
    const gboolean said = zh && f->language == FM_LANGUAGE_BOTH;
    g_autofree char *en = said || !inset->title.en
                              ? g_strdup(inset->title.en)
                              : g_strdup_printf("%s  1 : %s", inset->title.en, denominator);
    const FmTextLook look = {9, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    FmPageText text = {.en = en, .zh = zh};
    return fm__furniture_draw_words(f, &text, &look, NULL, x_px, y_px, width_px);
}

static double title_height(const FmRenderJob *job, const FmPageInset *inset, double width_px)
{
    FmFurniture measure = fm__job_furniture(job);
    measure.cr = NULL;
    double height = draw_title(&measure, inset, 1, 0, 0, width_px);
    return height > 0 ? height + 2 * TITLE_PAD_PX : 0;
}

/* ---- where it stands -------------------------------------------------------------------- */

static FmPageRect corner_box(const FmPageRect *frame, FmPageCorner corner, double width_px,
                             double height_px)
{
    gboolean right = corner == FM_PAGE_TOP_RIGHT || corner == FM_PAGE_BOTTOM_RIGHT;
    gboolean bottom = corner == FM_PAGE_BOTTOM_LEFT || corner == FM_PAGE_BOTTOM_RIGHT;
    return (FmPageRect){right ? frame->x_px + frame->width_px - width_px : frame->x_px,
                        bottom ? frame->y_px + frame->height_px - height_px : frame->y_px, width_px,
                        height_px};
}

/* The box on the page and the frame in it, which fits the bounds. */
static gboolean fit(FmRenderJob *job, FmRenderJob *inset, FmBounds bounds, GError **error)
{
    const FmPageInset *asked = inset->inset;
    const FmPageRect *frame = &job->frame->rect;
    double width_px = frame->width_px * asked->width_ratio;
    double title_px = title_height(job, asked, width_px - 2 * TITLE_PAD_PX);
    double aspect = (bounds.max_y_m - bounds.min_y_m) / (bounds.max_x_m - bounds.min_x_m);
    double most_px = frame->height_px * MAX_HEIGHT_RATIO - title_px;
    double map_px = CLAMP(isfinite(aspect) ? width_px * aspect : width_px, width_px / 2, most_px);
    inset->box = corner_box(frame, asked->corner, width_px, map_px + title_px);
    inset->sheet.frame =
        (FmPageRect){inset->box.x_px, inset->box.y_px + title_px, width_px, map_px};
    return fm__frame_fit(inset->frame, &inset->sheet, bounds, asked->pad_ratio, error);
}

/* ---- making ----------------------------------------------------------------------------- */

static gboolean find_bounds(const FmRenderJob *job, const FmPageInset *asked, FmBounds *bounds,
                            GError **error)
{
    *bounds = FM_BOUNDS_EMPTY;
    for (guint i = 0; i < asked->layers->len; i++)
        if (!fm__job_extend(job, asked->layers->pdata[i], asked->filter, bounds, error))
            return FALSE;
    return TRUE;
}

static gboolean make_inset(FmRenderJob *job, const FmPageInset *asked, const FmProgress *progress,
                           GError **error)
{
    FmBounds bounds;
    if (!find_bounds(job, asked, &bounds, error))
        return FALSE;
    if (bounds.min_x_m > bounds.max_x_m)
        return TRUE;
    g_autoptr(FmRenderJob) inset = fm__child_new(job);
    inset->inset = asked;
    inset->frame = fm__frame_copy(job->frame, error);
    if (!inset->frame || !fit(job, inset, bounds, error))
        return FALSE;
    if (inset->frame->m_per_px * LEAST_GAIN > job->frame->m_per_px)
        return TRUE;
    fm__child_view(inset);
    if (!fm__child_project(inset, progress, error) || !fm__job_place_symbols(inset, error))
        return FALSE;
    g_ptr_array_add(job->insets, g_steal_pointer(&inset));
    return TRUE;
}

gboolean fm__insets_make(FmRenderJob *job, const FmProgress *progress, GError **error)
{
    for (guint i = 0; i < job->page->insets->len; i++)
        if (!make_inset(job, job->page->insets->pdata[i], progress, error))
            return FALSE;
    return TRUE;
}

/* ---- drawing ---------------------------------------------------------------------------- */

static void stroke_box(cairo_t *cr, const FmPageRect *box)
{
    cairo_rectangle(cr, box->x_px, box->y_px, box->width_px, box->height_px);
    fm__set_source(cr, FM_INK, 1);
    cairo_set_line_width(cr, 0.5 * FM_PX_PER_PT);
    cairo_stroke(cr);
}

FmPageRect fm__inset_outline(const FmFrame *map, const FmFrame *inset)
{
    const FmPagePoint corner = {inset->rect.x_px, inset->rect.y_px};
    FmXY north_west = fm__frame_from_page(inset, corner);
    FmPagePoint p = fm__frame_to_page(map, north_west.x_m, north_west.y_m);
    double ratio = inset->m_per_px / map->m_per_px;
    return (FmPageRect){p.x_px, p.y_px, inset->rect.width_px * ratio,
                        inset->rect.height_px * ratio};
}

void fm__insets_draw_outlines(const FmRenderJob *job)
{
    for (guint i = 0; i < job->insets->len; i++) {
        const FmRenderJob *inset = job->insets->pdata[i];
        FmPageRect on_map = fm__inset_outline(job->frame, inset->frame);
        stroke_box(job->cr, &on_map);
    }
}

static gboolean draw_inset(const FmRenderJob *job, const FmRenderJob *made, GError **error)
{
    /* The picture was opened after the inset was made. */
    FmRenderJob inset = *made;
    inset.cr = job->cr;
    const FmPageRect *box = &inset.box;
    cairo_rectangle(job->cr, box->x_px, box->y_px, box->width_px, box->height_px);
    cairo_set_source_rgb(job->cr, 1, 1, 1);
    cairo_fill(job->cr);
    if (!fm__job_draw_map(&inset, NULL, NULL, error))
        return FALSE;
    stroke_box(job->cr, &inset.frame->rect);
    stroke_box(job->cr, box);
    FmFurniture f = fm__job_furniture(job);
    draw_title(&f, inset.inset, inset.frame->scale_denominator, box->x_px + TITLE_PAD_PX,
               box->y_px + TITLE_PAD_PX, box->width_px - 2 * TITLE_PAD_PX);
    fm__furniture_list(&f, "furniture", *box, "inset");
    return TRUE;
}

gboolean fm__insets_draw(const FmRenderJob *job, GError **error)
{
    for (guint i = 0; i < job->insets->len; i++)
        if (!draw_inset(job, job->insets->pdata[i], error))
            return FALSE;
    return TRUE;
}
