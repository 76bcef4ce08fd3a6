/* Sections joined, paragraphs broken and balanced. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "text-layout.h"

static void test_source(void)
{
    const FmTextStyle style = fixture_style();
    const FixtureText text = fixture_bilingual("\n\n北京", "\nBeijing \n ");
    FmTextSource source = fm__text_source_new(text.sections, text.n, &style);
    g_assert_cmpstr(source.text->str, ==, "北京\nBeijing");
    g_assert_true(fm__text_source_section(&source, 0) == &text.sections[0]);
    g_assert_true(fm__text_source_section(&source, 5) == &text.sections[0]);
    g_assert_true(fm__text_source_section(&source, 6) == &text.sections[1]);
    g_assert_true(fm__text_source_section(&source, 13) == &text.sections[1]);
    g_assert_cmpfloat(fm__text_source_scale(&source, 0, 6), ==, 1);
    g_assert_cmpfloat(fm__text_source_scale(&source, 7, 14), ==, 0.85);
    g_assert_cmpfloat(fm__text_source_scale(&source, 3, 8), ==, 1);
    fm__text_source_clear(&source);
}

/* Widths of the lines, joined by blanks. */
static char *widths(const char *text, double max_width_px, gboolean balance)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    style.max_width_px = max_width_px;
    style.balance = balance;
    FixtureText one = fixture_text(text);
    g_autoptr(FmTextBlock) block = fm__text_block_new(context, one.sections, one.n, &style);
    gsize n = 0;
    const FmPageRect *lines = fm__text_block_lines(block, &n);
    g_autoptr(GString) out = g_string_new(NULL);
    for (gsize i = 0; i < n; i++)
        g_string_append_printf(out, "%s%.0f", i > 0 ? " " : "", lines[i].width_px);
    return g_strdup(out->str);
}

static void test_han_breaks_anywhere(void)
{
    const struct {
        const char *text;
        double max_width_px;
        gboolean balance;
        const char *widths;
    } table[] = {
        {"首都医科大学附属医院", 0, FALSE, "100"},
        {"首都医科大学附属医院", 45, FALSE, "40 40 20"},
        {"首都医科大学附属医院", 45, TRUE, "40 40 20"}, /* three lines of 4, 3, 3 are as wide */
        {"首都医科大学附属医院", 85, FALSE, "80 20"},
        {"首都医科大学附属医院", 85, TRUE, "50 50"},
        {"首都医科大学附属医院", 100.5, TRUE, "100"},
        /* Each paragraph for itself. */
        {"首都医科大学附属医院\n北京", 85, TRUE, "50 50 20"},
        {"北京\n首都医科大学附属医院", 85, TRUE, "20 50 50"},
        /* No line begins with a closing mark. */
        {"首都医科。大学", 40, FALSE, "30 40"},
        /* A remark of up to half a line is not parted, a longer one is. */
        {"首都医科大学（大学）", 85, FALSE, "60 40"},
        {"首都医科（附属大学）", 75, FALSE, "70 30"},
        /* Narrower than a character: one a line. */
        {"北京", 3, TRUE, "10 10"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autofree char *got = widths(table[i].text, table[i].max_width_px, table[i].balance);
        g_assert_cmpstr(got, ==, table[i].widths);
    }
}

/* The lines of a text that breaks between words only, joined by "|". */
static char *lines_at_words(const char *text, double max_width_px)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    style.max_width_px = max_width_px;
    style.balance = style.whole_words = TRUE;
    FixtureText one = fixture_text(text);
    FmTextSource source = fm__text_source_new(one.sections, one.n, &style);
    PangoLayout *layout = fm__text_source_lay_out(context, &source, 0, source.text->len, FALSE);
    g_autoptr(GString) out = g_string_new(NULL);
    for (GSList *at = pango_layout_get_lines_readonly(layout); at != NULL; at = at->next) {
        const PangoLayoutLine *line = at->data;
        g_string_append(out, out->len > 0 ? "|" : "");
        g_string_append_len(out, text + line->start_index, line->length);
    }
    g_object_unref(layout);
    fm__text_source_clear(&source);
    return g_strdup(out->str);
}

/* Ten px a Chinese character. */
static void test_whole_words(void)
{
    const struct {
        const char *text;
        double max_width_px;
        const char *lines;
    } table[] = {
        {"Shijingshan", 8, "Shijingshan"},
        {"Beijing Shijingshan", 8, "Beijing |Shijingshan"},
        /* What fits beside the longest word stands beside it. */
        {"a b Shijingshan", 8, "a b |Shijingshan"},
        {"Miyun-Huairou", 8, "Miyun-|Huairou"},
        {"石景山", 8, "石景山"},
        {"石景山", 25, "石景山"},
        {"密云", 8, "密云"},
        {"北京石景山", 25, "北京石|景山"},
        {"北京石景山", 35, "北京石|景山"},
        {"北京市石景山区", 25, "北京市石|景山区"},
        {"北京市石景山区", 8, "北京市石|景山区"},
        {"北京石景山区", 25, "北京|石景|山区"},
        {"北京石景山区", 8, "北京|石景|山区"},
        {"朝阳 Chaoyang", 8, "朝阳 |Chaoyang"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autofree char *got = lines_at_words(table[i].text, table[i].max_width_px);
        g_assert_cmpstr(got, ==, table[i].lines);
    }
}

/* Balancing never cuts a word that fits, nor adds a line. */
static void test_words(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmTextStyle style = fixture_style();
    FixtureText word = fixture_text("International");
    g_autoptr(FmTextBlock) longest = fm__text_block_new(context, word.sections, word.n, &style);
    const double longest_px = fm__text_block_width_px(longest);
    FixtureText text = fixture_text("The Beijing International School of Arts and Letters");
    guint n_narrower = 0;
    for (double max_px = longest_px + 1; max_px < 300; max_px += 7) {
        gsize n[2];
        double width_px[2];
        style.max_width_px = max_px;
        for (gsize balance = 0; balance < 2; balance++) {
            style.balance = balance == 1;
            g_autoptr(FmTextBlock) block =
                fm__text_block_new(context, text.sections, text.n, &style);
            fm__text_block_lines(block, &n[balance]);
            width_px[balance] = fm__text_block_width_px(block);
            g_assert_cmpfloat(width_px[balance], >=, longest_px - 0.01);
            g_assert_cmpfloat(width_px[balance], <=, max_px);
        }
        g_assert_cmpuint(n[0], ==, n[1]);
        g_assert_cmpfloat(width_px[1], <=, width_px[0]);
        n_narrower += width_px[1] < width_px[0];
    }
    g_assert_cmpuint(n_narrower, >, 5);
    /* A word that does not fit is cut. */
    style.max_width_px = longest_px / 2;
    g_autoptr(FmTextBlock) block = fm__text_block_new(context, word.sections, word.n, &style);
    g_assert_cmpfloat(fm__text_block_width_px(block), <=, style.max_width_px);
}

void test_text_layout(void)
{
    g_test_add_func("/render/text-layout/source", test_source);
    g_test_add_func("/render/text-layout/han", test_han_breaks_anywhere);
    g_test_add_func("/render/text-layout/words", test_words);
    g_test_add_func("/render/text-layout/whole-words", test_whole_words);
}
