/* Projection, clipping and thinning of one geometry.  Areas are clipped by Sutherland & Hodgman
 * (1974, doi:10.1145/360767.360802), lines by Liang & Barsky (1984, doi:10.1145/357332.357333);
 * points closer than a tenth of a pixel to the last kept one are dropped. */
#include "shape.h"

#include <math.h>
#include <string.h>

/* A tenth of a CSS px is 0.03 mm in print. */
#define THIN_PX 0.1
/* Longer edges are bent by projection: a straight edge in degrees is divided this finely. */
#define MAX_EDGE_DEG 0.05

/* A shape in the making is the scratch's points and path_end. */
typedef FmShapeScratch ShapeBuilder;

void fm__shape_scratch_init(FmShapeScratch *scratch)
{
    *scratch = (FmShapeScratch){.points = g_array_new(FALSE, FALSE, sizeof(FmPagePoint)),
                                .path_end = g_array_new(FALSE, FALSE, sizeof(gsize)),
                                .path = g_array_new(FALSE, FALSE, sizeof(FmPagePoint)),
                                .cut = g_array_new(FALSE, FALSE, sizeof(FmPagePoint))};
}

void fm__shape_scratch_clear(FmShapeScratch *scratch)
{
    GArray **arrays[] = {&scratch->points, &scratch->path_end, &scratch->path, &scratch->cut};
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_clear_pointer(arrays[i], g_array_unref);
}

/* A layer has hundreds of thousands of shapes: those that are made here are one block each, which
 * is told by its parts lying end to end. */
static gboolean is_packed(const FmShape *shape)
{
    return (const void *)shape->points == (const void *)(shape + 1) &&
           (const void *)shape->path_end == (const void *)(shape->points + shape->n_points);
}

void fm__shape_free(FmShape *shape)
{
    if (!shape)
        return;
    if (!is_packed(shape)) {
        g_free(shape->points);
        g_free(shape->path_end);
    }
    g_free(shape);
}

void fm__shapes_free(FmShape **shapes, gsize n)
{
    for (gsize i = 0; shapes && i < n; i++)
        fm__shape_free(shapes[i]);
    g_free(shapes);
}

static void builder_begin(ShapeBuilder *builder)
{
    g_array_set_size(builder->points, 0);
    g_array_set_size(builder->path_end, 0);
}

static FmShape *shape_finish(const ShapeBuilder *builder, guint dimension)
{
    const gsize n_points = builder->points->len, n_paths = builder->path_end->len;
    FmShape *shape = g_malloc(sizeof *shape + n_points * sizeof *shape->points +
                              n_paths * sizeof *shape->path_end);
    *shape = (FmShape){dimension, n_points, n_paths, (FmPagePoint *)(void *)(shape + 1), NULL};
    shape->path_end = (gsize *)(void *)(shape->points + n_points);
    if (n_paths > 0) { /* where there is no path there is no point */
        memcpy(shape->points, builder->points->data, n_points * sizeof *shape->points);
        memcpy(shape->path_end, builder->path_end->data, n_paths * sizeof *shape->path_end);
    }
    return shape;
}

/* Close the path that began at point `begin`; paths below `least` points are dropped. */
static void builder_end_path(ShapeBuilder *builder, gsize begin, gsize least)
{
    if (builder->points->len - begin < least) {
        g_array_set_size(builder->points, (guint)begin);
        return;
    }
    gsize end = builder->points->len;
    g_array_append_val(builder->path_end, end);
}

/* Append unless it is too near to the path's last point to be seen; a point to `keep` then takes
 * that one's place, for a line must end where it ends. */
static void builder_add(ShapeBuilder *builder, gsize begin, FmPagePoint p, gboolean keep)
{
    gsize n = builder->points->len - begin;
    if (n > 0) {
        FmPagePoint *last = &g_array_index(builder->points, FmPagePoint, builder->points->len - 1);
        double dx = p.x_px - last->x_px, dy = p.y_px - last->y_px;
        if (dx * dx + dy * dy < THIN_PX * THIN_PX) {
            if (!keep)
                return;
            if (n > 1) {
                *last = p;
                return;
            }
        }
    }
    g_array_append_val(builder->points, p);
}

