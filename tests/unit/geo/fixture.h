/* Seeded scenes of points, and the slow ways to the answers that indexes give fast. */
#ifndef GEO_FIXTURE_H
#define GEO_FIXTURE_H

#include <facmap/geo.h>

typedef enum {
    SCENE_CITY,         /* spread over Beijing */
    SCENE_WORLD,        /* everywhere */
    SCENE_GRID,         /* 25 places, each many times: ties */
    SCENE_POLE,         /* within 12 km of the north pole */
    SCENE_ANTIMERIDIAN, /* both sides of 180 degrees */
    SCENE_FAR,          /* a city on the other side of the Earth */
    N_SCENES,
} Scene;

FmLonLat scene_point(Scene scene, GRand *rand);
FmLonLat *scene_points(Scene scene, GRand *rand, gsize n);

/** Ascending by (distance_m, index). */
void sort_neighbours(FmNeighbour *items, gsize n);

void assert_same_neighbours(const FmNeighbour *got, gsize n_got, const FmNeighbour *wanted,
                            gsize n_wanted);

/** A star-shaped ring of n points around a centre, open. */
FmLonLat *star(GRand *rand, FmLonLat centre, double radius_deg, gsize n);

/** The geometry of a WKT that must be right. */
FmGeometry *geometry_from(const char *wkt);

void assert_same_geometry(const FmGeometry *a, const FmGeometry *b);

/** A deep check of the invariants that geometry.h promises. */
void assert_sound_geometry(const FmGeometry *geometry);

void assert_near(double value, double wanted, double tolerance);

#endif
