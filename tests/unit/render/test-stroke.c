/* Strokes against cairo's, which tell a sixteenth of a pixel. */
#include "fm-unit.h"
#include "stroke.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#define SIZE 200

static const FmDevice DEVICE = {2, 1.5, -0.25};

static cairo_surface_t *ours(const FmPen *pen, const FmPagePoint *points, gsize n, gboolean closed)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIZE, SIZE);
    guint8 *pixels = cairo_image_surface_get_data(surface);
    gsize stride = (gsize)cairo_image_surface_get_stride(surface);
    const FmSubpixelBox all = {0, 0, SIZE * FM_SUBPIXELS, SIZE * FM_SUBPIXELS};
    const FmColor white = {1, 1, 1, 1};
    g_auto(FmCoverage) coverage;
    g_auto(FmStroker) stroker;
    fm__coverage_init(&coverage, SIZE, SIZE);
    fm__stroker_init(&stroker);
    fm__stroke_add(&stroker, &coverage, pen, &DEVICE, points, n, closed);
    fm__coverage_paint(&coverage, pixels, stride, &all, fm__coverage_ink(white, 1));
    cairo_surface_mark_dirty(surface);
    return surface;
}

static cairo_surface_t *cairos(const FmPen *pen, const FmPagePoint *points, gsize n,
                               gboolean closed)
{
    static const cairo_line_cap_t caps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_SQUARE,
                                            CAIRO_LINE_CAP_ROUND};
    static const cairo_line_join_t joins[] = {CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_BEVEL,
                                              CAIRO_LINE_JOIN_ROUND};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIZE, SIZE);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_set_line_width(cr, pen->width_dev);
    cairo_set_miter_limit(cr, pen->miter_limit);
    cairo_set_line_cap(cr, caps[pen->cap]);
    cairo_set_line_join(cr, joins[pen->join]);
    for (gsize i = 0; i < n; i++)
        cairo_line_to(cr, points[i].x_px * DEVICE.scale + DEVICE.x_dev,
                      points[i].y_px * DEVICE.scale + DEVICE.y_dev);
    if (closed)
        cairo_close_path(cr);
    cairo_stroke(cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

/* How much two pictures differ, in whole pixels, and how much a pixel at most. */
static double difference(cairo_surface_t *a, cairo_surface_t *b, int *most)
{
    const guint8 *p = cairo_image_surface_get_data(a), *q = cairo_image_surface_get_data(b);
    gsize stride = (gsize)cairo_image_surface_get_stride(a);
    double sum = 0;
    *most = 0;
    for (gsize y = 0; y < SIZE; y++)
        for (gsize x = 0; x < SIZE; x++) {
            int d = ABS(p[y * stride + 4 * x] - q[y * stride + 4 * x]);
            sum += d / 255.0;
            *most = MAX(*most, d);
        }
    return sum;
}

static void assert_alike(const FmPen *pen, const FmPagePoint *points, gsize n, gboolean closed,
                         double pixels, int most)
{
    cairo_surface_t *a = ours(pen, points, n, closed), *b = cairos(pen, points, n, closed);
    int worst = 0;
    double differs = difference(a, b, &worst);
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
    g_assert_cmpfloat(differs, <=, pixels);
    g_assert_cmpint(worst, <=, most);
}

/* Every cap and join, thin and wide, blunt and sharp corners. */
static void like_cairo(void)
{
    static const double widths[] = {0.7, 3, 17};
    const FmPagePoint zigzag[] = {{12, 15}, {80, 20}, {30, 40}, {85, 60}, {84, 90}, {15, 70}};
    for (gsize w = 0; w < G_N_ELEMENTS(widths); w++)
        for (int cap = FM_STROKE_BUTT; cap <= FM_STROKE_ROUND_CAP; cap++)
            for (int join = FM_STROKE_MITER; join <= FM_STROKE_ROUND_JOIN; join++) {
                const FmPen pen = {widths[w], 4, (FmStrokeCap)cap, (FmStrokeJoin)join};
                assert_alike(&pen, zigzag, G_N_ELEMENTS(zigzag), FALSE, 25, 32);
                assert_alike(&pen, zigzag, G_N_ELEMENTS(zigzag), TRUE, 25, 32);
            }
}

/* A curve of pieces shorter than the pen is wide. */
static void curve(void)
{
    FmPagePoint points[60];
    for (gsize i = 0; i < G_N_ELEMENTS(points); i++)
        points[i] = (FmPagePoint){50 + 30 * cos((double)i * 0.09), 50 + 30 * sin((double)i * 0.09)};
    const FmPen pen = {16, 2, FM_STROKE_ROUND_CAP, FM_STROKE_ROUND_JOIN};
    assert_alike(&pen, points, G_N_ELEMENTS(points), FALSE, 25, 32);
}

/* Points that make no difference are passed by, and none that does: a line drawn through a thousand
 * shaken points is the line through its ends, and one that comes back keeps its point. */
static void passed_by(void)
{
    FmPagePoint shaken[1001];
    for (gsize i = 0; i < G_N_ELEMENTS(shaken); i++)
        shaken[i] = (FmPagePoint){10 + (double)i * 0.08, 50 + 0.02 * sin((double)i * 0.05)};
    const FmPagePoint there_and_back[] = {{40, 30}, {60, 30.02}, {90, 30}, {70, 30.03}, {12, 30}};
    const FmPagePoint slow_turn[] = {{10, 10}, {10.05, 10}, {10.1, 10.05}, {40, 10}, {40.05, 60}};
    const FmPen pen = {3, 4, FM_STROKE_ROUND_CAP, FM_STROKE_ROUND_JOIN};
    g_auto(FmCoverage) coverage;
    g_auto(FmStroker) stroker;
    fm__coverage_init(&coverage, SIZE, SIZE);
    fm__stroker_init(&stroker);
    fm__stroke_add(&stroker, &coverage, &pen, &DEVICE, shaken, G_N_ELEMENTS(shaken), FALSE);
    g_assert_cmpuint(stroker.pieces->len, ==, 1);
    fm__stroke_add(&stroker, &coverage, &pen, &DEVICE, there_and_back, 5, FALSE);
    g_assert_cmpuint(stroker.pieces->len, ==, 2);
    assert_alike(&pen, shaken, G_N_ELEMENTS(shaken), FALSE, 25, 32);
    assert_alike(&pen, slow_turn, G_N_ELEMENTS(slow_turn), FALSE, 25, 32);
}

static void dots(void)
{
    const FmPagePoint dot[] = {{50, 50}, {50, 50}};
    const FmPen round = {21, 2, FM_STROKE_ROUND_CAP, FM_STROKE_ROUND_JOIN};
    const FmPen butt = {21, 2, FM_STROKE_BUTT, FM_STROKE_MITER};
    assert_alike(&round, dot, 2, FALSE, 5, 32);
    assert_alike(&butt, dot, 2, FALSE, 0, 0);
}

/* Nothing is drawn and nothing overflows. */
static void extremes(void)
{
    const FmPagePoint line[] = {{10, 10}, {90, 90}};
    const FmPen pens[] = {{0, 2, FM_STROKE_BUTT, FM_STROKE_MITER},
                          {-1, 2, FM_STROKE_BUTT, FM_STROKE_MITER},
                          {NAN, 2, FM_STROKE_BUTT, FM_STROKE_MITER}};
    for (gsize i = 0; i < G_N_ELEMENTS(pens); i++) {
        cairo_surface_t *surface = ours(&pens[i], line, 2, FALSE);
        const guint8 *pixels = cairo_image_surface_get_data(surface);
        g_assert_cmpint(pixels[cairo_image_surface_get_stride(surface) * 100 + 400], ==, 0);
        cairo_surface_destroy(surface);
    }
    const FmPen huge = {1e9, 2, FM_STROKE_ROUND_CAP, FM_STROKE_ROUND_JOIN};
    cairo_surface_t *surface = ours(&huge, line, 2, FALSE);
    const guint8 *pixels = cairo_image_surface_get_data(surface);
    g_assert_cmpint(pixels[cairo_image_surface_get_stride(surface) * 199 + 4 * 3], ==, 255);
    cairo_surface_destroy(surface);
}

void test_stroke(void)
{
    g_test_add_func("/render/stroke/like-cairo", like_cairo);
    g_test_add_func("/render/stroke/curve", curve);
    g_test_add_func("/render/stroke/passed-by", passed_by);
    g_test_add_func("/render/stroke/dots", dots);
    g_test_add_func("/render/stroke/extremes", extremes);
}
