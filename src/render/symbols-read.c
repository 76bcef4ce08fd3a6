/* What a symbol layer says of one feature: every value of the style that a label needs is read
 * here, once, so that the label engine knows neither styles nor tables. */
#include "symbols-internal.h"

/* By the specification's names, in the order of FmAnchor. */
static const char *const anchor_names[] = {"center",       "left",     "right",     "top",
                                           "bottom",       "top-left", "top-right", "bottom-left",
                                           "bottom-right", NULL};

static FmAnchor parse_anchor(const char *name)
{
    for (int i = 0; anchor_names[i]; i++)
        if (g_strcmp0(anchor_names[i], name) == 0)
            return (FmAnchor)i;
    return FM_ANCHOR_CENTER;
}

static FmJustify parse_justify(const char *name)
{
    return g_strcmp0(name, "left") == 0    ? FM_JUSTIFY_LEFT
           : g_strcmp0(name, "right") == 0 ? FM_JUSTIFY_RIGHT
           : g_strcmp0(name, "auto") == 0  ? FM_JUSTIFY_AUTO
                                           : FM_JUSTIFY_CENTER;
}

FmLabelKind fm__symbol_read_kind(const FmStyleLayer *layer, const FmStyleContext *context)
{
    g_autofree char *name = fm_style_layer_string(layer, FM_PROP_SYMBOL_PLACEMENT, context);
    return g_strcmp0(name, "line") == 0          ? FM_LABEL_LINE
           : g_strcmp0(name, "line-center") == 0 ? FM_LABEL_LINE_CENTER
                                                 : FM_LABEL_POINT;
}

static void read_text_style(const FmStyleLayer *layer, const FmStyleContext *context,
                            FmLabelRequest *request, FmSymbolData *data)
{
    FmTextStyle *style = &request->style;
    double opacity = fm_style_layer_number(layer, FM_PROP_TEXT_OPACITY, context);
    data->fonts = fm_style_layer_strings(layer, FM_PROP_TEXT_FONT, context);
    style->fonts = (const char *const *)data->fonts;
    style->size_px = fm_style_layer_number(layer, FM_PROP_TEXT_SIZE, context);
    style->letter_spacing_em = fm_style_layer_number(layer, FM_PROP_TEXT_LETTER_SPACING, context);
    style->line_height_em = fm_style_layer_number(layer, FM_PROP_TEXT_LINE_HEIGHT, context);
    style->max_width_px =
        fm_style_layer_number(layer, FM_PROP_TEXT_MAX_WIDTH, context) * style->size_px;
    g_autofree char *justify = fm_style_layer_string(layer, FM_PROP_TEXT_JUSTIFY, context);
    style->justify = parse_justify(justify);
    style->color = fm_style_layer_color(layer, FM_PROP_TEXT_COLOR, context);
    style->color.a *= opacity;
    style->halo_color = fm_style_layer_color(layer, FM_PROP_TEXT_HALO_COLOR, context);
    style->halo_color.a *= opacity;
    style->halo_width_px = fm_style_layer_number(layer, FM_PROP_TEXT_HALO_WIDTH, context);
    style->halo_blur_px = fm_style_layer_number(layer, FM_PROP_TEXT_HALO_BLUR, context);
}

static void read_text_place(const FmStyleLayer *layer, const FmStyleContext *context,
                            FmLabelRequest *request)
{
    double em = request->style.size_px;
    g_auto(GStrv) variable = fm_style_layer_strings(layer, FM_PROP_TEXT_VARIABLE_ANCHOR, context);
    for (gsize i = 0; variable[i] && request->n_anchors < FM_N_ANCHORS; i++)
        request->anchors[request->n_anchors++] = parse_anchor(variable[i]);
    if (request->n_anchors == 0) {
        g_autofree char *anchor = fm_style_layer_string(layer, FM_PROP_TEXT_ANCHOR, context);
        request->anchors[request->n_anchors++] = parse_anchor(anchor);
    }
    request->radial_offset_px =
        em * fm_style_layer_number(layer, FM_PROP_TEXT_RADIAL_OFFSET, context);
    double offset[2] = {0, 0};
    fm_style_layer_numbers(layer, FM_PROP_TEXT_OFFSET, context, offset, 2);
    if (request->radial_offset_px == 0) {
        request->offset_x_px = offset[0] * em;
        request->offset_y_px = offset[1] * em;
    }
    request->rotate_deg = fm_style_layer_number(layer, FM_PROP_TEXT_ROTATE, context);
    request->leader_px = em * fm_page_layer_leader_em(layer);
    request->padding_px = fm_style_layer_number(layer, FM_PROP_TEXT_PADDING, context);
    request->max_angle_deg = fm_style_layer_number(layer, FM_PROP_TEXT_MAX_ANGLE, context);
    request->keep_upright = fm_style_layer_boolean(layer, FM_PROP_TEXT_KEEP_UPRIGHT, context);
    request->text_allow_overlap =
        fm_style_layer_boolean(layer, FM_PROP_TEXT_ALLOW_OVERLAP, context);
    request->text_ignore_placement =
        fm_style_layer_boolean(layer, FM_PROP_TEXT_IGNORE_PLACEMENT, context);
    request->text_optional = fm_style_layer_boolean(layer, FM_PROP_TEXT_OPTIONAL, context);
}

void fm__symbol_read_text(const FmStyleLayer *layer, const FmStyleContext *context,
                          FmLabelRequest *request, FmSymbolData *data)
{
    request->sort_key = fm_style_layer_number(layer, FM_PROP_SYMBOL_SORT_KEY, context);
    read_text_style(layer, context, request, data);
    read_text_place(layer, context, request);
}

void fm__symbol_read_icon(const FmStyleLayer *layer, const FmStyleContext *context,
                          const FmIconLook *look, FmLabelRequest *request)
{
    request->has_icon = TRUE;
    request->icon = (FmPageRect){request->anchor.x_px + look->offset_x_px - look->width_px / 2,
                                 request->anchor.y_px + look->offset_y_px - look->height_px / 2,
                                 look->width_px, look->height_px};
    request->icon_allow_overlap =
        fm_style_layer_boolean(layer, FM_PROP_ICON_ALLOW_OVERLAP, context);
    request->icon_ignore_placement =
        fm_style_layer_boolean(layer, FM_PROP_ICON_IGNORE_PLACEMENT, context);
    request->icon_optional = fm_style_layer_boolean(layer, FM_PROP_ICON_OPTIONAL, context);
}
