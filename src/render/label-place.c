/* Seats of labels.  One grid holds what may not be covered: seated labels, icons, and obstacles of
 * weight 1; another what should not be, whose weights add to a candidate's cost.
 *
 * Owners in the first grid: unit numbers, then icons as n_units + request, then one for all obstacles. */

#include "label-place.h"

#include <math.h>

#define CELL_PX 24.0
#define NO_SEAT G_MAXSIZE
/* Covering an obstacle of weight w costs as much as w times this many places down the preference. */
#define OBSTACLE_COST 4.0

enum { BLOCKERS_MAX = 4, TRIES_MAX = 200 };

struct FmSeating {
    const FmLabelRequest *requests;
    const GArray *units;
    const FmLabelObstacle *obstacles;
    gsize n_units, n_owners;
    FmBoxGrid *taken, *avoided;
    gsize *seat;      /* per unit: candidate or NO_SEAT */
    gboolean *locked; /* per unit: part of the chain being tried */
    guint tries;      /* left for the unit being seated */
};

static const FmLabelUnit *unit_at(const FmSeating *s, gsize unit)
{
    return &g_array_index(s->units, FmLabelUnit, unit);
}

static const FmLabelCandidate *candidate_at(const FmSeating *s, gsize unit, gsize candidate)
{
    return g_ptr_array_index(unit_at(s, unit)->candidates, candidate);
}

/* ---- obstacles -------------------------------------------------------------------------- */

static gboolean inside_polygon(const FmLabelObstacle *o, double x_px, double y_px)
{
    gboolean inside = FALSE;
    for (gsize i = 0, j = o->n_points - 1; i < o->n_points; j = i++) {
        const FmPagePoint a = o->points[i], b = o->points[j];
        if ((a.y_px > y_px) != (b.y_px > y_px) &&
            x_px < (b.x_px - a.x_px) * (y_px - a.y_px) / (b.y_px - a.y_px) + a.x_px)
            inside = !inside;
    }
    return inside;
}

static void add_obstacle(FmSeating *s, gsize index)
{
    const FmLabelObstacle *o = &s->obstacles[index];
    gboolean hard = o->weight >= 1;
    gsize n_segments = o->n_points == 0 ? 0 : o->closed ? o->n_points : o->n_points - 1;
    for (gsize i = 0; i < n_segments; i++) {
        FmTurnedBox box = fm__turned_box_segment(o->points[i], o->points[(i + 1) % o->n_points],
                                                 MAX(o->half_width_px, 0.1));
        fm__box_grid_add(hard ? s->taken : s->avoided, &box, hard ? s->n_owners : index);
    }
}

/* Does the box's middle lie in a closed obstacle?  Its border is in the grids. */
static double area_cost(const FmSeating *s, gsize n_obstacles, const FmTurnedBox *box)
{
    double cost = 0;
    for (gsize i = 0; i < n_obstacles; i++) {
        const FmLabelObstacle *o = &s->obstacles[i];
        if (o->closed && inside_polygon(o, box->cx_px, box->cy_px))
            cost += o->weight >= 1 ? (double)INFINITY : o->weight * OBSTACLE_COST;
    }
    return cost;
}

typedef struct {
    const FmSeating *seating;
    GHashTable *seen;
    double cost;
} Avoiding;

static gboolean add_cost(gsize owner, void *user)
{
    Avoiding *avoiding = user;
    if (g_hash_table_add(avoiding->seen, GSIZE_TO_POINTER(owner + 1)))
        avoiding->cost += avoiding->seating->obstacles[owner].weight * OBSTACLE_COST;
    return TRUE;
}

/* What the obstacles add to each candidate: they never move, so it is added once. */
static void price_candidates(FmSeating *s, gsize n_obstacles)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (gsize u = 0; u < s->n_units; u++) {
        GPtrArray *candidates = unit_at(s, u)->candidates;
        for (guint i = 0; i < candidates->len; i++) {
            FmLabelCandidate *candidate = g_ptr_array_index(candidates, i);
            g_hash_table_remove_all(seen);
            Avoiding avoiding = {.seating = s, .seen = seen};
            for (guint b = 0; b < candidate->boxes->len; b++) {
                const FmTurnedBox *box = &g_array_index(candidate->boxes, FmTurnedBox, b);
                fm__box_grid_visit(s->avoided, box, add_cost, &avoiding);
                candidate->cost += area_cost(s, n_obstacles, box);
            }
            candidate->cost += avoiding.cost;
        }
    }
}

