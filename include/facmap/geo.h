/** @file geo.h
 *  The Earth: coordinate systems (PROJ, and the Chinese web offsets GCJ-02 and BD-09), geodesics on
 *  the WGS 84 ellipsoid, indexes that answer exactly in geodesic metres, and polygon work (GEOS).
 *
 *  Straight-line distance everywhere in facmap is geodesic distance on the ellipsoid
 *  (Karney 2013, doi:10.1007/s00190-012-0578-z), never degrees and never Web Mercator.
 *
 *  Threads: indexes are immutable after `_new` and safe to share.  An FmTransform belongs to one
 *  thread (it owns its PJ_CONTEXT); make one per thread. */
#ifndef FACMAP_GEO_H
#define FACMAP_GEO_H

#include <facmap/geometry.h>

G_BEGIN_DECLS

/* ---- coordinate systems ----------------------------------------------------------------- */

typedef struct FmCrs FmCrs;
typedef struct FmTransform FmTransform;

/** A coordinate system from anything PROJ takes ("EPSG:4548", WKT, PROJJSON, a PROJ string), or
 *  "GCJ-02" / "BD-09" (any case, dash optional).  Axis order is always longitude or easting first.
 *  @return transfer full (fm_crs_free); NULL with FM_ERROR_CRS */
FM_API FmCrs *fm_crs_new(const char *definition, GError **error);
FM_API FmCrs *fm_crs_copy(const FmCrs *crs);
FM_API void fm_crs_free(FmCrs *crs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCrs, fm_crs_free)

/** As it was asked for ("EPSG:4548", "GCJ-02"); borrowed, lives as long as the CRS. */
FM_API const char *fm_crs_definition(const FmCrs *crs);
/** For people ("CGCS2000 / 3-degree Gauss-Kruger CM 117E"); borrowed. */
FM_API const char *fm_crs_name(const FmCrs *crs);
FM_API gboolean fm_crs_is_geographic(const FmCrs *crs);
/** EPSG code, or 0 when it has none. */
FM_API int fm_crs_epsg(const FmCrs *crs);
/** WKT 1 (GDAL flavour), for world files and PNG text.  @return transfer full (g_free); NULL for
 *  GCJ-02 and BD-09, which have none */
FM_API char *fm_crs_to_wkt(const FmCrs *crs);
/** Area of use in degrees; beyond 180 in the east where it crosses the antimeridian.
 *  @return FALSE when it is not known */
FM_API gboolean fm_crs_area_of_use(const FmCrs *crs, FmExtent *out);

/** The projected CRS to draw and measure a city in: where a CGCS2000 3-degree zone is defined for
 *  the extent's centre that (EPSG:4534 … 4554), else the UTM zone on WGS 84 (EPSG:326xx / 327xx).
 *  @return transfer full (fm_crs_free); NULL with FM_ERROR_CRS for an empty or invalid extent */
FM_API FmCrs *fm_crs_for_extent(const FmExtent *extent, GError **error);

/** @return transfer full (fm_transform_free); NULL with FM_ERROR_CRS */
FM_API FmTransform *fm_transform_new(const FmCrs *from, const FmCrs *to, GError **error);
/** The same, for use on another thread.  To find a transformation takes PROJ some 50 ms, to copy
 *  one hardly any.  @return transfer full (fm_transform_free); NULL with FM_ERROR_CRS */
FM_API FmTransform *fm_transform_copy(const FmTransform *transform, GError **error);
/** The way back, as cheap as a copy.
 *  @return transfer full (fm_transform_free); NULL with FM_ERROR_CRS */
FM_API FmTransform *fm_transform_inverse(const FmTransform *transform, GError **error);
FM_API void fm_transform_free(FmTransform *transform);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTransform, fm_transform_free)

/** Transform `n` coordinate pairs in place (degrees or metres, x/lon first).
 *  @return FALSE with FM_ERROR_CRS naming the first bad index and coordinate: not finite, outside
 *          what the projection can do; `xy` is then unspecified */
FM_API gboolean fm_transform_apply(const FmTransform *transform, double (*xy)[2], gsize n,
                                   GError **error);

