/* Text through Pango.  One PangoLayout shapes and breaks a block; the lines are then set by us, so that
 * line height follows the style and not the fallback font: a Chinese and a Latin line of one size are
 * equally high.
 *
 * Nothing is hinted or rounded to pixels: the same boxes at any resolution. */

#include "text-internal.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Middle of capitals and of Han characters above the baseline, in em: Noto Sans capitals reach to
 * 0.714, Noto Sans CJK's Han from -0.12 to 0.88. */
#define MIDDLE_EM 0.37
#define DEFAULT_LINE_HEIGHT_EM 1.2
#define CJK_FAMILY "Noto Sans CJK SC"

struct FmTextContext {
    PangoFontMap *map;
    PangoContext *pango;
    GPtrArray *missing;
    GHashTable *missing_seen; /* gunichar */
};

typedef struct {
    PangoLayoutLine *line; /* referenced */
    double baseline_px;
} Line;

struct FmTextBlock {
    PangoLayout *layout;
    gsize n_lines;
    Line *lines;
    FmPageRect *boxes;
    double width_px, height_px;
    FmColor color, halo_color;
    double halo_width_px, halo_blur_px;
};

/* ---- context ---------------------------------------------------------------------------- */

FmTextContext *fm__text_context_new(void)
{
    FmTextContext *context = g_new0(FmTextContext, 1);
    context->map = pango_cairo_font_map_new();
    context->pango = pango_font_map_create_context(context->map);
    pango_cairo_context_set_resolution(context->pango, FM_PX_PER_INCH);
    pango_context_set_round_glyph_positions(context->pango, FALSE);
    pango_context_set_language(context->pango, pango_language_from_string("zh-CN"));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context->pango, options);
    cairo_font_options_destroy(options);
    context->missing = g_ptr_array_new_with_free_func(g_free);
    context->missing_seen = g_hash_table_new(NULL, NULL);
    return context;
}

void fm__text_context_free(FmTextContext *context)
{
    if (context == NULL)
        return;
    g_hash_table_unref(context->missing_seen);
    g_ptr_array_unref(context->missing);
    g_object_unref(context->pango);
    g_object_unref(context->map);
    g_free(context);
}

const GPtrArray *fm__text_context_missing(const FmTextContext *context)
{
    return context->missing;
}

/* ---- fonts and attributes --------------------------------------------------------------- */

/* Weight and slant of the first font of the stack, the families of all, and the CJK family last. */
static PangoFontDescription *describe_fonts(const char *const *fonts)
{
    static const char *const usual[] = {"Noto Sans Regular", NULL};
    if (fonts == NULL || *fonts == NULL)
        fonts = usual;
    PangoFontDescription *description = pango_font_description_from_string(*fonts);
    g_autoptr(GString) families = g_string_new(NULL);
    for (; *fonts != NULL; fonts++) {
        PangoFontDescription *one = pango_font_description_from_string(*fonts);
        const char *family = pango_font_description_get_family(one);
        if (family != NULL)
            g_string_append_printf(families, "%s,", family);
        pango_font_description_free(one);
    }
    g_string_append(families, CJK_FAMILY);
    pango_font_description_set_family(description, families->str);
    return description;
}

static guint16 channel(double value)
{
    return (guint16)lround(CLAMP(value, 0, 1) * 65535);
}

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
    attribute->start_index = (guint)start;
    attribute->end_index = (guint)end;
    pango_attr_list_insert(list, attribute);
}

static void style_section(PangoAttrList *list, const FmTextSection *section,
                          const FmTextStyle *style, gsize start, gsize end)
{
    double size = style->size_px * section->font_scale * PANGO_SCALE;
    add_attribute(list, pango_attr_size_new_absolute((int)lround(size)), start, end);
    if (style->letter_spacing_em > 0)
        add_attribute(list,
                      pango_attr_letter_spacing_new((int)lround(size * style->letter_spacing_em)),
                      start, end);
    if (section->font != NULL) {
        const char *const fonts[] = {section->font, NULL};
        PangoFontDescription *description = describe_fonts(fonts);
        add_attribute(list, pango_attr_font_desc_new(description), start, end);
        /* The description has no size, so the size attribute above stays in force. */
        pango_font_description_free(description);
    }
    if (section->has_color) {
        const FmColor c = section->color;
        add_attribute(list, pango_attr_foreground_new(channel(c.r), channel(c.g), channel(c.b)),
                      start, end);
        add_attribute(list, pango_attr_foreground_alpha_new(MAX(channel(style->color.a), 1)), start,
                      end);
    }
}

