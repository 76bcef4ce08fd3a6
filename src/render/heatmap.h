/* Heatmap layers: the density of points as a colour. */
#ifndef FACMAP_RENDER_HEATMAP_H
#define FACMAP_RENDER_HEATMAP_H

#include "draw.h"
#include "layers.h"

/* Draw a heatmap layer over the clip of brush->cr.
 * Returns FALSE with FM_ERROR_LIMIT. */
gboolean fm__heatmap_draw(const FmBrush *brush, const FmStyleLayer *style_layer,
                          const FmMapLayer *layer, double zoom, GError **error);

/* How far outside the frame a point may lie and still warm it, over all heatmaps of the style; 0
 * without any. */
double fm__heatmap_reach_px(const FmStyle *style, const FmMapLayers *layers, double zoom);

#endif
