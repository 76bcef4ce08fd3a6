/* The five ways in which PNG can write a row, and which one to choose. */
#ifndef FACMAP_RENDER_PNG_FILTER_H
#define FACMAP_RENDER_PNG_FILTER_H

#include <glib.h>

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

/* The filter that compresses a block of rows best, judged by a few of them.
 * rows: n_rows packed rows of n_bytes, one after the other, n_rows >= 1 */
FmPngFilter fm__png_filter_choose(const guint8 *rows, gsize n_rows, gsize n_bytes, gsize pixel);

#endif