/* ---- projection ------------------------------------------------------------------------- */

/* One path to the page, long edges divided. */
static gboolean project_path(const FmFrame *frame, const FmTransform *transform,
                             const FmLonLat *points, gsize n, GArray *out, GError **error)
{
    g_array_set_size(out, 0);
    for (gsize i = 0; i < n; i++) {
        guint pieces = 1;
        FmLonLat from = i > 0 ? points[i - 1] : points[i];
        double dx = points[i].lon_deg - from.lon_deg, dy = points[i].lat_deg - from.lat_deg;
        double longest = MAX(fabs(dx), fabs(dy));
        if (longest > MAX_EDGE_DEG && isfinite(longest))
            pieces = (guint)MIN(ceil(longest / MAX_EDGE_DEG), 7200);
        for (guint k = 1; k <= pieces; k++) {
            double t = (double)k / pieces;
            FmPagePoint p = {from.lon_deg + dx * t, from.lat_deg + dy * t}; /* in degrees yet */
            g_array_append_val(out, p);
        }
    }
    /* All at once: a call for each point costs as much as projecting it. */
    FmPagePoint *all = (FmPagePoint *)(void *)out->data;
    if (!fm_transform_apply(transform, (double(*)[2])(void *)all, out->len, error))
        return FALSE;
    for (guint i = 0; i < out->len; i++)
        all[i] = fm__frame_to_page(frame, all[i].x_px, all[i].y_px);
    return TRUE;
}

/* ---- clipping --------------------------------------------------------------------------- */

/* How far `p` lies inside the side of the clip box: 0 left, 1 right, 2 top, 3 bottom. */
static double inside_px(const FmPageRect *clip, int side, FmPagePoint p)
{
    switch (side) {
    case 0:
        return p.x_px - clip->x_px;
    case 1:
        return fm__rect_right_px(clip) - p.x_px;
    case 2:
        return p.y_px - clip->y_px;
    default:
        return fm__rect_bottom_px(clip) - p.y_px;
    }
}

static FmPagePoint between(FmPagePoint a, FmPagePoint b, double t)
{
    return (FmPagePoint){a.x_px + (b.x_px - a.x_px) * t, a.y_px + (b.y_px - a.y_px) * t};
}

/* Cut a ring (first point not repeated) by one side of the box. */
static void clip_ring_side(const GArray *in, GArray *out, const FmPageRect *clip, int side)
{
    g_array_set_size(out, 0);
    for (guint i = 0; i < in->len; i++) {
        FmPagePoint a = g_array_index(in, FmPagePoint, i);
        FmPagePoint b = g_array_index(in, FmPagePoint, (i + 1) % in->len);
        double da = inside_px(clip, side, a), db = inside_px(clip, side, b);
        if (da >= 0)
            g_array_append_val(out, a);
        if ((da >= 0) != (db >= 0)) {
            FmPagePoint p = between(a, b, da / (da - db));
            g_array_append_val(out, p);
        }
    }
}

static void add_ring(ShapeBuilder *builder, GArray *ring, GArray *scratch, const FmPageRect *clip)
{
    for (int side = 0; side < 4; side += 2) {
        clip_ring_side(ring, scratch, clip, side);
        clip_ring_side(scratch, ring, clip, side + 1);
    }
    gsize begin = builder->points->len;
    for (guint i = 0; i < ring->len; i++)
        builder_add(builder, begin, g_array_index(ring, FmPagePoint, i), FALSE);
    builder_end_path(builder, begin, 3);
}

/* The part t0 … t1 of a segment inside the box.  Returns FALSE when it misses it. */
static gboolean clip_segment(const FmPageRect *clip, FmPagePoint a, FmPagePoint b, double *t0,
                             double *t1)
{
    *t0 = 0;
    *t1 = 1;
    for (int side = 0; side < 4; side++) {
        double da = inside_px(clip, side, a), db = inside_px(clip, side, b);
        if (da < 0 && db < 0)
            return FALSE;
        if (da < 0)
            *t0 = MAX(*t0, da / (da - db));
        else if (db < 0)
            *t1 = MIN(*t1, da / (da - db));
    }
    return *t0 <= *t1;
}