/* ---- missing glyphs --------------------------------------------------------------------- */

static void note_missing(FmTextContext *context, gunichar character, const char *text)
{
    if (!g_hash_table_add(context->missing_seen, GUINT_TO_POINTER(character)))
        return;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *shown = g_strjoinv(" ", lines);
    g_ptr_array_add(context->missing, g_strdup_printf("U+%04X in '%s'", character, shown));
}

static void find_missing(FmTextContext *context, const PangoLayoutLine *line, const char *text)
{
    for (const GSList *item = line->runs; item != NULL; item = item->next) {
        const PangoLayoutRun *run = item->data;
        for (int i = 0; i < run->glyphs->num_glyphs; i++) {
            PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
            if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
                note_missing(context, (gunichar)(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG), text);
        }
    }
}

/* ---- blocks ----------------------------------------------------------------------------- */

/* Largest section that has a character in the line; that of the line's start for an empty line. */
static double line_scale(const PangoLayoutLine *line, const GArray *ends,
                         const FmTextSection *sections)
{
    gsize start = (gsize)line->start_index;
    gsize end = start + MAX((gsize)line->length, 1);
    double scale = 0;
    gsize begin = 0;
    for (guint i = 0; i < ends->len; i++) {
        gsize section_end = g_array_index(ends, gsize, i);
        if (begin < end && section_end > start)
            scale = MAX(scale, sections[i].font_scale);
        begin = section_end;
    }
    return scale > 0 ? scale : 1;
}

static double line_width_px(PangoLayoutLine *line)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static void set_lines(FmTextBlock *block, FmTextContext *context, const GArray *ends,
                      const FmTextSection *sections, const FmTextStyle *style)
{
    const double height_em =
        style->line_height_em > 0 ? style->line_height_em : DEFAULT_LINE_HEIGHT_EM;
    const char *text = pango_layout_get_text(block->layout);
    GSList *lines = pango_layout_get_lines_readonly(block->layout);
    block->n_lines = *text != '\0' ? g_slist_length(lines) : 0;
    block->lines = g_new0(Line, block->n_lines);
    block->boxes = g_new0(FmPageRect, block->n_lines);
    for (gsize i = 0; i < block->n_lines; i++, lines = lines->next) {
        PangoLayoutLine *line = lines->data;
        double size_px = style->size_px * line_scale(line, ends, sections);
        double height_px = size_px * height_em;
        block->lines[i] = (Line){
            .line = pango_layout_line_ref(line),
            .baseline_px = block->height_px + height_px / 2 + MIDDLE_EM * size_px,
        };
        block->boxes[i] = (FmPageRect){0, block->height_px, line_width_px(line), height_px};
        block->height_px += height_px;
        block->width_px = MAX(block->width_px, block->boxes[i].width_px);
        find_missing(context, line, text);
    }
    double share = style->justify == FM_JUSTIFY_LEFT    ? 0
                   : style->justify == FM_JUSTIFY_RIGHT ? 1
                                                        : 0.5;
    for (gsize i = 0; i < block->n_lines; i++)
        block->boxes[i].x_px = (block->width_px - block->boxes[i].width_px) * share;
}

FmTextBlock *fm__text_block_new(FmTextContext *context, const FmTextSection *sections, gsize n,
                                const FmTextStyle *style)
{
    FmTextBlock *block = g_new0(FmTextBlock, 1);
    block->layout = pango_layout_new(context->pango);
    block->color = style->color;
    block->halo_color = style->halo_color;
    block->halo_width_px = style->halo_width_px;
    block->halo_blur_px = style->halo_blur_px;

    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    PangoAttrList *attributes = pango_attr_list_new();
    for (gsize i = 0; i < n; i++) {
        gsize start = text->len;
        g_string_append(text, sections[i].text != NULL ? sections[i].text : "");
        style_section(attributes, &sections[i], style, start, text->len);
        g_array_append_val(ends, text->len);
    }
    while (text->len > 0 && g_ascii_isspace(text->str[text->len - 1]))
        g_string_truncate(text, text->len - 1);

    PangoFontDescription *fonts = describe_fonts(style->fonts);
    pango_layout_set_font_description(block->layout, fonts);
    pango_font_description_free(fonts);
    pango_layout_set_text(block->layout, text->str, (int)text->len);
    pango_layout_set_attributes(block->layout, attributes);
    pango_attr_list_unref(attributes);
    if (style->max_width_px > 0) {
        pango_layout_set_width(block->layout, (int)lround(style->max_width_px * PANGO_SCALE));
        pango_layout_set_wrap(block->layout, PANGO_WRAP_WORD_CHAR);
    }
    set_lines(block, context, ends, sections, style);
    return block;
}

