/* The look of an icon, read from the style and drawn: halo first, then the icon. */
#include "icon-look.h"

#include <string.h>

void fm__icon_look_clear(FmIconLook *look)
{
    g_clear_pointer(&look->name, g_free);
}

/* Where the icon's centre lies from its anchor, in halves of its size. */
static void anchor_direction(const char *anchor, double *dx, double *dy)
{
    *dx = strstr(anchor, "left") ? 1 : strstr(anchor, "right") ? -1 : 0;
    *dy = strstr(anchor, "top") ? 1 : strstr(anchor, "bottom") ? -1 : 0;
}

gboolean fm__icon_look_init(FmIconLook *look, FmIconSet *icons, const FmStyleLayer *layer,
                            const FmStyleContext *context, GError **error)
{
    *look = (FmIconLook){0};
    g_autofree char *name = fm_style_layer_string(layer, FM_PROP_ICON_IMAGE, context);
    if (!name)
        return TRUE;
    double width = 0, height = 0;
    if (!fm__icon_set_measure(icons, name, &width, &height, error)) {
        g_prefix_error(error, "layer '%s': ", fm_style_layer_id(layer));
        return FALSE;
    }
    double size = fm_style_layer_number(layer, FM_PROP_ICON_SIZE, context);
    look->width_px = width * size;
    look->height_px = height * size;
    look->rotate_deg = fm_style_layer_number(layer, FM_PROP_ICON_ROTATE, context);
    look->opacity = fm_style_layer_number(layer, FM_PROP_ICON_OPACITY, context);
    look->has_color = fm_style_layer_has(layer, FM_PROP_ICON_COLOR);
    if (look->has_color)
        look->color = fm_style_layer_color(layer, FM_PROP_ICON_COLOR, context);
    look->halo_color = fm_style_layer_color(layer, FM_PROP_ICON_HALO_COLOR, context);
    look->halo_color.a *= look->opacity;
    look->halo_width_px = fm_style_layer_number(layer, FM_PROP_ICON_HALO_WIDTH, context);
    look->halo_blur_px = fm_style_layer_number(layer, FM_PROP_ICON_HALO_BLUR, context);
    double offset[2] = {0, 0}, dx = 0, dy = 0;
    fm_style_layer_numbers(layer, FM_PROP_ICON_OFFSET, context, offset, 2);
    g_autofree char *anchor = fm_style_layer_string(layer, FM_PROP_ICON_ANCHOR, context);
    anchor_direction(anchor ? anchor : "center", &dx, &dy);
    look->offset_x_px = dx * look->width_px / 2 + offset[0] * size;
    look->offset_y_px = dy * look->height_px / 2 + offset[1] * size;
    look->name = g_steal_pointer(&name);
    return TRUE;
}

gboolean fm__icon_look_draw(const FmIconLook *look, FmIconSet *icons, cairo_t *cr, FmPageRect box,
                            GError **error)
{
    const FmColor *color = look->has_color ? &look->color : NULL;
    if (look->halo_color.a > 0 && look->halo_width_px > 0) {
        FmColor soft = look->halo_color;
        soft.a /= 2;
        if (look->halo_blur_px > 0 &&
            !fm__icon_set_draw_halo(icons, cr, look->name, box, look->rotate_deg, &soft,
                                    look->halo_width_px + look->halo_blur_px, error))
            return FALSE;
        if (!fm__icon_set_draw_halo(icons, cr, look->name, box, look->rotate_deg, &look->halo_color,
                                    look->halo_width_px, error))
            return FALSE;
    }
    return fm__icon_set_draw(icons, cr, look->name, box, look->rotate_deg, look->opacity, color,
                             error);
}
