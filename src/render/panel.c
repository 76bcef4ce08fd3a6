/* The side panel: its pieces in their order, one column beside the map or several below it. */
#include "furniture.h"
#include "legend-columns.h"

/* A panel that is too full is drawn smaller, in steps of 5 % down to 60 %. */
#define SCALE_STEP 0.05
enum { SCALE_STEPS = 8 };
#define COLUMN_WIDTH_PX 300.0
#define MAX_COLUMNS 4
#define ROUNDING_PX 1e-6 /* sums of the same heights in another order */

typedef double (*PieceFunc)(FmFurniture *f, double x_px, double y_px, double width_px);

/* What tells where the map is: the locator on the left, scale and north beside it. */
static double draw_place(FmFurniture *f, double x_px, double y_px, double width_px)
{
    double gap = 2 * f->sheet->gap_px, half = (width_px - gap) / 2;
    FmFurniture measure = *f;
    measure.cr = NULL;
    double locator = fm__locator_draw(&measure, 0, 0, half);
    if (locator == 0)
        return fm__scale_draw(f, x_px, y_px, half);
    double scale = fm__scale_draw(&measure, 0, 0, half);
    double height = MAX(locator, scale);
    fm__locator_draw(f, x_px, y_px, half);
    fm__scale_draw(f, x_px + half + gap, y_px + height - scale, half);
    return height;
}

/* From the top; those with `foot` stand at the bottom of a single column. */
static const struct {
    const char *name;
    PieceFunc draw;
    gboolean foot;
} pieces[] = {
    {"logo", fm__logo_draw_top, FALSE},
    {"title", fm__title_draw, FALSE},
    {"figure", fm__figure_draw, FALSE},
    {"chart", fm__chart_draw, FALSE},
    {"table", fm__table_draw, FALSE},
    {"legend", fm__legend_draw, FALSE},
    {"numbered", fm__numbered_list_draw, FALSE},
    {"place", draw_place, TRUE},
    {"logo", fm__logo_draw_bottom, TRUE},
    {"notes", fm__notes_draw, TRUE},
};

/* Draw or measure a piece; the display list gets its box. */
static double put_piece(FmFurniture *f, gsize i, double x_px, double y_px, double width_px)
{
    double height = pieces[i].draw(f, x_px, y_px, width_px);
    if (height > 0)
        fm__furniture_list(f, "furniture", (FmPageRect){x_px, y_px, width_px, height},
                           pieces[i].name);
    return height;
}

/* One column.  Returns the height that the pieces need; they are drawn when `f` draws. */
static double draw_column(FmFurniture *f, double width_px, double height_px)
{
    FmFurniture measure = *f;
    measure.cr = NULL;
    double gap = 1.5 * f->sheet->gap_px, foot = 0, y = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        double height = pieces[i].foot ? put_piece(&measure, i, 0, 0, width_px) : 0;
        foot += height > 0 ? height + gap : 0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        if (pieces[i].foot)
            continue;
        double height = put_piece(f, i, 0, y, width_px);
        y += height > 0 ? height + gap : 0;
    }
    double needed = y + foot - gap;
    y = MAX(y, height_px - foot + gap);
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        if (!pieces[i].foot)
            continue;
        double height = put_piece(f, i, 0, y, width_px);
        y += height > 0 ? height + gap : 0;
    }
    return needed;
}

/* Columns that the pieces need when none is higher than `limit_px`, filled one after the other. */
static guint count_columns(const double heights[G_N_ELEMENTS(pieces)], double gap_px,
                           double limit_px)
{
    guint n = 1;
    double y = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        if (heights[i] == 0)
            continue;
        if (y > 0 && y + heights[i] > limit_px + ROUNDING_PX) {
            n++;
            y = 0;
        }
        y += heights[i] + gap_px;
    }
    return n;
}

/* The least height at which `n` columns hold all pieces: the height of some run of pieces. */
static double balance_columns(const double heights[G_N_ELEMENTS(pieces)], double gap_px, guint n)
{
    double best = G_MAXDOUBLE, least = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++)
        least = MAX(least, heights[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        double run = -gap_px;
        for (gsize j = i; j < G_N_ELEMENTS(pieces); j++) {
            run += heights[j] > 0 ? heights[j] + gap_px : 0;
            if (run >= least - ROUNDING_PX && run < best &&
                count_columns(heights, gap_px, run) <= n)
                best = run;
        }
    }
    return best;
}

