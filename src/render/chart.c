/* A small bar chart beside the map: one bar a feature, ordered by value, in the map's colour. */
#include "furniture.h"

#include <math.h>

#define MAX_BARS 24
#define ROW_EM 1.75 /* row height over text size */
#define TEXT_PT 7.0
#define OTHERS_OPACITY 0.4
#define MAX_LABEL_RATIO 0.45 /* of the width, for two languages */

typedef struct {
    gsize row;
    double value;
    char *label;
} Bar;

static void bar_clear(gpointer data)
{
    g_free(((Bar *)data)->label);
}

static gint compare_descending(gconstpointer a, gconstpointer b)
{
    const Bar *p = a, *q = b;
    if (p->value != q->value)
        return p->value > q->value ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

static gint compare_ascending(gconstpointer a, gconstpointer b)
{
    const Bar *p = a, *q = b;
    if (p->value != q->value)
        return p->value < q->value ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

/* The feature's name in the first `n` of the page's languages, on one line: "朝阳区 Chaoyang". */
static char *bar_label(const FmFurniture *f, const FmStyleContext *context, gsize n)
{
    const FmPageChart *chart = f->page->chart;
    FmLanguage languages[2];
    fm__furniture_languages(f, languages);
    GString *label = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        const FmPageExpression *expression =
            languages[i] == FM_LANGUAGE_ZH ? chart->label_zh : chart->label_en;
        if (!expression && n == 1)
            expression = chart->label_zh ? chart->label_zh : chart->label_en;
        g_autofree char *words = NULL;
        if (expression)
            words = fm_page_expression_string(expression, context);
        if (words && words[0])
            g_string_append_printf(label, "%s%s", label->len > 0 ? "  " : "", words);
    }
    return g_string_free(label, FALSE);
}

static GArray *collect_bars(const FmFurniture *f, const FmMapLayer *layer)
{
    const FmPageChart *chart = f->page->chart;
    GArray *bars = g_array_new(FALSE, TRUE, sizeof(Bar));
    g_array_set_clear_func(bars, bar_clear);
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        FmStyleContext context = {layer->table, row, f->frame->zoom, NULL};
        if ((chart->of_area && !fm__map_layer_is_of_area(layer, row)) ||
            (chart->filter && !fm_page_expression_boolean(chart->filter, &context)))
            continue;
        double value = fm_page_expression_number(chart->value, &context);
        if (!isfinite(value))
            continue;
        Bar bar = {row, value, NULL};
        g_array_append_val(bars, bar);
    }
    g_array_sort(bars, chart->ascending ? compare_ascending : compare_descending);
    if (bars->len > MAX_BARS)
        g_array_set_size(bars, MAX_BARS);
    return bars;
}

static double text_width(FmFurniture *f, const char *text)
{
    FmTextStyle style = {.size_px = TEXT_PT * FM_PX_PER_PT};
    double width = 0, height = 0;
    fm__text_measure(f->text, text, &style, &width, &height);
    return width;
}

/* Width of the widest text. */
static double widest(FmFurniture *f, const GPtrArray *texts)
{
    double most = 0;
    for (guint i = 0; i < texts->len; i++)
        most = MAX(most, text_width(f, texts->pdata[i]));
    return most;
}

/* Name the bars, each in both languages if that leaves most of the width to the bar.
 * Returns char*, borrowed from the bars. */
static GPtrArray *label_bars(FmFurniture *f, const FmMapLayer *layer, GArray *bars, double width_px)
{
    FmLanguage languages[2];
    gsize n_languages = fm__furniture_languages(f, languages);
    GPtrArray *labels = g_ptr_array_new();
    for (guint i = 0; i < bars->len; i++) {
        Bar *bar = &g_array_index(bars, Bar, i);
        FmStyleContext context = {layer->table, bar->row, f->frame->zoom, NULL};
        bar->label = bar_label(f, &context, n_languages);
        if (n_languages > 1 && text_width(f, bar->label) >= width_px * MAX_LABEL_RATIO) {
            g_free(bar->label);
            bar->label = bar_label(f, &context, 1);
        }
        g_ptr_array_add(labels, bar->label);
    }
    return labels;
}

/* A bar of another area than an atlas page's own is pale. */
static void draw_bar(FmFurniture *f, FmPageRect track, double share, gboolean own)
{
    if (!f->cr)
        return;
    cairo_rectangle(f->cr, track.x_px, track.y_px, track.width_px, track.height_px);
    cairo_set_source_rgb(f->cr, 0.94, 0.935, 0.925);
    cairo_fill(f->cr);
    cairo_rectangle(f->cr, track.x_px, track.y_px, track.width_px * CLAMP(share, 0, 1),
                    track.height_px);
    fm__set_source(f->cr, f->page->chart->color, own ? 1 : OTHERS_OPACITY);
    cairo_fill(f->cr);
}

double fm__chart_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmPageChart *chart = f->page->chart;
    const FmMapLayer *layer = chart ? fm__map_layers_find(f->layers, chart->layer) : NULL;
    if (!layer)
        return 0;
    g_autoptr(GArray) bars = collect_bars(f, layer);
    if (bars->len == 0)
        return 0;
    FmLanguage languages[2];
    fm__furniture_languages(f, languages);
    g_autoptr(GPtrArray) labels = label_bars(f, layer, bars, width_px);
    g_autoptr(GPtrArray) figures = g_ptr_array_new_with_free_func(g_free);
    double maximum = chart->has_maximum ? chart->maximum : 0;
    for (guint i = 0; i < bars->len; i++) {
        const Bar *bar = &g_array_index(bars, Bar, i);
        g_ptr_array_add(figures, fm__format_value(bar->value, chart->format, languages[0]));
        if (!chart->has_maximum)
            maximum = MAX(maximum, bar->value);
    }
    const FmTextLook head = {9, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook text = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook own_text = {TEXT_PT, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook figure = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_RIGHT};
    double gap = f->sheet->gap_px / 2, y = y_px;
    double label_px = widest(f, labels), figure_px = widest(f, figures);
    double row_px = TEXT_PT * FM_PX_PER_PT * ROW_EM, bar_px = row_px * 0.5;
    y += fm__furniture_draw_words(f, &chart->title, &head, NULL, x_px, y, width_px);
    y += y > y_px ? gap / 2 : 0;
    for (guint i = 0; i < bars->len; i++, y += row_px) {
        const Bar *bar = &g_array_index(bars, Bar, i);
        double text_y = y + (row_px - TEXT_PT * FM_PX_PER_PT * 1.32) / 2;
        FmPageRect track = {x_px + label_px + gap, y + (row_px - bar_px) / 2,
                            width_px - label_px - figure_px - 2 * gap, bar_px};
        gboolean own = layer->of_area && layer->of_area[bar->row]; /* named, be it without a bar */
        fm__furniture_draw_text(f, bar->label, own ? &own_text : &text, x_px, text_y, 0);
        if (track.width_px > 0)
            draw_bar(f, track, maximum > 0 ? bar->value / maximum : 0,
                     fm__map_layer_is_of_area(layer, bar->row));
        fm__furniture_draw_text(f, figures->pdata[i], &figure, x_px + width_px, text_y, 0);
    }
    return y - y_px;
}
