/* What stands on the page already and does not move: which of it a label would cover. */
#ifndef FACMAP_RENDER_LABEL_OBSTACLE_H
#define FACMAP_RENDER_LABEL_OBSTACLE_H

#include "label-box.h"
#include "label.h"

typedef struct FmObstacleSet FmObstacleSet;

/* The obstacles are borrowed; those outside the frame are in nobody's way. */
FmObstacleSet *fm__obstacle_set_new(const FmLabelObstacle *obstacles, gsize n, FmPageRect frame);
void fm__obstacle_set_free(FmObstacleSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmObstacleSet, fm__obstacle_set_free)

/* Sum of the weights of the obstacles that the boxes cover, each counted once; INFINITY when one of
 * them must not be covered. */
double fm__obstacle_set_weight(FmObstacleSet *set, const FmTurnedBox *boxes, gsize n);

/* The same for the boxes of a name, which are `padding_px` larger than what is drawn.  What the
 * point that is named, `own`, lies in is its symbol: the offset says how far off the name stands,
 * so the padding does not count there. */
double fm__obstacle_set_weight_of_name(FmObstacleSet *set, const FmTurnedBox *boxes, gsize n,
                                       FmPagePoint own, double padding_px);

#endif
