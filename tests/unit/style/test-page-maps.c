/* Several maps on a page: what the document says of them, and what is refused. */
#include "fm-unit.h"

#include <facmap/page.h>
#include <string.h>

static FmStyle *document(const char *metadata)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": %s,"
        " \"sources\": {\"workspace\": {\"type\": \"vector\", \"url\": \"facmap:workspace\"}},"
        " \"layers\": [{\"id\": \"x\", \"type\": \"circle\", \"source\": \"workspace\","
        "   \"source-layer\": \"school\"}]}",
        metadata);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(text, "t.json", &error);
    g_assert_no_error(error);
    return style;
}

static void multiples(void)
{
    g_autoptr(FmStyle) style =
        document("{\"facmap:multiples\": {\"layers\": [\"school\"], \"by\": [\"get\", \"status\"],"
                 "  \"values\": [\"open\", \"planned\"], \"columns\": 2,"
                 "  \"titles\": {\"open\": {\"en\": \"Today\", \"zh\": \"现状\"}}}}");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    const FmPageMultiples *m = page->multiples;
    g_assert_cmpuint(m->layers->len, ==, 1);
    g_assert_cmpuint(m->values->len, ==, 2);
    g_assert_cmpuint(m->columns, ==, 2);
    g_assert_cmpstr(fm_page_expression_fields(m->by)[0], ==, "status");
    const FmPageText *title = g_hash_table_lookup(m->titles, "open");
    g_assert_cmpstr(title->zh, ==, "现状");
    fm_page_set_multiples(page, "category");
    g_assert_cmpstr(fm_page_expression_fields(page->multiples->by)[0], ==, "category");
    g_assert_cmpuint(page->multiples->values->len, ==, 0);
    g_assert_cmpuint(page->multiples->layers->len, ==, 0);
}

static void maps(void)
{
    g_autoptr(FmStyle) style = document(
        "{\"facmap:maps\": {\"one_scale\": true, \"columns\": 1, \"frames\": ["
        "  {\"title\": {\"en\": \"All\"}},"
        "  {\"layers\": [\"x\"], \"extent\": {\"layers\": [\"school\"], \"pad_ratio\": 0.5,"
        "    \"filter\": [\"has\", \"id\"]}}]}}");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_assert_true(page->maps->one_scale);
    g_assert_cmpuint(page->maps->columns, ==, 1);
    g_assert_cmpuint(page->maps->frames->len, ==, 2);
    const FmPageFrame *all = page->maps->frames->pdata[0], *part = page->maps->frames->pdata[1];
    g_assert_cmpstr(all->title.en, ==, "All");
    g_assert_cmpuint(all->layers->len, ==, 0);
    g_assert_cmpuint(all->extent_layers->len, ==, 0);
    g_assert_cmpstr(part->layers->pdata[0], ==, "x");
    g_assert_cmpstr(part->extent_layers->pdata[0], ==, "school");
    g_assert_nonnull(part->extent_filter);
    g_assert_cmpfloat(part->extent_pad_ratio, ==, 0.5);
}

static void mistakes(void)
{
    static const struct {
        const char *metadata, *message;
    } cases[] = {
        {"{\"facmap:multiples\": {}}", "'by' is missing"},
        {"{\"facmap:multiples\": {\"by\": [\"get\", \"a\"], \"layer\": \"school\"}}",
         "unknown key 'layer': did you mean 'layers'?"},
        {"{\"facmap:multiples\": {\"by\": [\"get\", \"a\"], \"titles\": {\"a\": {}}}}",
         "metadata.facmap:multiples.titles.a: needs 'en', 'zh' or both"},
        {"{\"facmap:multiples\": {\"by\": [\"get\", \"a\"], \"columns\": 0}}",
         "'columns' must be from 1 to 12"},
        {"{\"facmap:maps\": {\"frames\": [{}]}}", "must have 2 to 24 maps"},
        {"{\"facmap:maps\": {\"frames\": [{}, {\"layers\": [\"y\"]}]}}",
         "metadata.facmap:maps.frames[1]: the document has no layer 'y'"},
        {"{\"facmap:maps\": {\"frames\": [{}, {\"extent\": {}}]}}",
         "metadata.facmap:maps.frames[1].extent: 'layers' is missing"},
        {"{\"facmap:maps\": {\"frames\": [{}, {}]}, \"facmap:multiples\": {\"by\": [\"get\", "
         "\"a\"]}}",
         "both divide the page"},
        {"{\"facmap:maps\": {\"frames\": [{}, {}]}, \"facmap:inset\": {\"layers\": [\"a\"]}}",
         "an inset stands on a single map"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmStyle) style = document(cases[i].metadata);
        g_autoptr(GError) error = NULL;
        g_autoptr(FmPage) page = fm_page_new(style, &error);
        g_assert_null(page);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!strstr(error->message, cases[i].message))
            g_error("'%s' lacks '%s'", error->message, cases[i].message);
    }
}

void test_page_maps(void)
{
    g_test_add_func("/style/page-maps/multiples", multiples);
    g_test_add_func("/style/page-maps/maps", maps);
    g_test_add_func("/style/page-maps/mistakes", mistakes);
}
