/* Coverage against exact areas, and what the sums must not depend on. */
#include "coverage.h"
#include "fm-unit.h"

#include <string.h>

#define SIZE 64
#define STRIDE (4 * (gsize)SIZE)

static const FmColor BLACK = {0, 0, 0, 1};
static const FmSubpixelBox ALL = {0, 0, SIZE *FM_SUBPIXELS, SIZE *FM_SUBPIXELS};

static FmSubpixel at(double x, double y)
{
    return (FmSubpixel){(gint32)(x * FM_SUBPIXELS), (gint32)(y * FM_SUBPIXELS)};
}

/* The polygons in black on white, in bands of n_rows. */
static void paint(guint32 *pixels, const FmSubpixel *points, gsize n_each, gsize n_polygons,
                  const FmSubpixelBox *clip, int n_rows)
{
    memset(pixels, 0xff, SIZE * STRIDE);
    g_auto(FmCoverage) coverage;
    fm__coverage_init(&coverage, SIZE, n_rows);
    for (int top = 0; top < SIZE; top += n_rows) {
        fm__coverage_move(&coverage, top);
        for (gsize i = 0; i < n_polygons; i++)
            fm__coverage_add(&coverage, points + i * n_each, n_each);
        fm__coverage_paint(&coverage, (guint8 *)pixels, STRIDE, clip, fm__coverage_ink(BLACK, 1));
    }
}

/* Darkness in pixels. */
static double painted(const guint32 *pixels)
{
    double sum = 0;
    for (gsize i = 0; i < SIZE * SIZE; i++)
        sum += 1 - (pixels[i] & 0xff) / 255.0;
    return sum;
}

static void areas(void)
{
    guint32 pixels[SIZE * SIZE];
    const FmSubpixel box[] = {at(10.25, 20.5), at(30.5, 20.5), at(30.5, 40.75), at(10.25, 40.75)};
    paint(pixels, box, 4, 1, &ALL, SIZE);
    g_assert_cmphex(pixels[30 * SIZE + 20] & 0xffffff, ==, 0);
    g_assert_cmphex(pixels[30 * SIZE + 31] & 0xffffff, ==, 0xffffff);
    g_assert_cmpuint(pixels[30 * SIZE + 10] & 0xff, ==, 64); /* a quarter is free */
    g_assert_cmpuint(pixels[20 * SIZE + 20] & 0xff, ==, 128);
    g_assert_cmpfloat_with_epsilon(painted(pixels), 20.25 * 20.25, 0.2);

    const FmSubpixel triangle[] = {at(3, 5), at(60, 17), at(20, 62)};
    paint(pixels, triangle, 3, 1, &ALL, SIZE);
    g_assert_cmpfloat_with_epsilon(painted(pixels), (57 * 57 - 17 * 12) / 2.0, 1);
}

static void seeded_triangles(FmSubpixel *points, gsize n)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (gsize i = 0; i < n; i += 3) {
        /* Also far outside on every side. */
        for (gsize k = 0; k < 3; k++)
            points[i + k] =
                at(g_rand_double_range(rand, -40, 100), g_rand_double_range(rand, -40, 100));
        gint64 turn = (gint64)(points[i + 1].x - points[i].x) * (points[i + 2].y - points[i].y) -
                      (gint64)(points[i + 2].x - points[i].x) * (points[i + 1].y - points[i].y);
        if (turn < 0) { /* all of one sense */
            FmSubpixel swap = points[i + 1];
            points[i + 1] = points[i + 2];
            points[i + 2] = swap;
        }
    }
}

static void bands_and_order(void)
{
    guint32 whole[SIZE * SIZE], other[SIZE * SIZE];
    FmSubpixel points[30 * 3], backwards[30 * 3];
    seeded_triangles(points, G_N_ELEMENTS(points));
    for (gsize i = 0; i < 30; i++)
        memcpy(backwards + 3 * i, points + 3 * (29 - i), 3 * sizeof *points);
    paint(whole, points, 3, 4, &ALL, SIZE);
    g_assert_cmpfloat(painted(whole), >, 100);
    g_assert_cmpfloat(painted(whole), <, SIZE * SIZE - 100);
    static const int n_rows[] = {1, 7, 32};
    for (gsize i = 0; i < G_N_ELEMENTS(n_rows); i++) {
        paint(other, points, 3, 4, &ALL, n_rows[i]);
        g_assert_cmpint(memcmp(whole, other, sizeof other), ==, 0);
    }
    paint(other, backwards + 26 * 3, 3, 4, &ALL, SIZE);
    g_assert_cmpint(memcmp(whole, other, sizeof other), ==, 0);
}

/* Twice the same is once the same, but for shares of edges. */
static void overlap(void)
{
    guint32 pixels[SIZE * SIZE];
    const FmSubpixel boxes[] = {at(10, 10), at(30, 10), at(30, 30), at(10, 30),
                                at(20, 20), at(40, 20), at(40, 40), at(20, 40)};
    paint(pixels, boxes, 4, 2, &ALL, SIZE);
    g_assert_cmpfloat_with_epsilon(painted(pixels), 700, 1e-9);
}

static void clipped(void)
{
    guint32 pixels[SIZE * SIZE];
    const FmSubpixel box[] = {at(-10, -10), at(100, -10), at(100, 100), at(-10, 100)};
    const FmSubpixelBox clip = {at(5.5, 0).x, at(0, 8.25).y, at(20.25, 0).x, at(0, 12.75).y};
    paint(pixels, box, 4, 1, &clip, SIZE);
    g_assert_cmpfloat_with_epsilon(painted(pixels), 14.75 * 4.5, 0.2);
    g_assert_cmpuint(pixels[10 * SIZE + 5] & 0xff, ==, 128);
    g_assert_cmphex(pixels[10 * SIZE + 21] & 0xffffff, ==, 0xffffff);
}

static void opacity(void)
{
    guint32 pixels[SIZE * SIZE];
    memset(pixels, 0xff, sizeof pixels);
    g_auto(FmCoverage) coverage;
    fm__coverage_init(&coverage, SIZE, SIZE);
    const FmSubpixel box[] = {at(10, 10), at(30, 10), at(30, 30), at(10, 30)};
    const FmColor half_red = {1, 0, 0, 0.5};
    fm__coverage_add(&coverage, box, 4);
    fm__coverage_paint(&coverage, (guint8 *)pixels, STRIDE, &ALL, fm__coverage_ink(half_red, 0.5));
    g_assert_cmphex(pixels[20 * SIZE + 20] & 0xffffff, ==, 0xffbfbf);
    /* Nothing is left of it. */
    fm__coverage_paint(&coverage, (guint8 *)pixels, STRIDE, &ALL, fm__coverage_ink(BLACK, 1));
    g_assert_cmphex(pixels[20 * SIZE + 20] & 0xffffff, ==, 0xffbfbf);
}

void test_coverage(void)
{
    g_test_add_func("/render/coverage/areas", areas);
    g_test_add_func("/render/coverage/bands-and-order", bands_and_order);
    g_test_add_func("/render/coverage/overlap", overlap);
    g_test_add_func("/render/coverage/clipped", clipped);
    g_test_add_func("/render/coverage/opacity", opacity);
}
