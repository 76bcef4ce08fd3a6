/* The legend: made from the layers that are on the map, each symbol drawn by its own style layers
 * with the entry's sample properties, with counts of what is really there. */
#include "legend-scale.h"

#include "dots.h"
#include "legend-columns.h"
#include "legend-ramp.h"

#define SWATCH_WIDTH_PX 28.0
#define SWATCH_HEIGHT_PX 15.0
#define TEXT_PT 8.0
#define LEAST_COLUMN_EM 14.0 /* a narrower column breaks nearly every entry */
#define MODELLED_ZH "（模型估算）"
#define MODELLED_EN ", modelled"

/* How many features an entry stands for. */
typedef struct {
    gsize all;     /* accepted by the filters, whether they have a position or not */
    gsize visible; /* of these, in the frame */
    gboolean modelled;
} EntryCount;

/* Does one of the page's maps show the row? */
static gboolean is_visible(const FmFurniture *f, const FmStyleLayer *style_layer,
                           const char *source, gsize row)
{
    for (gsize i = 0; i < fm__furniture_n_maps(f); i++) {
        FmFurnitureMap map = fm__furniture_map(f, i);
        const FmMapLayer *layer = fm__map_layers_find(map.layers, source);
        const FmShape *shape = layer->shapes[row];
        if (!shape || shape->n_paths == 0 || !fm__furniture_map_has(&map, style_layer))
            continue;
        g_autoptr(FmShape) inside = fm__shape_clip(shape, &map.frame->rect);
        if (inside->n_paths > 0)
            return TRUE;
    }
    return FALSE;
}

static EntryCount count_features(const FmFurniture *f, const FmStyleLayer *style_layer,
                                 const FmPageExpression *filter, gboolean of_area)
{
    EntryCount count = {0, 0, FALSE};
    const char *source = fm_style_layer_source_layer(style_layer);
    const FmMapLayer *layer = source ? fm__map_layers_find(f->layers, source) : NULL;
    if (fm_style_layer_type(style_layer) == FM_STYLE_RASTER)
        count.visible = fm__legend_sees_raster(f, style_layer) ? 1 : 0;
    if (!layer)
        return count;
    count.modelled = layer->info->modelled;
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        FmStyleContext context = {layer->table, row, f->frame->zoom, NULL};
        if (!fm__map_layer_accepts(layer, style_layer, &context) ||
            (of_area && !fm__map_layer_is_of_area(layer, row)) ||
            (filter && !fm_page_expression_boolean(filter, &context)))
            continue;
        count.all++;
        count.visible += is_visible(f, style_layer, source, row) ? 1 : 0;
    }
    return count;
}

static EntryCount count_entry(const FmFurniture *f, const FmPageLegendEntry *entry)
{
    EntryCount count = count_features(f, entry->layer, entry->filter, entry->of_area);
    count.modelled = count.modelled || entry->modelled;
    return count;
}

/* FmLegendCount: features on the map. */
static gsize count_visible(const FmFurniture *f, const FmStyleLayer *style_layer,
                           const FmPageExpression *filter)
{
    return count_features(f, style_layer, filter, FALSE).visible;
}

/* Does the entry show an area, whose border a line layer draws? */
static gboolean is_area(const FmPageLegendEntry *entry)
{
    for (gsize i = 0; i < entry->n_layers; i++)
        if (fm_style_layer_type(entry->layers[i]) == FM_STYLE_FILL)
            return TRUE;
    return FALSE;
}

/* A shape that fills the swatch as the layer type wants it: a line goes through the middle, or
 * around the area whose border it is. */
static FmShape *swatch_shape(const FmStyleLayer *layer, gboolean area_border, const FmPageRect *box)
{
    double x0 = box->x_px, y0 = box->y_px, x1 = fm__rect_right_px(box),
           y1 = fm__rect_bottom_px(box);
    FmPagePoint area[] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    FmPagePoint line[] = {{x0, (y0 + y1) / 2}, {x1, (y0 + y1) / 2}};
    FmPagePoint point[] = {{(x0 + x1) / 2, (y0 + y1) / 2}};
    FmStyleLayerType type = fm_style_layer_type(layer);
    const gboolean closed = type == FM_STYLE_FILL || (type == FM_STYLE_LINE && area_border);
    const FmPagePoint *points = closed ? area : type == FM_STYLE_LINE ? line : point;
    gsize n = closed ? 4 : type == FM_STYLE_LINE ? 2 : 1;
    FmShape *shape = g_new0(FmShape, 1);
    shape->dimension = n == 4 ? 2 : n == 2 ? 1 : 0;
    shape->n_points = n;
    shape->points = g_memdup2(points, n * sizeof *points);
    shape->n_paths = 1;
    shape->path_end = g_memdup2(&n, sizeof n);
    return shape;
}

