/* See blend.h.  Blend modes as in W3C Compositing and Blending Level 1, which cairo has under the
 * same names. */
#include "blend.h"

#include "svg-text.h"

#include <string.h>

static void set_mode(FmBlend *blend, const char *name)
{
    static const struct {
        const char *name;
        cairo_operator_t mode;
    } modes[] = {
        {"multiply", CAIRO_OPERATOR_MULTIPLY},
        {"color", CAIRO_OPERATOR_HSL_COLOR},
        {"luminosity", CAIRO_OPERATOR_HSL_LUMINOSITY},
        {"plus-lighter", CAIRO_OPERATOR_ADD},
        {"screen", CAIRO_OPERATOR_SCREEN},
        {"overlay", CAIRO_OPERATOR_OVERLAY},
    };
    for (gsize i = 0; name && i < G_N_ELEMENTS(modes); i++)
        if (strcmp(name, modes[i].name) == 0) {
            blend->name = modes[i].name;
            blend->mode = modes[i].mode;
        }
}

FmBlend fm__blend_begin(cairo_t *cr, const FmStyleLayer *layer, double zoom)
{
    const FmStyleContext context = {NULL, 0, zoom, NULL};
    FmStyleProperty mode = FM_N_PROPS, opacity = FM_N_PROPS;
    switch (fm_style_layer_type(layer)) {
    case FM_STYLE_FILL:
        mode = FM_PROP_FILL_LAYER_BLEND;
        opacity = FM_PROP_FILL_LAYER_OPACITY;
        break;
    case FM_STYLE_LINE:
        mode = FM_PROP_LINE_LAYER_BLEND;
        opacity = FM_PROP_LINE_LAYER_OPACITY;
        break;
    case FM_STYLE_RASTER:
        mode = FM_PROP_RASTER_LAYER_BLEND;
        break;
    default:
        break;
    }
    FmBlend blend = {FALSE, 1, NULL, CAIRO_OPERATOR_OVER};
    if (opacity < FM_N_PROPS)
        blend.opacity = fm_style_layer_number(layer, opacity, &context);
    if (mode < FM_N_PROPS) {
        g_autofree char *name = fm_style_layer_string(layer, mode, &context);
        set_mode(&blend, name);
    }
    blend.grouped = blend.opacity < 1 || blend.mode != CAIRO_OPERATOR_OVER;
    if (blend.grouped)
        cairo_push_group(cr);
    return blend;
}

void fm__blend_end(cairo_t *cr, const FmBlend *blend)
{
    if (!blend->grouped)
        return;
    cairo_pop_group_to_source(cr);
    if (blend->name && fm__svg_text_active(cr)) {
        fm__svg_text_paint_blended(cr, blend->name, blend->opacity);
        return;
    }
    cairo_set_operator(cr, blend->mode);
    cairo_paint_with_alpha(cr, blend->opacity);
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}
