/* Fills, lines and circles, judged by the pixels that they leave. */
#include "draw.h"
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define SIZE 100

/* A canvas of SIZE × SIZE px at one device pixel a px. */
typedef struct {
    cairo_surface_t *surface;
    FmBrush brush;
} Canvas;

static Canvas canvas_new(void)
{
    Canvas canvas = {cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIZE, SIZE), {0}};
    canvas.brush.cr = cairo_create(canvas.surface);
    canvas.brush.device_scale = 1;
    cairo_set_source_rgb(canvas.brush.cr, 1, 1, 1);
    cairo_paint(canvas.brush.cr);
    return canvas;
}

static void canvas_clear(Canvas *canvas)
{
    g_assert_cmpint(cairo_status(canvas->brush.cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy(canvas->brush.cr);
    cairo_surface_destroy(canvas->surface);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Canvas, canvas_clear)

static guint32 pixel_at(const Canvas *canvas, int x, int y)
{
    cairo_surface_flush(canvas->surface);
    guint32 pixel;
    const guint8 *data = cairo_image_surface_get_data(canvas->surface);
    memcpy(&pixel, data + cairo_image_surface_get_stride(canvas->surface) * y + 4 * x,
           sizeof pixel);
    return pixel & 0xFFFFFF;
}

/* Draw one shape by a layer of the given type, paint and layout. */
static void draw(const Canvas *canvas, const char *type, const char *paint, const char *layout,
                 const FmShape *shape)
{
    g_autofree char *layers = g_strdup_printf(
        "[{\"id\": \"x\", \"type\": \"%s\", \"source\": \"workspace\", \"source-layer\": \"x\","
        " \"paint\": %s, \"layout\": %s}]",
        type, paint, layout);
    g_autoptr(FmStyle) style = fixture_document("{}", layers);
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_ANY);
    fm_table_append_row(table);
    FmStyleContext context = {table, 0, 10, NULL};
    g_autoptr(GError) error = NULL;
    g_assert_true(
        fm__draw_shape(&canvas->brush, fm_style_layer(style, 0), shape, &context, &error));
    g_assert_no_error(error);
}

static FmShape shape_of(guint dimension, FmPagePoint *points, gsize n, gsize *path_end,
                        gsize n_paths)
{
    return (FmShape){dimension, n, n_paths, points, path_end};
}

static void fill_leaves_holes(void)
{
    FmPagePoint points[] = {{10, 10}, {90, 10}, {90, 90}, {10, 90},
                            {40, 40}, {60, 40}, {60, 60}, {40, 60}};
    gsize ends[] = {4, 8};
    FmShape shape = shape_of(2, points, 8, ends, 2);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "fill", "{\"fill-color\": \"#ff0000\"}", "{}", &shape);
    g_assert_cmphex(pixel_at(&canvas, 20, 20), ==, 0xFF0000);
    g_assert_cmphex(pixel_at(&canvas, 50, 50), ==, 0xFFFFFF);
    g_assert_cmphex(pixel_at(&canvas, 5, 5), ==, 0xFFFFFF);
}

static void fill_opacity(void)
{
    FmPagePoint points[] = {{10, 10}, {90, 10}, {90, 90}, {10, 90}};
    gsize ends[] = {4};
    FmShape shape = shape_of(2, points, 4, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "fill", "{\"fill-color\": \"#000000\", \"fill-opacity\": 0.2}", "{}", &shape);
    g_assert_cmphex(pixel_at(&canvas, 50, 50), ==, 0xCCCCCC);
}

/* Two cells that share a border within a pixel: no paper between them. */
static void no_seam_without_antialias(void)
{
    FmPagePoint left[] = {{10, 10}, {50.4, 10}, {50.4, 90}, {10, 90}};
    FmPagePoint right[] = {{50.4, 10}, {90, 10}, {90, 90}, {50.4, 90}};
    gsize ends[] = {4};
    FmShape a = shape_of(2, left, 4, ends, 1), b = shape_of(2, right, 4, ends, 1);
    const char *paint = "{\"fill-color\": \"#336699\", \"fill-antialias\": false}";
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "fill", paint, "{}", &a);
    draw(&canvas, "fill", paint, "{}", &b);
    for (int x = 45; x < 55; x++)
        g_assert_cmphex(pixel_at(&canvas, x, 50), ==, 0x336699);
}

