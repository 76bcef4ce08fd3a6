#include "fm-unit.h"
#include "themed.h"

#include <facmap/contrast.h>

#define CLASSED                                                                                    \
    "'type': 'fill', 'metadata': {'facmap:classes': {'value': ['get', 'people'], 'classes': 3, "   \
    "'palette': ['#ffffff', '#888888', '#000000'], 'group': 'g', 'no-data': false}}}, "
#define NAME(metadata)                                                                             \
    "{'id': 'n', 'type': 'symbol', 'source': 'workspace', 'source-layer': 'district', "            \
    "'metadata': {'facmap:on': " metadata "}, 'layout': {'text-field': 'a', 'text-size': 10}"

/* Each name is read on its own district, and its halo has the district's colour. */
static void ink(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(CLASSED NAME("'x'"), table, &error);
    g_assert_no_error(error);
    const FmStyleLayer *name = fm_style_find_layer(style, "n");

    for (gsize row = 0; row < 3; row++) {
        const FmStyleContext context = {.table = table, .row = row};
        FmColor ground =
            fm_style_layer_color(fm_style_find_layer(style, "x"), FM_PROP_FILL_COLOR, &context);
        FmColor halo = fm_style_layer_color(name, FM_PROP_TEXT_HALO_COLOR, &context);
        FmColor text = fm_style_layer_color(name, FM_PROP_TEXT_COLOR, &context);
        g_assert_cmpfloat(halo.r, ==, ground.r);
        g_assert_cmpfloat(fm_color_contrast(text, ground), >=, 4);
    }
}

/* As many ems off as the circle is wide, whatever its size. */
static void beside(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(
        "'type': 'circle', 'metadata': {'facmap:proportional': {'value': ['get', 'people'], "
        "'group': 'g', 'largest-radius': 30}}}, " NAME("'x'"),
        table, &error);
    g_assert_no_error(error);
    const FmStyleLayer *name = fm_style_find_layer(style, "n");

    for (gsize row = 0; row < 3; row++) {
        const FmStyleContext context = {.table = table, .row = row};
        g_assert_cmpfloat_with_epsilon(
            fm_style_layer_number(name, FM_PROP_TEXT_RADIAL_OFFSET, &context),
            0.3 + (double)(row + 1), 1e-9);
    }
}

static void errors(void)
{
    themed_page_refuses(CLASSED NAME("'nothing'"), "id of a fill or circle layer");
    themed_page_refuses("'type': 'fill', 'metadata': {'facmap:on': 'x'}", "only a symbol layer");
    themed_refuses("'type': 'fill', 'paint': {'fill-color': ['rgb', 1, 2, 3]}}, " NAME("'x'"),
                   "has no classes");
}

void test_on(void)
{
    g_test_add_func("/style/on/ink", ink);
    g_test_add_func("/style/on/beside", beside);
    g_test_add_func("/style/on/errors", errors);
}
