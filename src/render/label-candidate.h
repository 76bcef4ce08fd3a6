/* Making candidates: shaped blocks that they share, and the box that a block covers. */
#ifndef FACMAP_RENDER_LABEL_CANDIDATE_H
#define FACMAP_RENDER_LABEL_CANDIDATE_H

#include "label-shape.h"

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

/* For each anchor: which point of the text it is (share of width and height from the top left), and
 * where the text lies from it. */
typedef struct {
    double share_x, share_y, towards_x, towards_y;
} FmAnchorSide;

extern const FmAnchorSide fm__anchor_sides[FM_N_ANCHORS];

/* The blocks of a point's text by how they are set: shaped once, then only moved. */
typedef struct {
    FmTextBlock *first, *by_justify[FM_JUSTIFY_AUTO + 1];
} FmPointBlocks;

/* The block for text at an anchor; `shaped` owns it. */
FmTextBlock *fm__point_block(FmTextContext *context, const FmLabelRequest *request, FmAnchor anchor,
                             FmPointBlocks *blocks, FmShapedText *shaped);
/* Where the i-th anchor of the request lies, without a leader. */
FmPagePoint fm__anchor_point(const FmLabelRequest *request, gsize i);
/* A box of that size with its anchor at a point, moved by the request's offset. */
FmPageRect fm__anchored_rect(const FmLabelRequest *request, FmPagePoint at, FmAnchor anchor,
                             double width_px, double height_px);
/* Add what the text covers, with the icon that is fitted to it.
 * ink, block: of the glyphs and of the lines; pivot: both are turned about it */
void fm__label_candidate_cover(FmLabelCandidate *candidate, const FmLabelRequest *request,
                               FmPageRect ink, FmPageRect block, FmPagePoint pivot);
/* The block with its anchor at a point, moved by the request's offset.  One box as high as the
 * glyphs: what two names leave free between their lines is no place for a third. */
FmLabelCandidate *fm__point_candidate(const FmLabelRequest *request, FmPagePoint at,
                                      FmAnchor anchor, FmTextBlock *block);
/* Take a candidate that is inside the frame.  Returns it, or NULL when it was dropped. */
FmLabelCandidate *fm__label_unit_keep(FmLabelUnit *unit, const FmLabelRequest *request,
                                      FmPageRect frame, FmLabelCandidate *candidate);

#endif
