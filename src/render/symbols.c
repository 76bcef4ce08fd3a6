/* Symbol layers.  Every value of the style that a label needs is read here, once, so that the label
 * engine knows neither styles nor tables. */
#include "symbols.h"

#include "display-list.h"

#include <math.h>
#include <string.h>

/* What a request borrows. */
typedef struct {
    GArray *sections; /* FmTextSection */
    char **fonts;
    FmPagePoint *path;
    FmIconLook look;
} SymbolData;

struct FmSymbols {
    GArray *requests;     /* FmLabelRequest */
    GPtrArray *data;      /* SymbolData, one a request */
    GArray *obstacles;    /* FmLabelObstacle */
    GPtrArray *placed;    /* FmLabelPlaced */
    FmPagePoint cover[5]; /* outline of what covers a part of the map */
};

static void symbol_data_free(gpointer pointer)
{
    SymbolData *data = pointer;
    g_array_unref(data->sections);
    g_strfreev(data->fonts);
    g_free(data->path);
    fm__icon_look_clear(&data->look);
    g_free(data);
}

FmSymbols *fm__symbols_new(void)
{
    FmSymbols *symbols = g_new0(FmSymbols, 1);
    symbols->requests = g_array_new(FALSE, TRUE, sizeof(FmLabelRequest));
    symbols->data = g_ptr_array_new_with_free_func(symbol_data_free);
    symbols->obstacles = g_array_new(FALSE, TRUE, sizeof(FmLabelObstacle));
    return symbols;
}

void fm__symbols_free(FmSymbols *symbols)
{
    if (!symbols)
        return;
    if (symbols->placed)
        g_ptr_array_unref(symbols->placed);
    g_array_unref(symbols->requests);
    g_array_unref(symbols->obstacles);
    g_ptr_array_unref(symbols->data);
    g_free(symbols);
}

/* ---- reading the style ------------------------------------------------------------------ */

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

static FmLabelKind parse_placement(const char *name)
{
    return g_strcmp0(name, "line") == 0          ? FM_LABEL_LINE
           : g_strcmp0(name, "line-center") == 0 ? FM_LABEL_LINE_CENTER
                                                 : FM_LABEL_POINT;
}

static void read_text_style(const FmStyleLayer *layer, const FmStyleContext *context,
                            FmLabelRequest *request, SymbolData *data)
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

static void read_icon_place(const FmStyleLayer *layer, const FmStyleContext *context,
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

/* ---- requests --------------------------------------------------------------------------- */

/* One layer's common part of the work. */
typedef struct {
    FmSymbols *symbols;
    const FmStyleLayer *layer;
    guint rank;
    FmLabelKind kind;
    FmIconSet *icons;
    FmTextContext *text;
} Collector;

/* A request for the feature, text and style read; NULL when there is nothing to draw, or with
 * `error` set.  It stands last in the array and is valid until the next one. */
static FmLabelRequest *add_request(const Collector *c, const FmStyleContext *context,
                                   FmPagePoint anchor, GError **error)
{
    SymbolData *data = g_new0(SymbolData, 1);
    data->sections = fm_style_layer_text(c->layer, context);
    g_ptr_array_add(c->symbols->data, data);
    FmLabelRequest request = {.layer_id = fm_style_layer_id(c->layer),
                              .row = context->row,
                              .layer_rank = c->rank,
                              .kind = c->kind,
                              .anchor = anchor};
    gboolean drop = FALSE;
    if (c->kind == FM_LABEL_POINT)
        drop = !fm__icon_look_init(&data->look, c->icons, c->layer, context, error);
    if (drop || (!data->look.name && data->sections->len == 0)) {
        g_ptr_array_set_size(c->symbols->data, (gint)c->symbols->data->len - 1);
        return NULL;
    }
    request.sort_key = fm_style_layer_number(c->layer, FM_PROP_SYMBOL_SORT_KEY, context);
    request.sections = (const FmTextSection *)(const void *)data->sections->data;
    request.n_sections = data->sections->len;
    read_text_style(c->layer, context, &request, data);
    read_text_place(c->layer, context, &request);
    if (data->look.name)
        read_icon_place(c->layer, context, &data->look, &request);
    g_array_append_val(c->symbols->requests, request);
    return &g_array_index(c->symbols->requests, FmLabelRequest, c->symbols->requests->len - 1);
}

/* Text along one path. */
static void add_along(const Collector *c, const FmStyleContext *context, const FmPagePoint *points,
                      gsize n, gboolean ring)
{
    FmLabelRequest *request = add_request(c, context, points[0], NULL);
    if (!request)
        return;
    SymbolData *data = c->symbols->data->pdata[c->symbols->data->len - 1];
    data->path = g_new(FmPagePoint, n + 1);
    memcpy(data->path, points, n * sizeof *points);
    data->path[n] = points[0];
    request->path = data->path;
    request->n_path = ring ? n + 1 : n;
    request->spacing_px = fm_style_layer_number(c->layer, FM_PROP_SYMBOL_SPACING, context);
}

static void add_lines(const Collector *c, const FmStyleContext *context, const FmShape *shape)
{
    gboolean ring = shape->dimension == 2;
    if (c->kind == FM_LABEL_LINE_CENTER) {
        gsize begin = 0, end = 0;
        fm__shape_longest_path(shape, &begin, &end);
        add_along(c, context, shape->points + begin, end - begin, ring);
        return;
    }
    gsize begin = 0;
    for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++])
        add_along(c, context, shape->points + begin, shape->path_end[p] - begin, ring);
}

