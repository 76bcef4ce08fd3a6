/* The legend of two values: colours where they belong, counts, limits, upright and turned. */
#include "fixture-page.h"
#include "fm-unit.h"

#define META "{\"facmap:legend\": [{\"id\": \"g\"}]}"
#define AREAS(turned)                                                                              \
    "[{\"id\": \"a\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": \"area\","  \
    " \"metadata\": {\"facmap:bivariate\": {\"group\": \"g\", \"turned\": " turned ","             \
    " \"x\": {\"value\": [\"max\", 15], \"method\": \"fixed\", \"limits\": [0, 10, 20, 30], "      \
    "\"title\": "                                                                                  \
    "{\"en\": "                                                                                    \
    "\"Across\"}},"                                                                                \
    " \"y\": {\"value\": [\"max\", 25], \"method\": \"fixed\", \"limits\": [0, 10, 20, 30], "      \
    "\"title\": "                                                                                  \
    "{\"en\": "                                                                                    \
    "\"Upward\"}},"                                                                                \
    " \"palette\": [\"#000001\", \"#000002\", \"#000003\", \"#000004\", \"#000005\", \"#000006\"," \
    " \"#000007\", \"#000008\", \"#000009\"]}}}]"

/* Which colour lies at a share of the square's box. */
static guint32 at(const FixturePage *page, double x, double y)
{
    FmPageRect box = fixture_page_box(page, "swatch", "a");
    return fixture_page_pixel(page, box.x_px + x * box.width_px, box.y_px + y * box.height_px);
}

static void upright(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, AREAS("false"));
    page->furniture.language = FM_LANGUAGE_EN;
    fm__legend_draw(&page->furniture, 10, 10, 300);
    g_assert_cmphex(at(page, 0.05, 0.95), ==, 1); /* least of both */
    g_assert_cmphex(at(page, 0.95, 0.95), ==, 3); /* most of x */
    g_assert_cmphex(at(page, 0.05, 0.05), ==, 7); /* most of y */
    g_assert_cmphex(at(page, 0.95, 0.05), ==, 9);
    /* Both districts are in the middle of x and the top of y; the other eight cells are empty. */
    g_assert_cmpuint(fixture_page_count(page, "text", " 2"), >=, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Across"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Upward"), ==, 1);
    g_assert_cmpfloat(fixture_page_box(page, "text", "Upward").y_px, <,
                      fixture_page_box(page, "text", "Across").y_px);
}

static void turned(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, AREAS("true"));
    page->furniture.language = FM_LANGUAGE_EN;
    fm__legend_draw(&page->furniture, 60, 10, 300);
    g_assert_cmphex(at(page, 0.5, 0.95), ==, 1);
    g_assert_cmphex(at(page, 0.95, 0.5), ==, 3);
    g_assert_cmphex(at(page, 0.05, 0.5), ==, 7);
    g_assert_cmphex(at(page, 0.5, 0.05), ==, 9);
}

void test_legend_square(void)
{
    g_test_add_func("/render/legend-square/upright", upright);
    g_test_add_func("/render/legend-square/turned", turned);
}