/* Several columns of about one height.  Returns that height. */
static double draw_columns(FmFurniture *f, guint n, double width_px)
{
    FmFurniture measure = *f;
    measure.cr = NULL;
    double gutter = 2 * f->sheet->gap_px, gap = 1.5 * f->sheet->gap_px;
    double column = (width_px - gutter * (n - 1)) / n, y = 0;
    double heights[G_N_ELEMENTS(pieces)];
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++)
        heights[i] = put_piece(&measure, i, 0, 0, column);
    double limit = balance_columns(heights, gap, n);
    guint at = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        if (heights[i] == 0)
            continue;
        if (y > 0 && y + heights[i] > limit + ROUNDING_PX) {
            at++;
            y = 0;
        }
        put_piece(f, i, at * (column + gutter), y, column);
        y += heights[i] + gap;
    }
    return limit;
}

static double draw_pieces(FmFurniture *f, double width_px, double height_px)
{
    return f->panel_columns == 0 ? draw_column(f, width_px, height_px)
                                 : draw_columns(f, f->panel_columns, width_px);
}

/* The height that the pieces need at this scale, with the first number of columns that fits or else
 * the one that needs least; it is left in `measure`. */
static double choose_columns(FmFurniture *measure, double width_px, double height_px)
{
    const gboolean beside = measure->sheet->width_px >= measure->sheet->height_px;
    const guint most = beside ? 1 : (guint)CLAMP(width_px / COLUMN_WIDTH_PX, 1, MAX_COLUMNS);
    FmFurniture tried = *measure;
    double least = G_MAXDOUBLE;
    for (guint n = most; n >= 1 && least > height_px; n--) {
        tried.panel_columns = beside ? 0 : n;
        for (guint legend = 1; legend <= FM_LEGEND_MAX_COLUMNS && least > height_px; legend++) {
            tried.legend_columns = legend;
            const double needed = draw_pieces(&tried, width_px, height_px);
            if (needed < least) {
                least = needed;
                *measure = tried;
            }
        }
    }
    return least;
}

/* Choose columns, then a smaller scale, until all pieces fit; type is the last thing
 * to become smaller.  Returns FALSE when they do not fit at the smallest. */
static gboolean fit_panel(FmFurniture *measure)
{
    const FmPageRect *panel = &measure->sheet->panel;
    for (int step = 0; step <= SCALE_STEPS; step++) {
        measure->scale = 1 - step * SCALE_STEP;
        const double height_px = panel->height_px / measure->scale;
        if (choose_columns(measure, panel->width_px / measure->scale, height_px) <= height_px)
            return TRUE;
    }
    return FALSE;
}

gboolean fm__panel_draw(FmFurniture *f, GError **error)
{
    const FmPageRect *panel = &f->sheet->panel;
    if (panel->width_px <= 0)
        return TRUE;
    FmFurniture measure = *f;
    measure.cr = NULL;
    if (!fit_panel(&measure)) {
        g_ptr_array_add(f->report->warnings,
                        g_strdup("the side panel is too small for what it has to say: choose a "
                                 "larger page, a shorter legend or one language"));
    }
    f->origin_x_px = panel->x_px;
    f->origin_y_px = panel->y_px;
    f->panel_columns = measure.panel_columns;
    f->legend_columns = measure.legend_columns;
    const double scale = f->scale = measure.scale;
    cairo_save(f->cr);
    cairo_translate(f->cr, panel->x_px, panel->y_px);
    cairo_scale(f->cr, scale, scale);
    draw_pieces(f, panel->width_px / scale, panel->height_px / scale);
    cairo_restore(f->cr);
    cairo_status_t status = cairo_status(f->cr);
    if (status == CAIRO_STATUS_SUCCESS)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_LIMIT, "cannot draw the side panel: %s",
                cairo_status_to_string(status));
    return FALSE;
}
