/* Tables of a document. */
#include "fm-unit.h"

#include <facmap/page.h>
#include <string.h>

static FmPage *read(const char *table, GError **error)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": {\"facmap:table\": %s}, \"sources\": {}, \"layers\": []}",
        table);
    FmStyle *style = fm_style_parse(text, "t.json", NULL);
    FmPage *page = fm_page_new(style, error);
    fm_style_free(style); /* a page without layers borrows nothing */
    return page;
}

static void everything(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page =
        read("{\"title\": {\"en\": \"T\"}, \"layer\": \"a\", \"filter\": [\"has\", \"x\"],"
             " \"of_area\": true, \"limit\": 5, \"place\": \"below\", \"blocks\": 2,"
             " \"total\": {\"en\": \"All\"}, \"columns\": ["
             "{\"text_en\": [\"get\", \"n\"]},"
             "{\"title\": {\"zh\": \"值\"}, \"value\": [\"get\", \"x\"], \"format\": \"percent\","
             "  \"total\": \"mean\", \"order\": \"descending\"}]}",
             &error);
    g_assert_no_error(error);
    const FmPageTable *table = page->tables->pdata[0];
    g_assert_true(table->of_area && table->below);
    g_assert_cmpuint(table->limit, ==, 5);
    g_assert_cmpuint(table->blocks, ==, 2);
    g_assert_cmpstr(table->total.en, ==, "All");
    g_assert_cmpuint(table->columns->len, ==, 2);
    g_assert_cmpuint(table->order_by, ==, 1);
    g_assert_cmpint((int)table->order, ==, FM_PAGE_ORDER_DESCENDING);
    const FmPageColumn *name = table->columns->pdata[0], *share = table->columns->pdata[1];
    g_assert_null(name->value);
    g_assert_false(name->has_total);
    g_assert_true(share->has_total);
    g_assert_cmpint((int)share->total, ==, FM_PAGE_MEAN);
    g_assert_cmpint((int)share->format, ==, FM_PAGE_PERCENT);
}

static void mistakes(void)
{
    static const struct {
        const char *table, *message;
    } cases[] = {
        {"{\"layer\": \"a\"}", "metadata.facmap:table.columns: must have 1 to 12 columns"},
        {"{\"layer\": \"a\", \"columns\": [{}]}", "columns[0]: needs either 'value' or 'text_en'"},
        {"{\"layer\": \"a\", \"columns\": [{\"value\": 1, \"text_en\": \"x\"}]}",
         "columns[0]: needs either 'value' or 'text_en'"},
        {"{\"layer\": \"a\", \"columns\": [{\"text_en\": \"x\", \"total\": \"sum\"}]}",
         "the 'total' of texts is \"rows\""},
        {"{\"layer\": \"a\", \"columns\": [{\"value\": 1, \"order\": \"ascending\"}, {\"value\": 1,"
         " \"order\": \"ascending\"}]}",
         "columns[1]: another column has an 'order' already"},
        {"{\"layer\": \"a\", \"limit\": 0, \"columns\": [{\"value\": 1}]}",
         "'limit' must be from 1 to 200"},
        {"{\"columns\": [{\"value\": 1}]}", "'layer' is missing"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmPage) page = read(cases[i].table, &error);
        g_assert_null(page);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!strstr(error->message, cases[i].message))
            g_error("'%s' lacks '%s'", error->message, cases[i].message);
    }
}

void test_page_table(void)
{
    g_test_add_func("/style/page-table/everything", everything);
    g_test_add_func("/style/page-table/mistakes", mistakes);
}
