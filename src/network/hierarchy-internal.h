/* The hierarchy as it lies in memory.  Nodes are *ranks*: 0 was contracted last, so that what all
 * searches end in stands together.  The hops of a rank lead to lower ranks only and carry both
 * directions: a search uses one, and the other tells whether its way here was in vain.  Middles of
 * shortcuts are not kept, since only costs are asked for. */
#ifndef FM_HIERARCHY_INTERNAL_H
#define FM_HIERARCHY_INTERNAL_H

#include "graph-internal.h"

/** A hop while contracting.  FM_STEPS_MAX: that way it is not passable. */
typedef struct {
    FmSteps cost[2]; /**< by FmTravel: to `rank`, from `rank` */
    guint32 rank;
} FmHop;

struct FmHierarchy {
    guint32 n_nodes, n_hops;
    FmSteps mean_cost;     /**< of the graph's links */
    guint64 checksum;      /**< of the graph */
    guint32 *rank_of;      /**< by node */
    guint32 *first;        /**< by rank, n_nodes + 1 */
    guint32 *hop_ranks;    /**< by hop: the rank that it leads to */
    FmSteps *hop_costs[2]; /**< by FmTravel and hop: to that rank, from it */
};

/** Steps that contracting along a dissection may take, about a minute; where separators are so
 *  large that it takes more, nodes are contracted in rounds. */
#define FM_HIERARCHY_WORK_MOST 1e11

/** fm_hierarchy_new with another limit; 0 contracts in rounds. */
FmHierarchy *fm_hierarchy_build(const FmGraph *graph, double work_most, guint n_threads,
                                const FmProgress *progress, GError **error);

/** Of everything that decides what the hierarchy of a graph is. */
guint64 fm_graph_checksum(const FmGraph *graph);

/** Sum over bytes, for finding damage. */
guint64 fm_checksum(guint64 seed, gconstpointer data, gsize size);

#endif
