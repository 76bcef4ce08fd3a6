/* Symbols that have their places: drawn, counted and listed. */
#include "symbols-internal.h"

#include "display-list.h"
#include "symbols-crowd.h"

#include <math.h>
#include <string.h>

/* An area that comes this near to the frame is cut by it. */
#define CUT_PX 0.5

static const FmLabelRequest *request_of(const FmSymbols *symbols, const FmLabelPlaced *placed)
{
    return &g_array_index(symbols->requests, FmLabelRequest, placed->request);
}

static const FmSymbolData *data_of(const FmSymbols *symbols, const FmLabelPlaced *placed)
{
    return symbols->data->pdata[placed->request];
}

/* ---- the order of drawing --------------------------------------------------------------- */

typedef enum { BY_SOURCE, BY_SORT_KEY, BY_HEIGHT } DrawOrder;

/* `auto`: by symbol-sort-key where it is given; else by height on the page where symbols may
 * overlap; else as in the source. */
static DrawOrder read_order(const FmStyleLayer *layer, const FmLabelRequest *first)
{
    const FmStyleContext context = {0};
    g_autofree char *order = fm_style_layer_string(layer, FM_PROP_SYMBOL_Z_ORDER, &context);
    if (g_strcmp0(order, "source") == 0)
        return BY_SOURCE;
    if (g_strcmp0(order, "auto") == 0) {
        if (fm_style_layer_has(layer, FM_PROP_SYMBOL_SORT_KEY))
            return BY_SORT_KEY;
        if (!first->icon_allow_overlap && !first->text_allow_overlap &&
            !first->icon_ignore_placement && !first->text_ignore_placement)
            return BY_SOURCE;
    }
    return BY_HEIGHT;
}

/* One thing to draw; `key` and then `row` put it in order. */
typedef struct {
    const FmLabelPlaced *placed;
    double key;
    gsize row, index;
} Drawn;

static gint compare_drawn(gconstpointer a, gconstpointer b)
{
    const Drawn *p = a, *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    return (p->index > q->index) - (p->index < q->index);
}

/* What was placed of the layer of this rank, what is drawn last last. */
static GArray *in_order(const FmSymbols *symbols, const FmStyleLayer *layer, guint rank)
{
    GArray *drawn = g_array_new(FALSE, FALSE, sizeof(Drawn));
    DrawOrder order = BY_SOURCE;
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request = request_of(symbols, placed);
        if (request->layer_rank != rank || (!placed->icon && !placed->text))
            continue;
        if (drawn->len == 0)
            order = read_order(layer, request);
        double key = order == BY_SORT_KEY ? request->sort_key
                     : order == BY_HEIGHT ? request->anchor.y_px
                                          : 0;
        const Drawn one = {placed, key, request->row, i};
        g_array_append_val(drawn, one);
    }
    g_array_sort(drawn, compare_drawn);
    return drawn;
}

/* ---- drawing ---------------------------------------------------------------------------- */

static gboolean has_fit(const FmLabelRequest *request)
{
    return request->fit.width || request->fit.height;
}

static gboolean draw_icon(const FmSymbols *symbols, const FmLabelPlaced *placed,
                          const FmBrush *brush, GError **error)
{
    const FmLabelRequest *request = request_of(symbols, placed);
    const FmSymbolData *data = data_of(symbols, placed);
    const gboolean fitted = placed->text && has_fit(request);
    if (!placed->icon && !fitted)
        return TRUE;
    FmPageRect box = fitted ? placed->fitted : request->icon;
    box.x_px += data->icon_translate_px[0];
    box.y_px += data->icon_translate_px[1];
    return fm__icon_look_draw(&data->look, brush->icons, brush->cr, box, error);
}

gboolean fm__symbols_draw(const FmSymbols *symbols, const FmStyleLayer *layer, guint rank,
                          const FmBrush *brush, GError **error)
{
    g_autoptr(GArray) drawn = in_order(symbols, layer, rank);
    for (guint i = 0; i < drawn->len; i++) {
        const FmLabelPlaced *placed = g_array_index(drawn, Drawn, i).placed;
        if (placed->icon && fm__symbol_is_shifted(data_of(symbols, placed)))
            fm__symbol_draw_leader(brush->cr, request_of(symbols, placed),
                                   data_of(symbols, placed));
    }
    for (guint i = 0; i < drawn->len; i++)
        if (!draw_icon(symbols, g_array_index(drawn, Drawn, i).placed, brush, error))
            return FALSE;
    for (guint i = 0; !brush->textless && i < drawn->len; i++) {
        const FmLabelPlaced *placed = g_array_index(drawn, Drawn, i).placed;
        const double *shift_px = data_of(symbols, placed)->text_translate_px;
        cairo_save(brush->cr);
        cairo_translate(brush->cr, shift_px[0], shift_px[1]);
        fm__label_draw(brush->cr, placed);
        cairo_restore(brush->cr);
    }
    return TRUE;
}

/* ---- the report ------------------------------------------------------------------------- */

