/* The page of a map document: every key read, every mistake named with its path. */
#include "fm-unit.h"

#include <facmap/page.h>
#include <math.h>
#include <string.h>

static FmStyle *document(const char *metadata, const char *layers)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": %s,"
        " \"sources\": {\"workspace\": {\"type\": \"vector\", \"url\": \"facmap:workspace\"}},"
        " \"layers\": %s}",
        metadata, layers);
    g_autoptr(GError) error = NULL;
    FmStyle *style = fm_style_parse(text, "t.json", &error);
    g_assert_no_error(error);
    return style;
}

static void defaults(void)
{
    g_autoptr(FmStyle) style = document("{\"other:key\": 1}", "[]");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(page->size, ==, "A3");
    g_assert_false(page->portrait);
    g_assert_cmpfloat(page->margin_mm, ==, 12);
    g_assert_cmpfloat(page->panel_ratio, ==, 0.28);
    g_assert_null(page->title.en);
    g_assert_cmpuint(page->extent_layers->len, ==, 0);
    g_assert_cmpuint(page->legend->len, ==, 0);
    g_assert_null(page->figure);
    g_assert_cmpuint(page->charts->len, ==, 0);
    g_assert_false(page->graticule);
}

static void everything(void)
{
    g_autoptr(FmStyle) style = document(
        "{\"facmap:page\": {\"size\": \"A4\", \"orientation\": \"portrait\", \"margin_mm\": 8, "
        "\"panel_ratio\": 0.3},"
        " \"facmap:title\": {\"en\": \"Title\", \"zh\": \"标题\"}, \"facmap:subtitle\": {\"en\": "
        "\"Sub\"},"
        " \"facmap:notes\": {\"zh\": \"注\"}, \"facmap:needs\": [\"facmap coverage\"],"
        " \"facmap:extent\": {\"layers\": [\"a\", \"b\"], \"filter\": [\"has\", \"x\"], "
        "\"pad_ratio\": 0.5},"
        " \"facmap:values\": {\"people\": {\"layer\": \"a\", \"value\": [\"get\", \"n\"], "
        "\"reduce\": \"sum\", \"format\": \"millions\"}},"
        " \"facmap:legend\": [{\"id\": \"g\", \"title\": {\"en\": \"Group\"}}],"
        " \"facmap:figure\": {\"value\": \"{people}\", \"text\": {\"en\": \"live here\"}},"
        " \"facmap:chart\": {\"layer\": \"a\", \"label_en\": [\"get\", \"name\"], \"value\": "
        "[\"get\", \"n\"],"
        "   \"format\": \"percent\", \"order\": \"ascending\", \"maximum\": 1, \"color\": "
        "\"#ff0000\"},"
        " \"facmap:locator\": {\"layer\": \"a\"}, \"facmap:graticule\": {\"step_deg\": 0.5}}",
        "[{\"id\": \"casing\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": "
        "\"a\"},"
        " {\"id\": \"road\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": "
        "\"a\","
        "  \"metadata\": {\"facmap:legend\": [{\"group\": \"g\", \"label\": {\"en\": \"Road\"}, "
        "\"with\": "
        "[\"casing\"],"
        "     \"filter\": [\"==\", [\"get\", \"kind\"], \"main\"], \"sample\": {\"kind\": "
        "\"main\", \"n\": 3, \"w\": 1.5},"
        "     \"count\": true, \"keep-empty\": true},"
        "    {\"group\": \"g\", \"label\": {\"zh\": \"路\"}}]}}]");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(page->size, ==, "A4");
    g_assert_true(page->portrait);
    g_assert_cmpfloat(page->margin_mm, ==, 8);
    g_assert_cmpstr(page->title.zh, ==, "标题");
    g_assert_cmpstr(page->subtitle.en, ==, "Sub");
    g_assert_null(page->subtitle.zh);
    g_assert_cmpstr(page->notes.zh, ==, "注");
    g_assert_cmpstr(page->needs->pdata[0], ==, "facmap coverage");
    g_assert_cmpuint(page->extent_layers->len, ==, 2);
    g_assert_nonnull(page->extent_filter);
    g_assert_cmpfloat(page->extent_pad_ratio, ==, 0.5);
    const FmPageValue *value = page->values->pdata[0];
    g_assert_cmpstr(value->name, ==, "people");
    g_assert_cmpint(value->reduce, ==, FM_PAGE_SUM);
    g_assert_cmpint(value->format, ==, FM_PAGE_MILLIONS);
    g_assert_cmpstr(fm_page_expression_fields(value->value)[0], ==, "n");
    g_assert_cmpstr(page->figure->value, ==, "{people}");
    const FmPageChart *chart = page->charts->pdata[0];
    const FmPageSeries *series = chart->series->pdata[0];
    g_assert_true(chart->ascending);
    g_assert_true(chart->has_maximum);
    g_assert_cmpfloat(series->color.r, ==, 1);
    g_assert_cmpstr(page->locator_layer, ==, "a");
    g_assert_true(page->graticule);
    g_assert_cmpfloat(page->graticule_step_deg, ==, 0.5);

    g_assert_cmpuint(page->legend->len, ==, 2);
    const FmPageLegendEntry *entry = page->legend->pdata[0];
    const FmStyleLayer *road = fm_style_find_layer(style, "road");
    g_assert_true(entry->layer == road);
    g_assert_cmpuint(entry->n_layers, ==, 2);
    g_assert_cmpstr(fm_style_layer_id(entry->layers[0]), ==, "casing"); /* drawn first */
    g_assert_true(entry->count);
    g_assert_true(entry->keep_empty);
    g_assert_cmpstr(fm_table_text(entry->sample, fm_table_find_column(entry->sample, "kind"), 0),
                    ==, "main");
    g_assert_cmpint(fm_table_integer(entry->sample, fm_table_find_column(entry->sample, "n"), 0),
                    ==, 3);
    g_assert_cmpfloat(fm_table_number(entry->sample, fm_table_find_column(entry->sample, "w"), 0),
                      ==, 1.5);
    FmStyleContext context = {entry->sample, 0, 10, NULL};
    g_assert_true(fm_page_expression_boolean(entry->filter, &context));
}

