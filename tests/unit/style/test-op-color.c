#include "fm-unit.h"
#include "support.h"

/* An array of channels may be read brighter than white; what is drawn is within sRGB. */
static void test_clamped(void)
{
    g_autoptr(FmStyle) style = style_of(
        "'type': 'line', 'paint': {'line-color': ['to-color', ['literal', [255, 64, 0, 0.5]]]}");
    const FmStyleContext context = {.zoom = 0};
    const FmColor color =
        fm_style_layer_color(fm_style_layer(style, 0), FM_PROP_LINE_COLOR, &context);
    g_assert_cmpfloat(color.r, ==, 1);
    g_assert_cmpfloat_with_epsilon(color.g, 2 * 64 / 255.0, 1e-12);
    g_assert_cmpfloat(color.a, ==, 0.5);
}

void test_op_color(void)
{
    fixtures_add("op-color");
    g_test_add_func("/style/op-color/clamped", test_clamped);
}
