/* Measuring and moving shapes: parallel lines, middles, and where the heart of an area is. */
#include "fm-unit.h"
#include "shape.h"

static FmShape *shape_of(guint dimension, const double (*px)[2], gsize n)
{
    FmShape *shape = g_new0(FmShape, 1);
    shape->dimension = dimension;
    shape->n_points = n;
    shape->n_paths = 1;
    shape->points = g_new(FmPagePoint, n);
    shape->path_end = g_memdup2(&n, sizeof n);
    for (gsize i = 0; i < n; i++)
        shape->points[i] = (FmPagePoint){px[i][0], px[i][1]};
    return shape;
}

static void offsets(void)
{
    static const double right_angle[][2] = {{100, 100}, {200, 100}, {200, 200}};
    g_autoptr(FmShape) line = shape_of(1, right_angle, 3);
    g_autoptr(FmShape) moved = fm__shape_offset(line, 10);
    /* To the right when travelling east is down the page; the corner is mitred. */
    static const double expected[][2] = {{100, 110}, {190, 110}, {190, 200}};
    for (gsize i = 0; i < 3; i++) {
        g_assert_cmpfloat_with_epsilon(moved->points[i].x_px, expected[i][0], 0.01);
        g_assert_cmpfloat_with_epsilon(moved->points[i].y_px, expected[i][1], 0.01);
    }
}

static void poles(void)
{
    static const double square[][2] = {{100, 100}, {300, 100}, {300, 300}, {100, 300}};
    /* An L: its heart is in the corner, where the centroid is not inside at all. */
    static const double angle[][2] = {{20, 20},   {60, 20},   {60, 340},
                                      {380, 340}, {380, 380}, {20, 380}};
    static const double sliver[][2] = {{0, 100}, {400, 100}, {400, 100.5}, {0, 100.5}};
    FmPagePoint pole = {0, 0};
    g_autoptr(FmShape) a = shape_of(2, square, 4);
    g_assert_cmpfloat_with_epsilon(fm__shape_pole(a, NULL, 0, 0.5, &pole), 100, 0.5);
    g_assert_cmpfloat_with_epsilon(pole.x_px, 200, 1);
    g_autoptr(FmShape) b = shape_of(2, angle, 6);
    double inside = fm__shape_pole(b, NULL, 0, 0.1, &pole);
    /* The circle through the corner's three walls: r = 40 / (1 + 1/sqrt 2). */
    g_assert_cmpfloat_with_epsilon(inside, 40 / (1 + G_SQRT2 / 2), 0.2);
    g_autoptr(FmShape) c = shape_of(2, sliver, 4);
    g_assert_cmpfloat(fm__shape_pole(c, NULL, 0, 0.5, &pole), <=, 0.25 + 1e-6);
    static const double line[][2] = {{0, 0}, {10, 10}};
    g_autoptr(FmShape) d = shape_of(1, line, 2);
    g_assert_cmpfloat(fm__shape_pole(d, NULL, 0, 0.5, &pole), ==, 0);
}

static void middles(void)
{
    static const double bent[][2] = {{100, 100}, {200, 100}, {200, 300}};
    g_autoptr(FmShape) shape = shape_of(1, bent, 3);
    FmPagePoint middle = fm__shape_middle(shape);
    g_assert_cmpfloat_with_epsilon(middle.x_px, 200, 1e-3);
    g_assert_cmpfloat_with_epsilon(middle.y_px, 150, 1e-3);
}

static void holds(void)
{
    static const double square[][2] = {{100, 100}, {300, 100}, {300, 300}, {100, 300}};
    g_autoptr(FmShape) shape = shape_of(2, square, 4);
    g_assert_true(fm__shape_holds(shape, (FmPagePoint){150, 250}));
    g_assert_false(fm__shape_holds(shape, (FmPagePoint){50, 250}));
    g_autoptr(FmShape) line = shape_of(1, square, 4);
    g_assert_false(fm__shape_holds(line, (FmPagePoint){150, 100}));
}

void test_shape_measure(void)
{
    g_test_add_func("/render/shape-measure/offsets", offsets);
    g_test_add_func("/render/shape-measure/poles", poles);
    g_test_add_func("/render/shape-measure/middles", middles);
    g_test_add_func("/render/shape-measure/holds", holds);
}
