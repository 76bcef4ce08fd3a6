/* One inset or several. */
#include "fm-unit.h"

#include <facmap/page.h>
#include <string.h>

static FmPage *read(const char *inset, GError **error)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": {\"facmap:inset\": %s}, \"sources\": {}, \"layers\": []}",
        inset);
    FmStyle *style = fm_style_parse(text, "t.json", NULL);
    FmPage *page = fm_page_new(style, error);
    fm_style_free(style); /* a page without layers borrows nothing */
    return page;
}

static void one_and_several(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) one = read("{\"layers\": [\"a\"]}", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(one->insets->len, ==, 1);
    const FmPageInset *inset = one->insets->pdata[0];
    g_assert_cmpint((int)inset->corner, ==, FM_PAGE_BOTTOM_RIGHT);
    g_assert_cmpfloat(inset->width_ratio, ==, 0.3);
    g_autoptr(FmPage) two = read("[{\"layers\": [\"a\"]}, {\"layers\": [\"b\"], \"corner\": "
                                 "\"top-left\", \"title\": {\"en\": \"B\"}}]",
                                 &error);
    g_assert_no_error(error);
    g_assert_cmpuint(two->insets->len, ==, 2);
    inset = two->insets->pdata[1];
    g_assert_cmpint((int)inset->corner, ==, FM_PAGE_TOP_LEFT);
    g_assert_cmpstr(inset->title.en, ==, "B");
}

static void mistakes(void)
{
    static const struct {
        const char *inset, *message;
    } cases[] = {
        {"{}", "metadata.facmap:inset: 'layers' is missing"},
        {"[{\"layers\": [\"a\"]}, {}]", "metadata.facmap:inset[1]: 'layers' is missing"},
        {"{\"layers\": [\"a\"], \"names\": [\"b\"]}",
         "metadata.facmap:inset.names: the document has no layer 'b'"},
        {"[{\"layers\": [\"a\"]}, {\"layers\": [\"b\"]}]", "[0] and [1] stand in the same corner"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmPage) page = read(cases[i].inset, &error);
        g_assert_null(page);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!strstr(error->message, cases[i].message))
            g_error("'%s' lacks '%s'", error->message, cases[i].message);
    }
}

void test_page_inset(void)
{
    g_test_add_func("/style/page-inset/one-and-several", one_and_several);
    g_test_add_func("/style/page-inset/mistakes", mistakes);
}