FmSeating *fm__seating_new(const FmLabelRequest *requests, gsize n_requests, const GArray *units,
                           const FmLabelObstacle *obstacles, gsize n_obstacles, FmPageRect frame)
{
    FmSeating *s = g_new0(FmSeating, 1);
    s->requests = requests;
    s->units = units;
    s->obstacles = obstacles;
    s->n_units = units->len;
    s->n_owners = units->len + n_requests;
    s->taken = fm__box_grid_new(frame, CELL_PX);
    s->avoided = fm__box_grid_new(frame, CELL_PX);
    s->seat = g_new(gsize, s->n_units);
    for (gsize i = 0; i < s->n_units; i++)
        s->seat[i] = NO_SEAT;
    s->locked = g_new0(gboolean, s->n_units);
    for (gsize i = 0; i < n_obstacles; i++)
        add_obstacle(s, i);
    price_candidates(s, n_obstacles);
    return s;
}

void fm__seating_free(FmSeating *s)
{
    if (s == NULL)
        return;
    fm__box_grid_free(s->taken);
    fm__box_grid_free(s->avoided);
    g_free(s->seat);
    g_free(s->locked);
    g_free(s);
}

/* ---- who is in the way ------------------------------------------------------------------ */

typedef struct {
    const FmSeating *seating;
    gsize request;
    gsize blockers[BLOCKERS_MAX];
    guint n_blockers;
    gboolean hopeless; /* blocked by what cannot move, or by too many */
} Blocking;

static gboolean note_blocker(gsize owner, void *user)
{
    Blocking *blocking = user;
    const FmSeating *s = blocking->seating;
    if (owner >= s->n_units) {
        /* One's own icon is not in one's way. */
        if (owner == s->n_units + blocking->request)
            return TRUE;
        blocking->hopeless = TRUE;
        return FALSE;
    }
    for (guint i = 0; i < blocking->n_blockers; i++) {
        if (blocking->blockers[i] == owner)
            return TRUE;
    }
    if (blocking->n_blockers == BLOCKERS_MAX || s->locked[owner]) {
        blocking->hopeless = TRUE;
        return FALSE;
    }
    blocking->blockers[blocking->n_blockers++] = owner;
    return TRUE;
}

static Blocking find_blockers(const FmSeating *s, gsize unit, const FmLabelCandidate *candidate)
{
    Blocking blocking = {.seating = s, .request = unit_at(s, unit)->request};
    if (isinf(candidate->cost)) {
        blocking.hopeless = TRUE;
        return blocking;
    }
    if (s->requests[blocking.request].text_allow_overlap)
        return blocking;
    for (guint i = 0; i < candidate->boxes->len && !blocking.hopeless; i++)
        fm__box_grid_visit(s->taken, &g_array_index(candidate->boxes, FmTurnedBox, i), note_blocker,
                           &blocking);
    return blocking;
}

/* ---- sitting down and getting up -------------------------------------------------------- */

static void sit(FmSeating *s, gsize unit, gsize candidate)
{
    const FmLabelUnit *u = unit_at(s, unit);
    s->seat[unit] = candidate;
    if (s->requests[u->request].text_ignore_placement)
        return;
    const GArray *boxes = candidate_at(s, unit, candidate)->boxes;
    for (guint i = 0; i < boxes->len; i++)
        fm__box_grid_add(s->taken, &g_array_index(boxes, FmTurnedBox, i), unit);
}

void fm__seating_lift(FmSeating *s, gsize unit)
{
    if (s->seat[unit] == NO_SEAT)
        return;
    const GArray *boxes = candidate_at(s, unit, s->seat[unit])->boxes;
    for (guint i = 0; i < boxes->len; i++)
        fm__box_grid_remove(s->taken, &g_array_index(boxes, FmTurnedBox, i), unit);
    s->seat[unit] = NO_SEAT;
}

