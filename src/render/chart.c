/* Small bar charts beside the map: a bar a feature, or a group of bars, ordered by value, in the
 * colours of the map. */
#include "furniture.h"

#include <math.h>

#define MAX_BARS 24
#define ROW_EM 1.75  /* height of a row of one bar over text size */
#define MORE_EM 0.95 /* what another bar of the group adds */
#define BAR_EM 0.875
#define TEXT_PT 7.0
#define OTHERS_OPACITY 0.4
#define MAX_LABEL_RATIO 0.45 /* of the width, for two languages */

/* One chart while it is drawn. */
typedef struct {
    FmFurniture *f;
    const FmPageChart *chart;
    const FmMapLayer *layer;
    GArray *bars; /* Bar */
    double maximum;
    double label_px, figure_px; /* the widest of each */
} Chart;

/* What a feature has: a label, and its place by the first series. */
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

static double series_value(const Chart *c, guint series, gsize row)
{
    FmStyleContext context = {c->layer->table, row, c->f->frame->zoom, NULL};
    const FmPageSeries *one = c->chart->series->pdata[series];
    return fm_page_expression_number(one->value, &context);
}

static void collect_bars(Chart *c)
{
    const FmPageChart *chart = c->chart;
    c->bars = g_array_new(FALSE, TRUE, sizeof(Bar));
    g_array_set_clear_func(c->bars, bar_clear);
    for (gsize row = 0; row < fm_table_n_rows(c->layer->table); row++) {
        FmStyleContext context = {c->layer->table, row, c->f->frame->zoom, NULL};
        if ((chart->of_area && !fm__map_layer_is_of_area(c->layer, row)) ||
            (chart->filter && !fm_page_expression_boolean(chart->filter, &context)))
            continue;
        Bar bar = {row, series_value(c, 0, row), NULL};
        if (isfinite(bar.value))
            g_array_append_val(c->bars, bar);
    }
    g_array_sort(c->bars, chart->ascending ? compare_ascending : compare_descending);
    if (c->bars->len > MAX_BARS)
        g_array_set_size(c->bars, MAX_BARS);
}

static double text_width(FmFurniture *f, const char *text)
{
    FmTextStyle style = {.size_px = fm__furniture_size_px(f, TEXT_PT)};
    double width = 0, height = 0;
    fm__text_measure(f->text, text, &style, &width, &height);
    return width;
}

/* Name the bars, each in both languages if that leaves most of the width to the bar. */
static void label_bars(Chart *c, double width_px)
{
    FmLanguage languages[2];
    gsize n = fm__furniture_languages(c->f, languages);
    for (guint i = 0; i < c->bars->len; i++) {
        Bar *bar = &g_array_index(c->bars, Bar, i);
        FmStyleContext context = {c->layer->table, bar->row, c->f->frame->zoom, NULL};
        const FmPageExpression *en = c->chart->label_en, *zh = c->chart->label_zh;
        bar->label = fm__furniture_name(c->f, en, zh, &context, n);
        if (n > 1 && text_width(c->f, bar->label) >= width_px * MAX_LABEL_RATIO) {
            g_free(bar->label);
            bar->label = fm__furniture_name(c->f, en, zh, &context, 1);
        }
        c->label_px = MAX(c->label_px, text_width(c->f, bar->label));
    }
}

static char *figure_text(const Chart *c, double value)
{
    return fm__format_value(value, c->chart->format, c->f->language);
}

/* The end of the axis, and the room that the figures take. */
static void measure_values(Chart *c)
{
    c->maximum = c->chart->has_maximum ? c->chart->maximum : 0;
    for (guint i = 0; i < c->bars->len; i++)
        for (guint s = 0; s < c->chart->series->len; s++) {
            double value = series_value(c, s, g_array_index(c->bars, Bar, i).row);
            g_autofree char *text = figure_text(c, value);
            c->figure_px = MAX(c->figure_px, text_width(c->f, text));
            if (!c->chart->has_maximum && isfinite(value))
                c->maximum = MAX(c->maximum, value);
        }
}

