#include "bivariate-palette.h"
#include "fm-unit.h"
#include "themed.h"

#include <facmap/theme.h>

#define X                                                                                          \
    "'x': {'value': ['get', 'people'], 'method': 'fixed', 'limits': [0, 200, 500, 1000], "         \
    "'title': {'en': 'People'}, 'format': 'count'}"
#define Y                                                                                          \
    "'y': {'value': ['get', 'share'], 'method': 'fixed', 'limits': [0, 0.3, 0.6, 1], "             \
    "'title': {'en': 'Share'}, 'format': 'percent'}"
#define LAYER(spec) "'type': 'fill', 'metadata': {'facmap:bivariate': {" spec "}}"

static void assert_color(FmColor found, FmColor expected)
{
    g_assert_cmpfloat_with_epsilon(found.r, expected.r, 1e-9);
    g_assert_cmpfloat_with_epsilon(found.g, expected.g, 1e-9);
    g_assert_cmpfloat_with_epsilon(found.b, expected.b, 1e-9);
}

/* Rows lie on the diagonal of both values; the last one has no people, which is no data. */
static void colors(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(LAYER(X ", " Y ", 'group': 'g'"), table, &error);
    FmColor palette[FM_BIVARIATE_CELLS];

    g_assert_no_error(error);
    g_assert_true(fm__bivariate_palette("blue-orange", palette));
    for (gsize row = 0; row < 4; row++) {
        const FmStyleContext context = {.table = table, .row = row};
        const FmStyleLayer *layer = fm_style_find_layer(style, "x");
        g_assert_true(fm_style_layer_accepts(layer, &context) == (row < 3));
        g_assert_true(fm_style_layer_accepts(fm_style_find_layer(style, "x-no-data"), &context) ==
                      (row == 3));
        if (row < 3) {
            assert_color(fm_style_layer_color(layer, FM_PROP_FILL_COLOR, &context),
                         palette[row * 3 + row]);
        }
    }
}

/* Each row is in one cell of the legend, whose colour is the map's. */
static void legend_agrees(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) style = themed_style(LAYER(X ", " Y ", 'group': 'g'"), table, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    const FmPageLegendEntry *entry = page->legend->pdata[0];
    g_assert_cmpint(entry->kind, ==, FM_LEGEND_SQUARE);
    const FmPageLegendSquare *square = entry->square;
    g_assert_cmpuint(square->x.n_classes, ==, 3);
    g_assert_cmpstr(square->x.limits[0].en, ==, "0");
    g_assert_cmpstr(square->x.limits[1].en, ==, "200");
    g_assert_cmpstr(square->x.limits[3].en, ==, "1,000");
    g_assert_cmpstr(square->y.limits[3].en, ==, "100 %");
    for (gsize row = 0; row < 3; row++) {
        const FmStyleContext context = {.table = table, .row = row};
        gsize n_cells = 0;
        for (gsize i = 0; i < 9; i++) {
            if (fm_page_expression_boolean(square->filters[i], &context)) {
                n_cells++;
                assert_color(square->colors[i],
                             fm_style_layer_color(entry->layer, FM_PROP_FILL_COLOR, &context));
            }
        }
        g_assert_cmpuint(n_cells, ==, 1);
    }
}

/* Two classes of one value take the ends of the palette. */
static void fewer_classes(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) style = themed_style(
        LAYER("'x': {'value': ['get', 'people'], 'classes': 2, 'method': 'quantile', 'title': "
              "{'en': 'P'}}, " Y ", 'group': 'g', 'no-data': false, 'turned': true"),
        table, NULL);
    FmColor palette[FM_BIVARIATE_CELLS];
    const FmStyleContext last = {.table = table, .row = 2};

    fm__bivariate_palette("blue-orange", palette);
    assert_color(fm_style_layer_color(fm_style_layer(style, 0), FM_PROP_FILL_COLOR, &last),
                 palette[8]);
    g_assert_cmpuint(fm_style_n_layers(style), ==, 1);
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    const FmPageLegendEntry *entry = page->legend->pdata[0];
    g_assert_cmpuint(entry->square->x.n_classes, ==, 2);
    g_assert_true(entry->square->turned);
}

static void errors(void)
{
    themed_page_refuses(LAYER(X ", 'group': 'g'"), "'y' is missing");
    themed_page_refuses(LAYER(X ", " Y), "'group' is missing");
    themed_page_refuses(LAYER(X ", " Y ", 'group': 'g', 'palette': 'rainbow'"),
                        "there is no palette 'rainbow'");
    themed_page_refuses(LAYER(X ", " Y ", 'group': 'g', 'palette': ['red']"), "9 colours");
    themed_page_refuses("'type': 'line', 'metadata': {'facmap:bivariate': {" X ", " Y
                        ", 'group': 'g'}}",
                        "only a fill layer");
    themed_refuses(LAYER("'x': {'value': ['get', 'people'], 'method': 'fixed', 'limits': [0, 200], "
                         "'title': {'en': 'P'}}, " Y ", 'group': 'g'"),
                   "x: the value");
}

void test_bivariate(void)
{
    g_test_add_func("/style/bivariate/colors", colors);
    g_test_add_func("/style/bivariate/legend", legend_agrees);
    g_test_add_func("/style/bivariate/fewer-classes", fewer_classes);
    g_test_add_func("/style/bivariate/errors", errors);
}
