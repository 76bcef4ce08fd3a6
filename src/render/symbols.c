/* Symbol layers: the features that ask for a symbol or a name, and what stands in their way. */
#include "symbols-internal.h"

#include "label-shape.h"

#include <string.h>

void fm__symbol_data_free(gpointer pointer)
{
    FmSymbolData *data = pointer;
    g_array_unref(data->sections);
    g_strfreev(data->fonts);
    g_free(data->path);
    fm__shape_free(data->area);
    fm__icon_look_clear(&data->look);
    g_free(data);
}

FmSymbols *fm__symbols_new(const FmPageRect *covers, gsize n_covers)
{
    FmSymbols *symbols = g_new0(FmSymbols, 1);
    symbols->requests = g_array_new(FALSE, TRUE, sizeof(FmLabelRequest));
    symbols->data = g_ptr_array_new_with_free_func(fm__symbol_data_free);
    symbols->obstacles = g_array_new(FALSE, TRUE, sizeof(FmLabelObstacle));
    symbols->covers = g_array_new(FALSE, FALSE, sizeof(FmPageRect));
    g_array_append_vals(symbols->covers, covers, (guint)n_covers);
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
    g_array_unref(symbols->covers);
    g_ptr_array_unref(symbols->data);
    g_free(symbols);
}

guint fm__symbols_n_covered(const FmSymbols *symbols)
{
    return symbols->n_covered;
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
    FmSymbolData *data = g_new0(FmSymbolData, 1);
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
    request.sections = (const FmTextSection *)(const void *)data->sections->data;
    request.n_sections = data->sections->len;
    fm__symbol_read_text(c->layer, context, &request, data);
    if (data->look.name)
        fm__symbol_read_icon(c->layer, context, &data->look, &request);
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
    FmSymbolData *data = c->symbols->data->pdata[c->symbols->data->len - 1];
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

/* May the name of an area stand, as it does or does not fit inside?  A name that stands outside of
 * its area needs a line to it. */
static gboolean area_name_wanted(const Collector *c, FmLabelRequest *request)
{
    gboolean inside = fm_page_layer_is_inside(c->layer);
    gboolean outside = fm_page_layer_is_outside(c->layer);
    if (inside == outside)
        return TRUE;
    request->inside_only = inside;
    request->leader_always = outside;
    return fm__label_fits(c->text, request) == inside;
}

static const FmPageRect *covers_of(const FmSymbols *symbols)
{
    return (const FmPageRect *)(const void *)symbols->covers->data;
}

static gboolean is_covered(const FmSymbols *symbols, FmPagePoint p)
{
    const FmPageRect at = {p.x_px, p.y_px, 0, 0};
    for (guint i = 0; i < symbols->covers->len; i++)
        if (fm__rect_contains(&covers_of(symbols)[i], &at))
            return TRUE;
    return FALSE;
}

static void drop_last(FmSymbols *symbols)
{
    g_array_set_size(symbols->requests, symbols->requests->len - 1);
    g_ptr_array_set_size(symbols->data, (gint)symbols->data->len - 1);
}

/* The symbol of a place, unless it is covered.  Returns the request, NULL when there is none. */
static FmLabelRequest *add_point(const Collector *c, const FmStyleContext *context, FmPagePoint at,
                                 GError **error)
{
    FmLabelRequest *request = add_request(c, context, at, error);
    if (!request || !is_covered(c->symbols, at))
        return request;
    c->symbols->n_covered += request->has_icon ? 1 : 0;
    drop_last(c->symbols);
    return NULL;
}

/* The symbol of an area, at the heart of what is seen of it. */
static gboolean add_area(const Collector *c, const FmStyleContext *context, FmShape *shape,
                         GError **error)
{
    g_autoptr(FmShape) area = shape;
    GError *cause = NULL;
    FmPagePoint pole = fm__shape_middle(shape);
    gboolean is_area =
        fm__shape_pole(shape, covers_of(c->symbols), c->symbols->covers->len, 1, &pole) > 0;
    FmLabelRequest *request = add_point(c, context, pole, &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (!request || !is_area)
        return TRUE;
    FmSymbolData *data = c->symbols->data->pdata[c->symbols->data->len - 1];
    request->area = data->area = g_steal_pointer(&area);
    request->covers = covers_of(c->symbols);
    request->n_covers = c->symbols->covers->len;
    if (!area_name_wanted(c, request))
        drop_last(c->symbols);
    return TRUE;
}

static gboolean add_points(const Collector *c, const FmStyleContext *context, const FmShape *shape,
                           GError **error)
{
    const FmPagePoint middle = fm__shape_middle(shape);
    const FmPagePoint *anchors = shape->dimension == 0 ? shape->points : &middle;
    gsize n = shape->dimension == 0 ? shape->n_points : 1;
    for (gsize i = 0; i < n; i++) {
        GError *cause = NULL;
        add_point(c, context, anchors[i], &cause);
        if (cause) {
            g_propagate_error(error, cause);
            return FALSE;
        }
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
        Collector c = {symbols, style_layer, rank, fm__symbol_read_kind(style_layer, &context),
                       icons,   text};
        g_autoptr(FmShape) shape = fm__shape_clip(layer->shapes[context.row], frame);
        if (shape->n_paths == 0)
            continue;
        if (c.kind != FM_LABEL_POINT && shape->dimension > 0)
            add_lines(&c, &context, shape);
        else if (c.kind == FM_LABEL_POINT &&
                 !(shape->dimension == 2 ? add_area(&c, &context, g_steal_pointer(&shape), error)
                                         : add_points(&c, &context, shape, error)))
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

/* ---- placing ---------------------------------------------------------------------------- */

void fm__symbols_place(FmSymbols *symbols, FmTextContext *text, FmPageRect frame)
{
    g_return_if_fail(!symbols->placed);
    g_autofree FmPagePoint *corners = g_new(FmPagePoint, 4 * MAX(symbols->covers->len, 1));
    for (guint i = 0; i < symbols->covers->len; i++) {
        const FmPageRect *r = &covers_of(symbols)[i];
        const FmPagePoint of_one[] = {{r->x_px, r->y_px},
                                      {fm__rect_right_px(r), r->y_px},
                                      {fm__rect_right_px(r), fm__rect_bottom_px(r)},
                                      {r->x_px, fm__rect_bottom_px(r)}};
        memcpy(corners + 4 * i, of_one, sizeof of_one);
        const FmLabelObstacle obstacle = {corners + 4 * i, 4, TRUE, 0, 1};
        g_array_append_val(symbols->obstacles, obstacle);
    }
    symbols->placed = fm__labels_place(
        text, (const FmLabelRequest *)(const void *)symbols->requests->data, symbols->requests->len,
        (const FmLabelObstacle *)(const void *)symbols->obstacles->data, symbols->obstacles->len,
        frame);
    g_array_set_size(symbols->obstacles, 0);
}