/* The same with a slit of a hundredth of a pixel, all along the pixels' centres. */
static void no_slit_along_pixel_centres(void)
{
    FmPagePoint left[] = {{10, 10}, {50.49, 10}, {50.49, 90}, {10, 90}};
    FmPagePoint right[] = {{50.51, 10}, {90, 10}, {90, 90}, {50.51, 90}};
    gsize ends[] = {4};
    FmShape a = shape_of(2, left, 4, ends, 1), b = shape_of(2, right, 4, ends, 1);
    const char *paint = "{\"fill-color\": \"#336699\", \"fill-antialias\": false}";
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "fill", paint, "{}", &a);
    draw(&canvas, "fill", paint, "{}", &b);
    for (int y = 20; y < 80; y++)
        g_assert_cmphex(pixel_at(&canvas, 50, y), ==, 0x336699);
}

/* A hatch by its name: as much ink as its lines have, inside only, and a wrong name is refused. */
static void fill_with_hatch(void)
{
    FmPagePoint points[] = {{10, 10}, {90, 10}, {90, 90}, {10, 90}};
    gsize ends[] = {4};
    FmShape shape = shape_of(2, points, 4, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "fill",
         "{\"fill-pattern\": \"facmap:hatch?angle=0&spacing=10&width=2&color=%23f00\"}", "{}",
         &shape);
    g_assert_cmphex(pixel_at(&canvas, 50, 50), ==, 0xFF0000);
    g_assert_cmphex(pixel_at(&canvas, 50, 49), ==, 0xFF0000);
    g_assert_cmphex(pixel_at(&canvas, 50, 55), ==, 0xFFFFFF);
    g_assert_cmphex(pixel_at(&canvas, 5, 50), ==, 0xFFFFFF);
}

static void line_caps_and_dashes(void)
{
    FmPagePoint points[] = {{20, 50}, {80, 50}};
    gsize ends[] = {2};
    FmShape shape = shape_of(1, points, 2, ends, 1);
    const char *paint = "{\"line-color\": \"#000\", \"line-width\": 10}";
    g_auto(Canvas) butt = canvas_new();
    draw(&butt, "line", paint, "{}", &shape);
    g_assert_cmphex(pixel_at(&butt, 17, 50), ==, 0xFFFFFF);
    g_auto(Canvas) square = canvas_new();
    draw(&square, "line", paint, "{\"line-cap\": \"square\"}", &shape);
    g_assert_cmphex(pixel_at(&square, 17, 50), ==, 0x000000);
    /* Dashes count in widths: 20 px on, 10 px off. */
    g_auto(Canvas) dashed = canvas_new();
    draw(&dashed, "line",
         "{\"line-color\": \"#000\", \"line-width\": 10, \"line-dasharray\": [2, 1]}", "{}",
         &shape);
    g_assert_cmphex(pixel_at(&dashed, 30, 50), ==, 0x000000);
    g_assert_cmphex(pixel_at(&dashed, 45, 50), ==, 0xFFFFFF);
    g_assert_cmphex(pixel_at(&dashed, 60, 50), ==, 0x000000);
}

static void line_gap_is_clear(void)
{
    FmPagePoint points[] = {{10, 50}, {90, 50}};
    gsize ends[] = {2};
    FmShape shape = shape_of(1, points, 2, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "line", "{\"line-color\": \"#00f\", \"line-width\": 6, \"line-gap-width\": 20}",
         "{}", &shape);
    g_assert_cmphex(pixel_at(&canvas, 50, 50), ==, 0xFFFFFF);
    g_assert_cmphex(pixel_at(&canvas, 50, 37), ==, 0x0000FF);
    g_assert_cmphex(pixel_at(&canvas, 50, 62), ==, 0x0000FF);
    g_assert_cmphex(pixel_at(&canvas, 50, 70), ==, 0xFFFFFF);
}

