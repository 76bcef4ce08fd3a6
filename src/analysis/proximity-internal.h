/** @file proximity-internal.h
 *  The state of one proximity analysis: proximity.c reads and measures, proximity-sums.c makes the
 *  figures of the nearest distances, proximity-layers.c and proximity-summary.c write it down. */
#ifndef FM_PROXIMITY_INTERNAL_H
#define FM_PROXIMITY_INTERNAL_H

#include "analysis-internal.h"
#include "costs.h"

/** More are too many to list. */
#define FM_MAX_PAIRS 50000000

/** Figures over origins, of the cost of the nearest target: metres or seconds. */
typedef struct {
    gsize n;                       /**< origins that have one */
    gsize n_without;               /**< origins with none in reach */
    double median, p90, max, mean; /**< NaN when n == 0; the mean is weighted, NaN without weight */
} FmNearestFigures;

/** How a pair is travelled. */
typedef struct {
    double access_m,
        egress_m;     /**< legs off the road, at the beginning and the end of the journey */
    double length_m;  /**< of the way, when it was followed */
    FmGeometry *line; /**< the way, when asked for */
} FmPairWay;

typedef struct {
    const FmProximityOptions *options;
    char *name;
    FmLimitKind kind; /**< of costs */

    /* with `via`; NULL for straight lines */
    FmWays *ways;
    FmPlaces *from_places, *to_places; /**< the origins, the rows of `to` */
    GArray *pair_ways;                 /**< FmPairWay, as the pairs */
    FmCosts *costs;                    /**< with `via` a table, and then instead of these */

    FmFeatures *from, *to;
    FmWeights *weights; /**< of the `from` rows */
    FmAreas *areas;     /**< NULL without `by` */

    FmOrigins *origins;
    gsize *self;    /**< one an origin: the row of `to` that it is itself; NULL for two layers */
    gsize *area_of; /**< one an origin: row of the area, or G_MAXSIZE; NULL without `by` */
    GArray *pairs;  /**< FmPair, ascending by (origin, rank) */

    FmNearestFigures whole;
    FmNearestFigures *by_area;
    gsize n_outside;
} FmProximity;

/** Open the network and put both sides on it. */
gboolean fm_proximity_open_ways(FmProximity *proximity, FmWorkspace *workspace,
                                const FmProgress *progress, GError **error);
/** Find the pairs along the network. */
gboolean fm_proximity_travel(FmProximity *proximity, const FmProgress *progress, GError **error);

/** Find the pairs by a table of costs. */
gboolean fm_proximity_look_up(FmProximity *proximity, FmWorkspace *workspace,
                              const FmProgress *progress, GError **error);

void fm_proximity_add_up(FmProximity *proximity);
/** The geodesic from `a` to `b` as a line, close enough to it at any length on a map.
 *  @return transfer full (fm_geometry_free) */
FmGeometry *fm_geodesic_line(FmLonLat a, FmLonLat b);
void fm_proximity_make_layers(const FmProximity *proximity, FmResult *result);
void fm_proximity_make_warnings(const FmProximity *proximity, FmResult *result);
/** Fill `parameters` and `summary`; call it when the layers are there. */
void fm_proximity_make_json(const FmProximity *proximity, FmResult *result);

#endif
