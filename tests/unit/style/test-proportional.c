#include "fm-unit.h"
#include "themed.h"

#include <facmap/theme.h>

#define LAYER(spec)                                                                                \
    "'type': 'circle', 'metadata': {'facmap:proportional': {'value': ['get', 'people'], " spec "}" \
    "}"

/* Nine times the people, nine times the area: three times the radius. */
static void areas_in_proportion(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style =
        themed_style(LAYER("'group': 'g', 'largest-radius': 30"), table, &error);
    g_assert_no_error(error);
    const FmStyleLayer *layer = fm_style_find_layer(style, "x");
    const double expected[] = {10, 20, 30};

    g_assert_true(fm_proportional_is(layer));
    for (gsize row = 0; row < 4; row++) {
        const FmStyleContext context = {.table = table, .row = row};
        g_assert_true(fm_style_layer_accepts(layer, &context) == (row < 3));
        if (row < 3) {
            g_assert_cmpfloat_with_epsilon(
                fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, &context), expected[row], 1e-9);
            g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_SORT_KEY, &context), ==,
                              -fm_table_number(table, 0, row));
        }
    }
}

/* The legend's circles are those of the map. */
static void legend_agrees(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) style =
        themed_style(LAYER("'group': 'g', 'largest-radius': 30"), table, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(page->legend->len, ==, 1);
    const FmPageLegendEntry *entry = page->legend->pdata[0];
    g_assert_cmpint(entry->kind, ==, FM_LEGEND_NESTED);
    g_assert_cmpuint(entry->sizes->len, ==, 3);
    const double values[] = {20, 100, 500};
    for (guint i = 0; i < 3; i++) {
        const FmPageLegendSize *size = &g_array_index(entry->sizes, FmPageLegendSize, i);
        g_assert_cmpfloat(size->value, ==, values[i]);
        /* 900 people have a radius of 30 px. */
        g_assert_cmpfloat_with_epsilon(size->size_px * size->size_px / (30 * 30), values[i] / 900,
                                       1e-9);
    }
}

static void errors(void)
{
    themed_page_refuses(LAYER("'group': 'g', 'radius': 3"), "unknown key 'radius'");
    themed_page_refuses(LAYER("'largest-radius': 9"), "'group' is missing");
    themed_page_refuses("'type': 'fill', 'metadata': {'facmap:proportional': {'value': 1, 'group': "
                        "'g'}}",
                        "only a circle layer");
    themed_page_refuses("'type': 'circle', 'metadata': {'facmap:proportional': {'group': 'g'}}",
                        "'value' is missing");
    themed_page_refuses(LAYER("'group': 'g', 'values': [5, 2]"), "rising");
    themed_refuses("'type': 'circle', 'metadata': {'facmap:proportional': {'value': ['-', ['get', "
                   "'people']], 'group': 'g'}}",
                   "has a value above 0");
    themed_refuses("'type': 'circle', 'filter': ['==', 'share', 1], 'metadata': "
                   "{'facmap:proportional': {'value': ['get', 'people'], 'group': 'g'}}",
                   "as an expression");
}

void test_proportional(void)
{
    g_test_add_func("/style/proportional/areas", areas_in_proportion);
    g_test_add_func("/style/proportional/legend", legend_agrees);
    g_test_add_func("/style/proportional/errors", errors);
}
