/* Symbol layers: the features that ask for a symbol or a name, and what stands in their way. */
#include "symbols-internal.h"

#include "label-shape.h"
#include "symbols-crowd.h"
#include "text-image.h"

#include <math.h>
#include <string.h>

#define DISC_CORNERS 16
/* Lines that end as near to each other as this lead to one place. */
#define SAME_PX 0.5

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
    symbols->outlines = g_ptr_array_new_with_free_func(g_free);
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
    g_ptr_array_unref(symbols->outlines);
    g_array_unref(symbols->covers);
    g_ptr_array_unref(symbols->data);
    g_free(symbols);
}

guint fm__symbols_n_covered(const FmSymbols *symbols)
{
    return symbols->n_covered;
}

/* ---- requests --------------------------------------------------------------------------- */

FmSymbolData *fm__collector_data(const FmCollector *c)
{
    return c->symbols->data->pdata[c->symbols->data->len - 1];
}

void fm__collector_drop(const FmCollector *c)
{
    g_array_set_size(c->symbols->requests, c->symbols->requests->len - 1);
    g_ptr_array_set_size(c->symbols->data, (gint)c->symbols->data->len - 1);
}

/* An image in a text is missed as one of icon-image is. */
static gboolean check_images(const FmCollector *c, const FmLabelRequest *request, GError **error)
{
    if (fm__text_images_check(c->icons, request->sections, request->n_sections, error))
        return TRUE;
    g_prefix_error(error, "layer '%s': text-field: ", request->layer_id);
    return FALSE;
}

FmLabelRequest *fm__collector_add(const FmCollector *c, const FmStyleContext *context,
                                  FmLabelKind kind, FmPagePoint anchor, GError **error)
{
    FmSymbolData *data = g_new0(FmSymbolData, 1);
    data->sections = fm_style_layer_text(c->layer, context);
    g_ptr_array_add(c->symbols->data, data);
    FmLabelRequest request = {.layer_id = fm_style_layer_id(c->layer),
                              .row = context->row,
                              .layer_rank = c->rank,
                              .kind = kind,
                              .anchor = anchor};
    request.sections = (const FmTextSection *)(const void *)data->sections->data;
    request.n_sections = data->sections->len;
    gboolean drop = !check_images(c, &request, error);
    if (!drop && kind == FM_LABEL_POINT)
        drop = !fm__icon_look_init(&data->look, c->icons, c->layer, context, error);
    if (drop || (!data->look.name && data->sections->len == 0)) {
        g_ptr_array_set_size(c->symbols->data, (gint)c->symbols->data->len - 1);
        return NULL;
    }
    fm__symbol_read_text(c->layer, context, &request, data);
    request.style.images.icons = c->icons;
    if (data->look.name)
        fm__symbol_read_icon(c->layer, context, &request, data);
    g_array_append_val(c->symbols->requests, request);
    return &g_array_index(c->symbols->requests, FmLabelRequest, c->symbols->requests->len - 1);
}

/* May the name of an area stand, as it does or does not fit inside?  A name that stands outside of
 * its area needs a line to it. */
static gboolean area_name_wanted(const FmCollector *c, FmLabelRequest *request)
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

/* On paper the edge that symbol-avoid-edges means is the frame's. */
static gboolean is_cut(const FmCollector *c, const FmStyleContext *context,
                       const FmLabelRequest *request)
{
    return request->has_icon && !fm__rect_contains(&c->frame, &request->icon) &&
           fm_style_layer_boolean(c->layer, FM_PROP_SYMBOL_AVOID_EDGES, context);
}

FmLabelRequest *fm__collector_add_point(const FmCollector *c, const FmStyleContext *context,
                                        FmPagePoint at, GError **error)
{
    FmLabelRequest *request = fm__collector_add(c, context, FM_LABEL_POINT, at, error);
    if (!request)
        return NULL;
    gboolean covered = is_covered(c->symbols, at);
    if (!covered && !is_cut(c, context, request))
        return request;
    c->symbols->n_covered += covered && request->has_icon ? 1 : 0;
    fm__collector_drop(c);
    return NULL;
}

