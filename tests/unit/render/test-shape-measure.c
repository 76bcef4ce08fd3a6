/* Measuring and moving shapes: parallel lines, middles, and what is inside. */
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
    g_test_add_func("/render/shape-measure/middles", middles);
    g_test_add_func("/render/shape-measure/holds", holds);
}
