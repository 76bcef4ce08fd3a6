/* What label-place.c and label-chain.c share. */
#ifndef FACMAP_RENDER_LABEL_PLACE_INTERNAL_H
#define FACMAP_RENDER_LABEL_PLACE_INTERNAL_H

#include "label-place.h"

enum {
    FM_BLOCKERS_MAX = 32, /* who can be ousted by one */
};

typedef struct {
    gsize unit, from;
} FmSeatMove;

struct FmSeating {
    const FmLabelRequest *requests;
    const GArray *units;
    gsize n_units;
    FmObstacleSet *obstacles;
    FmBoxGrid *taken;
    gsize *seat;      /* per unit: candidate or FM_NO_SEAT */
    gboolean *locked; /* per unit: part of the chain being tried */
    gsize tries;      /* left in the chain being tried */
    gsize tries_left; /* in all chains to come */
    GArray *moves;    /* FmSeatMove */
};

static inline const FmLabelUnit *fm__seating_unit(const FmSeating *s, gsize unit)
{
    return &g_array_index(s->units, FmLabelUnit, unit);
}

static inline const FmLabelRequest *fm__seating_request(const FmSeating *s, gsize unit)
{
    return &s->requests[fm__seating_unit(s, unit)->request];
}

/* Who is in the way of a unit at a candidate. */
typedef struct {
    const FmSeating *seating;
    gsize own_icon;
    gsize blockers[FM_BLOCKERS_MAX];
    guint n_blockers, max_blockers;
    gboolean cooperative;
    gboolean hopeless; /* blocked by what cannot move, or by too many */
} FmBlocking;

/* At most `max_blockers`; more are hopeless. */
void fm__seating_find_blockers(const FmSeating *seating, gsize unit, gsize candidate,
                               guint max_blockers, FmBlocking *blocking);

/* The cheapest of the first `at_most` candidates that nobody blocks, or FM_NO_SEAT. */
gsize fm__seating_cheapest_free(const FmSeating *seating, gsize unit, gsize at_most);

/* Sit down or get up without a note of it, which only fm__seating_move() makes. */
void fm__seating_reseat(FmSeating *seating, gsize unit, gsize seat);

/* Take back all moves but the first `n`, the last first. */
void fm__seating_take_back_to(FmSeating *seating, guint n);

#endif
