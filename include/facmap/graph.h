/** @file graph.h
 *  Shortest paths over a directed graph that is nothing but arrays: nodes are 0 … n-1, arcs have
 *  costs >= 0 in whatever unit the caller chose (seconds or metres).  It knows no roads, no places
 *  and no profiles; network.h makes such graphs.
 *
 *  Exactness.  Every cost is rounded once, when it enters, to a whole multiple of FM_COST_STEP.
 *  Sums of such numbers below FM_COST_MAX are exact in a double, in any order: a hierarchy, a
 *  bidirectional search and Dijkstra's algorithm give the same bits, and `==` means equal.
 *
 *  Ties.  Where several answers cost the same, the lowest index wins (end, then node, then arc), so
 *  that results do not depend on threads or on the algorithm.
 *
 *  Threads: a graph and a hierarchy are immutable once made and may be shared. */
#ifndef FACMAP_GRAPH_H
#define FACMAP_GRAPH_H

#include <facmap/core.h>

G_BEGIN_DECLS

/** Costs are whole multiples of this: a quarter of a nanosecond. */
#define FM_COST_STEP 0x1p-32
/** Costs, also of whole paths, stay below this (24 days in seconds); what costs more is
 *  unreachable. */
#define FM_COST_MAX 0x1p21

#define FM_NODE_NONE G_MAXUINT32 /**< "no node", "no arc", "no end" */

/* ---- the graph -------------------------------------------------------------------------- */

typedef struct FmGraph FmGraph;

typedef struct {
    guint32 tail, head;
    double cost; /**< >= 0; INFINITY or >= FM_COST_MAX: not passable */
} FmArc;

/** @param arcs borrowed for the call.  Parallel arcs, loops and arcs of cost 0 are allowed.  Arcs
 *         keep their numbers (their positions here) in every answer.
 *  @return transfer full (fm_graph_free); NULL with FM_ERROR_DATA naming the arc: an end that is no
 *          node, a cost that is negative or NaN; or FM_ERROR_LIMIT.  O(n + m) */
FM_API FmGraph *fm_graph_new(guint32 n_nodes, const FmArc *arcs, guint32 n_arcs, GError **error);
FM_API void fm_graph_free(FmGraph *graph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmGraph, fm_graph_free)
FM_API guint32 fm_graph_n_nodes(const FmGraph *graph);
FM_API guint32 fm_graph_n_arcs(const FmGraph *graph);
/** The arc as it is kept, its cost rounded. */
FM_API FmArc fm_graph_arc(const FmGraph *graph, guint32 arc);

/** Strongly connected component of every node (Tarjan 1972, doi:10.1137/0201010), numbered by
 *  falling size, ties by the lowest node.
 *  @param[out] component n_nodes  @return how many there are.  O(n + m) */
FM_API guint32 fm_graph_components(const FmGraph *graph, guint32 *component);

/* ---- ends: where travel begins or ends -------------------------------------------------- */

/** A node, and what it costs from the end to that node (or from it to the end). */
typedef struct {
    guint32 node;
    double cost;
} FmSeed;

/** Ends of travel: facilities, homes.  A position within an edge is two seeds, a place with several
 *  entrances more; an end without seeds reaches nothing.  Borrowed wherever passed. */
typedef struct {
    gsize n;              /**< ends */
    const guint32 *first; /**< n + 1: end i owns seeds first[i] … first[i + 1] - 1 */
    const FmSeed *seeds;
} FmEnds;

/** Which way the ends are travelled. */
typedef enum {
    FM_TRAVEL_FROM, /**< away from the ends: an ambulance leaves its station */
    FM_TRAVEL_TO,   /**< towards them: people go to a hospital */
} FmTravel;

/* ---- bounded searches (Dijkstra 1959, doi:10.1007/BF01386390) ---------------------------- */

/** What one end reaches within `limit`: called once for each end, on any thread.
 *  @param reached nodes with cost <= limit, ascending by (cost, node); borrowed for the call
 *  @return FALSE with `error` set to stop */
typedef gboolean (*FmReachFunc)(gsize end, const FmSeed *reached, gsize n_reached, guint worker,
                                void *user, GError **error);

/** Every node within `limit` of each end: a service area each.  O((m + n) log n) of what is reached
 *  for each end.
 *  @param limit >= 0; INFINITY reaches all that can be reached
 *  @return FALSE with FM_ERROR_CANCELLED or the error of `func` */
FM_API gboolean fm_graph_reach(const FmGraph *graph, FmTravel travel, const FmEnds *ends,
                               double limit, guint n_threads, FmReachFunc func, void *user,
                               const FmProgress *progress, GError **error);

/** One answer of fm_graph_nearest. */
typedef struct {
    guint32 end; /**< FM_NODE_NONE where none is in reach */
    double cost; /**< INFINITY where none is */
} FmReached;

/** For every node the `k` nearest ends within `limit`, in one search for all of them.
 *  @param[out] out n_nodes × k, row-major, ascending (cost, end)
 *  @return FALSE with FM_ERROR_CANCELLED.  O(k (m + n) log n) */
FM_API gboolean fm_graph_nearest(const FmGraph *graph, FmTravel travel, const FmEnds *ends, gsize k,
                                 double limit, guint n_threads, FmReached *out,
                                 const FmProgress *progress, GError **error);

/** The cheapest route from one set of seeds to another.
 *  @param[out] arcs   GArray of guint32, borrowed, not cleared: arcs in order are appended
 *  @param[out] seeds  which seed of `from` and of `to` it uses; may be NULL
 *  @return its cost with both seeds' costs; INFINITY without a route within `limit` */
FM_API double fm_graph_route(const FmGraph *graph, const FmSeed *from, gsize n_from,
                             const FmSeed *to, gsize n_to, double limit, GArray *arcs,
                             gsize seeds[2]);

/* ---- hierarchy: many-to-many ------------------------------------------------------------- */

/** A contraction hierarchy (Geisberger et al. 2012, doi:10.1287/trsc.1110.0401). */
typedef struct FmHierarchy FmHierarchy;

/** @return transfer full (fm_hierarchy_free); NULL with FM_ERROR_LIMIT or FM_ERROR_CANCELLED.  The
 *          same for any number of threads. */
FM_API FmHierarchy *fm_hierarchy_new(const FmGraph *graph, guint n_threads,
                                     const FmProgress *progress, GError **error);
FM_API void fm_hierarchy_free(FmHierarchy *hierarchy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmHierarchy, fm_hierarchy_free)
/** For keeping: little-endian, with its version and the graph's checksum.  @return transfer full */
FM_API GBytes *fm_hierarchy_to_bytes(const FmHierarchy *hierarchy);
/** Reads what fm_hierarchy_to_bytes gave, from anywhere: nothing in it is trusted.
 *  @param graph that it was made of, checked by checksum
 *  @return transfer full; NULL with FM_ERROR_PARSE */
FM_API FmHierarchy *fm_hierarchy_from_bytes(GBytes *bytes, const FmGraph *graph, GError **error);

/** Costs of the cheapest routes from every end to every other (Knopp et al. 2007,
 *  doi:10.1137/1.9781611972870.4).
 *  @param[out] costs from->n × to->n, row-major; INFINITY beyond `limit` and without a route
 *  @return FALSE with FM_ERROR_CANCELLED */
FM_API gboolean fm_hierarchy_matrix(const FmHierarchy *hierarchy, const FmEnds *from,
                                    const FmEnds *to, double limit, guint n_threads, double *costs,
                                    const FmProgress *progress, GError **error);

G_END_DECLS
#endif
