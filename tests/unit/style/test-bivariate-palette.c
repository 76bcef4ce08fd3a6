#include "bivariate-palette.h"
#include "fm-unit.h"

#include <facmap/contrast.h>

/* Any two of the nine colours, also those that do not touch: taking one corner for the other is the
 * misreading that a map of two values must not invite. */
static void told_apart(void)
{
    static const struct {
        FmVision vision;
        double least;
    } cases[] = {{FM_VISION_NORMAL, 11},
                 {FM_VISION_PROTANOPIA, 11},
                 {FM_VISION_DEUTERANOPIA, 11},
                 {FM_VISION_GREY, 6.9}};
    FmColor colors[FM_BIVARIATE_CELLS];

    for (const char *const *name = fm__bivariate_palette_names(); *name != NULL; name++) {
        g_assert_true(fm__bivariate_palette(*name, colors));
        for (gsize v = 0; v < G_N_ELEMENTS(cases); v++) {
            for (gsize i = 0; i < FM_BIVARIATE_CELLS; i++) {
                for (gsize j = i + 1; j < FM_BIVARIATE_CELLS; j++) {
                    const double apart =
                        fm_color_difference(fm_color_as_seen(colors[i], cases[v].vision),
                                            fm_color_as_seen(colors[j], cases[v].vision));
                    g_assert_cmpfloat(apart, >=, cases[v].least);
                }
            }
        }
    }
}

/* The second palette is the first one with its values changed over. */
static void changed_over(void)
{
    FmColor a[FM_BIVARIATE_CELLS], b[FM_BIVARIATE_CELLS];

    g_assert_true(fm__bivariate_palette("blue-orange", a));
    g_assert_true(fm__bivariate_palette("orange-blue", b));
    g_assert_cmpfloat(a[1].b, ==, b[3].b);
    g_assert_cmpfloat(a[5].r, ==, b[7].r);
    g_assert_false(fm__bivariate_palette("rainbow", a));
}

void test_bivariate_palette(void)
{
    g_test_add_func("/style/bivariate-palette/told-apart", told_apart);
    g_test_add_func("/style/bivariate-palette/changed-over", changed_over);
}
