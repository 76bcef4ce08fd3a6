/* Polygon overlay through GEOS, whose OverlayNG falls back to snapping when rounding would break
 * it. Inputs are checked first: an invalid polygon gives a plausible but wrong answer otherwise. */
#include "geometry-internal.h"
#include "geos-internal.h"

#include <facmap/geo.h>

static GEOSGeometry *checked(const FmGeos *geos, const FmGeometry *geometry, const char *context,
                             GError **error)
{
    GEOSGeometry *converted = fm_geos_from_geometry(geos, geometry);

    if (!fm_geos_check_valid(geos, converted, context, error)) {
        GEOSGeom_destroy_r(geos->handle, converted);
        return NULL;
    }
    return converted;
}

gboolean fm_geometry_validate(const FmGeometry *geometry, GError **error)
{
    g_auto(FmGeos) geos;

    fm_geos_init(&geos);
    GEOSGeometry *converted = checked(&geos, geometry, "", error);
    GEOSGeom_destroy_r(geos.handle, converted);
    return converted != NULL;
}

static void destroy_pieces(const FmGeos *geos, GPtrArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++) {
        GEOSGeom_destroy_r(geos->handle, pieces->pdata[i]);
    }
}

FmGeometry *fm_geometry_union(const FmGeometry *const *geometries, gsize n, GError **error)
{
    g_auto(FmGeos) geos;
    g_autoptr(GPtrArray) pieces = g_ptr_array_new();

    fm_geos_init(&geos);
    for (gsize i = 0; i < n; i++) {
        if (geometries[i] == NULL) {
            continue;
        }
        g_autofree char *context = g_strdup_printf("polygon %" G_GSIZE_FORMAT ": ", i);
        GEOSGeometry *piece = checked(&geos, geometries[i], context, error);
        if (piece == NULL) {
            destroy_pieces(&geos, pieces);
            return NULL;
        }
        g_ptr_array_add(pieces, piece);
    }
    return fm_geos_unite(&geos, pieces, error);
}

typedef GEOSGeometry *(*Operation)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);

static FmGeometry *overlay(Operation operation, const char *doing, const FmGeometry *a,
                           const FmGeometry *b, GError **error)
{
    g_auto(FmGeos) geos;
    FmGeometry *geometry = NULL;

    fm_geos_init(&geos);
    GEOSGeometry *left = checked(&geos, a, "first operand: ", error);
    GEOSGeometry *right = left != NULL ? checked(&geos, b, "second operand: ", error) : NULL;
    if (right != NULL) {
        GEOSGeometry *result = operation(geos.handle, left, right);
        if (result == NULL) {
            fm_geos_fail(&geos, doing, error);
        } else {
            /* Polygons that only touch leave lines and points, which are no area. */
            geometry = fm_geos_to_geometry(&geos, result, fm_geometry_dimension(a));
        }
        GEOSGeom_destroy_r(geos.handle, result);
    }
    GEOSGeom_destroy_r(geos.handle, left);
    GEOSGeom_destroy_r(geos.handle, right);
    return geometry;
}

FmGeometry *fm_geometry_intersection(const FmGeometry *a, const FmGeometry *b, GError **error)
{
    return overlay(GEOSIntersection_r, "intersecting polygons", a, b, error);
}

FmGeometry *fm_geometry_difference(const FmGeometry *a, const FmGeometry *b, GError **error)
{
    return overlay(GEOSDifference_r, "subtracting a polygon", a, b, error);
}

FmLonLat fm_geometry_point_on_surface(const FmGeometry *geometry)
{
    g_auto(FmGeos) geos;
    FmLonLat inside = geometry->points[0];

    /* GEOS refuses some invalid polygons; a vertex is then the best there is. */
    fm_geos_init(&geos);
    GEOSGeometry *converted = fm_geos_from_geometry(&geos, geometry);
    GEOSGeometry *point = GEOSPointOnSurface_r(geos.handle, converted);
    if (point != NULL && GEOSisEmpty_r(geos.handle, point) == 0) {
        GEOSGeomGetX_r(geos.handle, point, &inside.lon_deg);
        GEOSGeomGetY_r(geos.handle, point, &inside.lat_deg);
    }
    GEOSGeom_destroy_r(geos.handle, point);
    GEOSGeom_destroy_r(geos.handle, converted);
    return inside;
}
