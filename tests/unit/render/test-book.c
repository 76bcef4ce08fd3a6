/* What the pages of a rendering share, and what is said when it cannot be read. */
#include "book.h"
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define SCHOOL                                                                                     \
    "[{\"id\": \"school\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "    \
    "\"school\", \"layout\": {\"icon-image\": \"school-open\"}}]"

/* Results that are missing are named with the commands that make them. */
static void needs(void)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autoptr(FmStyle) style = fixture_document("{\"facmap:needs\": [\"facmap coverage WS\"],"
                                                " \"facmap:locator\": {\"layer\": \"coverage\"}}",
                                                SCHOOL);
    const FmRenderOptions options = {0};
    g_autoptr(GError) error = NULL;
    g_auto(FmRenderBook) book = {0};
    g_assert_false(fm__book_open(&book, workspace, style, &options, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "(this map needs: facmap coverage WS)"));
    fixture_remove(folder);
}

/* Options and document that contradict each other are told before any layer is read. */
static void contradictions(void)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autoptr(FmStyle) style =
        fixture_document("{\"facmap:maps\": {\"frames\": [{}, {}]}}", SCHOOL);
    g_autoptr(GError) error = NULL;
    g_auto(FmRenderBook) book = {0};
    const FmRenderOptions by = {.by = "status"};
    g_assert_false(fm__book_open(&book, workspace, style, &by, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_assert_true(g_str_has_prefix(error->message, "--by status: "));
    g_assert_null(book.layers);
    fixture_remove(folder);
}

/* The scale of the options comes before the document's; the frame has the workspace's CRS. */
static void options_first(void)
{
    g_autofree char *folder = fixture_folder();
    g_autoptr(FmWorkspace) workspace = fixture_town(folder);
    g_autoptr(FmStyle) style = fixture_document("{\"facmap:scale\": \"1:50000\"}", SCHOOL);
    g_autoptr(GError) error = NULL;
    const FmRenderOptions plain = {0}, scaled = {.scale = "1:20000"};
    g_auto(FmRenderBook) first = {0}, second = {0};
    g_assert_true(fm__book_open(&first, workspace, style, &plain, NULL, &error));
    g_assert_true(fm__book_open(&second, workspace, style, &scaled, NULL, &error));
    g_assert_no_error(error);
    g_assert_cmpfloat(first.scale.denominator, ==, 50000);
    g_assert_cmpfloat(second.scale.denominator, ==, 20000);
    g_assert_cmpstr(second.crs, ==, "EPSG:4548");
    g_assert_nonnull(second.frame);
    fixture_remove(folder);
}

void test_book(void)
{
    g_test_add_func("/render/book/needs", needs);
    g_test_add_func("/render/book/contradictions", contradictions);
    g_test_add_func("/render/book/options-first", options_first);
}
