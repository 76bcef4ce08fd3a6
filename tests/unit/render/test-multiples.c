/* Small multiples: values, their order and names, and what each shows. */
#include "fixture.h"
#include "fm-unit.h"
#include "job.h"

#include <string.h>

#define AREA                                                                                       \
    "{\"id\": \"area\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"area\", \"paint\": {\"fill-color\": \"#ccddee\"}}"
#define SCHOOL(legend)                                                                             \
    "{\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "     \
    "\"school\", \"metadata\": {" legend "}, \"layout\": {\"icon-image\": \"school-open\","        \
    " \"icon-allow-overlap\": true}}"
#define LEGEND                                                                                     \
    "\"facmap:legend\": [{\"group\": \"g\", \"label\": {\"en\": \"Later\","                        \
    " \"zh\": \"规划校\"}, \"sample\": {\"status\": \"planned\"}},"                             \
    " {\"group\": \"g\", \"label\": {\"en\": \"Now\"}, \"sample\": {\"status\": \"open\"}}]"
#define META "{\"facmap:extent\": {\"layers\": [\"area\"]}, \"facmap:legend\": [{\"id\": \"g\"}]%s}"

/* Titles of the panes, "en|zh" a line; NULL with `error`. */
static char *titles(const char *more, const char *layers, const char *by, FmLanguage language,
                    char **warning, GError **error)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autofree char *metadata = g_strdup_printf(META, more);
    g_autoptr(FmStyle) style = fixture_document(metadata, layers);
    g_autofree char *icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    const FmRenderOptions options = {
        .icons_dir = icons, .size = "1000x700", .by = by, .language = language};
    g_auto(FmRenderBook) book = {0};
    g_auto(FmRenderJob) job = {0};
    gboolean ok = fm__book_open(&book, workspace, style, &options, NULL, error) &&
                  fm__job_prepare(&job, &book, &options, NULL, NULL, error);
    GString *text = g_string_new(NULL);
    for (guint i = 0; ok && i < job.panes->len; i++) {
        const FmRenderJob *pane = job.panes->pdata[i];
        g_autoptr(FmRenderReport) report = fm__report_new();
        fm__symbols_report(pane->symbols, NULL, report, NULL);
        g_string_append_printf(text, "%s|%s %d\n", pane->title_en ? pane->title_en : "",
                               pane->title_zh ? pane->title_zh : "", (int)report->n_symbols);
        g_assert_cmpfloat(pane->frame->scale_denominator, ==, job.frame->scale_denominator);
        g_assert_cmpfloat(pane->frame->centre.x_m, ==, job.frame->centre.x_m);
    }
    if (ok && warning && job.report->warnings->len > 0)
        *warning = g_strdup(job.report->warnings->pdata[0]);
    fixture_remove(folder);
    return g_string_free(text, !ok);
}

static void assert_titles(const char *more, const char *layers, const char *by, FmLanguage language,
                          const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = titles(more, layers, by, language, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, expected);
}

/* By any field: the status' own words, and two schools that are open, of which one is in sight. */
static void by_option(void)
{
    assert_titles("", "[" AREA "," SCHOOL("") "]", "status", FM_LANGUAGE_BOTH,
                  "Open|已投用 (2) 1\nPlanned|规划 (1) 1\n");
    assert_titles("", "[" AREA "," SCHOOL("") "]", "status", FM_LANGUAGE_EN,
                  "Open (2)|已投用 (2) 1\nPlanned (1)|规划 (1) 1\n");
}

/* The legend's words, in its order. */
static void by_legend(void)
{
    assert_titles("", "[" AREA "," SCHOOL(LEGEND) "]", "status", FM_LANGUAGE_BOTH,
                  "Later|规划校 (1) 1\nNow (2)| 1\n");
}

/* The document's values, words and order. */
static void by_document(void)
{
    assert_titles(", \"facmap:multiples\": {\"layers\": [\"school\"], \"by\": [\"get\","
                  " \"status\"], \"values\": [\"planned\", \"closed\", \"open\"],"
                  " \"titles\": {\"open\": {\"en\": \"Today\"}}}",
                  "[" AREA "," SCHOOL("") "]", NULL, FM_LANGUAGE_BOTH,
                  "Planned|规划 (1) 1\nClosed|已停用 (0) 0\nToday (2)| 1\n");
}

/* Numbers by their size; areas are not counted. */
static void by_number(void)
{
    assert_titles("", "[" AREA "," SCHOOL("") "]", "residents", FM_LANGUAGE_BOTH,
                  "|100 2\n|200 2\n");
}

static void without_value(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *warning = NULL;
    g_autofree char *text = titles("", "[" AREA "," SCHOOL("") "]", "position_method",
                                   FM_LANGUAGE_BOTH, &warning, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, "|area (1) 1\n");
    g_assert_true(g_str_has_prefix(warning, "2 drawn features have no value"));
}

static void no_field(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = titles("", "[" AREA "]", "status", FM_LANGUAGE_BOTH, NULL, &error);
    g_assert_null(text);
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "'status'"));
}

void test_multiples(void)
{
    g_test_add_func("/render/multiples/option", by_option);
    g_test_add_func("/render/multiples/legend", by_legend);
    g_test_add_func("/render/multiples/document", by_document);
    g_test_add_func("/render/multiples/number", by_number);
    g_test_add_func("/render/multiples/without-value", without_value);
    g_test_add_func("/render/multiples/no-field", no_field);
}
