/* Candidates of a label without a leader: the anchors that the style allows, in its order of
 * preference, each a block beside the point, and inner points of areas.  Along lines see
 * label-line.c, with leaders label-leader.c. */

#include "label-area.h"
#include "label-candidate.h"
#include "label-leader.h"
#include "label-line.h"
#include "label-vertical.h"

/* Shorter lines, where those that the style wants do not fit. */
#define NARROWER 0.6
#define NARROWER_COST 0.5

gboolean fm__label_roams(const FmLabelRequest *request)
{
    return request->inside_only ||
           (request->area != NULL && !request->has_icon && request->rotate_deg == 0 &&
            request->n_writing == 0 && request->anchors[0] == FM_ANCHOR_CENTER);
}

/* ---- in areas --------------------------------------------------------------------------- */

/* The places of one setting of the text.  Returns whether one is wholly inside. */
static gboolean shape_inside(const FmLabelRequest *request, FmPageRect frame, FmTextBlock *block,
                             double cost, FmLabelUnit *unit)
{
    g_autoptr(GArray) places = fm__label_area_places(request, fm__text_block_width_px(block),
                                                     fm__text_block_height_px(block));
    gboolean inside = FALSE;
    for (guint i = 0; i < places->len; i++) {
        const FmAreaPlace *place = &g_array_index(places, FmAreaPlace, i);
        if (request->inside_only && !place->inside)
            break; /* the others are worse */
        FmLabelCandidate *candidate = fm__label_unit_keep(
            unit, request, frame, fm__point_candidate(request, place->at, FM_ANCHOR_CENTER, block));
        if (candidate == NULL)
            continue;
        candidate->cost = place->cost + cost;
        inside |= place->inside;
    }
    return inside;
}

/* Places in the area: as the style breaks the text, and where that does not fit also in shorter
 * and shorter lines, down to the widest word. */
static void shape_area(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                       FmTextBlock *block, FmLabelUnit *unit)
{
    FmLabelRequest narrow = *request;
    double before_px = G_MAXDOUBLE;
    for (guint step = 0; fm__text_block_width_px(block) < before_px; step++) {
        before_px = fm__text_block_width_px(block);
        if (shape_inside(request, frame, block, step * NARROWER_COST, unit) ||
            request->style.max_width_px <= 0)
            return;
        narrow.style.max_width_px = MIN(narrow.style.max_width_px, before_px) * NARROWER;
        FmPointBlocks blocks = {NULL, {NULL}};
        block = fm__point_block(context, &narrow, FM_ANCHOR_CENTER, &blocks, unit->shaped);
    }
}

gboolean fm__label_fits(FmTextContext *context, const FmLabelRequest *request)
{
    FmLabelRequest inside = *request;
    inside.inside_only = TRUE;
    inside.leader_always = FALSE;
    const FmPageRect everywhere = fm__rect_grow(fm__shape_bounds(request->area), 1);
    g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
    fm__label_shape(context, &inside, 0, everywhere, units);
    return g_array_index(units, FmLabelUnit, 0).candidates->len > 0;
}

/* ---- beside points ---------------------------------------------------------------------- */

static void shape_beside(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                         double cost, FmPointBlocks *blocks, FmLabelUnit *unit)
{
    for (gsize i = 0; i < request->n_anchors; i++) {
        FmAnchor anchor = request->anchors[i];
        if (anchor == FM_ANCHOR_CENTER && fm__label_roams(request))
            continue;
        FmTextBlock *block = fm__point_block(context, request, anchor, blocks, unit->shaped);
        FmLabelCandidate *candidate = fm__label_unit_keep(
            unit, request, frame,
            fm__point_candidate(request, fm__anchor_point(request, i), anchor, block));
        if (candidate != NULL)
            candidate->cost = cost + (double)i;
    }
}

static gboolean has_image(const FmLabelRequest *request)
{
    for (gsize i = 0; i < request->n_sections; i++)
        if (request->sections[i].image != NULL)
            return TRUE;
    return FALSE;
}

/* In the style's order of writing; a text without Chinese is level in any, and so is one with an
 * image, whose place is in a line. */
static void shape_writings(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                           FmPointBlocks *blocks, FmLabelUnit *unit)
{
    const double first = fm__label_roams(request) ? FM_AREA_COST : 0;
    const gboolean columns =
        request->n_writing > 0 && fm__label_has_han(request) && !has_image(request);
    for (gsize i = 0; i < (columns ? request->n_writing : 1); i++) {
        double cost = first + (double)(i * request->n_anchors);
        if (columns && request->writing[i] == FM_WRITING_VERTICAL)
            fm__label_shape_vertical(context, request, frame, cost, unit);
        else
            shape_beside(context, request, frame, cost, blocks, unit);
    }
}

static void shape_point(FmTextContext *context, const FmLabelRequest *request, FmPageRect frame,
                        FmLabelUnit *unit)
{
    FmPointBlocks blocks = {NULL, {NULL}};
    unit->blank = TRUE;
    if (request->n_sections == 0)
        return;
    FmTextBlock *block =
        fm__point_block(context, request, request->anchors[0], &blocks, unit->shaped);
    unit->blank = fm__text_block_width_px(block) <= 0;
    if (unit->blank)
        return;
    if (request->leader_always) {
        fm__label_shape_leaders(context, request, frame, unit);
        return;
    }
    if (fm__label_roams(request))
        shape_area(context, request, frame, block, unit);
    if (!request->inside_only)
        shape_writings(context, request, frame, &blocks, unit);
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
