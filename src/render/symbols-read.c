/* What a symbol layer says of one feature: every value of the style that a label needs is read
 * here, once, so that the label engine knows neither styles nor tables. */
#include "symbols-internal.h"

#include <math.h>
#include <string.h>

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
    style->images.opacity = opacity;
    style->images.has_color = fm_style_layer_has(layer, FM_PROP_ICON_COLOR);
    if (style->images.has_color)
        style->images.color = fm_style_layer_color(layer, FM_PROP_ICON_COLOR, context);
}

/* `…-overlap` says what `…-allow-overlap` said before it, and more. */
static void read_overlap(const FmStyleLayer *layer, const FmStyleContext *context,
                         FmStyleProperty overlap, FmStyleProperty allow, gboolean *always,
                         gboolean *cooperative)
{
    *always = fm_style_layer_boolean(layer, allow, context);
    g_autofree char *word = fm_style_layer_string(layer, overlap, context);
    if (word) {
        *always = strcmp(word, "always") == 0;
        *cooperative = strcmp(word, "cooperative") == 0;
    }
}

/* With several anchors the sign of text-offset is theirs. */
static FmPagePoint offset_at(FmAnchor anchor, const double offset_px[2])
{
    const char *name = anchor_names[anchor];
    double x = fabs(offset_px[0]), y = fabs(offset_px[1]);
    return (FmPagePoint){strstr(name, "left")    ? x
                         : strstr(name, "right") ? -x
                                                 : 0,
                         strstr(name, "top")      ? y
                         : strstr(name, "bottom") ? -y
                                                  : 0};
}

static void read_variable_anchors(const FmStyleLayer *layer, const FmStyleContext *context,
                                  const double offset_px[2], FmLabelRequest *request)
{
    FmAnchorOffset places[FM_N_ANCHORS];
    gsize n = fm_style_layer_anchor_offsets(layer, FM_PROP_TEXT_VARIABLE_ANCHOR_OFFSET, context,
                                            places, FM_N_ANCHORS);
    for (gsize i = 0; i < n; i++) {
        request->anchors[i] = parse_anchor(places[i].anchor);
        request->anchor_offsets[i] = (FmPagePoint){places[i].offset_em[0] * request->style.size_px,
                                                   places[i].offset_em[1] * request->style.size_px};
    }
    request->n_anchors = n;
    if (n > 0) {
        request->radial_offset_px = 0;
        return;
    }
    g_auto(GStrv) variable = fm_style_layer_strings(layer, FM_PROP_TEXT_VARIABLE_ANCHOR, context);
    for (gsize i = 0; variable[i] && i < FM_N_ANCHORS; i++) {
        request->anchors[i] = parse_anchor(variable[i]);
        if (request->radial_offset_px == 0)
            request->anchor_offsets[i] = offset_at(request->anchors[i], offset_px);
        request->n_anchors++;
    }
}

static void read_anchors(const FmStyleLayer *layer, const FmStyleContext *context,
                         FmLabelRequest *request)
{
    double em = request->style.size_px, offset_px[2] = {0, 0};
    fm_style_layer_numbers(layer, FM_PROP_TEXT_OFFSET, context, offset_px, 2);
    offset_px[0] *= em;
    offset_px[1] *= em;
    request->radial_offset_px =
        em * fm_style_layer_number(layer, FM_PROP_TEXT_RADIAL_OFFSET, context);
    if (request->kind == FM_LABEL_POINT)
        read_variable_anchors(layer, context, offset_px, request);
    if (request->n_anchors > 0)
        return;
    g_autofree char *anchor = fm_style_layer_string(layer, FM_PROP_TEXT_ANCHOR, context);
    request->anchors[request->n_anchors++] = parse_anchor(anchor);
    if (request->radial_offset_px == 0) {
        request->offset_x_px = offset_px[0];
        request->offset_y_px = offset_px[1];
    }
}

