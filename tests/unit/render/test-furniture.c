/* What the pieces of furniture share: text in one language or two, and notes of it. */
#include "fixture-page.h"
#include "fm-unit.h"

static const FmTextLook look = {10, FALSE, {0, 0, 0, 1}, FM_JUSTIFY_LEFT};

static void languages(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    char en[] = "Map of {title}", zh[] = "{title}图";
    const FmPageText text = {en, zh};
    static const struct {
        FmLanguage language;
        guint n_en, n_zh;
    } cases[] = {{FM_LANGUAGE_BOTH, 1, 1}, {FM_LANGUAGE_EN, 1, 0}, {FM_LANGUAGE_ZH, 0, 1}};
    double heights[G_N_ELEMENTS(cases)];
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        fixture_page_forget(page);
        page->furniture.language = cases[i].language;
        heights[i] = fm__furniture_draw_words(&page->furniture, &text, &look, NULL, 5, 6, 0);
        g_assert_cmpuint(fixture_page_count(page, "text", "Map of Small Town"), ==, cases[i].n_en);
        g_assert_cmpuint(fixture_page_count(page, "text", "小镇图"), ==, cases[i].n_zh);
    }
    g_assert_cmpfloat(heights[0], >, heights[1]);
    g_assert_cmpfloat(heights[0], >, heights[2]);
}

/* One language stands in for the other, but only when the page has one. */
static void missing_language(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    char zh[] = "图";
    const FmPageText text = {NULL, zh};
    page->furniture.language = FM_LANGUAGE_EN;
    fm__furniture_draw_words(&page->furniture, &text, &look, NULL, 0, 0, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "图"), ==, 1);
    fixture_page_forget(page);
    page->furniture.language = FM_LANGUAGE_BOTH;
    fm__furniture_draw_words(&page->furniture, &text, &look, NULL, 0, 0, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", ""), ==, 1);
}

static void measuring_draws_nothing(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    FmFurniture measure = page->furniture;
    measure.cr = NULL;
    double measured = fm__furniture_draw_text(&measure, "Some words", &look, 50, 50, 40);
    g_assert_cmpuint(page->list->len, ==, 0);
    double drawn = fm__furniture_draw_text(&page->furniture, "Some words", &look, 50, 50, 40);
    g_assert_cmpfloat(measured, ==, drawn);
    g_assert_cmpfloat(fm__furniture_draw_text(&page->furniture, "", &look, 0, 0, 0), ==, 0);
    g_assert_cmpfloat(fm__furniture_draw_text(&page->furniture, NULL, &look, 0, 0, 0), ==, 0);
}

/* The list speaks of the page, also when the panel is drawn smaller. */
static void list_is_in_page_space(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    page->furniture.origin_x_px = 100;
    page->furniture.origin_y_px = 200;
    page->furniture.scale = 0.5;
    fm__furniture_list(&page->furniture, "thing", (FmPageRect){10, 20, 30, 40}, "x");
    FmPageRect box = fixture_page_box(page, "thing", "x");
    g_assert_cmpfloat(box.x_px, ==, 105);
    g_assert_cmpfloat(box.y_px, ==, 210);
    g_assert_cmpfloat(box.width_px, ==, 15);
    g_assert_cmpfloat(box.height_px, ==, 20);
}

static void justified(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    FmTextLook right = look, middle = look;
    right.justify = FM_JUSTIFY_RIGHT;
    middle.justify = FM_JUSTIFY_CENTER;
    fm__furniture_draw_text(&page->furniture, "right", &right, 200, 0, 0);
    fm__furniture_draw_text(&page->furniture, "middle", &middle, 200, 0, 0);
    FmPageRect a = fixture_page_box(page, "text", "right");
    FmPageRect b = fixture_page_box(page, "text", "middle");
    g_assert_cmpfloat_with_epsilon(fm__rect_right_px(&a), 200, 0.02);
    g_assert_cmpfloat_with_epsilon(b.x_px + b.width_px / 2, 200, 0.02);
}

void test_furniture(void)
{
    g_test_add_func("/render/furniture/languages", languages);
    g_test_add_func("/render/furniture/missing-language", missing_language);
    g_test_add_func("/render/furniture/measuring-draws-nothing", measuring_draws_nothing);
    g_test_add_func("/render/furniture/list-is-in-page-space", list_is_in_page_space);
    g_test_add_func("/render/furniture/justified", justified);
}