static void draw_icon_swatch(const FmFurniture *f, const FmStyleLayer *layer,
                             const FmStyleContext *context, const FmPageRect *box)
{
    g_auto(FmIconLook) look = {0};
    if (!fm__icon_look_init(&look, f->icons, layer, context, NULL) || !look.name)
        return;
    FmPageRect icon = {box->x_px + (box->width_px - look.width_px) / 2,
                       box->y_px + (box->height_px - look.height_px) / 2, look.width_px,
                       look.height_px};
    fm__icon_look_draw(&look, f->icons, f->cr, icon, NULL);
}

/* Icons that fail here have failed on the map already, with the error reported there. */
static void draw_swatch(const FmFurniture *f, const FmPageLegendEntry *entry, const FmPageRect *box)
{
    FmBrush brush = {f->cr, f->icons, f->sheet->device_scale * f->scale, FALSE};
    FmStyleContext context = {entry->sample, 0, f->frame->zoom, NULL};
    cairo_save(f->cr);
    cairo_rectangle(f->cr, box->x_px - 1, box->y_px - 2, box->width_px + 2, box->height_px + 4);
    cairo_clip(f->cr);
    for (gsize i = 0; i < entry->n_layers; i++) {
        const FmStyleLayer *layer = entry->layers[i];
        if (fm_style_layer_type(layer) == FM_STYLE_SYMBOL) {
            draw_icon_swatch(f, layer, &context, box);
            continue;
        }
        g_autoptr(FmDots) dots = fm_dots_new(f->style, layer);
        const gboolean border = fm_style_layer_type(layer) == FM_STYLE_LINE && is_area(entry);
        /* A border stays inside of the swatch, as wide as it is. */
        const FmPageRect inner =
            fm__rect_grow(*box, border ? -fm__draw_line_width_px(layer, &context) / 2 : 0);
        g_autoptr(FmShape) shape =
            dots ? fm__dots_swatch(box) : swatch_shape(layer, border, &inner);
        fm__draw_shape(&brush, layer, shape, &context, NULL);
    }
    cairo_restore(f->cr);
}

/* "International school, open (24)"; "(20 / 24)" when some lie outside the frame. */
static char *entry_text(const FmFurniture *f, const FmPageLegendEntry *entry,
                        const EntryCount *count, FmLanguage language, gboolean with_count)
{
    const char *template = language == FM_LANGUAGE_ZH ? entry->label.zh : entry->label.en;
    if (!template && f->language != FM_LANGUAGE_BOTH)
        template = entry->label.zh ? entry->label.zh : entry->label.en;
    if (!template)
        return NULL;
    g_autofree char *words =
        fm__placeholders_expand(f->placeholders, template, language, f->report->warnings);
    GString *text = g_string_new(words);
    if (count->modelled)
        g_string_append(text, language == FM_LANGUAGE_ZH ? MODELLED_ZH : MODELLED_EN);
    if (entry->count && with_count && fm_style_layer_source_layer(entry->layer)) {
        g_autofree char *visible = fm_format_count((gint64)count->visible);
        g_autofree char *all = fm_format_count((gint64)count->all);
        if (count->visible == count->all)
            g_string_append_printf(text, " (%s)", all);
        else
            g_string_append_printf(text, " (%s / %s)", visible, all);
    }
    return g_string_free(text, FALSE);
}

/* An entry that is shown. */
typedef struct {
    const FmPageLegendEntry *entry;
    EntryCount count;
    gboolean on_a_line; /* both languages */
} ShownEntry;

/* "地铁线路 (22)  Subway line" */
static char *line_text(const FmFurniture *f, const ShownEntry *shown)
{
    g_autofree char *zh = entry_text(f, shown->entry, &shown->count, FM_LANGUAGE_ZH, TRUE);
    g_autofree char *en = entry_text(f, shown->entry, &shown->count, FM_LANGUAGE_EN, FALSE);
    return g_strconcat(zh ? zh : "", zh && en ? "  " : "", en ? en : "", NULL);
}

