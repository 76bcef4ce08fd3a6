#include "fm-unit.h"

#include <facmap/classify.h>
#include <facmap/contrast.h>
#include <facmap/palette.h>
#include <string.h>

/* Neighbouring classes in every way of seeing them: the least difference. */
static double least_difference(const FmColor *colors, gsize n, FmVision vision)
{
    double least = G_MAXDOUBLE;

    for (gsize i = 0; i + 1 < n; i++) {
        least = MIN(least, fm_color_difference(fm_color_as_seen(colors[i], vision),
                                               fm_color_as_seen(colors[i + 1], vision)));
    }
    return least;
}

/* Five classes of any sequential palette can be told apart by everybody and on a grey print; with
 * seven, a grey print has no room for ten units between each two. */
static void told_apart(void)
{
    for (const char *const *name = fm_palette_names(); *name != NULL; name++) {
        FmPaletteKind kind;
        FmColor colors[7];
        for (gsize n = 2; n <= 7; n++) {
            g_assert_true(fm_palette_colors(*name, MIN(n, 4), colors, &kind, NULL));
            if (kind == FM_PALETTE_QUALITATIVE) {
                continue;
            }
            g_assert_true(fm_palette_colors(*name, n, colors, &kind, NULL));
            for (int vision = 0; vision < FM_N_VISIONS; vision++) {
                gboolean mirrored = kind == FM_PALETTE_DIVERGING && vision == FM_VISION_GREY;
                double least = least_difference(colors, n, (FmVision)vision);
                g_test_message("%s %zu %s: %.1f", *name, n, fm_vision_name((FmVision)vision),
                               least);
                if (!(mirrored && n % 2 == 0)) { /* whose middle pair is equally light */
                    g_assert_cmpfloat(least, >=, n <= 5 ? 9.9 : 6.5);
                }
            }
        }
    }
}

/* From little to much, a grey print goes one way. */
static void one_way_in_grey(void)
{
    const FmColor white = {1, 1, 1, 1};

    for (const char *const *name = fm_palette_names(); *name != NULL; name++) {
        FmPaletteKind kind;
        FmColor colors[9];
        if (!fm_palette_colors(*name, 9, colors, &kind, NULL) || kind != FM_PALETTE_SEQUENTIAL) {
            continue;
        }
        gboolean darker = fm_color_contrast(colors[8], white) > fm_color_contrast(colors[0], white);
        for (gsize i = 0; i + 1 < G_N_ELEMENTS(colors); i++) {
            double one = fm_color_contrast(colors[i], white);
            double next = fm_color_contrast(colors[i + 1], white);
            g_assert_true(darker ? next > one : next < one);
        }
    }
}

static void qualitative(void)
{
    static const struct {
        const char *name;
        gsize n;
    } palettes[] = {{"okabe-ito", 8}, {"facilities", 4}};

    for (gsize p = 0; p < G_N_ELEMENTS(palettes); p++) {
        FmColor colors[8];
        FmPaletteKind kind;
        g_assert_true(fm_palette_colors(palettes[p].name, palettes[p].n, colors, &kind, NULL));
        g_assert_cmpint(kind, ==, FM_PALETTE_QUALITATIVE);
        for (gsize i = 0; i < palettes[p].n; i++) {
            for (gsize j = 0; j < i; j++) {
                g_assert_cmpfloat(fm_color_difference(colors[i], colors[j]), >=, 20);
            }
        }
    }
}

static void errors(void)
{
    FmColor colors[FM_CLASSES_MAX];
    g_autoptr(GError) error = NULL;

    g_assert_false(fm_palette_colors("rainbow", 5, colors, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "viridis"));
    g_clear_error(&error);
    g_assert_false(fm_palette_colors("facilities", 5, colors, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(fm_palette_colors("blues", 0, colors, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_assert_true(fm_palette_colors("blues", FM_CLASSES_MAX, colors, NULL, NULL));
}

void test_palette(void)
{
    g_test_add_func("/style/palette/told-apart", told_apart);
    g_test_add_func("/style/palette/one-way-in-grey", one_way_in_grey);
    g_test_add_func("/style/palette/qualitative", qualitative);
    g_test_add_func("/style/palette/errors", errors);
}
