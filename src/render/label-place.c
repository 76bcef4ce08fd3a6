/* Seats of labels.  One grid holds what stands: seated labels and icons, owned by their unit
 * numbers and, for icons, by n_units + request.  Every move is logged, so a chain of them that
 * leads nowhere is taken back step by step. */

#include "label-place-internal.h"

#include <math.h>

#define CELL_PX 24.0
/* Covering an obstacle of weight w costs as much as w times this many places down the
 * preference. */
#define OBSTACLE_COST 4.0

enum {
    TRIES_ALL = 1000000, /* of candidates, in all chains */
};

static const FmLabelCandidate *candidate_at(const FmSeating *s, gsize unit, gsize candidate)
{
    return g_ptr_array_index(fm__seating_unit(s, unit)->candidates, candidate);
}

/* ---- prices ----------------------------------------------------------------------------- */

static gint compare_cost(gconstpointer a, gconstpointer b)
{
    const FmLabelCandidate *const *x = a, *const *y = b;
    return ((*x)->cost > (*y)->cost) - ((*x)->cost < (*y)->cost);
}

/* Of the texts; only a point's name has a symbol. */
static double weigh_texts(FmObstacleSet *obstacles, const FmLabelRequest *request,
                          const FmTurnedBox *boxes, gsize n)
{
    return request->kind == FM_LABEL_POINT
               ? fm__obstacle_set_weight_of_name(obstacles, boxes, n, request->anchor,
                                                 request->padding_px)
               : fm__obstacle_set_weight(obstacles, boxes, n);
}

static void price_candidates(FmObstacleSet *obstacles, const FmLabelRequest *request,
                             GPtrArray *candidates)
{
    for (guint i = candidates->len; i > 0; i--) {
        FmLabelCandidate *candidate = g_ptr_array_index(candidates, i - 1);
        if (candidate->priced)
            continue;
        candidate->priced = TRUE;
        const FmTurnedBox *boxes = (const FmTurnedBox *)(const void *)candidate->boxes->data;
        gsize n_texts = candidate->boxes->len - (candidate->has_leader ? 1 : 0);
        double weight = weigh_texts(obstacles, request, boxes, n_texts);
        if (isinf(weight)) {
            g_ptr_array_remove_index(candidates, i - 1);
            continue;
        }
        /* What no name may cover, its thin line still may cross. */
        if (candidate->has_leader)
            weight += MIN(fm__obstacle_set_weight(obstacles, boxes + n_texts, 1), 1);
        candidate->cost += weight * OBSTACLE_COST;
    }
    g_ptr_array_sort(candidates, compare_cost);
}

FmSeating *fm__seating_new(const FmLabelRequest *requests, gsize n_requests, const GArray *units,
                           FmObstacleSet *obstacles, FmPageRect frame)
{
    g_return_val_if_fail(units->len < FM_NO_SEAT - n_requests, NULL);
    FmSeating *s = g_new0(FmSeating, 1);
    s->requests = requests;
    s->units = units;
    s->n_units = units->len;
    s->tries_left = TRIES_ALL;
    s->obstacles = obstacles;
    s->taken = fm__box_grid_new(frame, CELL_PX);
    s->seat = g_new(gsize, s->n_units);
    s->locked = g_new0(gboolean, s->n_units);
    s->moves = g_array_new(FALSE, FALSE, sizeof(FmSeatMove));
    for (gsize i = 0; i < s->n_units; i++) {
        s->seat[i] = FM_NO_SEAT;
        price_candidates(obstacles, fm__seating_request(s, i), fm__seating_unit(s, i)->candidates);
    }
    return s;
}

void fm__seating_free(FmSeating *s)
{
    if (s == NULL)
        return;
    fm__box_grid_free(s->taken);
    g_free(s->seat);
    g_free(s->locked);
    g_array_unref(s->moves);
    g_free(s);
}

/* ---- who is in the way ------------------------------------------------------------------ */

/* May a cooperative name or icon be over the owner? */
static gboolean cooperates(const FmSeating *s, gsize owner)
{
    if (owner < s->n_units)
        return fm__seating_request(s, owner)->text_cooperative ||
               fm__seating_request(s, owner)->text_allow_overlap;
    const FmLabelRequest *icon = &s->requests[owner - s->n_units];
    return icon->icon_cooperative || icon->icon_allow_overlap;
}

