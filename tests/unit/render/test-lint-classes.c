/* Classes that fall together: to all eyes, to some, in grey; another form tells them apart. */
#include "fm-unit.h"
#include "lint-fixture.h"

#define META "{'facmap:legend': [{'id': 'g'}]}"
#define TWO(first, second)                                                                         \
    "[" LINT_LAYER("a", "fill", "area",                                                            \
                   "'paint': {'fill-color': ['match', ['get', 'id'], 'a-west', '" first            \
                   "', '" second "']}, 'metadata': {'facmap:legend': ["                            \
                   "{'group': 'g', 'label': {'en': 'West'}, 'sample': {'id': 'a-west'}, "          \
                   "'filter': ['==', ['get', 'id'], 'a-west']}, "                                  \
                   "{'group': 'g', 'label': {'en': 'East'}, 'sample': {'id': 'a-east'}, "          \
                   "'filter': ['==', ['get', 'id'], 'a-east']}]}") "]"

static void colors(void)
{
    static const struct {
        const char *layers, *says;
    } cases[] = {
        {TWO("#3070c0", "#3272c0"), "'West' and 'East' look alike (normal vision"},
        {TWO("#9d7b00", "#d9453c"), "look alike (deuteranopia"},
        {TWO("#0072b2", "#cc4c02"), "look alike (in grey"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(lint_count(META, cases[i].layers, FM_LINT_CLASSES, cases[i].says), ==, 1);
    g_assert_cmpuint(lint_count(META, TWO("#0b4f7d", "#f6c79a"), FM_LINT_CLASSES, NULL), ==, 0);
}

/* Two circles of one colour and two sizes. */
static void sizes(void)
{
#define CIRCLES(second)                                                                            \
    "[" LINT_LAYER("a", "circle", "school",                                                        \
                   "'paint': {'circle-radius': ['match', ['get', 'status'], 'open', 4, " second    \
                   "]}, 'metadata': {'facmap:legend': ["                                           \
                   "{'group': 'g', 'label': {'en': 'A'}, 'sample': {'status': 'open'}}, "          \
                   "{'group': 'g', 'label': {'en': 'B'}, 'sample': {'status': 'planned'}}]}") "]"
    g_assert_cmpuint(lint_count(META, CIRCLES("4"), FM_LINT_CLASSES, NULL), ==, 1);
    g_assert_cmpuint(lint_count(META, CIRCLES("8"), FM_LINT_CLASSES, NULL), ==, 0);
#undef CIRCLES
}

/* The nine colours of two values: the palettes are safe, a careless list is not. */
static void square(void)
{
#define SQUARE(palette)                                                                            \
    "[" LINT_LAYER("a", "fill", "area",                                                            \
                   "'metadata': {'facmap:bivariate': {'group': 'g', 'palette': " palette ", "      \
                   "'x': {'value': ['get', 'residents'], 'method': 'fixed', 'limits': [0, 150, "   \
                   "250, 300], 'title': {'en': 'X'}}, "                                            \
                   "'y': {'value': ['get', 'residents'], 'method': 'fixed', 'limits': [0, 150, "   \
                   "250, 300], 'title': {'en': 'Y'}}}}") "]"
    g_assert_cmpuint(lint_count(META, SQUARE("'blue-orange'"), FM_LINT_CLASSES, NULL), ==, 0);
    g_assert_cmpuint(lint_count(META,
                                SQUARE("['#f3f3f3', '#87a1b9', '#196a96', '#f8cba0', '#9c847a', "
                                       "'#4f4e5f', '#f4a650', '#a2693e', '#a2693f']"),
                                FM_LINT_CLASSES, NULL),
                     ==, 1);
#undef SQUARE
}

void test_lint_classes(void)
{
    g_test_add_func("/render/lint-classes/colors", colors);
    g_test_add_func("/render/lint-classes/sizes", sizes);
    g_test_add_func("/render/lint-classes/square", square);
}
