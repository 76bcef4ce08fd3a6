/* What the pieces of furniture share: text in one or two languages, and notes of where things are.
 */
#include "furniture.h"

#include "display-list.h"

#define HEADLINE_PT 14.0 /* from here on, broken lines are made equally long */

/* Of text on paper, however small the sheet and its panel are drawn. */
#define LEAST_PT 5.0

static FmPageRect on_page(const FmFurniture *f, FmPageRect box)
{
    return (FmPageRect){f->origin_x_px + box.x_px * f->scale, f->origin_y_px + box.y_px * f->scale,
                        box.width_px * f->scale, box.height_px * f->scale};
}

double fm__furniture_size_px(const FmFurniture *f, double size_pt)
{
    const double drawn = f->scale * MIN(f->sheet->type_scale, 1);
    return MAX(size_pt, LEAST_PT / drawn) * FM_PX_PER_PT;
}

double fm__furniture_draw_text(FmFurniture *f, const char *text, const FmTextLook *look,
                               double x_px, double y_px, double width_px)
{
    static const char *const regular[] = {"Noto Sans Regular", NULL};
    static const char *const bold[] = {"Noto Sans Bold", NULL};
    if (!text || text[0] == '\0')
        return 0;
    FmTextStyle style = {.fonts = look->bold ? bold : regular,
                         .size_px = fm__furniture_size_px(f, look->size_pt),
                         .line_height_em = 1.32,
                         .max_width_px = width_px,
                         .balance = look->size_pt >= HEADLINE_PT,
                         .justify = look->justify,
                         .color = look->color};
    g_autofree char *copy = g_strdup(text);
    const FmTextSection section = {.text = copy, .font_scale = 1};
    g_autoptr(FmTextBlock) block = fm__text_block_new(f->text, &section, 1, &style);
    double width = fm__text_block_width_px(block), height = fm__text_block_height_px(block);
    double left = look->justify == FM_JUSTIFY_CENTER  ? x_px - width / 2
                  : look->justify == FM_JUSTIFY_RIGHT ? x_px - width
                                                      : x_px;
    if (f->cr && f->lint)
        fm__lint_note(f->lint, text, on_page(f, (FmPageRect){left, y_px, width, height}),
                      style.size_px * f->scale, look->color);
    else if (f->cr)
        fm__text_block_draw(f->cr, block, left, y_px);
    fm__furniture_list(f, "text", (FmPageRect){left, y_px, width, height}, text);
    return height;
}

gsize fm__furniture_n_maps(const FmFurniture *f)
{
    return f->maps ? f->maps->len : 1;
}

FmFurnitureMap fm__furniture_map(const FmFurniture *f, gsize i)
{
    return f->maps ? g_array_index(f->maps, FmFurnitureMap, i)
                   : (FmFurnitureMap){f->frame, f->layers, NULL};
}

gboolean fm__furniture_map_has(const FmFurnitureMap *map, const FmStyleLayer *layer)
{
    const GPtrArray *ids = map->style_layers;
    guint i = 0;
    while (ids && i < ids->len && !g_str_equal(ids->pdata[i], fm_style_layer_id(layer)))
        i++;
    return !ids || ids->len == 0 || i < ids->len;
}

gboolean fm__furniture_one_scale(const FmFurniture *f)
{
    for (gsize i = 1; i < fm__furniture_n_maps(f); i++)
        if (fm__furniture_map(f, i).frame->scale_denominator != f->frame->scale_denominator)
            return FALSE;
    return TRUE;
}

gsize fm__furniture_languages(const FmFurniture *f, FmLanguage out[2])
{
    out[0] = f->language == FM_LANGUAGE_BOTH ? FM_LANGUAGE_ZH : f->language;
    out[1] = FM_LANGUAGE_EN;
    return f->language == FM_LANGUAGE_BOTH ? 2 : 1;
}

double fm__furniture_draw_words(FmFurniture *f, const FmPageText *text, const FmTextLook *look,
                                const FmTextLook *en_look, double x_px, double y_px,
                                double width_px)
{
    FmLanguage languages[2];
    gsize n = fm__furniture_languages(f, languages);
    double height = 0;
    for (gsize i = 0; i < n; i++) {
        const char *template = languages[i] == FM_LANGUAGE_ZH ? text->zh : text->en;
        if (!template && n == 1)
            template = text->zh ? text->zh : text->en;
        g_autofree char *words =
            fm__placeholders_expand(f->placeholders, template, languages[i], f->report->warnings);
        FmTextLook second = *look;
        second.size_pt *= FM_ENGLISH_RATIO;
        second.bold = FALSE;
        second.color = FM_INK_SOFT;
        height += fm__furniture_draw_text(f, words,
                                          i == 0    ? look
                                          : en_look ? en_look
                                                    : &second,
                                          x_px, y_px + height, width_px);
    }
    return height;
}

char *fm__furniture_name(const FmFurniture *f, const FmPageExpression *en,
                         const FmPageExpression *zh, const FmStyleContext *context, gsize n)
{
    FmLanguage languages[2];
    fm__furniture_languages(f, languages);
    GString *name = g_string_new(NULL);
    for (gsize i = 0; i < MIN(n, G_N_ELEMENTS(languages)); i++) {
        const FmPageExpression *expression = languages[i] == FM_LANGUAGE_ZH ? zh : en;
        if (!expression && n == 1)
            expression = zh ? zh : en;
        g_autofree char *words = NULL;
        if (expression)
            words = fm_page_expression_string(expression, context);
        if (words && words[0] && !g_str_equal(words, name->str))
            g_string_append_printf(name, "%s%s", name->len > 0 ? "  " : "", words);
    }
    return g_string_free(name, FALSE);
}

void fm__furniture_list(FmFurniture *f, const char *kind, FmPageRect box, const char *words)
{
    if (!f->cr)
        return;
    fm__display_list_add(f->display_list, kind, on_page(f, box), "%s", words);
}
