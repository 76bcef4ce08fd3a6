/* Drawing: one style layer with one shape at a time, so that the map and the legend share it. */
#ifndef FACMAP_RENDER_DRAW_H
#define FACMAP_RENDER_DRAW_H

#include "icon.h"
#include "shape.h"

#include <cairo.h>
#include <facmap/style.h>

/* What drawing needs beside the layer and the shape. */
typedef struct {
    cairo_t *cr; /* in CSS px */
    FmIconSet *icons;
    double device_scale;
} FmBrush;

/* Fill, line and circle layers; nothing for the others.
 * context: the feature and the zoom
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (a pattern's icon). */
gboolean fm__draw_shape(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                        const FmStyleContext *context, GError **error);

/* The stroke that a line layer or circle layer gives this feature, both sides of its gap included,
 * for obstacles and legends. */
double fm__draw_line_width_px(const FmStyleLayer *layer, const FmStyleContext *context);

/* What a symbol layer says of a feature's icon. */
typedef struct {
    char *name;                 /* NULL = no icon */
    double width_px, height_px; /* with icon-size */
    double rotate_deg, opacity;
    gboolean has_color;
    FmColor color;
    double offset_x_px, offset_y_px; /* of the icon's centre from the anchor */
} FmIconLook;

void fm__icon_look_clear(FmIconLook *look);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmIconLook, fm__icon_look_clear)

/* Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE, the layer named. */
gboolean fm__icon_look_init(FmIconLook *look, FmIconSet *icons, const FmStyleLayer *layer,
                            const FmStyleContext *context, GError **error);

/* Set a colour times an opacity as cairo's source. */
void fm__set_source(cairo_t *cr, FmColor color, double opacity);

#endif
