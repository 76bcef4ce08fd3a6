/* How a graph lies in memory, and what its searches share.
 *
 * Inside, costs are whole numbers of FM_COST_STEP in 64 bits, and nodes are *places*: the nodes in
 * an order in which neighbours are near each other in memory (see order.c).  Only what enters and
 * what leaves is translated. */
#ifndef FM_GRAPH_INTERNAL_H
#define FM_GRAPH_INTERNAL_H

#include <facmap/graph.h>

#include <math.h>

/** A cost in steps; FM_STEPS_MAX and more is out of reach. */
typedef guint64 FmSteps;
#define FM_STEPS_MAX (G_GUINT64_CONSTANT(1) << 53)

/** An arc seen from one of its ends: four of them fill a cache line. */
typedef struct {
    FmSteps cost;
    guint32 place; /**< at the other end */
    guint32 arc;   /**< the caller's number */
} FmLink;

/** The links of every place in one direction: place p owns first[p] … first[p + 1] - 1. */
typedef struct {
    guint32 *first; /**< n_nodes + 1 */
    FmLink *links;
} FmLinks;

/** What the search for a route leaves for the next one: see route.c. */
typedef struct FmRouteSpare FmRouteSpare;
FmRouteSpare *fm_route_spare_new(void);
void fm_route_spare_free(FmRouteSpare *spare);

struct FmGraph {
    guint32 n_nodes, n_arcs;
    FmArc *arcs;        /**< as the caller numbered them, costs rounded */
    guint32 *place_of;  /**< by node */
    guint32 *node_of;   /**< by place */
    FmLinks links[2];   /**< by FmTravel: out of a place, into it; loops and what is not passable
                            are left out */
    FmSteps mean_cost;  /**< of the links, >= 1 */
    GArray *tile_first; /**< guint32: tile t is places first[t] … first[t + 1] - 1, see order.c */
    FmRouteSpare *route_spare;
};

/** The nearest whole number of steps; FM_STEPS_MAX for what is not below FM_COST_MAX (and NaN). */
static inline FmSteps fm_steps_from_cost(double cost)
{
    if (!(cost < FM_COST_MAX))
        return FM_STEPS_MAX;
    return cost > 0 ? (FmSteps)rint(cost / FM_COST_STEP) : 0;
}

/** A cost as graphs keep it. */
static inline double fm_cost_round(double cost)
{
    return cost < FM_COST_MAX ? rint(cost / FM_COST_STEP) * FM_COST_STEP : (double)INFINITY;
}

/** The largest number of steps that is within a limit; what is beyond every path becomes
 *  FM_STEPS_MAX - 1. */
static inline FmSteps fm_steps_from_limit(double limit)
{
    return limit < FM_COST_MAX ? (FmSteps)(limit / FM_COST_STEP) : FM_STEPS_MAX - 1;
}

/** Exact: 53 bits are enough. */
static inline double fm_cost_from_steps(FmSteps steps)
{
    return (double)steps * FM_COST_STEP;
}

/** How many places a tile has: its labels and links, 80 bytes a place of a town, leave room in
 *  the second cache.  Up to one and a half times as many where others were in the way. */
#define FM_TILE_PLACES 4096u

/** Nodes in an order in which those that are near each other in the graph stand together.
 *  @param[out] node_of     n_nodes
 *  @param[out] tile_first  GArray of guint32: see FmGraph  O(n + m) */
void fm_graph_order(const FmGraph *graph, const FmLinks links[2], guint32 *node_of,
                    GArray *tile_first);

/** TRUE if every seed of every end is on a node of the graph and costs nothing below 0. */
gboolean fm_ends_fit(const FmGraph *graph, const FmEnds *ends);

#endif
