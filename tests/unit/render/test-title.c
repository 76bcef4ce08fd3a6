/* The title block and the key figure. */
#include "fixture-page.h"
#include "fm-unit.h"

static void title_and_subtitle(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{\"facmap:title\": {\"en\": \"Title\"}, \"facmap:subtitle\": {\"en\": \"Subtitle\"}}",
        "[" FIXTURE_AREA "]");
    double height = fm__title_draw(&page->furniture, 10, 20, 300);
    FmPageRect title = fixture_page_box(page, "text", "Title");
    FmPageRect subtitle = fixture_page_box(page, "text", "Subtitle");
    g_assert_cmpfloat(title.y_px, ==, 20);
    g_assert_cmpfloat(subtitle.y_px, >=, fm__rect_bottom_px(&title));
    g_assert_cmpfloat_with_epsilon(fm__rect_bottom_px(&subtitle), 20 + height, 0.02);
    g_assert_cmpfloat(title.height_px, >, subtitle.height_px);
}

static void without(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    g_assert_cmpfloat(fm__title_draw(&page->furniture, 0, 0, 300), ==, 0);
    g_assert_cmpfloat(fm__figure_draw(&page->furniture, 0, 0, 300), ==, 0);
    g_assert_cmpuint(page->list->len, ==, 0);
}

static void figure(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{\"facmap:values\": {\"people\": {\"layer\": \"area\", \"value\": [\"get\", "
        "\"residents\"],"
        "   \"reduce\": \"sum\", \"format\": \"count\"}},"
        " \"facmap:figure\": {\"value\": \"{people}\", \"text\": {\"en\": \"people\"}}}",
        "[" FIXTURE_AREA "]");
    g_assert_cmpfloat(fm__figure_draw(&page->furniture, 0, 0, 300), >, 0);
    FmPageRect number = fixture_page_box(page, "text", "300");
    FmPageRect words = fixture_page_box(page, "text", "people");
    g_assert_cmpfloat(number.height_px, >, 2 * words.height_px);
    g_assert_cmpfloat(words.y_px, >=, fm__rect_bottom_px(&number) - 0.01);
}

void test_title(void)
{
    g_test_add_func("/render/title/title-and-subtitle", title_and_subtitle);
    g_test_add_func("/render/title/without", without);
    g_test_add_func("/render/title/figure", figure);
}
