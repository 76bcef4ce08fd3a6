/* How much of each pixel a set of polygons covers, for one band of rows.
 *
 * Signed areas are summed in whole numbers, so that the division into bands does not change a bit.
 * Polygons of one sense (all clockwise, or all not) that overlap count once, but for pixels on the
 * edge of two, where their shares add up to at most one. */
#ifndef FACMAP_RENDER_COVERAGE_H
#define FACMAP_RENDER_COVERAGE_H

#include <facmap/style.h>

/* Parts of a pixel in each direction. */
#define FM_SUBPIXELS 256

typedef struct {
    gint32 x, y; /* device pixels times FM_SUBPIXELS */
} FmSubpixel;

/* A box of device pixels times FM_SUBPIXELS: what may be painted. */
typedef struct {
    gint32 left, top, right, bottom;
} FmSubpixelBox;

typedef struct {
    int width, top, n_rows;
    gint32 *sums;            /* n_rows × (width + 2), all zero between paintings */
    int *first, *last;       /* columns of each row that are not zero, or first > last */
    int first_row, last_row; /* of the band, likewise */
} FmCoverage;

/* width: of the picture; n_rows: at most, of a band. */
void fm__coverage_init(FmCoverage *coverage, int width, int n_rows);
void fm__coverage_clear(FmCoverage *coverage);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmCoverage, fm__coverage_clear)

/* The band begins at this row of the picture; nothing may be left unpainted. */
void fm__coverage_move(FmCoverage *coverage, int top);

/* Add a closed polygon (first point not repeated), as far as it lies in the band. */
void fm__coverage_add(FmCoverage *coverage, const FmSubpixel *points, gsize n);

/* What covered pixels are painted with. */
typedef struct {
    guint32 source;  /* 0x00RRGGBB */
    gint32 strength; /* of a pixel that is covered wholly, 0 … FM_SUBPIXELS */
} FmInk;

FmInk fm__coverage_ink(FmColor color, double opacity);

/* Paint what was added, and forget it.
 * pixels: the picture's first row, 0x00RRGGBB in machine order, rows `stride` bytes apart */
void fm__coverage_paint(FmCoverage *coverage, guint8 *pixels, gsize stride,
                        const FmSubpixelBox *clip, FmInk ink);

#endif
