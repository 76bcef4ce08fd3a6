/* The bar chart: order, lengths, labels. */
#include "fixture-page.h"
#include "fm-unit.h"

#define CHART(more)                                                                                \
    "{\"facmap:chart\": {\"title\": {\"en\": \"Residents\"}, \"layer\": \"area\","                 \
    " \"label_en\": [\"get\", \"name_en\"], \"label_zh\": [\"get\", \"name_zh\"],"                 \
    " \"format\": \"count\", \"color\": \"#ff0000\"" more "}}"
#define RESIDENTS ", \"value\": [\"get\", \"residents\"]"

static void ordered_by_value(void)
{
    static const char *const orders[] = {CHART(RESIDENTS),
                                         CHART(RESIDENTS ", \"order\": \"ascending\"")};
    for (int ascending = 0; ascending <= 1; ascending++) {
        g_autoptr(FixturePage) page = fixture_page_new(orders[ascending], "[" FIXTURE_AREA "]");
        g_assert_cmpfloat(fm__chart_draw(&page->furniture, 0, 0, 300), >, 0);
        FmPageRect east = fixture_page_box(page, "text", "East");
        FmPageRect west = fixture_page_box(page, "text", "West");
        g_assert_true((east.y_px < west.y_px) == (ascending == 0)); /* 200 and 100 people */
    }
}

/* The longest bar ends where the figures begin; one of half the value is half as long. */
static void lengths(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(CHART(RESIDENTS), "[" FIXTURE_AREA "]");
    fm__chart_draw(&page->furniture, 0, 0, 300);
    FmPageRect label = fixture_page_box(page, "text", "East");
    FmPageRect figure = fixture_page_box(page, "text", "200");
    FmPageRect other = fixture_page_box(page, "text", "West");
    double left = fm__rect_right_px(&label) + 20, right = figure.x_px - 12;
    double y = label.y_px + label.height_px / 2, y2 = other.y_px + other.height_px / 2;
    g_assert_cmphex(fixture_page_pixel(page, left, y), ==, 0xFF0000);
    g_assert_cmphex(fixture_page_pixel(page, right, y), ==, 0xFF0000);
    g_assert_cmphex(fixture_page_pixel(page, left, y2), ==, 0xFF0000);
    g_assert_cmphex(fixture_page_pixel(page, right, y2), !=, 0xFF0000);
    g_assert_cmphex(fixture_page_pixel(page, left + (right - left) * 0.40, y2), ==, 0xFF0000);
    g_assert_cmphex(fixture_page_pixel(page, left + (right - left) * 0.60, y2), !=, 0xFF0000);
}

static void maximum(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new(CHART(RESIDENTS ", \"maximum\": 400"), "[" FIXTURE_AREA "]");
    fm__chart_draw(&page->furniture, 0, 0, 300);
    FmPageRect label = fixture_page_box(page, "text", "East");
    FmPageRect figure = fixture_page_box(page, "text", "200");
    g_assert_cmphex(fixture_page_pixel(page, figure.x_px - 12, label.y_px + label.height_px / 2),
                    !=, 0xFF0000);
}

/* Two languages when there is room for them, else one; features without a value are left out. */
static void labels(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new(CHART(", \"value\": [\"case\", [\"==\", [\"get\", \"id\"], \"a-east\"], "
                               "5, [\"error\", \"x\"]]"),
                         "[" FIXTURE_AREA "]");
    fm__chart_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "东区  East"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "West"), ==, 0);
    fixture_page_forget(page);
    fm__chart_draw(&page->furniture, 0, 0, 60);
    g_assert_cmpuint(fixture_page_count(page, "text", "东区"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "East"), ==, 0);
}

static void without(void)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", "[" FIXTURE_AREA "]");
    g_assert_cmpfloat(fm__chart_draw(&page->furniture, 0, 0, 300), ==, 0);
}

/* In a panel that is drawn smaller text stays readable, and bars begin after it all the same. */
static void small_panel(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{\"facmap:chart\": {\"layer\": \"area\", \"label_en\": [\"get\", \"name_en\"],"
        " \"value\": [\"get\", \"residents\"], \"format\": \"count\", \"color\": \"#ff0000\"}}",
        "[" FIXTURE_AREA "]");
    page->furniture.scale = 0.5;
    fm__chart_draw(&page->furniture, 0, 0, 300);
    const FmPageRect label =
                         fixture_page_box(page, "text", "East"), /* on the page: half as large */
        figure = fixture_page_box(page, "text", "200");
    const double y = 2 * (label.y_px + label.height_px / 2);
    gsize first = 0;
    while (first < 300 && fixture_page_pixel(page, (double)first, y) != 0xFF0000)
        first++;
    g_assert_cmpfloat((double)first, >, 2 * fm__rect_right_px(&label));
    g_assert_cmpfloat((double)first, <, 2 * figure.x_px);
}

/* Two bars a feature with a key to their colours, and two charts below each other. */
static void several(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{\"facmap:chart\": [{\"layer\": \"area\", \"label_en\": [\"get\", \"name_en\"],"
        " \"format\": \"count\", \"series\": ["
        "  {\"title\": {\"en\": \"All\"}, \"value\": [\"get\", \"residents\"],"
        "   \"color\": \"#ff0000\"},"
        "  {\"title\": {\"en\": \"Half\"}, \"value\": [\"/\", [\"get\", \"residents\"], 2],"
        "   \"color\": \"#0000ff\"}]},"
        " {\"title\": {\"en\": \"Again\"}, \"layer\": \"area\", \"label_en\": [\"get\", \"id\"],"
        "  \"value\": [\"get\", \"residents\"], \"format\": \"count\"}]}",
        "[" FIXTURE_AREA "]");
    fm__chart_draw(&page->furniture, 0, 0, 300);
    FmPageRect all = fixture_page_box(page, "text", "200"),
               half = fixture_page_box(page, "text", " 50");
    FmPageRect east = fixture_page_box(page, "text", "East"),
               again = fixture_page_box(page, "text", "Again");
    double x = fm__rect_right_px(&east) + 20;
    g_assert_cmpuint(fixture_page_count(page, "text", "Half"), ==, 1);
    g_assert_cmphex(fixture_page_pixel(page, x, all.y_px + all.height_px / 2), ==, 0xFF0000);
    g_assert_cmphex(fixture_page_pixel(page, x, half.y_px + half.height_px / 2), ==, 0x0000FF);
    g_assert_cmpfloat(again.y_px, >, half.y_px);
}

void test_chart(void)
{
    g_test_add_func("/render/chart/several", several);
    g_test_add_func("/render/chart/small-panel", small_panel);
    g_test_add_func("/render/chart/ordered-by-value", ordered_by_value);
    g_test_add_func("/render/chart/lengths", lengths);
    g_test_add_func("/render/chart/maximum", maximum);
    g_test_add_func("/render/chart/labels", labels);
    g_test_add_func("/render/chart/without", without);
}
