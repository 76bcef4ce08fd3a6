/* Drawing blocks: outlines for the halo, glyphs on top, and blocks cut into characters that can be
 * turned one by one. */

#include "svg-text.h"
#include "text-image.h"

/* ---- drawing ---------------------------------------------------------------------------- */

gboolean fm__text_block_has_halo(const FmTextBlock *block)
{
    return block->halo_color.a > 0 && block->halo_width_px > 0;
}

void fm__text_block_path(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    if (fm__svg_text_active(cr)) /* the halo goes with the glyphs */
        return;
    for (guint i = 0; i < block->runs->len; i++) {
        const FmTextRun *run = &g_array_index(block->runs, FmTextRun, i);
        if (run->image.name != NULL)
            continue;
        cairo_move_to(cr, x_px + run->x_px, y_px + run->y_px);
        pango_cairo_glyph_string_path(cr, run->item->item->analysis.font, run->item->glyphs);
    }
}

static void stroke_halo(cairo_t *cr, FmColor color, double opacity, double reach_px)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a * opacity);
    cairo_set_line_width(cr, 2 * reach_px);
    cairo_stroke_preserve(cr);
}

void fm__text_block_stroke_halo(cairo_t *cr, const FmTextBlock *block)
{
    cairo_save(cr);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    if (block->halo_blur_px > 0)
        stroke_halo(cr, block->halo_color, 0.5, block->halo_width_px + block->halo_blur_px);
    stroke_halo(cr, block->halo_color, 1, block->halo_width_px);
    cairo_restore(cr);
    cairo_new_path(cr);
}

static void draw_images(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    for (guint i = 0; i < block->runs->len; i++) {
        const FmTextRun *run = &g_array_index(block->runs, FmTextRun, i);
        if (run->image.name != NULL)
            fm__text_image_draw(cr, &block->images, run, x_px, y_px);
    }
}

void fm__text_block_draw_glyphs(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    draw_images(cr, block, x_px, y_px);
    if (fm__svg_text_active(cr)) {
        fm__svg_text_add(cr, block, x_px, y_px);
        return;
    }
    cairo_save(cr);
    for (guint i = 0; i < block->runs->len; i++) {
        const FmTextRun *run = &g_array_index(block->runs, FmTextRun, i);
        if (run->image.name != NULL)
            continue;
        cairo_set_source_rgba(cr, run->color.r, run->color.g, run->color.b, run->color.a);
        cairo_move_to(cr, x_px + run->x_px, y_px + run->y_px);
        pango_cairo_show_glyph_item(cr, block->text, run->item);
    }
    cairo_restore(cr);
    cairo_new_path(cr);
}

void fm__text_block_draw(cairo_t *cr, const FmTextBlock *block, double x_px, double y_px)
{
    if (fm__text_block_has_halo(block)) {
        cairo_new_path(cr);
        fm__text_block_path(cr, block, x_px, y_px);
        fm__text_block_stroke_halo(cr, block);
    }
    fm__text_block_draw_glyphs(cr, block, x_px, y_px);
}

/* ---- characters ------------------------------------------------------------------------- */

/* A block of the glyphs in `item`, which it takes. */
static FmTextBlock *cluster_block(const FmTextBlock *whole, const FmTextRun *run,
                                  PangoGlyphItem *item)
{
    FmTextBlock *block = g_new0(FmTextBlock, 1);
    *block = (FmTextBlock){
        .text = g_ref_string_acquire(whole->text),
        .runs = fm__text_runs_new(),
        .lines = g_array_new(FALSE, FALSE, sizeof(FmPageRect)),
        .width_px = fm__text_item_width_px(item),
        .height_px = whole->height_px,
        .baseline_px = whole->baseline_px,
        .halo_color = whole->halo_color,
        .halo_width_px = whole->halo_width_px,
        .halo_blur_px = whole->halo_blur_px,
        .images = whole->images,
    };
    const FmPageRect line = {0, 0, block->width_px, block->height_px};
    g_array_append_val(block->lines, line);
    FmTextRun own = {.item = item, .image = run->image, .color = run->color, .y_px = run->y_px};
    if (own.image.name != NULL)
        g_ref_string_acquire(own.image.name);
    g_array_append_val(block->runs, own);
    return block;
}

static gboolean is_blank(const char *text, int start, int end)
{
    for (const char *at = text + start; at < text + end; at = g_utf8_next_char(at)) {
        if (!g_unichar_isspace(g_utf8_get_char(at)))
            return FALSE;
    }
    return TRUE;
}

static void cut_run(const FmTextBlock *whole, const FmTextRun *run, GArray *clusters)
{
    const gboolean leftwards = run->item->item->analysis.level % 2 == 1;
    double cursor_px = run->x_px + (leftwards ? fm__text_item_width_px(run->item) : 0);
    /* What is not yet cut off; an item can only be cut inside. */
    PangoGlyphItem *rest = pango_glyph_item_copy(run->item);
    PangoGlyphItemIter iter;
    for (gboolean more = pango_glyph_item_iter_init_start(&iter, run->item, whole->text); more;) {
        const int start = iter.start_index, end = iter.end_index;
        more = pango_glyph_item_iter_next_cluster(&iter);
        PangoGlyphItem *item = rest;
        if (more)
            item = pango_glyph_item_split(rest, whole->text, end - start);
        double width_px = fm__text_item_width_px(item);
        cursor_px += leftwards ? -width_px : 0;
        if (is_blank(whole->text, start, end)) {
            pango_glyph_item_free(item);
        } else {
            const FmTextCluster cluster = {cluster_block(whole, run, item), cursor_px};
            g_array_append_val(clusters, cluster);
        }
        cursor_px += leftwards ? 0 : width_px;
    }
}

void fm__text_block_cut(const FmTextBlock *block, GArray *clusters)
{
    for (guint i = 0; i < block->runs->len; i++)
        cut_run(block, &g_array_index(block->runs, FmTextRun, i), clusters);
}
