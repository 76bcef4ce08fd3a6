/* Tables of a layer's features, in the panel or below the map.
 *
 * Numbers stand to the right, so that their digits are below each other; text stands to the left
 * and breaks when it has to.  Columns take the width of what they say, and the texts share what is
 * missing or left.  Below the map the rows go on from block to block. */
#include "furniture.h"

#include <math.h>

#define TEXT_PT 7.0
#define LINE_EM 1.32
#define PAD_EM 0.35   /* above and below a row */
#define GUTTER_EM 1.4 /* between columns */
#define MOST_COLUMNS 12
#define LEAST_TEXT_EM 6.0
#define MOST_BLOCKS 4
#define RULE ((FmColor){0.9, 0.89, 0.87, 1}) /* between rows */

typedef struct {
    FmFurniture *f;
    const FmPageTable *table;
    const FmMapLayer *layer;
    GArray *rows; /* gsize, in their order, at most the limit */
    gsize n_left_out;
    double widths_px[MOST_COLUMNS];
    gsize n_languages; /* that a cell's text is in */
} Table;

static double em_px(const Table *t)
{
    return fm__furniture_size_px(t->f, TEXT_PT);
}

static guint n_columns(const Table *t)
{
    return MIN(t->table->columns->len, MOST_COLUMNS);
}

static const FmPageColumn *column_at(const Table *t, guint i)
{
    return t->table->columns->pdata[i];
}

/* ---- rows ------------------------------------------------------------------------------- */

static double number_of(const Table *t, const FmPageExpression *expression, gsize row)
{
    FmStyleContext context = {t->layer->table, row, 0, NULL};
    return fm_page_expression_number(expression, &context);
}

static double cell_number(const Table *t, const FmPageColumn *column, gsize row)
{
    return number_of(t, column->value, row);
}

/* A cell as it is printed.  Transfer full. */
static char *cell_text(const Table *t, const FmPageColumn *column, gsize row)
{
    FmStyleContext context = {t->layer->table, row, 0, NULL};
    if (!column->value)
        return fm__furniture_name(t->f, column->text_en, column->text_zh, &context, t->n_languages);
    return fm__format_value(cell_number(t, column, row), column->format, t->f->language);
}

static gint compare_rows(gconstpointer a, gconstpointer b, gpointer user)
{
    const Table *t = user;
    gsize p = *(const gsize *)a, q = *(const gsize *)b;
    const FmPageColumn *column = column_at(t, (guint)t->table->order_by);
    const FmPageExpression *by = column->rank ? column->rank : column->value;
    gint order = 0;
    if (by) {
        double x = number_of(t, by, p), y = number_of(t, by, q);
        if (isnan(x) || isnan(y)) /* what has no number comes last, either way */
            return isnan(x) == isnan(y) ? (p > q) - (p < q) : isnan(x) ? 1 : -1;
        order = (x > y) - (x < y);
    } else {
        g_autofree char *x = cell_text(t, column, p), *y = cell_text(t, column, q);
        order = g_strcmp0(x, y);
    }
    if (t->table->order == FM_PAGE_ORDER_DESCENDING)
        order = -order;
    return order != 0 ? order : (p > q) - (p < q);
}

static void collect_rows(Table *t)
{
    const FmPageTable *table = t->table;
    t->rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < fm_table_n_rows(t->layer->table); row++) {
        FmStyleContext context = {t->layer->table, row, 0, NULL};
        if ((!table->of_area || fm__map_layer_is_of_area(t->layer, row)) &&
            (!table->filter || fm_page_expression_boolean(table->filter, &context)))
            g_array_append_val(t->rows, row);
    }
    if (table->order != FM_PAGE_ORDER_STORED)
        g_array_sort_with_data(t->rows, compare_rows, t);
}

/* The last line's cell: of all rows, also of those that the limit leaves out.  Transfer full. */
static char *total_text(const Table *t, guint i)
{
    const FmPageColumn *column = column_at(t, i);
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(double));
    if (!column->has_total)
        return NULL;
    if (!column->value)
        return fm_format_count((gint64)(t->rows->len));
    for (guint r = 0; r < t->rows->len; r++) {
        double number = cell_number(t, column, g_array_index(t->rows, gsize, r));
        if (isfinite(number))
            g_array_append_val(numbers, number);
    }
    double total =
        fm__reduce((const double *)(const void *)numbers->data, numbers->len, column->total);
    return fm__format_value(total, column->total == FM_PAGE_ROWS ? FM_PAGE_COUNT : column->format,
                            t->f->language);
}

static gboolean has_total(const Table *t)
{
    for (guint i = 0; i < n_columns(t); i++)
        if (column_at(t, i)->has_total)
            return TRUE;
    return FALSE;
}

/* ---- widths ----------------------------------------------------------------------------- */

static double text_width(const Table *t, const char *text, gboolean bold)
{
    static const char *const fonts[] = {"Noto Sans Bold", NULL};
    FmTextStyle style = {.fonts = bold ? fonts : NULL, .size_px = em_px(t)};
    double width = 0, height = 0;
    if (text)
        fm__text_measure(t->f->text, text, &style, &width, &height);
    return width;
}