/* Does the request's text, centred on its anchor, lie inside the area?  Tried at the corners of its
 * box and half-way between them: names are wider than high, and areas rarely spiky. */
static gboolean text_is_inside(const Collector *c, const FmLabelRequest *request,
                               const FmShape *shape)
{
    g_autoptr(FmTextBlock) block =
        fm__text_block_new(c->text, request->sections, request->n_sections, &request->style);
    double half_width = fm__text_block_width_px(block) / 2;
    double half_height = fm__text_block_height_px(block) / 2;
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++) {
            FmPagePoint p = {request->anchor.x_px + i * half_width,
                             request->anchor.y_px + j * half_height};
            if (!fm__shape_holds(shape, p))
                return FALSE;
        }
    return TRUE;
}

/* May the name of an area stand, as it does or does not fit inside?  A name that stands outside of
 * its area needs a line to it. */
static gboolean area_name_wanted(const Collector *c, FmLabelRequest *request, const FmShape *shape)
{
    gboolean inside = fm_page_layer_is_inside(c->layer);
    gboolean outside = fm_page_layer_is_outside(c->layer);
    if (inside == outside)
        return TRUE;
    request->leader_always = outside;
    return text_is_inside(c, request, shape) == inside;
}

static void drop_last(FmSymbols *symbols)
{
    g_array_set_size(symbols->requests, symbols->requests->len - 1);
    g_ptr_array_set_size(symbols->data, (gint)symbols->data->len - 1);
}

static gboolean add_points(const Collector *c, const FmStyleContext *context, const FmShape *shape,
                           GError **error)
{
    const double precision_px = 1;
    FmPagePoint single = {0, 0};
    const FmPagePoint *anchors = shape->points;
    gsize n = shape->n_points;
    if (shape->dimension > 0) {
        if (shape->dimension == 1 || fm__shape_pole(shape, precision_px, &single) == 0)
            single = fm__shape_middle(shape);
        anchors = &single;
        n = 1;
    }
    for (gsize i = 0; i < n; i++) {
        GError *cause = NULL;
        FmLabelRequest *request = add_request(c, context, anchors[i], &cause);
        if (cause) {
            g_propagate_error(error, cause);
            return FALSE;
        }
        if (request && shape->dimension == 2 && !area_name_wanted(c, request, shape))
            drop_last(c->symbols);
    }
    return TRUE;
}

gboolean fm__symbols_add(FmSymbols *symbols, const FmStyleLayer *style_layer, guint rank,
                         const FmMapLayer *layer, const FmPageRect *frame, double zoom,
                         const char *language, FmIconSet *icons, FmTextContext *text,
                         GError **error)
{
    g_autoptr(GArray) rows = fm__map_layer_rows(layer, style_layer, FM_N_PROPS, zoom);
    for (guint i = 0; i < rows->len; i++) {
        FmStyleContext context = {layer->table, g_array_index(rows, gsize, i), zoom, language};
        g_autofree char *placement =
            fm_style_layer_string(style_layer, FM_PROP_SYMBOL_PLACEMENT, &context);
        Collector c = {symbols, style_layer, rank, parse_placement(placement), icons, text};
        g_autoptr(FmShape) shape = fm__shape_clip(layer->shapes[context.row], frame);
        if (shape->n_paths == 0)
            continue;
        if (c.kind != FM_LABEL_POINT && shape->dimension > 0)
            add_lines(&c, &context, shape);
        else if (c.kind == FM_LABEL_POINT && !add_points(&c, &context, shape, error))
            return FALSE;
    }
    return TRUE;
}

