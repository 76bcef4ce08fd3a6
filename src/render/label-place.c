/* Seats of labels.  One grid holds what stands: seated labels and icons, owned by their unit
 * numbers and, for icons, by n_units + request.  Every move is logged, so a chain of them that
 * leads nowhere is taken back step by step. */

#include "label-place.h"

#include <math.h>

#define CELL_PX 24.0
#define NO_SEAT FM_NO_SEAT
/* Covering an obstacle of weight w costs as much as w times this many places down the
 * preference. */
#define OBSTACLE_COST 4.0

enum {
    BLOCKERS_MAX = 32,      /* who can be ousted by one */
    CHAIN_BLOCKERS_MAX = 4, /* who can be asked to move by one */
    TRIES_MAX = 3000,       /* of candidates in one chain */
    TRIES_ALL = 1000000,    /* and in all */
};

struct FmSeating {
    const FmLabelRequest *requests;
    const GArray *units;
    gsize n_units;
    FmObstacleSet *obstacles;
    FmBoxGrid *taken;
    gsize *seat;      /* per unit: candidate or NO_SEAT */
    gboolean *locked; /* per unit: part of the chain being tried */
    gsize tries;      /* left in the chain being tried */
    gsize tries_left; /* in all chains to come */
    GArray *moves;    /* Move */
};

typedef struct {
    gsize unit, from;
} Move;

static const FmLabelUnit *unit_at(const FmSeating *s, gsize unit)
{
    return &g_array_index(s->units, FmLabelUnit, unit);
}

static const FmLabelRequest *request_of(const FmSeating *s, gsize unit)
{
    return &s->requests[unit_at(s, unit)->request];
}

static const FmLabelCandidate *candidate_at(const FmSeating *s, gsize unit, gsize candidate)
{
    return g_ptr_array_index(unit_at(s, unit)->candidates, candidate);
}

/* ---- prices ----------------------------------------------------------------------------- */

static gint compare_cost(gconstpointer a, gconstpointer b)
{
    const FmLabelCandidate *const *x = a, *const *y = b;
    return ((*x)->cost > (*y)->cost) - ((*x)->cost < (*y)->cost);
}

