/* The state of a placement: which unit sits where, and who is in whose way. */
#ifndef FACMAP_RENDER_LABEL_PLACE_H
#define FACMAP_RENDER_LABEL_PLACE_H

#include "label-obstacle.h"
#include "label-shape.h"

typedef struct FmSeating FmSeating;

/* All borrowed; they must outlive the seating.  The candidates of each unit are given their
 * price for what they cover and put in order, the cheapest first; those on what must not be
 * covered go. */
FmSeating *fm__seating_new(const FmLabelRequest *requests, gsize n_requests, const GArray *units,
                           FmObstacleSet *obstacles, FmPageRect frame);
void fm__seating_free(FmSeating *seating);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSeating, fm__seating_free)

/* Put the icon of a request on the page if it may stand there.  Returns whether it does. */
gboolean fm__seating_add_icon(FmSeating *seating, gsize request);
/* Take it away again. */
void fm__seating_remove_icon(FmSeating *seating, gsize request);

/* After the icons: drop the candidates of a unit that lie on icons which stay whatever happens. */
void fm__seating_prune(FmSeating *seating, gsize unit);
/* Price what was added to the candidates of a unit after that, put it in order with the others
 * and prune it. */
void fm__seating_extend(FmSeating *seating, gsize unit);
/* The candidate that a unit sits at; NULL when it has no seat. */
const FmLabelCandidate *fm__seating_of(const FmSeating *seating, gsize unit);

/* ---- ways to a seat (label-chain.c) ---- */

/* Seat a unit at its cheapest free candidate; when there is none and `depth` > 0, ask those in the
 * way to move to other places of theirs, which may ask others, `depth` times.  Nobody loses a seat.
 * Returns whether it sits now. */
gboolean fm__seating_seat(FmSeating *seating, gsize unit, guint depth);
/* Seat a unit where only units of lower rank or sort key are in the way; these lose their seats.
 * Returns whether it sits now. */
gboolean fm__seating_oust(FmSeating *seating, gsize unit);
/* Move a seated unit to its cheapest free candidate.  Returns whether that was another one. */
gboolean fm__seating_improve(FmSeating *seating, gsize unit);

/* ---- for the search (label-search.c) ---- */

#define FM_NO_SEAT G_MAXSIZE

gsize fm__seating_n_units(const FmSeating *seating);
gsize fm__seating_n_candidates(const FmSeating *seating, gsize unit);
/* Index of the candidate that a unit sits at, or FM_NO_SEAT. */
gsize fm__seating_seat_of(const FmSeating *seating, gsize unit);
/* Price of that seat; `unplaced` without one. */
double fm__seating_cost(const FmSeating *seating, gsize unit, double unplaced);
/* Units that sit where the candidate would, at most `max`, into `out`.  Returns their number, or -1
 * when there are more, or something is there that does not move. */
int fm__seating_blockers(const FmSeating *seating, gsize unit, gsize candidate, guint max,
                         gsize *out);
/* Begin a compound move; what follows can be taken back. */
void fm__seating_begin(FmSeating *seating);
/* Move to the candidate, which nobody else may block, or to FM_NO_SEAT. */
void fm__seating_move(FmSeating *seating, gsize unit, gsize candidate);
/* Move to the cheapest of the first `at_most` candidates that nobody blocks.  Returns whether there
 * was one. */
gboolean fm__seating_move_to_free(FmSeating *seating, gsize unit, gsize at_most);
void fm__seating_take_back(FmSeating *seating);

#endif
