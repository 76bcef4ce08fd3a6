/* How the straight chord c through the Earth and the geodesic distance s between the same two
 * points on WGS 84 bound each other.  Indexes search by chord, which is cheap, and measure by
 * geodesic only what these bounds cannot decide.  Proofs stand in chord.c. */
#ifndef FM_CHORD_H
#define FM_CHORD_H

/** Far above all rounding: earth-centred coordinates are good to 3 nm, geodesics to 15 nm (Karney
 *  2013), and search trees add less than that. */
#define FM_CHORD_SLACK_M 1e-6

/** No two points at geodesic distance <= s_m have a longer chord than this.  Includes the
 *  slack.  INFINITY when s_m bounds nothing.
 *  @param s_m >= 0, may be INFINITY */
double fm_chord_reach_m(double s_m);

/** No two points whose chord is <= chord_m are further apart along a geodesic. */
double fm_chord_geodesic_max_m(double chord_m);

/** All points whose chord is at most this are within s_m along a geodesic, slack included; < 0 when
 *  no chord is sure. */
double fm_chord_sure_m(double s_m);

/** How far a geodesic of this length can stray from its own chord. */
double fm_chord_sagitta_m(double length_m);

#endif
