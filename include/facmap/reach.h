/** @file reach.h
 *  From places to roads and back: where a place joins the network, what it costs to travel between
 *  places, and what part of the roads is in reach.
 *
 *  A place joins the network at the nearest position on the nearest edge that the profile may use,
 *  an edge split wherever that falls, never at the nearest junction.  The way to that position, the
 *  *access leg*, is charged at the profile's access speed, at both ends of a journey.  What lies on
 *  one edge is also reached along that edge, as far as its directions allow.
 *
 *  Costs are those of graph.h: exact sums, `==` means equal, ties go to the lower index.
 *
 *  Threads: everything here is immutable once made and may be shared; outputs are the same bytes
 *  for any number of threads. */
#ifndef FACMAP_REACH_H
#define FACMAP_REACH_H

#include <facmap/geo.h>
#include <facmap/graph.h>
#include <facmap/network.h>

G_BEGIN_DECLS

/* ---- snapping --------------------------------------------------------------------------- */

/** Where a position joins the network. */
typedef struct {
    guint32 edge;      /**< FM_NODE_NONE: no edge is near enough */
    guint32 segment;   /**< between points `segment` and `segment + 1` of the edge */
    double along;      /**< how far between these two, 0 … 1 */
    double ratio;      /**< how far along the edge, 0 … 1 of its length */
    FmLonLat position; /**< on the edge */
    double access_m;   /**< geodesic distance to it */
} FmSnap;

/** A place further from every road than this is on none: the bounds of the search below are proven
 *  up to here. */
#define FM_MAX_SNAP_M 100000.0

/** A tree of the boxes of all segments in earth-centred coordinates.  A straight chord bounds the
 *  geodesic from below, and what the bound leaves open is measured with Karney's geodesic, so the
 *  nearest is exact: `access_m` to what geodesics are good for (15 nm), `position` to 0.1 µm. */
typedef struct FmSnapper FmSnapper;

/** @param network borrowed as long as the snapper
 *  @return transfer full (fm_snapper_free).  O(n log n) in the vertices */
FM_API FmSnapper *fm_snapper_new(const FmNetwork *network, guint n_threads);
FM_API void fm_snapper_free(FmSnapper *snapper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSnapper, fm_snapper_free)

/** The nearest position on the nearest edge that can be travelled in some direction; of edges that
 *  are equally near, the one with the lowest index.
 *  @param max_m >= 0; more than FM_MAX_SNAP_M, also INFINITY, counts as that
 *  @param[out] out `edge` is FM_NODE_NONE when there is none
 *  @return is there one? */
FM_API gboolean fm_snapper_snap(const FmSnapper *snapper, FmLonLat place, double max_m,
                                FmSnap *out);

/* ---- places ----------------------------------------------------------------------------- */

/** Facilities or homes on the network, each with any number of entrances.  Belongs to the caller
 *  (fm_places_free). */
typedef struct {
    gsize n;             /**< places */
    gsize *first;        /**< n + 1: place i has entrances first[i] … first[i + 1] - 1 */
    FmSnap *entrances;   /**< only those that joined an edge */
    FmLonLat *positions; /**< of the entrances, off the road */
} FmPlaces;

/** Join geometries to the network.  A point is one entrance, a multipoint an entrance a point.  A
 *  line, and the outline of an area, can be entered at every vertex and between vertices at least
 *  every 100 m.
 *  @param geometries n; a NULL member has no entrance
 *  @param max_m      as fm_snapper_snap
 *  @return transfer full; NULL with FM_ERROR_CANCELLED */
FM_API FmPlaces *fm_places_new(const FmSnapper *snapper, const FmGeometry *const *geometries,
                               gsize n, double max_m, guint n_threads, const FmProgress *progress,
                               GError **error);
/** The same for positions, one entrance each. */
FM_API FmPlaces *fm_places_new_points(const FmSnapper *snapper, const FmLonLat *positions, gsize n,
                                      double max_m, guint n_threads, const FmProgress *progress,
                                      GError **error);
FM_API void fm_places_free(FmPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPlaces, fm_places_free)

