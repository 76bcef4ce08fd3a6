/* Numbers for names without a place. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "numbered.h"

#define LAYERS                                                                                     \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"school\","                                                                                  \
    " \"layout\": {\"icon-image\": \"school-open\", \"text-optional\": true,"                      \
    " \"text-field\": [\"get\", \"name_en\"], \"text-size\": %s}}]"

static FixturePage *page_with_size(const char *text_size)
{
    g_autofree char *layers = g_strdup_printf(LAYERS, text_size);
    return fixture_page_new("{\"facmap:unplaced\": \"margin\"}", layers);
}

static FmSymbols *place(FixturePage *page)
{
    FmSymbols *symbols = fm__symbols_new(NULL, 0);
    g_assert_true(fm__symbols_add(symbols, fm_style_layer(page->style, 0), 0,
                                  fm__map_layers_find(page->layers, "school"), &page->frame->rect,
                                  page->frame->zoom, "both", page->icons, page->text, NULL));
    fm__symbols_place(symbols, page->text, page->frame->rect);
    return symbols;
}

/* Both names are too large; each has a number beside its symbol and a line in the panel. */
static void numbers(void)
{
    g_autoptr(FixturePage) page = page_with_size("900");
    g_assert_true(page->page->numbers_unplaced);
    g_autoptr(FmSymbols) symbols = place(page);
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    g_autoptr(FmNumbered) numbered = fm__numbered_new(symbols, NULL, page->text, page->frame->rect);
    g_assert_cmpuint(fm__numbered_n(numbered), ==, 2);
    fm__numbered_draw(numbered, page->cr, page->list);
    /* From the top down: the second school is farther north. */
    const FmPageRect first = fixture_page_box(page, "number", "1 x Second School");
    const FmPageRect second = fixture_page_box(page, "number", "2 x First School");
    g_assert_cmpfloat(first.y_px, <, second.y_px);
    FmPagePoint p;
    g_assert_true(fm__frame_project(page->frame, (FmLonLat){116.15, 40.06}, &p, NULL));
    g_assert_cmpfloat(ABS(first.x_px - p.x_px), <, 30);
    g_assert_cmpfloat(ABS(first.y_px - p.y_px), <, 30);
    const FmPageRect icon = fixture_page_box(page, "symbol", "school-open");
    g_assert_false(fm__rect_overlap(&icon, &first));
    page->furniture.numbered = numbered;
    double height_px = fm__numbered_list_draw(&page->furniture, 10, 10, 200);
    g_assert_cmpfloat(height_px, >, 10);
    g_assert_cmpfloat(fm__numbered_list_draw(&page->furniture, 10, 10, 60), >, height_px);
}

/* Where every name stands there is nothing to number, and no list. */
static void nothing(void)
{
    g_autoptr(FixturePage) page = page_with_size("10");
    g_autoptr(FmSymbols) symbols = place(page);
    g_autoptr(FmNumbered) numbered = fm__numbered_new(symbols, NULL, page->text, page->frame->rect);
    g_assert_cmpuint(fm__numbered_n(numbered), ==, 0);
    page->furniture.numbered = numbered;
    g_assert_cmpfloat(fm__numbered_list_draw(&page->furniture, 0, 0, 200), ==, 0);
    page->furniture.numbered = NULL;
    g_assert_cmpfloat(fm__numbered_list_draw(&page->furniture, 0, 0, 200), ==, 0);
    g_assert_cmpuint(fm__numbered_n(NULL), ==, 0);
}

/* A name that stands in an inset has no number. */
static void named_in_an_inset(void)
{
    g_autoptr(FixturePage) large = page_with_size("900");
    g_autoptr(FmSymbols) symbols = place(large);
    g_autoptr(FixturePage) small = page_with_size("10");
    g_autoptr(FmSymbols) inset = place(small);
    g_autoptr(GPtrArray) insets = g_ptr_array_new();
    g_ptr_array_add(insets, inset);
    g_autoptr(FmNumbered) numbered =
        fm__numbered_new(symbols, insets, large->text, large->frame->rect);
    g_assert_cmpuint(fm__numbered_n(numbered), ==, 0);
}

void test_numbered(void)
{
    g_test_add_func("/render/numbered/numbers", numbers);
    g_test_add_func("/render/numbered/nothing", nothing);
    g_test_add_func("/render/numbered/inset", named_in_an_inset);
}
