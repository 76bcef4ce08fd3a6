/* The metric grid: lines of the CRS' eastings and northings, named below the frame and right of it,
 * where the graticule has its names above and left.
 *
 * The frame is drawn in the CRS, north of the grid up, so that every line is straight and level or
 * upright.  Names are kilometres as topographic maps print them; the first of each side says of
 * what, and which way it counts. */
#include "furniture.h"

#include <math.h>

#define WANTED_SPACING_PX 150.0
#define LABEL_GAP_PX 3.0
#define TEXT_PT 6.0

/* 1, 2 or 5 times a power of ten. */
static double choose_step_m(const FmFrame *frame)
{
    static const double steps[] = {1, 2, 5};
    double least = WANTED_SPACING_PX * frame->m_per_px, power = pow(10, floor(log10(least)));
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
        if (steps[i] * power >= least * (1 - 1e-9))
            return steps[i] * power;
    return 10 * power;
}

/* "448", or "448 km 东 E" for the first of a side. */
static char *label_text(const FmFurniture *f, double at_m, double step_m, gboolean east,
                        gboolean first)
{
    gboolean km = fmod(step_m, 1000) == 0;
    g_autofree char *number = fm_format_count((gint64)llround(km ? at_m / 1000 : at_m));
    const char *unit = f->language == FM_LANGUAGE_ZH ? (km ? "公里" : "米") : (km ? "km" : "m");
    const char *zh = east ? "东" : "北", *en = east ? "E" : "N";
    if (!first)
        return g_steal_pointer(&number);
    if (f->language == FM_LANGUAGE_BOTH)
        return g_strdup_printf("%s %s %s %s", number, unit, zh, en);
    return g_strdup_printf("%s %s %s", number, unit, f->language == FM_LANGUAGE_ZH ? zh : en);
}

/* The number of an upright line below the frame, of a level one right of it, turned. */
static void draw_label(FmFurniture *f, const char *text, gboolean east, double at_px)
{
    const FmTextLook look = {TEXT_PT, FALSE, FM_INK_SOFT, FM_JUSTIFY_CENTER};
    const FmPageRect *r = &f->frame->rect;
    if (east) {
        fm__furniture_draw_text(f, text, &look, at_px, fm__rect_bottom_px(r) + LABEL_GAP_PX, 0);
        return;
    }
    FmFurniture turned = *f;
    turned.origin_x_px = fm__rect_right_px(r) + LABEL_GAP_PX;
    turned.origin_y_px = at_px;
    cairo_save(f->cr);
    cairo_translate(f->cr, turned.origin_x_px, turned.origin_y_px);
    cairo_rotate(f->cr, -G_PI / 2);
    fm__furniture_draw_text(&turned, text, &look, 0, 0, 0);
    cairo_restore(f->cr);
}

static void draw_line(const FmFurniture *f, gboolean east, double at_px)
{
    const FmPageRect *r = &f->frame->rect;
    cairo_move_to(f->cr, east ? at_px : r->x_px, east ? r->y_px : at_px);
    cairo_line_to(f->cr, east ? at_px : fm__rect_right_px(r), east ? fm__rect_bottom_px(r) : at_px);
    fm__set_source(f->cr, FM_INK, 0.16);
    cairo_set_line_width(f->cr, 0.35);
    cairo_set_dash(f->cr, NULL, 0, 0);
    cairo_stroke(f->cr);
}

/* All upright lines, or all level ones. */
static void draw_side(FmFurniture *f, double step_m, gboolean east)
{
    const double room_px = 30; /* from the frame's corners */
    const FmPageRect *r = &f->frame->rect;
    FmXY low = fm__frame_from_page(f->frame, (FmPagePoint){r->x_px, fm__rect_bottom_px(r)});
    FmXY high = fm__frame_from_page(f->frame, (FmPagePoint){fm__rect_right_px(r), r->y_px});
    double from_m = east ? low.x_m : low.y_m, to_m = east ? high.x_m : high.y_m;
    double from_px = east ? r->x_px : r->y_px;
    double to_px = east ? fm__rect_right_px(r) : fm__rect_bottom_px(r);
    gboolean first = TRUE;
    for (double k = ceil(from_m / step_m); k <= floor(to_m / step_m); k++) {
        FmPagePoint p =
            fm__frame_to_page(f->frame, east ? k * step_m : low.x_m, east ? low.y_m : k * step_m);
        double at_px = east ? p.x_px : p.y_px;
        draw_line(f, east, at_px);
        if (f->unlabelled || at_px < from_px + room_px || at_px > to_px - room_px)
            continue;
        g_autofree char *text = label_text(f, k * step_m, step_m, east, first);
        draw_label(f, text, east, at_px);
        first = FALSE;
    }
}

void fm__grid_draw(FmFurniture *f)
{
    if (!f->page->grid)
        return;
    double step_m = f->page->grid_step_m > 0 ? f->page->grid_step_m : choose_step_m(f->frame);
    double width_m = f->frame->rect.width_px * f->frame->m_per_px;
    const double most_lines = 200;
    if (width_m / step_m > most_lines) {
        g_autofree char *step = fm_format_double(step_m);
        g_ptr_array_add(
            f->report->warnings,
            g_strdup_printf("a grid of %s m is too fine for this scale and is left out", step));
        return;
    }
    draw_side(f, step_m, TRUE);
    draw_side(f, step_m, FALSE);
}
