/* Candidates of point labels: the anchors that the style allows, in its order of preference, each a
 * block beside the point.  Along lines see label-line.c. */

#include "label-line.h"
#include "text-internal.h"

#include <math.h>

struct FmShapedText {
    grefcount references;
    GPtrArray *blocks; /* FmTextBlock */
};

FmShapedText *fm__shaped_text_new(void)
{
    FmShapedText *shaped = g_new0(FmShapedText, 1);
    g_ref_count_init(&shaped->references);
    shaped->blocks = g_ptr_array_new_with_free_func((GDestroyNotify)fm__text_block_free);
    return shaped;
}

FmShapedText *fm__shaped_text_ref(FmShapedText *shaped)
{
    g_ref_count_inc(&shaped->references);
    return shaped;
}

void fm__shaped_text_unref(FmShapedText *shaped)
{
    if (shaped == NULL || !g_ref_count_dec(&shaped->references))
        return;
    g_ptr_array_unref(shaped->blocks);
    g_free(shaped);
}

FmTextBlock *fm__shaped_text_add(FmShapedText *shaped, FmTextBlock *block)
{
    g_ptr_array_add(shaped->blocks, block);
    return block;
}

void fm__label_candidate_free(FmLabelCandidate *candidate)
{
    if (candidate == NULL)
        return;
    g_array_unref(candidate->pieces);
    g_array_unref(candidate->boxes);
    g_free(candidate);
}

FmLabelCandidate *fm__label_candidate_new(void)
{
    FmLabelCandidate *candidate = g_new0(FmLabelCandidate, 1);
    candidate->pieces = g_array_new(FALSE, FALSE, sizeof(FmLabelPiece));
    candidate->boxes = g_array_new(FALSE, FALSE, sizeof(FmTurnedBox));
    return candidate;
}

static FmPageRect rect_union(FmPageRect a, FmPageRect b)
{
    double x_px = MIN(a.x_px, b.x_px), y_px = MIN(a.y_px, b.y_px);
    return (FmPageRect){x_px, y_px, MAX(fm__rect_right_px(&a), fm__rect_right_px(&b)) - x_px,
                        MAX(fm__rect_bottom_px(&a), fm__rect_bottom_px(&b)) - y_px};
}

gboolean fm__label_candidate_bound(FmLabelCandidate *candidate, double padding_px, FmPageRect frame)
{
    gboolean inside = TRUE;
    for (guint i = 0; i < candidate->boxes->len; i++) {
        FmTurnedBox box = g_array_index(candidate->boxes, FmTurnedBox, i);
        FmPageRect rect = fm__turned_box_bounds(&box);
        inside &= fm__rect_contains(&frame, &rect);
        box.half_width_px -= padding_px;
        box.half_height_px -= padding_px;
        rect = fm__turned_box_bounds(&box);
        candidate->bounds = i == 0 ? rect : rect_union(candidate->bounds, rect);
    }
    return inside;
}

void fm__label_unit_clear(FmLabelUnit *unit)
{
    fm__shaped_text_unref(unit->shaped);
    g_ptr_array_unref(unit->candidates);
}

/* ---- points ----------------------------------------------------------------------------- */

/* For each anchor: which point of the text it is (share of width and height from the top left), and
 * where the text lies from it. */
static const struct {
    double share_x, share_y, towards_x, towards_y;
} anchor_table[FM_N_ANCHORS] = {
    [FM_ANCHOR_CENTER] = {0.5, 0.5, 0, 0},
    [FM_ANCHOR_LEFT] = {0, 0.5, 1, 0},
    [FM_ANCHOR_RIGHT] = {1, 0.5, -1, 0},
    [FM_ANCHOR_TOP] = {0.5, 0, 0, 1},
    [FM_ANCHOR_BOTTOM] = {0.5, 1, 0, -1},
    [FM_ANCHOR_TOP_LEFT] = {0, 0, G_SQRT2 / 2, G_SQRT2 / 2},
    [FM_ANCHOR_TOP_RIGHT] = {1, 0, -G_SQRT2 / 2, G_SQRT2 / 2},
    [FM_ANCHOR_BOTTOM_LEFT] = {0, 1, G_SQRT2 / 2, -G_SQRT2 / 2},
    [FM_ANCHOR_BOTTOM_RIGHT] = {1, 1, -G_SQRT2 / 2, -G_SQRT2 / 2},
};

