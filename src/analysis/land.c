/* The area of shapes with very many short edges.  The area between an edge and the equator is that
 * of a trapezium, its sides the areas below parallels (Snyder 1987, doi:10.3133/pp1395, eq. 3-12):
 * a sine and a logarithm a vertex, where the geodesic wants an iteration. */
#include "analysis-internal.h"

#include <math.h>

#define WGS84_A_M 6378137.0
#define WGS84_E2 0.00669437999014131699614

/* Edges at most this long leave the geodesic by a few millimetres, and by less than 0.2 m2 below a
 * latitude of 60 degrees, outwards on one side of a shape as inwards on the other. */
#define MAX_EDGE_M 200.0
#define MAX_LAT_DEG 85.0 /* further out the sides of a trapezium are no lines any more */

#define LEAST_DEGREE_M 110574.0

/* From the equator to a parallel, m2 a radian of longitude.  The inverse hyperbolic tangent of e s,
 * divided by e s, is the series 1 + q/3 + q2/5 ...; what is left out of it is below 5e-17. */
static double below_m2(double lat_deg)
{
    double s = sin(lat_deg * (G_PI / 180)), q = WGS84_E2 * s * s;
    double series =
        1 + q * (1. / 3 + q * (1. / 5 + q * (1. / 7 + q * (1. / 9 + q * (1. / 11 + q / 13)))));
    return WGS84_A_M * WGS84_A_M * (1 - WGS84_E2) / 2 * s * (1 / (1 - q) + series);
}

static double short_edge_m2(FmLonLat a, double a_below_m2, FmLonLat b, double b_below_m2)
{
    double east_deg = b.lon_deg - a.lon_deg;
    if (fabs(east_deg) > 180)
        east_deg = remainder(east_deg, 360);
    return east_deg * (G_PI / 180) * (a_below_m2 + b_below_m2) / 2;
}

/* By short edges along the geodesic. */
static double long_edge_m2(FmLonLat a, FmLonLat b)
{
    double bearing_deg = 0, length_m = fm_geodesic_inverse(a, b, &bearing_deg), sum_m2 = 0;
    gsize n = (gsize)fmax(ceil(length_m / MAX_EDGE_M), 1);
    FmLonLat from = a;
    for (gsize i = 1; i <= n; i++) {
        double along_m = length_m * (double)i / (double)n;
        FmLonLat to = i < n ? fm_geodesic_direct(a, bearing_deg, along_m) : b;
        sum_m2 += short_edge_m2(from, below_m2(from.lat_deg), to, below_m2(to.lat_deg));
        from = to;
    }
    return sum_m2;
}

static double ring_m2(const FmLonLat *points, gsize n)
{
    double sum_m2 = 0, before_m2 = below_m2(points[0].lat_deg);
    for (gsize i = 1; i < n; i++) {
        FmLonLat a = points[i - 1], b = points[i];
        double here_m2 = below_m2(b.lat_deg);
        /* Degrees are enough to see that most edges are short. */
        gboolean is_short =
            fabs(b.lon_deg - a.lon_deg) + fabs(b.lat_deg - a.lat_deg) < MAX_EDGE_M / LEAST_DEGREE_M;
        sum_m2 += is_short ? short_edge_m2(a, before_m2, b, here_m2) : long_edge_m2(a, b);
        before_m2 = here_m2;
    }
    return fabs(sum_m2);
}

double fm_land_area_m2(const FmGeometry *geometry)
{
    FmExtent extent = fm_geometry_extent(geometry);
    if (fmax(extent.north_deg, -extent.south_deg) > MAX_LAT_DEG)
        return fm_geodesic_area_m2(geometry);
    double total_m2 = 0;
    for (gsize part = 0, path = 0; part < geometry->n_parts; part++)
        for (gboolean outer = TRUE; path < geometry->part_end[part]; path++, outer = FALSE) {
            gsize begin = path > 0 ? geometry->path_end[path - 1] : 0;
            double m2 = ring_m2(geometry->points + begin, geometry->path_end[path] - begin);
            total_m2 += outer ? m2 : -m2;
        }
    return total_m2;
}
