/* Blocks of text: their boxes, their lines, their colours. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "text-internal.h"

#include <math.h>

/* Pango counts in 1/1024 px and rounds each glyph. */
#define ROUNDING_PX 0.05

static const FmPageRect canvas = {0, 0, 200, 100};

static FmTextBlock *block_of(FmTextContext *context, FixtureText text, const FmTextStyle *style)
{
    return fm__text_block_new(context, text.sections, text.n, style);
}

/* The box does not know at what resolution it will be drawn, and neither do the outlines. */
static void test_any_resolution(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FmTextStyle style = fixture_style();
    g_autoptr(FmTextBlock) block = block_of(context, fixture_text("To Wave 北京 fi"), &style);
    double width_px = fm__text_block_width_px(block);
    double reference[4] = {0, 0, 0, 0};
    const double scales[] = {1, 96.0 / 72, 300.0 / 96, 600.0 / 96};
    for (gsize i = 0; i < G_N_ELEMENTS(scales); i++) {
        cairo_t *cr = fixture_canvas(canvas, scales[i]);
        double extents[4];
        fm__text_block_path(cr, block, 10, 10);
        cairo_path_extents(cr, &extents[0], &extents[1], &extents[2], &extents[3]);
        fm__text_block_draw(cr, block, 10, 10);
        for (gsize k = 0; k < 4; k++) {
            reference[k] = i == 0 ? extents[k] : reference[k];
            g_assert_cmpfloat_with_epsilon(extents[k], reference[k], 0.02);
        }
        cairo_destroy(cr);
        g_autoptr(FmTextBlock) again = block_of(context, fixture_text("To Wave 北京 fi"), &style);
        g_assert_cmpfloat(fm__text_block_width_px(again), ==, width_px);
    }
    /* Ink as wide as the advances, up to side bearings. */
    g_assert_cmpfloat_with_epsilon(reference[2] - reference[0], width_px, 2);
}

static void test_size(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    double w1 = 0, h1 = 0, w2 = 0, h2 = 0;
    fm__text_measure(context, "北京 Beijing", &style, &w1, &h1);
    style.size_px *= 3;
    fm__text_measure(context, "北京 Beijing", &style, &w2, &h2);
    g_assert_cmpfloat_with_epsilon(w2, 3 * w1, ROUNDING_PX);
    g_assert_cmpfloat_with_epsilon(h2, 3 * h1, ROUNDING_PX);
    /* Han characters are one em wide, and no wider for being a fallback. */
    fm__text_measure(context, "北京", &style, &w1, &h1);
    g_assert_cmpfloat_with_epsilon(w1, 2 * style.size_px, ROUNDING_PX);
    g_assert_cmpfloat_with_epsilon(h1, 1.2 * style.size_px, 1e-9);
    const char *const bold[] = {"Noto Sans Bold", NULL};
    fm__text_measure(context, "Beijing", &style, &w1, &h1);
    style.fonts = bold;
    fm__text_measure(context, "Beijing", &style, &w2, &h2);
    g_assert_cmpfloat(w2, >, w1 + 1);
    /* A number in a font's name is not a size. */
    const char *const number[] = {"Noto Sans 3", NULL};
    style.fonts = number;
    fm__text_measure(context, "Beijing", &style, &w2, &h2);
    g_assert_cmpfloat_with_epsilon(w2, w1, ROUNDING_PX);
}

static void test_section_scales(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    style.line_height_em = 1.5;
    g_autoptr(FmTextBlock) block =
        block_of(context, fixture_bilingual("北京四中", "\nNo. 4"), &style);
    gsize n = 0;
    const FmPageRect *lines = fm__text_block_lines(block, &n);
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpfloat_with_epsilon(lines[0].height_px, 15, 1e-9);
    g_assert_cmpfloat_with_epsilon(lines[1].y_px, 15, 1e-9);
    g_assert_cmpfloat_with_epsilon(lines[1].height_px, 15 * 0.85, 1e-9);
    g_assert_cmpfloat_with_epsilon(fm__text_block_height_px(block), 15 * 1.85, 1e-9);
    g_assert_cmpfloat(fm__text_block_baseline_px(block), >, 7.5);
    g_assert_cmpfloat(fm__text_block_baseline_px(block), <, 15);
    /* The same English alone, at full size: wider by the scale. */
    g_autoptr(FmTextBlock) full = block_of(context, fixture_text("No. 4"), &style);
    g_assert_cmpfloat_with_epsilon(lines[1].width_px, 0.85 * fm__text_block_width_px(full),
                                   ROUNDING_PX);
    /* In one line the larger section gives the height. */
    g_autoptr(FmTextBlock) one = block_of(context, fixture_bilingual("北京四中", " No. 4"), &style);
    g_assert_cmpfloat_with_epsilon(fm__text_block_height_px(one), 15, 1e-9);
}

