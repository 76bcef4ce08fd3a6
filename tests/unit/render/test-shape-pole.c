/* The deepest point of areas: known ones, one of many corners, and one that is covered in part. */
#include "fm-unit.h"
#include "shape.h"

#include <math.h>

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

/* 100,000 corners: a star whose deepest circle is the one through its inner corners. */
static void many_corners(void)
{
    const gsize n = 100000;
    g_autofree double(*px)[2] = g_malloc_n(n, sizeof *px);
    for (gsize i = 0; i < n; i++) {
        double angle = 2 * G_PI * (double)i / (double)n, radius = i % 2 == 0 ? 200 : 190;
        px[i][0] = 300 + radius * cos(angle);
        px[i][1] = 250 + radius * sin(angle);
    }
    g_autoptr(FmShape) star = shape_of(2, (const double(*)[2])px, n);
    FmPagePoint pole = {0, 0};
    g_assert_cmpfloat_with_epsilon(fm__shape_pole(star, NULL, 0, 1, &pole), 190, 1);
    g_assert_cmpfloat(hypot(pole.x_px - 300, pole.y_px - 250), <=, 1.1);
}

/* The deepest of a random polygon is as deep as the best of a fine grid, but for the precision. */
static void as_deep_as_a_grid(void)
{
    const FmPageRect cover = {150, 150, 60, 90};
    for (guint32 seed = 1; seed <= 20; seed++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        double px[40][2];
        for (gsize i = 0; i < G_N_ELEMENTS(px); i++) {
            double angle = 2 * G_PI * (double)i / G_N_ELEMENTS(px);
            double radius = g_rand_double_range(random, 30, 150);
            px[i][0] = 200 + radius * cos(angle);
            px[i][1] = 200 + radius * sin(angle);
        }
        g_autoptr(FmShape) shape = shape_of(2, (const double(*)[2])px, G_N_ELEMENTS(px));
        double deepest = 0;
        for (int y = 50; y < 350; y += 2)
            for (int x = 50; x < 350; x += 2)
                deepest = MAX(deepest, fm__shape_depth_px(shape, &cover, 1, (FmPagePoint){x, y}));
        FmPagePoint pole = {0, 0};
        double depth = fm__shape_pole(shape, &cover, 1, 0.5, &pole);
        g_assert_cmpfloat(depth, >=, deepest - 0.5);
        g_assert_cmpfloat(fm__shape_depth_px(shape, &cover, 1, pole), ==, depth);
    }
}

void test_shape_pole(void)
{
    g_test_add_func("/render/shape-pole/known", poles);
    g_test_add_func("/render/shape-pole/many-corners", many_corners);
    g_test_add_func("/render/shape-pole/as-deep-as-a-grid", as_deep_as_a_grid);
}
