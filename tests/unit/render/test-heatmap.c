/* Heatmaps, judged by the grey that a density leaves on white paper. */
#include "canvas.h"
#include "fm-unit.h"
#include "heatmap.h"

#include <math.h>

/* Density 0 is white, 1 black, in between grey. */
#define GREYS                                                                                      \
    "'heatmap-color': ['interpolate', ['linear'], ['heatmap-density'], 0, 'white', 1, 'black']"

static void draw(const FmCanvas *canvas, const char *paint, const FmMapLayer *layer)
{
    g_autofree char *members = g_strdup_printf("'type': 'heatmap', 'paint': {%s}", paint);
    g_autoptr(FmStyle) style = canvas_style(members);
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__heatmap_draw(&canvas->brush, fm_style_layer(style, 0), layer, 10, &error));
    g_assert_no_error(error);
}

static double density_at(const FmCanvas *canvas, int x, int y)
{
    return 1 - (canvas_pixel(canvas, x, y) & 0xFF) / 255.0;
}

/* The specification's kernel: weight x intensity / sqrt(2 pi) x exp(-4.5 (distance / radius)^2). */
static void test_kernel(void)
{
    const FmPagePoint at[] = {{50.5, 50.5}};
    const double w[] = {2};
    g_autoptr(FmMapLayer) layer = canvas_points(at, w, 1);
    g_auto(FmCanvas) canvas = canvas_open(1);
    draw(&canvas,
         GREYS ", 'heatmap-radius': 24, 'heatmap-weight': ['get', 'w'], 'heatmap-intensity': 0.75",
         layer);
    for (int away = 0; away < 30; away++) {
        const double r = away / 24.0;
        const double expected = 2 * 0.75 / sqrt(2 * G_PI) * exp(-4.5 * r * r);
        g_assert_cmpfloat_with_epsilon(density_at(&canvas, 50 + away, 50), expected, 0.01);
        g_assert_cmpfloat_with_epsilon(density_at(&canvas, 50, 50 - away), expected, 0.01);
    }
    g_assert_cmphex(canvas_pixel(&canvas, 2, 2), ==, 0xFFFFFF);
}

/* Densities add up, and stop at 1. */
static void test_sum(void)
{
    const FmPagePoint at[] = {{30.5, 50.5}, {30.5, 50.5}, {70.5, 50.5}};
    const double w[] = {0.5, 0.75, 100};
    g_autoptr(FmMapLayer) layer = canvas_points(at, w, 3);
    g_auto(FmCanvas) canvas = canvas_open(1);
    draw(&canvas, GREYS ", 'heatmap-radius': 8, 'heatmap-weight': ['get', 'w']", layer);
    g_assert_cmpfloat_with_epsilon(density_at(&canvas, 30, 50), 1.25 / sqrt(2 * G_PI), 0.01);
    g_assert_cmphex(canvas_pixel(&canvas, 70, 50), ==, 0);
}

/* Bands of the page, whatever their height, make the same picture as the page at once. */
static void test_bands(void)
{
    FmPagePoint at[40];
    double w[G_N_ELEMENTS(at)];
    for (gsize i = 0; i < G_N_ELEMENTS(at); i++) {
        at[i] = (FmPagePoint){(double)(i * 37 % 100) + 0.3, (double)(i * 61 % 100) + 0.7};
        w[i] = (double)(i % 7) / 3;
    }
    const char *paint = GREYS ", 'heatmap-radius': 11, 'heatmap-weight': ['get', 'w']";
    g_autoptr(FmMapLayer) layer = canvas_points(at, w, G_N_ELEMENTS(at));
    g_auto(FmCanvas) whole = canvas_open(1.5);
    g_auto(FmCanvas) bands = canvas_open(1.5);
    draw(&whole, paint, layer);
    for (int y = 0; y < CANVAS_SIZE; y += 14) {
        cairo_save(bands.brush.cr);
        cairo_rectangle(bands.brush.cr, 0, y, CANVAS_SIZE, 14);
        cairo_clip(bands.brush.cr);
        draw(&bands, paint, layer);
        cairo_restore(bands.brush.cr);
    }
    g_assert_true(canvas_same(&whole, &bands));
}

static void test_opacity(void)
{
    const FmPagePoint at[] = {{50.5, 50.5}};
    const double w[] = {100};
    g_autoptr(FmMapLayer) layer = canvas_points(at, w, 1);
    g_auto(FmCanvas) canvas = canvas_open(1);
    draw(&canvas, GREYS ", 'heatmap-opacity': 0.4, 'heatmap-weight': ['get', 'w']", layer);
    g_assert_cmphex(canvas_pixel(&canvas, 50, 50), ==, 0x999999);
}

/* Without colours of its own a heatmap has the specification's, transparent where nothing is. */
static void test_default_colors(void)
{
    const FmPagePoint at[] = {{50.5, 50.5}};
    const double w[] = {100};
    g_autoptr(FmMapLayer) layer = canvas_points(at, w, 1);
    g_auto(FmCanvas) canvas = canvas_open(1);
    draw(&canvas, "'heatmap-radius': 5, 'heatmap-weight': ['get', 'w']", layer);
    g_assert_cmphex(canvas_pixel(&canvas, 50, 50), ==, 0xFF0000);
    g_assert_cmphex(canvas_pixel(&canvas, 90, 90), ==, 0xFFFFFF);
}

void test_heatmap(void)
{
    g_test_add_func("/render/heatmap/kernel", test_kernel);
    g_test_add_func("/render/heatmap/sum", test_sum);
    g_test_add_func("/render/heatmap/bands", test_bands);
    g_test_add_func("/render/heatmap/opacity", test_opacity);
    g_test_add_func("/render/heatmap/default-colors", test_default_colors);
}