static FmJustify justify_at(const FmLabelRequest *request, FmAnchor anchor)
{
    if (request->style.justify != FM_JUSTIFY_AUTO)
        return request->style.justify;
    double share = anchor_table[anchor].share_x;
    return share < 0.5 ? FM_JUSTIFY_LEFT : share > 0.5 ? FM_JUSTIFY_RIGHT : FM_JUSTIFY_CENTER;
}

static FmLabelCandidate *point_candidate(const FmLabelRequest *request, FmAnchor anchor,
                                         FmTextBlock *block)
{
    double width_px = fm__text_block_width_px(block), height_px = fm__text_block_height_px(block);
    double x_px = request->offset_x_px +
                  anchor_table[anchor].towards_x * request->radial_offset_px -
                  anchor_table[anchor].share_x * width_px;
    double y_px = request->offset_y_px +
                  anchor_table[anchor].towards_y * request->radial_offset_px -
                  anchor_table[anchor].share_y * height_px;
    FmLabelCandidate *candidate = fm__label_candidate_new();
    candidate->anchor = anchor;
    candidate->angle_deg = request->rotate_deg;
    candidate->position = (FmPagePoint){request->anchor.x_px + x_px, request->anchor.y_px + y_px};
    const FmLabelPiece piece = {
        .block = block,
        .pivot = request->anchor,
        .offset = {x_px, y_px},
        .angle_rad = request->rotate_deg * G_PI / 180,
    };
    g_array_append_val(candidate->pieces, piece);
    gsize n_lines = 0;
    const FmPageRect *lines = fm__text_block_lines(block, &n_lines);
    for (gsize i = 0; i < n_lines; i++) {
        FmPageRect line = lines[i];
        line.x_px += candidate->position.x_px;
        line.y_px += candidate->position.y_px;
        FmTurnedBox box = fm__turned_box_rotated(fm__rect_grow(line, request->padding_px),
                                                 request->anchor, piece.angle_rad);
        g_array_append_val(candidate->boxes, box);
    }
    return candidate;
}

/* The block of the request set as asked: shaped once, then only moved. */
static FmTextBlock *justified(FmTextContext *context, const FmLabelRequest *request,
                              FmJustify justify, FmTextBlock **first, FmShapedText *shaped)
{
    FmTextBlock *block;
    if (*first == NULL) {
        FmTextStyle style = request->style;
        style.balance = TRUE;
        block = *first =
            fm__text_block_new(context, request->sections, request->n_sections, &style);
    } else {
        block = fm__text_block_copy(*first);
    }
    fm__text_block_justify(block, justify);
    return fm__shaped_text_add(shaped, block);
}

static void shape_point(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                        FmLabelUnit *unit)
{
    FmTextBlock *by_justify[FM_JUSTIFY_AUTO + 1] = {NULL}, *first = NULL;
    unit->blank = TRUE;
    for (gsize i = 0; i < request->n_anchors && request->n_sections > 0; i++) {
        FmAnchor anchor = request->anchors[i];
        FmJustify justify = justify_at(request, anchor);
        if (by_justify[justify] == NULL)
            by_justify[justify] = justified(context, request, justify, &first, unit->shaped);
        FmLabelCandidate *candidate = point_candidate(request, anchor, by_justify[justify]);
        candidate->cost = (double)i;
        unit->blank = candidate->boxes->len == 0;
        if (fm__label_candidate_bound(candidate, request->padding_px, frame) && !unit->blank)
            g_ptr_array_add(unit->candidates, candidate);
        else
            fm__label_candidate_free(candidate);
    }
}

FmLabelUnit fm__label_unit_new(gsize request, FmShapedText *shaped)
{
    return (FmLabelUnit){
        .request = request,
        .shaped = shaped,
        .candidates = g_ptr_array_new_with_free_func((GDestroyNotify)fm__label_candidate_free),
    };
}

void fm__label_shape(FmTextContext *context, const FmLabelRequest *request, gsize index,
                     FmPageRect frame, GArray *units)
{
    if (request->kind != FM_LABEL_POINT) {
        fm__label_shape_line(context, request, index, frame, units);
        return;
    }
    FmLabelUnit unit = fm__label_unit_new(index, fm__shaped_text_new());
    shape_point(context, request, frame, &unit);
    g_array_append_val(units, unit);
}