static void expressions(void)
{
    g_autoptr(FmStyle) style =
        document("{\"facmap:chart\": {\"layer\": \"a\", \"label_en\": [\"get\", \"name\"], "
                 "\"value\": [\"/\", [\"get\", \"n\"], 4]}}",
                 "[]");
    g_autoptr(FmPage) page = fm_page_new(style, NULL);
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize name = fm_table_add_column(table, "name", FM_COLUMN_TEXT);
    gsize n = fm_table_add_column(table, "n", FM_COLUMN_INTEGER);
    fm_table_append_row(table);
    fm_table_append_row(table);
    fm_table_set_text(table, name, 0, "东城");
    fm_table_set_integer(table, n, 0, 10);
    FmStyleContext full = {table, 0, 0, NULL}, empty = {table, 1, 0, NULL};
    const FmPageChart *chart = page->charts->pdata[0];
    const FmPageSeries *series = chart->series->pdata[0];
    g_autofree char *label = fm_page_expression_string(chart->label_en, &full);
    g_assert_cmpstr(label, ==, "东城");
    g_assert_cmpfloat(fm_page_expression_number(series->value, &full), ==, 2.5);
    g_assert_true(isnan(fm_page_expression_number(series->value, &empty)));
}

static void mistakes(void)
{
#define ROAD(metadata)                                                                             \
    "[{\"id\": \"road\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": \"a\","  \
    " \"metadata\": " metadata "}]"
    static const struct {
        const char *metadata, *layers, *path, *says;
    } cases[] = {
        {"{\"facmap:tilte\": {\"en\": \"x\"}}", "[]", "metadata.facmap:tilte", "unknown key"},
        {"{\"facmap:page\": {\"szie\": \"A3\"}}", "[]", "metadata.facmap:page", "size"},
        {"{\"facmap:page\": {\"size\": 3}}", "[]", "metadata.facmap:page",
         "'size' must be a string"},
        {"{\"facmap:page\": {\"panel_ratio\": 0.9}}", "[]", "metadata.facmap:page",
         "from 0 to 0.6"},
        {"{\"facmap:page\": {\"orientation\": \"upright\"}}", "[]", "metadata.facmap:page",
         "landscape, portrait"},
        {"{\"facmap:title\": \"x\"}", "[]", "metadata.facmap:title", "must be an object"},
        {"{\"facmap:title\": {}}", "[]", "metadata.facmap:title", "'en', 'zh' or both"},
        {"{\"facmap:unplaced\": \"list\"}", "[]", "metadata.facmap:unplaced", "\"margin\""},
        {"{\"facmap:unplaced\": [1]}", "[]", "metadata.facmap:unplaced", "\"margin\""},
        {"{\"facmap:needs\": [1]}", "[]", "metadata.facmap:needs", "[0] must be a string"},
        {"{\"facmap:values\": {\"Bad\": {\"layer\": \"a\", \"reduce\": \"rows\"}}}", "[]",
         "facmap:values.Bad", "lower-case"},
        {"{\"facmap:values\": {\"x\": {\"layer\": \"a\"}}}", "[]", "facmap:values.x",
         "'value' is missing"},
        {"{\"facmap:values\": {\"x\": {\"reduce\": \"rows\"}}}", "[]", "facmap:values.x",
         "'layer' is missing"},
        {"{\"facmap:values\": {\"x\": {\"layer\": \"a\", \"value\": [\"gte\", \"n\"]}}}", "[]",
         "facmap:values.x.value", "gte"},
        {"{\"facmap:figure\": {\"value\": \"1\"}}", "[]", "metadata.facmap:figure",
         "'text' is missing"},
        {"{\"facmap:chart\": {\"layer\": \"a\"}}", "[]", "metadata.facmap:chart",
         "needs 'label_en'"},
        {"{\"facmap:chart\": {\"layer\": \"a\", \"label_en\": \"x\", \"color\": \"reddish\"}}",
         "[]", "metadata.facmap:chart", "CSS colour"},
        {"{\"facmap:locator\": {}}", "[]", "metadata.facmap:locator", "'layer' is missing"},
        {"{\"facmap:legend\": {}}", "[]", "metadata.facmap:legend", "must be an array"},
        {"{}", ROAD("{\"facmap:legend\": {\"group\": \"g\", \"label\": {\"en\": \"x\"}}}"),
         "facmap:legend", "no group 'g'"},
    };
#undef ROAD
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmStyle) style = document(cases[i].metadata, cases[i].layers);
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_page_new(style, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_true(g_str_has_prefix(error->message, "t.json: "));
        g_assert_nonnull(strstr(error->message, cases[i].path));
        g_assert_nonnull(strstr(error->message, cases[i].says));
        g_assert_null(strchr(error->message, '\n'));
    }
}

void test_page(void)
{
    g_test_add_func("/style/page/defaults", defaults);
    g_test_add_func("/style/page/everything", everything);
    g_test_add_func("/style/page/expressions", expressions);
    g_test_add_func("/style/page/mistakes", mistakes);
}
