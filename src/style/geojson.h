/* The geometry that stands in an expression ("within", "distance") as GeoJSON. */
#ifndef FM_STYLE_GEOJSON_H
#define FM_STYLE_GEOJSON_H

#include "arena.h"

#include <facmap/geometry.h>
#include <json-glib/json-glib.h>

/* One geometry (RFC 7946, without collections), in the arena.  Rings are as they are written.
 * NULL when it is none: an unknown type, a position that is not two finite numbers, no
 * positions. */
const FmGeometry *fm__geojson_geometry(JsonNode *json, FmArena *arena);

/* All geometries of a geometry, a feature or a feature collection; in the arena.  NULL when one of
 * them is none. */
const FmGeometry **fm__geojson_geometries(JsonNode *json, FmArena *arena, gsize *n);

#endif
