#include "color.h"
#include "fm-unit.h"
#include "support.h"

/* CSS Color 4 has 148 names; the table is searched by halving, so each must be found. */
static void test_lookup(void)
{
    static const struct {
        const char *name;
        guint32 rgb;
    } cases[] = {
        {"aliceblue", 0xF0F8FF}, {"gray", 0x808080},          {"grey", 0x808080},
        {"lime", 0x00FF00},      {"rebeccapurple", 0x663399}, {"yellowgreen", 0x9ACD32},
    };
    guint32 rgb;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_true(fm__color_named(cases[i].name, &rgb));
        g_assert_cmphex(rgb, ==, cases[i].rgb);
    }
    g_assert_false(fm__color_named("Red", &rgb));
    g_assert_false(fm__color_named("", &rgb));
    g_assert_false(fm__color_named("zzz", &rgb));
}

void test_color_names(void)
{
    g_test_add_func("/style/color-names/lookup", test_lookup);
}
