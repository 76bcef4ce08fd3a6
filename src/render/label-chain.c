/* Ways to a seat that ask others to move: ejection chains (Glover 1996,
 * doi:10.1016/0166-218X(94)00037-E), in which nobody loses a seat; ousting by rank; and moving up
 * when a better place has become free. */

#include "label-place-internal.h"

enum {
    CHAIN_BLOCKERS_MAX = 4, /* who can be asked to move by one */
    TRIES_MAX = 3000,       /* of candidates in one chain */
};

static gboolean seat_within(FmSeating *s, gsize unit, guint depth);

/* Take the candidate and find new seats for those who sat in the way; on failure everybody is back
 * where he was. */
static gboolean seat_by_force(FmSeating *s, gsize unit, gsize candidate, const FmBlocking *blocking,
                              guint depth)
{
    guint mark = s->moves->len;
    for (guint i = 0; i < blocking->n_blockers; i++)
        fm__seating_move(s, blocking->blockers[i], FM_NO_SEAT);
    fm__seating_move(s, unit, candidate);
    s->locked[unit] = TRUE;
    gboolean good = TRUE;
    for (guint i = 0; good && i < blocking->n_blockers; i++)
        good = seat_within(s, blocking->blockers[i], depth - 1);
    s->locked[unit] = FALSE;
    if (!good)
        fm__seating_take_back_to(s, mark);
    return good;
}

static gboolean seat_within(FmSeating *s, gsize unit, guint depth)
{
    gsize n = fm__seating_unit(s, unit)->candidates->len;
    s->tries -= MIN(s->tries, n);
    gsize free_seat = fm__seating_cheapest_free(s, unit, n);
    if (free_seat != FM_NO_SEAT) {
        fm__seating_move(s, unit, free_seat);
        return TRUE;
    }
    for (gsize i = 0; depth > 0 && i < n && s->tries > 0; i++) {
        FmBlocking blocking;
        s->tries--;
        fm__seating_find_blockers(s, unit, i, CHAIN_BLOCKERS_MAX, &blocking);
        if (blocking.hopeless)
            continue;
        if (seat_by_force(s, unit, i, &blocking, depth))
            return TRUE;
    }
    return FALSE;
}

gboolean fm__seating_seat(FmSeating *s, gsize unit, guint depth)
{
    if (s->seat[unit] != FM_NO_SEAT)
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

static gboolean outranks_all(const FmSeating *s, gsize unit, const FmBlocking *blocking)
{
    for (guint i = 0; i < blocking->n_blockers; i++) {
        if (!outranks(fm__seating_request(s, unit), fm__seating_request(s, blocking->blockers[i])))
            return FALSE;
    }
    return !blocking->hopeless;
}

gboolean fm__seating_oust(FmSeating *s, gsize unit)
{
    if (s->seat[unit] != FM_NO_SEAT)
        return TRUE;
    gsize best = FM_NO_SEAT;
    FmBlocking fewest = {.n_blockers = FM_BLOCKERS_MAX + 1};
    for (gsize i = 0; i < fm__seating_unit(s, unit)->candidates->len; i++) {
        FmBlocking blocking;
        fm__seating_find_blockers(s, unit, i, FM_BLOCKERS_MAX, &blocking);
        if (blocking.n_blockers < fewest.n_blockers && outranks_all(s, unit, &blocking)) {
            fewest = blocking;
            best = i;
        }
    }
    if (best == FM_NO_SEAT)
        return FALSE;
    for (guint i = 0; i < fewest.n_blockers; i++)
        fm__seating_reseat(s, fewest.blockers[i], FM_NO_SEAT);
    fm__seating_reseat(s, unit, best);
    return TRUE;
}

gboolean fm__seating_improve(FmSeating *s, gsize unit)
{
    gsize before = s->seat[unit];
    if (before == FM_NO_SEAT || before == 0)
        return FALSE;
    fm__seating_reseat(s, unit, FM_NO_SEAT);
    gsize now = fm__seating_cheapest_free(s, unit, before);
    fm__seating_reseat(s, unit, MIN(now, before));
    return s->seat[unit] != before;
}
