/* Texts on each other, cut off, small, and without a glyph: a document that does it, one that does
 * not. */
#include "fm-unit.h"
#include "lint-fixture.h"

#define NAMES(id, more)                                                                            \
    LINT_LAYER(id, "symbol", "school",                                                             \
               "'layout': {'text-field': 'A long name', 'text-size': 14" more "}")

static void overlap(void)
{
    const char *piled = "[" NAMES("x", ", 'text-allow-overlap': true") ", " NAMES(
        "y", ", 'text-allow-overlap': true") "]";
    const char *placed = "[" NAMES("x", "") ", " NAMES("y", "") "]";
    g_assert_cmpuint(lint_count("{}", piled, FM_LINT_OVERLAP, "'A long name' lies on"), ==, 2);
    g_assert_cmpuint(lint_count("{}", placed, FM_LINT_OVERLAP, NULL), ==, 0);
}

/* A name on its own symbol is meant so; on another's it is not. */
static void on_a_symbol(void)
{
#define ICONS "'icon-image': 'school-open', 'icon-allow-overlap': true"
    const char *own = "[" LINT_LAYER("x", "symbol", "school",
                                     "'metadata': {'facmap:legend': false}, 'layout': {" ICONS
                                     ", 'text-field': 'A', 'text-allow-overlap': true}") "]";
    const char *other = "[" LINT_LAYER("i", "symbol", "school",
                                       "'metadata': {'facmap:legend': false}, 'layout': {" ICONS
                                       "}") ", " NAMES("n", ", 'text-allow-overlap': true") "]";
#undef ICONS
    g_assert_cmpuint(lint_count("{}", own, FM_LINT_OVERLAP, NULL), ==, 0);
    g_assert_cmpuint(lint_count("{}", other, FM_LINT_OVERLAP, "on a symbol of 'i'"), ==, 2);
}

/* A name on another feature's circle; one at the circle's own point may cover it. */
static void on_a_circle(void)
{
#define CIRCLES                                                                                    \
    LINT_LAYER("c", "circle", "school",                                                            \
               "'metadata': {'facmap:legend': false}, 'paint': {'circle-radius': 3}")
#define LETTER(source, size)                                                                       \
    LINT_LAYER("n", "symbol", source,                                                              \
               "'layout': {'text-field': 'M', 'text-allow-overlap': true, 'text-size': " size "}")
    static const struct {
        const char *layers;
        guint n;
    } cases[] = {{"[" CIRCLES ", " LETTER("area", "300") "]", 2},
                 {"[" CIRCLES ", " LETTER("area", "8") "]", 0},
                 {"[" CIRCLES ", " LETTER("school", "300") "]", 0}};
#undef LETTER
#undef CIRCLES
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(lint_count("{}", cases[i].layers, FM_LINT_OVERLAP, "on a circle of 'c'"),
                         ==, cases[i].n);
}

static void clipped(void)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (int i = 0; i < 2000; i++)
        g_string_append(words, "many words ");
    g_autofree char *endless = g_strdup_printf("{'facmap:title': {'en': '%s'}}", words->str);
    g_assert_cmpuint(lint_count(endless, "[]", FM_LINT_CLIPPED, "page's edge"), >=, 1);
    g_assert_cmpuint(lint_count("{'facmap:title': {'en': 'Short'}}", "[]", FM_LINT_CLIPPED, NULL),
                     ==, 0);
}

static void glyph(void)
{
    g_assert_cmpuint(
        lint_count("{'facmap:title': {'en': 'a \xee\x84\xa3'}}", "[]", FM_LINT_GLYPH, "U+E123"), ==,
        1);
    g_assert_cmpuint(lint_count("{'facmap:title': {'en': 'a'}}", "[]", FM_LINT_GLYPH, NULL), ==, 0);
}

/* A section is as small as it is set. */
static void small(void)
{
#define SCALED(scale)                                                                              \
    "[" LINT_LAYER("n", "symbol", "school",                                                        \
                   "'layout': {'text-field': ['format', 'A', {}, 'b', {'font-scale': " scale       \
                   "}], 'text-size': 10}") "]"
    g_assert_cmpuint(lint_count("{}", SCALED("0.6"), FM_LINT_SMALL, "4.5 pt"), ==, 2);
    g_assert_cmpuint(lint_count("{}", SCALED("0.8"), FM_LINT_SMALL, NULL), ==, 0);
#undef SCALED
}

/* An image has neither the size nor the colour of letters, but it has its room. */
static void images(void)
{
#define SIGNS(id, more)                                                                            \
    LINT_LAYER(id, "symbol", "school",                                                             \
               "'layout': {'text-field': ['format'" more ", ['image', 'school-open']], "           \
               "'text-size': 4, 'text-allow-overlap': true}, 'paint': {'text-color': '#ffffff'}")
    const char *const rules[] = {"[" SIGNS("x", "") "]", "[" SIGNS("x", ", 'A'") "]"};
    for (guint with_word = 0; with_word < 2; with_word++) {
        const guint n = 2 * with_word;
        g_assert_cmpuint(lint_count("{}", rules[with_word], FM_LINT_SMALL, NULL), ==, n);
        g_assert_cmpuint(lint_count("{}", rules[with_word], FM_LINT_CONTRAST, NULL), ==, n);
    }
    const char *piled = "[" SIGNS("x", "") ", " SIGNS("y", "") "]";
    g_assert_cmpuint(
        lint_count("{}", piled, FM_LINT_OVERLAP, "'[school-open]' lies on '[school-open]'"), ==, 2);
#undef SIGNS
}

void test_lint_text(void)
{
    g_test_add_func("/render/lint-text/images", images);
    g_test_add_func("/render/lint-text/overlap", overlap);
    g_test_add_func("/render/lint-text/on-a-symbol", on_a_symbol);
    g_test_add_func("/render/lint-text/on-a-circle", on_a_circle);
    g_test_add_func("/render/lint-text/clipped", clipped);
    g_test_add_func("/render/lint-text/glyph", glyph);
    g_test_add_func("/render/lint-text/small", small);
}
