/* Circles in each other and lines of several widths.  They have the size that the map has, also
 * where the panel is drawn smaller: a reader may lay a finger on one and carry it over. */
#include "legend-scale.h"

#include "flow.h"

#define TEXT_PT 8.0
#define LINE_PX 60.0     /* length of a sample */
#define LABEL_GAP_PX 6.0 /* from a sample to its label */
#define LEADER_PX 10.0

/* A layer whose colours have entries of their own is shown by its outline alone. */
static gboolean has_swatches(const FmFurniture *f, const FmPageLegendEntry *entry)
{
    for (guint i = 0; i < f->page->legend->len; i++) {
        const FmPageLegendEntry *other = f->page->legend->pdata[i];
        if (other->layer == entry->layer && other->kind == FM_LEGEND_SWATCH)
            return TRUE;
    }
    return FALSE;
}

/* ---- circles ---------------------------------------------------------------------------- */

static void draw_circle(const FmFurniture *f, const FmPageLegendEntry *entry, FmPagePoint middle,
                        double radius_px, gboolean plain)
{
    const FmStyleContext context = {entry->sample, 0, f->frame->zoom, NULL};
    const FmStyleLayer *layer = entry->layer;
    cairo_new_path(f->cr);
    cairo_arc(f->cr, middle.x_px, middle.y_px, radius_px, 0, 2 * G_PI);
    if (plain) {
        fm__set_source(f->cr, FM_INK_SOFT, 1);
    } else {
        fm__set_source(f->cr, fm_style_layer_color(layer, FM_PROP_CIRCLE_COLOR, &context),
                       fm_style_layer_number(layer, FM_PROP_CIRCLE_OPACITY, &context));
        cairo_fill_preserve(f->cr);
        fm__set_source(f->cr, FM_INK_SOFT, 1);
    }
    cairo_set_line_width(f->cr, 0.6);
    cairo_stroke(f->cr);
}

static void draw_leader(const FmFurniture *f, FmPagePoint from, double right_px, double label_y_px)
{
    cairo_new_path(f->cr);
    cairo_move_to(f->cr, from.x_px, from.y_px);
    cairo_line_to(f->cr, right_px, from.y_px);
    cairo_line_to(f->cr, right_px + LEADER_PX, label_y_px);
    fm__set_source(f->cr, FM_INK_FAINT, 1);
    cairo_set_line_width(f->cr, 0.5);
    cairo_stroke(f->cr);
}

/* All stand on one line; each is named at its top, names a line apart. */
static double draw_nested(FmFurniture *f, const FmPageLegendEntry *entry, double x_px, double y_px)
{
    const FmPageLegendSize *sizes = (const FmPageLegendSize *)(const void *)entry->sizes->data;
    const guint n = entry->sizes->len;
    const FmTextLook label_look = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    const double line_px = fm__furniture_size_px(f, TEXT_PT) * 1.32;
    const double largest_px = sizes[n - 1].size_px / f->scale;
    const double height_px = MAX(2 * largest_px + line_px / 2, n * line_px);
    const double floor_px = y_px + height_px, middle_px = x_px + largest_px;
    const gboolean plain = has_swatches(f, entry);
    double below_px = floor_px + line_px / 2;
    for (guint i = n; i-- > 0 && f->cr;) {
        const double r = sizes[i].size_px / f->scale;
        draw_circle(f, entry, (FmPagePoint){middle_px, floor_px - r}, r, plain);
    }
    for (guint i = 0; i < n; i++) {
        const double top_px = floor_px - 2 * sizes[i].size_px / f->scale;
        const double label_px = MIN(top_px, below_px - line_px);
        g_autofree char *text = fm__format_value(sizes[i].value, entry->format, f->language);
        if (f->cr)
            draw_leader(f, (FmPagePoint){middle_px, top_px}, middle_px + largest_px, label_px);
        fm__furniture_draw_text(f, text, &label_look,
                                middle_px + largest_px + LEADER_PX + LABEL_GAP_PX / 2,
                                label_px - line_px / 2, 0);
        below_px = label_px;
    }
    fm__furniture_list(
        f, "swatch", (FmPageRect){x_px, floor_px - 2 * largest_px, 2 * largest_px, 2 * largest_px},
        fm_style_layer_id(entry->layer));
    return height_px;
}

/* ---- lines ------------------------------------------------------------------------------ */

static void draw_line(const FmFurniture *f, const FmPageLegendEntry *entry, double x_px,
                      double y_px, double line_width_px, gboolean plain)
{
    const FmStyleContext context = {entry->sample, 0, f->frame->zoom, NULL};
    FmPagePoint ends[] = {{x_px, y_px}, {x_px + LINE_PX, y_px}};
    gsize end = G_N_ELEMENTS(ends);
    const FmShape shape = {1, end, 1, ends, &end};
    FmFlow flow = {0};
    fm_flow_read(entry->layer, &flow);
    fm__flow_draw(f->cr, &shape, &flow, line_width_px,
                  plain ? FM_INK_SOFT
                        : fm_style_layer_color(entry->layer, FM_PROP_LINE_COLOR, &context),
                  plain ? 1 : fm_style_layer_number(entry->layer, FM_PROP_LINE_OPACITY, &context));
}

static double draw_widths(FmFurniture *f, const FmPageLegendEntry *entry, double x_px, double y_px)
{
    const FmTextLook label_look = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    const double line_px = fm__furniture_size_px(f, TEXT_PT) * 1.32;
    const gboolean plain = has_swatches(f, entry);
    double y = y_px;
    for (guint i = entry->sizes->len; i-- > 0;) {
        const FmPageLegendSize *size = &g_array_index(entry->sizes, FmPageLegendSize, i);
        const double width_px = size->size_px / f->scale, row_px = MAX(line_px, width_px + 2);
        g_autofree char *text = fm__format_value(size->value, entry->format, f->language);
        if (f->cr)
            draw_line(f, entry, x_px, y + row_px / 2, width_px, plain);
        fm__furniture_list(f, "swatch",
                           (FmPageRect){x_px, y + (row_px - width_px) / 2, LINE_PX, width_px},
                           fm_style_layer_id(entry->layer));
        fm__furniture_draw_text(f, text, &label_look, x_px + LINE_PX + LABEL_GAP_PX,
                                y + (row_px - line_px) / 2, 0);
        y += row_px;
    }
    return y - y_px;
}

double fm__legend_sizes_draw(FmFurniture *f, const FmPageLegendEntry *entry, double x_px,
                             double y_px, double width_px)
{
    (void)width_px; /* sizes are the map's, whatever room there is */
    return entry->kind == FM_LEGEND_NESTED ? draw_nested(f, entry, x_px, y_px)
                                           : draw_widths(f, entry, x_px, y_px);
}
