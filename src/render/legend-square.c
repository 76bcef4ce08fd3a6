/* The legend of two values: a square of colours with the number of features in each, its limits
 * along two sides, and arrows that say which way more is.  Upright, or turned to stand on the
 * corner that is least of both. */
#include "legend-scale.h"

#include <facmap/contrast.h>
#include <math.h>

#define CELL_PX 34.0
#define TICK_PT 6.5
#define TITLE_PT 8.0
#define GAP_PX 4.0
#define ARROW_PX 4.0
#define SINK 0.7071067811865476 /* half a diagonal over a side */

/* From classes of x and y, 0 at the least, to the panel. */
typedef struct {
    const FmPageLegendSquare *square;
    FmPagePoint corner; /* the least of both */
} Plane;

static FmPagePoint place(const Plane *plane, double u, double v)
{
    const double x = u * CELL_PX, y = v * CELL_PX;
    if (plane->square->turned)
        return (FmPagePoint){plane->corner.x_px + (x - y) * SINK,
                             plane->corner.y_px - (x + y) * SINK};
    return (FmPagePoint){plane->corner.x_px + x, plane->corner.y_px - y};
}

static void trace_to(cairo_t *cr, FmPagePoint p)
{
    cairo_line_to(cr, p.x_px, p.y_px);
}

static void draw_cell(FmFurniture *f, const Plane *plane, gsize x, gsize y, FmColor color)
{
    const double u = (double)x, v = (double)y;
    cairo_new_path(f->cr);
    trace_to(f->cr, place(plane, u, v));
    trace_to(f->cr, place(plane, u + 1, v));
    trace_to(f->cr, place(plane, u + 1, v + 1));
    trace_to(f->cr, place(plane, u, v + 1));
    cairo_close_path(f->cr);
    fm__set_source(f->cr, color, 1);
    cairo_fill_preserve(f->cr);
    cairo_set_source_rgb(f->cr, 1, 1, 1);
    cairo_set_line_width(f->cr, 0.8);
    cairo_stroke(f->cr);
}

static void draw_cells(FmFurniture *f, const FmPageLegendEntry *entry, const Plane *plane,
                       FmLegendCount count)
{
    const FmPageLegendSquare *square = entry->square;
    const FmColor white = {1, 1, 1, 1};
    for (gsize i = 0; i < square->x.n_classes * square->y.n_classes; i++) {
        const gsize x = i % square->x.n_classes, y = i / square->x.n_classes;
        const FmColor color = square->colors[i];
        const gboolean light = fm_color_contrast(color, FM_INK) >= fm_color_contrast(color, white);
        const FmTextLook look = {TICK_PT, FALSE, light ? FM_INK : white, FM_JUSTIFY_CENTER};
        const FmPagePoint middle = place(plane, (double)x + 0.5, (double)y + 0.5);
        g_autofree char *text = fm_format_count((gint64)count(f, entry->layer, square->filters[i]));
        if (f->cr)
            draw_cell(f, plane, x, y, color);
        fm__furniture_draw_text(f, text, &look, middle.x_px,
                                middle.y_px - fm__furniture_size_px(f, TICK_PT) * 0.66, 0);
    }
}

/* An arrow beside one side of the square, towards more. */
static void draw_arrow(const FmFurniture *f, FmPagePoint from, FmPagePoint to)
{
    const double length = hypot(to.x_px - from.x_px, to.y_px - from.y_px);
    const double dx = (to.x_px - from.x_px) / length, dy = (to.y_px - from.y_px) / length;
    cairo_new_path(f->cr);
    cairo_move_to(f->cr, from.x_px, from.y_px);
    trace_to(f->cr, to);
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(f->cr, to.x_px - ARROW_PX * (dx + side * 0.6 * dy),
                      to.y_px - ARROW_PX * (dy - side * 0.6 * dx));
        trace_to(f->cr, to);
    }
    fm__set_source(f->cr, FM_INK_SOFT, 1);
    cairo_set_line_width(f->cr, 0.8);
    cairo_stroke(f->cr);
}

static const char *words(const FmFurniture *f, const FmPageText *text)
{
    const char *chosen = f->language == FM_LANGUAGE_EN ? text->en : text->zh;
    return chosen ? chosen : text->en ? text->en : text->zh;
}