static void price_candidates(FmObstacleSet *obstacles, GPtrArray *candidates)
{
    for (guint i = candidates->len; i > 0; i--) {
        FmLabelCandidate *candidate = g_ptr_array_index(candidates, i - 1);
        if (candidate->priced)
            continue;
        candidate->priced = TRUE;
        const FmTurnedBox *boxes = (const FmTurnedBox *)(const void *)candidate->boxes->data;
        gsize n_texts = candidate->boxes->len - (candidate->has_leader ? 1 : 0);
        double weight = fm__obstacle_set_weight(obstacles, boxes, n_texts);
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
    g_return_val_if_fail(units->len < NO_SEAT - n_requests, NULL);
    FmSeating *s = g_new0(FmSeating, 1);
    s->requests = requests;
    s->units = units;
    s->n_units = units->len;
    s->tries_left = TRIES_ALL;
    s->obstacles = obstacles;
    s->taken = fm__box_grid_new(frame, CELL_PX);
    s->seat = g_new(gsize, s->n_units);
    s->locked = g_new0(gboolean, s->n_units);
    s->moves = g_array_new(FALSE, FALSE, sizeof(Move));
    for (gsize i = 0; i < s->n_units; i++) {
        s->seat[i] = NO_SEAT;
        price_candidates(obstacles, unit_at(s, i)->candidates);
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

typedef struct {
    const FmSeating *seating;
    gsize own_icon;
    gsize blockers[BLOCKERS_MAX];
    guint n_blockers, max_blockers;
    gboolean cooperative;
    gboolean hopeless; /* blocked by what cannot move, or by too many */
} Blocking;

/* May a cooperative name or icon be over the owner? */
static gboolean cooperates(const FmSeating *s, gsize owner)
{
    if (owner < s->n_units)
        return request_of(s, owner)->text_cooperative || request_of(s, owner)->text_allow_overlap;
    const FmLabelRequest *icon = &s->requests[owner - s->n_units];
    return icon->icon_cooperative || icon->icon_allow_overlap;
}

static gboolean note_blocker(gsize owner, void *user)
{
    Blocking *blocking = user;
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

/* At most `max_blockers`; more are hopeless. */
static void find_blockers(const FmSeating *s, gsize unit, gsize candidate, guint max_blockers,
                          Blocking *blocking)
{
    blocking->seating = s;
    blocking->own_icon = s->n_units + unit_at(s, unit)->request;
    blocking->n_blockers = 0;
    blocking->max_blockers = max_blockers;
    blocking->hopeless = FALSE;
    blocking->cooperative = request_of(s, unit)->text_cooperative;
    if (request_of(s, unit)->text_allow_overlap)
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
    const FmLabelUnit *its = unit_at(s, unit);
    if (request_of(s, unit)->text_allow_overlap)
        return;
    Meeting meeting = {s, s->n_units + its->request, request_of(s, unit)->text_cooperative};
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
    Blocking blocking;
    find_blockers(s, unit, candidate, 0, &blocking);
    return !blocking.hopeless;
}

/* ---- sitting down and getting up -------------------------------------------------------- */

static void reseat(FmSeating *s, gsize unit, gsize seat)
{
    if (!request_of(s, unit)->text_ignore_placement) {
        if (s->seat[unit] != NO_SEAT) {
            const GArray *boxes = candidate_at(s, unit, s->seat[unit])->boxes;
            for (guint i = 0; i < boxes->len; i++)
                fm__box_grid_remove(s->taken, &g_array_index(boxes, FmTurnedBox, i), unit);
        }
        if (seat != NO_SEAT) {
            const GArray *boxes = candidate_at(s, unit, seat)->boxes;
            for (guint i = 0; i < boxes->len; i++)
                fm__box_grid_add(s->taken, &g_array_index(boxes, FmTurnedBox, i), unit);
        }
    }
    s->seat[unit] = seat;
}

static void move_to(FmSeating *s, gsize unit, gsize seat)
{
    const Move move = {.unit = unit, .from = s->seat[unit]};
    g_array_append_val(s->moves, move);
    reseat(s, unit, seat);
}

/* Take back all moves but the first `n`, the last first. */
static void take_back(FmSeating *s, guint n)
{
    while (s->moves->len > n) {
        const Move move = g_array_index(s->moves, Move, s->moves->len - 1);
        reseat(s, move.unit, move.from);
        g_array_set_size(s->moves, s->moves->len - 1);
    }
}

/* The cheapest of the first candidates that nobody blocks; NO_SEAT when there is none. */
static gsize cheapest_free(const FmSeating *s, gsize unit, gsize at_most)
{
    gsize n = MIN(unit_at(s, unit)->candidates->len, at_most);
    for (gsize i = 0; i < n; i++) {
        if (is_free(s, unit, i))
            return i;
    }
    return NO_SEAT;
}

static gboolean seat_within(FmSeating *s, gsize unit, guint depth);

/* Take the candidate and find new seats for those who sat in the way; on failure everybody is back
 * where he was. */
static gboolean seat_by_force(FmSeating *s, gsize unit, gsize candidate, const Blocking *blocking,
                              guint depth)
{
    guint mark = s->moves->len;
    for (guint i = 0; i < blocking->n_blockers; i++)
        move_to(s, blocking->blockers[i], NO_SEAT);
    move_to(s, unit, candidate);
    s->locked[unit] = TRUE;
    gboolean good = TRUE;
    for (guint i = 0; good && i < blocking->n_blockers; i++)
        good = seat_within(s, blocking->blockers[i], depth - 1);
    s->locked[unit] = FALSE;
    if (!good)
        take_back(s, mark);
    return good;
}

static gboolean seat_within(FmSeating *s, gsize unit, guint depth)
{
    gsize n = unit_at(s, unit)->candidates->len;
    s->tries -= MIN(s->tries, n);
    gsize free_seat = cheapest_free(s, unit, n);
    if (free_seat != NO_SEAT) {
        move_to(s, unit, free_seat);
        return TRUE;
    }
    for (gsize i = 0; depth > 0 && i < n && s->tries > 0; i++) {
        Blocking blocking;
        s->tries--;
        find_blockers(s, unit, i, CHAIN_BLOCKERS_MAX, &blocking);
        if (blocking.hopeless)
            continue;
        if (seat_by_force(s, unit, i, &blocking, depth))
            return TRUE;
    }
    return FALSE;
}

gboolean fm__seating_seat(FmSeating *s, gsize unit, guint depth)
{
    if (s->seat[unit] != NO_SEAT)
        return TRUE;
    const gsize most = MIN(TRIES_MAX, s->tries_left);
    s->tries = most;
    g_array_set_size(s->moves, 0);
    gboolean seated = seat_within(s, unit, s->tries_left > 0 ? depth : 0);
    s->tries_left -= most - s->tries;
    return seated;
}

/* Rows break ties in the order of work, but are no reason to take a seat away. */
static gboolean outranks(const FmLabelRequest *a, const FmLabelRequest *b)
{
    return a->layer_rank != b->layer_rank ? a->layer_rank > b->layer_rank
                                          : a->sort_key < b->sort_key;
}

static gboolean outranks_all(const FmSeating *s, gsize unit, const Blocking *blocking)
{
    for (guint i = 0; i < blocking->n_blockers; i++) {
        if (!outranks(request_of(s, unit), request_of(s, blocking->blockers[i])))
            return FALSE;
    }
    return !blocking->hopeless;
}

gboolean fm__seating_oust(FmSeating *s, gsize unit)
{
    if (s->seat[unit] != NO_SEAT)
        return TRUE;
    gsize best = NO_SEAT;
    Blocking fewest = {.n_blockers = BLOCKERS_MAX + 1};
    for (gsize i = 0; i < unit_at(s, unit)->candidates->len; i++) {
        Blocking blocking;
        find_blockers(s, unit, i, BLOCKERS_MAX, &blocking);
        if (blocking.n_blockers < fewest.n_blockers && outranks_all(s, unit, &blocking)) {
            fewest = blocking;
            best = i;
        }
    }
    if (best == NO_SEAT)
        return FALSE;
    for (guint i = 0; i < fewest.n_blockers; i++)
        reseat(s, fewest.blockers[i], NO_SEAT);
    reseat(s, unit, best);
    return TRUE;
}

gboolean fm__seating_improve(FmSeating *s, gsize unit)
{
    gsize before = s->seat[unit];
    if (before == NO_SEAT || before == 0)
        return FALSE;
    reseat(s, unit, NO_SEAT);
    gsize now = cheapest_free(s, unit, before);
    reseat(s, unit, MIN(now, before));
    return s->seat[unit] != before;
}

const FmLabelCandidate *fm__seating_of(const FmSeating *s, gsize unit)
{
    return s->seat[unit] != NO_SEAT ? candidate_at(s, unit, s->seat[unit]) : NULL;
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
    GPtrArray *candidates = unit_at(s, unit)->candidates;
    const FmLabelCandidate *seat = fm__seating_of(s, unit);
    price_candidates(s->obstacles, candidates);
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
    return unit_at(s, unit)->candidates->len;
}

gsize fm__seating_seat_of(const FmSeating *s, gsize unit)
{
    return s->seat[unit];
}

double fm__seating_cost(const FmSeating *s, gsize unit, double unplaced)
{
    return s->seat[unit] != NO_SEAT ? candidate_at(s, unit, s->seat[unit])->cost : unplaced;
}

int fm__seating_blockers(const FmSeating *s, gsize unit, gsize candidate, guint max, gsize *out)
{
    Blocking blocking;
    find_blockers(s, unit, candidate, MIN(max, BLOCKERS_MAX), &blocking);
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

void fm__seating_move(FmSeating *s, gsize unit, gsize candidate)
{
    move_to(s, unit, candidate);
}

gboolean fm__seating_move_to_free(FmSeating *s, gsize unit, gsize at_most)
{
    gsize seat = cheapest_free(s, unit, at_most);
    if (seat != NO_SEAT)
        move_to(s, unit, seat);
    return seat != NO_SEAT;
}

void fm__seating_take_back(FmSeating *s)
{
    take_back(s, 0);
}
