/* Text through Pango.  One PangoLayout shapes and breaks a block; the lines are then set by us, so that
 * line height follows the style and not the fallback font: a Chinese and a Latin line of one size are
 * equally high.
 *
 * Nothing is hinted or rounded to pixels: the same boxes at any resolution. */

#include "text-internal.h"

#include <math.h>
#include <string.h>

/* Middle of capitals and of Han characters above the baseline, in em: Noto Sans capitals reach to
 * 0.714, Noto Sans CJK's Han from -0.12 to 0.88. */
#define MIDDLE_EM 0.37
#define DEFAULT_LINE_HEIGHT_EM 1.2
#define CJK_FAMILY "Noto Sans CJK SC"

/* Halvings of the width when lines are balanced: to 1/64 of it. */
enum { BALANCE_STEPS = 6 };

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
    /* A number at the end of a font's name is not its size. */
    pango_font_description_unset_fields(description, PANGO_FONT_MASK_SIZE);
    return description;
}

static guint16 channel(double value)
{
    return (guint16)lround(CLAMP(value, 0, 1) * G_MAXUINT16);
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
    if (style->letter_spacing_em != 0)
        add_attribute(list,
                      pango_attr_letter_spacing_new((int)lround(size * style->letter_spacing_em)),
                      start, end);
    if (section->font != NULL) {
        const char *const fonts[] = {section->font, NULL};
        PangoFontDescription *description = describe_fonts(fonts);
        add_attribute(list, pango_attr_font_desc_new(description), start, end);
        pango_font_description_free(description);
    }
    if (section->has_color) {
        /* Keeps runs of two colours apart; the colour itself is taken from the section. */
        const FmColor c = section->color;
        add_attribute(list, pango_attr_foreground_new(channel(c.r), channel(c.g), channel(c.b)),
                      start, end);
    }
}

/* ---- source text ------------------------------------------------------------------------ */

/* All sections as one string, and where each ends in it. */
typedef struct {
    GString *text;
    GArray *ends; /* gsize */
    const FmTextSection *sections;
    const FmTextStyle *style;
} Source;

static void source_clear(Source *source)
{
    g_string_free(source->text, TRUE);
    g_array_unref(source->ends);
}

static Source source_new(const FmTextSection *sections, gsize n, const FmTextStyle *style,
                         gboolean one_line)
{
    Source source = {
        .text = g_string_new(NULL),
        .ends = g_array_new(FALSE, FALSE, sizeof(gsize)),
        .sections = sections,
        .style = style,
    };
    for (gsize i = 0; i < n; i++) {
        const char *text = sections[i].text != NULL ? sections[i].text : "";
        /* A name that is missing in one language leaves no blank line behind. */
        while (source.text->len == 0 && *text == '\n')
            text++;
        g_string_append(source.text, text);
        g_array_append_val(source.ends, source.text->len);
    }
    while (source.text->len > 0 && g_ascii_isspace(source.text->str[source.text->len - 1]))
        g_string_truncate(source.text, source.text->len - 1);
    if (one_line)
        g_strdelimit(source.text->str, "\r\n", ' ');
    return source;
}

static PangoAttrList *source_attributes(const Source *source)
{
    PangoAttrList *attributes = pango_attr_list_new();
    gsize start = 0;
    for (guint i = 0; i < source->ends->len; i++) {
        gsize end = g_array_index(source->ends, gsize, i);
        style_section(attributes, &source->sections[i], source->style, start, end);
        start = end;
    }
    return attributes;
}

static const FmTextSection *section_at(const Source *source, gsize index)
{
    guint i = 0;
    while (i + 1 < source->ends->len && g_array_index(source->ends, gsize, i) <= index)
        i++;
    return &source->sections[i];
}

/* Largest section that has a character in the line; that of the line's start for an empty line. */
static double line_scale(const PangoLayoutLine *line, const Source *source)
{
    gsize start = (gsize)line->start_index;
    gsize end = start + MAX((gsize)line->length, 1);
    double scale = 0;
    gsize begin = 0;
    for (guint i = 0; i < source->ends->len; i++) {
        gsize section_end = g_array_index(source->ends, gsize, i);
        if (begin < end && section_end > start)
            scale = MAX(scale, source->sections[i].font_scale);
        begin = section_end;
    }
    return scale > 0 ? scale : 1;
}

/* ---- breaking into lines ---------------------------------------------------------------- */

static double line_width_px(PangoLayoutLine *line)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

/* Does the text break into at most `n_lines` that fit the width without cutting a word? */
static gboolean fits(PangoLayout *layout, double width_px, int n_lines)
{
    pango_layout_set_width(layout, (int)lround(width_px * PANGO_SCALE));
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return pango_layout_get_line_count(layout) <= n_lines &&
           logical.width <= pango_layout_get_width(layout);
}

/* The narrowest width that needs no more lines: their lengths are then about equal. */
static void balance_lines(PangoLayout *layout, double width_px)
{
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    int n_lines = pango_layout_get_line_count(layout);
    if (fits(layout, width_px, n_lines)) {
        double low_px = 0, high_px = width_px;
        for (int i = 0; i < BALANCE_STEPS; i++) {
            double middle_px = (low_px + high_px) / 2;
            if (fits(layout, middle_px, n_lines))
                high_px = middle_px;
            else
                low_px = middle_px;
        }
        pango_layout_set_width(layout, (int)lround(high_px * PANGO_SCALE));
    }
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
}

