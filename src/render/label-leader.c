/* Leaders in sixteen directions, a line of text farther out from ring to ring.  A short line beats
 * the style's order of anchors: what is near is found. */

#include "label-leader.h"
#include "label-candidate.h"

#include <math.h>

enum { DIRECTIONS = 16 };
#define HALF_WIDTH_PX 0.5
#define GAP_PX 1.5 /* between the line and the text */
#define STEP_MIN_PX 4.0
/* The price of a ring more, where a place of less preference beside the symbol costs 1. */
#define RING_COST 0.5
/* Of a direction between two anchors. */
#define BETWEEN_COST 0.25
/* What lies this near to the symbol hides or touches it anyhow: the line may pass there. */
#define CLEAR_PX 6.0

/* Which part of the text the line meets, by direction: clockwise from the right. */
static const FmAnchor meets[DIRECTIONS] = {
    FM_ANCHOR_LEFT,   FM_ANCHOR_LEFT,   FM_ANCHOR_TOP_LEFT,     FM_ANCHOR_TOP,
    FM_ANCHOR_TOP,    FM_ANCHOR_TOP,    FM_ANCHOR_TOP_RIGHT,    FM_ANCHOR_RIGHT,
    FM_ANCHOR_RIGHT,  FM_ANCHOR_RIGHT,  FM_ANCHOR_BOTTOM_RIGHT, FM_ANCHOR_BOTTOM,
    FM_ANCHOR_BOTTOM, FM_ANCHOR_BOTTOM, FM_ANCHOR_BOTTOM_LEFT,  FM_ANCHOR_LEFT,
};

/* From one distance to the next; a fixed least keeps their number small. */
static double step_px(const FmLabelRequest *request)
{
    return MAX(request->style.size_px, STEP_MIN_PX);
}

double fm__label_leader_cost(const FmLabelRequest *request)
{
    return (double)request->n_anchors + (fm__label_roams(request) ? FM_AREA_COST : 0);
}

/* A line from the symbol's edge, or from the point when it has none, to where the text begins. */
static void add_line(const FmLabelRequest *request, double x, double y, double radius_px,
                     FmLabelCandidate *candidate)
{
    double from_px = request->has_icon || request->at_symbol ? request->radial_offset_px : 0;
    double to_px = radius_px - GAP_PX;
    candidate->has_leader = TRUE;
    candidate->leader_from =
        (FmPagePoint){request->anchor.x_px + x * from_px, request->anchor.y_px + y * from_px};
    candidate->leader_to =
        (FmPagePoint){request->anchor.x_px + x * to_px, request->anchor.y_px + y * to_px};
    double clear_px = MIN(from_px + CLEAR_PX, to_px);
    const FmPagePoint begin = {request->anchor.x_px + x * clear_px,
                               request->anchor.y_px + y * clear_px};
    FmTurnedBox box = fm__turned_box_segment(begin, candidate->leader_to, HALF_WIDTH_PX);
    g_array_append_val(candidate->boxes, box);
}

/* Where in the style's order the anchor is; n_anchors when it is not. */
static gsize preference_of(const FmLabelRequest *request, FmAnchor anchor)
{
    gsize i = 0;
    while (i < request->n_anchors && request->anchors[i] != anchor)
        i++;
    return i;
}

static void add_direction(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                          guint direction, FmPointBlocks *blocks, FmLabelUnit *unit)
{
    const FmAnchor anchor = meets[direction];
    const gsize preference = preference_of(request, anchor);
    if (preference == request->n_anchors)
        return;
    double angle_rad = direction * 2 * G_PI / DIRECTIONS;
    double x = cos(angle_rad), y = sin(angle_rad);
    FmTextBlock *block = fm__point_block(context, request, anchor, blocks, unit->shaped);
    for (guint ring = 1; ring * step_px(request) <= request->leader_px; ring++) {
        double radius_px = request->radial_offset_px + ring * step_px(request);
        const FmPagePoint at = {request->anchor.x_px + x * radius_px,
                                request->anchor.y_px + y * radius_px};
        FmLabelCandidate *candidate = fm__label_unit_keep(
            unit, request, frame, fm__point_candidate(request, at, anchor, block));
        if (candidate == NULL)
            continue;
        candidate->cost = fm__label_leader_cost(request) +
                          RING_COST * (ring + (double)preference / (double)request->n_anchors) +
                          (direction % 2 == 1 ? BETWEEN_COST : 0);
        add_line(request, x, y, radius_px, candidate);
    }
}

void fm__label_shape_leaders(FmTextContext *context, const FmLabelRequest *request,
                             FmPageRect frame, FmLabelUnit *unit)
{
    if (unit->has_leaders || unit->blank || request->kind != FM_LABEL_POINT || request->inside_only)
        return;
    unit->has_leaders = TRUE;
    FmPointBlocks blocks = {NULL, {NULL}};
    for (guint direction = 0; direction < DIRECTIONS; direction++)
        add_direction(context, request, frame, direction, &blocks, unit);
}
