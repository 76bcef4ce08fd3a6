/** @file reach-fixture.h
 *  Towns made by rule, and what travel costs in them found the slow way: every segment measured,
 *  both places made nodes of their own, and Bellman and Ford's relaxation until nothing changes. */
#ifndef REACH_FIXTURE_H
#define REACH_FIXTURE_H

#include "reach-internal.h"
#include "road-fixture.h"

/** Profiles at 36 km/h on roads and 3.6 km/h beside them: without costs of turns, and with. */
#define REACH_PLAIN "\"speed\": {\"default_kmh\": 36}, \"oneway\": {}, \"access_kmh\": 3.6"
#define REACH_TURNS REACH_PLAIN ", \"turns\": {\"left_s\": 7, \"right_s\": 3, \"u_turn_s\": 20}"

enum { TOWN_SIDE = 6 };

/** Layer "roads": a jittered grid of TOWN_SIDE × TOWN_SIDE junctions about 220 m apart, with some
 *  roads missing, some one-way, and some cut off from the rest. */
void reach_town(RoadFixture *fixture, guint32 seed);
/** Roads opened for a profile, with a way to snap to them. */
typedef struct {
    RoadFixture fixture;
    FmNetwork *network;
    FmSnapper *snapper;
} ReachTown;

/** A town of reach_town, or the roads of a text as road_fixture_put takes it. */
void reach_open_town(ReachTown *town, guint32 seed, const char *profile, FmLimitKind cost);
void reach_open_roads(ReachTown *town, const char *roads, const char *profile, FmLimitKind cost);
void reach_close(ReachTown *town);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ReachTown, reach_close)

/** Positions in and around it.  @return transfer full */
FmLonLat *reach_positions(guint32 seed, gsize n);

/** The nearest edge and every other through the same position, all segments measured.
 *  @return transfer full, elements FmSnap without segment */
GArray *reach_brute_snaps(const FmNetwork *network, FmLonLat place, double max_m);
/** From one position to another; INFINITY without a way. */
double reach_brute_cost(const FmNetwork *network, FmLonLat from, FmLonLat to, double max_m);

/** The same, or both not finite. */
void reach_assert_cost(double cost, double expect);

#endif
