#include "color.h"
#include "fm-unit.h"
#include "support.h"

/* The ends of a mixture are the colours themselves, in every space (but for black in HCL, which
 * keeps the chroma of the other by the specification). */
static void test_ends(void)
{
    FmColor (*const mixes[])(FmColor, FmColor, double) = {fm__color_mix_rgb, fm__color_mix_lab,
                                                          fm__color_mix_hcl};
    static const char *const names[] = {"#d55e00", "#0072b2", "white", "#808080"};
    for (gsize i = 0; i < G_N_ELEMENTS(mixes); i++) {
        for (gsize j = 0; j + 1 < G_N_ELEMENTS(names); j++) {
            FmColor from;
            FmColor to;
            g_assert_true(fm__color_parse(names[j], &from));
            g_assert_true(fm__color_parse(names[j + 1], &to));
            const FmColor ends[] = {mixes[i](from, to, 0), mixes[i](from, to, 1)};
            const FmColor wanted[] = {from, to};
            for (gsize k = 0; k < 2; k++) {
                g_assert_cmpfloat_with_epsilon(ends[k].r, wanted[k].r, 1e-4);
                g_assert_cmpfloat_with_epsilon(ends[k].g, wanted[k].g, 1e-4);
                g_assert_cmpfloat_with_epsilon(ends[k].b, wanted[k].b, 1e-4);
            }
        }
    }
}

void test_color_mix(void)
{
    fixtures_add("color-mix");
    g_test_add_func("/style/color-mix/ends", test_ends);
}