static void line_blur_fades(void)
{
    FmPagePoint points[] = {{10, 50}, {90, 50}};
    gsize ends[] = {2};
    FmShape shape = shape_of(1, points, 2, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "line", "{\"line-color\": \"#000\", \"line-width\": 40, \"line-blur\": 15}", "{}",
         &shape);
    guint32 centre = pixel_at(&canvas, 50, 50) & 0xFF, half = pixel_at(&canvas, 50, 37) & 0xFF;
    guint32 edge = pixel_at(&canvas, 50, 32) & 0xFF;
    g_assert_cmpuint(centre, ==, 0);
    g_assert_cmpuint(half, >, 60);
    g_assert_cmpuint(half, <, 195);
    g_assert_cmpuint(edge, >, half);
    g_assert_cmpuint(edge, <, 255);
}

static void line_offset_moves(void)
{
    FmPagePoint points[] = {{10, 50}, {90, 50}};
    gsize ends[] = {2};
    FmShape shape = shape_of(1, points, 2, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "line", "{\"line-color\": \"#000\", \"line-width\": 4, \"line-offset\": 20}",
         "{}", &shape);
    g_assert_cmphex(pixel_at(&canvas, 50, 50), ==, 0xFFFFFF);
    g_assert_cmphex(pixel_at(&canvas, 50, 70), ==, 0x000000);
}

static void circle_and_its_stroke(void)
{
    FmPagePoint points[] = {{50, 50}};
    gsize ends[] = {1};
    FmShape shape = shape_of(0, points, 1, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "circle",
         "{\"circle-radius\": 20, \"circle-color\": \"#0f0\", \"circle-stroke-width\": 10,"
         " \"circle-stroke-color\": \"#f00\"}",
         "{}", &shape);
    g_assert_cmphex(pixel_at(&canvas, 50, 50), ==, 0x00FF00);
    g_assert_cmphex(pixel_at(&canvas, 67, 50), ==, 0x00FF00);
    g_assert_cmphex(pixel_at(&canvas, 75, 50), ==, 0xFF0000);
    g_assert_cmphex(pixel_at(&canvas, 82, 50), ==, 0xFFFFFF);
}

