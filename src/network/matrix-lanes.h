/* Many ends at once: what one node knows is a row of costs, a lane for each end.  Costs are whole
 * numbers of steps in doubles, exact below FM_STEPS_MAX; INFINITY and more than that is no way. */
#ifndef FM_NETWORK_MATRIX_LANES_H
#define FM_NETWORK_MATRIX_LANES_H

#include "hierarchy-internal.h"

/** Lanes of a row: as many as make a row a few cache lines. */
enum { FM_LANES = 32 };

/** From one node along its hops.
 *  @param rows  of all nodes, one after another
 *  @param from  the row of the node, none of those that are written
 *  @param slot  by rank: the number of its row, from 1
 *  @param ranks, costs  of the hops; FM_STEPS_MAX is not passable */
void fm_lanes_climb(double *rows, const double *from, const guint32 *slot, const guint32 *ranks,
                    const FmSteps *costs, guint32 n_hops);

/** All pairs of lanes over nodes that both sides know.
 *  @param tile        FM_LANES × FM_LANES: the least so far; a row for each lane of `from`
 *  @param from, to    n rows each: the two rows of every node */
void fm_lanes_meet(double *tile, const double *const *from, const double *const *to, gsize n);

#endif
