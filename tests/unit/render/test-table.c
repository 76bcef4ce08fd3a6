/* Tables: order, aligned numbers, totals, limits, blocks below the map. */
#include "fixture-page.h"
#include "fm-unit.h"

#include <string.h>

#define TABLE(more, columns)                                                                       \
    "{\"facmap:table\": {\"layer\": \"area\", \"title\": {\"en\": \"Table\"}," more                \
    " \"columns\": [{\"title\": {\"en\": \"Name\"}, \"text_en\": [\"get\", \"name_en\"],"          \
    "   \"text_zh\": [\"get\", \"name_zh\"]}, " columns "]}}"
#define PEOPLE(more)                                                                               \
    "{\"title\": {\"en\": \"People\"}, \"value\": [\"*\", 10, [\"get\", \"residents\"]],"          \
    " \"format\": \"count\"" more "}"

static void ordered(void)
{
    static const char *const orders[] = {TABLE("", PEOPLE(", \"order\": \"ascending\"")),
                                         TABLE("", PEOPLE(", \"order\": \"descending\""))};
    for (int descending = 0; descending <= 1; descending++) {
        g_autoptr(FixturePage) page = fixture_page_new(orders[descending], "[" FIXTURE_AREA "]");
        g_assert_cmpfloat(fm__table_draw(&page->furniture, 0, 0, 300), >, 0);
        FmPageRect west = fixture_page_box(page, "text", "West");
        FmPageRect east = fixture_page_box(page, "text", "East");
        g_assert_true((east.y_px < west.y_px) == (descending == 1)); /* 2,000 and 1,000 */
    }
}

/* Words in the order of what they mean: West has the higher rank, though the lower name. */
static void ranked(void)
{
    static const char *const ranks[] = {"", ", \"rank\": [\"get\", \"residents\"]"};
    for (gsize i = 0; i < G_N_ELEMENTS(ranks); i++) {
        g_autofree char *meta =
            g_strdup_printf(TABLE("", "{\"title\": {\"en\": \"Word\"}, \"order\": \"ascending\","
                                      " \"text_en\": [\"get\", \"name_en\"]%s}"),
                            ranks[i]);
        g_autoptr(FixturePage) page = fixture_page_new(meta, "[" FIXTURE_AREA "]");
        page->furniture.language = FM_LANGUAGE_EN;
        fm__table_draw(&page->furniture, 0, 0, 300);
        const FmPageRect west = fixture_page_box(page, "text", "West");
        const FmPageRect east = fixture_page_box(page, "text", "East");
        g_assert_true((east.y_px < west.y_px) == (i == 0)); /* 2,000 and 1,000 */
    }
}

/* Numbers end at the same place, their title too; names begin at the same place.  Every cell is
 * drawn once. */
static void aligned(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new(TABLE("", PEOPLE(", \"total\": \"sum\"")), "[" FIXTURE_AREA "]");
    fm__table_draw(&page->furniture, 0, 0, 300);
    FmPageRect small = fixture_page_box(page, "text", "1,000");
    FmPageRect large = fixture_page_box(page, "text", "2,000");
    FmPageRect total = fixture_page_box(page, "text", "3,000");
    g_assert_cmpfloat_with_epsilon(fm__rect_right_px(&small), fm__rect_right_px(&large), 0.02);
    g_assert_cmpfloat_with_epsilon(fm__rect_right_px(&small), fm__rect_right_px(&total), 0.02);
    g_assert_cmpfloat_with_epsilon(fm__rect_right_px(&small), 300, 0.02);
    g_assert_cmpfloat(total.y_px, >, large.y_px);
    FmPageRect west = fixture_page_box(page, "text", "West");
    FmPageRect sum = fixture_page_box(page, "text", "合计");
    g_assert_cmpfloat(west.x_px, ==, 0);
    g_assert_cmpfloat(sum.x_px, ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "1,000"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "West"), ==, 1);
}

/* What the limit leaves out is said, and is in the total. */
static void limited(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        TABLE("\"limit\": 1,", PEOPLE(", \"total\": \"sum\", \"order\": \"descending\"")),
        "[" FIXTURE_AREA "]");
    fm__table_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "East"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "West"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "3,000"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "and 1 more"), ==, 1);
}

/* A narrow place: names in one language. */
static void narrow(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(TABLE("", PEOPLE("")), "[" FIXTURE_AREA "]");
    fm__table_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "东区  East"), ==, 1);
    fixture_page_forget(page);
    fm__table_draw(&page->furniture, 0, 0, 70);
    g_assert_cmpuint(fixture_page_count(page, "text", "东区  East"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "东区"), ==, 1);
}

/* Below the map, in two blocks with a head each. */
static void below(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        TABLE("\"place\": \"below\", \"blocks\": 2,", PEOPLE("")), "[" FIXTURE_AREA "]");
    g_assert_cmpfloat(fm__table_draw(&page->furniture, 0, 0, 600), ==, 0);
    g_assert_cmpfloat(fm__table_draw_below(&page->furniture, 0, 0, 600), >, 0);
    FmPageRect west = fixture_page_box(page, "text", "West");
    FmPageRect east = fixture_page_box(page, "text", "East");
    g_assert_cmpfloat(west.y_px, ==, east.y_px);
    g_assert_cmpfloat(east.x_px, >, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "People"), ==, 2);
}

/* Only an atlas page's own rows. */
static void of_area(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{\"facmap:atlas\": {\"layer\": \"area\"}, \"facmap:table\": {\"layer\": \"school\","
        " \"of_area\": true, \"columns\": [{\"text_en\": [\"get\", \"name_en\"]}]}}",
        "[" FIXTURE_AREA "," FIXTURE_SCHOOL "]");
    fm__map_layers_set_area(page->layers, page->style, page->page, 1);
    fm__table_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "Second School"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "School"), ==, 1);
}

void test_table(void)
{
    g_test_add_func("/render/table/ordered", ordered);
    g_test_add_func("/render/table/ranked", ranked);
    g_test_add_func("/render/table/aligned", aligned);
    g_test_add_func("/render/table/limited", limited);
    g_test_add_func("/render/table/narrow", narrow);
    g_test_add_func("/render/table/below", below);
    g_test_add_func("/render/table/of-area", of_area);
}
