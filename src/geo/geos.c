/* Geometry to GEOS and back. */
#include "geos-internal.h"

#include "geometry-internal.h"

/* ---- the handle ---- */

static void keep_message(const char *message, void *user)
{
    FmGeos *geos = user;

    g_free(geos->message);
    geos->message = g_strdup(message);
}

void fm_geos_init(FmGeos *geos)
{
    geos->message = NULL;
    geos->handle = GEOS_init_r();
    GEOSContext_setErrorMessageHandler_r(geos->handle, keep_message, geos);
}

void fm_geos_clear(FmGeos *geos)
{
    g_clear_pointer(&geos->handle, GEOS_finish_r);
    g_clear_pointer(&geos->message, g_free);
}

gboolean fm_geos_fail(const FmGeos *geos, const char *doing, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s failed: %s", doing,
                geos->message != NULL ? geos->message : "GEOS gives no reason");
    return FALSE;
}

/* ---- to GEOS ---- */

static GEOSCoordSequence *sequence_from_path(const FmGeos *geos, const FmGeometry *geometry,
                                             gsize path)
{
    gsize begin = fm_geometry_path_begin(geometry, path), end = geometry->path_end[path];

    G_STATIC_ASSERT(sizeof(FmLonLat) == 2 * sizeof(double));
    return GEOSCoordSeq_copyFromBuffer_r(geos->handle, &geometry->points[begin].lon_deg,
                                         (unsigned)(end - begin), 0, 0);
}

static GEOSGeometry *polygon_from_part(const FmGeos *geos, const FmGeometry *geometry, gsize part)
{
    gsize outer = fm_geometry_part_begin(geometry, part);
    gsize n_holes = geometry->part_end[part] - outer - 1;
    g_autofree GEOSGeometry **holes = g_new(GEOSGeometry *, n_holes);

    for (gsize i = 0; i < n_holes; i++) {
        holes[i] = GEOSGeom_createLinearRing_r(geos->handle,
                                               sequence_from_path(geos, geometry, outer + 1 + i));
    }
    GEOSGeometry *ring =
        GEOSGeom_createLinearRing_r(geos->handle, sequence_from_path(geos, geometry, outer));
    return GEOSGeom_createPolygon_r(geos->handle, ring, holes, (unsigned)n_holes);
}

static GEOSGeometry *geos_from_part(const FmGeos *geos, const FmGeometry *geometry, gsize part)
{
    gsize path = fm_geometry_part_begin(geometry, part);

    switch (fm_geometry_dimension(geometry)) {
    case 0:
        return GEOSGeom_createPoint_r(geos->handle, sequence_from_path(geos, geometry, path));
    case 1:
        return GEOSGeom_createLineString_r(geos->handle, sequence_from_path(geos, geometry, path));
    default:
        return polygon_from_part(geos, geometry, part);
    }
}

GEOSGeometry *fm_geos_from_geometry(const FmGeos *geos, const FmGeometry *geometry)
{
    if (!fm_geometry_type_is_multi(geometry->type)) {
        return geos_from_part(geos, geometry, 0);
    }
    g_autofree GEOSGeometry **parts = g_new(GEOSGeometry *, geometry->n_parts);
    for (gsize part = 0; part < geometry->n_parts; part++) {
        parts[part] = geos_from_part(geos, geometry, part);
    }
    /* GEOS numbers its types like OGC. */
    return GEOSGeom_createCollection_r(geos->handle, (int)geometry->type, parts,
                                       (unsigned)geometry->n_parts);
}

/* ---- from GEOS ---- */

/* Appends a path; `reverse` turns its direction. */
static void add_path(const FmGeos *geos, const GEOSGeometry *from, gboolean ring,
                     gboolean counter_clockwise, FmGeometryBuilder *builder)
{
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos->handle, from);
    unsigned n = 0;
    char is_ccw = 0;

    GEOSCoordSeq_getSize_r(geos->handle, sequence, &n);
    g_autofree FmLonLat *points = g_new(FmLonLat, n);
    GEOSCoordSeq_copyToBuffer_r(geos->handle, sequence, &points[0].lon_deg, 0, 0);
    gboolean turn = ring && GEOSCoordSeq_isCCW_r(geos->handle, sequence, &is_ccw) &&
                    (is_ccw != 0) != counter_clockwise;
    for (unsigned i = 0; i < n; i++) {
        fm_geometry_builder_point(builder, points[turn ? n - 1 - i : i]);
    }
    fm_geometry_builder_end_path(builder);
}