/* Titles of numbers break between words; the longest word is what they need. */
static double title_width(const Table *t, const FmPageColumn *column)
{
    const char *texts[] = {column->title.zh, column->title.en};
    double most = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_auto(GStrv) words = g_strsplit(texts[i] ? texts[i] : "", " ", -1);
        for (char **word = words; *word; word++)
            most = MAX(most, text_width(t, *word, TRUE) * (i == 0 ? 1 : FM_ENGLISH_RATIO));
    }
    return most;
}

static guint n_shown(const Table *t)
{
    return MIN(t->rows->len, t->table->limit);
}

/* What each column needs to stand on one line.  Returns their sum with gutters. */
static double natural_widths(Table *t)
{
    double sum = GUTTER_EM * em_px(t) * (n_columns(t) - 1);
    for (guint i = 0; i < n_columns(t); i++) {
        const FmPageColumn *column = column_at(t, i);
        g_autofree char *total = total_text(t, i);
        double width = MAX(title_width(t, column), text_width(t, total, TRUE));
        for (guint r = 0; r < n_shown(t); r++) {
            g_autofree char *text = cell_text(t, column, g_array_index(t->rows, gsize, r));
            width = MAX(width, text_width(t, text, FALSE));
        }
        t->widths_px[i] = width;
        sum += width;
    }
    return sum;
}

/* Give or take the texts what is left or missing, in proportion to what they need. */
static void fit_widths(Table *t, double width_px)
{
    double sum = natural_widths(t), texts = 0;
    if (sum > width_px && t->n_languages > 1) { /* two languages a cell take too much */
        t->n_languages = 1;
        sum = natural_widths(t);
    }
    for (guint i = 0; i < n_columns(t); i++)
        texts += column_at(t, i)->value ? 0 : t->widths_px[i];
    for (guint i = 0; i < n_columns(t); i++)
        if (!column_at(t, i)->value && texts > 0)
            t->widths_px[i] = MAX(t->widths_px[i] * (1 + (width_px - sum) / texts),
                                  MIN(t->widths_px[i], LEAST_TEXT_EM * em_px(t)));
}

/* ---- drawing ---------------------------------------------------------------------------- */

static void draw_rule(const FmFurniture *f, double x_px, double y_px, double width_px,
                      FmColor color)
{
    if (!f->cr)
        return;
    cairo_move_to(f->cr, x_px, y_px);
    cairo_line_to(f->cr, x_px + width_px, y_px);
    fm__set_source(f->cr, color, 1);
    cairo_set_line_width(f->cr, 0.5);
    cairo_stroke(f->cr);
}

/* One cell; numbers end at the column's right.  Returns its height. */
static double draw_cell(const Table *t, guint i, const char *text, gboolean bold, double x_px,
                        double y_px)
{
    gboolean number = column_at(t, i)->value != NULL;
    FmTextLook look = {TEXT_PT, bold, FM_INK, number ? FM_JUSTIFY_RIGHT : FM_JUSTIFY_LEFT};
    return fm__furniture_draw_text(t->f, text, &look, number ? x_px + t->widths_px[i] : x_px, y_px,
                                   t->widths_px[i] + 1);
}

/* The names of the columns.  Returns the height. */
static double draw_head(const Table *t, double x_px, double y_px, double width_px)
{
    double height = 0, x = x_px, pad = PAD_EM * em_px(t);
    for (guint i = 0; i < n_columns(t); i++) {
        const FmPageColumn *column = column_at(t, i);
        FmTextLook look = {TEXT_PT, TRUE, FM_INK_SOFT,
                           column->value ? FM_JUSTIFY_RIGHT : FM_JUSTIFY_LEFT};
        FmTextLook look_en = look;
        look_en.size_pt *= FM_ENGLISH_RATIO;
        look_en.bold = FALSE;
        double anchor = column->value ? x + t->widths_px[i] : x;
        double title_px = fm__furniture_draw_words(t->f, &column->title, &look, &look_en, anchor,
                                                   y_px, t->widths_px[i] + 1);
        height = MAX(height, title_px);
        x += t->widths_px[i] + GUTTER_EM * em_px(t);
    }
    if (height == 0)
        return 0;
    draw_rule(t->f, x_px, y_px + height + pad / 2, width_px, FM_INK_SOFT);
    return height + pad;
}

/* One row, of a feature or (row = FM_COLUMN_NONE) of totals.  Returns the height. */
static double draw_row(const Table *t, gsize row, double x_px, double y_px)
{
    double height = 0, x = x_px, pad = PAD_EM * em_px(t);
    gboolean total = row == FM_COLUMN_NONE;
    for (guint i = 0; i < n_columns(t); i++) {
        g_autofree char *text = total ? total_text(t, i) : cell_text(t, column_at(t, i), row);
        double cell_px = draw_cell(t, i, text, total, x, y_px + pad);
        height = MAX(height, cell_px);
        x += t->widths_px[i] + GUTTER_EM * em_px(t);
    }
    return MAX(height, em_px(t) * LINE_EM) + 2 * pad;
}

