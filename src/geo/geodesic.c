/* Geodesics on WGS 84: Karney (2013), doi:10.1007/s00190-012-0578-z, as PROJ implements him. */
#include "ellipsoid-internal.h"
#include "geometry-internal.h"

#include <facmap/geo.h>
#include <math.h>

/* A little less than 60 by 360 degrees. */
#define HALF_EARTH_DEG2 21000.0

double fm_geodesic_distance_m(FmLonLat a, FmLonLat b)
{
    double distance_m = 0;

    geod_inverse(fm_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance_m, NULL, NULL);
    return distance_m;
}

double fm_geodesic_inverse(FmLonLat a, FmLonLat b, double *bearing_deg)
{
    double distance_m = 0, azimuth_deg = 0;

    geod_inverse(fm_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance_m, &azimuth_deg,
                 NULL);
    if (bearing_deg != NULL) {
        double turned_deg = azimuth_deg < 0 ? azimuth_deg + 360 : azimuth_deg;
        /* A tiny negative azimuth rounds up to 360; coincident points have no direction. */
        *bearing_deg = turned_deg >= 360 || distance_m == 0 ? 0 : turned_deg;
    }
    return distance_m;
}

FmLonLat fm_geodesic_direct(FmLonLat from, double bearing_deg, double distance_m)
{
    FmLonLat to;

    geod_direct(fm_wgs84(), from.lat_deg, from.lon_deg, bearing_deg, distance_m, &to.lat_deg,
                &to.lon_deg, NULL);
    return to;
}

/* Length and signed area of points begin … end-1; a ring repeats its first point at the end. */
static double measure_path(const FmGeometry *geometry, gsize path, gboolean ring, double *area_m2)
{
    struct geod_polygon polygon;
    gsize begin = fm_geometry_path_begin(geometry, path), end = geometry->path_end[path];
    double length_m = 0;

    geod_polygon_init(&polygon, !ring);
    for (gsize i = begin; i < (ring ? end - 1 : end); i++) {
        geod_polygon_addpoint(fm_wgs84(), &polygon, geometry->points[i].lat_deg,
                              geometry->points[i].lon_deg);
    }
    geod_polygon_compute(fm_wgs84(), &polygon, 0, 1, area_m2, &length_m);
    return length_m;
}

/* What a ring encloses on the map, square degrees, > 0 when it runs anticlockwise.  An edge that
 * leaps over half of the map crosses the antimeridian, unless it runs along a pole. */
static double map_area_deg2(const FmLonLat *points, gsize n)
{
    double sum_deg2 = 0;

    for (gsize i = 1; i < n; i++) {
        FmLonLat a = points[i - 1], b = points[i];
        double east_deg = b.lon_deg - a.lon_deg;
        gboolean at_pole = fabs(a.lat_deg) == 90 && a.lat_deg == b.lat_deg;
        if (fabs(east_deg) > 180 && !at_pole) {
            east_deg = remainder(east_deg, 360);
        }
        sum_deg2 -= east_deg * (a.lat_deg + b.lat_deg) / 2;
    }
    return sum_deg2;
}

/* The smaller of the two parts that a ring makes of the Earth is the inside, as a rule.  Half of
 * the Earth takes no less of the map than the belt from 30 S to 30 N; a ring with more inside may
 * enclose the larger part, and there its direction decides. */
static double ring_area_m2(const FmGeometry *geometry, gsize path)
{
    gsize begin = fm_geometry_path_begin(geometry, path);
    double area_m2 = 0, earth_m2 = 0;
    double map_deg2 = map_area_deg2(geometry->points + begin, geometry->path_end[path] - begin);

    measure_path(geometry, path, TRUE, &area_m2);
    if (fabs(map_deg2) < HALF_EARTH_DEG2 || (area_m2 > 0) == (map_deg2 > 0)) {
        return fabs(area_m2);
    }
    geod_polygonarea(fm_wgs84(), (double[]){0, 0, 0}, (double[]){0, 120, -120}, 3, &earth_m2, NULL);
    return 2 * fabs(earth_m2) - fabs(area_m2);
}

double fm_geodesic_area_m2(const FmGeometry *geometry)
{
    double total_m2 = 0;

    if (fm_geometry_dimension(geometry) != 2) {
        return 0;
    }
    for (gsize part = 0; part < geometry->n_parts; part++) {
        gsize outer = fm_geometry_part_begin(geometry, part);
        double part_m2 = 0;
        for (gsize path = outer; path < geometry->part_end[part]; path++) {
            double ring_m2 = ring_area_m2(geometry, path);
            part_m2 += path == outer ? ring_m2 : -ring_m2;
        }
        total_m2 += MAX(part_m2, 0);
    }
    return total_m2;
}

double fm_geodesic_length_m(const FmGeometry *geometry)
{
    guint dimension = fm_geometry_dimension(geometry);
    double total_m = 0;

    for (gsize path = 0; dimension > 0 && path < geometry->n_paths; path++) {
        total_m += measure_path(geometry, path, dimension == 2, NULL);
    }
    return total_m;
}