static void add_polygon(const FmGeos *geos, const GEOSGeometry *polygon, FmGeometryBuilder *builder)
{
    int n_holes = GEOSGetNumInteriorRings_r(geos->handle, polygon);

    add_path(geos, GEOSGetExteriorRing_r(geos->handle, polygon), TRUE, TRUE, builder);
    for (int i = 0; i < n_holes; i++) {
        add_path(geos, GEOSGetInteriorRingN_r(geos->handle, polygon, i), TRUE, FALSE, builder);
    }
}

static void add_members(const FmGeos *geos, const GEOSGeometry *from, guint dimension,
                        FmGeometryBuilder *builder)
{
    int type = GEOSGeomTypeId_r(geos->handle, from);

    if (GEOSisEmpty_r(geos->handle, from) != 0) {
        return;
    }
    if (type >= GEOS_MULTIPOINT) {
        int n = GEOSGetNumGeometries_r(geos->handle, from);
        for (int i = 0; i < n; i++) {
            add_members(geos, GEOSGetGeometryN_r(geos->handle, from, i), dimension, builder);
        }
    } else if ((guint)GEOSGeom_getDimensions_r(geos->handle, from) == dimension) {
        if (dimension == 2) {
            add_polygon(geos, from, builder);
        } else {
            add_path(geos, from, FALSE, FALSE, builder);
        }
        fm_geometry_builder_end_part(builder);
    }
}

FmGeometry *fm_geos_to_geometry(const FmGeos *geos, GEOSGeometry *result, guint dimension)
{
    g_auto(FmGeometryBuilder) builder;

    fm_geometry_builder_init(&builder);
    GEOSNormalize_r(geos->handle, result);
    add_members(geos, result, dimension, &builder);
    gsize n_parts = builder.n_parts;
    if (n_parts == 0) {
        return NULL;
    }
    return fm_geometry_builder_finish(&builder, fm_geometry_type_of(dimension, n_parts > 1));
}

/* ---- shared work ---- */

gboolean fm_geos_check_valid(const FmGeos *geos, const GEOSGeometry *polygon, const char *context,
                             GError **error)
{
    char *reason = NULL;
    GEOSGeometry *location = NULL;
    double lon_deg = 0, lat_deg = 0;
    char valid = GEOSisValidDetail_r(geos->handle, polygon, 0, &reason, &location);

    if (location != NULL) {
        GEOSGeomGetX_r(geos->handle, location, &lon_deg);
        GEOSGeomGetY_r(geos->handle, location, &lat_deg);
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%sthe geometry is not valid: %s at %.5f, %.5f",
                    context, reason, lon_deg, lat_deg);
    } else if (valid != 1) {
        fm_geos_fail(geos, "checking the geometry", error);
    }
    GEOSGeom_destroy_r(geos->handle, location);
    GEOSFree_r(geos->handle, reason);
    return valid == 1;
}

FmGeometry *fm_geos_unite(const FmGeos *geos, GPtrArray *pieces, GError **error)
{
    if (pieces->len == 0) {
        return NULL;
    }
    GEOSGeometry *all = GEOSGeom_createCollection_r(
        geos->handle, GEOS_GEOMETRYCOLLECTION, (GEOSGeometry **)(void *)pieces->pdata, pieces->len);
    g_ptr_array_set_size(pieces, 0);
    GEOSGeometry *united = GEOSUnaryUnion_r(geos->handle, all);
    FmGeometry *geometry = NULL;

    if (united == NULL) {
        fm_geos_fail(geos, "uniting polygons", error);
    } else {
        geometry = fm_geos_to_geometry(geos, united, 2);
    }
    GEOSGeom_destroy_r(geos->handle, united);
    GEOSGeom_destroy_r(geos->handle, all);
    return geometry;
}
