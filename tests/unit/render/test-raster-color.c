/* Adjusted colours, against the specification's formulas worked by hand. */
#include "canvas.h"
#include "fm-unit.h"
#include "raster.h"

static guint32 adjusted(const char *paint, guint32 argb)
{
    g_autofree char *layer = g_strdup_printf(
        "{'version': 8, 'sources': {'r': {'type': 'raster', 'url': 'x.tif'}}, 'layers': [{'id': "
        "'l', 'type': 'raster', 'source': 'r', 'paint': {%s}}]}",
        paint);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = fm_style_parse(g_strdelimit(layer, "'", '"'), "t", &error);
    g_assert_no_error(error);
    const FmRasterLook look = fm__raster_look(fm_style_layer(style, 0), 10);
    return fm__raster_look_apply(&look, argb);
}

static void assert_near(guint32 found, guint32 expected)
{
    for (int shift = 0; shift <= 24; shift += 8)
        g_assert_cmpint(ABS((int)(found >> shift & 0xFF) - (int)(expected >> shift & 0xFF)), <=, 1);
}

static void test_single(void)
{
    g_assert_cmphex(adjusted("", 0xFF336699), ==, 0xFF336699);
    /* A third of a turn moves red to green. */
    assert_near(adjusted("'raster-hue-rotate': 120", 0xFFFF0000), 0xFF00FF00);
    assert_near(adjusted("'raster-hue-rotate': 360", 0xFF336699), 0xFF336699);
    /* Without saturation each channel is their mean. */
    assert_near(adjusted("'raster-saturation': -1", 0xFF306090), 0xFF606060);
    /* Half the contrast halves the way to the middle grey. */
    assert_near(adjusted("'raster-contrast': -0.5", 0xFFFF0080), 0xFFBF4080);
    assert_near(adjusted("'raster-contrast': 1", 0xFFFF0090), 0xFFFF00FF);
    assert_near(adjusted("'raster-brightness-min': 0.2, 'raster-brightness-max': 0.8", 0xFFFF0080),
                0xFFCC3380);
}

/* Alpha stays, and the colour below it is adjusted as if it were opaque. */
static void test_alpha(void)
{
    assert_near(adjusted("'raster-brightness-min': 1", 0x80000000), 0x80808080);
    g_assert_cmphex(adjusted("'raster-brightness-min': 1", 0), ==, 0);
}

void test_raster_color(void)
{
    g_test_add_func("/render/raster-color/single", test_single);
    g_test_add_func("/render/raster-color/alpha", test_alpha);
}
