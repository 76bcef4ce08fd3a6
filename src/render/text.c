/* Blocks of text.  Pango shapes and breaks the paragraphs; the lines are then set by us, so that
 * line height follows the style and not the fallback font: a Chinese and a Latin line of one
 * size are equally high.
 *
 * Nothing is hinted or rounded to pixels: the same boxes at any resolution. */

#include "text-image.h"
#include "text-layout.h"

#include <string.h>

/* Middle of capitals and of Han characters above the baseline, in em: Noto Sans capitals reach to
 * 0.714, Noto Sans CJK's Han from -0.12 to 0.88. */
#define MIDDLE_EM 0.37
#define DEFAULT_LINE_HEIGHT_EM 1.2

/* ---- blocks ----------------------------------------------------------------------------- */

static void run_clear(FmTextRun *run)
{
    pango_glyph_item_free(run->item);
    fm__text_image_clear(&run->image);
}

GArray *fm__text_runs_new(void)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(FmTextRun));
    g_array_set_clear_func(runs, (GDestroyNotify)run_clear);
    return runs;
}

FmTextRun fm__text_run_copy(const FmTextRun *run)
{
    FmTextRun copy = *run;
    copy.item = pango_glyph_item_copy(run->item);
    if (copy.image.name != NULL)
        g_ref_string_acquire(copy.image.name);
    return copy;
}

static void note_ink(FmTextBlock *block, const FmTextRun *run)
{
    PangoRectangle ink = {0, 0, 0, 0};
    double top_px = run->y_px - run->image.height_px, height_px = run->image.height_px;
    if (run->image.name == NULL) {
        pango_glyph_string_extents(run->item->glyphs, run->item->item->analysis.font, &ink, NULL);
        top_px = run->y_px + (double)ink.y / PANGO_SCALE;
        height_px = (double)ink.height / PANGO_SCALE;
    }
    if (height_px <= 0)
        return;
    gboolean first = block->ink_top_px == block->ink_bottom_px;
    double bottom_px = top_px + height_px;
    block->ink_top_px = first ? top_px : MIN(block->ink_top_px, top_px);
    block->ink_bottom_px = first ? bottom_px : MAX(block->ink_bottom_px, bottom_px);
}

/* How high a line is set. */
typedef struct {
    double size_px;    /* of its largest section */
    double content_px; /* the larger of that and its tallest image */
    double middle_px;  /* from the block's top */
    double left_px;    /* where its first run starts */
} LinePlace;

/* Capitals stand about the middle of their em box, and are lowered when an image needs more. */
static double baseline_of(const LinePlace *place)
{
    return place->middle_px + MIDDLE_EM * place->size_px + (place->content_px - place->size_px) / 2;
}

/* The baseline of a section, or the foot of its image. */
static double foot_of(const FmTextSource *source, const FmTextSection *section,
                      const FmTextImage *image, const LinePlace *place)
{
    if (image->name == NULL && section->align == FM_VERTICAL_BOTTOM)
        return baseline_of(place); /* one for all sizes */
    const double em_px = source->style->size_px * section->font_scale;
    const double height_px = image->name != NULL ? image->height_px : em_px;
    const double foot_px = place->middle_px + place->content_px / 2 -
                           fm__text_align_rise_px(section->align, height_px, place->content_px);
    return image->name != NULL ? foot_px : foot_px - (0.5 - MIDDLE_EM) * em_px;
}

/* What the images of a line ask for. */
typedef struct {
    double tallest_px;
    double left_px, right_px; /* spacing at the line's ends, where characters have none */
} LineImages;

static LineImages images_of(const FmTextSource *source, const PangoLayoutLine *line, gsize start)
{
    LineImages images = {0, 0, 0};
    for (const GSList *at = line->runs; at != NULL; at = at->next) {
        const PangoGlyphItem *item = at->data;
        const FmTextSection *section =
            fm__text_source_section(source, start + (gsize)item->item->offset);
        g_auto(FmTextImage) image = fm__text_image_new(source->style, section);
        images.tallest_px = MAX(images.tallest_px, image.height_px);
        images.left_px = at == line->runs ? image.spacing_px / 2 : images.left_px;
        images.right_px = image.spacing_px / 2;
    }
    return images;
}

/* The glyphs of a line of the paragraph that begins at byte `start`, from the place's left end. */
static void take_runs(FmTextBlock *block, FmTextContext *context, const FmTextSource *source,
                      const PangoLayoutLine *line, gsize start, const LinePlace *place)
{
    FmTextRun run = {.line = block->lines->len, .x_px = place->left_px};
    for (const GSList *at = line->runs; at != NULL; at = at->next) {
        run.item = pango_glyph_item_copy(at->data);
        run.item->item->offset += (int)start;
        const FmTextSection *section =
            fm__text_source_section(source, (gsize)run.item->item->offset);
        run.image = fm__text_image_new(source->style, section);
        run.y_px = foot_of(source, section, &run.image, place);
        fm__text_context_note_missing(context, run.item, block->text);
        note_ink(block, &run);
        run.color = section->has_color ? section->color : source->style->color;
        run.color.a = source->style->color.a;
        g_array_append_val(block->runs, run);
        run.x_px += fm__text_item_width_px(run.item);
    }
}