/* Limits beside the two sides that meet in the least corner. */
static void draw_ticks(FmFurniture *f, const Plane *plane)
{
    const FmPageLegendSquare *square = plane->square;
    const double line_px = fm__furniture_size_px(f, TICK_PT) * 1.32, off = GAP_PX / CELL_PX;
    const gboolean turned = square->turned;
    const FmTextLook x_look = {TICK_PT, FALSE, FM_INK_SOFT,
                               turned ? FM_JUSTIFY_LEFT : FM_JUSTIFY_CENTER};
    const FmTextLook y_look = {TICK_PT, FALSE, FM_INK_SOFT, FM_JUSTIFY_RIGHT};
    for (gsize c = 0; c <= square->x.n_classes; c++) {
        const FmPagePoint p = place(plane, (double)c, -off);
        fm__furniture_draw_text(f, words(f, &square->x.limits[c]), &x_look, p.x_px,
                                turned ? p.y_px - line_px / 3 : p.y_px, 0);
    }
    for (gsize c = 0; c <= square->y.n_classes; c++) {
        const FmPagePoint p = place(plane, -off, (double)c);
        fm__furniture_draw_text(f, words(f, &square->y.limits[c]), &y_look, p.x_px,
                                turned ? p.y_px - line_px / 3 : p.y_px - line_px / 2, 0);
    }
}

/* A title in one or two languages behind a small arrow that says which side it names. */
static double draw_title(FmFurniture *f, const FmPageText *title, FmPagePoint at, FmPagePoint way,
                         double width_px)
{
    const FmTextLook look = {TITLE_PT, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    const double size_px = 9, top = at.y_px + 7;
    if (f->cr)
        draw_arrow(f,
                   (FmPagePoint){at.x_px + size_px / 2 - way.x_px * size_px / 2,
                                 top - way.y_px * size_px / 2},
                   (FmPagePoint){at.x_px + size_px / 2 + way.x_px * size_px / 2,
                                 top + way.y_px * size_px / 2});
    return fm__furniture_draw_words(f, title, &look, NULL, at.x_px + size_px + GAP_PX, at.y_px,
                                    width_px - size_px - GAP_PX);
}

/* How far the limits of y reach out to the left of the square. */
static double tick_room_px(FmFurniture *f, const FmPageLegendAxis *axis)
{
    const FmTextStyle style = {.size_px = fm__furniture_size_px(f, TICK_PT)};
    double widest = 0;
    for (gsize c = 0; c <= axis->n_classes; c++) {
        double width = 0, height = 0;
        fm__text_measure(f->text, words(f, &axis->limits[c]), &style, &width, &height);
        widest = MAX(widest, width);
    }
    return widest + GAP_PX;
}

double fm__legend_square_draw(FmFurniture *f, const FmPageLegendEntry *entry, FmLegendCount count,
                              double x_px, double y_px, double width_px)
{
    const FmPageLegendSquare *square = entry->square;
    const double nx = (double)square->x.n_classes * CELL_PX,
                 ny = (double)square->y.n_classes * CELL_PX;
    const double line_px = fm__furniture_size_px(f, TICK_PT) * 1.32,
                 room_px = tick_room_px(f, &square->y);
    const gboolean turned = square->turned;
    const FmPagePoint up = turned ? (FmPagePoint){-SINK, -SINK} : (FmPagePoint){0, -1};
    const FmPagePoint right = turned ? (FmPagePoint){SINK, -SINK} : (FmPagePoint){1, 0};
    double y = y_px;
    /* Less than the panel's width: the words break before they reach its edge. */
    y += draw_title(f, &square->y.title, (FmPagePoint){x_px, y}, up, width_px) + GAP_PX;
    const double height_px = turned ? (nx + ny) * SINK : ny;
    const Plane plane = {square,
                         {x_px + room_px + (turned ? ny * SINK : 0), y + line_px / 2 + height_px}};
    draw_cells(f, entry, &plane, count);
    draw_ticks(f, &plane);
    y = plane.corner.y_px + GAP_PX + line_px;
    y += draw_title(f, &square->x.title, (FmPagePoint){x_px, y}, right, width_px);
    const FmPagePoint low = place(&plane, 0, 0);
    fm__furniture_list(f, "swatch",
                       (FmPageRect){low.x_px - (turned ? ny * SINK : 0), low.y_px - height_px,
                                    turned ? (nx + ny) * SINK : nx, height_px},
                       fm_style_layer_id(entry->layer));
    return y - y_px;
}
