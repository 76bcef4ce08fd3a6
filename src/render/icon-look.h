/* How a symbol layer shows one feature's icon. */
#ifndef FACMAP_RENDER_ICON_LOOK_H
#define FACMAP_RENDER_ICON_LOOK_H

#include "icon.h"

/* What a symbol layer says of a feature's icon. */
typedef struct {
    char *name;                 /* NULL = no icon */
    double width_px, height_px; /* with icon-size */
    double rotate_deg, opacity;
    gboolean has_color;
    FmColor color;
    FmColor halo_color; /* a == 0: none */
    double halo_width_px, halo_blur_px;
    double offset_x_px, offset_y_px; /* of the icon's centre from the anchor */
} FmIconLook;

void fm__icon_look_clear(FmIconLook *look);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmIconLook, fm__icon_look_clear)

/* Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE, the layer named. */
gboolean fm__icon_look_init(FmIconLook *look, FmIconSet *icons, const FmStyleLayer *layer,
                            const FmStyleContext *context, GError **error);

/* Draw it into a box, turned about the box's middle.  Returns FALSE as fm__icon_set_draw. */
gboolean fm__icon_look_draw(const FmIconLook *look, FmIconSet *icons, cairo_t *cr, FmPageRect box,
                            GError **error);

#endif
