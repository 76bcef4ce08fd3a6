/* Palettes.  Those named by a hue were computed for this file: anchors at equal steps of CIEDE2000
 * lightness (so that a grey print keeps the order and the distance of classes), as much chroma as
 * sRGB has up to a limit that rises and falls along the ramp, hue fixed or turning evenly.
 * viridis, cividis, magma and inferno are sampled from matplotlib's colour maps (CC0);
 * okabe-ito is the palette of Okabe & Ito (2008), "Color Universal Design". */
#include "color.h"

#include <facmap/classify.h>
#include <facmap/palette.h>

#include <string.h>

#define MAX_ANCHORS 17
/* Up to this many classes, the darker end of a sequential palette is left out in part. */
#define FULL_RANGE_CLASSES 7
#define SHORT_END 0.72
#define SHORT_BEGIN 0.08

typedef struct {
    const char *name;
    FmPaletteKind kind;
    gsize n;
    guint32 anchors[MAX_ANCHORS]; /* 0xRRGGBB */
} Palette;

static const Palette PALETTES[] = {
    {"blues",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xeef4ff, 0xb9d4ff, 0x83b8ff, 0x3da0ff, 0x008ae7, 0x0076c6, 0x1c619f, 0x2a4a70, 0x28313f}},
    {"greens",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xe2fae7, 0x9be1ae, 0x63c885, 0x36af66, 0x169852, 0x148246, 0x206a3d, 0x265034, 0x263429}},
    {"oranges",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xfff1e2, 0xffc685, 0xfb9c2c, 0xe57f00, 0xcb6800, 0xb45400, 0x97430c, 0x6f371b, 0x412b21}},
    {"reds",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xfff0ec, 0xffc3b3, 0xff9680, 0xff6752, 0xf13d37, 0xd03231, 0xa6312e, 0x77302c, 0x442926}},
    {"purples",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xf9f1ff, 0xe7c5ff, 0xd3a0f9, 0xbb84e6, 0xa36fcd, 0x8b5eaf, 0x714f8c, 0x543f64, 0x352e3b}},
    {"teals",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xddf9fb, 0x89e0e7, 0x35c7d1, 0x00acb6, 0x00949d, 0x007e86, 0x00686f, 0x164f54, 0x233335}},
    {"greys",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xf3f3f3, 0xd1d1d1, 0xb4b4b4, 0x9a9a9a, 0x848484, 0x717171, 0x5d5d5d, 0x474747, 0x303030}},
    {"yellow-blue",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xf7f4da, 0xbcdc92, 0x67c877, 0x00b082, 0x00958b, 0x007e8a, 0x006681, 0x1a4c6e, 0x2b303f}},
    {"yellow-red",
     FM_PALETTE_SEQUENTIAL,
     9,
     {0xfaf4cd, 0xeccf60, 0xe3a900, 0xd58800, 0xc86a00, 0xbd4b00, 0xa3371a, 0x782f27, 0x452828}},
    {"viridis",
     FM_PALETTE_SEQUENTIAL,
     17,
     {0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
      0x1fa088, 0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725}},
    {"cividis",
     FM_PALETTE_SEQUENTIAL,
     17,
     {0x00224e, 0x002e6a, 0x1a386f, 0x32436d, 0x434e6c, 0x535a6d, 0x61656f, 0x6f7073, 0x7d7c78,
      0x8c8878, 0x9b9476, 0xaba072, 0xbcae6c, 0xcdbb63, 0xdec958, 0xf0d846, 0xfee838}},
    {"magma",
     FM_PALETTE_SEQUENTIAL,
     17,
     {0x000004, 0x0a0822, 0x1d1147, 0x36106b, 0x51127c, 0x6a1c81, 0x832681, 0x9c2e7f, 0xb73779,
      0xd0416f, 0xe75263, 0xf56b5c, 0xfc8961, 0xfea772, 0xfec488, 0xfde2a3, 0xfcfdbf}},
    {"inferno",
     FM_PALETTE_SEQUENTIAL,
     17,
     {0x000004, 0x0b0724, 0x210c4a, 0x3d0965, 0x57106e, 0x71196e, 0x8a226a, 0xa32c61, 0xbc3754,
      0xd24644, 0xe45a31, 0xf1731d, 0xf98e09, 0xfcac11, 0xf9cb35, 0xf2ea69, 0xfcffa4}},
    {"orange-blue",
     FM_PALETTE_DIVERGING,
     9,
     {0x683300, 0x9f5206, 0xba7b4a, 0xd6ad8f, 0xeeeeee, 0x9bb9e3, 0x4b90d5, 0x006eb2, 0x004675}},
    {"red-blue",
     FM_PALETTE_DIVERGING,
     9,
     {0x870015, 0xb63b37, 0xcc6f65, 0xe1a79f, 0xeeeeee, 0x9bb9e3, 0x4b90d5, 0x006eb2, 0x004675}},
    {"purple-green",
     FM_PALETTE_DIVERGING,
     9,
     {0x602688, 0x8a4db3, 0xa779c3, 0xc8acd8, 0xeeeeee, 0x92c19e, 0x459b63, 0x00783e, 0x004d25}},
    {"okabe-ito",
     FM_PALETTE_QUALITATIVE,
     8,
     {0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0xf0e442, 0x000000}},
    {"facilities", FM_PALETTE_QUALITATIVE, 4, {0xd55e00, 0x0072b2, 0xaa3377, 0x00866b}},
};

