#include "canvas.h"
#include "fm-unit.h"
#include "pixels.h"

#include <facmap/core.h>

/* Every pixel says where it is: red counts columns, green rows. */
static gboolean fill_places(const FmPixelBox *box, double device_scale, guint32 *argb, void *user,
                            GError **error)
{
    guint *n_pixels = user;
    (void)device_scale;
    (void)error;
    for (int y = 0; y < box->height; y++)
        for (int x = 0; x < box->width; x++)
            argb[y * box->width + x] =
                0xFF000000u | (guint32)(box->x + x) << 16 | (guint32)(box->y + y) << 8;
    *n_pixels += (guint)(box->width * box->height);
    return TRUE;
}

/* Pixels stay where they are computed, and only visible ones are. */
static void test_places(void)
{
    guint n_pixels = 0;
    g_auto(FmCanvas) canvas = canvas_open(2);
    cairo_rectangle(canvas.brush.cr, 10, 20, 30, 5);
    cairo_clip(canvas.brush.cr);
    g_assert_true(fm__pixels_paint(canvas.brush.cr, 2, 1, fill_places, &n_pixels, NULL));
    g_assert_cmpuint(n_pixels, ==, 60 * 10);
    g_assert_cmphex(canvas_pixel(&canvas, 20, 40), ==, 20 << 16 | 40 << 8);
    g_assert_cmphex(canvas_pixel(&canvas, 79, 49), ==, 79 << 16 | 49 << 8);
    g_assert_cmphex(canvas_pixel(&canvas, 80, 49), ==, 0xFFFFFF);
    g_assert_cmphex(canvas_pixel(&canvas, 20, 39), ==, 0xFFFFFF);
}

static gboolean refuse(const FmPixelBox *box, double device_scale, guint32 *argb, void *user,
                       GError **error)
{
    (void)box;
    (void)device_scale;
    (void)argb;
    (void)user;
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "no");
    return FALSE;
}

static void test_error(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(FmCanvas) canvas = canvas_open(1);
    g_assert_false(fm__pixels_paint(canvas.brush.cr, 1, 1, refuse, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_assert_cmphex(canvas_pixel(&canvas, 50, 50), ==, 0xFFFFFF);
}

void test_pixels(void)
{
    g_test_add_func("/render/pixels/places", test_places);
    g_test_add_func("/render/pixels/error", test_error);
}
