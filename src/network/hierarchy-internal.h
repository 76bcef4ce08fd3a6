/* The hierarchy as it lies in memory.
 *
 * Nodes that stand together in a separator, or in a piece that was not cut any more, make *strips*
 * of up to FM_STRIP_MOST.  A node is a *rank*: the number of its strip, times FM_STRIP_MOST, and
 * its place in the strip.  Rank 0 was contracted last, and hops lead to lower ranks only.
 *
 * The hops that leave a strip are sorted by where they lead, in *columns*: a search that climbs
 * then keeps what it knows of that node in registers, and what it knows of the strip in the nearest
 * cache.  Hops carry both directions.  Middles of shortcuts are not kept, since only costs are
 * asked for. */
#ifndef FM_HIERARCHY_INTERNAL_H
#define FM_HIERARCHY_INTERNAL_H

#include "hierarchy-columns.h"

/** Nodes of a strip: what a search knows of them fills half of the nearest cache. */
enum { FM_STRIP_MOST = 64 };

/** Strips of a hierarchy: their ranks fit into 32 bits. */
#define FM_STRIPS_MOST (G_MAXUINT32 / FM_STRIP_MOST)

/** A hop while contracting.  FM_STEPS_MAX: that way it is not passable. */
typedef struct {
    FmSteps cost[2]; /**< by FmTravel: to `rank`, from `rank` */
    guint32 rank;
} FmHop;

/** Its columns fall in rank, so that those within the strip come first, each before the hops that
 *  leave it. */
typedef struct {
    guint32 n_nodes;
    guint32 n_columns, n_hops;
    guint32 first_column, first_hop;
} FmStrip;

struct FmHierarchy {
    guint32 n_nodes, n_strips;
    guint64 checksum; /**< of the graph */
    guint32 *rank_of; /**< by node */
    FmStrip *strips;
    FmColumns columns;
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
