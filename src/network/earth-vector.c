/* To earth-centred coordinates and back. */
#include "earth-vector.h"

#include <math.h>

#define WGS84_A_M 6378137.0
#define WGS84_E2 0.00669437999014131699614

FmVector fm_vector_from_lonlat(FmLonLat p)
{
    double lon = p.lon_deg * (G_PI / 180), lat = p.lat_deg * (G_PI / 180);
    double sin_lat = sin(lat), cos_lat = cos(lat);
    double n_m = WGS84_A_M / sqrt(1 - WGS84_E2 * sin_lat * sin_lat);
    return (FmVector){
        {n_m * cos_lat * cos(lon), n_m * cos_lat * sin(lon), n_m * (1 - WGS84_E2) * sin_lat}};
}

FmLonLat fm_vector_to_lonlat(FmVector v)
{
    const double b_m = WGS84_A_M * sqrt(1 - WGS84_E2), second_e2 = WGS84_E2 / (1 - WGS84_E2);
    double out_m = sqrt(v.c[0] * v.c[0] + v.c[1] * v.c[1]);
    /* Sine and cosine of the reduced latitude. */
    double s = v.c[2] * WGS84_A_M, c = out_m * b_m, r = sqrt(s * s + c * c);
    s /= r;
    c /= r;
    double lat =
        atan2(v.c[2] + second_e2 * b_m * s * s * s, out_m - WGS84_E2 * WGS84_A_M * c * c * c);
    return (FmLonLat){atan2(v.c[1], v.c[0]) * (180 / G_PI), lat * (180 / G_PI)};
}

/* Of the function whose zero the ellipsoid is: x² / a² + y² / a² + z² / b² - 1, halved. */
static FmVector gradient(FmVector v)
{
    const double a2 = WGS84_A_M * WGS84_A_M, b2 = a2 * (1 - WGS84_E2);
    return (FmVector){{v.c[0] / a2, v.c[1] / a2, v.c[2] / b2}};
}

FmVector fm_vector_on_ellipsoid(FmVector v)
{
    /* Newton's method along the gradient: what it leaves is of the second order in the height over
     * the radius. */
    for (int i = 0; i < 2; i++) {
        FmVector g = gradient(v);
        double excess = fm_vector_dot(g, v) - 1;
        v = fm_vector_plus(v, -excess / (2 * fm_vector_dot(g, g)), g);
    }
    return v;
}

FmVector fm_vector_normal(FmVector v)
{
    FmVector g = gradient(v);
    double size = sqrt(fm_vector_dot(g, g));
    return (FmVector){{g.c[0] / size, g.c[1] / size, g.c[2] / size}};
}
