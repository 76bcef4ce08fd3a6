/* What a placed label keeps to be drawn: see fm__label_draw in label.h. */
#ifndef FACMAP_RENDER_LABEL_DRAW_H
#define FACMAP_RENDER_LABEL_DRAW_H

#include "label-shape.h"

/* For FmLabelPlaced.glyphs. */
void *fm__label_glyphs_new(const FmLabelRequest *request, const FmLabelUnit *unit,
                           const FmLabelCandidate *candidate);
void fm__label_glyphs_free(void *glyphs);

/* Where the text's ink is: FmTurnedBox, one a block of lines or a glyph along a path.  Transfer
 * full. */
GArray *fm__label_boxes(const FmLabelPlaced *placed);

#endif
