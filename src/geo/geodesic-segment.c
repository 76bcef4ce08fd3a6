/* The nearest position on a geodesic segment.
 *
 * From a position X on the segment, take the foot of the perpendicular as it would be on a sphere,
 * go there along the true geodesic, and repeat (Baselga & Martínez-Llario 2018,
 * doi:10.1007/s11200-017-1020-z).  On the sphere one step is exact; on the ellipsoid a step leaves an
 * error of the order f·(d/R)² of itself, so two or three steps reach nanometres within a city. */
#include "ellipsoid-internal.h"

#include <facmap/geo.h>
#include <math.h>

/* The mean radius (2a + b) / 3; the result does not depend on it, only the number of steps. */
#define RADIUS_M ((2 * FM_WGS84_A_M + FM_WGS84_B_M) / 3)

/* Rounding in the geodesic routines is a few nanometres. */
#define STEP_TOLERANCE_M 1e-8
#define MAX_STEPS 30

/* Beyond a quarter of the Earth the distance along a segment has a maximum, not a minimum. */
#define QUARTER_M (G_PI / 2 * FM_WGS84_B_M)

typedef struct {
    FmLonLat p;
    FmLonLat position;
    double distance_m;
} Best;

static void consider(Best *best, FmLonLat position)
{
    double distance_m = fm_geodesic_distance_m(best->p, position);

    if (distance_m < best->distance_m) {
        best->distance_m = distance_m;
        best->position = position;
    }
}

/* How far along the line the foot of p lies from `at`, where the line heads for azimuth_deg. */
static double step_m(FmLonLat p, FmLonLat at, double azimuth_deg)
{
    double distance_m = 0, to_p_deg = 0;

    geod_inverse(fm_wgs84(), at.lat_deg, at.lon_deg, p.lat_deg, p.lon_deg, &distance_m, &to_p_deg,
                 NULL);
    double arc = distance_m / RADIUS_M;
    double cos_turn = cos((to_p_deg - azimuth_deg) * FM_RAD_PER_DEG);
    return RADIUS_M * atan2(sin(arc) * cos_turn, cos(arc));
}

double fm_geodesic_point_segment_m(FmLonLat p, FmLonLat a, FmLonLat b, FmLonLat *nearest)
{
    Best best = {.p = p, .distance_m = INFINITY};
    double length_m = 0, azimuth_deg = 0, along_m = 0;
    struct geod_geodesicline line;

    geod_inverse(fm_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &length_m, &azimuth_deg,
                 NULL);
    geod_lineinit(&line, fm_wgs84(), a.lat_deg, a.lon_deg, azimuth_deg,
                  GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);

    /* The ends themselves, not their recomputed positions: a vertex is then exactly as far as the
     * point that it is. */
    FmLonLat at = a;
    for (int i = 0; length_m > 0 && i < MAX_STEPS; i++) {
        double before_m = along_m;
        along_m = CLAMP(along_m + step_m(p, at, azimuth_deg), 0, length_m);
        if (along_m == 0 || along_m == length_m || fabs(along_m - before_m) < STEP_TOLERANCE_M) {
            break;
        }
        geod_position(&line, along_m, &at.lat_deg, &at.lon_deg, &azimuth_deg);
    }
    if (along_m == 0 || along_m == length_m) {
        at = along_m == 0 ? a : b;
    }
    consider(&best, at);
    if (best.distance_m > QUARTER_M) {
        consider(&best, a);
        consider(&best, b);
    }
    if (nearest != NULL) {
        *nearest = best.position;
    }
    return best.distance_m;
}
