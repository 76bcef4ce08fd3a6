/* Many ends at once: what one node knows is a row of costs, a lane for each end.  Costs are whole
 * numbers of steps in doubles, exact below FM_STEPS_MAX; INFINITY and more than that is no way. */
#ifndef FM_NETWORK_MATRIX_LANES_H
#define FM_NETWORK_MATRIX_LANES_H

#include "graph-internal.h"

/** Lanes of a row: as many as eight registers of AVX2 hold. */
enum { FM_LANES = 32 };

/** Where rows and tiles begin: at the beginning of a cache line. */
enum { FM_LANES_ALIGNMENT = 64 };

typedef struct {
    /** What a node knows by hops from the nodes of a strip, and knew before.
     *  @param to            its row
     *  @param strip         the rows of the strip, one after another; not the row that is written
     *  @param tails, costs  of the hops; costs of INFINITY are not passable */
    void (*climb)(double *to, const double *strip, const guint8 *tails, const double *costs,
                  gsize n_hops);

    /** All pairs of lanes over nodes that both sides know.
     *  @param tile      FM_LANES × FM_LANES: the least so far; a row for each lane of `from`
     *  @param from, to  n rows each, one after another: the two rows of every node */
    void (*meet)(double *tile, const double *from, const double *to, gsize n);
} FmLanes;

/** The loops for any processor. */
const FmLanes *fm_lanes_plain(void);
/** The fastest ones for this processor; what they find is the same. */
const FmLanes *fm_lanes_best(void);

#endif
