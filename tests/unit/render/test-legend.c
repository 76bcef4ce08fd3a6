/* The legend: what it lists, what it counts, what it leaves out. */
#include "fixture-page.h"
#include "fm-unit.h"

#define META                                                                                       \
    "{\"facmap:legend\": [{\"id\": \"g\", \"title\": {\"en\": \"Group\"}}, {\"id\": \"h\"}]}"
#define LAYER(id, type, source, legend)                                                            \
    "{\"id\": \"" id "\", \"type\": \"" type "\", \"source\": \"workspace\","                      \
    " \"source-layer\": \"" source "\", \"metadata\": {\"facmap:legend\": " legend "}}"

static void counts(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META, "[" LAYER("s", "circle", "school",
                        "[{\"group\": \"g\", \"label\": {\"en\": \"Any\"}, \"count\": true},"
                        " {\"group\": \"g\", \"label\": {\"en\": \"Planned\"}, \"count\": true,"
                        "  \"filter\": [\"==\", [\"get\", \"status\"], \"planned\"]},"
                        " {\"group\": \"g\", \"label\": {\"en\": \"Uncounted\"}}]") "]");
    page->furniture.language = FM_LANGUAGE_EN;
    g_assert_cmpfloat(fm__legend_draw(&page->furniture, 0, 0, 300), >, 0);
    /* Four schools: one is far away, one has no position. */
    g_assert_cmpuint(fixture_page_count(page, "text", "Any (2 / 4)"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Planned (1)"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Uncounted ("), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "on this map / in all"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Group"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "swatch", "s"), ==, 3);
}

static void empty_entries(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META, "[" LAYER("s", "circle", "school",
                        "[{\"group\": \"g\", \"label\": {\"en\": \"Closed\"},"
                        "  \"filter\": [\"==\", [\"get\", \"status\"], \"closed\"]},"
                        " {\"group\": \"h\", \"label\": {\"en\": \"Kept\"}, \"keep-empty\": true,"
                        "  \"filter\": [\"==\", [\"get\", \"status\"], \"closed\"]}]") "]");
    page->furniture.language = FM_LANGUAGE_EN;
    fm__legend_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "Closed"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "Group"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "Kept"), ==, 1);
}

/* Layers from the top down, entries of a layer as written, groups in their order. */
static void order(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META,
        "[" LAYER(
            "low", "fill", "area",
            "[{\"group\": \"g\", \"label\": {\"en\": \"Third\"}},"
            " {\"group\": \"h\", \"label\": {\"en\": \"Last\"}}]") ", " LAYER("high", "circle",
                                                                              "school",
                                                                              "[{\"group\": \"g\", "
                                                                              "\"label\": {\"en\": "
                                                                              "\"First\"}},"
                                                                              " {\"group\": \"g\", "
                                                                              "\"label\": {\"en\": "
                                                                              "\"Second\"}}]") "]");
    page->furniture.language = FM_LANGUAGE_EN;
    fm__legend_draw(&page->furniture, 0, 0, 300);
    static const char *const expected[] = {"First", "Second", "Third", "Last"};
    double y = -1;
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        FmPageRect box = fixture_page_box(page, "text", expected[i]);
        g_assert_cmpfloat(box.y_px, >, y);
        y = box.y_px;
    }
}

/* Beside each other both groups begin on top, and short entries say both languages on a line. */
static void in_columns(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META,
        "[" LAYER("s", "circle", "school",
                  "[{\"group\": \"g\", \"label\": {\"en\": \"School\", \"zh\": \"学校\"}},"
                  " {\"group\": \"h\", \"label\": {\"en\": \"A school with a name that goes on and"
                  " on and on\", \"zh\": \"名称很长的学校\"}}]") "]");
    const double one = fm__legend_draw(&page->furniture, 0, 0, 400);
    g_assert_cmpuint(fixture_page_count(page, "text", "学校  School"), ==, 0);
    g_string_truncate(page->furniture.display_list, 0);
    page->furniture.legend_columns = 2;
    g_assert_cmpfloat(fm__legend_draw(&page->furniture, 0, 0, 400), <, one);
    g_assert_cmpuint(fixture_page_count(page, "text", "学校  School"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "名称很长的学校  A school"), ==, 0);
    const FmPageRect head = fixture_page_box(page, "text", "Group");
    const FmPageRect other = fixture_page_box(page, "text", "名称很长的学校");
    g_assert_cmpfloat(other.x_px, >, 200);
    g_assert_cmpfloat(other.y_px, <=, head.y_px);
    /* Too narrow for two. */
    g_string_truncate(page->furniture.display_list, 0);
    fm__legend_draw(&page->furniture, 0, 0, 250);
    g_assert_cmpfloat(fixture_page_box(page, "text", "名称很长的学校").x_px, <, 125);
}

