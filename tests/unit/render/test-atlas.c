/* A page for each area: files, figures, order, and what is refused. */
#include "fixture.h"
#include "fm-unit.h"

#include <glib/gstdio.h>
#include <string.h>

#define META                                                                                       \
    "{\"facmap:title\": {\"en\": \"{atlas.name}: {atlas.residents} people\", \"zh\": "             \
    "\"{atlas.name}\"},"                                                                           \
    " \"facmap:subtitle\": {\"en\": \"{atlas.page} of {atlas.pages}, {n} schools\"},"              \
    " \"facmap:values\": {\"n\": {\"layer\": \"school\", \"reduce\": \"rows\", \"format\": "       \
    "\"count\", \"of_area\": true}},"                                                              \
    " \"facmap:locator\": {\"layer\": \"area\"}, \"facmap:atlas\": {\"layer\": \"area\"}}"

#define LAYERS                                                                                     \
    "[{\"id\": \"area\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "        \
    "\"area\", \"paint\": {\"fill-color\": \"#ccddee\"}},"                                         \
    " {\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "    \
    "\"school\", \"layout\": {\"icon-image\": \"school-open\"}}]"

typedef struct {
    char *folder, *list, *icons;
    FmWorkspace *workspace;
    FmStyle *style;
} Town;

static void town_clear(Town *town)
{
    fm_style_free(town->style);
    fm_workspace_free(town->workspace);
    fixture_remove(town->folder);
    g_free(town->folder);
    g_free(town->list);
    g_free(town->icons);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Town, town_clear)

static Town town_new(const char *metadata)
{
    Town town = {.folder = fixture_folder()};
    town.list = g_build_filename(town.folder, "list.txt", NULL);
    town.icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    town.workspace = fixture_town(town.folder);
    town.style = fixture_document(metadata, LAYERS);
    return town;
}

static FmRenderReport *draw(const Town *town, const char *name, FmRenderOptions options,
                            GError **error)
{
    g_autofree char *path = g_build_filename(town->folder, name, NULL);
    options.icons_dir = town->icons;
    options.display_list = town->list;
    options.size = "700x500";
    return fm_render_page(town->workspace, town->style, path, &options, NULL, error);
}