static gboolean note_blocker(gsize owner, void *user)
{
    FmBlocking *blocking = user;
    const FmSeating *s = blocking->seating;
    if (owner == blocking->own_icon || (blocking->cooperative && cooperates(s, owner)))
        return TRUE;
    for (guint i = 0; i < blocking->n_blockers; i++) {
        if (blocking->blockers[i] == owner)
            return TRUE;
    }
    if (owner >= s->n_units || blocking->n_blockers == blocking->max_blockers || s->locked[owner]) {
        blocking->hopeless = TRUE;
        return FALSE;
    }
    blocking->blockers[blocking->n_blockers++] = owner;
    return TRUE;
}

void fm__seating_find_blockers(const FmSeating *s, gsize unit, gsize candidate, guint max_blockers,
                               FmBlocking *blocking)
{
    blocking->seating = s;
    blocking->own_icon = s->n_units + fm__seating_unit(s, unit)->request;
    blocking->n_blockers = 0;
    blocking->max_blockers = max_blockers;
    blocking->hopeless = FALSE;
    blocking->cooperative = fm__seating_request(s, unit)->text_cooperative;
    if (fm__seating_request(s, unit)->text_allow_overlap)
        return;
    const GArray *boxes = candidate_at(s, unit, candidate)->boxes;
    for (guint i = 0; i < boxes->len && !blocking->hopeless; i++)
        fm__box_grid_visit(s->taken, &g_array_index(boxes, FmTurnedBox, i), note_blocker, blocking);
}

static gboolean is_fixed(const FmLabelRequest *icon)
{
    return icon->text_optional || icon->n_sections == 0;
}

typedef struct {
    const FmSeating *seating;
    gsize own_icon;
    gboolean cooperative;
} Meeting;

/* Goes on until an icon that stays. */
static gboolean passes_icon(gsize owner, void *user)
{
    const Meeting *meeting = user;
    const FmSeating *s = meeting->seating;
    return owner < s->n_units || owner == meeting->own_icon ||
           (meeting->cooperative && cooperates(s, owner)) ||
           !is_fixed(&s->requests[owner - s->n_units]);
}

void fm__seating_prune(FmSeating *s, gsize unit)
{
    const FmLabelUnit *its = fm__seating_unit(s, unit);
    if (fm__seating_request(s, unit)->text_allow_overlap)
        return;
    Meeting meeting = {s, s->n_units + its->request,
                       fm__seating_request(s, unit)->text_cooperative};
    const FmLabelCandidate *seat = fm__seating_of(s, unit);
    guint n = 0;
    for (guint i = 0; i < its->candidates->len; i++) {
        FmLabelCandidate *candidate = g_ptr_array_index(its->candidates, i);
        gboolean free_of_icons = TRUE;
        for (guint k = 0; k < candidate->boxes->len && free_of_icons; k++)
            free_of_icons = fm__box_grid_visit(
                s->taken, &g_array_index(candidate->boxes, FmTurnedBox, k), passes_icon, &meeting);
        if (candidate == seat)
            s->seat[unit] = n;
        /* Those that go gather at the end. */
        if (free_of_icons) {
            its->candidates->pdata[i] = its->candidates->pdata[n];
            its->candidates->pdata[n++] = candidate;
        }
    }
    g_ptr_array_set_size(its->candidates, (gint)n);
}

static gboolean is_free(const FmSeating *s, gsize unit, gsize candidate)
{
    FmBlocking blocking;
    fm__seating_find_blockers(s, unit, candidate, 0, &blocking);
    return !blocking.hopeless;
}

/* ---- sitting down and getting up -------------------------------------------------------- */

void fm__seating_reseat(FmSeating *s, gsize unit, gsize seat)
{
    if (!fm__seating_request(s, unit)->text_ignore_placement) {
        if (s->seat[unit] != FM_NO_SEAT) {
            const GArray *boxes = candidate_at(s, unit, s->seat[unit])->boxes;
            for (guint i = 0; i < boxes->len; i++)
                fm__box_grid_remove(s->taken, &g_array_index(boxes, FmTurnedBox, i), unit);
        }
        if (seat != FM_NO_SEAT) {
            const GArray *boxes = candidate_at(s, unit, seat)->boxes;
            for (guint i = 0; i < boxes->len; i++)
                fm__box_grid_add(s->taken, &g_array_index(boxes, FmTurnedBox, i), unit);
        }
    }
    s->seat[unit] = seat;
}

void fm__seating_move(FmSeating *s, gsize unit, gsize seat)
{
    const FmSeatMove move = {.unit = unit, .from = s->seat[unit]};
    g_array_append_val(s->moves, move);
    fm__seating_reseat(s, unit, seat);
}