/** GCJ-02 and BD-09, both ways.  Reverse-engineered, not official: "approximate" wherever shown.
 *  Constants: Krasovsky 1940 a = 6378245 m, e2 = 0.00669342162296594323.  Forward is identity
 *  outside lon 72.004 … 137.8347, lat 0.8293 … 55.8271.  Inverses are fixed-point iterations to
 *  1e-12 degrees.  Degrees in and out. */
FM_API FmLonLat fm_gcj02_from_wgs84(FmLonLat wgs84);
FM_API FmLonLat fm_gcj02_to_wgs84(FmLonLat gcj02);
FM_API FmLonLat fm_bd09_from_gcj02(FmLonLat gcj02);
FM_API FmLonLat fm_bd09_to_gcj02(FmLonLat bd09);

/* ---- geodesics -------------------------------------------------------------------------- */

/** Geodesic distance, metres.  Karney (2013). */
FM_API double fm_geodesic_distance_m(FmLonLat a, FmLonLat b);
/** Distance and initial azimuth at `a`, degrees clockwise from north in [0, 360); 0 for a == b.
 *  @param[out] bearing_deg may be NULL */
FM_API double fm_geodesic_inverse(FmLonLat a, FmLonLat b, double *bearing_deg);
/** The position `distance_m` from `from` along `bearing_deg`. */
FM_API FmLonLat fm_geodesic_direct(FmLonLat from, double bearing_deg, double distance_m);
/** Area of a polygon whose edges are geodesics, holes subtracted, m2, >= 0; what its rings enclose
 *  on the map from 180 W to 180 E, also where that is more than half of the Earth; 0 for points and
 *  lines. */
FM_API double fm_geodesic_area_m2(const FmGeometry *geometry);
/** Length of a line's, or a polygon's rings', geodesic edges, m; 0 for points. */
FM_API double fm_geodesic_length_m(const FmGeometry *geometry);

/** The nearest position to `p` on the geodesic segment a-b and its distance.  Iterates the foot of
 *  the perpendicular along the geodesic (Baselga & Martínez-Llario 2018,
 *  doi:10.1007/s11200-017-1020-z): exact to well under a millimetre.  At an end of the segment the
 *  distance is that of fm_geodesic_distance_m to the bit.
 *  @param[out] nearest may be NULL
 *  @return metres */
FM_API double fm_geodesic_point_segment_m(FmLonLat p, FmLonLat a, FmLonLat b, FmLonLat *nearest);

/* ---- indexes ---------------------------------------------------------------------------- */

/** One answer of an index. */
typedef struct {
    gsize index;       /**< position in the array the index was made of; G_MAXSIZE = none */
    double distance_m; /**< geodesic */
} FmNeighbour;

/** A k-d tree on earth-centred coordinates.  The straight chord is never longer than the geodesic,
 *  so pruning by chord is exact; every candidate is then measured with Karney's geodesic.  Bentley
 *  (1975), doi:10.1145/361002.361007. */
typedef struct FmPointIndex FmPointIndex;

/** @param points borrowed for the call; lon/lat degrees, finite.  n may be 0.
 *  @return transfer full (fm_point_index_free).  O(n log n) */
FM_API FmPointIndex *fm_point_index_new(const FmLonLat *points, gsize n);
FM_API void fm_point_index_free(FmPointIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPointIndex, fm_point_index_free)

/** The `k` nearest points, ascending by (distance_m, index).
 *  @param max_distance_m only points at or below it; INFINITY for all
 *  @param[out] out caller's, k long
 *  @return how many were written, <= k */
FM_API gsize fm_point_index_nearest(const FmPointIndex *index, FmLonLat origin, gsize k,
                                    double max_distance_m, FmNeighbour *out);

/** Every point with distance_m <= radius_m, ascending by index, appended to `out` (GArray of
 *  FmNeighbour, borrowed, not cleared). */
FM_API void fm_point_index_within(const FmPointIndex *index, FmLonLat origin, double radius_m,
                                  GArray *out);

/** A point and the first of several radii that reaches it. */
typedef struct {
    gsize index; /**< position in the array the index was made of */
    gsize band;  /**< the least b with distance_m <= radii_m[b] */
} FmBand;

