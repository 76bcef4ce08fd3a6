/* Where inside an area its name could stand. */
#ifndef FACMAP_RENDER_LABEL_AREA_H
#define FACMAP_RENDER_LABEL_AREA_H

#include "label.h"

/* The middle of a text inside an area. */
typedef struct {
    FmPagePoint at;
    double depth_px; /* from the outline */
    gboolean inside; /* the whole text is */
    double cost;     /* 0 = the deepest place, below 1 inside, below 2 across the outline */
} FmAreaPlace;

/* Places for a text of this size in the visible part of the request's area, the best first.  The
 * request's anchor is the area's pole.
 * Returns GArray of FmAreaPlace, transfer full; empty when nothing of the area is seen. */
GArray *fm__label_area_places(const FmLabelRequest *request, double width_px, double height_px);

#endif