void fm__text_block_free(FmTextBlock *block)
{
    if (block == NULL)
        return;
    for (gsize i = 0; i < block->n_lines; i++)
        pango_layout_line_unref(block->lines[i].line);
    g_free(block->lines);
    g_free(block->boxes);
    g_object_unref(block->layout);
    g_free(block);
}

double fm__text_block_width_px(const FmTextBlock *block)
{
    return block->width_px;
}

double fm__text_block_height_px(const FmTextBlock *block)
{
    return block->height_px;
}

double fm__text_block_baseline_px(const FmTextBlock *block)
{
    return block->n_lines > 0 ? block->lines[0].baseline_px : 0;
}

const FmPageRect *fm__text_block_lines(const FmTextBlock *block, gsize *n)
{
    *n = block->n_lines;
    return block->boxes;
}

/* ---- drawing ---------------------------------------------------------------------------- */

static void set_color(cairo_t *cr, FmColor color, double opacity)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a * opacity);
}

static void move_to_line(cairo_t *cr, const FmTextBlock *block, gsize i, double x_px, double y_px)
{
    cairo_move_to(cr, x_px + block->boxes[i].x_px, y_px + block->lines[i].baseline_px);
}

void fm__text_block_draw_halo(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    if (block->halo_color.a <= 0 || block->halo_width_px <= 0)
        return;
    cairo_save(cr);
    cairo_new_path(cr);
    for (gsize i = 0; i < block->n_lines; i++) {
        move_to_line(cr, block, i, x_px, y_px);
        pango_cairo_layout_line_path(cr, block->lines[i].line);
    }
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    if (block->halo_blur_px > 0) {
        set_color(cr, block->halo_color, 0.5);
        cairo_set_line_width(cr, 2 * (block->halo_width_px + block->halo_blur_px));
        cairo_stroke_preserve(cr);
    }
    set_color(cr, block->halo_color, 1);
    cairo_set_line_width(cr, 2 * block->halo_width_px);
    cairo_stroke(cr);
    cairo_restore(cr);
}

void fm__text_block_draw_glyphs(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    cairo_save(cr);
    for (gsize i = 0; i < block->n_lines; i++) {
        set_color(cr, block->color, 1);
        move_to_line(cr, block, i, x_px, y_px);
        pango_cairo_show_layout_line(cr, block->lines[i].line);
    }
    cairo_restore(cr);
}

void fm__text_block_draw(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    fm__text_block_draw_halo(cr, block, x_px, y_px);
    fm__text_block_draw_glyphs(cr, block, x_px, y_px);
}

/* ---- plain strings ---------------------------------------------------------------------- */

static FmTextBlock *plain_block(FmTextContext *context, const char *text, const FmTextStyle *style)
{
    char *copy = g_strdup(text);
    const FmTextSection section = {.text = copy, .font_scale = 1};
    FmTextBlock *block = fm__text_block_new(context, &section, 1, style);
    g_free(copy);
    return block;
}

void fm__text_measure(FmTextContext *context, const char *text, const FmTextStyle *style,
                      double *width_px, double *height_px)
{
    g_autoptr(FmTextBlock) block = plain_block(context, text, style);
    *width_px = block->width_px;
    *height_px = block->height_px;
}

double fm__text_draw(FmTextContext *context, cairo_t *cr, const char *text,
                     const FmTextStyle *style, double x_px, double y_px)
{
    g_autoptr(FmTextBlock) block = plain_block(context, text, style);
    double share = style->justify == FM_JUSTIFY_CENTER  ? 0.5
                   : style->justify == FM_JUSTIFY_RIGHT ? 1
                                                        : 0;
    fm__text_block_draw(cr, block, x_px - share * block->width_px, y_px);
    return block->height_px;
}
