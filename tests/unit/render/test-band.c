/* Pages in bands: no seam, no second note of anything, and palettes. */
#include "band.h"
#include "fixture.h"
#include "fm-unit.h"

#include <png.h>
#include <string.h>

#define LAYERS                                                                                     \
    "[{\"id\": \"ground\", \"type\": \"background\", \"paint\": {\"background-color\": "           \
    "\"#eee\"}},"                                                                                  \
    " {\"id\": \"area\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "        \
    "\"area\","                                                                                    \
    "  \"paint\": {\"fill-color\": \"#ccddee\", \"fill-outline-color\": \"#334455\"}},"            \
    " {\"id\": \"hatch\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "       \
    "\"area\","                                                                                    \
    "  \"paint\": {\"fill-pattern\": \"facmap:hatch?angle=30&spacing=7\"}},"                       \
    " {\"id\": \"road\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": "        \
    "\"road\","                                                                                    \
    "  \"paint\": {\"line-color\": \"#a00\", \"line-width\": 5}},"                                 \
    " {\"id\": \"soft\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": "        \
    "\"road\","                                                                                    \
    "  \"paint\": {\"line-blur\": 4, \"line-width\": 9, \"line-opacity\": 0.5}},"                  \
    " {\"id\": \"school\", \"type\": \"circle\", \"source\": \"workspace\","                       \
    "  \"source-layer\": \"school\", \"paint\": {\"circle-color\": \"#f00\"}},"                    \
    " {\"id\": \"name\", \"type\": \"symbol\", \"source\": \"workspace\","                         \
    "  \"source-layer\": \"school\", \"layout\": {\"text-field\": [\"get\", \"name_zh\"]},"        \
    "  \"paint\": {\"text-halo-width\": 2, \"text-halo-color\": \"#fff\"}}]"
#define METADATA "{\"facmap:title\": {\"en\": \"Bands {nothing}\"}, \"facmap:graticule\": {}}"

typedef struct {
    char *folder, *path;
    FmWorkspace *workspace;
    FmStyle *style;
    FmRenderOptions options;
    FmRenderBook book;
    FmRenderJob job;
} Page;

static void page_init(Page *page, guint n_threads)
{
    g_autoptr(GError) error = NULL;
    *page = (Page){.folder = fixture_folder()};
    page->path = g_build_filename(page->folder, "page.png", NULL);
    page->workspace = fixture_town(page->folder);
    page->style = fixture_document(METADATA, LAYERS);
    page->options =
        (FmRenderOptions){.size = "700x500", .n_threads = n_threads, .display_list = "list"};
    g_assert_true(
        fm__book_open(&page->book, page->workspace, page->style, &page->options, NULL, &error));
    g_assert_true(fm__job_prepare(&page->job, &page->book, &page->options, NULL, NULL, &error));
    g_assert_no_error(error);
}

static void page_clear(Page *page)
{
    fm__job_clear(&page->job);
    fm__book_clear(&page->book);
    fm_style_free(page->style);
    fm_workspace_free(page->workspace);
    fixture_remove(page->folder);
    g_free(page->folder);
    g_free(page->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Page, page_clear)

/* The file, and what drawing it noted. */
static char *write_page(guint n_threads, gsize n_colors, double band_pixels, gsize *size,
                        char **noted)
{
    g_auto(Page) page;
    page_init(&page, n_threads);
    g_autoptr(GError) error = NULL;
    g_assert_true(
        fm__bands_write(&page.job, page.path, (FmPngInfo){0}, n_colors, band_pixels, NULL, &error));
    g_assert_no_error(error);
    g_autofree char *warnings = g_strjoinv(
        "\n",
        (char *[]){page.job.report->warnings->len > 0 ? page.job.report->warnings->pdata[0] : NULL,
                   NULL});
    *noted = g_strdup_printf("%s%u %s", page.job.display_list->str, page.job.report->warnings->len,
                             warnings);
    return fixture_read(page.path, size);
}

/* Bands of one block of rows (187) and of two, on one thread and on three, with and without a
 * palette: the bytes of the file are those of the page drawn at once. */
static void no_seams(void)
{
    static const struct {
        guint n_threads;
        double band_pixels;
    } ways[] = {{1, 1}, {3, 1}, {2, 700 * 2 * 187}};
    for (gsize n_colors = 0; n_colors <= 64; n_colors += 64) {
        gsize n_whole = 0;
        g_autofree char *whole_noted = NULL;
        g_autofree char *whole = write_page(2, n_colors, 1e6, &n_whole, &whole_noted);
        g_assert_nonnull(strstr(whole_noted, "{nothing}"));
        for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
            gsize n = 0;
            g_autofree char *noted = NULL;
            g_autofree char *file =
                write_page(ways[i].n_threads, n_colors, ways[i].band_pixels, &n, &noted);
            g_assert_cmpstr(noted, ==, whole_noted);
            g_assert_cmpuint(n, ==, n_whole);
            g_assert_cmpint(memcmp(file, whole, n), ==, 0);
        }
    }
}

static void palette(void)
{
    g_auto(Page) page;
    page_init(&page, 1);
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__bands_write(&page.job, page.path, (FmPngInfo){0}, 16, 1e6, NULL, &error));
    png_image image = {.version = PNG_IMAGE_VERSION};
    g_assert_true(png_image_begin_read_from_file(&image, page.path));
    g_assert_cmpuint(image.format & PNG_FORMAT_FLAG_COLORMAP, !=, 0);
    g_assert_cmpuint(image.colormap_entries, ==, 16);
    g_assert_cmpuint(image.width, ==, 700);
    g_assert_cmpuint(image.height, ==, 500);
    png_image_free(&image);
}

static gboolean cancel_late(double fraction, const char *stage, void *user)
{
    (void)stage;
    (void)user;
    return fraction < 0.6;
}

static void cancelled(void)
{
    static const double band_pixels[] = {1, 1e6};
    for (gsize i = 0; i < G_N_ELEMENTS(band_pixels); i++) {
        g_auto(Page) page;
        page_init(&page, 2);
        FmProgress progress = fm_progress_init(cancel_late, NULL);
        g_autoptr(GError) error = NULL;
        g_assert_false(fm__bands_write(&page.job, page.path, (FmPngInfo){0}, 0, band_pixels[i],
                                       &progress, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    }
}

void test_band(void)
{
    g_test_add_func("/render/band/no-seams", no_seams);
    g_test_add_func("/render/band/palette", palette);
    g_test_add_func("/render/band/cancelled", cancelled);
}