/** Places as ends of travel, with the way between place and road charged. */
typedef struct {
    FmEnds ends; /**< arrays below */
    guint32 *first;
    FmSeed *seeds;
} FmPlaceEnds;

/** @param travel FM_TRAVEL_FROM: seeds are the nodes that one comes to when leaving;
 *         FM_TRAVEL_TO: those from which the place is entered
 *  @return transfer full (fm_place_ends_free) */
FM_API FmPlaceEnds *fm_place_ends_new(const FmNetwork *network, const FmPlaces *places,
                                      FmTravel travel);
FM_API void fm_place_ends_free(FmPlaceEnds *ends);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPlaceEnds, fm_place_ends_free)

/* ---- costs between places --------------------------------------------------------------- */

/** Who travels where, and how far.  All borrowed. */
typedef struct {
    const FmNetwork *network;
    const FmPlaces *origins; /**< homes: those that answers are given for */
    const FmPlaces *targets; /**< facilities */
    FmTravel travel;         /**< FM_TRAVEL_TO: from origins to targets, as people go to a hospital;
                                  FM_TRAVEL_FROM: from targets to origins, as an ambulance comes */
    double limit;            /**< >= 0; only costs at or below it; INFINITY = all */
    guint n_threads;
} FmReachInput;

/** An origin in reach of a target. */
typedef struct {
    guint32 origin;
    double cost; /**< of the whole way, both legs included */
} FmInReach;

/** Takes what one target reaches, on any thread.
 *  @param found ascending by origin; borrowed for the call
 *  @return FALSE with `error` set to stop */
typedef gboolean (*FmInReachFunc)(gsize target, const FmInReach *found, gsize n_found, guint worker,
                                  void *user, GError **error);

/** The origins within the limit of each target, one bounded search a target.
 *  @return FALSE with FM_ERROR_CANCELLED or the error of `func` */
FM_API gboolean fm_reach_each(const FmReachInput *input, FmInReachFunc func, void *user,
                              const FmProgress *progress, GError **error);

/** Whether the searches of fm_reach_each would be so many and so wide that the hierarchy is sooner
 *  made, or read, and asked: a few of them are done to see.  The same for any number of threads.
 *  @param input limit: the largest */
FM_API gboolean fm_reach_batches_pay(const FmReachInput *input);

/** Targets that are looked at together. */
#define FM_REACH_BATCH 32

/** Takes what a batch of targets reaches, on any thread.
 *  @param targets n_targets, at most FM_REACH_BATCH, ascending by no rule
 *  @param within  n_limits × n_origins, row-major: bit t says that the origin is within the limit
 *                 of targets[t]; borrowed for the call
 *  @return FALSE with `error` set to stop */
typedef gboolean (*FmReachBatchFunc)(const gsize *targets, gsize n_targets, const guint32 *within,
                                     guint worker, void *user, GError **error);

/** Who is within each of several limits of each target: what fm_reach_each finds, through the
 *  hierarchy, many times as fast where there are many targets that each reach many nodes.
 *  @param input  its `limit` is not looked at
 *  @param limits n_limits >= 1, ascending
 *  @return FALSE with FM_ERROR_LIMIT (a row of FM_REACH_BATCH costs for every node does not fit in
 *          memory for each thread), FM_ERROR_CANCELLED or the error of `func` */
FM_API gboolean fm_reach_batches(const FmReachInput *input, const FmHierarchy *hierarchy,
                                 const double *limits, gsize n_limits, FmReachBatchFunc func,
                                 void *user, const FmProgress *progress, GError **error);

/** The k nearest targets of every origin within the limit, by one search for all.
 *  @param[out] out origins->n × k, row-major, ascending (cost, target); unused places have end
 *              FM_NODE_NONE and cost INFINITY
 *  @param[out] node_costs NULL, or what fm_reach_node_costs gives for the targets
 *  @return FALSE with FM_ERROR_LIMIT (nodes × k do not fit in memory) or FM_ERROR_CANCELLED */
FM_API gboolean fm_reach_nearest(const FmReachInput *input, gsize k, FmReached *out,
                                 double *node_costs, const FmProgress *progress, GError **error);

