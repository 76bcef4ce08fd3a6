/* Nested circles and line widths: true to the map, whatever the panel's scale. */
#include "legend-scale.h"

#include "fixture-page.h"
#include "fm-unit.h"

#define META "{\"facmap:legend\": [{\"id\": \"g\"}]}"
#define CIRCLES                                                                                    \
    "[{\"id\": \"a\", \"type\": \"circle\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"area\","                                                                                    \
    " \"metadata\": {\"facmap:proportional\": {\"value\": 1000, \"group\": \"g\", "                \
    "\"largest-radius\": 20}},"                                                                    \
    " \"paint\": {\"circle-color\": \"#ff0000\"}}]"
#define FLOWS                                                                                      \
    "[{\"id\": \"r\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": \"road\","  \
    " \"metadata\": {\"facmap:flow\": {\"value\": 1000, \"group\": \"g\", \"largest-width\": "     \
    "30}}}]"

static void nested(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, CIRCLES);
    double height = fm__legend_draw(&page->furniture, 10, 10, 300);
    FmPageRect box = fixture_page_box(page, "swatch", "a");

    g_assert_cmpfloat_with_epsilon(box.width_px, 40, 0.01);
    g_assert_cmpfloat(height, >=, 40);
    static const char *const values[] = {"1,000", "200", "50"};
    double above = -1;
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        FmPageRect text = fixture_page_box(page, "text", values[i]);
        g_assert_cmpfloat(text.y_px, >=, above);
        g_assert_cmpfloat(text.x_px, >, fm__rect_right_px(&box));
        above = fm__rect_bottom_px(&text) - 0.05;
    }
    /* Red in the largest circle, at its middle. */
    g_assert_cmphex(fixture_page_pixel(page, box.x_px + 20, box.y_px + 4), ==, 0xff0000);
}

/* The panel is drawn smaller; the circles are not. */
static void true_to_the_map(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, CIRCLES);
    page->furniture.scale = 0.5;
    fm__legend_draw(&page->furniture, 0, 0, 300);
    /* The display list is in page pixels. */
    g_assert_cmpfloat_with_epsilon(fixture_page_box(page, "swatch", "a").width_px, 40, 0.01);
}

static void widths(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(META, FLOWS);
    fm__legend_draw(&page->furniture, 0, 0, 300);
    FmPageRect first = fixture_page_box(page, "swatch", "r");

    g_assert_cmpfloat_with_epsilon(first.height_px, 30, 0.01);
    g_assert_cmpuint(fixture_page_count(page, "swatch", "r"), ==, 3);
    g_assert_cmpuint(fixture_page_count(page, "text", "1,000"), ==, 1);
}

void test_legend_scale(void)
{
    g_test_add_func("/render/legend-scale/nested", nested);
    g_test_add_func("/render/legend-scale/true-to-the-map", true_to_the_map);
    g_test_add_func("/render/legend-scale/widths", widths);
}
