/* Flow lines.  A line that tapers from its beginning is read faster and more surely than one with
 * an arrow (Holten & van Wijk 2009, doi:10.1145/1518701.1519054); bending all of them to the same
 * side of travel keeps opposite ones apart. */
#include "flow.h"

#include "draw.h"

#include <math.h>

#define N_POINTS 33       /* of an arc: a tenth of a pixel off at A3's width */
#define NARROW_END 0.15   /* width at the end over width at the beginning */
#define NARROWEST_PX 0.35 /* still a line on paper */
#define HEAD_WIDTHS 2.4   /* of an arrow's head, over the line's width */
#define LEAST_HEAD_PX 5.0

FmShape *fm__flow_shape(const FmFrame *frame, const FmGeometry *line, double curve_ratio,
                        const FmPageRect *clip, GError **error)
{
    FmPagePoint a, b;
    if (!fm__frame_project(frame, line->points[0], &a, error) ||
        !fm__frame_project(frame, line->points[line->n_points - 1], &b, error))
        return NULL;
    /* To the right of travel, with y down.  The curve's middle is half-way to its control point. */
    const double dx = b.x_px - a.x_px, dy = b.y_px - a.y_px;
    const FmPagePoint control = {(a.x_px + b.x_px) / 2 - 2 * curve_ratio * dy,
                                 (a.y_px + b.y_px) / 2 + 2 * curve_ratio * dx};
    FmShape *shape = g_new0(FmShape, 1);
    shape->dimension = 1;
    const double left = MIN(MIN(a.x_px, b.x_px), control.x_px),
                 top = MIN(MIN(a.y_px, b.y_px), control.y_px);
    const FmPageRect box = {left, top, MAX(MAX(a.x_px, b.x_px), control.x_px) - left,
                            MAX(MAX(a.y_px, b.y_px), control.y_px) - top};
    const FmPageRect grown = fm__rect_grow(box, 1);
    if (!fm__rect_overlap(&grown, clip))
        return shape;
    shape->n_points = N_POINTS;
    shape->points = g_new(FmPagePoint, N_POINTS);
    for (gsize i = 0; i < N_POINTS; i++) {
        const double t = (double)i / (N_POINTS - 1), s = 1 - t;
        shape->points[i] = (FmPagePoint){
            s * s * a.x_px + 2 * s * t * control.x_px + t * t * b.x_px,
            s * s * a.y_px + 2 * s * t * control.y_px + t * t * b.y_px,
        };
    }
    shape->n_paths = 1;
    shape->path_end = g_new(gsize, 1);
    shape->path_end[0] = N_POINTS;
    return shape;
}

/* Unit vector along the line at point i. */
static FmPagePoint direction(const FmPagePoint *points, gsize n, gsize i)
{
    const FmPagePoint *before = &points[i > 0 ? i - 1 : 0], *after = &points[MIN(i + 1, n - 1)];
    const double dx = after->x_px - before->x_px, dy = after->y_px - before->y_px;
    const double length = hypot(dx, dy);
    return length > 0 ? (FmPagePoint){dx / length, dy / length} : (FmPagePoint){1, 0};
}

static double half_width_px(const FmFlow *flow, double width_px, double share)
{
    const double width = flow->taper ? width_px * (1 - (1 - NARROW_END) * share) : width_px;
    return MAX(width, NARROWEST_PX) / 2;
}

/* One side of the ribbon, there (side = 1) or back (-1). */
static void trace_side(cairo_t *cr, const FmPagePoint *points, gsize n, const FmFlow *flow,
                       double width_px, int side)
{
    for (gsize step = 0; step < n; step++) {
        const gsize i = side > 0 ? step : n - 1 - step;
        const FmPagePoint along = direction(points, n, i);
        const double half = side * half_width_px(flow, width_px, (double)i / (double)(n - 1));
        cairo_line_to(cr, points[i].x_px - along.y_px * half, points[i].y_px + along.x_px * half);
    }
}

static void trace_head(cairo_t *cr, FmPagePoint tip, FmPagePoint along, double width_px)
{
    const double size = MAX(width_px * HEAD_WIDTHS, LEAST_HEAD_PX), half = size * 0.4;
    const FmPagePoint back = {tip.x_px - along.x_px * size, tip.y_px - along.y_px * size};
    cairo_move_to(cr, tip.x_px, tip.y_px);
    cairo_line_to(cr, back.x_px + along.y_px * half, back.y_px - along.x_px * half);
    cairo_line_to(cr, back.x_px - along.y_px * half, back.y_px + along.x_px * half);
    cairo_close_path(cr);
}

void fm__flow_draw(cairo_t *cr, const FmShape *shape, const FmFlow *flow, double width_px,
                   FmColor color, double opacity)
{
    if (shape->n_paths == 0 || width_px <= 0)
        return;
    const FmPagePoint *points = shape->points;
    const gsize n = shape->path_end[0];
    cairo_save(cr);
    cairo_new_path(cr);
    trace_side(cr, points, n, flow, width_px, 1);
    trace_side(cr, points, n, flow, width_px, -1);
    cairo_close_path(cr);
    if (flow->arrow)
        trace_head(cr, points[n - 1], direction(points, n, n - 1),
                   2 * half_width_px(flow, width_px, 1));
    /* Line and head are one shape: what they share is not painted twice. */
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    fm__set_source(cr, color, opacity);
    cairo_fill(cr);
    cairo_restore(cr);
}