static const Palette *find(const char *name, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(PALETTES); i++) {
        if (strcmp(PALETTES[i].name, name) == 0) {
            return &PALETTES[i];
        }
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", PALETTES[i].name);
    }
    g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "there is no palette '%s'; there are %s", name,
                list->str);
    return NULL;
}

static FmColor anchor(const Palette *palette, gsize i)
{
    guint32 rgb = palette->anchors[i];

    return (FmColor){(rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0,
                     1};
}

/* The colour at t (0 … 1) along the anchors. */
static FmColor sample(const Palette *palette, double t)
{
    double place = t * (double)(palette->n - 1);
    gsize below = MIN((gsize)place, palette->n - 2);

    return fm__color_mix_lab(anchor(palette, below), anchor(palette, below + 1),
                             place - (double)below);
}

static double sequential_place(gsize i, gsize n)
{
    double fullness = MIN(1, (double)n / FULL_RANGE_CLASSES);
    double begin = SHORT_BEGIN * (1 - fullness), end = SHORT_END + (1 - SHORT_END) * fullness;

    return n == 1 ? SHORT_END : begin + (end - begin) * (double)i / (double)(n - 1);
}

const char *const *fm_palette_names(void)
{
    static const char *const NAMES[] = {
        "blues",        "greens",    "oranges",     "reds",        "purples",
        "teals",        "greys",     "yellow-blue", "yellow-red",  "viridis",
        "cividis",      "magma",     "inferno",     "orange-blue", "red-blue",
        "purple-green", "okabe-ito", "facilities",  NULL,
    };

    return NAMES;
}

gboolean fm_palette_colors(const char *name, gsize n, FmColor *colors, FmPaletteKind *kind,
                           GError **error)
{
    const Palette *palette = find(name, error);

    if (palette == NULL) {
        return FALSE;
    }
    gsize most = palette->kind == FM_PALETTE_QUALITATIVE ? palette->n : FM_CLASSES_MAX;
    if (n < 1 || n > most) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "palette '%s' has colours for 1 to %" G_GSIZE_FORMAT
                    " classes, not for %" G_GSIZE_FORMAT,
                    name, most, n);
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        switch (palette->kind) {
        case FM_PALETTE_SEQUENTIAL:
            colors[i] = sample(palette, sequential_place(i, n));
            break;
        case FM_PALETTE_DIVERGING:
            colors[i] = sample(palette, n == 1 ? 0.5 : (double)i / (double)(n - 1));
            break;
        case FM_PALETTE_QUALITATIVE:
            colors[i] = anchor(palette, i);
            break;
        }
    }
    if (kind != NULL) {
        *kind = palette->kind;
    }
    return TRUE;
}
