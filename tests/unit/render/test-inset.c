/* Pages with a part of the map at a larger scale in a corner. */
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define LAYERS                                                                                     \
    "[{\"id\": \"area\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "        \
    "\"area\", \"paint\": {\"fill-color\": \"#ccddee\"}},"                                         \
    " {\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "    \
    "\"school\", \"layout\": {\"icon-image\": \"school-open\", \"icon-allow-overlap\": true,"      \
    " \"text-field\": [\"get\", \"name_zh\"], \"text-variable-anchor\": [\"left\", \"right\"],"    \
    " \"text-radial-offset\": 1}}]"

#define META(inset)                                                                                \
    "{\"facmap:title\": {\"en\": \"Plan\"}, \"facmap:extent\": {\"layers\": [\"area\"]},"          \
    " \"facmap:inset\": " inset "}"

/* Draws the page; its display list, transfer full. */
static char *draw(const char *inset, FmRenderReport **report)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autofree char *metadata = g_strdup_printf(META("%s"), inset);
    g_autoptr(FmStyle) style = fixture_document(metadata, LAYERS);
    g_autofree char *png = g_build_filename(folder, "map.png", NULL);
    g_autofree char *list = g_build_filename(folder, "map.txt", NULL);
    g_autofree char *icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    const FmRenderOptions options = {.icons_dir = icons, .display_list = list, .size = "1000x700"};
    g_autoptr(GError) error = NULL;

    *report = fm_render_page(workspace, style, png, &options, NULL, &error);
    g_assert_no_error(error);
    char *text = fixture_read(list, NULL);
    fixture_remove(folder);
    return text;
}

static guint count(const char *text, const char *words)
{
    guint n = 0;

    for (const char *at = text; (at = strstr(at, words)) != NULL; at++)
        n++;
    return n;
}

/* The first school stands on the map and, named again, in the inset; it is counted once. */
static void shown_twice(void)
{
    g_autoptr(FmRenderReport) report = NULL;
    g_autofree char *text =
        draw("{\"layers\": [\"school\"], \"filter\": [\"==\", [\"get\", \"name_zh\"], "
             "\"第一学校\"], \"corner\": \"top-right\", \"width_ratio\": 0.3,"
             " \"title\": {\"en\": \"Nearer\"}}",
             &report);

    g_assert_cmpuint(count(text, "第一学校"), ==, 2);
    g_assert_cmpuint(count(text, "Nearer  1 : "), ==, 1);
    g_assert_cmpuint(count(text, " inset\n"), ==, 1);
    g_assert_cmpint(report->n_symbols, ==, 2);
    g_assert_cmpint(report->n_labels, ==, 2);
}

/* What would hardly be larger than on the map is left out. */
static void no_gain(void)
{
    g_autoptr(FmRenderReport) report = NULL;
    g_autofree char *text = draw("{\"layers\": [\"area\"]}", &report);

    g_assert_cmpuint(count(text, " inset\n"), ==, 0);
}

/* With `names` a feature is named once: here in the inset, there, cut by it, on the map. */
static void named_once(void)
{
    g_autoptr(FmRenderReport) report = NULL;
    g_autofree char *text =
        draw("{\"layers\": [\"school\"], \"filter\": [\"==\", [\"get\", \"name_zh\"], "
             "\"第一学校\"], \"corner\": \"top-right\", \"names\": [\"school\"]}",
             &report);

    g_assert_cmpuint(count(text, "第一学校"), ==, 1);
    g_assert_cmpint(report->n_symbols, ==, 2);
    g_assert_cmpint(report->n_labels, ==, 1);
    g_assert_cmpuint(report->unplaced->len, ==, 0);
}

/* Symbols under the inset are not drawn twice, and not lost without a word. */
static void covers(void)
{
    static const char *const corners[] = {"top-left", "top-right", "bottom-left", "bottom-right"};
    guint n_covered = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(corners); i++) {
        g_autoptr(FmRenderReport) report = NULL;
        g_autofree char *inset = g_strdup_printf(
            "{\"layers\": [\"school\"], \"filter\": [\"==\", [\"get\", \"name_zh\"], "
            "\"第一学校\"], \"width_ratio\": 0.6, \"corner\": \"%s\"}",
            corners[i]);
        g_autofree char *text = draw(inset, &report);
        guint n = (guint)(2 - report->n_symbols);
        g_autofree char *warning =
            g_strdup_printf("covers %u %s of the map", n, n == 1 ? "symbol" : "symbols");
        g_assert_cmpuint(report->warnings->len, ==, n > 0 ? 1 : 0);
        g_assert_true(n == 0 || strstr(report->warnings->pdata[0], warning) != NULL);
        n_covered += n;
    }
    g_assert_cmpuint(n_covered, >, 0);
}

void test_inset(void)
{
    g_test_add_func("/render/inset/shown-twice", shown_twice);
    g_test_add_func("/render/inset/named-once", named_once);
    g_test_add_func("/render/inset/no-gain", no_gain);
    g_test_add_func("/render/inset/covers", covers);
}
