/* Legend entries in the metadata of layers. */
#include "fm-unit.h"

#include <facmap/page.h>
#include <string.h>

/* A document of a casing and a road; the road's facmap:legend is the given JSON. */
static FmStyle *document(const char *legend)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": {\"facmap:legend\": [{\"id\": \"g\"}]},"
        " \"sources\": {\"workspace\": {\"type\": \"vector\", \"url\": \"facmap:workspace\"}},"
        " \"layers\": ["
        "  {\"id\": \"road\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": "
        "\"a\","
        "   \"metadata\": {\"facmap:legend\": %s}},"
        "  {\"id\": \"edge\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": "
        "\"a\"}]}",
        legend);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(text, "t.json", &error);
    g_assert_no_error(error);
    return style;
}

static void one_or_many(void)
{
    static const struct {
        const char *legend;
        guint n;
    } cases[] = {
        {"{\"group\": \"g\", \"label\": {\"en\": \"x\"}}", 1},
        {"[]", 0},
        {"[{\"group\": \"g\", \"label\": {\"en\": \"x\"}}, {\"group\": \"g\", \"label\": {\"zh\": "
         "\"y\"}}]",
         2},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmStyle) style = document(cases[i].legend);
        g_autoptr(FmPage) page = fm_page_new(style, NULL);
        g_assert_cmpuint(page->legend->len, ==, cases[i].n);
    }
}

/* Companions come in drawing order, wherever the entry stands. */
static void companions(void)
{
    g_autoptr(FmStyle) style =
        document("{\"group\": \"g\", \"label\": {\"en\": \"x\"}, \"with\": [\"edge\"]}");
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    const FmPageLegendEntry *entry = page->legend->pdata[0];
    g_assert_cmpuint(entry->n_layers, ==, 2);
    g_assert_cmpstr(fm_style_layer_id(entry->layer), ==, "road");
    g_assert_cmpstr(fm_style_layer_id(entry->layers[0]), ==, "road");
    g_assert_cmpstr(fm_style_layer_id(entry->layers[1]), ==, "edge");
    g_assert_false(entry->count);
    g_assert_false(entry->keep_empty);
    g_assert_null(entry->filter);
    g_assert_cmpuint(fm_table_n_rows(entry->sample), ==, 1);
}

static void mistakes(void)
{
#define ENTRY(more) "{\"group\": \"g\", \"label\": {\"en\": \"x\"}" more "}"
    static const struct {
        const char *legend, *says;
    } cases[] = {
        {"3", "must be an object"},
        {"[{\"group\": \"g\"}]", "facmap:legend[0]: 'label' is missing"},
        {"{\"label\": {\"en\": \"x\"}}", "'group' is missing"},
        {ENTRY(", \"lable\": 1"), "unknown key 'lable'"},
        {ENTRY(", \"with\": [\"rod\"]"), "'rod'"},
        {ENTRY(", \"with\": \"edge\""), "must be an array"},
        {ENTRY(", \"filter\": [\"nope\"]"), "nope"},
        {ENTRY(", \"count\": 1"), "true or false"},
        {ENTRY(", \"sample\": []"), "object of properties"},
        {ENTRY(", \"sample\": {\"a\": []}"), "'sample.a'"},
        {ENTRY(", \"sample\": {\"a\": 1, \"A\": 2}"), "twice"},
    };
#undef ENTRY
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmStyle) style = document(cases[i].legend);
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_page_new(style, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_nonnull(strstr(error->message, "layer 'road': metadata.facmap:legend"));
        g_assert_nonnull(strstr(error->message, cases[i].says));
    }
}

/* "false" says that what the layer draws needs no words. */
static void unlisted(void)
{
    g_autoptr(FmStyle) silent = document("false");
    g_autoptr(FmStyle) listed = document("{\"group\": \"g\", \"label\": {\"en\": \"A\"}}");
    g_autoptr(FmStyle) wrong = document("true");
    g_autoptr(FmPage) page = fm_page_new(silent, NULL);
    g_autoptr(FmPage) none = fm_page_new(wrong, NULL);

    g_assert_cmpuint(page->legend->len, ==, 0);
    g_assert_null(none);
    g_assert_true(fm_page_layer_is_unlisted(fm_style_find_layer(silent, "road")));
    g_assert_false(fm_page_layer_is_unlisted(fm_style_find_layer(listed, "road")));
}

void test_page_legend(void)
{
    g_test_add_func("/style/page-legend/unlisted", unlisted);
    g_test_add_func("/style/page-legend/one-or-many", one_or_many);
    g_test_add_func("/style/page-legend/companions", companions);
    g_test_add_func("/style/page-legend/mistakes", mistakes);
}
