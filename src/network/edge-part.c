/* Parts of edges as points.  Ratios are of the length; a segment is the geodesic between its
 * vertices, as it is for snapping and for lengths. */
#include "reach-internal.h"

#include <math.h>

/* Up to this length a straight line in longitude and latitude serves: half way it is off by
 * l² tan(latitude) / 8R, 4 mm at 40 degrees and 14 at 70. */
#define STRAIGHT_M 500.0

static void append_distinct(GArray *points, FmLonLat p)
{
    if (points->len > 0) {
        FmLonLat last = g_array_index(points, FmLonLat, points->len - 1);
        if (last.lon_deg == p.lon_deg && last.lat_deg == p.lat_deg)
            return;
    }
    g_array_append_val(points, p);
}

static FmLonLat between(FmLonLat a, FmLonLat b, double length_m, double t)
{
    if (t <= 0 || t >= 1)
        return t <= 0 ? a : b;
    if (length_m <= STRAIGHT_M) {
        /* Never the long way round the Earth. */
        double east_deg = remainder(b.lon_deg - a.lon_deg, 360);
        return (FmLonLat){a.lon_deg + t * east_deg, a.lat_deg + t * (b.lat_deg - a.lat_deg)};
    }
    double bearing_deg = 0, geodesic_m = fm_geodesic_inverse(a, b, &bearing_deg);
    FmLonLat at = fm_geodesic_direct(a, bearing_deg, t * geodesic_m);
    at.lon_deg = a.lon_deg + remainder(at.lon_deg - a.lon_deg, 360);
    return at;
}

/* The vertex at or before `at_m`, and how far between it and the next. */
static FmLonLat position_at(const FmEdge *edge, const double *along_m, double at_m)
{
    guint32 i = 0;
    while (i + 2 < edge->n_points && along_m[i + 1] <= at_m)
        i++;
    double length_m = along_m[i + 1] - along_m[i];
    double t = length_m > 0 ? CLAMP((at_m - along_m[i]) / length_m, 0, 1) : 0;
    return between(edge->points[i], edge->points[i + 1], length_m, t);
}

void fm_edge_append_part(const FmEdge *edge, double from_ratio, double to_ratio, GArray *points)
{
    g_autofree double *along_m = g_new(double, edge->n_points);
    along_m[0] = 0;
    for (guint32 i = 1; i < edge->n_points; i++)
        along_m[i] = along_m[i - 1] + edge->segment_m[i - 1];
    double whole_m = along_m[edge->n_points - 1];
    double from_m = from_ratio * whole_m, to_m = to_ratio * whole_m;
    append_distinct(points, position_at(edge, along_m, from_m));
    for (guint32 step = 0; step < edge->n_points; step++) {
        guint32 i = from_m <= to_m ? step : edge->n_points - 1 - step;
        if (from_m <= to_m ? along_m[i] > from_m && along_m[i] < to_m
                           : along_m[i] < from_m && along_m[i] > to_m)
            append_distinct(points, edge->points[i]);
    }
    append_distinct(points, position_at(edge, along_m, to_m));
}
