/* Names along lines, and the constructors that they share with point labels. */
#ifndef FACMAP_RENDER_LABEL_LINE_H
#define FACMAP_RENDER_LABEL_LINE_H

#include "label-shape.h"

/* As fm__label_shape, for requests along a path: one unit a repeat. */
void fm__label_shape_line(FmTextContext *context, const FmLabelRequest *request, gsize index,
                          FmPageRect frame, GArray *units);

FmShapedText *fm__shaped_text_new(void);
/* Takes the block; returns it, borrowed. */
FmTextBlock *fm__shaped_text_add(FmShapedText *shaped, FmTextBlock *block);
FmLabelCandidate *fm__label_candidate_new(void);
/* Compute the bounds from the boxes, whose padding is no part of them.  Returns whether the text
 * and its padding are inside the frame. */
gboolean fm__label_candidate_bound(FmLabelCandidate *candidate, double padding_px,
                                   FmPageRect frame);
/* Takes `shaped`. */
FmLabelUnit fm__label_unit_new(gsize request, FmShapedText *shaped);

#endif
