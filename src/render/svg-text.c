/* Where a text belongs between the shapes, a small square is drawn in a colour that nothing else
 * has: one red for all, and the text's number in green and blue.  When cairo has written the file,
 * the squares are replaced; so too those before and after a group that is to be blended, for where
 * cairo 1.16 has to blend, it makes the whole page one image.  Widths are given with the texts, so
 * that they stand as in the other formats whatever draws the file. */
#include "svg-text.h"

#include <math.h>
#include <string.h>

/* Cairo writes shares of a colour as percentages with six decimals. */
#define MARK_RED 0.98765432
#define MARK_TEXT "98.765432%,"
#define MARK_BASE 4096
#define MARK_SIDE_PX 0.5

typedef struct {
    char *file;
    GPtrArray *texts; /* char*: elements and tags, by number */
} SvgTexts;

static const cairo_user_data_key_t key;

static void svg_texts_free(void *data)
{
    SvgTexts *texts = data;
    g_ptr_array_unref(texts->texts);
    g_free(texts->file);
    g_free(texts);
}

void fm__svg_text_begin(cairo_surface_t *surface, const char *file)
{
    SvgTexts *texts = g_new(SvgTexts, 1);
    *texts = (SvgTexts){g_strdup(file), g_ptr_array_new_with_free_func(g_free)};
    if (cairo_surface_set_user_data(surface, &key, texts, svg_texts_free) != CAIRO_STATUS_SUCCESS)
        svg_texts_free(texts);
}

static SvgTexts *texts_of(cairo_t *cr)
{
    return cairo_surface_get_user_data(cairo_get_target(cr), &key);
}

gboolean fm__svg_text_active(cairo_t *cr)
{
    return texts_of(cr) != NULL;
}

/* ---- elements --------------------------------------------------------------------------- */

static void add_number(GString *out, const char *name, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(out, " %s=\"%s\"", name,
                           g_ascii_formatd(text, sizeof text, "%.6g", value));
}

static void add_color(GString *out, const char *name, FmColor color)
{
    g_string_append_printf(out, " %s=\"#%02x%02x%02x\"", name, (guint)lround(color.r * 255),
                           (guint)lround(color.g * 255), (guint)lround(color.b * 255));
    if (color.a < 1) {
        g_autofree char *opacity = g_strconcat(name, "-opacity", NULL);
        add_number(out, opacity, color.a);
    }
}

static void add_font(GString *out, PangoFont *font)
{
    PangoFontDescription *d = pango_font_describe_with_absolute_size(font);
    g_autofree char *family = g_markup_escape_text(pango_font_description_get_family(d), -1);
    /* One name in quotes: it may begin with a digit, or hold what CSS does not allow bare. */
    g_string_append_printf(out, " font-family=\"'%s', sans-serif\"", family);
    add_number(out, "font-size", pango_font_description_get_size(d) / (double)PANGO_SCALE);
    if (pango_font_description_get_weight(d) != PANGO_WEIGHT_NORMAL)
        add_number(out, "font-weight", pango_font_description_get_weight(d));
    if (pango_font_description_get_style(d) != PANGO_STYLE_NORMAL)
        g_string_append(out, " font-style=\"italic\"");
    pango_font_description_free(d);
}

static void add_matrix(GString *out, const cairo_matrix_t *m)
{
    const double values[] = {m->xx, m->yx, m->xy, m->yy, m->x0, m->y0};
    g_string_append(out, " transform=\"matrix(");
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf(out, "%s%s", i > 0 ? "," : "",
                               g_ascii_formatd(text, sizeof text, "%.8g", values[i]));
    }
    g_string_append(out, ")\"");
}

/* The run's characters, blanks at its ends too, for they are part of its width.  Returns NULL when
 * there is nothing to see, or an image, which is drawn as a shape. */
static char *run_text(const FmTextBlock *block, const FmTextRun *run)
{
    if (run->image.name)
        return NULL;
    const PangoItem *item = run->item->item;
    g_autofree char *text = g_strndup(block->text + item->offset, (gsize)item->length);
    for (char *at = text; *at != '\0'; at++)
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    return text[strspn(text, " ")] != '\0' ? g_markup_escape_text(text, -1) : NULL;
}

