/* Palettes of two values.  Computed for this file: lightness falls from cell to cell by equal steps
 * of CIEDE2000, the first value three steps at a time and the second one, so that all nine stay
 * apart on a grey print; one hue for each value, its corner as vivid as sRGB allows, in blue and
 * orange, which all kinds of eyes but the rarest tell apart (test-bivariate-palette.c: at least 11
 * between any two for normal and red-green-blind eyes, 6.9 in grey). */
#include "bivariate-palette.h"

#include <string.h>

static const char *const NAMES[] = {"blue-orange", "orange-blue", NULL};

static const guint32 BLUE_ORANGE[FM_BIVARIATE_CELLS] = {
    0xf3f3f3, 0x87a1b9, 0x196a96, 0xf8cba0, 0x9c847a, 0x4f4e5f, 0xf4a650, 0xa2693e, 0x56302b};

const char *const *fm__bivariate_palette_names(void)
{
    return NAMES;
}

gboolean fm__bivariate_palette(const char *name, FmColor *colors)
{
    gboolean swapped = strcmp(name, NAMES[1]) == 0;

    if (!g_strv_contains(NAMES, name)) {
        return FALSE;
    }
    for (gsize i = 0; i < FM_BIVARIATE_CELLS; i++) {
        gsize x = i % FM_BIVARIATE_CLASSES, y = i / FM_BIVARIATE_CLASSES;
        guint32 rgb = BLUE_ORANGE[swapped ? x * FM_BIVARIATE_CLASSES + y : i];
        colors[i] = (FmColor){(rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0,
                              (rgb & 0xff) / 255.0, 1};
    }
    return TRUE;
}
