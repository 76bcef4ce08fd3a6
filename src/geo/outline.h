/* A ring on the round Earth as polygons on the flat map of longitudes -180 … 180. */
#ifndef FM_OUTLINE_H
#define FM_OUTLINE_H

#include "geos-internal.h"

/** Adds the polygon within a ring to `pieces`, cut where it crosses the antimeridian, and closed
 *  along the top or bottom of the map where it encloses a pole.
 *  @param ring   FmLonLat, not closed, at least three; neighbours less than half a turn apart;
 *                changed
 *  @param pieces GEOSGeometry pointers, the caller's to destroy
 *  @return FALSE with FM_ERROR_DATA */
gboolean fm_outline_add(const FmGeos *geos, GArray *ring, GPtrArray *pieces, GError **error);

#endif