/* The totals, named in the first column when that has none of its own. */
static double draw_total(const Table *t, double x_px, double y_px, double width_px)
{
    const FmTextLook look = {TEXT_PT, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    char total_en[] = "Total", total_zh[] = "合计";
    const FmPageText given = t->table->total;
    const FmPageText name = given.en || given.zh ? given : (FmPageText){total_en, total_zh};
    FmFurniture one = *t->f;
    one.language = t->f->language == FM_LANGUAGE_EN ? FM_LANGUAGE_EN : FM_LANGUAGE_ZH;
    draw_rule(t->f, x_px, y_px, width_px, FM_INK_SOFT);
    if (!column_at(t, 0)->has_total && !column_at(t, 0)->value)
        fm__furniture_draw_words(&one, &name, &look, NULL, x_px, y_px + PAD_EM * em_px(t),
                                 t->widths_px[0]);
    return draw_row(t, FM_COLUMN_NONE, x_px, y_px);
}

/* What the limit leaves out. */
static double draw_rest(const Table *t, double x_px, double y_px, double width_px)
{
    const FmTextLook look = {6.5, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    guint n = t->rows->len - n_shown(t);
    if (n == 0)
        return 0;
    g_autofree char *en = g_strdup_printf("and %u more", n);
    g_autofree char *zh = g_strdup_printf("另有 %u 项未列出", n);
    const FmPageText text = {en, zh};
    return fm__furniture_draw_words(t->f, &text, &look, NULL, x_px, y_px, width_px);
}

/* A head and `n_lines` lines from `begin` on; the totals are the line after the last row.
 * Returns the height. */
static double draw_block(const Table *t, guint begin, guint n_lines, double x_px, double y_px,
                         double width_px)
{
    double y = y_px + draw_head(t, x_px, y_px, width_px);
    for (guint line = begin; line < begin + n_lines && line < n_shown(t); line++) {
        if (line > begin)
            draw_rule(t->f, x_px, y, width_px, RULE);
        y += draw_row(t, g_array_index(t->rows, gsize, line), x_px, y);
    }
    if (has_total(t) && begin + n_lines > n_shown(t))
        y += draw_total(t, x_px, y, width_px);
    return y - y_px;
}

static guint choose_blocks(Table *t, double width_px)
{
    double gutter = 2 * t->f->sheet->gap_px;
    if (!t->table->below)
        return 1;
    if (t->table->blocks > 0)
        return t->table->blocks;
    double natural = natural_widths(t);
    return (guint)CLAMP((width_px + gutter) / (natural + gutter), 1, MOST_BLOCKS);
}

static double draw_table(FmFurniture *f, const FmPageTable *table, double x_px, double y_px,
                         double width_px)
{
    FmLanguage languages[2];
    Table t = {.f = f,
               .table = table,
               .layer = fm__map_layers_find(f->layers, table->layer),
               .n_languages = fm__furniture_languages(f, languages)};
    if (!t.layer)
        return 0;
    collect_rows(&t);
    g_autoptr(GArray) rows = t.rows;
    if (rows->len == 0)
        return 0;
    const FmTextLook head = {9, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    double y = y_px, gap = f->sheet->gap_px, tallest = 0;
    y += fm__furniture_draw_words(f, &table->title, &head, NULL, x_px, y, width_px);
    y += y > y_px ? gap / 4 : 0;
    guint n = choose_blocks(&t, width_px), lines = n_shown(&t) + (has_total(&t) ? 1 : 0);
    guint each = (lines + n - 1) / n;
    double block_px = (width_px - 2 * gap * (n - 1)) / n;
    fit_widths(&t, block_px);
    for (guint b = 0; b * each < lines; b++) {
        double block_x = x_px + b * (block_px + 2 * gap);
        double height = draw_block(&t, b * each, each, block_x, y, block_px);
        tallest = MAX(tallest, height);
    }
    y += tallest;
    y += draw_rest(&t, x_px, y, width_px);
    return y - y_px;
}

static double draw_tables(FmFurniture *f, gboolean below, double x_px, double y_px, double width_px)
{
    double y = y_px, gap = f->sheet->gap_px;
    for (guint i = 0; i < f->page->tables->len; i++) {
        const FmPageTable *table = f->page->tables->pdata[i];
        double height = table->below == below ? draw_table(f, table, x_px, y, width_px) : 0;
        y += height > 0 ? height + gap : 0;
    }
    return y > y_px ? y - gap - y_px : 0;
}

double fm__table_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    return draw_tables(f, FALSE, x_px, y_px, width_px);
}

double fm__table_draw_below(FmFurniture *f, double x_px, double y_px, double width_px)
{
    return draw_tables(f, TRUE, x_px, y_px, width_px);
}