/* The label in one or two languages.  Returns its height. */
static double draw_words(FmFurniture *f, const ShownEntry *shown, double x_px, double y_px,
                         double width_px)
{
    const FmPageLegendEntry *entry = shown->entry;
    const EntryCount *count = &shown->count;
    const FmTextLook first = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook second = {TEXT_PT * FM_ENGLISH_RATIO, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    double y = y_px;
    FmLanguage languages[2];
    gsize n = fm__furniture_languages(f, languages);
    /* "5.0 – 9.9" is the same in both languages and is said once. */
    if (g_strcmp0(entry->label.en, entry->label.zh) == 0)
        n = 1;
    if (n > 1 && shown->on_a_line) {
        g_autofree char *line = line_text(f, shown);
        return fm__furniture_draw_text(f, line, &first, x_px, y, width_px);
    }
    for (gsize i = 0; i < n; i++) {
        g_autofree char *text = entry_text(f, entry, count, languages[i], i == 0);
        y += fm__furniture_draw_text(f, text, i == 0 ? &first : &second, x_px, y, width_px);
    }
    return y - y_px;
}

/* Its words, and the sample below them. */
static double draw_picture_entry(FmFurniture *f, const ShownEntry *shown, double x_px, double y_px,
                                 double width_px)
{
    const double words_px = draw_words(f, shown, x_px, y_px, width_px);
    const double gap_px = f->sheet->gap_px / 8;
    return words_px + gap_px +
           fm__legend_ramp_draw(f, shown->entry->layer, x_px, y_px + words_px + gap_px, width_px);
}

/* Where the words of an entry with a swatch begin. */
static double words_indent_px(const FmFurniture *f)
{
    return SWATCH_WIDTH_PX + f->sheet->gap_px / 2;
}

static double draw_entry(FmFurniture *f, const ShownEntry *shown, double x_px, double y_px,
                         double width_px)
{
    const FmPageLegendEntry *entry = shown->entry;
    if (entry->kind == FM_LEGEND_SQUARE)
        return fm__legend_square_draw(f, entry, count_visible, x_px, y_px, width_px);
    if (entry->kind != FM_LEGEND_SWATCH)
        return fm__legend_sizes_draw(f, entry, x_px, y_px, width_px);
    if (fm__legend_is_picture(entry->layer))
        return draw_picture_entry(f, shown, x_px, y_px, width_px);
    const double indent = words_indent_px(f);
    double words_px = draw_words(f, shown, x_px + indent, y_px, width_px - indent);
    double height = MAX(words_px, SWATCH_HEIGHT_PX);
    FmPageRect box = {x_px, y_px + (height - SWATCH_HEIGHT_PX) / 2, SWATCH_WIDTH_PX,
                      SWATCH_HEIGHT_PX};
    if (f->cr)
        draw_swatch(f, entry, &box);
    fm__furniture_list(f, "swatch", box, fm_style_layer_id(entry->layer));
    return height;
}

/* The heading; it says "modelled" once when all below it is. */
static double draw_head(FmFurniture *f, const FmPageGroup *group, gboolean modelled, double x_px,
                        double y_px, double width_px)
{
    const FmTextLook head = {9, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    if (!group->title.en && !group->title.zh)
        return 0;
    g_autofree char *en = NULL, *zh = NULL;
    if (group->title.en)
        en = g_strconcat(group->title.en, modelled ? MODELLED_EN : NULL, NULL);
    if (group->title.zh)
        zh = g_strconcat(group->title.zh, modelled ? MODELLED_ZH : NULL, NULL);
    FmPageText title = {en, zh};
    return fm__furniture_draw_words(f, &title, &head, NULL, x_px, y_px, width_px) +
           f->sheet->gap_px / 4;
}

/* The group's entries that stand for something on the map.  What is drawn on top comes first: style
 * layers from the last to the first, entries of one layer as they are written. */
static GArray *shown_entries(const FmFurniture *f, const FmPageGroup *group)
{
    GArray *shown = g_array_new(FALSE, FALSE, sizeof(ShownEntry));
    const GPtrArray *legend = f->page->legend;
    guint end = legend->len;
    while (end > 0) {
        guint begin = end - 1;
        const FmPageLegendEntry *last = legend->pdata[begin];
        while (begin > 0 &&
               ((const FmPageLegendEntry *)legend->pdata[begin - 1])->layer == last->layer)
            begin--;
        for (guint i = begin; i < end; i++) {
            ShownEntry one = {legend->pdata[i], count_entry(f, legend->pdata[i]), FALSE};
            if (g_strcmp0(one.entry->group, group->id) == 0 &&
                (one.count.visible > 0 || one.entry->keep_empty))
                g_array_append_val(shown, one);
        }
        end = begin;
    }
    return shown;
}

/* Room is saved where every entry of a group has its two languages on one line. */
static gboolean fit_on_lines(const FmFurniture *f, const GArray *shown, double width_px)
{
    const FmTextLook look = {TEXT_PT, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    FmFurniture measure = *f;
    measure.cr = NULL;
    gboolean fit = f->legend_columns > 1 && f->language == FM_LANGUAGE_BOTH;
    for (guint i = 0; i < shown->len && fit; i++) {
        g_autofree char *line = line_text(f, &g_array_index(shown, ShownEntry, i));
        const double room_px = width_px - words_indent_px(f);
        fit = fm__furniture_draw_text(&measure, line, &look, 0, 0, room_px) <=
              fm__furniture_draw_text(&measure, line, &look, 0, 0, 0);
    }
    return fit;
}

/* One heading and its entries; nothing when none of them is on the map. */
static double draw_group(FmFurniture *f, const FmPageGroup *group, gboolean *partial, double x_px,
                         double y_px, double width_px)
{
    double y = y_px, gap = f->sheet->gap_px / 4;
    g_autoptr(GArray) shown = shown_entries(f, group);
    if (shown->len == 0)
        return 0;
    gboolean modelled = TRUE;
    for (guint i = 0; i < shown->len; i++)
        modelled = modelled && g_array_index(shown, ShownEntry, i).count.modelled;
    for (guint i = 0; i < shown->len && modelled; i++)
        g_array_index(shown, ShownEntry, i).count.modelled = FALSE;
    const gboolean on_lines = fit_on_lines(f, shown, width_px);
    y += draw_head(f, group, modelled, x_px, y, width_px);
    for (guint i = 0; i < shown->len; i++) {
        ShownEntry *one = &g_array_index(shown, ShownEntry, i);
        one->on_a_line = on_lines;
        *partial = *partial || (one->entry->count && one->count.visible != one->count.all);
        y += draw_entry(f, one, x_px, y, width_px) + gap;
    }
    return y - gap - y_px;
}

/* What each of the page's groups takes, with the gap below it; 0 without entries. */
static double *measure_groups(const FmFurniture *f, double width_px, gboolean *partial)
{
    const guint n = f->page->groups->len;
    double *heights_px = g_new0(double, n);
    FmFurniture measure = *f;
    measure.cr = NULL;
    for (guint i = 0; i < n; i++) {
        heights_px[i] = draw_group(&measure, f->page->groups->pdata[i], partial, 0, 0, width_px);
        heights_px[i] += heights_px[i] > 0 ? f->sheet->gap_px : 0;
    }
    return heights_px;
}

double fm__legend_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook small = {6.5, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    static const char *const explanations[] = {[FM_LANGUAGE_BOTH] =
                                                   "(a / b)：图内 / 全部  on this map / in all",
                                               [FM_LANGUAGE_EN] = "(a / b): on this map / in all",
                                               [FM_LANGUAGE_ZH] = "(a / b)：图内 / 全部"};
    const double gap = f->sheet->gap_px;
    guint n_columns = CLAMP(f->legend_columns, 1, FM_LEGEND_MAX_COLUMNS);
    double column_px = (width_px - gap * (n_columns - 1)) / n_columns;
    if (n_columns > 1 && column_px < LEAST_COLUMN_EM * fm__furniture_size_px(f, TEXT_PT)) {
        n_columns = 1;
        column_px = width_px;
    }
    double ends_px[FM_LEGEND_MAX_COLUMNS] = {0}, height = 0;
    gboolean partial = FALSE;
    const guint n = f->page->groups->len;
    g_autofree double *heights_px = measure_groups(f, column_px, &partial);
    g_autofree guint *columns = g_new0(guint, n);
    fm__legend_columns(heights_px, n, n_columns, columns);
    for (guint i = 0; i < n; i++) {
        double *end_px = &ends_px[columns[i]];
        if (f->cr)
            draw_group(f, f->page->groups->pdata[i], &partial,
                       x_px + columns[i] * (column_px + gap), y_px + *end_px, column_px);
        *end_px += heights_px[i];
        height = MAX(height, *end_px);
    }
    if (partial)
        height += gap + fm__furniture_draw_text(f, explanations[f->language], &small, x_px,
                                                y_px + height, width_px);
    return height > 0 ? height - gap : 0;
}
