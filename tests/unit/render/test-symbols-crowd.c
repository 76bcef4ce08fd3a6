/* Symbols that pile up: pushed apart within bounds, or counted. */
#include "fixture-page.h"
#include "fm-unit.h"
#include "symbols-crowd.h"

#include <math.h>

#define LAYER(metadata)                                                                            \
    "[{\"id\": \"x\", \"type\": \"symbol\", \"source\": \"workspace\", \"source-layer\": "         \
    "\"school\", \"metadata\": {" metadata "}, \"layout\": {\"icon-image\": \"school-open\"}}]"

static const FmPageRect frame = {0, 0, 400, 300};
#define SIDE_PX 10.0

static void clear_section(gpointer section)
{
    g_free(((FmTextSection *)section)->text);
}

/* Symbols of 10 px at these points; every one an open school but where `looks` says otherwise. */
static FmSymbols *symbols_at(const double (*px)[2], gsize n, const char *const *looks)
{
    FmSymbols *symbols = fm__symbols_new(NULL, 0);
    for (gsize i = 0; i < n; i++) {
        FmSymbolData *data = g_new0(FmSymbolData, 1);
        data->sections = g_array_new(FALSE, TRUE, sizeof(FmTextSection));
        g_array_set_clear_func(data->sections, clear_section);
        data->look.name = g_strdup(looks ? looks[i] : "school-open");
        g_ptr_array_add(symbols->data, data);
        const FmLabelRequest request = {
            .row = i,
            .has_icon = TRUE,
            .anchor = {px[i][0], px[i][1]},
            .icon = {px[i][0] - SIDE_PX / 2, px[i][1] - SIDE_PX / 2, SIDE_PX, SIDE_PX}};
        g_array_append_val(symbols->requests, request);
    }
    return symbols;
}

static const FmLabelRequest *request_at(const FmSymbols *symbols, guint i)
{
    return &g_array_index(symbols->requests, FmLabelRequest, i);
}

static void crowd(FmSymbols *symbols, const char *layers)
{
    g_autoptr(FixturePage) page = fixture_page_new("{}", layers);
    fm__symbols_crowd(symbols, fm_style_layer(page->style, 0), frame, 0);
}

static double apart_px(const FmSymbols *symbols, guint i, guint k)
{
    const FmPagePoint a = request_at(symbols, i)->anchor, b = request_at(symbols, k)->anchor;
    return hypot(b.x_px - a.x_px, b.y_px - a.y_px);
}

/* Eight at one point and two that overlap part until they touch; who is alone stays. */
static void parts(void)
{
    static const double px[][2] = {{100, 100}, {100, 100}, {100, 100}, {100, 100},
                                   {100, 100}, {100, 100}, {100, 100}, {100, 100},
                                   {200, 100}, {206, 100}, {300, 200}};
    const guint n = G_N_ELEMENTS(px);
    g_autoptr(FmSymbols) symbols = symbols_at(px, n, NULL);
    crowd(symbols, LAYER("\"facmap:displace\": 6"));
    for (guint i = 0; i < n; i++)
        for (guint k = i + 1; k < n; k++)
            g_assert_cmpfloat(apart_px(symbols, i, k), >, SIDE_PX - 0.1);
    for (guint i = 0; i < n; i++) {
        const FmLabelRequest *r = request_at(symbols, i);
        const FmSymbolData *data = symbols->data->pdata[i];
        double shift_px = hypot(r->anchor.x_px - px[i][0], r->anchor.y_px - px[i][1]);
        g_assert_cmpfloat(shift_px, <=, 6 * FM_PX_PER_MM + 1e-9);
        g_assert_cmpfloat_with_epsilon(r->icon.x_px + SIDE_PX / 2, r->anchor.x_px, 1e-9);
        g_assert_cmpint(fm__symbol_is_shifted(data), ==, shift_px > 0);
        if (shift_px > 0)
            g_assert_cmpfloat(data->leader[0].x_px, ==, px[i][0]);
    }
    g_assert_false(fm__symbol_is_shifted(symbols->data->pdata[n - 1]));
    /* No farther than need be, and the one line a shifted symbol has is known to names. */
    g_assert_cmpfloat_with_epsilon(apart_px(symbols, 8, 9), SIDE_PX, 1e-6);
    g_assert_cmpuint(symbols->obstacles->len, >=, 9);
}

/* Where there is no room within the bound they overlap still, and none leaves the frame. */
static void bounds(void)
{
    double px[60][2];
    for (gsize i = 0; i < G_N_ELEMENTS(px); i++) {
        px[i][0] = 6;
        px[i][1] = 150;
    }
    g_autoptr(FmSymbols) symbols = symbols_at((const double(*)[2])px, G_N_ELEMENTS(px), NULL);
    crowd(symbols, LAYER("\"facmap:displace\": 2"));
    guint n_shifted = 0;
    for (guint i = 0; i < G_N_ELEMENTS(px); i++) {
        const FmLabelRequest *r = request_at(symbols, i);
        g_assert_true(fm__rect_contains(&frame, &r->icon));
        g_assert_cmpfloat(hypot(r->anchor.x_px - 6, r->anchor.y_px - 150), <=,
                          2 * FM_PX_PER_MM + 1e-9);
        n_shifted += fm__symbol_is_shifted(symbols->data->pdata[i]) ? 1 : 0;
    }
    g_assert_cmpuint(n_shifted, >=, 40);
}

/* Near ones of one look are one, at their middle. */
static void counts(void)
{
    static const double px[][2] = {{100, 100}, {104, 100}, {102, 106}, {103, 103},
                                   {200, 100}, {300, 200}, {300, 209}};
    static const char *const looks[] = {"school-open",    "school-open", "school-open",
                                        "school-planned", "school-open", "school-open",
                                        "school-open"};
    g_autoptr(FmSymbols) symbols = symbols_at(px, G_N_ELEMENTS(px), looks);
    crowd(symbols, LAYER("\"facmap:cluster\": 2"));
    const struct {
        const char *text;
        double x_px, y_px;
    } expected[] = {
        {"×3", 102, 102}, {"", 103, 103}, {"", 200, 100}, {"", 300, 200}, {"", 300, 209}};
    g_assert_cmpuint(symbols->requests->len, ==, G_N_ELEMENTS(expected));
    g_assert_cmpuint(symbols->data->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        const FmLabelRequest *r = request_at(symbols, i);
        g_autofree char *text = fm__label_text(r);
        g_assert_cmpstr(text, ==, expected[i].text);
        g_assert_cmpfloat_with_epsilon(r->anchor.x_px, expected[i].x_px, 1e-9);
        g_assert_cmpfloat_with_epsilon(r->icon.y_px + SIDE_PX / 2, expected[i].y_px, 1e-9);
    }
}

static void unasked(void)
{
    static const double px[][2] = {{100, 100}, {100, 100}};
    g_autoptr(FmSymbols) symbols = symbols_at(px, 2, NULL);
    crowd(symbols, LAYER(""));
    g_assert_cmpuint(symbols->requests->len, ==, 2);
    g_assert_cmpfloat(apart_px(symbols, 0, 1), ==, 0);
}

void test_symbols_crowd(void)
{
    g_test_add_func("/render/symbols-crowd/parts", parts);
    g_test_add_func("/render/symbols-crowd/bounds", bounds);
    g_test_add_func("/render/symbols-crowd/counts", counts);
    g_test_add_func("/render/symbols-crowd/unasked", unasked);
}