void fm__seating_take_back_to(FmSeating *s, guint n)
{
    while (s->moves->len > n) {
        const FmSeatMove move = g_array_index(s->moves, FmSeatMove, s->moves->len - 1);
        fm__seating_reseat(s, move.unit, move.from);
        g_array_set_size(s->moves, s->moves->len - 1);
    }
}

gsize fm__seating_cheapest_free(const FmSeating *s, gsize unit, gsize at_most)
{
    gsize n = MIN(fm__seating_unit(s, unit)->candidates->len, at_most);
    for (gsize i = 0; i < n; i++) {
        if (is_free(s, unit, i))
            return i;
    }
    return FM_NO_SEAT;
}

const FmLabelCandidate *fm__seating_of(const FmSeating *s, gsize unit)
{
    return s->seat[unit] != FM_NO_SEAT ? candidate_at(s, unit, s->seat[unit]) : NULL;
}

/* ---- icons ------------------------------------------------------------------------------ */

static FmTurnedBox icon_box(const FmLabelRequest *r)
{
    const double *padding = r->icon_padding_px;
    const FmPageRect padded = {r->icon.x_px - padding[3], r->icon.y_px - padding[0],
                               r->icon.width_px + padding[1] + padding[3],
                               r->icon.height_px + padding[0] + padding[2]};
    const FmPagePoint middle = {r->icon.x_px + r->icon.width_px / 2,
                                r->icon.y_px + r->icon.height_px / 2};
    return fm__turned_box_rotated(padded, middle, r->icon_rotate_deg * G_PI / 180);
}

/* Goes on while nothing forbids the icon. */
static gboolean passes_all(gsize owner, void *user)
{
    const Meeting *meeting = user;
    return meeting->cooperative && cooperates(meeting->seating, owner);
}

gboolean fm__seating_add_icon(FmSeating *s, gsize request)
{
    const FmLabelRequest *r = &s->requests[request];
    FmTurnedBox box = icon_box(r);
    Meeting meeting = {s, s->n_units + request, r->icon_cooperative};
    if (!r->icon_allow_overlap && (isinf(fm__obstacle_set_weight(s->obstacles, &box, 1)) ||
                                   !fm__box_grid_visit(s->taken, &box, passes_all, &meeting)))
        return FALSE;
    if (!r->icon_ignore_placement)
        fm__box_grid_add(s->taken, &box, s->n_units + request);
    return TRUE;
}

void fm__seating_remove_icon(FmSeating *s, gsize request)
{
    FmTurnedBox box = icon_box(&s->requests[request]);
    fm__box_grid_remove(s->taken, &box, s->n_units + request);
}

/* ---- for the search --------------------------------------------------------------------- */

void fm__seating_extend(FmSeating *s, gsize unit)
{
    GPtrArray *candidates = fm__seating_unit(s, unit)->candidates;
    const FmLabelCandidate *seat = fm__seating_of(s, unit);
    price_candidates(s->obstacles, fm__seating_request(s, unit), candidates);
    guint at = 0;
    if (seat != NULL && g_ptr_array_find(candidates, seat, &at))
        s->seat[unit] = at;
    fm__seating_prune(s, unit);
}

gsize fm__seating_n_units(const FmSeating *s)
{
    return s->n_units;
}

gsize fm__seating_n_candidates(const FmSeating *s, gsize unit)
{
    return fm__seating_unit(s, unit)->candidates->len;
}

gsize fm__seating_seat_of(const FmSeating *s, gsize unit)
{
    return s->seat[unit];
}

double fm__seating_cost(const FmSeating *s, gsize unit, double unplaced)
{
    return s->seat[unit] != FM_NO_SEAT ? candidate_at(s, unit, s->seat[unit])->cost : unplaced;
}

int fm__seating_blockers(const FmSeating *s, gsize unit, gsize candidate, guint max, gsize *out)
{
    FmBlocking blocking;
    fm__seating_find_blockers(s, unit, candidate, MIN(max, FM_BLOCKERS_MAX), &blocking);
    if (blocking.hopeless)
        return -1;
    for (guint i = 0; i < blocking.n_blockers; i++)
        out[i] = blocking.blockers[i];
    return (int)blocking.n_blockers;
}

void fm__seating_begin(FmSeating *s)
{
    g_array_set_size(s->moves, 0);
}

gboolean fm__seating_move_to_free(FmSeating *s, gsize unit, gsize at_most)
{
    gsize seat = fm__seating_cheapest_free(s, unit, at_most);
    if (seat != FM_NO_SEAT)
        fm__seating_move(s, unit, seat);
    return seat != FM_NO_SEAT;
}

void fm__seating_take_back(FmSeating *s)
{
    fm__seating_take_back_to(s, 0);
}
