/** @file network.h
 *  Roads: from a layer of lines to a graph that one travel profile sees, and back to places.
 *
 *  A network is an ordinary layer (kind `network`): lines with the tags of OpenStreetMap, or with
 *  the columns of an edge table.  Topology is at shared vertices (equal positions, or equal node
 *  ids where the layer has them), never at mere crossings.  The graph made from it is kept in the
 *  workspace, keyed by the layer's content and the profile, so that a second command starts at
 *  once; it is a cache: losing it costs time, nothing else.
 *
 *  Threads: an FmNetwork may be shared once it is open; only its hierarchy may come later. */
#ifndef FACMAP_NETWORK_H
#define FACMAP_NETWORK_H

#include <facmap/geo.h>
#include <facmap/graph.h>
#include <facmap/store.h>

G_BEGIN_DECLS

/* ---- travel profiles -------------------------------------------------------------------- */

/** How a mode moves: speeds by class or tag, access rules, costs of turns and crossings, the speed
 *  of the walk to the road.  A JSON file; docs/network.md defines it. */
typedef struct FmProfile FmProfile;

/** @param name "walk", "bike" or "drive" as shipped, else the path of a JSON file
 *  @return transfer full (fm_profile_free); NULL with FM_ERROR_NOT_FOUND (lists what is shipped),
 *          FM_ERROR_IO or FM_ERROR_PARSE (JSON path in the message; unknown keys are errors) */
FM_API FmProfile *fm_profile_read(const char *name, GError **error);
FM_API void fm_profile_free(FmProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmProfile, fm_profile_free)
/** Borrowed, as long as the profile. */
FM_API const char *fm_profile_name(const FmProfile *profile);
FM_API const char *fm_profile_title_en(const FmProfile *profile);
FM_API const char *fm_profile_title_zh(const FmProfile *profile);
/** Of its content: equal profiles, equal hash.  Borrowed. */
FM_API const char *fm_profile_sha256(const FmProfile *profile);
/** Speed between a place and the road it is snapped to, m/s. */
FM_API double fm_profile_access_speed(const FmProfile *profile);

/* ---- the network ------------------------------------------------------------------------ */

typedef struct FmNetwork FmNetwork;

typedef struct {
    const char *layer;        /**< NULL = the only layer of kind `network` */
    const FmProfile *profile; /**< borrowed for the call */
    FmLimitKind cost;         /**< what the graph's costs are: seconds or metres */
    const char *closed;       /**< layer whose features close the edges they lie on, or NULL */
    const char *opened;       /**< layer of lines that are added as roads, or NULL */
} FmNetworkOptions;

/** Open a network for a profile: from the cache when it fits, else built from the layer.
 *  @return transfer full (fm_network_free); NULL with FM_ERROR_NOT_FOUND (no such layer, or none or
 *          several of kind `network`), FM_ERROR_DATA (no line, no edge that the profile may use, a
 *          length or speed that is not > 0), FM_ERROR_LIMIT, FM_ERROR_DATABASE or
 *          FM_ERROR_CANCELLED */
FM_API FmNetwork *fm_network_open(FmWorkspace *workspace, const FmNetworkOptions *options,
                                  const FmProgress *progress, GError **error);
/** The same in two steps, with other work between them: what was kept is read from the workspace at
 *  once, and made ready beside the caller.  Only fm_network_finish() and fm_network_free() may
 *  follow.
 *  @param options   borrowed until then, with its profile
 *  @param n_threads 0 or more than 1 = on another thread; 1 = at once, on the caller's
 *  @return transfer full (fm_network_free); NULL with FM_ERROR_NOT_FOUND or FM_ERROR_DATABASE */
FM_API FmNetwork *fm_network_begin(FmWorkspace *workspace, const FmNetworkOptions *options,
                                   guint n_threads, GError **error);
/** Wait for what was kept, or build the network from its layer; it is then open.
 *  @param options those that it was begun with
 *  @return FALSE with the errors of fm_network_open */
FM_API gboolean fm_network_finish(FmNetwork *network, const FmNetworkOptions *options,
                                  const FmProgress *progress, GError **error);
FM_API void fm_network_free(FmNetwork *network);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmNetwork, fm_network_free)

/** What the closed and the opened layer said that came to nothing: a point far from any road, an
 *  end that touches none.  Strings for people; borrowed, as long as the network. */
FM_API const GPtrArray *fm_network_warnings(const FmNetwork *network);
/** The layer it was made from, and those that changed it; borrowed, NULL-terminated. */
FM_API const char *const *fm_network_layers(const FmNetwork *network);
FM_API FmLimitKind fm_network_cost_kind(const FmNetwork *network);
/** What a metre between a place and the road costs: seconds by the profile's access speed, or 1
 *  where costs are metres. */