/** Every point within the last of `radii_m`, with its band, appended to `out` (GArray of FmBand,
 *  borrowed, not cleared) in an order that depends on the index alone.  The same points as
 *  fm_point_index_within finds, many times faster: a geodesic is only measured where the chord
 *  leaves the band open.
 *  @param radii_m n, ascending, n >= 1 */
FM_API void fm_point_index_bands(const FmPointIndex *index, FmLonLat origin, const double *radii_m,
                                 gsize n, GArray *out);

/** Distances from points to arbitrary geometries: 0 inside a polygon, else to the nearest geodesic
 *  edge, so that lines and areas can be targets.  Distances know no antimeridian; what contains a
 *  position is asked of longitudes as they stand, so a polygon across it is to be cut in two there
 *  (RFC 7946, 3.1.9). */
typedef struct FmGeometryIndex FmGeometryIndex;

/** @param geometries borrowed for the call; NULL members never match
 *  @return transfer full (fm_geometry_index_free) */
FM_API FmGeometryIndex *fm_geometry_index_new(const FmGeometry *const *geometries, gsize n);
FM_API void fm_geometry_index_free(FmGeometryIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmGeometryIndex, fm_geometry_index_free)

/** As fm_point_index_nearest.  @param[out] nearest k positions on the geometries, may be NULL */
FM_API gsize fm_geometry_index_nearest(const FmGeometryIndex *index, FmLonLat origin, gsize k,
                                       double max_distance_m, FmNeighbour *out, FmLonLat *nearest);
/** As fm_point_index_within. */
FM_API void fm_geometry_index_within(const FmGeometryIndex *index, FmLonLat origin, double radius_m,
                                     GArray *out);
/** Index of the first polygon (lowest index) that contains `p`, border included; G_MAXSIZE when
 *  none. Edges are straight in longitude/latitude, as GIS files mean them. */
FM_API gsize fm_geometry_index_containing(const FmGeometryIndex *index, FmLonLat p);

/* ---- buffers and overlay ---------------------------------------------------------------- */

/** The greatest radius, m: strips and circles must stay well inside a hemisphere to be simple
 *  outlines. */
#define FM_BUFFER_MAX_M 5e6

/** Everything within `radius_m` of the geometry.  Vertices of the outline are computed by direct
 *  geodesics and lie exactly at the radius; between them it runs straight in longitude and
 *  latitude, within 1e-4 of the radius along edges and within a facet of a regular polygon with
 *  `4 * quad_segments` sides around vertices.  Cut at the antimeridian, closed over a pole.
 *  @param radius_m      above 0, at most FM_BUFFER_MAX_M
 *  @param quad_segments vertices a quarter circle, >= 2; 0 = 32
 *  @return transfer full; NULL with FM_ERROR_DATA (invalid geometry, impossible radius or
 *  latitude) */
FM_API FmGeometry *fm_geometry_buffer(const FmGeometry *geometry, double radius_m,
                                      guint quad_segments, GError **error);

/** Union of many polygons.  @param geometries borrowed; NULL members are skipped
 *  @return transfer full, (multi)polygon; NULL without an error when there is nothing to unite;
 *          NULL with FM_ERROR_DATA when one is invalid */
FM_API FmGeometry *fm_geometry_union(const FmGeometry *const *geometries, gsize n, GError **error);

/** a ∩ b and a − b, polygons with polygons, or lines/points (a) with polygons (b).
 *  @return transfer full; NULL without an error when empty; NULL with FM_ERROR_DATA */
FM_API FmGeometry *fm_geometry_intersection(const FmGeometry *a, const FmGeometry *b,
                                            GError **error);
FM_API FmGeometry *fm_geometry_difference(const FmGeometry *a, const FmGeometry *b, GError **error);

/** Is it valid in the OGC sense?  @return FALSE with FM_ERROR_DATA: reason and position */
FM_API gboolean fm_geometry_validate(const FmGeometry *geometry, GError **error);

/** A position inside the polygon (on the line, among the points): a safe label or access point. */
FM_API FmLonLat fm_geometry_point_on_surface(const FmGeometry *geometry);

G_END_DECLS
#endif
