/* Bounds between chord and geodesic on the ellipsoid with semi-axes a >= b.
 *
 * Let P and Q have geocentric distances r1, r2 in [b, a], angle θ at the centre, chord c and
 * geodesic distance s.  By the law of cosines  c² = (r1 - r2)² + 4 r1 r2 sin²(θ/2).
 *
 * s from below.  (1) s >= c, a straight line being shortest.  (2) The nearest-point projection onto
 * the inscribed ball of radius b lengthens no curve, and takes P and Q to points b·θ apart on it:
 * s >= b·θ.  With the law of cosines, c² <= (a - b)² + 4 a² sin²(s / 2b) while s < π b.
 *
 * s from above.  (3) A geodesic's curvature as a space curve is the normal curvature, at most
 * 1/R with R = b²/a.  Schur's theorem compares it with a circle of radius R: c >= 2 R sin(s / 2R)
 * for s <= π R, hence s <= 2 R asin(c / 2R).  When c <= R the geodesic is short enough by (4).
 * As (asin x / x - 1) / x² grows with x and is 0.1888 at x = 1/2, asin x <= x (1 + 0.19 x²) there.
 * (4) The section through P, Q and the centre is an ellipse; on it ds = sqrt(r² + r'²) dθ with
 * r <= a and |r'| / r <= (a² - b²) / 2ab = 0.0034, so s <= 1.00001 a θ; and sin(θ/2) <= c / 2b.
 *
 * Sagitta: a curve of length l with curvature <= 1/R, less its chord run through at constant speed,
 * vanishes at both ends and has second derivative <= 1/R in every direction: it is <= l² / 8R. */
#include "chord.h"

#include "ellipsoid-internal.h"

#include <math.h>

#define RADIUS_MIN_M (FM_WGS84_B_M * FM_WGS84_B_M / FM_WGS84_A_M)

double fm_chord_reach_m(double s_m)
{
    if (!(s_m < G_PI * FM_WGS84_B_M)) {
        return INFINITY;
    }
    /* The second bound of (2) is never below a - b. */
    if (s_m <= FM_WGS84_A_M - FM_WGS84_B_M) {
        return s_m + FM_CHORD_SLACK_M;
    }
    double across_m = 2 * FM_WGS84_A_M * sin(s_m / (2 * FM_WGS84_B_M));

    return MIN(s_m, hypot(across_m, FM_WGS84_A_M - FM_WGS84_B_M)) + FM_CHORD_SLACK_M;
}

double fm_chord_geodesic_max_m(double chord_m)
{
    if (chord_m <= RADIUS_MIN_M) {
        double half = chord_m / (2 * RADIUS_MIN_M);
        return chord_m * (1 + 0.19 * half * half);
    }
    return 1.00001 * FM_WGS84_A_M * 2 * asin(MIN(1, chord_m / (2 * FM_WGS84_B_M)));
}

double fm_chord_sure_m(double s_m)
{
    if (!(s_m <= RADIUS_MIN_M)) {
        return -1;
    }
    /* The chord is <= s, so the bound (3) with s in its correction is the larger. */
    double half = s_m / (2 * RADIUS_MIN_M);

    return s_m / (1 + 0.19 * half * half) - FM_CHORD_SLACK_M;
}

double fm_chord_sagitta_m(double length_m)
{
    return length_m * length_m / (8 * RADIUS_MIN_M);
}
