/* The side panel: pieces inside it, in order, without overlap; smaller when there is too much. */
#include "fixture-page.h"
#include "fm-unit.h"

#define META                                                                                       \
    "{\"facmap:title\": {\"en\": \"Title\"}, \"facmap:notes\": {\"en\": \"Notes\"},"               \
    " \"facmap:figure\": {\"value\": \"7\", \"text\": {\"en\": \"seven\"}},"                       \
    " \"facmap:legend\": [{\"id\": \"g\"}]}"

static FixturePage *page_with_entries(int n)
{
    g_autoptr(GString) layers =
        g_string_new("[{\"id\": \"s\", \"type\": \"circle\", \"source\": \"workspace\","
                     " \"source-layer\": \"school\", \"metadata\": {\"facmap:legend\": [");
    for (int i = 0; i < n; i++)
        g_string_append_printf(layers, "%s{\"group\": \"g\", \"label\": {\"en\": \"Entry %d.\"}}",
                               i > 0 ? ", " : "", i);
    g_string_append(layers, "]}}]");
    return fixture_page_new(META, layers->str);
}

static void in_order(void)
{
    g_autoptr(FixturePage) page = page_with_entries(3);
    g_autoptr(GError) error = NULL;
    g_assert_true(fm__panel_draw(&page->furniture, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(page->furniture.report->warnings->len, ==, 0);
    static const char *const pieces[] = {"title", "figure", "legend", "place", "notes"};
    FmPageRect panel = fm__rect_grow(page->sheet.panel, 0.02);
    double bottom = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        FmPageRect box = fixture_page_box(page, "furniture", pieces[i]);
        g_assert_true(fm__rect_contains(&panel, &box));
        g_assert_cmpfloat(box.y_px, >=, bottom);
        bottom = fm__rect_bottom_px(&box);
    }
    /* The last piece stands at the foot. */
    g_assert_cmpfloat_with_epsilon(bottom, fm__rect_bottom_px(&page->sheet.panel), 0.05);
    g_assert_cmpfloat(page->furniture.scale, ==, 1);
}

static void shrinks(void)
{
    g_autoptr(FixturePage) page = page_with_entries(14);
    g_assert_true(fm__panel_draw(&page->furniture, NULL));
    g_assert_cmpfloat(page->furniture.scale, <, 1);
    g_assert_cmpuint(page->furniture.report->warnings->len, ==, 0);
    FmPageRect notes = fixture_page_box(page, "furniture", "notes");
    g_assert_cmpfloat(fm__rect_bottom_px(&notes), <=,
                      fm__rect_bottom_px(&page->sheet.panel) + 0.05);
    /* The bar keeps the map's scale, though the panel does not. */
    FmPageRect bar = fixture_page_box(page, "scale-bar", "");
    double distance_m = 0, length_px = 0;
    g_assert_true(
        fm__scale_choose(page->frame, bar.width_px * 1.01, &distance_m, &length_px, NULL));
    g_assert_cmpfloat_with_epsilon(length_px, bar.width_px, 0.02);
}

static void says_when_it_cannot(void)
{
    g_autoptr(FixturePage) page = page_with_entries(80);
    g_assert_true(fm__panel_draw(&page->furniture, NULL));
    g_assert_cmpuint(page->furniture.report->warnings->len, ==, 1);
}

/* A tall page has several columns below the map; no two pieces share a place. */
static void columns(void)
{
    g_autoptr(FixturePage) page = page_with_entries(3);
    g_assert_true(fm__sheet_init(&page->sheet, page->page, "A3-portrait", 48, NULL));
    g_assert_true(fm__panel_draw(&page->furniture, NULL));
    static const char *const pieces[] = {"title", "figure", "legend", "place", "notes"};
    FmPageRect boxes[G_N_ELEMENTS(pieces)];
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        boxes[i] = fixture_page_box(page, "furniture", pieces[i]);
        for (gsize j = 0; j < i; j++)
            g_assert_false(fm__rect_overlap(&boxes[i], &boxes[j]));
    }
    g_assert_cmpfloat(boxes[4].x_px, >, boxes[0].x_px);
    g_assert_cmpfloat(page->furniture.scale, ==, 1);
    g_assert_cmpuint(page->furniture.report->warnings->len, ==, 0);
}

static void without(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{\"facmap:page\": {\"panel_ratio\": 0}}", "[" FIXTURE_AREA "]");
    g_assert_true(fm__panel_draw(&page->furniture, NULL));
    g_assert_cmpuint(page->list->len, ==, 0);
}

void test_panel(void)
{
    g_test_add_func("/render/panel/in-order", in_order);
    g_test_add_func("/render/panel/shrinks", shrinks);
    g_test_add_func("/render/panel/says-when-it-cannot", says_when_it_cannot);
    g_test_add_func("/render/panel/columns", columns);
    g_test_add_func("/render/panel/without", without);
}