/** Every cost from origin to target (or back, by `travel`) through the hierarchy: the same bits as
 *  fm_reach_each gives, worth it for many targets.
 *  @param[out] costs origins->n × targets->n, row-major; INFINITY beyond the limit
 *  @return FALSE with FM_ERROR_CANCELLED */
FM_API gboolean fm_reach_matrix(const FmReachInput *input, const FmHierarchy *hierarchy,
                                double *costs, const FmProgress *progress, GError **error);

/** A way between two places. */
typedef struct {
    double cost;               /**< as the searches give it, to the bit */
    gsize from, to;            /**< entrances used, in FmPlaces.entrances */
    double access_m, egress_m; /**< legs off the road, at its beginning and end */
    double length_m;           /**< along the roads, without the legs */
    FmGeometry *line; /**< the whole way, legs included; NULL when all of it is one position */
} FmRoute;

FM_API void fm_route_free(FmRoute *route);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRoute, fm_route_free)
/** The cheapest way from one place to another.
 *  @param limit nothing dearer is looked for; INFINITY = all
 *  @return transfer full; NULL when there is none within the limit */
FM_API FmRoute *fm_route_new(const FmNetwork *network, const FmPlaces *from, gsize from_place,
                             const FmPlaces *to, gsize to_place, double limit);

/* ---- isochrones ------------------------------------------------------------------------- */

/** Part of an edge: from `begin_ratio` to `end_ratio` of its length. */
typedef struct {
    guint32 edge;
    double begin_ratio, end_ratio;
} FmEdgePiece;

/** What each node costs to or from the nearest of some places, for fm_reach_pieces.
 *  @param places  those that are travelled to or from, by `travel`
 *  @param[out] costs one a node; INFINITY beyond the limit
 *  @return FALSE with FM_ERROR_CANCELLED */
FM_API gboolean fm_reach_node_costs(const FmNetwork *network, const FmPlaces *places,
                                    FmTravel travel, double limit, guint n_threads, double *costs,
                                    const FmProgress *progress, GError **error);

/** The parts of all edges from which (FM_TRAVEL_TO) or to which (FM_TRAVEL_FROM) a place costs at
 *  most `limit`: a position lies on a piece if and only if it does.
 *  @param costs of every node, complete up to `limit`
 *  @return transfer full (g_array_unref), elements FmEdgePiece, ascending by (edge, begin_ratio),
 *          disjoint */
FM_API GArray *fm_reach_pieces(const FmNetwork *network, const FmPlaces *places, FmTravel travel,
                               const double *costs, double limit);
/** Pieces as lines.  @return transfer full, (multi)linestring; NULL when there are none */
FM_API FmGeometry *fm_edge_pieces_lines(const FmNetwork *network, const GArray *pieces);

/** How polygons around pieces are drawn. */
typedef struct {
    double buffer_m;    /**< > 0: how far from a reached road land counts as reached; 0 = 100 m */
    double max_hole_m2; /**< smaller holes are filled; < 0 = 100,000 m2 */
    guint n_threads;
} FmIsochroneOptions;

/** Land within a buffer of reached pieces and no nearer to what they leave of the network's edges,
 *  as polygons for the eye: the other bank of a river without a bridge is never part of it.  Drawn
 *  on a grid of a quarter of the buffer, or of 25 m for wider ones (marching squares, Lorensen &
 *  Cline 1987, doi:10.1145/37402.37422), so that the outline lies within 3 % of the buffer where it
 *  is smooth.  Small holes are filled unless such an edge lies in them.  Pieces that contain others
 *  give polygons that contain theirs.  Valid by construction.
 *  @param pieces n, from fm_reach_pieces, of ascending limits: each contains those before
 *  @param[out] out n (multi)polygons, transfer full (fm_geometry_free); NULL where there are no
 *          pieces
 *  @return FALSE with FM_ERROR_LIMIT (memory) or FM_ERROR_CANCELLED */
FM_API gboolean fm_isochrones(const FmNetwork *network, GArray *const *pieces, gsize n,
                              const FmIsochroneOptions *options, FmGeometry **out,
                              const FmProgress *progress, GError **error);

G_END_DECLS
#endif
