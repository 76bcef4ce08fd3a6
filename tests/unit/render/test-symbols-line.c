/* Symbols at intervals along a line. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "symbols-internal.h"

#include <math.h>

#define LAYER(layout)                                                                              \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"road\","                                                                                    \
    " \"layout\": {" layout "}}]"

/* The requests that the document's only layer makes. */
static FmSymbols *collect(FixturePage *page)
{
    FmSymbols *symbols = fm__symbols_new(NULL, 0);
    const FmStyleLayer *layer = fm_style_layer(page->style, 0);
    GError *error = NULL;
    fm__symbols_add(symbols, layer, 0,
                    fm__map_layers_find(page->layers, fm_style_layer_source_layer(layer)),
                    &page->frame->rect, page->frame->zoom, "both", page->icons, page->text, &error);
    g_assert_no_error(error);
    return symbols;
}

static const FmLabelRequest *request_at(const FmSymbols *symbols, guint i)
{
    return &g_array_index(symbols->requests, FmLabelRequest, i);
}

static double angle_between(double a_deg, double b_deg)
{
    return fabs(remainder(a_deg - b_deg, 360));
}

/* Icons stand at equal distances on the line and turn with it, unless the style wants them
 * upright. */
static void icons(void)
{
    static const char *const layers[] = {
        LAYER("\"symbol-placement\": \"line\", \"symbol-spacing\": 60,"
              " \"icon-image\": \"school-open\""),
        LAYER("\"symbol-placement\": \"line\", \"symbol-spacing\": 60,"
              " \"icon-image\": \"school-open\", \"icon-rotation-alignment\": \"viewport\""),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(layers); i++) {
        g_autoptr(FixturePage) page = fixture_page_new("{}", layers[i]);
        g_autoptr(FmSymbols) symbols = collect(page);
        guint n = symbols->requests->len;
        g_assert_cmpuint(n, >, 3);
        const FmPagePoint a = request_at(symbols, 0)->anchor, b = request_at(symbols, 1)->anchor;
        double along_deg = atan2(b.y_px - a.y_px, b.x_px - a.x_px) * 180 / G_PI;
        double step_px = hypot(b.x_px - a.x_px, b.y_px - a.y_px);
        g_assert_cmpfloat(step_px, >=, 60);
        g_assert_cmpfloat(step_px, <, 90);
        for (guint k = 0; k < n; k++) {
            g_assert_true(request_at(symbols, k)->has_icon);
            g_assert_cmpint(request_at(symbols, k)->kind, ==, FM_LABEL_POINT);
            double turn_deg = request_at(symbols, k)->icon_rotate_deg;
            if (i == 0) /* the road bends a little */
                g_assert_cmpfloat(angle_between(turn_deg, along_deg), <, 30);
            else
                g_assert_cmpfloat(turn_deg, ==, 0);
        }
    }
}

/* Text follows the line as one request, or stands upright at intervals; icons join either. */
static void texts(void)
{
#define BOTH                                                                                       \
    "\"symbol-placement\": \"line\", \"symbol-spacing\": 90, \"icon-image\": \"school-open\","     \
    " \"text-field\": \"G6\""
    g_autoptr(FixturePage) follows = fixture_page_new("{}", LAYER(BOTH));
    g_autoptr(FmSymbols) rows = collect(follows);
    guint n_lines = 0, n_texts = 0;
    for (guint i = 0; i < rows->requests->len; i++) {
        n_lines += request_at(rows, i)->kind == FM_LABEL_LINE ? 1 : 0;
        n_texts += request_at(rows, i)->n_sections > 0 ? 1 : 0;
    }
    g_assert_cmpuint(n_lines, ==, 1);
    g_assert_cmpuint(n_texts, ==, 1);
    g_autoptr(FixturePage) shield = fixture_page_new(
        "{}",
        LAYER(BOTH ", \"text-rotation-alignment\": \"viewport\","
                   " \"icon-rotation-alignment\": \"viewport\", \"icon-text-fit\": \"both\""));
    g_autoptr(FmSymbols) shields = collect(shield);
    g_assert_cmpuint(shields->requests->len, ==, rows->requests->len - 1);
    for (guint i = 0; i < shields->requests->len; i++) {
        g_assert_cmpint(request_at(shields, i)->kind, ==, FM_LABEL_POINT);
        g_assert_cmpuint(request_at(shields, i)->n_sections, ==, 1);
        g_assert_true(request_at(shields, i)->fit.width);
        g_assert_cmpfloat(request_at(shields, i)->rotate_deg, ==, 0);
    }
#undef BOTH
}

static void in_the_middle(void)
{
    g_autoptr(FixturePage) page = fixture_page_new(
        "{}", LAYER("\"symbol-placement\": \"line-center\", \"icon-image\": \"school-open\""));
    g_autoptr(FmSymbols) symbols = collect(page);
    g_assert_cmpuint(symbols->requests->len, ==, 1);
}

/* Around an area lines run both ways: no icon stands on its head when the layer says so. */
static void icon_keep_upright(void)
{
#define AROUND(keep)                                                                               \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"area\", \"layout\": {\"symbol-placement\": \"line\", \"symbol-spacing\": 60,"               \
    " \"icon-image\": \"school-open\", \"icon-keep-upright\": " keep "}}]"
    static const struct {
        const char *layers;
        gboolean keeps;
    } cases[] = {{AROUND("true"), TRUE}, {AROUND("false"), FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FixturePage) page = fixture_page_new("{}", cases[i].layers);
        g_autoptr(FmSymbols) symbols = collect(page);
        guint n_on_their_heads = 0;
        g_assert_cmpuint(symbols->requests->len, >, 8);
        for (guint k = 0; k < symbols->requests->len; k++) {
            const double turn_deg = request_at(symbols, k)->icon_rotate_deg;
            n_on_their_heads += angle_between(turn_deg, 0) > 90 + 1e-9 ? 1 : 0;
        }
        if (cases[i].keeps)
            g_assert_cmpuint(n_on_their_heads, ==, 0);
        else
            g_assert_cmpuint(n_on_their_heads, >, 2);
    }
#undef AROUND
}

void test_symbols_line(void)
{
    g_test_add_func("/render/symbols-line/icon-keep-upright", icon_keep_upright);
    g_test_add_func("/render/symbols-line/icons", icons);
    g_test_add_func("/render/symbols-line/texts", texts);
    g_test_add_func("/render/symbols-line/middle", in_the_middle);
}
