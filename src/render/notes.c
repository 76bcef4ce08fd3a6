/* Notes: what the reader must know of the data, in the document's words, and what is true of every
 * map: CRS, scale, date, runs, what is modelled, what has no position or only a rough one. */
#include "furniture.h"

#include <string.h>

/* Positions less certain than this are counted as approximate. */
#define APPROXIMATE_M 1000.0

/* Words of position_method for a point somewhere in the district named: what load --locate-by
 * writes, and what a person does who placed the row by hand near its neighbourhood. */
static const char *const by_area_words[] = {"area", "district only", NULL};

/* Facts about the data on the map. */
typedef struct {
    GPtrArray *modelled_en, *modelled_zh; /* char*: names of layers */
    gsize n_unlocated, n_approximate, n_positions;
    gsize n_by_area; /* these are not among the approximate */
} DataFacts;

/* A layer's name, unless one that it only goes on from is there: "Coverage of schools within 5 km"
 * says what there is to say of "Coverage of schools within 5 km, by area: Districts". */
static void add_name(GPtrArray *names, const char *name, const char *other)
{
    if (!name)
        name = other ? other : "";
    for (guint i = 0; i < names->len; i++)
        if (g_str_has_prefix(name, names->pdata[i]))
            return;
    if (name[0])
        g_ptr_array_add(names, g_strdup(name));
}

static gboolean is_by_area(const FmTable *table, gsize method, gsize row)
{
    const char *text = method != FM_COLUMN_NONE ? fm_table_text(table, method, row) : NULL;
    return text && g_strv_contains(by_area_words, text) && fm_table_geometry(table, row) != NULL;
}

/* How exact the positions of one layer are. */
static void count_positions(const FmTable *table, DataFacts *facts)
{
    gsize accuracy = fm_table_find_column(table, "position_accuracy_m");
    gsize method = fm_table_find_column(table, "position_method");
    if (accuracy != FM_COLUMN_NONE && fm_table_column_type(table, accuracy) == FM_COLUMN_TEXT)
        accuracy = FM_COLUMN_NONE;
    if (method != FM_COLUMN_NONE && fm_table_column_type(table, method) != FM_COLUMN_TEXT)
        method = FM_COLUMN_NONE;
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        gboolean stated = accuracy != FM_COLUMN_NONE && !fm_table_is_null(table, accuracy, row);
        gboolean by_area = is_by_area(table, method, row);
        facts->n_positions += stated ? 1 : 0;
        facts->n_by_area += by_area ? 1 : 0;
        facts->n_approximate +=
            !by_area && stated && fm_table_number(table, accuracy, row) > APPROXIMATE_M ? 1 : 0;
    }
}

static DataFacts collect_facts(const FmFurniture *f)
{
    DataFacts facts = {
        g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free), 0, 0, 0, 0};
    const GPtrArray *names = fm__map_layers_names(f->layers);
    for (guint i = 0; i < names->len; i++) {
        const FmMapLayer *layer = fm__map_layers_find(f->layers, names->pdata[i]);
        if (!layer)
            continue;
        const FmLayerInfo *info = layer->info;
        if (info->modelled) {
            add_name(facts.modelled_en, info->title_en, info->name);
            add_name(facts.modelled_zh, info->title_zh, info->name);
        }
        facts.n_unlocated += (gsize)MAX(info->n_unlocated, 0);
        count_positions(layer->table, &facts);
    }
    return facts;
}

static void facts_clear(DataFacts *facts)
{
    g_ptr_array_unref(facts->modelled_en);
    g_ptr_array_unref(facts->modelled_zh);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DataFacts, facts_clear)

static char *facts_text(const DataFacts *facts, FmLanguage language)
{
    gboolean zh = language == FM_LANGUAGE_ZH;
    const char *stop = zh ? "。" : ". ";
    GString *text = g_string_new(NULL);
    const GPtrArray *modelled = zh ? facts->modelled_zh : facts->modelled_en;
    for (guint i = 0; i < modelled->len; i++)
        g_string_append_printf(text, "%s%s",
                               i > 0 ? (zh ? "、" : ", ")
                               : zh  ? "模型估算："
                                     : "Modelled: ",
                               (const char *)modelled->pdata[i]);
    g_string_append(text, modelled->len > 0 ? stop : "");
    if (facts->n_approximate > 0 && zh)
        g_string_append_printf(
            text, "%" G_GSIZE_FORMAT " 处中有 %" G_GSIZE_FORMAT " 处位置误差大于 1 公里%s",
            facts->n_positions, facts->n_approximate, stop);
    else if (facts->n_approximate > 0)
        g_string_append_printf(text,
                               "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                               " positions %s uncertain by more than 1 km%s",
                               facts->n_approximate, facts->n_positions,
                               facts->n_approximate == 1 ? "is" : "are", stop);
    if (facts->n_by_area > 0 && zh)
        g_string_append_printf(text, "%" G_GSIZE_FORMAT " 处只知所在区域，符号仅示意%s",
                               facts->n_by_area, stop);
    else if (facts->n_by_area > 0)
        g_string_append_printf(text, "%" G_GSIZE_FORMAT " %s only by district%s", facts->n_by_area,
                               facts->n_by_area == 1 ? "position is known" : "positions are known",
                               stop);
    if (facts->n_unlocated > 0 && zh)
        g_string_append_printf(text, "%" G_GSIZE_FORMAT " 处无坐标，未绘出%s", facts->n_unlocated,
                               stop);
    else if (facts->n_unlocated > 0)
        g_string_append_printf(text, "%" G_GSIZE_FORMAT " %s no position and %s not drawn%s",
                               facts->n_unlocated,
                               facts->n_unlocated == 1 ? "feature has" : "features have",
                               facts->n_unlocated == 1 ? "is" : "are", stop);
    return g_string_free(text, FALSE);
}

