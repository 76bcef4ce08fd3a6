/** @file earth-vector.h
 *  Earth-centred vectors on WGS 84, metres: what distances cost little in. */
#ifndef FM_EARTH_VECTOR_H
#define FM_EARTH_VECTOR_H

#include <facmap/geometry.h>

typedef struct {
    double c[3];
} FmVector;

/** Of a position on the ellipsoid. */
FmVector fm_vector_from_lonlat(FmLonLat p);
/** The position above or below a point within a few hundred metres of the ellipsoid.  Bowring
 *  (1976), whose one step is exact there to rounding. */
FmLonLat fm_vector_to_lonlat(FmVector v);
/** The vector of that position. */
FmVector fm_vector_on_ellipsoid(FmVector v);
/** Outward and of unit length. */
FmVector fm_vector_normal(FmVector v);

static inline FmVector fm_vector_minus(FmVector a, FmVector b)
{
    return (FmVector){{a.c[0] - b.c[0], a.c[1] - b.c[1], a.c[2] - b.c[2]}};
}

/** a + t b */
static inline FmVector fm_vector_plus(FmVector a, double t, FmVector b)
{
    return (FmVector){{a.c[0] + t * b.c[0], a.c[1] + t * b.c[1], a.c[2] + t * b.c[2]}};
}

static inline double fm_vector_dot(FmVector a, FmVector b)
{
    return a.c[0] * b.c[0] + a.c[1] * b.c[1] + a.c[2] * b.c[2];
}

#endif
