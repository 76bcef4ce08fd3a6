/* Blocks of text.  Pango shapes and breaks the paragraphs; the lines are then set by us, so that
 * line height follows the style and not the fallback font: a Chinese and a Latin line of one
 * size are equally high.
 *
 * Nothing is hinted or rounded to pixels: the same boxes at any resolution. */

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
}

GArray *fm__text_runs_new(void)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(FmTextRun));
    g_array_set_clear_func(runs, (GDestroyNotify)run_clear);
    return runs;
}

static void note_ink(FmTextBlock *block, const PangoGlyphItem *item, double baseline_px)
{
    PangoRectangle ink;
    pango_glyph_string_extents(item->glyphs, item->item->analysis.font, &ink, NULL);
    if (ink.height <= 0)
        return;
    gboolean first = block->ink_top_px == block->ink_bottom_px;
    double top_px = baseline_px + (double)ink.y / PANGO_SCALE;
    double bottom_px = top_px + (double)ink.height / PANGO_SCALE;
    block->ink_top_px = first ? top_px : MIN(block->ink_top_px, top_px);
    block->ink_bottom_px = first ? bottom_px : MAX(block->ink_bottom_px, bottom_px);
}

/* The glyphs of a line of the paragraph that begins at byte `start`, from the left end at x = 0. */
static void take_runs(FmTextBlock *block, FmTextContext *context, const FmTextSource *source,
                      const PangoLayoutLine *line, gsize start, double baseline_px)
{
    FmTextRun run = {.line = block->lines->len, .y_px = baseline_px};
    for (const GSList *at = line->runs; at != NULL; at = at->next) {
        run.item = pango_glyph_item_copy(at->data);
        run.item->item->offset += (int)start;
        fm__text_context_note_missing(context, run.item, block->text);
        note_ink(block, run.item, baseline_px);
        const FmTextSection *section =
            fm__text_source_section(source, (gsize)run.item->item->offset);
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
    const FmPageRect box = {
        .y_px = block->height_px,
        .width_px = (double)logical.width / PANGO_SCALE,
        .height_px =
            size_px * (style->line_height_em > 0 ? style->line_height_em : DEFAULT_LINE_HEIGHT_EM),
    };
    double baseline_px = box.y_px + box.height_px / 2 + MIDDLE_EM * size_px;
    if (block->lines->len == 0)
        block->baseline_px = baseline_px;
    take_runs(block, context, source, line, start, baseline_px);
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
        FmTextRun run = g_array_index(block->runs, FmTextRun, i);
        run.item = pango_glyph_item_copy(run.item);
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
