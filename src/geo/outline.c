/* Longitudes are first unrolled: each follows its predecessor by the shorter way, beyond 180 if
 * need be.  A ring that does not come back to its first longitude has gone round a pole.  What lies
 * beyond the antimeridian is then cut off and moved by a full turn (as RFC 7946, section 3.1.9,
 * asks). */
#include "outline.h"

#include <math.h>

/* `lon_deg` by whole turns to within half a turn of `near_deg`. */
static double unrolled(double lon_deg, double near_deg)
{
    return lon_deg + 360 * round((near_deg - lon_deg) / 360);
}

/* Unrolls the ring, and leads it over the pole it encloses. */
static void unroll(GArray *ring)
{
    FmLonLat *points = &g_array_index(ring, FmLonLat, 0);
    FmLonLat first = points[0];

    for (guint i = 1; i < ring->len; i++) {
        points[i].lon_deg = unrolled(points[i].lon_deg, points[i - 1].lon_deg);
    }
    double end_deg = unrolled(first.lon_deg, points[ring->len - 1].lon_deg);
    if (fabs(end_deg - first.lon_deg) > 180) {
        double pole_deg = first.lat_deg >= 0 ? 90 : -90;
        FmLonLat over[] = {
            {end_deg, first.lat_deg}, {end_deg, pole_deg}, {first.lon_deg, pole_deg}};
        g_array_append_vals(ring, over, G_N_ELEMENTS(over));
    }
    first = g_array_index(ring, FmLonLat, 0);
    g_array_append_val(ring, first);
}

static GEOSGeometry *polygon_new(const FmGeos *geos, const GArray *closed_ring)
{
    GEOSCoordSequence *sequence = GEOSCoordSeq_copyFromBuffer_r(
        geos->handle, (const double *)(const void *)closed_ring->data, closed_ring->len, 0, 0);

    return GEOSGeom_createPolygon_r(geos->handle,
                                    GEOSGeom_createLinearRing_r(geos->handle, sequence), NULL, 0);
}

static int shift_west(double *x, double *y, void *user)
{
    (void)y;
    *x -= *(const double *)user;
    return 1;
}

/* The part of the polygon in one turn of the Earth, moved to the map. */
static GEOSGeometry *cut(const FmGeos *geos, const GEOSGeometry *polygon, double turn_deg)
{
    GEOSGeometry *window =
        GEOSGeom_createRectangle_r(geos->handle, turn_deg - 180, -90, turn_deg + 180, 90);
    GEOSGeometry *inside = GEOSIntersection_r(geos->handle, polygon, window);
    GEOSGeometry *moved = NULL;

    if (inside != NULL) {
        moved = GEOSGeom_transformXY_r(geos->handle, inside, shift_west, &turn_deg);
    }
    GEOSGeom_destroy_r(geos->handle, window);
    GEOSGeom_destroy_r(geos->handle, inside);
    return moved;
}

gboolean fm_outline_add(const FmGeos *geos, GArray *ring, GPtrArray *pieces, GError **error)
{
    double west_deg = INFINITY, east_deg = -INFINITY;

    unroll(ring);
    for (guint i = 0; i < ring->len; i++) {
        west_deg = MIN(west_deg, g_array_index(ring, FmLonLat, i).lon_deg);
        east_deg = MAX(east_deg, g_array_index(ring, FmLonLat, i).lon_deg);
    }
    GEOSGeometry *polygon = polygon_new(geos, ring);
    if (west_deg >= -180 && east_deg <= 180) {
        g_ptr_array_add(pieces, polygon);
        return TRUE;
    }

    gboolean ok = TRUE;
    int first_turn = (int)floor((west_deg + 180) / 360);
    int last_turn = (int)ceil((east_deg + 180) / 360);
    for (int turn = first_turn; ok && turn < last_turn; turn++) {
        GEOSGeometry *piece = cut(geos, polygon, 360.0 * turn);
        ok = piece != NULL;
        if (ok) {
            g_ptr_array_add(pieces, piece);
        }
    }
    GEOSGeom_destroy_r(geos->handle, polygon);
    return ok || fm_geos_fail(geos, "cutting a polygon at the antimeridian", error);
}
