/* Measuring and moving shapes: parallel lines, the middle of a line, the depth of a point in an
 * area. */
#include "shape.h"

#include <math.h>

/* ---- parallel lines --------------------------------------------------------------------- */

/* Unit normal to the right of a → b on a page whose y points down. */
static FmPagePoint right_normal(FmPagePoint a, FmPagePoint b)
{
    double dx = b.x_px - a.x_px, dy = b.y_px - a.y_px, length = hypot(dx, dy);
    if (length == 0)
        return (FmPagePoint){0, 0};
    return (FmPagePoint){-dy / length, dx / length};
}

FmShape *fm__shape_offset(const FmShape *shape, double offset_px)
{
    FmShape *moved = g_new0(FmShape, 1);
    moved->dimension = shape->dimension;
    moved->n_points = shape->n_points;
    moved->n_paths = shape->n_paths;
    moved->points = g_new(FmPagePoint, MAX(shape->n_points, 1));
    moved->path_end = g_memdup2(shape->path_end, shape->n_paths * sizeof *shape->path_end);
    gsize begin = 0;
    for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++]) {
        gsize end = shape->path_end[p], n = end - begin;
        gboolean ring = shape->dimension == 2;
        for (gsize i = begin; i < end; i++) {
            FmPagePoint at = shape->points[i];
            FmPagePoint before = i > begin ? shape->points[i - 1] : shape->points[begin + n - 1];
            FmPagePoint after = i + 1 < end ? shape->points[i + 1] : shape->points[begin];
            FmPagePoint in = i > begin || ring ? right_normal(before, at) : right_normal(at, after);
            FmPagePoint out = i + 1 < end || ring ? right_normal(at, after) : in;
            double sx = in.x_px + out.x_px, sy = in.y_px + out.y_px, ss = sx * sx + sy * sy;
            /* The mitre has length 2 / |in + out|; bounded so that a hairpin stays near. */
            double factor = ss > 1 ? 2 / ss : 1;
            moved->points[i] =
                (FmPagePoint){at.x_px + offset_px * factor * sx, at.y_px + offset_px * factor * sy};
        }
    }
    return moved;
}

/* ---- the middle of a line --------------------------------------------------------------- */

static double path_length_px(const FmShape *shape, gsize begin, gsize end)
{
    double length = 0;
    for (gsize i = begin + 1; i < end; i++)
        length += hypot(shape->points[i].x_px - shape->points[i - 1].x_px,
                        shape->points[i].y_px - shape->points[i - 1].y_px);
    return length;
}

void fm__shape_longest_path(const FmShape *shape, gsize *begin, gsize *end)
{
    gsize at = 0;
    double longest = -1;
    for (gsize p = 0; p < shape->n_paths; at = shape->path_end[p++]) {
        double length = path_length_px(shape, at, shape->path_end[p]);
        if (length > longest) {
            longest = length;
            *begin = at;
            *end = shape->path_end[p];
        }
    }
}

FmPagePoint fm__shape_middle(const FmShape *shape)
{
    g_return_val_if_fail(shape->n_paths > 0, ((FmPagePoint){0, 0}));
    gsize begin = 0, end = 0;
    fm__shape_longest_path(shape, &begin, &end);
    double left = path_length_px(shape, begin, end) / 2;
    for (gsize i = begin + 1; i < end; i++) {
        FmPagePoint a = shape->points[i - 1], b = shape->points[i];
        double step = hypot(b.x_px - a.x_px, b.y_px - a.y_px);
        if (step >= left && step > 0)
            return (FmPagePoint){a.x_px + (b.x_px - a.x_px) * left / step,
                                 a.y_px + (b.y_px - a.y_px) * left / step};
        left -= step;
    }
    return shape->points[end - 1];
}

/* ---- inside an area --------------------------------------------------------------------- */

static double point_segment_px2(FmPagePoint p, FmPagePoint a, FmPagePoint b)
{
    double dx = b.x_px - a.x_px, dy = b.y_px - a.y_px, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x_px - a.x_px) * dx + (p.y_px - a.y_px) * dy) / length2 : 0;
    t = CLAMP(t, 0, 1);
    double ex = a.x_px + t * dx - p.x_px, ey = a.y_px + t * dy - p.y_px;
    return ex * ex + ey * ey;
}

/* Distance to the outline, negative outside (even-odd). */
static double signed_distance_px(const FmShape *shape, FmPagePoint p)
{
    gboolean inside = FALSE;
    double least = G_MAXDOUBLE;
    gsize begin = 0;
    for (gsize q = 0; q < shape->n_paths; begin = shape->path_end[q++]) {
        gsize end = shape->path_end[q];
        for (gsize i = begin, j = end - 1; i < end; j = i++) {
            FmPagePoint a = shape->points[i], b = shape->points[j];
            if ((a.y_px > p.y_px) != (b.y_px > p.y_px) &&
                p.x_px < (b.x_px - a.x_px) * (p.y_px - a.y_px) / (b.y_px - a.y_px) + a.x_px)
                inside = !inside;
            least = MIN(least, point_segment_px2(p, a, b));
        }
    }
    return inside ? sqrt(least) : -sqrt(least);
}

/* Distance to the rectangle, negative inside: a search then leaves what is covered at once. */
static double rect_distance_px(const FmPageRect *rect, FmPagePoint p)
{
    double dx = MAX(rect->x_px - p.x_px, p.x_px - fm__rect_right_px(rect));
    double dy = MAX(rect->y_px - p.y_px, p.y_px - fm__rect_bottom_px(rect));
    return dx < 0 && dy < 0 ? MAX(dx, dy) : hypot(MAX(dx, 0), MAX(dy, 0));
}

double fm__shape_depth_px(const FmShape *shape, const FmPageRect *covers, gsize n_covers,
                          FmPagePoint p)
{
    double depth = signed_distance_px(shape, p);
    /* Where a cover reaches beyond the outline, the outline is nearer: the least is exact. */
    for (gsize i = 0; i < n_covers && depth > 0; i++)
        depth = MIN(depth, rect_distance_px(&covers[i], p));
    return depth;
}

gboolean fm__shape_holds(const FmShape *shape, FmPagePoint p)
{
    return shape->dimension == 2 && shape->n_paths > 0 && signed_distance_px(shape, p) >= 0;
}

FmPageRect fm__shape_bounds(const FmShape *shape)
{
    if (shape->n_points == 0)
        return (FmPageRect){0, 0, 0, 0};
    double x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE, x1 = -G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
    for (gsize i = 0; i < shape->n_points; i++) {
        x0 = MIN(x0, shape->points[i].x_px);
        x1 = MAX(x1, shape->points[i].x_px);
        y0 = MIN(y0, shape->points[i].y_px);
        y1 = MAX(y1, shape->points[i].y_px);
    }
    return (FmPageRect){x0, y0, x1 - x0, y1 - y0};
}