static void test_blank_lines(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FmTextStyle style = fixture_style();
    const struct {
        const char *first, *second;
        gsize n_lines;
    } table[] = {{"北京", "\n", 1}, {"", "\nBeijing", 1},         {"", "", 0},
                 {"\n", " \n", 0},  {NULL, "\n\nBeijing\n\n", 1}, {"北京\n", "\nBeijing", 3},
                 {"北", "京", 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(FmTextBlock) block =
            block_of(context, fixture_bilingual(table[i].first, table[i].second), &style);
        gsize n = 0;
        fm__text_block_lines(block, &n);
        g_assert_cmpuint(n, ==, table[i].n_lines);
        if (n == 0) {
            g_assert_cmpfloat(fm__text_block_width_px(block), ==, 0);
            g_assert_cmpfloat(fm__text_block_height_px(block), ==, 0);
        }
    }
}

static void test_justify(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    const FixtureText text = fixture_text("北京市第四中学\n四中");
    const struct {
        FmJustify justify;
        double x_px;
    } table[] = {{FM_JUSTIFY_LEFT, 0}, {FM_JUSTIFY_CENTER, 25}, {FM_JUSTIFY_RIGHT, 50}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        style.justify = table[i].justify;
        g_autoptr(FmTextBlock) block = block_of(context, text, &style);
        gsize n = 0;
        const FmPageRect *lines = fm__text_block_lines(block, &n);
        g_assert_cmpfloat_with_epsilon(lines[0].x_px, 0, ROUNDING_PX);
        g_assert_cmpfloat_with_epsilon(lines[1].x_px, table[i].x_px, ROUNDING_PX);
        /* The ink is where the boxes say. */
        cairo_t *cr = fixture_canvas(canvas, 1);
        fm__text_block_draw(cr, block, 0, 0);
        const FmPageRect low = {0, 13, 100, 10};
        for (int cell = 0; cell < 7; cell++) {
            const FmPageRect pixels = {low.x_px + 10 * cell + 2, low.y_px, 6, low.height_px};
            gboolean inside =
                10 * cell + 2 >= table[i].x_px - 0.5 && 10 * cell + 8 <= table[i].x_px + 20.5;
            gboolean apart = 10 * cell + 8 < table[i].x_px || 10 * cell + 2 > table[i].x_px + 20;
            if (inside)
                g_assert_cmpuint(fixture_max_alpha(cr, pixels), >, 60);
            else if (apart)
                g_assert_cmpuint(fixture_max_alpha(cr, pixels), ==, 0);
        }
        cairo_destroy(cr);
    }
}

/* Between characters, not around them. */
static void test_letter_spacing(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    const char *const texts[] = {"北京城区", "City"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        double w0 = 0, w1 = 0, w2 = 0, h = 0;
        style.letter_spacing_em = 0;
        fm__text_measure(context, texts[i], &style, &w0, &h);
        style.letter_spacing_em = 0.5;
        fm__text_measure(context, texts[i], &style, &w1, &h);
        g_assert_cmpfloat_with_epsilon(w1, w0 + 3 * 5, 0.1);
        style.letter_spacing_em = -0.1;
        fm__text_measure(context, texts[i], &style, &w2, &h);
        g_assert_cmpfloat_with_epsilon(w2, w0 - 3 * 1, 0.1);
    }
}

static void test_copy(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FmTextStyle style = fixture_style();
    FmTextBlock *block = block_of(context, fixture_text("北京市第四中学\n四中"), &style);
    g_autoptr(FmTextBlock) copy = fm__text_block_copy(block);
    fm__text_block_justify(copy, FM_JUSTIFY_RIGHT);
    gsize n = 0;
    g_assert_cmpfloat(fm__text_block_lines(block, &n)[1].x_px, ==, 0);
    fm__text_block_free(block);
    g_assert_cmpfloat_with_epsilon(fm__text_block_lines(copy, &n)[1].x_px, 50, ROUNDING_PX);
    cairo_t *cr = fixture_canvas(canvas, 1);
    fm__text_block_draw(cr, copy, 0, 0);
    g_assert_cmpuint(fixture_max_alpha(cr, (FmPageRect){0, 14, 49, 9}), ==, 0);
    g_assert_cmpuint(fixture_max_alpha(cr, (FmPageRect){50, 14, 20, 9}), >, 60);
    cairo_destroy(cr);
}

void test_text(void)
{
    g_test_add_func("/render/text/any-resolution", test_any_resolution);
    g_test_add_func("/render/text/size", test_size);
    g_test_add_func("/render/text/section-scales", test_section_scales);
    g_test_add_func("/render/text/blank-lines", test_blank_lines);
    g_test_add_func("/render/text/justify", test_justify);
    g_test_add_func("/render/text/letter-spacing", test_letter_spacing);
    g_test_add_func("/render/text/copy", test_copy);
}
