/** @file reach-internal.h
 *  What the files behind reach.h share: snapping at all edges of a position, and costs of parts of
 *  edges. */
#ifndef FM_REACH_INTERNAL_H
#define FM_REACH_INTERNAL_H

#include "graph-internal.h"

#include <facmap/reach.h>

/** As fm_snapper_snap, and after the nearest every other edge that passes through the same
 *  position: at a junction, and where each direction of a road is an edge of its own.
 *  @param[out] out GArray of FmSnap, borrowed, not cleared; ascending by edge after the first */
void fm_snapper_snap_all(const FmSnapper *snapper, FmLonLat place, double max_m, GArray *out);

/** May the edge be travelled in this direction? */
gboolean fm_edge_passable(const FmEdge *edge, FmEdgeDirection direction);
/** What it costs from where the edge is entered to a position on it; exact at every vertex.
 *  @param direction passable */
double fm_edge_cost_to(const FmEdge *edge, FmEdgeDirection direction, const FmSnap *snap);
/** What it costs from there to where the edge ends; the two add up to the whole. */
double fm_edge_cost_from(const FmEdge *edge, FmEdgeDirection direction, const FmSnap *snap);

/** From one snapped position to another on the same edge, without leaving it, both legs included;
 *  INFINITY when they are not on one, or it goes the other way. */
double fm_snap_direct_cost(const FmNetwork *network, const FmSnap *from, const FmSnap *to,
                           FmEdgeDirection *direction);
/** The cost of the way between a place and its road. */
double fm_snap_access_cost(const FmNetwork *network, const FmSnap *snap);

/** Where a seed comes from. */
typedef struct {
    gsize entrance; /**< in FmPlaces.entrances */
    FmEdgeDirection direction;
} FmSeedOrigin;

/** Appends the seeds of one place.  @param seeds GArray of FmSeed  @param origins GArray of
 *  FmSeedOrigin, one a seed, or NULL */
void fm_place_add_seeds(const FmNetwork *network, const FmPlaces *places, gsize place,
                        FmTravel travel, GArray *seeds, GArray *origins);

/** Appends the points of an edge from one ratio to another, against its points' order when `to` is
 *  less than `from`; a point that `points` ends with already is not repeated, so that parts make
 *  one line.  @param points GArray of FmLonLat */
void fm_edge_append_part(const FmEdge *edge, double from_ratio, double to_ratio, GArray *points);

/** Appends the points of a piece, at least one, as fm_edge_append_part does. */
void fm_edge_piece_points(const FmNetwork *network, const FmEdgePiece *piece, GArray *points);

/** The other way round: who leaves when one arrives. */
static inline FmTravel fm_travel_reverse(FmTravel travel)
{
    return travel == FM_TRAVEL_TO ? FM_TRAVEL_FROM : FM_TRAVEL_TO;
}

/** An entrance on an edge, for looking up who shares one. */
typedef struct {
    guint32 edge;
    gsize place, entrance;
} FmEdgeEntrance;

/** All entrances of places.  @return transfer full, ascending by (edge, place, entrance) */
GArray *fm_places_by_edge(const FmPlaces *places);
/** The first of an edge, up to the last: `*n` of them from the one returned; NULL without. */
const FmEdgeEntrance *fm_edge_entrances(const GArray *by_edge, guint32 edge, gsize *n);

#endif
