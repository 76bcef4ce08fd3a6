/* Raster layers, judged by the pixels that they leave. */
#include "canvas.h"
#include "fixture.h"
#include "fm-unit.h"
#include "raster-fixture.h"
#include "raster.h"

#include <string.h>

#define CENTRE_X_M 500000.0
#define CENTRE_Y_M 4400000.0

/* A frame over the whole canvas, `m_per_px` metres a CSS px, in EPSG:4548. */
static FmFrame *frame_of(double m_per_px)
{
    FmFrame *frame = fm__frame_new("EPSG:4548", NULL);
    frame->rect = (FmPageRect){0, 0, CANVAS_SIZE, CANVAS_SIZE};
    frame->centre = (FmXY){CENTRE_X_M, CENTRE_Y_M};
    frame->m_per_px = m_per_px;
    frame->zoom = 10;
    return frame;
}

/* The raster's pixels of `pixel_m`, its middle in the middle of the frame. */
static char *centred_raster(double pixel_m)
{
    char *folder = fixture_folder();
    raster_write(folder, CENTRE_X_M - RASTER_SIDE / 2 * pixel_m,
                 CENTRE_Y_M + RASTER_SIDE / 2 * pixel_m, pixel_m);
    return folder;
}

static void draw(const FmCanvas *canvas, const FmStyle *style, const FmFrame *frame)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__raster_draw(&canvas->brush, fm_style_layer(style, 0), frame, &error));
    g_assert_no_error(error);
}

/* A raster pixel a page pixel: the picture is copied. */
static void test_copy(void)
{
    g_autofree char *folder = centred_raster(10);
    g_autoptr(FmStyle) style = raster_style(folder, "picture.vrt", "");
    g_autoptr(FmFrame) frame = frame_of(10);
    g_auto(FmCanvas) canvas = canvas_open(1);
    draw(&canvas, style, frame);
    for (int i = 0; i < RASTER_SIDE; i += 9)
        g_assert_cmphex(canvas_pixel(&canvas, 18 + i, 18 + (i * 5) % RASTER_SIDE), ==,
                        (guint32)(i * 4) << 16 | (guint32)((i * 5) % RASTER_SIDE * 4) << 8 | 128);
    g_assert_cmphex(canvas_pixel(&canvas, 17, 50), ==, 0xFFFFFF);
    g_assert_cmphex(canvas_pixel(&canvas, 82, 50), ==, 0xFFFFFF);
    fixture_remove(folder);
}

/* Enlarged fourfold: flat pixels, or colours between them. */
static void test_resampling(void)
{
    g_autofree char *folder = centred_raster(40);
    g_autoptr(FmStyle) nearest =
        raster_style(folder, "picture.vrt", "'raster-resampling': 'nearest'");
    g_autoptr(FmStyle) linear = raster_style(folder, "picture.vrt", "");
    g_autoptr(FmFrame) frame = frame_of(10);
    g_auto(FmCanvas) flat = canvas_open(1);
    g_auto(FmCanvas) smooth = canvas_open(1);
    draw(&flat, nearest, frame);
    draw(&smooth, linear, frame);
    g_assert_cmphex(canvas_pixel(&flat, 50, 50), ==, 32u * 4 << 16 | 32u * 4 << 8 | 128);
    g_assert_cmphex(canvas_pixel(&flat, 53, 53), ==, canvas_pixel(&flat, 50, 50));
    /* 0.625 pixels right of the pixel's middle: 4 x 0.375 more. */
    g_assert_cmphex(canvas_pixel(&smooth, 53, 50) >> 16, ==, 32u * 4 + 2);
    g_assert_cmphex(canvas_pixel(&smooth, 50, 50) >> 16, ==, 32u * 4 - 2 + 1);
    fixture_remove(folder);
}

/* Reduced eightfold, a pixel is the mean of 64. */
static void test_reduction(void)
{
    g_autofree char *folder = centred_raster(10);
    g_autoptr(FmStyle) style =
        raster_style(folder, "picture.vrt", "'raster-resampling': 'nearest'");
    g_autoptr(FmFrame) frame = frame_of(80);
    g_auto(FmCanvas) canvas = canvas_open(1);
    draw(&canvas, style, frame);
    for (int i = 0; i < 8; i++) {
        const guint32 pixel = canvas_pixel(&canvas, 46 + i, 49);
        g_assert_cmpint(ABS((int)(pixel >> 16) - (i * 32 + 14)), <=, 1);
    }
    fixture_remove(folder);
}

/* Bands of any height make the same picture, in another scale too. */
static void test_bands(void)
{
    g_autofree char *folder = centred_raster(17);
    g_autoptr(FmStyle) style = raster_style(folder, "picture.vrt", "'raster-hue-rotate': 30");
    g_autoptr(FmFrame) frame = frame_of(12);
    g_auto(FmCanvas) whole = canvas_open(3.125);
    g_auto(FmCanvas) bands = canvas_open(3.125);
    draw(&whole, style, frame);
    for (double y = 0; y < CANVAS_SIZE; y += 12.8) { /* 40 device pixels */
        cairo_save(bands.brush.cr);
        cairo_rectangle(bands.brush.cr, 0, y, CANVAS_SIZE, 12.8);
        cairo_clip(bands.brush.cr);
        draw(&bands, style, frame);
        cairo_restore(bands.brush.cr);
    }
    g_assert_true(canvas_same(&whole, &bands));
    fixture_remove(folder);
}

static void test_opacity(void)
{
    g_autofree char *folder = centred_raster(10);
    g_autoptr(FmStyle) style = raster_style(folder, "picture.vrt", "'raster-opacity': 0.5");
    g_autoptr(FmFrame) frame = frame_of(10);
    g_auto(FmCanvas) canvas = canvas_open(1);
    draw(&canvas, style, frame);
    g_assert_cmpint(ABS((int)(canvas_pixel(&canvas, 50, 50) & 0xFF) - 192), <=, 1);
    fixture_remove(folder);
}

static void test_check(void)
{
    static const struct {
        const char *file, *message;
        FmError code;
    } cases[] = {
        {"none.tif", "there is no such file", FM_ERROR_NOT_FOUND},
        {"picture.ppm", "the file does not say where it lies", FM_ERROR_DATA},
        {"text.tif", "not a raster that GDAL reads", FM_ERROR_DATA},
    };
    g_autofree char *folder = centred_raster(10);
    g_autofree char *text = g_build_filename(folder, "text.tif", NULL);
    g_assert_true(g_file_set_contents(text, "no raster", -1, NULL));
    g_autoptr(FmFrame) frame = frame_of(10);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmStyle) style = raster_style(folder, cases[i].file, "");
        g_autoptr(GError) error = NULL;
        g_assert_false(fm__rasters_check(style, frame, &error));
        g_assert_error(error, FM_ERROR, (gint)cases[i].code);
        g_assert_true(g_str_has_prefix(error->message, "layer 'photo': "));
        g_assert_nonnull(strstr(error->message, cases[i].message));
        g_assert_null(strchr(error->message, '\n'));
    }
    g_autoptr(FmStyle) good = raster_style(folder, "picture.vrt", "");
    g_assert_true(fm__rasters_check(good, frame, NULL));
    fixture_remove(folder);
}

void test_raster(void)
{
    g_test_add_func("/render/raster/copy", test_copy);
    g_test_add_func("/render/raster/resampling", test_resampling);
    g_test_add_func("/render/raster/reduction", test_reduction);
    g_test_add_func("/render/raster/bands", test_bands);
    g_test_add_func("/render/raster/opacity", test_opacity);
    g_test_add_func("/render/raster/check", test_check);
}
