/* Figures as text, and figures from layers. */
#include "fixture.h"
#include "fm-unit.h"
#include "values.h"

#include <math.h>

static void formats(void)
{
    static const struct {
        double value;
        FmPageFormat format;
        const char *en, *zh, *both;
    } cases[] = {
        {21893095, FM_PAGE_COUNT, "21,893,095", "21,893,095", "21,893,095"},
        {0, FM_PAGE_COUNT, "0", "0", "0"},
        {0.6142, FM_PAGE_PERCENT, "61\u202f%", "61\u202f%", "61\u202f%"},
        {1, FM_PAGE_PERCENT, "100\u202f%", "100\u202f%", "100\u202f%"},
        {0.996, FM_PAGE_PERCENT, "99.6\u202f%", "99.6\u202f%", "99.6\u202f%"},
        {0.004, FM_PAGE_PERCENT, "0.4\u202f%", "0.4\u202f%", "0.4\u202f%"},
        {0, FM_PAGE_PERCENT, "0\u202f%", "0\u202f%", "0\u202f%"},
        {4321, FM_PAGE_KM, "4.3\u00a0km", "4.3\u00a0公里", "4.3\u00a0km"},
        {5000, FM_PAGE_KM, "5\u00a0km", "5\u00a0公里", "5\u00a0km"},
        {123456, FM_PAGE_KM, "123\u00a0km", "123\u00a0公里", "123\u00a0km"},
        {13412000, FM_PAGE_MILLIONS, "13.4\u00a0million", "1,341\u00a0万", "13,400,000"},
        {864000, FM_PAGE_MILLIONS, "864,000", "86\u00a0万", "864,000"},
        {52300, FM_PAGE_MILLIONS, "52,300", "5.2\u00a0万", "52,300"},
        {999600, FM_PAGE_MILLIONS, "1,000,000", "100\u00a0万", "1,000,000"},
        {-45678, FM_PAGE_MILLIONS, "-45,700", "-4.6\u00a0万", "-45,700"},
        {7, FM_PAGE_MILLIONS, "7", "0.00\u00a0万", "7"},
        {0, FM_PAGE_MILLIONS, "0", "0", "0"},
        {3.14159, FM_PAGE_NUMBER, "3.14", "3.14", "3.14"},
        {31.4159, FM_PAGE_NUMBER, "31.4", "31.4", "31.4"},
        {31415.9, FM_PAGE_NUMBER, "31,416", "31,416", "31,416"},
        {NAN, FM_PAGE_COUNT, "–", "–", "–"},
        {INFINITY, FM_PAGE_KM, "–", "–", "–"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *en = fm__format_value(cases[i].value, cases[i].format, FM_LANGUAGE_EN);
        g_autofree char *zh = fm__format_value(cases[i].value, cases[i].format, FM_LANGUAGE_ZH);
        g_assert_cmpstr(en, ==, cases[i].en);
        g_assert_cmpstr(zh, ==, cases[i].zh);
        g_autofree char *both = fm__format_value(cases[i].value, cases[i].format, FM_LANGUAGE_BOTH);
        g_assert_cmpstr(both, ==, cases[i].both);
    }
}

/* The page's values over the fixture's areas, by each way of reducing. */
static void placeholders(void)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autoptr(FmStyle) style = fixture_document(
        "{\"facmap:values\": {"
        "  \"sum\": {\"layer\": \"area\", \"value\": [\"get\", \"residents\"], \"reduce\": "
        "\"sum\", \"format\": \"count\"},"
        "  \"mean\": {\"layer\": \"area\", \"value\": [\"get\", \"residents\"], \"reduce\": "
        "\"mean\", \"format\": \"count\"},"
        "  \"median\": {\"layer\": \"area\", \"value\": [\"get\", \"residents\"], \"reduce\": "
        "\"median\", \"format\": \"count\"},"
        "  \"most\": {\"layer\": \"area\", \"value\": [\"get\", \"residents\"], \"reduce\": "
        "\"max\", \"format\": \"count\"},"
        "  \"least\": {\"layer\": \"area\", \"value\": [\"get\", \"residents\"], \"reduce\": "
        "\"min\", \"format\": \"count\"},"
        "  \"east\": {\"layer\": \"area\", \"filter\": [\"==\", [\"get\", \"id\"], \"a-east\"], "
        "\"value\": [\"get\", \"residents\"], \"format\": \"count\"},"
        "  \"none\": {\"layer\": \"area\", \"filter\": [\"==\", [\"get\", \"id\"], \"x\"], "
        "\"value\": [\"get\", \"residents\"], \"format\": \"count\"},"
        "  \"open\": {\"layer\": \"school\", \"filter\": [\"==\", [\"get\", \"status\"], "
        "\"open\"], \"reduce\": \"rows\", \"format\": \"count\"}}}",
        "[]");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmPage) page = fm_page_new(style, &error);
    g_assert_no_error(error);
    g_autoptr(FmMapLayers) layers = fm__map_layers_new(workspace, style, page, NULL, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(FmFrame) frame = fm__frame_new("EPSG:4548", NULL);
    frame->scale_denominator = 250000;
    g_autoptr(FmPlaceholders) shared = fm__placeholders_new(workspace, layers, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) frames = g_ptr_array_new();
    g_ptr_array_add(frames, frame);
    g_autoptr(FmPlaceholders) words = fm__placeholders_of_page(shared, page, layers, frames, NULL);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = fm__placeholders_expand(
        words,
        "{sum} {mean} {median} {most} {least} {east} {none} {open}; {title} {scale} {run} {source} "
        "{licences} {nope} {nope} {",
        FM_LANGUAGE_EN, warnings);
    g_assert_cmpstr(text, ==,
                    "300 150 150 200 100 200 – 3; Small Town 1:250,000 1 made up for a test "
                    "ODbL 1.0 {nope} {nope} {");
    g_assert_cmpuint(warnings->len, ==, 1);
    g_autofree char *zh = fm__placeholders_expand(words, "{title}", FM_LANGUAGE_ZH, warnings);
    g_assert_cmpstr(zh, ==, "小镇");
    /* The workspace has no date: no sentence about one. */
    g_autofree char *undated = fm__placeholders_expand(
        words, "At {scale}. Data of {date}. Run {run}.", FM_LANGUAGE_EN, warnings);
    g_assert_cmpstr(undated, ==, "At 1:250,000. Run 1.");
    g_autofree char *undated_zh = fm__placeholders_expand(
        words, "比例尺 {scale}。数据日期 {date}。", FM_LANGUAGE_ZH, warnings);
    g_assert_cmpstr(undated_zh, ==, "比例尺 1:250,000。");
    g_assert_null(fm__placeholders_expand(words, NULL, FM_LANGUAGE_EN, warnings));
    g_clear_pointer(&workspace, fm_workspace_free);
    fixture_remove(folder);
}

void test_values(void)
{
    g_test_add_func("/render/values/formats", formats);
    g_test_add_func("/render/values/placeholders", placeholders);
}
