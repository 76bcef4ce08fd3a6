/* Symbols that have their places: drawn, counted and listed. */
#include "symbols-internal.h"

#include "display-list.h"

#include <math.h>
#include <string.h>

static const FmLabelRequest *request_of(const FmSymbols *symbols, const FmLabelPlaced *placed)
{
    return &g_array_index(symbols->requests, FmLabelRequest, placed->request);
}

static const FmSymbolData *data_of(const FmSymbols *symbols, const FmLabelPlaced *placed)
{
    return symbols->data->pdata[placed->request];
}

gboolean fm__symbols_draw(const FmSymbols *symbols, guint rank, const FmBrush *brush,
                          GError **error)
{
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request = request_of(symbols, placed);
        if (request->layer_rank != rank || !placed->icon)
            continue;
        const FmIconLook *look = &data_of(symbols, placed)->look;
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

void fm__symbols_report(const FmSymbols *symbols, const GPtrArray *insets, FmRenderReport *report,
                        GString *display_list)
{
    for (guint i = 0; i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request = request_of(symbols, placed);
        g_autofree char *text = fm__label_text(request);
        if (placed->icon) {
            report->n_symbols++;
            fm__display_list_add(display_list, "symbol", request->icon, "%s %s", request->layer_id,
                                 data_of(symbols, placed)->look.name);
        }
        if (placed->text) {
            report->n_labels++;
            fm__display_list_add(display_list, "label", placed->box, "%s %ld %s", request->layer_id,
                                 lround(placed->angle_deg), text);
        } else if (*text != '\0' && !is_named_in_any(insets, request)) {
            g_ptr_array_add(report->unplaced, g_strdup_printf("%s: %s", request->layer_id, text));
        }
    }
}