void fm__symbols_add_obstacle(FmSymbols *symbols, const FmStyleLayer *style_layer,
                              const FmMapLayer *layer, double zoom, double weight)
{
    g_autoptr(GArray) rows = fm__map_layer_rows(layer, style_layer, FM_N_PROPS, zoom);
    for (guint i = 0; i < rows->len; i++) {
        FmStyleContext context = {layer->table, g_array_index(rows, gsize, i), zoom, NULL};
        const FmShape *shape = layer->shapes[context.row];
        gboolean area = fm_style_layer_type(style_layer) == FM_STYLE_FILL;
        double half = area ? 0 : fm__draw_line_width_px(style_layer, &context) / 2;
        gsize begin = 0;
        for (gsize p = 0; p < shape->n_paths; begin = shape->path_end[p++]) {
            FmLabelObstacle obstacle = {shape->points + begin, shape->path_end[p] - begin, area,
                                        half, weight};
            g_array_append_val(symbols->obstacles, obstacle);
        }
    }
}

/* ---- placing and drawing ---------------------------------------------------------------- */

static const FmLabelRequest *request_of(const FmSymbols *symbols, const FmLabelPlaced *placed)
{
    return &g_array_index(symbols->requests, FmLabelRequest, placed->request);
}

guint fm__symbols_cover(FmSymbols *symbols, const FmPageRect *box)
{
    guint n_icons = 0;
    for (guint i = symbols->requests->len; i-- > 0;) {
        const FmLabelRequest *request = &g_array_index(symbols->requests, FmLabelRequest, i);
        const FmPageRect at = {request->anchor.x_px, request->anchor.y_px, 0, 0};
        if (request->kind != FM_LABEL_POINT || !fm__rect_contains(box, &at))
            continue;
        n_icons += request->has_icon ? 1 : 0;
        g_array_remove_index(symbols->requests, i);
        g_ptr_array_remove_index(symbols->data, i);
    }
    const double right = box->x_px + box->width_px, bottom = box->y_px + box->height_px;
    const FmPagePoint corners[] = {{box->x_px, box->y_px},
                                   {right, box->y_px},
                                   {right, bottom},
                                   {box->x_px, bottom},
                                   {box->x_px, box->y_px}};
    memcpy(symbols->cover, corners, sizeof corners);
    const FmLabelObstacle obstacle = {symbols->cover, G_N_ELEMENTS(corners), TRUE, 0, 1};
    g_array_append_val(symbols->obstacles, obstacle);
    return n_icons;
}

void fm__symbols_place(FmSymbols *symbols, FmTextContext *text, FmPageRect frame)
{
    g_return_if_fail(!symbols->placed);
    symbols->placed = fm__labels_place(
        text, (const FmLabelRequest *)(const void *)symbols->requests->data, symbols->requests->len,
        (const FmLabelObstacle *)(const void *)symbols->obstacles->data, symbols->obstacles->len,
        frame);
}

gboolean fm__symbols_draw(const FmSymbols *symbols, guint rank, const FmBrush *brush,
                          GError **error)
{
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request = request_of(symbols, placed);
        if (request->layer_rank != rank || !placed->icon)
            continue;
        const FmIconLook *look = &((const SymbolData *)symbols->data->pdata[placed->request])->look;
        if (!fm__icon_set_draw(brush->icons, brush->cr, look->name, request->icon, look->rotate_deg,
                               look->opacity, look->has_color ? &look->color : NULL, error))
            return FALSE;
    }
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        if (request_of(symbols, placed)->layer_rank == rank && placed->text)
            fm__label_draw(brush->cr, placed);
    }
    return TRUE;
}

/* Is the feature named in the inset? */
static gboolean is_named(const FmSymbols *inset, const FmLabelRequest *wanted)
{
    for (guint i = 0; inset && i < inset->placed->len; i++) {
        const FmLabelPlaced *placed = inset->placed->pdata[i];
        const FmLabelRequest *request = request_of(inset, placed);
        if (placed->text && request->row == wanted->row &&
            strcmp(request->layer_id, wanted->layer_id) == 0)
            return TRUE;
    }
    return FALSE;
}

void fm__symbols_report(const FmSymbols *symbols, const FmSymbols *inset, FmRenderReport *report,
                        GString *display_list)
{
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request = request_of(symbols, placed);
        g_autofree char *text = fm__label_text(request);
        if (placed->icon) {
            const SymbolData *data = symbols->data->pdata[placed->request];
            report->n_symbols++;
            fm__display_list_add(display_list, "symbol", request->icon, "%s %s", request->layer_id,
                                 data->look.name);
        }
        if (placed->text) {
            report->n_labels++;
            fm__display_list_add(display_list, "label", placed->box, "%s %ld %s", request->layer_id,
                                 lround(placed->angle_deg), text);
        } else if (*text != '\0' && !is_named(inset, request)) {
            g_ptr_array_add(report->unplaced, g_strdup_printf("%s: %s", request->layer_id, text));
        }
    }
}
