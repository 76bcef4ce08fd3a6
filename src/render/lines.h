/* The features of a line layer all at once, on pixels: what roads need, by the hundred thousand. */
#ifndef FACMAP_RENDER_LINES_H
#define FACMAP_RENDER_LINES_H

#include "draw.h"

/* Draw `rows` (gsize) of a table, whose shapes are one a row, by a line layer in bands of rows of
 * pixels, in parallel.
 * brush: on an image surface; anything else is not drawn
 * clip:  what of the page may be painted; cairo's own clip is not looked at, for it does not tell
 *        boxes that begin within a pixel
 * @param[out] drawn FALSE when the layer needs more than plain strokes (dashes, gaps, blur,
 *                   offsets) or the surface is of another kind: draw it otherwise then
 * Returns FALSE with FM_ERROR_CANCELLED. */
gboolean fm__lines_draw(const FmBrush *brush, const FmStyleLayer *style_layer, const FmTable *table,
                        FmShape *const *shapes, const GArray *rows, const FmPageRect *clip,
                        double zoom, guint n_threads, gboolean *drawn, GError **error);

#endif