/* The cheapest candidate that nobody blocks; NO_SEAT when there is none. */
static gsize cheapest_free(const FmSeating *s, gsize unit)
{
    const GPtrArray *candidates = unit_at(s, unit)->candidates;
    gsize best = NO_SEAT;
    for (guint i = 0; i < candidates->len; i++) {
        const FmLabelCandidate *candidate = g_ptr_array_index(candidates, i);
        if (best != NO_SEAT && candidate->cost >= candidate_at(s, unit, best)->cost)
            continue;
        Blocking blocking = find_blockers(s, unit, candidate);
        if (!blocking.hopeless && blocking.n_blockers == 0)
            best = i;
    }
    return best;
}

static gboolean seat_within(FmSeating *s, gsize unit, guint depth);

/* Take the candidate and find new seats for those who sat in the way; on failure everybody is back
 * where he was. */
static gboolean seat_by_force(FmSeating *s, gsize unit, gsize candidate, const Blocking *blocking,
                              guint depth)
{
    g_autofree gsize *before = g_memdup2(s->seat, s->n_units * sizeof *s->seat);
    for (guint i = 0; i < blocking->n_blockers; i++)
        fm__seating_lift(s, blocking->blockers[i]);
    sit(s, unit, candidate);
    s->locked[unit] = TRUE;
    gboolean good = TRUE;
    for (guint i = 0; good && i < blocking->n_blockers; i++)
        good = seat_within(s, blocking->blockers[i], depth - 1);
    s->locked[unit] = FALSE;
    if (good)
        return TRUE;
    for (gsize i = 0; i < s->n_units; i++) {
        if (s->seat[i] != before[i])
            fm__seating_lift(s, i);
    }
    for (gsize i = 0; i < s->n_units; i++) {
        if (s->seat[i] != before[i])
            sit(s, i, before[i]);
    }
    return FALSE;
}

static gboolean seat_within(FmSeating *s, gsize unit, guint depth)
{
    gsize free_seat = cheapest_free(s, unit);
    if (free_seat != NO_SEAT) {
        sit(s, unit, free_seat);
        return TRUE;
    }
    const GPtrArray *candidates = unit_at(s, unit)->candidates;
    for (guint i = 0; depth > 0 && i < candidates->len; i++) {
        Blocking blocking = find_blockers(s, unit, g_ptr_array_index(candidates, i));
        if (blocking.hopeless || s->tries == 0)
            continue;
        s->tries--;
        if (seat_by_force(s, unit, i, &blocking, depth))
            return TRUE;
    }
    return FALSE;
}

gboolean fm__seating_seat(FmSeating *s, gsize unit, guint depth)
{
    s->tries = TRIES_MAX;
    return s->seat[unit] != NO_SEAT || seat_within(s, unit, depth);
}

gboolean fm__seating_improve(FmSeating *s, gsize unit)
{
    gsize before = s->seat[unit];
    if (before == NO_SEAT)
        return FALSE;
    fm__seating_lift(s, unit);
    gsize now = cheapest_free(s, unit);
    sit(s, unit, now != NO_SEAT ? now : before);
    return s->seat[unit] != before;
}

const FmLabelCandidate *fm__seating_of(const FmSeating *s, gsize unit)
{
    return s->seat[unit] != NO_SEAT ? candidate_at(s, unit, s->seat[unit]) : NULL;
}

/* ---- icons ------------------------------------------------------------------------------ */

static gboolean stop_at_first(gsize owner, void *user)
{
    (void)owner;
    (void)user;
    return FALSE;
}

gboolean fm__seating_add_icon(FmSeating *s, gsize request)
{
    const FmLabelRequest *r = &s->requests[request];
    FmTurnedBox box = fm__turned_box(r->icon);
    if (!r->icon_allow_overlap && !fm__box_grid_visit(s->taken, &box, stop_at_first, NULL))
        return FALSE;
    if (!r->icon_ignore_placement)
        fm__box_grid_add(s->taken, &box, s->n_units + request);
    return TRUE;
}

void fm__seating_remove_icon(FmSeating *s, gsize request)
{
    FmTurnedBox box = fm__turned_box(s->requests[request].icon);
    fm__box_grid_remove(s->taken, &box, s->n_units + request);
}
