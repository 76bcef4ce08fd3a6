/* Shapes: clipping, thinning, and edges that bend. */
#include "fm-unit.h"
#include "shape.h"

#include <math.h>

/* A frame of one metre a px around the origin of a local projection, so that degrees of tiny
 * geometries become predictable px; the frame's rectangle is 400 × 400 from (0, 0). */
static FmFrame *plain_frame(void)
{
    FmFrame *frame = fm__frame_new("+proj=eqc +R=6371000 +units=m +type=crs", NULL);
    g_assert_nonnull(frame);
    frame->rect = (FmPageRect){0, 0, 400, 400};
    frame->centre = (FmXY){0, 0};
    frame->m_per_px = 1;
    return frame;
}

/* Page px to the degrees that plain_frame() puts there. */
static FmLonLat at(double x_px, double y_px)
{
    const double deg_per_m = 180 / (G_PI * 6371000);
    return (FmLonLat){(x_px - 200) * deg_per_m, (200 - y_px) * deg_per_m};
}

static const FmPageRect clip = {0, 0, 400, 400};

static FmShape *shape_of(FmGeometryType type, const double (*px)[2], gsize n)
{
    g_autoptr(FmFrame) frame = plain_frame();
    FmLonLat points[16];
    g_assert_cmpuint(n, <=, G_N_ELEMENTS(points));
    for (gsize i = 0; i < n; i++)
        points[i] = at(px[i][0], px[i][1]);
    g_autoptr(FmGeometry) geometry = type == FM_GEOMETRY_POINT
                                         ? fm_geometry_new_point(points[0])
                                         : fm_geometry_new_path(type, points, n);
    g_auto(FmShapeScratch) scratch;
    fm__shape_scratch_init(&scratch);
    FmShape *shape = fm__shape_new(&scratch, frame, frame->forward, geometry, &clip, NULL);
    g_assert_nonnull(shape);
    return shape;
}

static double shape_area(const FmShape *shape)
{
    double twice = 0;
    gsize begin = 0;
    for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++])
        for (gsize i = begin; i < shape->path_end[p]; i++) {
            FmPagePoint a = shape->points[i];
            FmPagePoint b = shape->points[i + 1 < shape->path_end[p] ? i + 1 : begin];
            twice += a.x_px * b.y_px - b.x_px * a.y_px;
        }
    return fabs(twice) / 2;
}

static void areas_are_cut(void)
{
    static const double half[][2] = {{-100, 100}, {100, 100}, {100, 300}, {-100, 300}};
    static const double around[][2] = {{-500, -500}, {900, -500}, {900, 900}, {-500, 900}};
    static const double outside[][2] = {{500, 500}, {600, 500}, {600, 600}};
    g_autoptr(FmShape) cut = shape_of(FM_GEOMETRY_POLYGON, half, 4);
    g_assert_cmpfloat_with_epsilon(shape_area(cut), 100 * 200, 1);
    g_autoptr(FmShape) whole = shape_of(FM_GEOMETRY_POLYGON, around, 4);
    g_assert_cmpfloat_with_epsilon(shape_area(whole), 400 * 400, 1);
    g_autoptr(FmShape) none = shape_of(FM_GEOMETRY_POLYGON, outside, 3);
    g_assert_cmpuint(none->n_paths, ==, 0);
}

static void lines_are_cut(void)
{
    /* In, out on the right, back in: two pieces that end on the border. */
    static const double zigzag[][2] = {{100, 100}, {500, 100}, {500, 300}, {100, 300}};
    static const double corner[][2] = {{-100, 50}, {50, -100}};
    static const double across[][2] = {{-50, 200}, {450, 200}};
    g_autoptr(FmShape) pieces = shape_of(FM_GEOMETRY_LINESTRING, zigzag, 4);
    g_assert_cmpuint(pieces->n_paths, ==, 2);
    FmPagePoint end = pieces->points[pieces->path_end[0] - 1];
    FmPagePoint again = pieces->points[pieces->path_end[0]];
    g_assert_cmpfloat_with_epsilon(end.x_px, 400, 1e-3);
    g_assert_cmpfloat_with_epsilon(end.y_px, 100, 1e-3);
    g_assert_cmpfloat_with_epsilon(again.x_px, 400, 1e-3);
    g_assert_cmpfloat_with_epsilon(again.y_px, 300, 1e-3);
    g_autoptr(FmShape) missed = shape_of(FM_GEOMETRY_LINESTRING, corner, 2);
    g_assert_cmpuint(missed->n_paths, ==, 0);
    g_autoptr(FmShape) through = shape_of(FM_GEOMETRY_LINESTRING, across, 2);
    g_assert_cmpuint(through->n_paths, ==, 1);
    g_assert_cmpfloat_with_epsilon(through->points[0].x_px, 0, 1e-3);
    g_assert_cmpfloat_with_epsilon(through->points[through->n_points - 1].x_px, 400, 1e-3);
}

