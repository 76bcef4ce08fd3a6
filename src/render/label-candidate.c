/* Shaped texts and the candidates made of them. */

#include "label-candidate.h"
#include "text-internal.h"

#include <math.h>

/* ---- shaped texts ----------------------------------------------------------------------- */

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

/* ---- candidates ------------------------------------------------------------------------- */

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
        box = fm__turned_box_grow(box, -padding_px);
        rect = fm__turned_box_bounds(&box);
        candidate->bounds = i == 0 ? rect : rect_union(candidate->bounds, rect);
    }
    return inside;
}

FmLabelUnit fm__label_unit_new(gsize request, FmShapedText *shaped)
{
    return (FmLabelUnit){
        .request = request,
        .shaped = shaped,
        .candidates = g_ptr_array_new_with_free_func((GDestroyNotify)fm__label_candidate_free),
    };
}

void fm__label_unit_clear(FmLabelUnit *unit)
{
    fm__shaped_text_unref(unit->shaped);
    g_ptr_array_unref(unit->candidates);
}

FmLabelCandidate *fm__label_unit_keep(FmLabelUnit *unit, const FmLabelRequest *request,
                                      FmPageRect frame, FmLabelCandidate *candidate)
{
    if (fm__label_candidate_bound(candidate, request->padding_px, frame)) {
        if (request->fit.width || request->fit.height)
            candidate->bounds = candidate->ink; /* the icon is listed by itself */
        g_ptr_array_add(unit->candidates, candidate);
        return candidate;
    }
    fm__label_candidate_free(candidate);
    return NULL;
}

/* ---- beside a point --------------------------------------------------------------------- */

const FmAnchorSide fm__anchor_sides[FM_N_ANCHORS] = {
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
    double share = fm__anchor_sides[anchor].share_x;
    return share < 0.5 ? FM_JUSTIFY_LEFT : share > 0.5 ? FM_JUSTIFY_RIGHT : FM_JUSTIFY_CENTER;
}

static FmTextBlock *justified(FmTextContext *context, const FmLabelRequest *request,
                              FmJustify justify, FmTextBlock **first, FmShapedText *shaped)
{
    FmTextBlock *block;
    if (*first == NULL) {
        FmTextStyle style = request->style;
        style.balance = TRUE;
        style.whole_words = TRUE;
        block = *first =
            fm__text_block_new(context, request->sections, request->n_sections, &style);
    } else {
        block = fm__text_block_copy(*first);
    }
    fm__text_block_justify(block, justify);
    return fm__shaped_text_add(shaped, block);
}

FmTextBlock *fm__point_block(FmTextContext *context, const FmLabelRequest *request, FmAnchor anchor,
                             FmPointBlocks *blocks, FmShapedText *shaped)
{
    FmJustify justify = justify_at(request, anchor);
    FmTextBlock **block = &blocks->by_justify[justify];
    if (*block == NULL)
        *block = justified(context, request, justify, &blocks->first, shaped);
    return *block;
}

static FmPageRect rect_around(FmPageRect rect, const double padding_px[4])
{
    return (FmPageRect){rect.x_px - padding_px[3], rect.y_px - padding_px[0],
                        rect.width_px + padding_px[1] + padding_px[3],
                        rect.height_px + padding_px[0] + padding_px[2]};
}

/* The icon's box about that of its text. */
static FmPageRect fit_icon(const FmIconFit *fit, FmPageRect text)
{
    FmPageRect icon = rect_around(text, fit->padding_px);
    if (!fit->width) {
        icon.x_px += (icon.width_px - fit->width_px) / 2;
        icon.width_px = fit->width_px;
    }
    if (!fit->height) {
        icon.y_px += (icon.height_px - fit->height_px) / 2;
        icon.height_px = fit->height_px;
    }
    return icon;
}

FmPagePoint fm__anchor_point(const FmLabelRequest *request, gsize i)
{
    const FmAnchorSide *side = &fm__anchor_sides[request->anchors[i]];
    return (FmPagePoint){request->anchor.x_px + request->anchor_offsets[i].x_px +
                             side->towards_x * request->radial_offset_px,
                         request->anchor.y_px + request->anchor_offsets[i].y_px +
                             side->towards_y * request->radial_offset_px};
}

FmPageRect fm__anchored_rect(const FmLabelRequest *request, FmPagePoint at, FmAnchor anchor,
                             double width_px, double height_px)
{
    const FmAnchorSide *side = &fm__anchor_sides[anchor];
    return (FmPageRect){at.x_px + request->offset_x_px - side->share_x * width_px,
                        at.y_px + request->offset_y_px - side->share_y * height_px, width_px,
                        height_px};
}

void fm__label_candidate_cover(FmLabelCandidate *candidate, const FmLabelRequest *request,
                               FmPageRect ink, FmPageRect block, FmPagePoint pivot)
{
    FmPageRect covered = fm__rect_grow(ink, request->padding_px);
    if (request->fit.width || request->fit.height) {
        candidate->ink = ink;
        candidate->fitted = fit_icon(&request->fit, block);
        covered = rect_union(covered, fm__rect_grow(candidate->fitted, request->padding_px));
    }
    FmTurnedBox box = fm__turned_box_rotated(covered, pivot, request->rotate_deg * G_PI / 180);
    g_array_append_val(candidate->boxes, box);
}

FmLabelCandidate *fm__point_candidate(const FmLabelRequest *request, FmPagePoint at,
                                      FmAnchor anchor, FmTextBlock *block)
{
    const FmPageRect rect = fm__anchored_rect(request, at, anchor, fm__text_block_width_px(block),
                                              fm__text_block_height_px(block));
    FmLabelCandidate *candidate = fm__label_candidate_new();
    candidate->anchor = anchor;
    candidate->angle_deg = request->rotate_deg;
    candidate->position = (FmPagePoint){rect.x_px, rect.y_px};
    /* The text turns about its request's point, and about its own place inside an area. */
    const FmPagePoint pivot = request->area != NULL ? at : request->anchor;
    const FmLabelPiece piece = {
        .block = block,
        .pivot = pivot,
        .offset = {rect.x_px - pivot.x_px, rect.y_px - pivot.y_px},
        .angle_rad = request->rotate_deg * G_PI / 180,
    };
    g_array_append_val(candidate->pieces, piece);
    double top_px = 0, bottom_px = 0;
    fm__text_block_ink(block, &top_px, &bottom_px);
    const FmPageRect ink = {rect.x_px, rect.y_px + top_px, rect.width_px, bottom_px - top_px};
    fm__label_candidate_cover(candidate, request, ink, rect, pivot);
    return candidate;
}
