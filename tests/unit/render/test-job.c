/* Pages prepared from one book. */
#include "fixture.h"
#include "fm-unit.h"
#include "job.h"

#define SCHOOL                                                                                     \
    "[{\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "    \
    "\"school\", \"layout\": {\"icon-image\": \"school-open\"}}]"

/* Two pages of one book: their tables are the same, their shapes and frames are not. */
static void shared(void)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autoptr(FmStyle) style =
        fixture_document("{\"facmap:atlas\": {\"layer\": \"area\"}}", SCHOOL);
    g_autofree char *icons = g_build_filename(g_getenv("FACMAP_SOURCE"), "styles", "icons", NULL);
    const FmRenderOptions options = {.icons_dir = icons, .size = "700x500"};
    g_autoptr(GError) error = NULL;
    g_auto(FmRenderBook) book = {0};
    g_assert_true(fm__book_open(&book, workspace, style, &options, NULL, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(book.crs, ==, "EPSG:4548");

    const FmMapLayer *areas = fm__map_layers_find(book.layers, "area");
    FmAtlasPage pages[] = {{areas, 0, 1, 2}, {areas, 1, 2, 2}};
    g_auto(FmRenderJob) first = {0}, second = {0};
    g_assert_true(fm__job_prepare(&first, &book, &options, &pages[0], NULL, &error));
    g_assert_true(fm__job_prepare(&second, &book, &options, &pages[1], NULL, &error));
    g_assert_no_error(error);
    const FmMapLayer *a = fm__map_layers_find(first.layers, "school");
    const FmMapLayer *b = fm__map_layers_find(second.layers, "school");
    g_assert_true(a != b && a->table == b->table && a->shapes != b->shapes);
    g_assert_cmpfloat(first.frame->centre_deg.lon_deg, <, 116.1);
    g_assert_cmpfloat(second.frame->centre_deg.lon_deg, >, 116.1);
    fixture_remove(folder);
}

void test_job(void)
{
    g_test_add_func("/render/job/shared", shared);
}
