/* From sections to laid out paragraphs: fonts, attributes, line breaks.  Paragraphs are laid out
 * one by one, so that the lines of each are balanced for themselves: a long Chinese name above a
 * short English one. */

#include "text-layout.h"

#include "text-image.h"

#include <math.h>

#define LATIN_FAMILY "Noto Sans"
#define CJK_FAMILY "Noto Sans CJK SC"

/* Halvings of the span in which the balanced width lies: to 1/16 of it. */
enum { BALANCE_STEPS = 4 };

/* ---- fonts and attributes --------------------------------------------------------------- */

/* Weight and slant of the first font of the stack, the families of all, and those of the
 * page last. */
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
    g_string_append(families, LATIN_FAMILY "," CJK_FAMILY);
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
    g_auto(FmTextImage) image = fm__text_image_new(style, section);
    if (image.name != NULL)
        add_attribute(list, fm__text_image_attribute(&image), start, end);
    if (section->has_color) {
        /* Keeps runs of two colours apart; the colour itself is taken from the section. */
        const FmColor c = section->color;
        add_attribute(list, pango_attr_foreground_new(channel(c.r), channel(c.g), channel(c.b)),
                      start, end);
    }
}

/* ---- source text ------------------------------------------------------------------------ */

void fm__text_source_clear(FmTextSource *source)
{
    g_string_free(source->text, TRUE);
    g_array_unref(source->ends);
}

FmTextSource fm__text_source_new(const FmTextSection *sections, gsize n, const FmTextStyle *style)
{
    FmTextSource source = {
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
        g_string_append(source.text, sections[i].image != NULL ? FM_TEXT_IMAGE_MARK : text);
        g_array_append_val(source.ends, source.text->len);
    }
    while (source.text->len > 0 && g_ascii_isspace(source.text->str[source.text->len - 1]))
        g_string_truncate(source.text, source.text->len - 1);
    return source;
}

const FmTextSection *fm__text_source_section(const FmTextSource *source, gsize index)
{
    guint i = 0;
    while (i + 1 < source->ends->len && g_array_index(source->ends, gsize, i) <= index)
        i++;
    return &source->sections[i];
}

double fm__text_source_scale(const FmTextSource *source, gsize start, gsize end)
{
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

/* Of the bytes from `start` to `end`, counted from `start`. */
static PangoAttrList *attributes_of(const FmTextSource *source, gsize start, gsize end)
{
    PangoAttrList *attributes = pango_attr_list_new();
    gsize begin = 0;
    for (guint i = 0; i < source->ends->len; i++) {
        gsize section_end = g_array_index(source->ends, gsize, i);
        if (begin < end && section_end > start)
            style_section(attributes, &source->sections[i], source->style,
                          MAX(begin, start) - start, MIN(section_end, end) - start);
        begin = section_end;
    }
    return attributes;
}

/* A short remark in the brackets of Chinese text, no more than half a line, stays in one piece:
 * Chinese breaks between any two characters. */
static void keep_remarks(PangoAttrList *attributes, const char *text, const FmTextStyle *style)
{
    static const char open[] = "（", close[] = "）";
    for (const char *at = strstr(text, open); at; at = strstr(at + 1, open)) {
        const char *end = strstr(at, close);
        if (!end)
            return;
        end += strlen(close);
        const double width_px = (double)g_utf8_strlen(at, end - at) * style->size_px;
        if (2 * width_px <= style->max_width_px)
            add_attribute(attributes, pango_attr_allow_breaks_new(FALSE), (gsize)(at - text),
                          (gsize)(end - text));
    }
}

/* ---- breaking into lines ---------------------------------------------------------------- */

static void set_width(PangoLayout *layout, double width_px)
{
    pango_layout_set_width(layout, (int)lround(width_px * PANGO_SCALE));
}

/* Does the text break into at most `n_lines` that fit the width without cutting a word? */
static gboolean fits(PangoLayout *layout, double width_px, int n_lines)
{
    set_width(layout, width_px);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return pango_layout_get_line_count(layout) <= n_lines &&
           logical.width <= pango_layout_get_width(layout);
}

/* Of the text as it is broken now, or on one line. */
static double widest_line_px(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static double one_line_px(PangoLayout *layout)
{
    pango_layout_set_width(layout, -1);
    return widest_line_px(layout);
}

/* Break at words into at most `n_lines`, which they fit at `high_px`, as narrow as can be: their
 * lengths are then about equal. */
static void narrow_lines(PangoLayout *layout, int n_lines, double high_px)
{
    double low_px = one_line_px(layout) / n_lines;
    for (int i = 0; i < BALANCE_STEPS; i++) {
        double middle_px = (low_px + high_px) / 2;
        if (fits(layout, middle_px, n_lines))
            high_px = middle_px;
        else
            low_px = middle_px;
    }
    set_width(layout, high_px);
}

static void balance_lines(PangoLayout *layout, double width_px)
{
    int n_lines = pango_layout_get_line_count(layout);
    PangoWrapMode wrap = pango_layout_get_wrap(layout);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    if (fits(layout, width_px, n_lines))
        narrow_lines(layout, n_lines, width_px);
    else
        pango_layout_set_wrap(layout, wrap);
}

/* Is there a line that is nothing but one Chinese character? */
static gboolean has_lone_character(PangoLayout *layout)
{
    const char *text = pango_layout_get_text(layout);
    for (GSList *at = pango_layout_get_lines_readonly(layout); at != NULL; at = at->next) {
        const PangoLayoutLine *line = at->data;
        g_autofree char *own = g_strndup(text + line->start_index, (gsize)line->length);
        g_strstrip(own);
        if (g_utf8_strlen(own, -1) == 1 && g_unichar_iswide(g_utf8_get_char(own)))
            return TRUE;
    }
    return FALSE;
}

/* Words that no break parts may be wider than what was asked for: the other lines then use that
 * width too.  A character left alone joins others on fewer lines. */
static void break_at_words(PangoLayout *layout, const FmTextStyle *style)
{
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    set_width(layout, style->max_width_px);
    const double width_px = MAX(style->max_width_px, ceil(widest_line_px(layout)));
    set_width(layout, width_px);
    if (style->balance && pango_layout_is_wrapped(layout))
        balance_lines(layout, width_px);
    for (int n = pango_layout_get_line_count(layout) - 1; n > 0 && has_lone_character(layout);
         n--) {
        if (n > 1)
            narrow_lines(layout, n, ceil(one_line_px(layout)));
        else
            pango_layout_set_width(layout, -1);
    }
}

PangoLayout *fm__text_source_lay_out(FmTextContext *context, const FmTextSource *source,
                                     gsize start, gsize end, gboolean one_line)
{
    PangoLayout *layout = pango_layout_new(context->pango);
    PangoFontDescription *fonts = describe_fonts(source->style->fonts);
    pango_layout_set_font_description(layout, fonts);
    pango_font_description_free(fonts);
    pango_layout_set_text(layout, source->text->str + start, (int)(end - start));
    PangoAttrList *attributes = attributes_of(source, start, end);
    keep_remarks(attributes, pango_layout_get_text(layout), source->style);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    double width_px = source->style->max_width_px;
    if (one_line || width_px <= 0)
        return layout;
    if (source->style->whole_words) {
        break_at_words(layout, source->style);
        return layout;
    }
    set_width(layout, width_px);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (source->style->balance && pango_layout_is_wrapped(layout))
        balance_lines(layout, width_px);
    return layout;
}
