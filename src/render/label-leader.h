/* Names farther off from their symbols, with a thin line to them: the last resort. */
#ifndef FACMAP_RENDER_LABEL_LEADER_H
#define FACMAP_RENDER_LABEL_LEADER_H

#include "label-shape.h"

/* Add the places with a leader that the request allows to its unit; once. */
void fm__label_shape_leaders(FmTextContext *context, const FmLabelRequest *request,
                             FmPageRect frame, FmLabelUnit *unit);
/* Price of the first such place: all beside the symbol or inside the area go before it. */
double fm__label_leader_cost(const FmLabelRequest *request);

#endif
