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
    GString *modelled_en, *modelled_zh;
    gsize n_unlocated, n_approximate, n_positions;
    gsize n_by_area; /* these are not among the approximate */
} DataFacts;

static void add_name(GString *list, const char *name, const char *other, const char *separator)
{
    if (!name)
        name = other ? other : "";
    if (name[0])
        g_string_append_printf(list, "%s%s", list->len > 0 ? separator : "", name);
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
    DataFacts facts = {g_string_new(NULL), g_string_new(NULL), 0, 0, 0, 0};
    const GPtrArray *names = fm__map_layers_names(f->layers);
    for (guint i = 0; i < names->len; i++) {
        const FmMapLayer *layer = fm__map_layers_find(f->layers, names->pdata[i]);
        if (!layer)
            continue;
        const FmLayerInfo *info = layer->info;
        if (info->modelled) {
            add_name(facts.modelled_en, info->title_en ? info->title_en : info->name, NULL, ", ");
            add_name(facts.modelled_zh, info->title_zh, info->name, "、");
        }
        facts.n_unlocated += (gsize)MAX(info->n_unlocated, 0);
        count_positions(layer->table, &facts);
    }
    return facts;
}

static void facts_clear(DataFacts *facts)
{
    g_string_free(facts->modelled_en, TRUE);
    g_string_free(facts->modelled_zh, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DataFacts, facts_clear)

static char *facts_text(const DataFacts *facts, FmLanguage language)
{
    gboolean zh = language == FM_LANGUAGE_ZH;
    const char *stop = zh ? "。" : ". ";
    GString *text = g_string_new(NULL);
    const GString *modelled = zh ? facts->modelled_zh : facts->modelled_en;
    if (modelled->len > 0)
        g_string_append_printf(text, "%s%s%s", zh ? "模型估算：" : "Modelled: ", modelled->str,
                               stop);
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

double fm__notes_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook look = {6.5, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    const FmTextLook look_en = {6, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    char technical_en[] = "{crs}. Scale {scale}. Data of {date}. Run {run}.";
    char technical_zh[] = "{crs}。比例尺 {scale}。数据日期 {date}。运行编号 {run}。";
    const FmPageText technical = {technical_en, technical_zh};
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
        y += fm__furniture_draw_words(&one, &technical, its, NULL, x_px, y, width_px);
        y += i + 1 < n ? gap : 0;
    }
    return y - y_px;
}
