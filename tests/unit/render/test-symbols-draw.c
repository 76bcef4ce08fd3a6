/* Placed symbols: the report, the display list and the picture. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "symbols.h"

#define LAYERS                                                                                     \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"school\","                                                                                  \
    " \"layout\": {\"icon-image\": \"school-open\", \"icon-size\": 3, \"text-optional\": true,"    \
    " \"text-field\": [\"get\", \"name_en\"], \"text-size\": %s}}]"

static FixturePage *page_with_size(const char *text_size)
{
    g_autofree char *layers = g_strdup_printf(LAYERS, text_size);
    return fixture_page_new("{}", layers);
}

static FmSymbols *place(FixturePage *page)
{
    const FmStyleLayer *layer = fm_style_layer(page->style, 0);
    FmSymbols *symbols = fm__symbols_new(NULL, 0);
    g_assert_true(fm__symbols_add(symbols, layer, 4, fm__map_layers_find(page->layers, "school"),
                                  &page->frame->rect, page->frame->zoom, "both", page->icons,
                                  page->text, NULL));
    fm__symbols_place(symbols, page->text, page->frame->rect);
    return symbols;
}

/* Text too large for the page is listed; one that stands in the inset is not. */
static void report(void)
{
    g_autoptr(FixturePage) page = page_with_size("900");
    g_autoptr(FmSymbols) symbols = place(page);
    const FmRenderReport *report = page->furniture.report;
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    g_assert_cmpint(report->n_symbols, ==, 2);
    g_assert_cmpint(report->n_labels, ==, 0);
    g_assert_cmpuint(report->unplaced->len, ==, 2);
    g_assert_cmpuint(fixture_page_count(page, "symbol", "x school-open"), ==, 2);
    g_autoptr(FixturePage) other = page_with_size("12");
    g_autoptr(FmSymbols) inset = place(other);
    g_ptr_array_set_size(report->unplaced, 0);
    g_autoptr(GPtrArray) insets = g_ptr_array_new();
    g_ptr_array_add(insets, inset);
    fm__symbols_report(symbols, insets, page->furniture.report, NULL);
    g_assert_cmpuint(report->unplaced->len, ==, 0);
}

/* Only the layer that is asked for is drawn. */
static void picture(void)
{
    g_autoptr(FixturePage) page = page_with_size("12");
    g_autoptr(FmSymbols) symbols = place(page);
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    const FmPageRect icon = fixture_page_box(page, "symbol", "school-open");
    const double x_px = icon.x_px + icon.width_px / 2, y_px = icon.y_px + icon.height_px / 2;
    const FmBrush brush = {page->cr, page->icons, page->sheet.device_scale, FALSE};
    g_assert_true(fm__symbols_draw(symbols, fm_style_layer(page->style, 0), 3, &brush, NULL));
    g_assert_cmpuint(fixture_page_pixel(page, x_px, y_px), ==, 0xFFFFFF);
    g_assert_true(fm__symbols_draw(symbols, fm_style_layer(page->style, 0), 4, &brush, NULL));
    g_assert_cmpuint(fixture_page_pixel(page, x_px, y_px), !=, 0xFFFFFF);
}

#define ICON_LAYER(layout, paint)                                                                  \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"school\","                                                                                  \
    " \"layout\": {\"icon-image\": \"school-open\", \"icon-size\": 3" layout "},"                  \
    " \"paint\": {" paint "}}]"

static guint32 pixel_after(FixturePage *page, double x_px, double y_px)
{
    g_autoptr(FmSymbols) symbols = place(page);
    const FmBrush brush = {page->cr, page->icons, page->sheet.device_scale, FALSE};
    g_assert_true(fm__symbols_draw(symbols, fm_style_layer(page->style, 0), 4, &brush, NULL));
    return fixture_page_pixel(page, x_px, y_px);
}

