/* What a document says of its atlas, and what a layer does on the atlas' pages. */
#include "fm-unit.h"
#include "support.h"

#include <facmap/page.h>

static FmStyle *document(const char *metadata, const char *layer_metadata)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": %s,"
        " \"sources\": {\"workspace\": {\"type\": \"vector\", \"url\": \"facmap:workspace\"}},"
        " \"layers\": [{\"id\": \"x\", \"type\": \"circle\", \"source\": \"workspace\","
        "   \"source-layer\": \"school\", \"metadata\": %s}]}",
        metadata, layer_metadata);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(text, "t.json", &error);
    g_assert_no_error(error);
    return style;
}

static void defaults(void)
{
    g_autoptr(FmStyle) style = document("{\"facmap:atlas\": {\"layer\": \"area\"}}", "{}");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(page->atlas->layer, ==, "area");
    g_assert_null(page->atlas->filter);
    g_assert_cmpfloat(page->atlas->pad_ratio, ==, 0.06);
    g_assert_cmpfloat(page->atlas->veil_opacity, >, 0);
    g_assert_cmpfloat(page->atlas->outline_px, >, 0);
    g_assert_cmpint((int)fm_page_layer_area(fm_style_layer(style, 0)), ==, FM_PAGE_AREA_ANY);
}

static void everything(void)
{
    g_autoptr(FmStyle) style = document(
        "{\"facmap:atlas\": {\"layer\": \"town\", \"filter\": [\"has\", \"id\"], \"pad_ratio\": "
        "0.2,"
        "  \"veil\": \"#ff0000\", \"veil_opacity\": 0, \"outline\": \"#00ff00\", \"outline_px\": "
        "0},"
        " \"facmap:values\": {\"n\": {\"layer\": \"school\", \"reduce\": \"rows\","
        "   \"of_area\": true}},"
        " \"facmap:chart\": {\"layer\": \"a\", \"label_en\": [\"get\", \"n\"], \"value\": 1,"
        "   \"of_area\": true},"
        " \"facmap:legend\": [{\"id\": \"g\"}]}",
        "{\"facmap:of-area\": \"outside\", \"facmap:legend\": {\"group\": \"g\","
        " \"label\": {\"en\": \"S\"}, \"count\": true, \"of_area\": true}}");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(page->atlas->layer, ==, "town");
    g_assert_nonnull(page->atlas->filter);
    g_assert_cmpfloat(page->atlas->pad_ratio, ==, 0.2);
    g_assert_cmpfloat(page->atlas->veil.r, ==, 1);
    g_assert_cmpfloat(page->atlas->veil_opacity, ==, 0);
    g_assert_cmpfloat(page->atlas->outline.g, ==, 1);
    g_assert_cmpfloat(page->atlas->outline_px, ==, 0);
    g_assert_true(((FmPageValue *)page->values->pdata[0])->of_area);
    g_assert_true(((FmPageChart *)page->charts->pdata[0])->of_area);
    g_assert_true(((FmPageLegendEntry *)page->legend->pdata[0])->of_area);
    g_assert_cmpint((int)fm_page_layer_area(fm_style_layer(style, 0)), ==, FM_PAGE_AREA_OUTSIDE);
}

/* A document that is none becomes one; one that is keeps what it says. */
static void set(void)
{
    g_autoptr(FmStyle) plain = document("{}", "{}");
    g_autoptr(FmStyle) atlas =
        document("{\"facmap:atlas\": {\"layer\": \"area\", \"pad_ratio\": 0.5}}", "{}");
    g_autoptr(FmPage) made = fm_page_new(plain, NULL);
    g_autoptr(FmPage) changed = fm_page_new(atlas, NULL);
    g_assert_null(made->atlas);
    fm_page_set_atlas(made, "town");
    g_assert_cmpstr(made->atlas->layer, ==, "town");
    g_assert_cmpfloat(made->atlas->pad_ratio, ==, 0.06);
    fm_page_set_atlas(changed, "town");
    g_assert_cmpstr(changed->atlas->layer, ==, "town");
    g_assert_cmpfloat(changed->atlas->pad_ratio, ==, 0.5);
}

static void mistakes(void)
{
    static const struct {
        const char *metadata, *layer, *message;
    } cases[] = {
        {"{\"facmap:atlas\": {}}", "{}", "t.json: metadata.facmap:atlas: 'layer' is missing"},
        {"{\"facmap:atlas\": {\"layers\": \"area\"}}", "{}",
         "t.json: metadata.facmap:atlas: unknown key 'layers': did you mean 'layer'?"},
        {"{\"facmap:atlas\": {\"layer\": \"area\", \"veil_opacity\": 2}}", "{}",
         "t.json: metadata.facmap:atlas: 'veil_opacity' must be from 0 to 1"},
        {"{\"facmap:atlas\": {\"layer\": \"area\", \"veil\": \"grue\"}}", "{}",
         "t.json: metadata.facmap:atlas: 'veil' must be a CSS colour"},
        {"{}", "{\"facmap:of-area\": \"in\"}",
         "t.json: layer 'x': metadata: 'facmap:of-area' must be one of any, inside, outside"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmStyle) style = document(cases[i].metadata, cases[i].layer);
        g_autoptr(GError) error = NULL;
        g_autoptr(FmPage) page = fm_page_new(style, &error);
        g_assert_null(page);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

void test_page_atlas(void)
{
    g_test_add_func("/style/page-atlas/defaults", defaults);
    g_test_add_func("/style/page-atlas/everything", everything);
    g_test_add_func("/style/page-atlas/set", set);
    g_test_add_func("/style/page-atlas/mistakes", mistakes);
}
