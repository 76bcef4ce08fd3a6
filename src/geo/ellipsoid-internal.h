/* Shared inside geo: the WGS 84 ellipsoid for PROJ's geodesic routines and for earth-centred
 * work. */
#ifndef FM_ELLIPSOID_INTERNAL_H
#define FM_ELLIPSOID_INTERNAL_H

#include <facmap/geometry.h>
#include <geodesic.h>

#define FM_WGS84_A_M 6378137.0
#define FM_WGS84_F (1 / 298.257223563)
#define FM_WGS84_B_M (FM_WGS84_A_M * (1 - FM_WGS84_F))

#define FM_RAD_PER_DEG (G_PI / 180)

/** The series of Karney's algorithms for WGS 84, made once a thread; borrowed. */
const struct geod_geodesic *fm_wgs84(void);

/** An earth-centred position, metres: x to (0, 0), y to (90 E, 0), z to the north pole. */
typedef struct {
    double c[3];
} FmEcef;

FmEcef fm_ecef_from_lonlat(FmLonLat p);

static inline double fm_ecef_distance2(const FmEcef *a, const FmEcef *b)
{
    double dx = a->c[0] - b->c[0], dy = a->c[1] - b->c[1], dz = a->c[2] - b->c[2];

    return dx * dx + dy * dy + dz * dz;
}

#endif
