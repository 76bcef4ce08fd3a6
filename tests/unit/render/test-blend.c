/* A layer laid over a colour as one picture: the formulas of W3C Compositing and Blending. */
#include "blend.h"
#include "canvas.h"
#include "fm-unit.h"

/* #336699 below; two overlapping squares of #cc8040 drawn as the layer. */
static guint32 blended(const char *paint)
{
    g_auto(FmCanvas) canvas = canvas_open(1);
    cairo_t *cr = canvas.brush.cr;
    cairo_set_source_rgb(cr, 0x33 / 255.0, 0x66 / 255.0, 0x99 / 255.0);
    cairo_paint(cr);
    g_autofree char *members = g_strdup_printf("'type': 'fill', 'paint': {%s}", paint);
    g_autoptr(FmStyle) style = canvas_style(members);
    const FmBlend blend = fm__blend_begin(cr, fm_style_layer(style, 0), 10);
    cairo_set_source_rgb(cr, 0xCC / 255.0, 0x80 / 255.0, 0x40 / 255.0);
    cairo_rectangle(cr, 10, 10, 60, 60);
    cairo_fill(cr);
    cairo_rectangle(cr, 30, 30, 60, 60);
    cairo_fill(cr);
    fm__blend_end(cr, &blend);
    g_assert_cmpint(cairo_get_operator(cr), ==, CAIRO_OPERATOR_OVER);
    g_assert_cmphex(canvas_pixel(&canvas, 5, 5), ==, 0x336699);
    g_assert_cmphex(canvas_pixel(&canvas, 20, 20), ==, canvas_pixel(&canvas, 50, 50));
    return canvas_pixel(&canvas, 50, 50);
}

static void assert_near(guint32 found, guint32 expected)
{
    for (int shift = 0; shift <= 16; shift += 8)
        g_assert_cmpint(ABS((int)(found >> shift & 0xFF) - (int)(expected >> shift & 0xFF)), <=, 1);
}

static void test_modes(void)
{
    assert_near(blended(""), 0xCC8040);
    assert_near(blended("'fill-layer-blend': 'multiply'"), 0x293326);
    assert_near(blended("'fill-layer-blend': 'screen'"), 0xD6B3B3);
    assert_near(blended("'fill-layer-blend': 'plus-lighter'"), 0xFFE6D9);
    assert_near(blended("'fill-layer-blend': 'overlay'"), 0x526666);
    /* Hue and saturation of one, lightness of the other: the two are each other's complement. */
    g_assert_cmphex(blended("'fill-layer-blend': 'color'"), !=,
                    blended("'fill-layer-blend': 'luminosity'"));
}

/* Where the layer covers itself it is no denser. */
static void test_opacity(void)
{
    assert_near(blended("'fill-layer-opacity': 0.5"), 0x80736D);
    assert_near(blended("'fill-layer-opacity': 0"), 0x336699);
}

static void test_nothing_to_do(void)
{
    g_auto(FmCanvas) canvas = canvas_open(1);
    g_autoptr(FmStyle) circles = canvas_style("'type': 'circle'");
    g_autoptr(FmStyle) fill = canvas_style("'type': 'fill'");
    g_assert_false(fm__blend_begin(canvas.brush.cr, fm_style_layer(circles, 0), 10).grouped);
    g_assert_false(fm__blend_begin(canvas.brush.cr, fm_style_layer(fill, 0), 10).grouped);
}

void test_blend(void)
{
    g_test_add_func("/render/blend/modes", test_modes);
    g_test_add_func("/render/blend/opacity", test_opacity);
    g_test_add_func("/render/blend/nothing-to-do", test_nothing_to_do);
}
