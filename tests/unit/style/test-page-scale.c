/* Scales as people write them. */
#include "fm-unit.h"

#include <facmap/page.h>

static void read(void)
{
    static const struct {
        const char *text;
        FmPageScaleRule rule;
        double denominator;
    } cases[] = {{"1:50000", FM_PAGE_SCALE_FIXED, 50000},
                 {"1:50,000", FM_PAGE_SCALE_FIXED, 50000},
                 {"1 : 2 500", FM_PAGE_SCALE_FIXED, 2500},
                 {"round", FM_PAGE_SCALE_ROUND, 0},
                 {"fit", FM_PAGE_SCALE_FIT, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        FmPageScale scale;
        g_assert_true(fm_page_scale_parse(cases[i].text, &scale, &error));
        g_assert_no_error(error);
        g_assert_cmpint((int)scale.rule, ==, (int)cases[i].rule);
        g_assert_cmpfloat(scale.denominator, ==, cases[i].denominator);
    }
}

static void mistakes(void)
{
    static const char *const texts[] = {"",    "50000",  "2:50000", "1:",     "1:-5",
                                        "1:1", "1:1e99", "1:x",     "fitted", "1:0x100"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        FmPageScale scale = {FM_PAGE_SCALE_FIT, 7};
        g_assert_false(fm_page_scale_parse(texts[i], &scale, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
        g_assert_cmpfloat(scale.denominator, ==, 7);
    }
}

static void document(void)
{
    static const struct {
        const char *json, *message;
    } cases[] = {{"\"1:25000\"", NULL},
                 {"25000", "t.json: metadata.facmap:scale: must be a string such as \"1:50000\""},
                 {"\"large\"",
                  "t.json: metadata.facmap:scale: scale 'large': write 1:50000 (from 1:10 to "
                  "1:1,000,000,000), round or fit"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(
            "{\"version\": 8, \"metadata\": {\"facmap:scale\": %s}, \"sources\": {},"
            " \"layers\": []}",
            cases[i].json);
        g_autoptr(FmStyle) style = fm_style_parse(text, "t.json", NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(FmPage) page = fm_page_new(style, &error);
        if (cases[i].message) {
            g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
            g_assert_cmpstr(error->message, ==, cases[i].message);
        } else {
            g_assert_no_error(error);
            g_assert_cmpfloat(page->scale.denominator, ==, 25000);
        }
    }
}

void test_page_scale(void)
{
    g_test_add_func("/style/page-scale/read", read);
    g_test_add_func("/style/page-scale/mistakes", mistakes);
    g_test_add_func("/style/page-scale/document", document);
}