static PangoLayout *lay_out(FmTextContext *context, const Source *source, gboolean one_line)
{
    PangoLayout *layout = pango_layout_new(context->pango);
    PangoFontDescription *fonts = describe_fonts(source->style->fonts);
    pango_layout_set_font_description(layout, fonts);
    pango_font_description_free(fonts);
    pango_layout_set_text(layout, source->text->str, (int)source->text->len);
    PangoAttrList *attributes = source_attributes(source);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    double width_px = source->style->max_width_px;
    if (one_line || width_px <= 0)
        return layout;
    pango_layout_set_width(layout, (int)lround(width_px * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (source->style->balance && pango_layout_is_wrapped(layout))
        balance_lines(layout, width_px);
    return layout;
}

/* ---- blocks ----------------------------------------------------------------------------- */

static void run_clear(FmTextRun *run)
{
    pango_glyph_item_free(run->item);
}

GArray *fm__text_runs_new(void)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(FmTextRun));
    g_array_set_clear_func(runs, (GDestroyNotify)run_clear);
    return runs;
}

/* The glyphs of a line whose left end and baseline are given. */
static void take_runs(FmTextBlock *block, FmTextContext *context, const Source *source,
                      const PangoLayoutLine *line, double x_px, double y_px)
{
    for (const GSList *at = line->runs; at != NULL; at = at->next) {
        const PangoGlyphItem *item = at->data;
        fm__text_context_note_missing(context, item, source->text->str);
        const FmTextSection *section = section_at(source, (gsize)item->item->offset);
        FmTextRun run = {
            .item = pango_glyph_item_copy((PangoGlyphItem *)at->data),
            .color = section->has_color ? section->color : source->style->color,
            .x_px = x_px,
            .y_px = y_px,
        };
        run.color.a = source->style->color.a;
        g_array_append_val(block->runs, run);
        x_px += (double)pango_glyph_string_get_width(item->glyphs) / PANGO_SCALE;
    }
}

static void set_lines(FmTextBlock *block, FmTextContext *context, const Source *source,
                      PangoLayout *layout)
{
    const FmTextStyle *style = source->style;
    const double height_em =
        style->line_height_em > 0 ? style->line_height_em : DEFAULT_LINE_HEIGHT_EM;
    const double share = style->justify == FM_JUSTIFY_LEFT    ? 0
                         : style->justify == FM_JUSTIFY_RIGHT ? 1
                                                              : 0.5;
    GSList *const lines = pango_layout_get_lines_readonly(layout);
    block->n_lines = source->text->len > 0 ? g_slist_length(lines) : 0;
    block->lines = g_new0(FmPageRect, block->n_lines);
    GSList *at = lines;
    for (gsize i = 0; i < block->n_lines; i++, at = at->next) {
        block->lines[i].width_px = line_width_px(at->data);
        block->width_px = MAX(block->width_px, block->lines[i].width_px);
    }
    at = lines;
    for (gsize i = 0; i < block->n_lines; i++, at = at->next) {
        FmPageRect *box = &block->lines[i];
        double size_px = style->size_px * line_scale(at->data, source);
        box->x_px = (block->width_px - box->width_px) * share;
        box->y_px = block->height_px;
        box->height_px = size_px * height_em;
        block->height_px += box->height_px;
        double baseline_px = box->y_px + box->height_px / 2 + MIDDLE_EM * size_px;
        if (i == 0)
            block->baseline_px = baseline_px;
        take_runs(block, context, source, at->data, box->x_px, baseline_px);
    }
}

static FmTextBlock *block_new(FmTextContext *context, const FmTextSection *sections, gsize n,
                              const FmTextStyle *style, gboolean one_line)
{
    Source source = source_new(sections, n, style, one_line);
    PangoLayout *layout = lay_out(context, &source, one_line);
    FmTextBlock *block = g_new0(FmTextBlock, 1);
    block->text = g_ref_string_new_len(source.text->str, (gssize)source.text->len);
    block->runs = fm__text_runs_new();
    block->halo_color = style->halo_color;
    block->halo_width_px = style->halo_width_px;
    block->halo_blur_px = style->halo_blur_px;
    set_lines(block, context, &source, layout);
    g_object_unref(layout);
    source_clear(&source);
    return block;
}

FmTextBlock *fm__text_block_new(FmTextContext *context, const FmTextSection *sections, gsize n,
                                const FmTextStyle *style)
{
    return block_new(context, sections, n, style, FALSE);
}

FmTextBlock *fm__text_block_new_line(FmTextContext *context, const FmTextSection *sections, gsize n,
                                     const FmTextStyle *style)
{
    return block_new(context, sections, n, style, TRUE);
}

void fm__text_block_free(FmTextBlock *block)
{
    if (block == NULL)
        return;
    g_ref_string_release(block->text);
    g_array_unref(block->runs);
    g_free(block->lines);
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
    return block->baseline_px;
}

const FmPageRect *fm__text_block_lines(const FmTextBlock *block, gsize *n)
{
    *n = block->n_lines;
    return block->lines;
}

/* ---- plain strings ---------------------------------------------------------------------- */

static FmTextBlock *plain_block(FmTextContext *context, const char *text, const FmTextStyle *style)
{
    g_autofree char *copy = g_strdup(text);
    const FmTextSection section = {.text = copy, .font_scale = 1};
    return fm__text_block_new(context, &section, 1, style);
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
