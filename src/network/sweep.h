/** @file sweep.h
 *  What a batch of ends costs to all nodes, by one pass over the hierarchy (Delling, Goldberg,
 *  Nowatzyk and Werneck 2013, doi:10.1016/j.jpdc.2012.02.007): the ends climb, and then every
 *  rank, from the top down, takes the best of the ranks that it hangs on.  A pass reads the
 *  hierarchy from front to back, for FM_LANES ends at once. */
#ifndef FM_NETWORK_SWEEP_H
#define FM_NETWORK_SWEEP_H

#include "matrix-lanes.h"

/** The hops of a hierarchy rank by rank, as a pass reads them. */
typedef struct {
    guint32 n;
    guint32 *rank_of; /**< by node */
    guint32 *first;   /**< by rank, n + 1 */
    guint32 *above;   /**< by hop: the lower rank that it leads to */
    double *costs[2]; /**< by FmTravel: to that rank, from it, in steps; INFINITY is no way */
} FmUpward;

/** @return transfer full; NULL when there is no memory for it */
FmUpward *fm_upward_new(const FmHierarchy *hierarchy);
void fm_upward_free(FmUpward *upward);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmUpward, fm_upward_free)

/** Scratch of one worker. */
typedef struct {
    const FmUpward *upward;
    guint64 *touched; /**< by rank, a bit: the climb has been there; none between passes */
    guint8 *alive;    /**< by rank: some lane is within the limit, and the row is filled */
    double *rows;     /**< by rank: FM_LANES costs in steps; what is beyond the limit may be more */
} FmSweep;

/** @param upward borrowed as long as the sweep
 *  @return transfer full; NULL when there is no memory for it */
FmSweep *fm_sweep_new(const FmUpward *upward);
void fm_sweep_free(FmSweep *sweep);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSweep, fm_sweep_free)

/** Looks at rows while they are at hand: those of all ranks below `end` are filled, and those since
 *  the last call were filled just now. */
typedef void (*FmSweepFunc)(const FmSweep *sweep, guint32 end, void *user);

/** Fills `alive` and the rows of what is alive, with a call of `func` now and then, and at the end.
 *  @param batch n ends, at most FM_LANES: lane i is batch[i]; other lanes are INFINITY */
void fm_sweep_run(FmSweep *sweep, FmTravel travel, const FmEnds *ends, const gsize *batch, gsize n,
                  FmSteps limit, FmSweepFunc func, void *user);

/** The lanes at or below a limit, as bits. */
guint32 fm_lanes_within(const double *row, double limit);

#endif
