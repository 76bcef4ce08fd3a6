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
    const FmBrush brush = {page->cr, page->icons, page->sheet.device_scale};
    g_assert_true(fm__symbols_draw(symbols, 3, &brush, NULL));
    g_assert_cmpuint(fixture_page_pixel(page, x_px, y_px), ==, 0xFFFFFF);
    g_assert_true(fm__symbols_draw(symbols, 4, &brush, NULL));
    g_assert_cmpuint(fixture_page_pixel(page, x_px, y_px), !=, 0xFFFFFF);
}

void test_symbols_draw(void)
{
    g_test_add_func("/render/symbols-draw/report", report);
    g_test_add_func("/render/symbols-draw/picture", picture);
}
