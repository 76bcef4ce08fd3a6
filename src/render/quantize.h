/* Few colours for a picture of many: what a PNG with a palette needs. */
#ifndef FACMAP_RENDER_QUANTIZE_H
#define FACMAP_RENDER_QUANTIZE_H

#include <glib.h>

#define FM_PALETTE_MAX 256

/* How often each colour occurs: exactly while there are few, else in cells of 4 × 4 × 4. */
typedef struct FmHistogram FmHistogram;

FmHistogram *fm__histogram_new(void);
void fm__histogram_free(FmHistogram *histogram);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmHistogram, fm__histogram_free)

/* pixels: 0x00RRGGBB in machine order, rows `stride` bytes apart */
void fm__histogram_add(FmHistogram *histogram, const guint8 *pixels, gsize stride, int width,
                       int n_rows);

typedef struct {
    guint32 colors[FM_PALETTE_MAX]; /* 0x00RRGGBB, ascending */
    gsize n;
    guint32
        keys[4 * FM_PALETTE_MAX]; /* of colours that are met exactly, by hash; key + 1, 0 = none */
    guint8 values[4 * FM_PALETTE_MAX];
    guint8 *cells; /* index of each cell of colours; NULL when all are met exactly */
} FmPalette;

/* The best `n_max` colours, 2 … FM_PALETTE_MAX: the picture's own when it has no more.  No
 * dithering: it would cost the compression what the palette saves, and grain has no place on a map.
 * Returns transfer full. */
FmPalette *fm__palette_new(const FmHistogram *histogram, gsize n_max);
void fm__palette_free(FmPalette *palette);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPalette, fm__palette_free)

/* Index of the colour nearest to a pixel's, an FmPngIndexFunc.
 * user: FmPalette */
guint8 fm__palette_index(guint32 pixel, const void *user);

#endif
