#include "../../../src/style/lab.h"
#include "fm-unit.h"

/* sRGB's red and white as ICC.1 D50 colours, to two decimals as colour books print them. */
static void known(void)
{
    const FmLab red = fm__lab_from_color((FmColor){1, 0, 0, 1});
    const FmLab white = fm__lab_from_color((FmColor){1, 1, 1, 0.5});

    g_assert_cmpfloat_with_epsilon(red.lightness, 54.29, 0.01);
    g_assert_cmpfloat_with_epsilon(red.a, 80.81, 0.01);
    g_assert_cmpfloat_with_epsilon(red.b, 69.89, 0.01);
    g_assert_cmpfloat_with_epsilon(white.lightness, 100, 1e-9);
    g_assert_cmpfloat(white.a, ==, 0);
    g_assert_cmpfloat(white.b, ==, 0);
    g_assert_cmpfloat(white.alpha, ==, 0.5);
}

static void there_and_back(void)
{
    for (int i = 0; i < 6 * 6 * 6; i++) {
        const FmColor color = {i % 6 / 5.0, i / 6 % 6 / 5.0, i / 36 / 5.0, 1};
        const FmColor back = fm__color_from_lab(fm__lab_from_color(color));
        g_assert_cmpfloat_with_epsilon(back.r, color.r, 1e-4);
        g_assert_cmpfloat_with_epsilon(back.g, color.g, 1e-4);
        g_assert_cmpfloat_with_epsilon(back.b, color.b, 1e-4);
    }
}

void test_lab(void)
{
    g_test_add_func("/style/lab/known", known);
    g_test_add_func("/style/lab/there-and-back", there_and_back);
}