/* What is moved is drawn elsewhere and listed where names avoid it. */
static void translate(void)
{
    g_autoptr(FixturePage) page =
        fixture_page_new("{}", ICON_LAYER("", "\"icon-translate\": [100, 0]"));
    g_autoptr(FmSymbols) symbols = place(page);
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    const FmPageRect icon = fixture_page_box(page, "symbol", "school-open");
    const double x_px = icon.x_px + icon.width_px / 2, y_px = icon.y_px + icon.height_px / 2;
    g_assert_cmpuint(pixel_after(page, x_px, y_px), ==, 0xFFFFFF);
    g_assert_cmpuint(fixture_page_pixel(page, x_px + 100, y_px), !=, 0xFFFFFF);
}

/* An icon that is fitted grows with its text, and moves with it. */
static void fit(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{}", ICON_LAYER(", \"text-field\": [\"get\", \"name_en\"], \"text-size\": 20,"
                         " \"text-anchor\": \"left\", \"icon-text-fit\": \"both\","
                         " \"icon-text-fit-padding\": [1, 2, 3, 4]",
                         ""));
    g_autoptr(FmSymbols) symbols = place(page);
    fm__symbols_report(symbols, NULL, page->furniture.report, page->list);
    const FmPageRect icon = fixture_page_box(page, "symbol", "school-open");
    const FmPageRect text = fixture_page_box(page, "label", "x 0");
    g_assert_true(fm__rect_contains(&icon, &text));
    g_assert_cmpfloat_with_epsilon(icon.width_px, text.width_px + 6, 0.05);
    g_assert_cmpfloat_with_epsilon(icon.x_px, text.x_px - 4, 0.05);
    g_assert_cmpfloat_with_epsilon(icon.height_px, 20 * 1.2 + 4, 0.05);
    g_assert_cmpint(page->furniture.report->n_symbols, ==, 2);
}

/* Two schools so large that they overlap, the planned one blue, north of the other and after it. */
#define OVERLAPPING(layout)                                                                        \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"school\","                                                                                  \
    " \"layout\": {\"icon-image\": [\"match\", [\"get\", \"status\"], \"planned\", "               \
    "\"school-open\","                                                                             \
    " \"project-site-open\"], \"icon-overlap\": \"always\", \"icon-size\": 40" layout "}}]"
#define SORT_KEY(planned, other)                                                                   \
    ", \"symbol-sort-key\": [\"match\", [\"get\", \"status\"], \"planned\", " #planned ", " #other \
    "]"

/* The later row, what is lower on the page, or the higher key is on top, as the style has it. */
static void order(void)
{
    static const struct {
        const char *layers;
        gboolean planned_on_top;
    } cases[] = {
        {OVERLAPPING(", \"symbol-z-order\": \"source\""), TRUE},
        {OVERLAPPING(", \"symbol-z-order\": \"viewport-y\""), FALSE},
        {OVERLAPPING(""), FALSE},
        {OVERLAPPING(SORT_KEY(1, 2)), FALSE},
        {OVERLAPPING(SORT_KEY(2, 1)), TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FixturePage) page = fixture_page_new("{}", cases[i].layers);
        FmPagePoint a, b;
        g_assert_true(fm__frame_project(page->frame, (FmLonLat){116.05, 40.05}, &a, NULL));
        g_assert_true(fm__frame_project(page->frame, (FmLonLat){116.15, 40.06}, &b, NULL));
        guint32 pixel = pixel_after(page, (a.x_px + b.x_px) / 2, (a.y_px + b.y_px) / 2);
        g_assert_cmpint((pixel & 0xFF) > pixel >> 16, ==, cases[i].planned_on_top);
    }
}

void test_symbols_draw(void)
{
    g_test_add_func("/render/symbols-draw/translate", translate);
    g_test_add_func("/render/symbols-draw/fit", fit);
    g_test_add_func("/render/symbols-draw/order", order);
    g_test_add_func("/render/symbols-draw/report", report);
    g_test_add_func("/render/symbols-draw/picture", picture);
}
