/* GCJ-02 and BD-09, the offsets of Chinese web maps.  The formulas were reverse-engineered by
 * others and never published officially; they agree with the map services to well under a metre.
 * Both inverses iterate w ← w − (F(w) − g): the offset changes by less than a thousandth of the
 * shift, so each round gains three digits or more. */
#include "ellipsoid-internal.h"

#include <facmap/geo.h>
#include <math.h>

/* Krasovsky 1940, with the squared eccentricity as the original code has it. */
#define KRASOVSKY_A_M 6378245.0
#define KRASOVSKY_E2 0.00669342162296594323

#define TOLERANCE_DEG 1e-12
#define MAX_ROUNDS 30

static gboolean shifted_area(FmLonLat p)
{
    return p.lon_deg >= 72.004 && p.lon_deg <= 137.8347 && p.lat_deg >= 0.8293 &&
           p.lat_deg <= 55.8271;
}

/* The terms that both offsets share: waves of 1/3 and 1 degree of longitude. */
static double common_waves(double x)
{
    return 2.0 / 3 * (20 * sin(6 * G_PI * x) + 20 * sin(2 * G_PI * x));
}

static double north_offset_m(double x, double y)
{
    return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) +
           common_waves(x) + 2.0 / 3 * (20 * sin(G_PI * y) + 40 * sin(G_PI * y / 3)) +
           2.0 / 3 * (160 * sin(G_PI * y / 12) + 320 * sin(G_PI * y / 30));
}

static double east_offset_m(double x, double y)
{
    return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + common_waves(x) +
           2.0 / 3 * (20 * sin(G_PI * x) + 40 * sin(G_PI * x / 3)) +
           2.0 / 3 * (150 * sin(G_PI * x / 12) + 300 * sin(G_PI * x / 30));
}

/* The shift as a smooth formula, without the edge of its area. */
static FmLonLat gcj02_shift(FmLonLat wgs84)
{
    double x = wgs84.lon_deg - 105, y = wgs84.lat_deg - 35;
    double lat = wgs84.lat_deg * FM_RAD_PER_DEG;
    double m = 1 - KRASOVSKY_E2 * sin(lat) * sin(lat);
    double meridian_m = KRASOVSKY_A_M * (1 - KRASOVSKY_E2) / (m * sqrt(m));
    double parallel_m = KRASOVSKY_A_M / sqrt(m) * cos(lat);

    return (FmLonLat){
        .lon_deg = wgs84.lon_deg + east_offset_m(x, y) / (parallel_m * FM_RAD_PER_DEG),
        .lat_deg = wgs84.lat_deg + north_offset_m(x, y) / (meridian_m * FM_RAD_PER_DEG),
    };
}

FmLonLat fm_bd09_from_gcj02(FmLonLat gcj02)
{
    const double k = G_PI * 3000 / 180;
    double radius = hypot(gcj02.lon_deg, gcj02.lat_deg) + 2e-5 * sin(k * gcj02.lat_deg);
    double angle = atan2(gcj02.lat_deg, gcj02.lon_deg) + 3e-6 * cos(k * gcj02.lon_deg);

    return (FmLonLat){radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006};
}

static FmLonLat invert(FmLonLat (*forward)(FmLonLat), FmLonLat wanted)
{
    FmLonLat guess = wanted;

    for (int round = 0; round < MAX_ROUNDS; round++) {
        FmLonLat reached = forward(guess);
        double lon_error = reached.lon_deg - wanted.lon_deg;
        double lat_error = reached.lat_deg - wanted.lat_deg;
        guess.lon_deg -= lon_error;
        guess.lat_deg -= lat_error;
        if (fabs(lon_error) < TOLERANCE_DEG && fabs(lat_error) < TOLERANCE_DEG) {
            break;
        }
    }
    return guess;
}

FmLonLat fm_gcj02_from_wgs84(FmLonLat wgs84)
{
    return shifted_area(wgs84) ? gcj02_shift(wgs84) : wgs84;
}

FmLonLat fm_gcj02_to_wgs84(FmLonLat gcj02)
{
    /* At the edge of the area the shift stops abruptly, so it is the source that decides. */
    FmLonLat wgs84 = invert(gcj02_shift, gcj02);

    return shifted_area(wgs84) ? wgs84 : gcj02;
}

FmLonLat fm_bd09_to_gcj02(FmLonLat bd09)
{
    return invert(fm_bd09_from_gcj02, bd09);
}