/* x to the right, y down; the shape itself stays where it is. */
static void translate_moves(void)
{
    static const struct {
        const char *type, *paint;
        guint dimension;
    } cases[] = {
        {"fill", "{\"fill-color\": \"#f00\", \"fill-translate\": [30, -20]}", 2},
        {"line",
         "{\"line-color\": \"#f00\", \"line-width\": 10, \"line-translate\": [30, -20],"
         " \"line-translate-anchor\": \"viewport\"}",
         1},
        {"circle",
         "{\"circle-color\": \"#f00\", \"circle-radius\": 5, \"circle-translate\": [30, -20]}", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmPagePoint points[] = {{40, 60}, {50, 60}, {50, 70}, {40, 70}};
        gsize ends[] = {4};
        FmShape shape = shape_of(cases[i].dimension, points, 4, ends, 1);
        g_auto(Canvas) canvas = canvas_new();
        draw(&canvas, cases[i].type, cases[i].paint, "{}", &shape);
        g_assert_cmphex(pixel_at(&canvas, 77, 43), ==, 0xFF0000);
        g_assert_cmphex(pixel_at(&canvas, 42, 62), ==, 0xFFFFFF);
        g_assert_cmpfloat(points[0].x_px, ==, 40);
    }
}

/* The longest shift that a style may ask for leaves the canvas white and cairo well. */
static void translate_off_the_page(void)
{
    FmPagePoint points[] = {{40, 60}, {50, 60}, {50, 70}, {40, 70}};
    gsize ends[] = {4};
    FmShape shape = shape_of(2, points, 4, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "fill", "{\"fill-translate\": [10000, -10000]}", "{}", &shape);
    g_assert_cmphex(pixel_at(&canvas, 45, 65), ==, 0xFFFFFF);
    g_assert_cmpint(cairo_status(canvas.brush.cr), ==, CAIRO_STATUS_SUCCESS);
}

static double lightness_at(const Canvas *canvas, int x, int y)
{
    return (pixel_at(canvas, x, y) & 0xFF) / 255.0;
}

/* blur 1 fades from the middle to the rim, half at half the way; 0.5 keeps the inner half. */
static void circle_blur_fades(void)
{
    FmPagePoint points[] = {{50.5, 50.5}};
    gsize ends[] = {1};
    FmShape shape = shape_of(0, points, 1, ends, 1);
    g_auto(Canvas) whole = canvas_new();
    draw(&whole, "circle", "{\"circle-radius\": 40, \"circle-blur\": 1}", "{}", &shape);
    g_assert_cmpfloat_with_epsilon(lightness_at(&whole, 50, 50), 0, 0.01);
    g_assert_cmpfloat_with_epsilon(lightness_at(&whole, 70, 50), 0.5, 0.01);
    g_assert_cmpfloat_with_epsilon(lightness_at(&whole, 60, 50), 5 / 32.0, 0.01);
    g_assert_cmpfloat_with_epsilon(lightness_at(&whole, 91, 50), 1, 0.01);
    g_auto(Canvas) half = canvas_new();
    draw(&half, "circle", "{\"circle-radius\": 40, \"circle-blur\": 0.5}", "{}", &shape);
    g_assert_cmpfloat_with_epsilon(lightness_at(&half, 69, 50), 0, 0.01);
    g_assert_cmpfloat_with_epsilon(lightness_at(&half, 80, 50), 0.5, 0.01);
}

/* The stroke takes over from the fill within the blur. */
static void circle_blur_with_stroke(void)
{
    FmPagePoint points[] = {{50.5, 50.5}};
    gsize ends[] = {1};
    FmShape shape = shape_of(0, points, 1, ends, 1);
    g_auto(Canvas) canvas = canvas_new();
    draw(&canvas, "circle",
         "{\"circle-radius\": 20, \"circle-stroke-width\": 20, \"circle-color\": \"#0f0\","
         " \"circle-stroke-color\": \"#f00\", \"circle-blur\": 0.1}",
         "{}", &shape);
    g_assert_cmphex(pixel_at(&canvas, 55, 50), ==, 0x00FF00);
    g_assert_cmphex(pixel_at(&canvas, 80, 50), ==, 0xFF0000);
    g_assert_cmphex(pixel_at(&canvas, 92, 50), ==, 0xFFFFFF);
}

void test_draw(void)
{
    g_test_add_func("/render/draw/fill-leaves-holes", fill_leaves_holes);
    g_test_add_func("/render/draw/fill-opacity", fill_opacity);
    g_test_add_func("/render/draw/no-seam-without-antialias", no_seam_without_antialias);
    g_test_add_func("/render/draw/no-slit-along-pixel-centres", no_slit_along_pixel_centres);
    g_test_add_func("/render/draw/fill-with-hatch", fill_with_hatch);
    g_test_add_func("/render/draw/line-caps-and-dashes", line_caps_and_dashes);
    g_test_add_func("/render/draw/line-gap-is-clear", line_gap_is_clear);
    g_test_add_func("/render/draw/line-blur-fades", line_blur_fades);
    g_test_add_func("/render/draw/line-offset-moves", line_offset_moves);
    g_test_add_func("/render/draw/circle-and-its-stroke", circle_and_its_stroke);
    g_test_add_func("/render/draw/translate-moves", translate_moves);
    g_test_add_func("/render/draw/translate-off-the-page", translate_off_the_page);
    g_test_add_func("/render/draw/circle-blur-fades", circle_blur_fades);
    g_test_add_func("/render/draw/circle-blur-with-stroke", circle_blur_with_stroke);
}
