/* Hatches, judged by the ink that they leave and by what a PDF says of them. */
#include "fm-unit.h"
#include "hatch.h"

#include <cairo-svg.h>
#include <string.h>

#define SIZE 200

/* Share of black on a white square that is hatched with black lines. */
static double ink_of(const char *name, double opacity, double origin_px)
{
    FmHatch hatch;
    g_autoptr(GError) error = NULL;
    g_assert_true(fm_hatch_parse(name, &hatch, &error));
    g_assert_no_error(error);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIZE, SIZE);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_translate(cr, -origin_px, -origin_px);
    cairo_rectangle(cr, origin_px, origin_px, SIZE, SIZE);
    cairo_clip(cr);
    fm__hatch_paint(cr, &hatch, opacity);
    g_assert_cmpint(cairo_status(cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_surface_flush(surface);
    double ink = 0;
    for (int y = 0; y < SIZE; y++) {
        const guint8 *row =
            cairo_image_surface_get_data(surface) + cairo_image_surface_get_stride(surface) * y;
        for (int x = 0; x < SIZE; x++)
            ink += 1 - row[4 * x] / 255.0;
    }
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return ink / (SIZE * SIZE);
}

/* Parallel lines cover width / spacing of any area, at every angle and wherever the area lies. */
static void test_share(void)
{
    for (int angle = -90; angle <= 90; angle += 15) {
        g_autofree char *name =
            g_strdup_printf("facmap:hatch?angle=%d&spacing=5&width=1&color=black", angle);
        g_assert_cmpfloat_with_epsilon(ink_of(name, 1, 0), 0.2, 0.01);
        g_assert_cmpfloat_with_epsilon(ink_of(name, 1, 3333.3), 0.2, 0.01);
        g_assert_cmpfloat_with_epsilon(ink_of(name, 0.5, 0), 0.1, 0.01);
    }
}

/* Where two families cross, nothing is painted twice: 1 - (1 - 1/5)². */
static void test_cross(void)
{
    const char *name = "facmap:hatch?angle=0,90&spacing=5&width=1&color=black";
    g_assert_cmpfloat_with_epsilon(ink_of(name, 1, 0), 0.36, 0.01);
    g_assert_cmpfloat_with_epsilon(ink_of(name, 0.5, 0), 0.18, 0.01);
}

static void test_background(void)
{
    g_assert_cmpfloat_with_epsilon(ink_of("facmap:hatch?background=black", 0.5, 0), 0.5, 0.1);
    g_assert_cmpfloat_with_epsilon(
        ink_of("facmap:hatch?color=black&background=black&spacing=5&width=1", 1, 0), 1, 0.001);
}

/* 45° rises to the right: from the corner below on the left to the one above on the right. */
static void test_direction(void)
{
    FmHatch hatch;
    g_assert_true(
        fm_hatch_parse("facmap:hatch?angle=45&spacing=200&width=4&color=black", &hatch, NULL));
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, SIZE, SIZE);
    cairo_t *cr = cairo_create(surface);
    cairo_translate(cr, 0, SIZE); /* the origin, through which a line goes, below on the left */
    fm__hatch_paint(cr, &hatch, 1);
    cairo_surface_flush(surface);
    const guint8 *data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    g_assert_cmpuint(data[stride * (SIZE - 51) + 50], ==, 255);
    g_assert_cmpuint(data[stride * 50 + SIZE - 51], ==, 255);
    g_assert_cmpuint(data[stride * 50 + 50], ==, 0);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/* In an SVG the lines are paths: no image. */
static void test_vectors(void)
{
    g_autoptr(GByteArray) file = g_byte_array_new();
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(append, file, SIZE, SIZE);
    cairo_t *cr = cairo_create(surface);
    FmHatch hatch;
    g_assert_true(fm_hatch_parse("facmap:hatch", &hatch, NULL));
    cairo_arc(cr, SIZE / 2.0, SIZE / 2.0, SIZE / 3.0, 0, 2 * G_PI);
    cairo_clip(cr);
    fm__hatch_paint(cr, &hatch, 0.5);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    g_byte_array_append(file, (const guint8 *)"", 1);
    g_assert_nonnull(strstr((const char *)file->data, "<path"));
    g_assert_null(strstr((const char *)file->data, "<image"));
}

void test_hatch(void)
{
    g_test_add_func("/render/hatch/share", test_share);
    g_test_add_func("/render/hatch/cross", test_cross);
    g_test_add_func("/render/hatch/background", test_background);
    g_test_add_func("/render/hatch/direction", test_direction);
    g_test_add_func("/render/hatch/vectors", test_vectors);
}
