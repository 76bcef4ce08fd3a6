/* Chinese set from top to bottom. */
#ifndef FACMAP_RENDER_LABEL_VERTICAL_H
#define FACMAP_RENDER_LABEL_VERTICAL_H

#include "label-candidate.h"

/* Has the request's text characters that stand upright in a column? */
gboolean fm__label_has_han(const FmLabelRequest *request);

/* Add the places of a request's text in columns, at each of its anchors.
 * cost: of the first of them */
void fm__label_shape_vertical(FmTextContext *context, const FmLabelRequest *request,
                              FmPageRect frame, double cost, FmLabelUnit *unit);

#endif