static char *new_element(cairo_t *cr, const FmTextBlock *block, const FmTextRun *run, double x_px,
                         double y_px)
{
    g_autofree char *text = run_text(block, run);
    if (!text)
        return NULL;
    cairo_matrix_t matrix;
    cairo_get_matrix(cr, &matrix);
    GString *out = g_string_new("<text xml:space=\"preserve\"");
    add_matrix(out, &matrix);
    add_number(out, "x", x_px + run->x_px);
    add_number(out, "y", y_px + run->y_px);
    if (g_utf8_strlen(text, -1) > 1)
        add_number(out, "textLength", fm__text_item_width_px(run->item));
    add_font(out, run->item->item->analysis.font);
    add_color(out, "fill", run->color);
    if (fm__text_block_has_halo(block)) {
        add_color(out, "stroke", block->halo_color);
        add_number(out, "stroke-width", 2 * block->halo_width_px);
        g_string_append(out, " stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
    g_string_append_printf(out, ">%s</text>", text);
    return g_string_free(out, FALSE);
}

static void draw_mark(cairo_t *cr, guint number, double x_px, double y_px)
{
    cairo_save(cr);
    cairo_set_source_rgb(cr, MARK_RED, (double)(number / MARK_BASE) / MARK_BASE,
                         (double)(number % MARK_BASE) / MARK_BASE);
    cairo_new_path(cr);
    cairo_rectangle(cr, x_px, y_px, MARK_SIDE_PX, MARK_SIDE_PX);
    cairo_fill(cr);
    cairo_restore(cr);
}

void fm__svg_text_add(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    SvgTexts *texts = texts_of(cr);
    for (guint i = 0; i < block->runs->len; i++) {
        const FmTextRun *run = &g_array_index(block->runs, FmTextRun, i);
        char *element = new_element(cr, block, run, x_px, y_px);
        if (!element || texts->texts->len >= MARK_BASE * MARK_BASE) {
            g_free(element);
            continue;
        }
        /* In the middle of the block, which is not cut off when its edge is. */
        draw_mark(cr, texts->texts->len, x_px + block->width_px / 2, y_px + block->height_px / 2);
        g_ptr_array_add(texts->texts, element);
    }
    cairo_new_path(cr);
}

/* The mark lies in the middle of what is drawn on, so that the clip never opens or closes a group
 * of its own between it and its fellow. */
static void add_tag(cairo_t *cr, char *tag)
{
    SvgTexts *texts = texts_of(cr);
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    draw_mark(cr, texts->texts->len, (x0 + x1) / 2, (y0 + y1) / 2);
    g_ptr_array_add(texts->texts, tag);
}

void fm__svg_text_paint_blended(cairo_t *cr, const char *mode, double opacity)
{
    add_tag(cr, g_strdup_printf("<g style=\"mix-blend-mode:%s\">", mode));
    cairo_paint_with_alpha(cr, opacity);
    add_tag(cr, g_strdup("</g>"));
}

/* ---- the file --------------------------------------------------------------------------- */

/* Number of the mark whose green and blue stand at `at`; -1 when they are none. */
static gint64 mark_number(const char *at)
{
    char *end = NULL;
    double green = g_ascii_strtod(at, &end);
    if (end == at || end[0] != '%' || end[1] != ',')
        return -1;
    const char *next = end + 2;
    double blue = g_ascii_strtod(next, &end);
    if (end == next || end[0] != '%')
        return -1;
    return llround(green / 100 * MARK_BASE) * MARK_BASE + llround(blue / 100 * MARK_BASE);
}

/* `svg` with its marks replaced. */
static char *replace_marks(const char *svg, const GPtrArray *texts)
{
    GString *out = g_string_new(NULL);
    const char *done = svg;
    for (const char *at = strstr(svg, MARK_TEXT); at; at = strstr(at + 1, MARK_TEXT)) {
        gint64 number = mark_number(at + strlen(MARK_TEXT));
        const char *begin = g_strrstr_len(done, at - done, "<");
        const char *end = strstr(at, "/>");
        if (number < 0 || number >= texts->len || !begin || !end)
            continue;
        g_string_append_len(out, done, begin - done);
        g_string_append(out, texts->pdata[number]);
        done = end + strlen("/>");
    }
    g_string_append(out, done);
    return g_string_free(out, FALSE);
}

gboolean fm__svg_text_end(cairo_surface_t *surface, const char *path, GError **error)
{
    const SvgTexts *texts = cairo_surface_get_user_data(surface, &key);
    if (!texts)
        return TRUE;
    g_autoptr(GError) cause = NULL;
    g_autofree char *svg = NULL;
    if (!g_file_get_contents(texts->file, &svg, NULL, &cause)) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path, cause->message);
        return FALSE;
    }
    g_autofree char *written = replace_marks(svg, texts->texts);
    return fm_outputs_write(texts->file, path, written, strlen(written), error);
}