static void points_are_kept_or_not(void)
{
    static const double in[][2] = {{10, 10}};
    static const double out[][2] = {{10, 401}};
    g_autoptr(FmShape) kept = shape_of(FM_GEOMETRY_POINT, in, 1);
    g_assert_cmpuint(kept->n_points, ==, 1);
    g_autoptr(FmShape) dropped = shape_of(FM_GEOMETRY_POINT, out, 1);
    g_assert_cmpuint(dropped->n_points, ==, 0);
}

static void thinning_keeps_ends(void)
{
    static const double line[][2] = {
        {100, 100}, {100.03, 100}, {100.06, 100}, {200, 100}, {200.05, 100}};
    static const double dot[][2] = {{100, 100}, {100.02, 100}};
    g_autoptr(FmShape) shape = shape_of(FM_GEOMETRY_LINESTRING, line, 5);
    g_assert_cmpuint(shape->n_points, ==, 2);
    g_assert_cmpfloat_with_epsilon(shape->points[1].x_px, 200.05, 1e-6);
    /* A line shorter than can be seen still is a line: its round caps are a dot. */
    g_autoptr(FmShape) tiny = shape_of(FM_GEOMETRY_LINESTRING, dot, 2);
    g_assert_cmpuint(tiny->n_points, ==, 2);
}

/* A parallel of latitude is straight in degrees, so it must bend on a conic map. */
static void long_edges_bend(void)
{
    g_autoptr(FmFrame) frame =
        fm__frame_new("+proj=lcc +lat_1=30 +lat_2=50 +lat_0=40 +lon_0=0 +type=crs", NULL);
    FmBounds bounds = FM_BOUNDS_EMPTY;
    FmLonLat ends[] = {{-10, 40}, {10, 40}};
    g_autoptr(FmGeometry) line = fm_geometry_new_path(FM_GEOMETRY_LINESTRING, ends, 2);
    g_assert_true(fm__frame_extend(frame, line, &bounds, NULL));
    frame->rect = clip;
    frame->m_per_px = (bounds.max_x_m - bounds.min_x_m) / 400;
    frame->centre = (FmXY){0, 0};
    FmPageRect all = fm__rect_grow(clip, 10);
    g_auto(FmShapeScratch) scratch;
    fm__shape_scratch_init(&scratch);
    g_autoptr(FmShape) shape = fm__shape_new(&scratch, frame, frame->forward, line, &all, NULL);
    FmPagePoint expected;
    g_assert_true(fm__frame_project(frame, (FmLonLat){0, 40}, &expected, NULL));
    double nearest = G_MAXDOUBLE;
    for (gsize i = 0; i < shape->n_points; i++)
        nearest = fmin(nearest, hypot(shape->points[i].x_px - expected.x_px,
                                      shape->points[i].y_px - expected.y_px));
    g_assert_cmpfloat(nearest, <, 1);
    g_assert_cmpfloat(fabs(shape->points[0].y_px - expected.y_px), >, 5);
}

void test_shape(void)
{
    g_test_add_func("/render/shape/areas-are-cut", areas_are_cut);
    g_test_add_func("/render/shape/lines-are-cut", lines_are_cut);
    g_test_add_func("/render/shape/points", points_are_kept_or_not);
    g_test_add_func("/render/shape/thinning-keeps-ends", thinning_keeps_ends);
    g_test_add_func("/render/shape/long-edges-bend", long_edges_bend);
}