static void take_line(FmTextBlock *block, FmTextContext *context, const FmTextSource *source,
                      PangoLayoutLine *line, gsize start)
{
    const FmTextStyle *style = source->style;
    gsize first = start + (gsize)line->start_index;
    double size_px =
        style->size_px * fm__text_source_scale(source, first, first + MAX((gsize)line->length, 1));
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    const LineImages images = images_of(source, line, start);
    const double content_px = MAX(size_px, images.tallest_px);
    const double line_px =
        size_px * (style->line_height_em > 0 ? style->line_height_em : DEFAULT_LINE_HEIGHT_EM);
    const FmPageRect box = {
        .y_px = block->height_px,
        .width_px = (double)logical.width / PANGO_SCALE - images.left_px - images.right_px,
        .height_px = line_px + (content_px - size_px),
    };
    const LinePlace place = {size_px, content_px, box.y_px + box.height_px / 2, -images.left_px};
    if (block->lines->len == 0)
        block->baseline_px = baseline_of(&place);
    take_runs(block, context, source, line, start, &place);
    g_array_append_val(block->lines, box);
    block->width_px = MAX(block->width_px, box.width_px);
    block->height_px += box.height_px;
}

static FmTextBlock *block_of(FmTextContext *context, const FmTextSource *source, gboolean one_line)
{
    FmTextBlock *block = g_new0(FmTextBlock, 1);
    block->text = g_ref_string_new_len(source->text->str, (gssize)source->text->len);
    block->runs = fm__text_runs_new();
    block->lines = g_array_new(FALSE, FALSE, sizeof(FmPageRect));
    block->halo_color = source->style->halo_color;
    block->halo_width_px = source->style->halo_width_px;
    block->halo_blur_px = source->style->halo_blur_px;
    block->images = source->style->images;
    for (gsize start = 0, end = 0; start < source->text->len; start = end + 1) {
        end = start + strcspn(source->text->str + start, "\n");
        PangoLayout *layout = fm__text_source_lay_out(context, source, start, end, one_line);
        for (GSList *at = pango_layout_get_lines_readonly(layout); at != NULL; at = at->next)
            take_line(block, context, source, at->data, start);
        g_object_unref(layout);
    }
    fm__text_block_justify(block, source->style->justify);
    return block;
}

FmTextBlock *fm__text_block_new(FmTextContext *context, const FmTextSection *sections, gsize n,
                                const FmTextStyle *style)
{
    FmTextSource source = fm__text_source_new(sections, n, style);
    FmTextBlock *block = block_of(context, &source, FALSE);
    fm__text_source_clear(&source);
    return block;
}

FmTextBlock *fm__text_block_new_line(FmTextContext *context, const FmTextSection *sections, gsize n,
                                     const FmTextStyle *style)
{
    FmTextSource source = fm__text_source_new(sections, n, style);
    g_strdelimit(source.text->str, "\r\n", ' ');
    FmTextBlock *block = block_of(context, &source, TRUE);
    fm__text_source_clear(&source);
    return block;
}

FmTextBlock *fm__text_block_copy(const FmTextBlock *block)
{
    FmTextBlock *copy = g_memdup2(block, sizeof *block);
    g_ref_string_acquire(copy->text);
    copy->lines = g_array_copy(block->lines);
    copy->runs = fm__text_runs_new();
    for (guint i = 0; i < block->runs->len; i++) {
        const FmTextRun run = fm__text_run_copy(&g_array_index(block->runs, FmTextRun, i));
        g_array_append_val(copy->runs, run);
    }
    return copy;
}

void fm__text_block_justify(FmTextBlock *block, FmJustify justify)
{
    const double share = justify == FM_JUSTIFY_LEFT ? 0 : justify == FM_JUSTIFY_RIGHT ? 1 : 0.5;
    guint run = 0;
    for (guint i = 0; i < block->lines->len; i++) {
        FmPageRect *line = &g_array_index(block->lines, FmPageRect, i);
        double before_px = line->x_px;
        line->x_px = (block->width_px - line->width_px) * share;
        for (; run < block->runs->len && g_array_index(block->runs, FmTextRun, run).line == i;
             run++)
            g_array_index(block->runs, FmTextRun, run).x_px += line->x_px - before_px;
    }
}

void fm__text_block_free(FmTextBlock *block)
{
    if (block == NULL)
        return;
    g_ref_string_release(block->text);
    g_array_unref(block->runs);
    g_array_unref(block->lines);
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

void fm__text_block_ink(const FmTextBlock *block, double *top_px, double *bottom_px)
{
    *top_px = block->ink_top_px;
    *bottom_px = block->ink_bottom_px;
}

double fm__text_block_baseline_px(const FmTextBlock *block)
{
    return block->baseline_px;
}

const FmPageRect *fm__text_block_lines(const FmTextBlock *block, gsize *n)
{
    *n = block->lines->len;
    return (const FmPageRect *)(const void *)block->lines->data;
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