/* A bar of another area than an atlas page's own is pale. */
static void draw_bar(const Chart *c, const FmPageSeries *series, FmPageRect track, double value,
                     gboolean own)
{
    cairo_t *cr = c->f->cr;
    double share = c->maximum > 0 && isfinite(value) ? value / c->maximum : 0;
    if (!cr)
        return;
    cairo_rectangle(cr, track.x_px, track.y_px, track.width_px, track.height_px);
    cairo_set_source_rgb(cr, 0.94, 0.935, 0.925);
    cairo_fill(cr);
    cairo_rectangle(cr, track.x_px, track.y_px, track.width_px * CLAMP(share, 0, 1),
                    track.height_px);
    fm__set_source(cr, series->color, own ? 1 : OTHERS_OPACITY);
    cairo_fill(cr);
}

/* What the colours of several series mean.  Returns the height. */
static double draw_key(const Chart *c, double x_px, double y_px, double width_px)
{
    const FmTextLook look = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    const double square_px = fm__furniture_size_px(c->f, TEXT_PT) * 0.8;
    double gap = c->f->sheet->gap_px / 2, y = y_px;
    for (guint s = 0; s < c->chart->series->len; s++) {
        const FmPageSeries *series = c->chart->series->pdata[s];
        if (!series->title.en && !series->title.zh)
            continue;
        if (c->f->cr) {
            cairo_rectangle(c->f->cr, x_px, y + square_px * 0.35, square_px, square_px);
            fm__set_source(c->f->cr, series->color, 1);
            cairo_fill(c->f->cr);
        }
        y += fm__furniture_draw_words(c->f, &series->title, &look, NULL, x_px + square_px + gap, y,
                                      width_px - square_px - gap);
    }
    return y - y_px;
}

/* A feature's label, bars and figures. */
static void draw_row(const Chart *c, const Bar *bar, double x_px, double y_px, double width_px,
                     double row_px)
{
    FmFurniture *f = c->f;
    /* An atlas page's own area is named, be it without a bar. */
    gboolean own = c->layer->of_area && c->layer->of_area[bar->row];
    const double em = fm__furniture_size_px(f, TEXT_PT), text_px = em * 1.32;
    const FmTextLook text = {TEXT_PT, own, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook figure = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_RIGHT};
    guint n = c->chart->series->len;
    double gap = f->sheet->gap_px / 2, step = em * MORE_EM;
    double first = y_px + (row_px - (n - 1) * step) / 2;
    fm__furniture_draw_text(f, bar->label, &text, x_px, y_px + (row_px - text_px) / 2, 0);
    for (guint s = 0; s < n; s++) {
        double value = series_value(c, s, bar->row), middle = first + s * step;
        double height = em * (n > 1 ? BAR_EM * 0.9 : BAR_EM);
        FmPageRect track = {x_px + c->label_px + gap, middle - height / 2,
                            width_px - c->label_px - c->figure_px - 2 * gap, height};
        g_autofree char *words = figure_text(c, value);
        if (track.width_px > 0)
            draw_bar(c, c->chart->series->pdata[s], track, value,
                     fm__map_layer_is_of_area(c->layer, bar->row));
        fm__furniture_draw_text(f, words, &figure, x_px + width_px, middle - text_px / 2, 0);
    }
}

static double draw_chart(FmFurniture *f, const FmPageChart *chart, double x_px, double y_px,
                         double width_px)
{
    Chart c = {.f = f, .chart = chart, .layer = fm__map_layers_find(f->layers, chart->layer)};
    if (!c.layer)
        return 0;
    collect_bars(&c);
    g_autoptr(GArray) bars = c.bars;
    if (bars->len == 0)
        return 0;
    label_bars(&c, width_px);
    measure_values(&c);
    const FmTextLook head = {9, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    double gap = f->sheet->gap_px / 4, y = y_px;
    double row_px =
        fm__furniture_size_px(f, TEXT_PT) * (ROW_EM + MORE_EM * (chart->series->len - 1));
    y += fm__furniture_draw_words(f, &chart->title, &head, NULL, x_px, y, width_px);
    y += y > y_px ? gap : 0;
    y += draw_key(&c, x_px, y, width_px);
    for (guint i = 0; i < bars->len; i++) {
        draw_row(&c, &g_array_index(bars, Bar, i), x_px, y, width_px, row_px);
        y += row_px;
    }
    return y - y_px;
}

double fm__chart_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    double y = y_px, gap = f->sheet->gap_px;
    for (guint i = 0; i < f->page->charts->len; i++) {
        double height = draw_chart(f, f->page->charts->pdata[i], x_px, y, width_px);
        y += height > 0 ? height + gap : 0;
    }
    return y > y_px ? y - gap - y_px : 0;
}