FM_API double fm_network_access_cost_per_m(const FmNetwork *network);
/** Borrowed, as long as the network. */
FM_API const FmGraph *fm_network_graph(const FmNetwork *network);

/** The direction in which an edge is travelled. */
typedef enum {
    FM_EDGE_FORWARD,  /**< as its points run */
    FM_EDGE_BACKWARD, /**< against them */
} FmEdgeDirection;

/** A piece of road between two junctions that the profile may use in at least one direction.
 *  Chains of nodes with two roads are one edge; its geometry keeps every vertex.
 *
 *  Travelling it in direction d begins at graph node begin[d], costs cost[d], and ends at the nodes
 *  that fm_network_edge_ends gives with the cost of entering each (0 without turn costs). */
typedef struct {
    double length_m;         /**< along the edge, geodesic or as the layer says */
    double cost[2];          /**< whole length by FmEdgeDirection; INFINITY = not passable */
    double cost_per_m[2];    /**< the same of a metre; what a segment costs is rounded, and the cost
                                  of the edge is the sum: splitting it anywhere changes nothing */
    guint32 begin[2];        /**< graph node where it is entered; FM_NODE_NONE if not passable */
    const FmLonLat *points;  /**< borrowed, as long as the network */
    const double *segment_m; /**< n_points - 1 lengths, as length_m; borrowed likewise */
    guint32 n_points;        /**< >= 2 */
    guint32 island; /**< strongly connected component, 0 = the largest (the main network) */
} FmEdge;

/** How many there are, and one of them. */
FM_API guint32 fm_network_n_edges(const FmNetwork *network);
FM_API FmEdge fm_network_edge(const FmNetwork *network, guint32 edge);
/** Where an edge ends in a direction: graph nodes and the cost of passing on to each.
 *  @param[out] n how many  @return borrowed, as long as the network */
FM_API const FmSeed *fm_network_edge_ends(const FmNetwork *network, guint32 edge,
                                          FmEdgeDirection direction, gsize *n);
/** The edge that an arc of the graph travels, and in which direction; an arc that is only a turn
 *  gives the edge that it leaves. */
FM_API guint32 fm_network_arc_edge(const FmNetwork *network, guint32 arc,
                                   FmEdgeDirection *direction);

/** The hierarchy of the graph: from the cache, else built; the workspace is still open.
 *  @return borrowed, as long as the network; NULL with FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
FM_API const FmHierarchy *fm_network_hierarchy(FmNetwork *network, guint n_threads,
                                               const FmProgress *progress, GError **error);
/** Read the hierarchy that was kept, if one was, so that fm_network_hierarchy() finds it.  May run
 *  beside searches of the network's graph, but not beside any use of its workspace. */
FM_API void fm_network_read_hierarchy(FmNetwork *network);

/** Keep what was built in the workspace, in the caller's run: the graph, and the hierarchy if there
 *  is one.  Nothing is written when it came from the cache or has closures or additions.
 *  @return FALSE with FM_ERROR_IO or FM_ERROR_DATABASE */
FM_API gboolean fm_network_keep(const FmNetwork *network, FmRun *run, GError **error);

/* ---- how good is it --------------------------------------------------------------------- */

typedef struct {
    gint64 n_features, n_edges, n_junctions, n_arcs;
    double length_m;         /**< of all edges */
    gint64 n_weak, n_strong; /**< components: ignoring directions, and respecting them */
    double main_share;       /**< of the length, in the largest strong component */
    gint64 n_dead_ends;
    gint64 n_breaks;            /**< ends within a few metres of another edge, not joined */
    gint64 n_traps;             /**< edges that one can enter and not leave, or the reverse */
    gint64 n_impassable;        /**< features that the profile may use in neither direction */
    gint64 n_loops, n_parallel; /**< edges from a junction to itself; beyond the first of a pair */
    gint64 n_unlocated;         /**< features left out: no position */
    gint64 n_degenerate;        /**< features left out: no length, or all vertices the same */
    FmTable *findings;          /**< points: kind, feature id, distance_m, note; with geometry */
} FmNetworkReport;

FM_API void fm_network_report_free(FmNetworkReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmNetworkReport, fm_network_report_free)
/** @param break_m ends nearer than this to an edge that they do not join are likely breaks, m
 *  @return transfer full; NULL with FM_ERROR_CANCELLED */
FM_API FmNetworkReport *fm_network_report(const FmNetwork *network, double break_m,
                                          const FmProgress *progress, GError **error);

G_END_DECLS
#endif
