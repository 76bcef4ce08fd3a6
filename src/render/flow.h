/* Flow lines: bent so that there and back lie beside each other, wide where they begin. */
#ifndef FACMAP_RENDER_FLOW_H
#define FACMAP_RENDER_FLOW_H

#include "shape.h"

#include <facmap/theme.h>

/* The arc from where a line begins to where it ends, whatever way the line takes, or has no paths
 * when it keeps off `clip`.  Not cut, so that it keeps its ends.
 * Returns NULL with FM_ERROR_CRS. */
FmShape *fm__flow_shape(const FmFrame *frame, const FmGeometry *line, double curve_ratio,
                        const FmPageRect *clip, GError **error);

/* Draw a flow that is `width_px` wide where it begins. */
void fm__flow_draw(cairo_t *cr, const FmShape *shape, const FmFlow *flow, double width_px,
                   FmColor color, double opacity);

#endif
