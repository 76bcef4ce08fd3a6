/* Drawing: one style layer with one shape at a time, so that the map and the legend share it. */
#ifndef FACMAP_RENDER_DRAW_H
#define FACMAP_RENDER_DRAW_H

#include "icon-look.h"
#include "shape.h"

#include <cairo.h>
#include <facmap/style.h>

/* What drawing needs beside the layer and the shape. */
typedef struct {
    cairo_t *cr; /* in CSS px */
    FmIconSet *icons;
    double device_scale;
    gboolean textless; /* symbols without their names */
} FmBrush;

/* Fill, line and circle layers; nothing for the others.
 * context: the feature and the zoom
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (a pattern's icon). */
gboolean fm__draw_shape(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                        const FmStyleContext *context, GError **error);

/* The stroke that a line layer or circle layer gives this feature, both sides of its gap included,
 * for obstacles and legends. */
double fm__draw_line_width_px(const FmStyleLayer *layer, const FmStyleContext *context);
/* Of a circle with its stroke, which lies outside. */
double fm__draw_circle_radius_px(const FmStyleLayer *layer, const FmStyleContext *context);

/* Set a colour times an opacity as cairo's source. */
void fm__set_source(cairo_t *cr, FmColor color, double opacity);

#endif
