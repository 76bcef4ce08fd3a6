#include "fm-unit.h"
#include "themed.h"

#include <facmap/theme.h>
#include <string.h>

#define BOTH                                                                                       \
    "'type': 'circle', 'metadata': {'facmap:classes': {'value': ['get', 'share'], 'classes': 2, "  \
    "'palette': ['#ff0000', '#0000ff'], 'group': 'g'}, 'facmap:proportional': {'value': ['get', "  \
    "'people'], 'group': 'g'}}"

/* A circle's size and colour may say two things. */
static void classes_and_sizes(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(BOTH, table, &error);
    g_assert_no_error(error);
    const FmStyleLayer *layer = fm_style_find_layer(style, "x");
    const FmStyleContext least = {.table = table, .row = 0}, most = {.table = table, .row = 2};
    g_autoptr(FmPage) page = fm_page_new(style, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(page->legend->len, ==, 3);
    g_assert_cmpfloat(fm_style_layer_color(layer, FM_PROP_CIRCLE_COLOR, &least).r, ==, 1);
    g_assert_cmpfloat(fm_style_layer_color(layer, FM_PROP_CIRCLE_COLOR, &most).b, ==, 1);
    g_assert_cmpfloat(fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, &most), >,
                      fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, &least));
}

static const FmTable *no_table(const char *source_layer, void *user)
{
    (void)source_layer;
    (void)user;
    return NULL;
}

/* What is written out is not written out again, and goes by the document's hash. */
static void written_once(void)
{
    g_autoptr(FmTable) table = themed_districts();
    g_autoptr(FmStyle) style = themed_style(BOTH, table, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) again = fm_style_with_classes(style, no_table, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(FmPage) page = fm_page_new(again, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(page->legend->len, ==, 3);
    g_assert_cmpstr(fm_style_sha256(again), ==, fm_style_sha256(style));
}

/* A layer that the workspace lacks keeps its own paint. */
static void without_table(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = themed_style(
        "'type': 'circle', 'paint': {'circle-radius': 3}, 'metadata': {'facmap:proportional': "
        "{'value': ['get', 'people'], 'group': 'g'}}",
        NULL, &error);
    const FmStyleContext none = {0};

    g_assert_no_error(error);
    g_assert_cmpfloat(fm_style_layer_number(fm_style_layer(style, 0), FM_PROP_CIRCLE_RADIUS, &none),
                      ==, 3);
}

void test_theme(void)
{
    g_test_add_func("/style/theme/classes-and-sizes", classes_and_sizes);
    g_test_add_func("/style/theme/without-table", without_table);
    g_test_add_func("/style/theme/written-once", written_once);
}
