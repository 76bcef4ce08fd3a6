/* Small pieces of the page: what is read, what is refused. */
#include "fm-unit.h"

#include <facmap/page.h>
#include <string.h>

static FmPage *read(const char *metadata, GError **error)
{
    g_autofree char *text = g_strdup_printf(
        "{\"version\": 8, \"metadata\": {%s}, \"sources\": {}, \"layers\": []}", metadata);
    FmStyle *style = fm_style_parse(text, "t.json", NULL);
    FmPage *page = fm_page_new(style, error);
    fm_style_free(style); /* a page without layers borrows nothing */
    return page;
}

static void defaults(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) without = read("\"x\": 1", &error);
    g_autoptr(FmPage) with =
        read("\"facmap:grid\": {}, \"facmap:logo\": {\"file\": \"a.svg\"}", &error);
    g_assert_no_error(error);
    g_assert_false(without->grid);
    g_assert_null(without->logo);
    g_assert_true(with->grid);
    g_assert_cmpfloat(with->grid_step_m, ==, 0);
    g_assert_cmpfloat(with->logo->height_mm, ==, 10);
    g_assert_false(with->logo->top);
}

static void everything(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page =
        read("\"facmap:grid\": {\"step_m\": 2000}, \"facmap:logo\": {\"file\": \"b.png\","
             " \"height_mm\": 14, \"place\": \"top\"}, \"facmap:locator\": {\"layer\": \"area\"},"
             " \"facmap:graticule\": {\"step_deg\": 0.5},"
             " \"facmap:figure\": {\"value\": \"1\", \"text\": {\"en\": \"one\"}}",
             &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(page->grid_step_m, ==, 2000);
    g_assert_cmpstr(page->logo->file, ==, "b.png");
    g_assert_cmpfloat(page->logo->height_mm, ==, 14);
    g_assert_true(page->logo->top);
    g_assert_cmpstr(page->locator_layer, ==, "area");
    g_assert_true(page->graticule);
    g_assert_cmpfloat(page->graticule_step_deg, ==, 0.5);
    g_assert_cmpstr(page->figure->text.en, ==, "one");
}

static void mistakes(void)
{
    static const struct {
        const char *metadata, *message;
    } cases[] = {
        {"\"facmap:grid\": {\"step_m\": 0}", "facmap:grid: 'step_m' must be from 1 to 1e+07"},
        {"\"facmap:grid\": {\"step_deg\": 1}", "unknown key 'step_deg'"},
        {"\"facmap:logo\": {}", "facmap:logo: 'file' is missing"},
        {"\"facmap:logo\": {\"file\": \"../a.svg\"}", "must be the name of an .svg or .png file"},
        {"\"facmap:logo\": {\"file\": \"a.jpg\"}", "must be the name of an .svg or .png file"},
        {"\"facmap:logo\": {\"file\": \"a.svg\", \"place\": \"left\"}",
         "'place' must be one of bottom, top"},
        {"\"facmap:locator\": {}", "facmap:locator: 'layer' is missing"},
        {"\"facmap:figure\": {\"value\": \"1\"}", "facmap:figure: 'text' is missing"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmPage) page = read(cases[i].metadata, &error);
        g_assert_null(page);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!strstr(error->message, cases[i].message))
            g_error("'%s' lacks '%s'", error->message, cases[i].message);
    }
}

void test_page_furniture(void)
{
    g_test_add_func("/style/page-furniture/defaults", defaults);
    g_test_add_func("/style/page-furniture/everything", everything);
    g_test_add_func("/style/page-furniture/mistakes", mistakes);
}
