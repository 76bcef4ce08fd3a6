/* The five ways in which PNG can write a row, and which one to choose. */
#ifndef FACMAP_RENDER_PNG_FILTER_H
#define FACMAP_RENDER_PNG_FILTER_H

#include "deflate.h"

/* As numbered by the PNG specification. */
typedef enum {
    FM_PNG_NONE,
    FM_PNG_SUB,
    FM_PNG_UP,
    FM_PNG_AVERAGE,
    FM_PNG_PAETH,
} FmPngFilter;

/* Write one row: the filter's number, then n_bytes.
 * row, above: packed pixels; `above` is all zero for the first row
 * pixel:      bytes a pixel */
void fm__png_filter_row(FmPngFilter filter, const guint8 *row, const guint8 *above, gsize n_bytes,
                        gsize pixel, guint8 *out);

/* The filter that compresses a block of n_rows best is chosen by a few rows in its middle: n of
 * them from row `first` on.  Returns n, at least 1. */
gsize fm__png_filter_sample(gsize n_rows, gsize *first);

/* judge: of level 1
 * rows:  the row above the sample, all zero at the block's first row, and its n rows, packed, of
 *        n_bytes each */
FmPngFilter fm__png_filter_choose(FmDeflater *judge, const guint8 *rows, gsize n, gsize n_bytes,
                                  gsize pixel);

#endif
