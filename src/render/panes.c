/* Several maps in the place of one: a grid of frames below their titles.
 *
 * The grid is the one whose maps are the largest: of all numbers of columns that with the greatest
 * product of scales.  Small multiples share extent and scale; other maps have their own. */
#include "job.h"

#include <math.h>

/* Below this a map says nothing: 40 mm on an A3 page. */
#define LEAST_WIDTH_PX (40 * FM_PX_PER_MM)
#define LEAST_HEIGHT_PX (30 * FM_PX_PER_MM)
#define LEAST_ASPECT 0.6 /* height over width */
#define TITLE_GAP_PX 4.0
#define LABEL_ROOM_PX 14.0 /* for the numbers of a graticule or grid, above and left of a map */
#define BAR_WIDTH_RATIO 0.35
#define BAR_PAD_PX 5.0
#define BAR_UNIT_PX 20.0 /* what stands beyond the bar's end */

/* What a pane is to show. */
typedef struct {
    FmBounds bounds;
    double pad_ratio;
} Extent;

/* A grid of cells, and what a cell has beside its map. */
typedef struct {
    FmPageRect place;
    guint n, n_columns, n_rows;
    double gutter_px, title_px, label_px;
} Grid;

/* ---- titles ----------------------------------------------------------------------------- */

static double draw_title(const FmRenderJob *pane, FmFurniture *f, double x_px, double y_px,
                         double width_px)
{
    const FmTextLook look = {9, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const FmPageText text = {.en = pane->title_en, .zh = pane->title_zh};
    return fm__furniture_draw_words(f, &text, &look, NULL, x_px, y_px, width_px);
}

/* The highest of the titles when each has this width. */
static double title_height(const FmRenderJob *job, double width_px)
{
    FmFurniture measure = fm__job_furniture(job);
    measure.cr = NULL;
    double most = 0;
    for (guint i = 0; i < job->panes->len; i++) {
        double height = draw_title(job->panes->pdata[i], &measure, 0, 0, width_px);
        most = MAX(most, height);
    }
    return most > 0 ? most + TITLE_GAP_PX : 0;
}

/* ---- the grid --------------------------------------------------------------------------- */

static FmPageRect cell_box(const Grid *grid, guint i)
{
    double width =
        (grid->place.width_px - grid->gutter_px * (grid->n_columns - 1)) / grid->n_columns;
    double height = (grid->place.height_px - grid->gutter_px * (grid->n_rows - 1)) / grid->n_rows;
    guint column = i % grid->n_columns, row = i / grid->n_columns;
    return (FmPageRect){grid->place.x_px + column * (width + grid->gutter_px),
                        grid->place.y_px + row * (height + grid->gutter_px), width, height};
}

static FmPageRect map_box(const Grid *grid, guint i)
{
    FmPageRect box = cell_box(grid, i);
    double top = grid->title_px + grid->label_px;
    return (FmPageRect){box.x_px + grid->label_px, box.y_px + top, box.width_px - grid->label_px,
                        box.height_px - top};
}

static void set_columns(const FmRenderJob *job, Grid *grid, guint n_columns)
{
    grid->n_columns = n_columns;
    grid->n_rows = (grid->n + n_columns - 1) / n_columns;
    grid->title_px = 0;
    grid->title_px = title_height(job, cell_box(grid, 0).width_px);
}

static gboolean is_legible(const Grid *grid)
{
    FmPageRect box = map_box(grid, 0);
    return box.width_px >= LEAST_WIDTH_PX && box.height_px >= LEAST_HEIGHT_PX;
}

/* Sum of the logarithms of the scales that the maps would have. */
static double grid_gain(const Grid *grid, const Extent *extents)
{
    FmPageRect box = map_box(grid, 0);
    double gain = 0;
    for (guint i = 0; i < grid->n; i++) {
        const FmBounds *b = &extents[i].bounds;
        double width_m = MAX(b->max_x_m - b->min_x_m, 1),
               height_m = MAX(b->max_y_m - b->min_y_m, 1);
        gain += log(MIN(box.width_px / width_m, box.height_px / height_m));
    }
    return gain;
}

static gboolean choose_grid(const FmRenderJob *job, const Extent *extents, guint n_columns,
                            Grid *grid, GError **error)
{
    const double least_gain = 1e-9; /* fewer columns where it makes no difference */
    double best = -G_MAXDOUBLE;
    guint chosen = 0;
    for (guint columns = 1; columns <= grid->n; columns++) {
        set_columns(job, grid, columns);
        if ((n_columns > 0 && columns != MIN(n_columns, grid->n)) || !is_legible(grid))
            continue;
        double gain = grid_gain(grid, extents);
        if (chosen == 0 || gain > best + least_gain) {
            best = gain;
            chosen = columns;
        }
    }
    if (chosen > 0) {
        set_columns(job, grid, chosen);
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%u maps on this page would be too small to read: choose a larger page, fewer "
                "values or another number of columns",
                grid->n);
    return FALSE;
}

/* The height that the map with most of it needs at its scale; the cells are then no higher, so that
 * tall cells do not show what nobody asked for. */
static double needed_height(const FmRenderJob *job, const Extent *extents)
{
    double most = 0;
    for (guint i = 0; i < job->panes->len; i++) {
        const FmFrame *frame = ((FmRenderJob *)job->panes->pdata[i])->frame;
        double height_m = extents[i].bounds.max_y_m - extents[i].bounds.min_y_m;
        most = MAX(most, height_m * (1 + 2 * extents[i].pad_ratio) / frame->m_per_px);
    }
    return most;
}

static void crop(Grid *grid, double height_px)
{
    FmPageRect box = map_box(grid, 0);
    double height = MAX(height_px, box.width_px * LEAST_ASPECT);
    if (height < box.height_px)
        grid->place.height_px -= (box.height_px - height) * grid->n_rows;
}

/* ---- making ----------------------------------------------------------------------------- */

/* A pane for each map that the document describes. */
static void add_frames(FmRenderJob *job)
{
    const GPtrArray *frames = job->page->maps->frames;
    for (guint i = 0; i < frames->len; i++) {
        FmRenderJob *pane = fm__child_new(job);
        pane->pane = frames->pdata[i];
        pane->title_en = g_strdup(pane->pane->title.en);
        pane->title_zh = g_strdup(pane->pane->title.zh);
        fm__child_view(pane);
        g_ptr_array_add(job->panes, pane);
    }
}

/* Small multiples show the same; what one value alone has is seen among the others. */
static gboolean find_extents(FmRenderJob *job, Extent *extents, GError **error)
{
    for (guint i = 0; i < job->panes->len; i++) {
        FmRenderJob *pane = job->panes->pdata[i];
        pane->frame = fm__frame_copy(job->book->frame, error);
        if (!pane->frame)
            return FALSE;
        if (i > 0 && job->page->multiples)
            extents[i] = extents[0];
        else if (!fm__job_find_bounds(job->page->multiples ? job : pane, &extents[i].bounds,
                                      &extents[i].pad_ratio, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean fit_panes(FmRenderJob *job, const Grid *grid, const Extent *extents, GError **error)
{
    gboolean one_scale = job->page->multiples || job->page->maps->one_scale;
    double smallest = 0;
    for (guint i = 0; i < job->panes->len; i++) {
        FmRenderJob *pane = job->panes->pdata[i];
        pane->box = cell_box(grid, i);
        pane->sheet.frame = map_box(grid, i);
        if (!fm__frame_fit(pane->frame, &pane->sheet, extents[i].bounds, extents[i].pad_ratio,
                           error))
            return FALSE;
        fm__job_set_scale(pane);
        smallest = MAX(smallest, pane->frame->scale_denominator);
    }
    for (guint i = 0; one_scale && i < job->panes->len; i++) {
        FmRenderJob *pane = job->panes->pdata[i];
        fm__frame_set_scale(pane->frame, &pane->sheet, smallest);
    }
    return TRUE;
}

gboolean fm__panes_make(FmRenderJob *job, const FmProgress *progress, GError **error)
{
    guint n_columns = job->page->maps ? job->page->maps->columns : job->page->multiples->columns;
    if (job->page->maps)
        add_frames(job);
    else if (!fm__multiples_make(job, error))
        return FALSE;
    guint n = job->panes->len;
    gboolean labels = job->page->maps && (job->page->graticule || job->page->grid);
    Grid grid = {.place = job->sheet.frame,
                 .n = n,
                 .gutter_px = job->sheet.gap_px,
                 .label_px = labels ? LABEL_ROOM_PX : 0};
    g_autofree Extent *extents = g_new0(Extent, n);
    if (!find_extents(job, extents, error) || !choose_grid(job, extents, n_columns, &grid, error) ||
        !fit_panes(job, &grid, extents, error))
        return FALSE;
    crop(&grid, needed_height(job, extents));
    if (!fit_panes(job, &grid, extents, error))
        return FALSE;
    fm__frame_copy_place(job->frame, ((FmRenderJob *)job->panes->pdata[0])->frame);
    for (guint i = 0; i < n; i++) {
        FmProgress part = fm_progress_slice(progress, (double)i / n, (i + 1.0) / n);
        if (!fm__child_project(job->panes->pdata[i], &part, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- drawing ---------------------------------------------------------------------------- */

/* A scale bar in the map's own corner, on white that keeps it readable. */
static void draw_bar(const FmRenderJob *pane, FmFurniture *f)
{
    const FmPageRect *rect = &pane->frame->rect;
    double width_px = rect->width_px * BAR_WIDTH_RATIO;
    FmFurniture measure = *f;
    measure.cr = NULL;
    double height_px = fm__scale_draw_bar(&measure, 0, 0, width_px) + 2 * BAR_PAD_PX;
    double top = fm__rect_bottom_px(rect) - height_px, distance_m = 0, length_px = 0;
    if (!fm__scale_choose(f->frame, width_px * 0.8, &distance_m, &length_px, NULL))
        return;
    cairo_rectangle(f->cr, rect->x_px, top, length_px + BAR_UNIT_PX + 2 * BAR_PAD_PX, height_px);
    cairo_set_source_rgba(f->cr, 1, 1, 1, 0.8);
    cairo_fill(f->cr);
    fm__scale_draw_bar(f, rect->x_px + BAR_PAD_PX, top + BAR_PAD_PX, width_px);
}

static gboolean draw_pane(const FmRenderJob *job, const FmRenderJob *made, gboolean bar,
                          GError **error)
{
    /* The picture was opened, and the words were found, after the pane was made. */
    FmRenderJob pane = *made;
    pane.cr = job->cr;
    pane.placeholders = job->placeholders;
    FmFurniture f = fm__job_furniture(&pane);
    const FmPageRect *rect = &pane.frame->rect;
    f.unlabelled = job->page->multiples != NULL;
    if (!fm__job_draw_map(&pane, &f, NULL, error))
        return FALSE;
    cairo_rectangle(job->cr, rect->x_px, rect->y_px, rect->width_px, rect->height_px);
    fm__set_source(job->cr, FM_INK, 1);
    cairo_set_line_width(job->cr, 0.25 * FM_PX_PER_PT);
    cairo_stroke(job->cr);
    if (bar)
        draw_bar(&pane, &f);
    draw_title(&pane, &f, rect->x_px, pane.box.y_px, rect->width_px);
    fm__furniture_list(&f, "furniture", *rect, "map");
    return TRUE;
}

gboolean fm__panes_draw(const FmRenderJob *job, const FmProgress *progress, GError **error)
{
    FmFurniture f = fm__job_furniture(job);
    gboolean bars = !fm__furniture_one_scale(&f);
    for (guint i = 0; i < job->panes->len; i++)
        if (!fm_progress_report(progress, (double)i / job->panes->len, "drawing", error) ||
            !draw_pane(job, job->panes->pdata[i], bars, error))
            return FALSE;
    return TRUE;
}
