/* From a request to the places its text could take: shaped glyphs and the boxes that they cover. */
#ifndef FACMAP_RENDER_LABEL_SHAPE_H
#define FACMAP_RENDER_LABEL_SHAPE_H

#include "label-box.h"
#include "label.h"

/* A piece of text that turns as one: a whole block, or one character of a curved name. */
typedef struct {
    FmTextBlock *block; /* borrowed from the shaped text */
    FmPagePoint pivot;  /* the piece is turned about it */
    FmPagePoint offset; /* of its top left corner from the pivot, before turning */
    double angle_rad;
} FmLabelPiece;

/* The blocks of a request; pieces of all its candidates point into it.  Reference-counted. */
typedef struct FmShapedText FmShapedText;
FmShapedText *fm__shaped_text_ref(FmShapedText *shaped);
void fm__shaped_text_unref(FmShapedText *shaped);

/* One place that the text could take. */
typedef struct {
    FmAnchor anchor;
    GArray *pieces;         /* FmLabelPiece */
    GArray *boxes;          /* FmTurnedBox: what it covers, padding included */
    FmPageRect bounds;      /* of the text, without padding */
    FmPageRect ink, fitted; /* of the text and of the icon that is fitted to it */
    FmPagePoint position;
    double angle_deg;
    double cost;     /* 0 = the best place */
    gboolean priced; /* what it covers is in the cost */
    gboolean has_leader;
    FmPagePoint leader_from, leader_to; /* from the symbol to the text */
} FmLabelCandidate;

void fm__label_candidate_free(FmLabelCandidate *candidate);

/* One label to place: a point's, or one of the repeats along a line. */
typedef struct {
    gsize request;
    FmShapedText *shaped;
    gboolean blank;        /* there is no text to place */
    gboolean has_leaders;  /* those places are among the candidates */
    GPtrArray *candidates; /* FmLabelCandidate, best first; all inside the frame */
} FmLabelUnit;

/* Append the units of a request: one at least, without candidates when the text fits nowhere.
 * Places with a leader come later, where they are needed (label-leader.h), but for those of a
 * request that has no others. */
void fm__label_shape(FmTextContext *context, const FmLabelRequest *request, gsize index,
                     FmPageRect frame, GArray *units);
void fm__label_unit_clear(FmLabelUnit *unit);

/* May the name stand anywhere in its area?  Not with an icon, beside which it belongs. */
gboolean fm__label_roams(const FmLabelRequest *request);
/* A place beside an area's pole comes after all inside. */
#define FM_AREA_COST 3.0

/* Is there a place where the request's text lies wholly inside its area? */
gboolean fm__label_fits(FmTextContext *context, const FmLabelRequest *request);

#endif
