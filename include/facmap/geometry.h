/** @file geometry.h
 *  The one geometry type that modules hand to each other: flat arrays, longitude first, two
 *  dimensions.  Libraries' own geometry types (GEOS, OGR, SpatiaLite) never cross a module border;
 *  WKB does, through the functions here.
 *
 *  Not thread-safe to modify; safe to read from many threads. */
#ifndef FACMAP_GEOMETRY_H
#define FACMAP_GEOMETRY_H

#include <facmap/core.h>

G_BEGIN_DECLS

/** A geographic position, degrees, longitude first. */
typedef struct {
    double lon_deg, lat_deg;
} FmLonLat;

/** A position in a projected CRS, metres, easting first. */
typedef struct {
    double x_m, y_m;
} FmXY;

/** Geographic bounds in degrees.  Empty when west_deg > east_deg. */
typedef struct {
    double west_deg, south_deg, east_deg, north_deg;
} FmExtent;

/** The codes of OGC simple features. */
typedef enum {
    FM_GEOMETRY_NONE = 0, /**< a table without geometry */
    FM_GEOMETRY_POINT = 1,
    FM_GEOMETRY_LINESTRING = 2,
    FM_GEOMETRY_POLYGON = 3,
    FM_GEOMETRY_MULTIPOINT = 4,
    FM_GEOMETRY_MULTILINESTRING = 5,
    FM_GEOMETRY_MULTIPOLYGON = 6,
    FM_GEOMETRY_ANY = 7, /**< a column that mixes types (GEOMETRY); never the type of one value */
} FmGeometryType;

/** One geometry.  Points are stored path after path; a *path* is a point, a line or a ring.
 *  Path p holds points path_end[p-1] … path_end[p]-1 (path_end[-1] = 0).  Part q (a polygon with
 *  its holes; of points and lines one path a part) holds paths part_end[q-1] … part_end[q]-1, the
 *  first being the outer ring.  Rings repeat their first point at the end.  A geometry is never
 *  empty.  All arrays belong to the geometry and may lie in one block with it, so that none may be
 *  freed or replaced by itself. */
typedef struct {
    FmGeometryType type; /**< POINT … MULTIPOLYGON */
    gsize n_points, n_paths, n_parts;
    FmLonLat *points;
    gsize *path_end;
    gsize *part_end;
} FmGeometry;

/** @return transfer full (fm_geometry_free) */
FM_API FmGeometry *fm_geometry_new_point(FmLonLat position);

/** A line, or a polygon of one ring (closed here when it is not), from `n` points.
 *  @param type   FM_GEOMETRY_LINESTRING (n >= 2) or FM_GEOMETRY_POLYGON (n >= 3, or 4 when closed)
 *  @param points borrowed, copied
 *  @return transfer full (fm_geometry_free) */
FM_API FmGeometry *fm_geometry_new_path(FmGeometryType type, const FmLonLat *points, gsize n);

/** @return transfer full (fm_geometry_free) */
FM_API FmGeometry *fm_geometry_copy(const FmGeometry *geometry);
FM_API void fm_geometry_free(FmGeometry *geometry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmGeometry, fm_geometry_free)

/** Read OGC WKB, ISO WKB or EWKB of either byte order; Z and M are dropped.  A geometry collection
 *  is accepted when its members are of one dimension.  Bounds are checked: any bytes are safe.
 *  Empty members are dropped; a geometry that is empty altogether, an open ring, or a coordinate
 *  that is not finite is an error.
 *  @return transfer full; NULL with FM_ERROR_PARSE (byte offset in the message) or
 *          FM_ERROR_UNSUPPORTED (curves, mixed collections, TINs) */
FM_API FmGeometry *fm_geometry_from_wkb(const guint8 *wkb, gsize size, GError **error);

/** Read WKT ("POINT (116.4 39.9)") by the same rules; the message has the character's position.
 *  @return transfer full; NULL with FM_ERROR_PARSE or FM_ERROR_UNSUPPORTED */
FM_API FmGeometry *fm_geometry_from_wkt(const char *wkt, GError **error);

/** Little-endian OGC WKB.  @return transfer full (g_bytes_unref) */
FM_API GBytes *fm_geometry_to_wkb(const FmGeometry *geometry);

/** Number of dimensions of the geometry itself: 0 points, 1 lines, 2 polygons. */
FM_API guint fm_geometry_dimension(const FmGeometry *geometry);

/** Upper-case OGC name of a type ("MULTIPOLYGON", "GEOMETRY"); static storage. */
FM_API const char *fm_geometry_type_name(FmGeometryType type);

/** The smallest type that holds both: the same, the multi of both, or FM_GEOMETRY_ANY. */
FM_API FmGeometryType fm_geometry_type_union(FmGeometryType a, FmGeometryType b);

/** Bounds without a thought to the antimeridian: min and max of the coordinates. */
FM_API FmExtent fm_geometry_extent(const FmGeometry *geometry);

/** The extent that contains nothing; unite it with others. */
FM_API FmExtent fm_extent_empty(void);
FM_API gboolean fm_extent_is_empty(const FmExtent *extent);
FM_API FmExtent fm_extent_union(FmExtent a, FmExtent b);

G_END_DECLS
#endif