/* Areas are modelled, schools are not. */
static void modelled(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META,
        "[" LAYER(
            "a", "fill", "area",
            "[{\"group\": \"g\", \"label\": {\"en\": \"Area\"}},"
            " {\"group\": \"h\", \"label\": {\"en\": \"Mixed\"}}]") ", " LAYER("s", "circle",
                                                                               "school",
                                                                               "{\"group\": \"h\", "
                                                                               "\"label\": "
                                                                               "{\"en\": "
                                                                               "\"School\"}}") "]");
    page->furniture.language = FM_LANGUAGE_EN;
    fm__legend_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "Group, modelled"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "Area, modelled"), ==, 0);
    g_assert_cmpuint(fixture_page_count(page, "text", "Mixed, modelled"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "School, modelled"), ==, 0);
}

static void said_once(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META,
        "[" LAYER("s", "circle", "school",
                  "[{\"group\": \"g\", \"label\": {\"en\": \"5 – 9\", \"zh\": \"5 – 9\"}},"
                  " {\"group\": \"g\", \"label\": {\"en\": \"School\", \"zh\": \"学校\"}}]") "]");
    fm__legend_draw(&page->furniture, 0, 0, 300);
    g_assert_cmpuint(fixture_page_count(page, "text", "5 – 9"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "School"), ==, 1);
    g_assert_cmpuint(fixture_page_count(page, "text", "学校"), ==, 1);
}

/* The swatch has the colour that the layer gives the sample. */
static void swatches(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        META,
        "[{\"id\": \"a\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "
        "\"area\","
        "  \"paint\": {\"fill-color\": [\"match\", [\"get\", \"name_en\"], \"Sample\", "
        "\"#00ff00\", \"#0000ff\"]},"
        "  \"metadata\": {\"facmap:legend\": {\"group\": \"h\", \"label\": {\"en\": \"Area\"},"
        "    \"sample\": {\"name_en\": \"Sample\"}}}}]");
    fm__legend_draw(&page->furniture, 20, 20, 300);
    FmPageRect box = fixture_page_box(page, "swatch", "a");
    g_assert_cmphex(
        fixture_page_pixel(page, box.x_px + box.width_px / 2, box.y_px + box.height_px / 2), ==,
        0x00FF00);
}

/* A line that borders a fill goes around the swatch, one on its own through the middle. */
static void borders(void)
{
    static const char *const with[] = {", \"with\": [\"a\"]", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(with); i++) {
        g_autofree char *layers = g_strdup_printf(
            "[{\"id\": \"a\", \"type\": \"fill\", \"source\": \"workspace\", \"source-layer\": "
            "\"area\", \"paint\": {\"fill-color\": \"#00ff00\"}},"
            " {\"id\": \"b\", \"type\": \"line\", \"source\": \"workspace\", \"source-layer\": "
            "\"area\", \"paint\": {\"line-color\": \"#ff0000\", \"line-width\": 4},"
            "  \"metadata\": {\"facmap:legend\": {\"group\": \"h\", \"label\": {\"en\": "
            "\"Area\"}%s}}}]",
            with[i]);
        g_autoptr(FixturePage) page = fixture_page_new(META, layers);
        fm__legend_draw(&page->furniture, 20, 20, 300);
        const FmPageRect box = fixture_page_box(page, "swatch", "b");
        const double x_px = box.x_px + box.width_px / 2;
        g_assert_cmphex(fixture_page_pixel(page, x_px, box.y_px + box.height_px / 2), ==,
                        i == 0 ? 0x00FF00 : 0xFF0000);
        g_assert_true((fixture_page_pixel(page, x_px, box.y_px + 2) == 0xFF0000) == (i == 0));
    }
}

void test_legend(void)
{
    g_test_add_func("/render/legend/counts", counts);
    g_test_add_func("/render/legend/empty-entries", empty_entries);
    g_test_add_func("/render/legend/order", order);
    g_test_add_func("/render/legend/in-columns", in_columns);
    g_test_add_func("/render/legend/modelled", modelled);
    g_test_add_func("/render/legend/said-once", said_once);
    g_test_add_func("/render/legend/swatches", swatches);
    g_test_add_func("/render/legend/borders", borders);
}
