#include "fm-unit.h"

#include <facmap/contrast.h>

static const FmColor BLACK = {0, 0, 0, 1}, WHITE = {1, 1, 1, 1};

static void contrast(void)
{
    const FmColor grey = {0x76 / 255.0, 0x76 / 255.0, 0x76 / 255.0, 1};

    g_assert_cmpfloat_with_epsilon(fm_color_contrast(BLACK, WHITE), 21, 1e-9);
    g_assert_cmpfloat_with_epsilon(fm_color_contrast(WHITE, WHITE), 1, 1e-9);
    /* WCAG's own example of the darkest grey that just passes 4.5 on white. */
    g_assert_cmpfloat_with_epsilon(fm_color_contrast(grey, WHITE), 4.54, 0.005);
    g_assert_cmpfloat(fm_color_contrast(WHITE, grey), ==, fm_color_contrast(grey, WHITE));
}

/* Nobody sees greys in another colour: the rows of each matrix add up to 1. */
static void greys_stay(void)
{
    for (int vision = 0; vision < FM_N_VISIONS; vision++) {
        for (int i = 0; i <= 10; i++) {
            const double v = i / 10.0;
            const FmColor seen = fm_color_as_seen((FmColor){v, v, v, 1}, (FmVision)vision);
            g_assert_cmpfloat_with_epsilon(seen.r, v, 1e-3);
            g_assert_cmpfloat_with_epsilon(seen.g, v, 1e-3);
            g_assert_cmpfloat_with_epsilon(seen.b, v, 1e-3);
        }
    }
}

/* A red and a green that most eyes tell apart and deuteranopes hardly do. */
static void confused(void)
{
    const FmColor red = {0.80, 0.35, 0.25, 1}, green = {0.48, 0.58, 0.18, 1};
    const FmColor blue = {0.10, 0.35, 0.80, 1};
    const double normal = fm_color_difference(red, green);
    const double seen = fm_color_difference(fm_color_as_seen(red, FM_VISION_DEUTERANOPIA),
                                            fm_color_as_seen(green, FM_VISION_DEUTERANOPIA));
    const double far = fm_color_difference(fm_color_as_seen(red, FM_VISION_DEUTERANOPIA),
                                           fm_color_as_seen(blue, FM_VISION_DEUTERANOPIA));

    g_assert_cmpfloat(normal, >, 40);
    g_assert_cmpfloat(seen, <, normal / 2);
    g_assert_cmpfloat(far, >, 40);
}

static void grey_keeps_luminance(void)
{
    const FmColor color = {0.9, 0.2, 0.4, 1};
    const FmColor grey = fm_color_as_seen(color, FM_VISION_GREY);

    g_assert_cmpfloat(grey.r, ==, grey.g);
    g_assert_cmpfloat_with_epsilon(fm_color_contrast(color, WHITE), fm_color_contrast(grey, WHITE),
                                   0.01);
}

static void over(void)
{
    const FmColor half = {0, 0, 0, 0.5};
    const FmColor mixed = fm_color_over(half, WHITE);

    g_assert_cmpfloat(mixed.r, ==, 0.5);
    g_assert_cmpfloat(mixed.a, ==, 1);
}

static void names(void)
{
    for (int vision = 0; vision < FM_N_VISIONS; vision++) {
        for (int other = 0; other < vision; other++) {
            g_assert_cmpstr(fm_vision_name((FmVision)vision), !=, fm_vision_name((FmVision)other));
        }
    }
}

void test_contrast(void)
{
    g_test_add_func("/style/contrast/contrast", contrast);
    g_test_add_func("/style/contrast/greys-stay", greys_stay);
    g_test_add_func("/style/contrast/confused", confused);
    g_test_add_func("/style/contrast/grey-keeps-luminance", grey_keeps_luminance);
    g_test_add_func("/style/contrast/over", over);
    g_test_add_func("/style/contrast/names", names);
}