static void add_line(ShapeBuilder *builder, const GArray *line, const FmPageRect *clip)
{
    gsize begin = builder->points->len;
    for (guint i = 1; i < line->len; i++) {
        FmPagePoint a = g_array_index(line, FmPagePoint, i - 1);
        FmPagePoint b = g_array_index(line, FmPagePoint, i);
        double t0 = 0, t1 = 1;
        if (!clip_segment(clip, a, b, &t0, &t1))
            continue;
        if (t0 > 0) {
            builder_end_path(builder, begin, 2);
            begin = builder->points->len;
        }
        if (builder->points->len == begin)
            builder_add(builder, begin, between(a, b, t0), FALSE);
        gboolean last = t1 < 1 || i + 1 == line->len;
        builder_add(builder, begin, between(a, b, t1), last);
        if (t1 < 1) {
            builder_end_path(builder, begin, 2);
            begin = builder->points->len;
        }
    }
    builder_end_path(builder, begin, 2);
}

static void add_points(ShapeBuilder *builder, const GArray *points, const FmPageRect *clip)
{
    for (guint i = 0; i < points->len; i++) {
        FmPagePoint p = g_array_index(points, FmPagePoint, i);
        if (p.x_px < clip->x_px || p.y_px < clip->y_px || p.x_px > fm__rect_right_px(clip) ||
            p.y_px > fm__rect_bottom_px(clip))
            continue;
        gsize begin = builder->points->len;
        g_array_append_val(builder->points, p);
        builder_end_path(builder, begin, 1);
    }
}

/* Cut one path of the given dimension and add what is left. */
static void add_path(ShapeBuilder *builder, guint dimension, GArray *path, GArray *scratch,
                     const FmPageRect *clip)
{
    if (dimension == 0)
        add_points(builder, path, clip);
    else if (dimension == 1)
        add_line(builder, path, clip);
    else
        add_ring(builder, path, scratch, clip);
}

FmShape *fm__shape_new(FmShapeScratch *scratch, const FmFrame *frame, const FmTransform *transform,
                       const FmGeometry *geometry, const FmPageRect *clip, GError **error)
{
    const guint dimension = fm_geometry_dimension(geometry);
    GArray *path = scratch->path;
    gsize begin = 0;
    builder_begin(scratch);
    for (gsize p = 0; p < geometry->n_paths; begin = geometry->path_end[p++]) {
        if (!project_path(frame, transform, geometry->points + begin, geometry->path_end[p] - begin,
                          path, error))
            return NULL;
        if (dimension == 2 && path->len > 1)
            g_array_set_size(path, path->len - 1); /* the repeated first point */
        add_path(scratch, dimension, path, scratch->cut, clip);
    }
    return shape_finish(scratch, dimension);
}

FmShape *fm__shape_clip(const FmShape *shape, const FmPageRect *clip)
{
    g_auto(FmShapeScratch) scratch;
    fm__shape_scratch_init(&scratch);
    gsize begin = 0;
    for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++]) {
        g_array_set_size(scratch.path, 0);
        g_array_append_vals(scratch.path, shape->points + begin,
                            (guint)(shape->path_end[p] - begin));
        add_path(&scratch, shape->dimension, scratch.path, scratch.cut, clip);
    }
    return shape_finish(&scratch, shape->dimension);
}

void fm__shape_trace(const FmShape *shape, cairo_t *cr)
{
    gsize begin = 0;
    for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++]) {
        cairo_move_to(cr, shape->points[begin].x_px, shape->points[begin].y_px);
        for (gsize i = begin + 1; i < shape->path_end[p]; i++)
            cairo_line_to(cr, shape->points[i].x_px, shape->points[i].y_px);
        if (shape->dimension == 2)
            cairo_close_path(cr);
    }
}
