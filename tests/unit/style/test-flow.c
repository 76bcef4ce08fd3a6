#include "fm-unit.h"
#include "themed.h"

#include <facmap/theme.h>

#define LAYER(spec) "'type': 'line', 'metadata': {'facmap:flow': {" spec "}}"

static void width_by_value(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(
        LAYER("'value': ['get', 'people'], 'group': 'g', 'largest-width': 9"), table, &error);
    g_assert_no_error(error);
    const FmStyleLayer *layer = fm_style_find_layer(style, "x");
    const double expected[] = {1, 4, 9};

    for (gsize row = 0; row < 3; row++) {
        const FmStyleContext context = {.table = table, .row = row};
        g_assert_cmpfloat_with_epsilon(fm_style_layer_number(layer, FM_PROP_LINE_WIDTH, &context),
                                       expected[row], 1e-9);
    }
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    const FmPageLegendEntry *entry = page->legend->pdata[0];
    g_assert_cmpint(entry->kind, ==, FM_LEGEND_WIDTHS);
    const FmPageLegendSize *size = &g_array_index(entry->sizes, FmPageLegendSize, 2);
    g_assert_cmpfloat(size->value, ==, 500);
    g_assert_cmpfloat_with_epsilon(size->size_px, 5, 1e-9);
}

/* Without a group another layer's legend explains the widths: they share a largest value. */
static void shared_scale(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) style = themed_style(
        LAYER("'value': ['get', 'people'], 'largest': 1800, 'largest-width': 8"), table, NULL);
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    const FmStyleContext context = {.table = table, .row = 2};

    g_assert_cmpuint(page->legend->len, ==, 0);
    g_assert_cmpfloat_with_epsilon(
        fm_style_layer_number(fm_style_find_layer(style, "x"), FM_PROP_LINE_WIDTH, &context), 4,
        1e-9);
    themed_page_refuses(LAYER("'value': ['get', 'people']"), "only where 'largest' is given");
}

static void reading(void)
{
    FmFlow flow;
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) usual = themed_style(LAYER(""), table, NULL);
    g_autoptr(FmStyle) own =
        themed_style(LAYER("'curve': -0.5, 'taper': false, 'arrow': true"), table, NULL);
    g_autoptr(FmStyle) none = themed_style("'type': 'line'", table, NULL);

    g_assert_true(fm_flow_read(fm_style_layer(usual, 0), &flow));
    g_assert_cmpfloat(flow.curve_ratio, ==, 0.15);
    g_assert_true(flow.taper && !flow.arrow);
    g_assert_true(fm_flow_read(fm_style_layer(own, 0), &flow));
    g_assert_cmpfloat(flow.curve_ratio, ==, -0.5);
    g_assert_true(!flow.taper && flow.arrow);
    g_assert_false(fm_flow_read(fm_style_layer(none, 0), &flow));
    themed_page_refuses(LAYER("'curve': 2"), "'curve' must be from -1 to 1");
    themed_page_refuses("'type': 'circle', 'metadata': {'facmap:flow': {}}", "only a line layer");
}

void test_flow(void)
{
    g_test_add_func("/style/flow/width", width_by_value);
    g_test_add_func("/style/flow/shared-scale", shared_scale);
    g_test_add_func("/style/flow/reading", reading);
}
