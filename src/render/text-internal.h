/* What the label engine needs of text.c beside text.h: halo and glyphs drawn apart, so that the halo
 * of one glyph of a curved name never covers its neighbour. */
#ifndef FACMAP_RENDER_TEXT_INTERNAL_H
#define FACMAP_RENDER_TEXT_INTERNAL_H

#include "text.h"

/* Only the halo, or only the glyphs, of a block with its top left corner at x, y. */
void fm__text_block_draw_halo(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px);
void fm__text_block_draw_glyphs(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px);

/* Boxes of the lines of a block, relative to its top left corner: tighter than the whole for labels
 * with lines of different length.  Borrowed; @param[out] n how many. */
const FmPageRect *fm__text_block_lines(const FmTextBlock *block, gsize *n);

#endif
