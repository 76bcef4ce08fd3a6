/* Drawing placed labels: one halo for the whole text and its leader, then the line, then glyphs. */

#include "label-draw.h"
#include "text-internal.h"

#define LEADER_WIDTH_PX 0.6
#define LEADER_DOT_PX 1.3

/* What a placed label keeps to be drawn. */
typedef struct {
    FmShapedText *shaped;
    gboolean has_leader, has_dot;
    FmPagePoint leader_from, leader_to;
    FmColor color; /* of the leader */
    gsize n_pieces;
    FmLabelPiece pieces[];
} Glyphs;

void *fm__label_glyphs_new(const FmLabelRequest *request, const FmLabelUnit *unit,
                           const FmLabelCandidate *candidate)
{
    gsize n = candidate->pieces->len;
    Glyphs *glyphs = g_malloc0(sizeof *glyphs + n * sizeof glyphs->pieces[0]);
    glyphs->shaped = fm__shaped_text_ref(unit->shaped);
    glyphs->has_leader = candidate->has_leader;
    glyphs->has_dot = !request->has_icon && !request->at_symbol;
    glyphs->leader_from = candidate->leader_from;
    glyphs->leader_to = candidate->leader_to;
    glyphs->color = request->style.color;
    glyphs->n_pieces = n;
    for (gsize i = 0; i < n; i++)
        glyphs->pieces[i] = g_array_index(candidate->pieces, FmLabelPiece, i);
    return glyphs;
}

void fm__label_glyphs_free(void *pointer)
{
    Glyphs *glyphs = pointer;
    if (glyphs != NULL)
        fm__shaped_text_unref(glyphs->shaped);
    g_free(glyphs);
}

static void draw_piece(cairo_t *cr, const FmLabelPiece *piece,
                       void (*draw)(cairo_t *, const FmTextBlock *, double, double))
{
    cairo_save(cr);
    cairo_translate(cr, piece->pivot.x_px, piece->pivot.y_px);
    cairo_rotate(cr, piece->angle_rad);
    draw(cr, piece->block, piece->offset.x_px, piece->offset.y_px);
    cairo_restore(cr);
}

static void trace_leader(cairo_t *cr, const Glyphs *glyphs)
{
    cairo_move_to(cr, glyphs->leader_from.x_px, glyphs->leader_from.y_px);
    cairo_line_to(cr, glyphs->leader_to.x_px, glyphs->leader_to.y_px);
}

static void draw_leader(cairo_t *cr, const Glyphs *glyphs)
{
    const FmColor *c = &glyphs->color;
    cairo_save(cr);
    cairo_new_path(cr);
    trace_leader(cr, glyphs);
    cairo_set_source_rgba(cr, c->r, c->g, c->b, c->a);
    cairo_set_line_width(cr, LEADER_WIDTH_PX);
    cairo_stroke(cr);
    if (glyphs->has_dot) {
        cairo_arc(cr, glyphs->leader_from.x_px, glyphs->leader_from.y_px, LEADER_DOT_PX, 0,
                  2 * G_PI);
        cairo_fill(cr);
    }
    cairo_restore(cr);
}

void fm__label_draw(cairo_t *cr, const FmLabelPlaced *placed)
{
    const Glyphs *glyphs = placed->glyphs;
    if (glyphs == NULL)
        return;
    const FmTextBlock *first = glyphs->pieces[0].block;
    if (fm__text_block_has_halo(first)) {
        cairo_new_path(cr);
        for (gsize i = 0; i < glyphs->n_pieces; i++)
            draw_piece(cr, &glyphs->pieces[i], fm__text_block_path);
        if (glyphs->has_leader)
            trace_leader(cr, glyphs);
        fm__text_block_stroke_halo(cr, first);
    }
    if (glyphs->has_leader)
        draw_leader(cr, glyphs);
    for (gsize i = 0; i < glyphs->n_pieces; i++)
        draw_piece(cr, &glyphs->pieces[i], fm__text_block_draw_glyphs);
}

GArray *fm__label_boxes(const FmLabelPlaced *placed)
{
    const Glyphs *glyphs = placed->glyphs;
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(FmTurnedBox));
    for (gsize i = 0; glyphs != NULL && i < glyphs->n_pieces; i++) {
        const FmLabelPiece *piece = &glyphs->pieces[i];
        double top_px = 0, bottom_px = 0;
        fm__text_block_ink(piece->block, &top_px, &bottom_px);
        const FmPageRect ink = {piece->pivot.x_px + piece->offset.x_px,
                                piece->pivot.y_px + piece->offset.y_px + top_px,
                                fm__text_block_width_px(piece->block), bottom_px - top_px};
        const FmTurnedBox box = fm__turned_box_rotated(ink, piece->pivot, piece->angle_rad);
        g_array_append_val(boxes, box);
    }
    return boxes;
}
