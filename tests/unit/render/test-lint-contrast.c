/* Contrast is that of ink and ground, and a halo is a part of the ground. */
#include "fm-unit.h"
#include "lint-fixture.h"

#define PAGE(ground, paint)                                                                        \
    "[{'id': 'b', 'type': 'background', 'paint': {'background-color': '" ground                    \
    "'}}, " LINT_LAYER("n", "symbol", "school",                                                    \
                       "'layout': {'text-field': 'Read me', 'text-size': 14}, 'paint': {" paint    \
                       "}") "]"

static void ground(void)
{
    g_assert_cmpuint(lint_count("{}", PAGE("#ffffff", "'text-color': '#bbbbbb'"), FM_LINT_CONTRAST,
                                "100 % of it has less than 3:1, down to 1.9:1"),
                     ==, 2);
    g_assert_cmpuint(
        lint_count("{}", PAGE("#000000", "'text-color': '#bbbbbb'"), FM_LINT_CONTRAST, NULL), ==,
        0);
    g_assert_cmpuint(
        lint_count("{}", PAGE("#ffffff", "'text-color': '#333333'"), FM_LINT_CONTRAST, NULL), ==,
        0);
}

static void halo(void)
{
#define HALO(opacity)                                                                              \
    PAGE("#ffffff", "'text-color': '#bbbbbb', 'text-halo-width': 2, 'text-halo-color': "           \
                    "'rgba(0,0,0," opacity ")'")
    g_assert_cmpuint(lint_count("{}", HALO("0.9"), FM_LINT_CONTRAST, NULL), ==, 0);
    g_assert_cmpuint(lint_count("{}", HALO("0.1"), FM_LINT_CONTRAST, NULL), ==, 2);
#undef HALO
}

void test_lint_contrast(void)
{
    g_test_add_func("/render/lint-contrast/ground", ground);
    g_test_add_func("/render/lint-contrast/halo", halo);
}