/* Is the feature named in this inset? */
static gboolean is_named(const FmSymbols *inset, const FmLabelRequest *wanted)
{
    for (guint i = 0; i < inset->placed->len; i++) {
        const FmLabelPlaced *placed = inset->placed->pdata[i];
        const FmLabelRequest *request = request_of(inset, placed);
        if (placed->text && request->row == wanted->row &&
            strcmp(request->layer_id, wanted->layer_id) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_named_in_any(const GPtrArray *insets, const FmLabelRequest *wanted)
{
    for (guint i = 0; insets && i < insets->len; i++)
        if (is_named(insets->pdata[i], wanted))
            return TRUE;
    return FALSE;
}

static gboolean is_of(const FmLabelRequest *request, const GPtrArray *layer_ids)
{
    for (guint i = 0; i < layer_ids->len; i++)
        if (strcmp(layer_ids->pdata[i], request->layer_id) == 0)
            return TRUE;
    return FALSE;
}

/* Does one of the layers name the feature here?  It may be another of them, as when a name fits
 * into its area only at this scale. */
static gboolean is_named_by(const FmSymbols *inset, const FmLabelRequest *wanted,
                            const GPtrArray *layer_ids)
{
    g_autofree char *words = fm__label_text(wanted);
    for (guint i = 0; i < inset->placed->len; i++) {
        const FmLabelPlaced *placed = inset->placed->pdata[i];
        const FmLabelRequest *request = request_of(inset, placed);
        if (!placed->text || request->row != wanted->row || !is_of(request, layer_ids))
            continue;
        g_autofree char *text = fm__label_text(request);
        if (strcmp(text, words) == 0)
            return TRUE;
    }
    return FALSE;
}

void fm__symbols_leave_names(FmSymbols *symbols, const FmSymbols *inset, const GPtrArray *layer_ids)
{
    for (guint i = 0; layer_ids->len > 0 && i < symbols->requests->len; i++) {
        FmLabelRequest *request = &g_array_index(symbols->requests, FmLabelRequest, i);
        if (is_of(request, layer_ids) && is_named_by(inset, request, layer_ids))
            request->n_sections = 0;
    }
}

void fm__symbols_leave_cut(FmSymbols *symbols, const FmPageRect *frame, const GPtrArray *layer_ids)
{
    const FmPageRect inner = fm__rect_grow(*frame, -CUT_PX);
    for (guint i = 0; layer_ids->len > 0 && i < symbols->requests->len; i++) {
        FmLabelRequest *request = &g_array_index(symbols->requests, FmLabelRequest, i);
        if (!request->area || !is_of(request, layer_ids))
            continue;
        const FmPageRect bounds = fm__shape_bounds(request->area);
        if (!fm__rect_contains(&inner, &bounds))
            request->n_sections = 0;
    }
}

/* Is the name missing on the page? */
static gboolean is_missing(const FmSymbols *symbols, const GPtrArray *insets,
                           const FmLabelPlaced *placed, const char *text)
{
    const FmLabelRequest *request = request_of(symbols, placed);
    return !placed->text && *text != '\0' && !is_named_in_any(insets, request) &&
           !(data_of(symbols, placed)->is_repeat && is_named(symbols, request));
}

GArray *fm__symbols_unplaced(const FmSymbols *symbols, const GPtrArray *insets)
{
    GArray *names = g_array_new(FALSE, FALSE, sizeof(FmUnplaced));
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request = request_of(symbols, placed);
        g_autofree char *text = fm__label_text(request);
        if (!is_missing(symbols, insets, placed, text))
            continue;
        const FmUnplaced name = {
            .request = request,
            .text = g_steal_pointer(&text),
            .radius_px = placed->icon ? request->icon.width_px / 2 : 0,
        };
        g_array_append_val(names, name);
    }
    return names;
}

void fm__symbols_foreach_box(const FmSymbols *symbols, double turned_weight,
                             void (*visit)(FmPageRect box, double weight, gpointer user),
                             gpointer user)
{
    for (guint i = 0; i < symbols->covers->len; i++)
        visit(g_array_index(symbols->covers, FmPageRect, i), 1, user);
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        if (placed->icon)
            visit(request_of(symbols, placed)->icon, 1, user);
        if (placed->text)
            visit(placed->box, placed->angle_deg == 0 ? 1 : turned_weight, user);
    }
}

void fm__symbols_report(const FmSymbols *symbols, const GPtrArray *insets, FmRenderReport *report,
                        GString *display_list)
{
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request = request_of(symbols, placed);
        g_autofree char *text = fm__label_text(request);
        const gboolean fitted = placed->text && has_fit(request);
        if (placed->icon || fitted) {
            report->n_symbols++;
            fm__display_list_add(display_list, "symbol", fitted ? placed->fitted : request->icon,
                                 "%s %s", request->layer_id, data_of(symbols, placed)->look.name);
        }
        if (placed->text) {
            report->n_labels++;
            fm__display_list_add(display_list, "label", placed->box, "%s %ld %s", request->layer_id,
                                 lround(placed->angle_deg), text);
        } else if (is_missing(symbols, insets, placed, text)) {
            g_ptr_array_add(report->unplaced, g_strdup_printf("%s: %s", request->layer_id, text));
        }
    }
}
