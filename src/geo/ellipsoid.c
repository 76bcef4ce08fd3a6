/* WGS 84 itself. */
#include "ellipsoid-internal.h"

#include <math.h>

const struct geod_geodesic *fm_wgs84(void)
{
    /* The series coefficients are constants that C cannot compute before the program runs.  A copy
     * a thread needs no lock; it is never changed once it is made. */
    static _Thread_local struct geod_geodesic ellipsoid;
    static _Thread_local gboolean ready;

    if (!ready) {
        geod_init(&ellipsoid, FM_WGS84_A_M, FM_WGS84_F);
        ready = TRUE;
    }
    return &ellipsoid;
}

FmEcef fm_ecef_from_lonlat(FmLonLat p)
{
    const double e2 = FM_WGS84_F * (2 - FM_WGS84_F);
    double lon = p.lon_deg * FM_RAD_PER_DEG, lat = p.lat_deg * FM_RAD_PER_DEG;
    double sin_lat = sin(lat), cos_lat = cos(lat);
    double normal_m = FM_WGS84_A_M / sqrt(1 - e2 * sin_lat * sin_lat);

    return (FmEcef){{normal_m * cos_lat * cos(lon), normal_m * cos_lat * sin(lon),
                     normal_m * (1 - e2) * sin_lat}};
}
