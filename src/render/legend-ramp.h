/* Legend samples of layers that are pictures: the scale of a heatmap or of a raster of one value, a
 * piece of a raster of colours. */
#ifndef FACMAP_RENDER_LEGEND_RAMP_H
#define FACMAP_RENDER_LEGEND_RAMP_H

#include "furniture.h"

/* Is the layer one of them? */
gboolean fm__legend_is_picture(const FmStyleLayer *layer);

/* Does one of the page's maps show a part of the raster layer? */
gboolean fm__legend_sees_raster(const FmFurniture *f, const FmStyleLayer *layer);

/* The sample of `layer` at (x, y), with what its ends mean.  Returns its height. */
double fm__legend_ramp_draw(FmFurniture *f, const FmStyleLayer *layer, double x_px, double y_px,
                            double width_px);

#endif
