/* The nearest position on a geodesic segment.
 *
 * From a position X on the segment, take the foot of the perpendicular as it would be on a sphere,
 * go there along the true geodesic, and repeat (Baselga & Martínez-Llario 2018,
 * doi:10.1007/s11200-017-1020-z).  On the sphere one step is exact; on the ellipsoid a step leaves
 * an error of the order f·(d/R)² of itself, so two or three steps reach nanometres within a
 * city. */
#include "ellipsoid-internal.h"

#include <facmap/geo.h>
#include <math.h>

/* The mean radius (2a + b) / 3; the result does not depend on it, only the number of steps. */
#define RADIUS_M ((2 * FM_WGS84_A_M + FM_WGS84_B_M) / 3)

/* Leaves at most this much, and a hundred-millionth of it where p is a metre or more away; rounding
 * in the geodesic routines is a few nanometres. */
#define STEP_TOLERANCE_M 1e-7
#define MAX_STEPS 30

/* Beyond a quarter of the Earth the distance along a segment has a maximum, not a minimum. */
#define QUARTER_M (G_PI / 2 * FM_WGS84_B_M)

typedef struct {
    struct geod_geodesicline line;
    FmLonLat a, b;
    double length_m;
} Segment;

/* A position on the segment, and p as it is seen from there. */
typedef struct {
    FmLonLat at;
    double along_m, distance_m;
    double foot_m; /* how much further along the line the foot of p lies */
} View;

static Segment segment_make(FmLonLat a, FmLonLat b)
{
    Segment segment = {.a = a, .b = b};
    double azimuth_deg = 0;

    geod_inverse(fm_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &segment.length_m,
                 &azimuth_deg, NULL);
    geod_lineinit(&segment.line, fm_wgs84(), a.lat_deg, a.lon_deg, azimuth_deg,
                  GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    return segment;
}

static View view_from(const Segment *segment, double along_m, FmLonLat p)
{
    View view = {.along_m = along_m};
    double line_deg = 0, to_p_deg = 0;

    geod_position(&segment->line, along_m, &view.at.lat_deg, &view.at.lon_deg, &line_deg);
    /* The ends themselves, not their recomputed positions: a vertex is then exactly as far as the
     * point that it is. */
    if (along_m == 0 || along_m == segment->length_m) {
        view.at = along_m == 0 ? segment->a : segment->b;
    }
    geod_inverse(fm_wgs84(), view.at.lat_deg, view.at.lon_deg, p.lat_deg, p.lon_deg,
                 &view.distance_m, &to_p_deg, NULL);
    double arc = view.distance_m / RADIUS_M;
    double cos_turn = cos((to_p_deg - line_deg) * FM_RAD_PER_DEG);
    view.foot_m = RADIUS_M * atan2(sin(arc) * cos_turn, cos(arc));
    return view;
}

double fm_geodesic_point_segment_m(FmLonLat p, FmLonLat a, FmLonLat b, FmLonLat *nearest)
{
    Segment segment = segment_make(a, b);
    View best = view_from(&segment, 0, p);

    for (int i = 0; i < MAX_STEPS; i++) {
        double next_m = CLAMP(best.along_m + best.foot_m, 0, segment.length_m);
        if (fabs(next_m - best.along_m) < STEP_TOLERANCE_M) {
            break;
        }
        best = view_from(&segment, next_m, p);
    }
    if (best.distance_m > QUARTER_M) {
        View ends[] = {view_from(&segment, 0, p), view_from(&segment, segment.length_m, p)};
        for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
            if (ends[i].distance_m < best.distance_m) {
                best = ends[i];
            }
        }
    }
    if (nearest != NULL) {
        *nearest = best.at;
    }
    return best.distance_m;
}