/* What was done to symbols that pile up, as far as the document allows. */
static char *crowd_text(const FmStyle *style, FmLanguage language)
{
    double most_mm = 0, near_mm = 0;
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *layer = fm_style_layer(style, i);
        most_mm = MAX(most_mm, fm_page_layer_displace_mm(layer));
        near_mm = MAX(near_mm, fm_page_layer_cluster_mm(layer));
    }
    gboolean zh = language == FM_LANGUAGE_ZH;
    GString *text = g_string_new(NULL);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%g", most_mm);
    if (most_mm > 0)
        g_string_append_printf(text,
                               zh ? "重叠的符号移位不超过 %s 毫米。"
                                  : "Symbols that overlap are shifted by up to %s mm. ",
                               number);
    g_ascii_formatd(number, sizeof number, "%g", near_mm);
    if (near_mm > 0)
        g_string_append_printf(text,
                               zh ? "相距不足 %s 毫米的同类符号合并，×n 为其数目。"
                                  : "Like symbols within %s mm are drawn as one, ×n of them. ",
                               number);
    return g_string_free(text, FALSE);
}

/* What is true of every map; said once where both languages share the page.  The licence is left to
 * the document's own words when they name one. */
static double draw_technical(FmFurniture *f, const FmTextLook *look, double x_px, double y_px,
                             double width_px)
{
    static const char *const templates[] = {
        [FM_LANGUAGE_BOTH] = "{crs}. 比例尺 Scale {scale}. 数据日期 Data of {date}. "
                             "运行编号 Run {run}. ",
        [FM_LANGUAGE_EN] = "{crs}. Scale {scale}. Data of {date}. Run {run}. ",
        [FM_LANGUAGE_ZH] = "{crs}。比例尺 {scale}。数据日期 {date}。运行编号 {run}。"};
    static const char *const licences[] = {[FM_LANGUAGE_BOTH] = "许可 Licence: {licence}.",
                                           [FM_LANGUAGE_EN] = "Licence: {licence}.",
                                           [FM_LANGUAGE_ZH] = "许可：{licence}。"};
    const FmPageText *notes = &f->page->notes;
    const gboolean named = (notes->en && strstr(notes->en, "{licence")) ||
                           (notes->zh && strstr(notes->zh, "{licence"));
    g_autofree char *template =
        g_strconcat(templates[f->language], named ? NULL : licences[f->language], NULL);
    g_autofree char *words =
        fm__placeholders_expand(f->placeholders, template, f->language, f->report->warnings);
    return fm__furniture_draw_text(f, g_strchomp(words), look, x_px, y_px, width_px);
}

double fm__notes_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook look = {6.5, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    const FmTextLook look_en = {6, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    double y = y_px, gap = f->sheet->gap_px / 4;
    if (f->cr) {
        cairo_move_to(f->cr, x_px, y);
        cairo_line_to(f->cr, x_px + width_px, y);
        fm__set_source(f->cr, FM_INK_FAINT, 1);
        cairo_set_line_width(f->cr, 0.5);
        cairo_stroke(f->cr);
    }
    y += 2 * gap;
    g_auto(DataFacts) facts = collect_facts(f);
    FmLanguage languages[2];
    gsize n = fm__furniture_languages(f, languages);
    for (gsize i = 0; i < n; i++) {
        const FmTextLook *its = languages[i] == FM_LANGUAGE_EN ? &look_en : &look;
        FmFurniture one = *f;
        one.language = languages[i];
        g_autofree char *facts_said = facts_text(&facts, languages[i]);
        g_autofree char *crowd_said = crowd_text(f->style, languages[i]);
        g_autofree char *said = g_strconcat(crowd_said, facts_said, NULL);
        y += fm__furniture_draw_words(&one, &f->page->notes, its, NULL, x_px, y, width_px);
        y += fm__furniture_draw_text(&one, said, its, x_px, y, width_px);
        y += gap;
    }
    return y + draw_technical(f, n > 1 ? &look_en : &look, x_px, y, width_px) - y_px;
}
