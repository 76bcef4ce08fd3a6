/* One geometry prepared for many distance questions: its edges in a tree, and for polygons a
 * locator. */
#ifndef FM_SHAPE_H
#define FM_SHAPE_H

#include "box-tree.h"
#include "ellipsoid-internal.h"
#include "polygon-locator.h"

typedef struct {
    FmLonLat from, to; /* the same for a point */
    FmEcef a, b;
    double sagitta_m; /* how far the geodesic can stray from the chord a-b */
} FmShapeEdge;

typedef struct {
    gsize owner; /* the geometry's index in the caller's array */
    FmBoxTree tree;
    FmShapeEdge *edges; /* in the tree's order */
    double sagitta_max_m;
    FmPolygonLocator *locator; /* NULL when it is no polygon */
} FmShape;

/** @param geometry borrowed for the call */
void fm_shape_init(FmShape *shape, const FmGeometry *geometry, gsize owner);
void fm_shape_clear(FmShape *shape);

/** Earth-centred bounds of the geometry's points and geodesic edges, not of a polygon's inside. */
FmBox fm_shape_box(const FmShape *shape);

/** FALSE for points and lines. */
gboolean fm_shape_contains(const FmShape *shape, FmLonLat p);

/** An upper bound of fm_shape_distance_m that measures no geodesic, close above it; INFINITY when
 *  the distance is surely above max_m. */
double fm_shape_distance_bound_m(const FmShape *shape, const FmEcef *from, double max_m);

/** Geodesic distance to the points or edges, as if p were not inside; INFINITY when above max_m.
 *  @param from         p, earth-centred
 *  @param[out] nearest may be NULL; written when the distance is finite */
double fm_shape_distance_m(const FmShape *shape, FmLonLat p, const FmEcef *from, double max_m,
                           FmLonLat *nearest);

#endif
