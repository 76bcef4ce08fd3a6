/* Candidates of point labels: the anchors that the style allows, in its order of preference, each a
 * block beside the point.  Along lines see label-line.c. */

#include "label-line.h"
#include "text-internal.h"

#include <math.h>

#define LEADER_HALF_WIDTH_PX 0.5
#define LEADER_GAP_PX 1.5 /* between the line and the text */
#define LEADER_STEP_MIN_PX 4.0
/* The price of a ring more, where a place of less preference beside the symbol costs 1. */
#define LEADER_RING_COST 0.5
/* What lies this near to the symbol hides or touches it anyhow: the line may pass there. */
#define LEADER_CLEAR_PX 6.0

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

/* From one distance of names with a leader to the next; a fixed least keeps their number small. */
static double leader_step_px(const FmLabelRequest *request)
{
    return MAX(request->style.size_px, LEADER_STEP_MIN_PX);
}

static FmJustify justify_at(const FmLabelRequest *request, FmAnchor anchor)
{
    if (request->style.justify != FM_JUSTIFY_AUTO)
        return request->style.justify;
    double share = anchor_table[anchor].share_x;
    return share < 0.5 ? FM_JUSTIFY_LEFT : share > 0.5 ? FM_JUSTIFY_RIGHT : FM_JUSTIFY_CENTER;
}

static FmLabelCandidate *point_candidate(const FmLabelRequest *request, FmAnchor anchor,
                                         FmTextBlock *block, double radius_px)
{
    double width_px = fm__text_block_width_px(block), height_px = fm__text_block_height_px(block);
    double x_px = request->offset_x_px + anchor_table[anchor].towards_x * radius_px -
                  anchor_table[anchor].share_x * width_px;
    double y_px = request->offset_y_px + anchor_table[anchor].towards_y * radius_px -
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

/* A line from the symbol's edge, or from the point when it has none, to where the text begins. */
static void add_leader(const FmLabelRequest *request, double radius_px, FmLabelCandidate *candidate)
{
    double x = anchor_table[candidate->anchor].towards_x;
    double y = anchor_table[candidate->anchor].towards_y;
    double from_px = request->has_icon ? request->radial_offset_px : 0;
    double to_px = radius_px - LEADER_GAP_PX;
    candidate->has_leader = TRUE;
    candidate->leader_from =
        (FmPagePoint){request->anchor.x_px + x * from_px, request->anchor.y_px + y * from_px};
    candidate->leader_to =
        (FmPagePoint){request->anchor.x_px + x * to_px, request->anchor.y_px + y * to_px};
    double clear_px = MIN(from_px + LEADER_CLEAR_PX, to_px);
    const FmPagePoint begin = {request->anchor.x_px + x * clear_px,
                               request->anchor.y_px + y * clear_px};
    FmTurnedBox box = fm__turned_box_segment(begin, candidate->leader_to, LEADER_HALF_WIDTH_PX);
    g_array_append_val(candidate->boxes, box);
}

/* The blocks of a point's text by how they are set. */
typedef struct {
    FmTextBlock *first, *by_justify[FM_JUSTIFY_AUTO + 1];
} PointBlocks;

/* Behind all places beside the symbol; then what is near comes before what the style prefers. */
static double leader_cost(const FmLabelRequest *request, guint ring, gsize preference)
{
    double n_anchors = (double)request->n_anchors;
    return n_anchors + LEADER_RING_COST * (ring + (double)preference / n_anchors);
}

/* The places at one distance. */
static void shape_ring(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                       guint ring, PointBlocks *blocks, FmLabelUnit *unit)
{
    double radius_px = request->radial_offset_px + ring * leader_step_px(request);
    for (gsize i = 0; i < request->n_anchors; i++) {
        FmAnchor anchor = request->anchors[i];
        if (ring > 0 && anchor == FM_ANCHOR_CENTER)
            continue;
        FmJustify justify = justify_at(request, anchor);
        FmTextBlock **block = &blocks->by_justify[justify];
        if (*block == NULL)
            *block = justified(context, request, justify, &blocks->first, unit->shaped);
        FmLabelCandidate *candidate = point_candidate(request, anchor, *block, radius_px);
        candidate->cost = ring == 0 ? (double)i : leader_cost(request, ring, i);
        unit->blank = candidate->boxes->len == 0;
        if (!fm__label_candidate_bound(candidate, request->padding_px, frame) || unit->blank) {
            fm__label_candidate_free(candidate);
            continue;
        }
        if (ring > 0)
            add_leader(request, radius_px, candidate);
        g_ptr_array_add(unit->candidates, candidate);
    }
}

static void shape_point(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                        FmLabelUnit *unit)
{
    PointBlocks blocks = {NULL, {NULL}};
    unit->blank = TRUE;
    if (request->n_sections == 0)
        return;
    for (guint ring = request->leader_always ? 1 : 0;
         ring * leader_step_px(request) <= request->leader_px; ring++)
        shape_ring(context, request, frame, ring, &blocks, unit);
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
