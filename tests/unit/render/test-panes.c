/* Several maps in the place of one: grid, extents, scales, layers. */
#include "fixture.h"
#include "fm-unit.h"
#include "job.h"

#include <string.h>

#define LAYERS                                                                                     \
    "[{\"id\": \"area\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "        \
    "\"area\", \"paint\": {\"fill-color\": \"#ccddee\"}},"                                         \
    " {\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "    \
    "\"school\", \"metadata\": {\"facmap:legend\": {\"group\": \"g\", \"count\": true,"            \
    "   \"label\": {\"en\": \"School\"}}},"                                                        \
    "  \"layout\": {\"icon-image\": \"school-open\", \"icon-allow-overlap\": true}}]"

#define META(maps)                                                                                 \
    "{\"facmap:title\": {\"en\": \"Scale {scale}\"}, \"facmap:extent\": {\"layers\": [\"area\"]}," \
    " \"facmap:legend\": [{\"id\": \"g\"}], " maps "}"

#define PARTS                                                                                      \
    "\"facmap:maps\": {\"frames\": [{\"title\": {\"en\": \"Whole\"}, \"layers\": [\"area\"]},"     \
    "  {\"title\": {\"en\": \"Part\"}, \"extent\": {\"layers\": [\"area\"],"                       \
    "   \"filter\": [\"==\", [\"get\", \"id\"], \"a-west\"]}}]%s}"

typedef struct {
    char *folder;
    FmWorkspace *workspace;
    FmStyle *style;
    char *icons;
    FmRenderOptions options;
    FmRenderBook book;
    FmRenderJob job;
} Page;

static void page_clear(Page *page)
{
    fm__job_clear(&page->job);
    fm__book_clear(&page->book);
    fm_style_free(page->style);
    fm_workspace_free(page->workspace);
    fixture_remove(page->folder);
    g_free(page->folder);
    g_free(page->icons);
    g_free(page);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Page, page_clear)

/* Prepared; `error` says why not. */
static Page *prepare(const char *metadata, const char *size, GError **error)
{
    Page *page = g_new0(Page, 1);
    page->folder = fixture_folder();
    page->workspace = fixture_town(page->folder);
    page->style = fixture_document(metadata, LAYERS);
    page->icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    page->options = (FmRenderOptions){
        .size = size, .icons_dir = page->icons, .display_list = "-", .language = FM_LANGUAGE_EN};
    if (fm__book_open(&page->book, page->workspace, page->style, &page->options, NULL, error))
        fm__job_prepare(&page->job, &page->book, &page->options, NULL, NULL, error);
    return page;
}

static const FmRenderJob *pane(const Page *page, guint i)
{
    return page->job.panes->pdata[i];
}

/* Each with its own extent, scale and layers. */
static void frames(void)
{
    g_autofree char *meta = g_strdup_printf(META(PARTS), "");
    g_autoptr(GError) error = NULL;
    g_autoptr(Page) page = prepare(meta, "1000x700", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(page->job.panes->len, ==, 2);
    const FmFrame *whole = pane(page, 0)->frame, *part = pane(page, 1)->frame;
    g_assert_false(fm__rect_overlap(&whole->rect, &part->rect));
    g_assert_true(fm__rect_contains(&page->job.sheet.frame, &part->rect));
    g_assert_cmpfloat(whole->scale_denominator, >, part->scale_denominator);
    g_assert_cmpfloat(part->centre_deg.lon_deg, <, 116.1);
    /* The first map has no schools, the second the western one and what of its surroundings the
     * frame shows. */
    g_assert_cmpfloat(page->job.frame->scale_denominator, ==, whole->scale_denominator);
    g_autoptr(FmRenderReport) none = fm__report_new();
    fm__symbols_report(pane(page, 0)->symbols, NULL, none, NULL);
    g_assert_cmpint(none->n_symbols, ==, 0);
    g_autoptr(FmRenderReport) some = fm__report_new();
    fm__symbols_report(pane(page, 1)->symbols, NULL, some, NULL);
    g_assert_cmpint(some->n_symbols, >=, 1);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *scales =
        fm__placeholders_expand(page->job.placeholders, "{scale}", FM_LANGUAGE_EN, warnings);
    g_assert_nonnull(strstr(scales, ", 1:"));
}

static void one_scale(void)
{
    g_autofree char *meta = g_strdup_printf(META(PARTS), ", \"one_scale\": true, \"columns\": 1");
    g_autoptr(GError) error = NULL;
    g_autoptr(Page) page = prepare(meta, "1000x700", &error);
    g_assert_no_error(error);
    const FmFrame *whole = pane(page, 0)->frame, *part = pane(page, 1)->frame;
    g_assert_cmpfloat(whole->scale_denominator, ==, part->scale_denominator);
    g_assert_cmpfloat(whole->rect.x_px, ==, part->rect.x_px); /* one column */
    g_assert_cmpfloat(whole->rect.y_px, <, part->rect.y_px);
}

/* Too many for the page. */
static void too_small(void)
{
    g_autofree char *meta = g_strdup_printf(META(PARTS), ", \"columns\": 2");
    g_autoptr(GError) error = NULL;
    g_autoptr(Page) page = prepare(meta, "300x200", &error);
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "2 maps on this page would be too small"));
    g_assert_nonnull(page);
}

/* The whole page: titles, bars where scales differ, counts over both, no world file. */
static void drawn(void)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autofree char *meta = g_strdup_printf(META(PARTS), "");
    g_autoptr(FmStyle) style = fixture_document(meta, LAYERS);
    g_autofree char *icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    g_autofree char *png = g_build_filename(folder, "map.png", NULL);
    g_autofree char *pgw = g_build_filename(folder, "map.pgw", NULL);
    g_autofree char *list = g_build_filename(folder, "map.txt", NULL);
    const FmRenderOptions options = {
        .icons_dir = icons, .display_list = list, .size = "1000x700", .language = FM_LANGUAGE_EN};
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRenderReport) report =
        fm_render_page(workspace, style, png, &options, NULL, &error);
    g_assert_no_error(error);
    g_assert_false(g_file_test(pgw, G_FILE_TEST_EXISTS));
    g_autofree char *text = fixture_read(list, NULL);
    g_assert_nonnull(strstr(text, " Whole\n"));
    g_assert_nonnull(strstr(text, " Part\n"));
    const char *bar = strstr(text, "scale-bar ");
    g_assert_nonnull(bar);
    g_assert_nonnull(strstr(bar + 1, "scale-bar "));
}

void test_panes(void)
{
    g_test_add_func("/render/panes/frames", frames);
    g_test_add_func("/render/panes/one-scale", one_scale);
    g_test_add_func("/render/panes/too-small", too_small);
    g_test_add_func("/render/panes/drawn", drawn);
}