static void read_writing(const FmStyleLayer *layer, const FmStyleContext *context,
                         FmLabelRequest *request)
{
    g_auto(GStrv) modes = fm_style_layer_strings(layer, FM_PROP_TEXT_WRITING_MODE, context);
    for (gsize i = 0; modes[i] && request->n_writing < G_N_ELEMENTS(request->writing); i++)
        request->writing[request->n_writing++] =
            strcmp(modes[i], "vertical") == 0 ? FM_WRITING_VERTICAL : FM_WRITING_HORIZONTAL;
}

static void read_text_place(const FmStyleLayer *layer, const FmStyleContext *context,
                            FmLabelRequest *request)
{
    read_anchors(layer, context, request);
    read_writing(layer, context, request);
    request->rotate_deg = fm_style_layer_number(layer, FM_PROP_TEXT_ROTATE, context);
    request->leader_px = request->style.size_px * fm_page_layer_leader_em(layer);
    request->padding_px = fm_style_layer_number(layer, FM_PROP_TEXT_PADDING, context);
    request->max_angle_deg = fm_style_layer_number(layer, FM_PROP_TEXT_MAX_ANGLE, context);
    request->keep_upright = fm_style_layer_boolean(layer, FM_PROP_TEXT_KEEP_UPRIGHT, context);
    g_autofree char *alignment =
        fm_style_layer_string(layer, FM_PROP_TEXT_ROTATION_ALIGNMENT, context);
    request->upright_glyphs = g_strcmp0(alignment, "viewport-glyph") == 0;
    read_overlap(layer, context, FM_PROP_TEXT_OVERLAP, FM_PROP_TEXT_ALLOW_OVERLAP,
                 &request->text_allow_overlap, &request->text_cooperative);
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
    fm_style_layer_numbers(layer, FM_PROP_TEXT_TRANSLATE, context, data->text_translate_px, 2);
}

/* A shield: as large as its text.  Returns whether the icon is one. */
static gboolean read_fit(const FmStyleLayer *layer, const FmStyleContext *context,
                         const FmIconLook *look, FmLabelRequest *request)
{
    g_autofree char *fit = fm_style_layer_string(layer, FM_PROP_ICON_TEXT_FIT, context);
    g_autofree char *text = fm__label_text(request);
    if (g_strcmp0(fit, "none") == 0 || *text == '\0')
        return FALSE;
    request->fit = (FmIconFit){.width = strcmp(fit, "height") != 0,
                               .height = strcmp(fit, "width") != 0,
                               .width_px = look->width_px,
                               .height_px = look->height_px};
    fm_style_layer_numbers(layer, FM_PROP_ICON_TEXT_FIT_PADDING, context, request->fit.padding_px,
                           4);
    return TRUE;
}

void fm__symbol_read_icon(const FmStyleLayer *layer, const FmStyleContext *context,
                          FmLabelRequest *request, FmSymbolData *data)
{
    const FmIconLook *look = &data->look;
    fm_style_layer_numbers(layer, FM_PROP_ICON_TRANSLATE, context, data->icon_translate_px, 2);
    if (read_fit(layer, context, look, request))
        return;
    request->has_icon = TRUE;
    request->icon = (FmPageRect){request->anchor.x_px + look->offset_x_px - look->width_px / 2,
                                 request->anchor.y_px + look->offset_y_px - look->height_px / 2,
                                 look->width_px, look->height_px};
    request->icon_rotate_deg = look->rotate_deg;
    fm_style_layer_numbers(layer, FM_PROP_ICON_PADDING, context, request->icon_padding_px, 4);
    read_overlap(layer, context, FM_PROP_ICON_OVERLAP, FM_PROP_ICON_ALLOW_OVERLAP,
                 &request->icon_allow_overlap, &request->icon_cooperative);
    request->icon_ignore_placement =
        fm_style_layer_boolean(layer, FM_PROP_ICON_IGNORE_PLACEMENT, context);
    request->icon_optional = fm_style_layer_boolean(layer, FM_PROP_ICON_OPTIONAL, context);
}