/* The symbol of an area, at the heart of what is seen of it. */
static gboolean add_area(const FmCollector *c, const FmStyleContext *context, FmShape *shape,
                         GError **error)
{
    g_autoptr(FmShape) area = shape;
    GError *cause = NULL;
    FmPagePoint pole = fm__shape_middle(shape);
    gboolean is_area =
        fm__shape_pole(shape, covers_of(c->symbols), c->symbols->covers->len, 1, &pole) > 0;
    FmLabelRequest *request = fm__collector_add_point(c, context, pole, &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (!request || !is_area)
        return TRUE;
    FmSymbolData *data = fm__collector_data(c);
    request->area = data->area = g_steal_pointer(&area);
    request->covers = covers_of(c->symbols);
    request->n_covers = c->symbols->covers->len;
    if (!area_name_wanted(c, request))
        fm__collector_drop(c);
    return TRUE;
}

static gboolean add_points(const FmCollector *c, const FmStyleContext *context,
                           const FmShape *shape, GError **error)
{
    const FmPagePoint middle = fm__shape_middle(shape);
    const FmPagePoint *anchors = shape->dimension == 0 ? shape->points : &middle;
    gsize n = shape->dimension == 0 ? shape->n_points : 1;
    for (gsize i = 0; i < n; i++) {
        GError *cause = NULL;
        fm__collector_add_point(c, context, anchors[i], &cause);
        if (cause) {
            g_propagate_error(error, cause);
            return FALSE;
        }
    }
    return TRUE;
}

/* Has the layer said this here already, of another line that ends here? */
static gboolean is_said(const FmCollector *c, guint first, const FmLabelRequest *request)
{
    g_autofree char *words = fm__label_text(request);
    for (guint i = first; i + 1 < c->symbols->requests->len; i++) {
        const FmLabelRequest *other = &g_array_index(c->symbols->requests, FmLabelRequest, i);
        if (hypot(other->anchor.x_px - request->anchor.x_px,
                  other->anchor.y_px - request->anchor.y_px) > SAME_PX)
            continue;
        g_autofree char *text = fm__label_text(other);
        if (strcmp(text, words) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The symbol of a line at its end, once for all lines that lead to one place. */
static gboolean add_end(const FmCollector *c, const FmStyleContext *context, const FmShape *whole,
                        guint first, GError **error)
{
    GError *cause = NULL;
    const FmPagePoint end = whole->points[whole->n_points - 1];
    const FmPageRect at = {end.x_px, end.y_px, 0, 0};
    if (!fm__rect_contains(&c->frame, &at))
        return TRUE;
    FmLabelRequest *request = fm__collector_add_point(c, context, end, &cause);
    if (request && is_said(c, first, request))
        fm__collector_drop(c);
    else if (request)
        request->at_symbol = !request->has_icon;
    if (!cause)
        return TRUE;
    g_propagate_error(error, cause);
    return FALSE;
}

/* Takes the shape. */
static gboolean add_feature(const FmCollector *c, const FmStyleContext *context, FmShape *shape,
                            GError **error)
{
    FmLabelKind kind = fm__symbol_read_kind(c->layer, context);
    if (kind == FM_LABEL_POINT && shape->dimension == 2)
        return add_area(c, context, shape, error);
    g_autoptr(FmShape) own = shape;
    if (kind == FM_LABEL_POINT)
        return add_points(c, context, own, error);
    /* A point has no line to follow. */
    return own->dimension == 0 || fm__collector_add_lines(c, context, kind, own, error);
}

gboolean fm__symbols_add(FmSymbols *symbols, const FmStyleLayer *style_layer, guint rank,
                         const FmMapLayer *layer, const FmPageRect *frame, double zoom,
                         const char *language, FmIconSet *icons, FmTextContext *text,
                         GError **error)
{
    const FmCollector c = {symbols, style_layer, rank, *frame, icons, text};
    const guint first = symbols->requests->len;
    g_autoptr(GArray) rows = fm__map_layer_rows(layer, style_layer, FM_N_PROPS, zoom);
    for (guint i = 0; i < rows->len; i++) {
        FmStyleContext context = {layer->table, g_array_index(rows, gsize, i), zoom, language};
        const FmShape *whole = layer->shapes[context.row];
        if (whole->dimension == 1 && whole->n_points > 0 && fm_page_layer_is_at_end(style_layer)) {
            if (!add_end(&c, &context, whole, first, error))
                return FALSE;
            continue;
        }
        g_autoptr(FmShape) shape = fm__shape_clip(whole, frame);
        if (shape->n_paths > 0 && !add_feature(&c, &context, g_steal_pointer(&shape), error))
            return FALSE;
    }
    fm__symbols_crowd(symbols, style_layer, *frame, first);
    return TRUE;
}

/* A disc as an outline: its corners lie on it, so that what touches only the disc's own corner of a
 * box is free. */
static void add_disc(FmSymbols *symbols, FmPagePoint middle, double radius_px, double weight)
{
    FmPagePoint *points = g_new(FmPagePoint, DISC_CORNERS);
    for (guint i = 0; i < DISC_CORNERS; i++) {
        const double angle = 2 * G_PI * i / DISC_CORNERS;
        points[i] = (FmPagePoint){middle.x_px + radius_px * cos(angle),
                                  middle.y_px + radius_px * sin(angle)};
    }
    const FmLabelObstacle obstacle = {points, DISC_CORNERS, TRUE, 0, weight};
    g_ptr_array_add(symbols->outlines, points);
    g_array_append_val(symbols->obstacles, obstacle);
}

void fm__symbols_add_outline(FmSymbols *symbols, const FmPageRect *box, double weight)
{
    const double right = fm__rect_right_px(box), bottom = fm__rect_bottom_px(box);
    const FmPagePoint corners[] = {{box->x_px, box->y_px},
                                   {right, box->y_px},
                                   {right, bottom},
                                   {box->x_px, bottom},
                                   {box->x_px, box->y_px}};
    FmPagePoint *points = g_memdup2(corners, sizeof corners);
    const FmLabelObstacle obstacle = {points, G_N_ELEMENTS(corners), FALSE, 0, weight};
    g_ptr_array_add(symbols->outlines, points);
    g_array_append_val(symbols->obstacles, obstacle);
}

static void add_discs(FmSymbols *symbols, const FmStyleLayer *style_layer,
                      const FmStyleContext *context, const FmShape *shape, double weight)
{
    const double radius_px = fm__draw_circle_radius_px(style_layer, context);
    for (gsize i = 0; i < shape->n_points; i++)
        add_disc(symbols, shape->points[i], radius_px, weight);
}

void fm__symbols_add_obstacle(FmSymbols *symbols, const FmStyleLayer *style_layer,
                              const FmMapLayer *layer, FmShape *const *shapes, double zoom,
                              double weight)
{
    g_autoptr(GArray) rows = fm__map_layer_rows(layer, style_layer, FM_N_PROPS, zoom);
    for (guint i = 0; i < rows->len; i++) {
        FmStyleContext context = {layer->table, g_array_index(rows, gsize, i), zoom, NULL};
        const FmShape *shape = shapes[context.row];
        if (!shape) /* an area without a dot */
            continue;
        if (fm_style_layer_type(style_layer) == FM_STYLE_CIRCLE) {
            add_discs(symbols, style_layer, &context, shape, weight);
            continue;
        }
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
    g_ptr_array_set_size(symbols->outlines, 0);
}