static gboolean exists(const Town *town, const char *name)
{
    g_autofree char *path = g_build_filename(town->folder, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Each page has its own words, figures and report; the schools are each on their own page. */
static void pages(void)
{
    g_auto(Town) town = town_new(META);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        draw(&town, "{id}-{page}.png", (FmRenderOptions){.language = FM_LANGUAGE_EN}, &error);
    g_assert_no_error(error);
    g_assert_null(report->file);
    g_assert_cmpuint(report->pages->len, ==, 2);
    g_assert_true(exists(&town, "a-west-1.png") && exists(&town, "a-west-1.pgw"));
    g_assert_true(exists(&town, "a-east-2.png") && exists(&town, "a-east-2.prj"));
    const FmRenderReport *east = report->pages->pdata[1];
    g_assert_cmpuint(east->page, ==, 2);
    g_assert_cmpstr(east->id, ==, "a-east");
    g_assert_cmpstr(east->name_zh, ==, "东区");
    g_assert_true(g_str_has_suffix(east->file, "a-east-2.png"));
    g_assert_cmpint(east->n_symbols, ==, 1);
    g_assert_cmpint(report->n_symbols, ==, 2);
    g_assert_cmpuint(report->warnings->len, ==, 0);
    g_autofree char *list = fixture_read(town.list, NULL);
    const char *second = strstr(list, "page 2 a-east\n");
    g_assert_true(g_str_has_prefix(list, "page 1 a-west\n"));
    g_assert_nonnull(second);
    const char *first_title = strstr(list, " West: 100 people\n");
    g_assert_true(first_title && first_title < second);
    g_assert_nonnull(strstr(second, " East: 200 people\n"));
    g_assert_nonnull(strstr(second, " 2 of 2, 1 schools\n"));
}

static void same_bytes(void)
{
    g_auto(Town) town = town_new(META);
    static const guint threads[] = {1, 4};
    static const char *const names[] = {"one-{page}.png", "four-{page}.png"};
    for (int i = 0; i < 2; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmRenderReport) report =
            draw(&town, names[i], (FmRenderOptions){.n_threads = threads[i]}, &error);
        g_assert_no_error(error);
    }
    for (int page = 1; page <= 2; page++) {
        g_autofree char *one_name = g_strdup_printf("%s/one-%d.png", town.folder, page);
        g_autofree char *four_name = g_strdup_printf("%s/four-%d.png", town.folder, page);
        gsize one_size = 0, four_size = 0;
        g_autofree char *one = fixture_read(one_name, &one_size);
        g_autofree char *four = fixture_read(four_name, &four_size);
        g_assert_cmpuint(one_size, ==, four_size);
        g_assert_cmpint(memcmp(one, four, one_size), ==, 0);
    }
}

/* Some of them, which keep their numbers. */
static void only(void)
{
    g_auto(Town) town = town_new(META);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        draw(&town, "{page}.png", (FmRenderOptions){.atlas_only = "a-east"}, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(report->pages->len, ==, 1);
    g_assert_true(exists(&town, "2.png"));
    g_assert_false(exists(&town, "1.png"));
}

/* The document is none, the options make it one. */
static void by_option(void)
{
    g_auto(Town) town = town_new("{\"facmap:title\": {\"en\": \"{atlas.name}\"}}");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        draw(&town, "{id}.png", (FmRenderOptions){.atlas_layer = "area"}, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(report->pages->len, ==, 2);
}

static void mistakes(void)
{
    static const struct {
        const char *name, *only, *layer, *extent, *message;
        FmError code;
    } cases[] = {
        {"a.png", NULL, NULL, NULL, "put {id} or {page} into its name", FM_ERROR_USAGE},
        {"{nothing}.png", NULL, NULL, NULL, "has no 'nothing'", FM_ERROR_USAGE},
        {"{position_method}.png", NULL, NULL, NULL, "has no 'position_method'", FM_ERROR_USAGE},
        {"{id}.png", "a-north", NULL, NULL, "--only a-north", FM_ERROR_NOT_FOUND},
        {"{id}.png", NULL, "school", NULL, "has no pages", FM_ERROR_DATA},
        {"{id}.png", NULL, "nowhere", NULL, "'nowhere'", FM_ERROR_NOT_FOUND},
        {"{id}.png", NULL, NULL, "area", "--extent area", FM_ERROR_USAGE},
        {"a-{page}x.png", NULL, NULL, NULL, "a-2x.png, which is a folder", FM_ERROR_USAGE},
        {"x{id", NULL, NULL, NULL, "must end in", FM_ERROR_USAGE},
    };
    g_auto(Town) town = town_new(META);
    g_autofree char *folder = g_build_filename(town.folder, "a-2x.png", NULL);
    g_assert_cmpint(g_mkdir(folder, 0777), ==, 0);
    guint before = fixture_count_files(town.folder);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        FmRenderOptions options = {.atlas_only = cases[i].only,
                                   .atlas_layer = cases[i].layer,
                                   .extent_layer = cases[i].extent};
        g_autoptr(FmRenderReport) report = draw(&town, cases[i].name, options, &error);
        g_assert_null(report);
        g_assert_error(error, FM_ERROR, (int)cases[i].code);
        if (!strstr(error->message, cases[i].message))
            g_error("'%s' lacks '%s'", error->message, cases[i].message);
        g_assert_cmpuint(fixture_count_files(town.folder), ==, before);
    }
}

/* The second page fails: no file of the first is left either. */
static void all_or_nothing(void)
{
    g_auto(Town) town = town_new(META);
    fm_style_free(town.style);
    town.style = fixture_document(
        "{\"facmap:atlas\": {\"layer\": \"area\"}}",
        "[{\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\","
        "  \"source-layer\": \"school\", \"metadata\": {\"facmap:of-area\": \"inside\"},"
        "  \"layout\": {\"icon-image\": [\"match\", [\"get\", \"status\"], \"planned\","
        "   \"no-such-icon\", \"school-open\"]}}]");
    guint before = fixture_count_files(town.folder);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        draw(&town, "{id}.png", (FmRenderOptions){.n_threads = 1}, &error);
    g_assert_null(report);
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "page 2 (a-east): "));
    g_assert_nonnull(strstr(error->message, "no-such-icon"));
    g_assert_cmpuint(fixture_count_files(town.folder), ==, before);
}

/* Each page is looked at without a file, and knows what is wrong with it alone. */
static void lint(void)
{
    g_auto(Town) town = town_new(META);
    g_autoptr(GError) error = NULL;
    const FmRenderOptions options = {.icons_dir = town.icons, .size = "700x500", .lint = TRUE};
    const guint before = fixture_count_files(town.folder);
    g_autoptr(FmRenderReport) report =
        fm_render_page(town.workspace, town.style, NULL, &options, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fixture_count_files(town.folder), ==, before);
    g_assert_null(report->findings);
    g_assert_cmpuint(report->pages->len, ==, 2);
    for (guint i = 0; i < report->pages->len; i++) {
        const FmRenderReport *page = report->pages->pdata[i];
        gsize n_absent = 0;
        g_assert_cmpuint(page->page, ==, i + 1);
        g_assert_cmpstr(page->id, ==, i == 0 ? "a-west" : "a-east");
        for (guint k = 0; k < page->findings->len; k++) {
            const FmLintFinding *finding = page->findings->pdata[k];
            n_absent += finding->rule == FM_LINT_LEGEND_ABSENT ? 1 : 0;
        }
        g_assert_cmpuint(n_absent, >, 0); /* the document has no legend */
    }
}

void test_atlas(void)
{
    g_test_add_func("/render/atlas/pages", pages);
    g_test_add_func("/render/atlas/threads", same_bytes);
    g_test_add_func("/render/atlas/lint", lint);
    g_test_add_func("/render/atlas/only", only);
    g_test_add_func("/render/atlas/option", by_option);
    g_test_add_func("/render/atlas/mistakes", mistakes);
    g_test_add_func("/render/atlas/all-or-nothing", all_or_nothing);
}
