/* Bar charts of a document: one series or several, one chart or several. */
#include "fm-unit.h"

#include <facmap/page.h>
#include <string.h>

static FmPage *read(const char *chart, GError **error)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": {\"facmap:chart\": %s}, \"sources\": {}, \"layers\": []}",
        chart);
    FmStyle *style = fm_style_parse(text, "t.json", NULL);
    FmPage *page = fm_page_new(style, error);
    fm_style_free(style); /* a page without layers borrows nothing */
    return page;
}

#define ONE "{\"layer\": \"a\", \"label_en\": [\"get\", \"n\"], \"value\": 1}"

static void series(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page =
        read("[" ONE ", {\"layer\": \"b\", \"label_zh\": [\"get\", \"n\"], \"series\": ["
             "{\"value\": 1, \"title\": {\"en\": \"All\"}, \"color\": \"#0000ff\"},"
             " {\"value\": 2}]}]",
             &error);
    g_assert_no_error(error);
    g_assert_cmpuint(page->charts->len, ==, 2);
    const FmPageChart *first = page->charts->pdata[0], *second = page->charts->pdata[1];
    g_assert_cmpuint(first->series->len, ==, 1);
    g_assert_cmpuint(second->series->len, ==, 2);
    const FmPageSeries *all = second->series->pdata[0];
    g_assert_cmpstr(all->title.en, ==, "All");
    g_assert_cmpfloat(all->color.b, ==, 1);
}

static void mistakes(void)
{
    static const struct {
        const char *chart, *message;
    } cases[] = {
        {"{\"layer\": \"a\", \"label_en\": [\"get\", \"n\"]}", "'value' is missing"},
        {"{\"layer\": \"a\", \"value\": 1}", "needs 'label_en' or 'label_zh'"},
        {"[" ONE ", 7]", "metadata.facmap:chart[1]: must be an object"},
        {"{\"layer\": \"a\", \"label_en\": [\"get\", \"n\"], \"series\": []}",
         "metadata.facmap:chart.series: must have a series"},
        {"{\"layer\": \"a\", \"label_en\": [\"get\", \"n\"], \"value\": 1, \"series\": "
         "[{\"value\": 1}]}",
         "stand in the 'series'"},
        {"{\"layer\": \"a\", \"label_en\": [\"get\", \"n\"], \"series\": [{\"values\": 1}]}",
         "metadata.facmap:chart.series[0]: unknown key 'values': did you mean 'value'?"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmPage) page = read(cases[i].chart, &error);
        g_assert_null(page);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!strstr(error->message, cases[i].message))
            g_error("'%s' lacks '%s'", error->message, cases[i].message);
    }
}

void test_page_chart(void)
{
    g_test_add_func("/style/page-chart/series", series);
    g_test_add_func("/style/page-chart/mistakes", mistakes);
}
