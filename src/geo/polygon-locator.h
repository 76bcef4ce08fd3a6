/* Is a position inside a polygon?  Edges are straight in longitude and latitude; borders belong to
 * the polygon; rings count by the even-odd rule. */
#ifndef FM_POLYGON_LOCATOR_H
#define FM_POLYGON_LOCATOR_H

#include <facmap/geometry.h>

#include "box-tree.h"

typedef struct FmPolygonLocator FmPolygonLocator;

/** @param polygon borrowed for the call.  @return transfer full (fm_polygon_locator_free) */
FmPolygonLocator *fm_polygon_locator_new(const FmGeometry *polygon);
void fm_polygon_locator_free(FmPolygonLocator *locator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPolygonLocator, fm_polygon_locator_free)

/** Bounds in longitude and latitude. */
FmBox fm_polygon_locator_box(const FmPolygonLocator *locator);

/** O(log n) for the usual outline: only edges that the ray to the east may meet are looked at. */
gboolean fm_polygon_locator_contains(const FmPolygonLocator *locator, FmLonLat p);

#endif
