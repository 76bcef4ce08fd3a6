/** @file road-fixture.h
 *  Small road networks as text, in a workspace of their own.  Coordinates near (0, 0), where a
 *  thousandth of a degree is 111.3 m of longitude and 110.6 m of latitude. */
#ifndef ROAD_FIXTURE_H
#define ROAD_FIXTURE_H

#include "network-internal.h"

typedef struct {
    char *folder, *path;
    FmWorkspace *workspace;
} RoadFixture;

void road_fixture_open(RoadFixture *fixture);
void road_fixture_close(RoadFixture *fixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RoadFixture, road_fixture_close)

/** A table from text: a line of headings, then a line a row, cells separated by '|', an empty cell
 *  is NULL.  A heading "name:i" is an integer column, "name:r" a real one; the column "wkt" is the
 *  geometry.  @return transfer full */
FmTable *road_table(const char *text);
/** Writes it as a layer. */
void road_fixture_put(RoadFixture *fixture, const char *layer, const char *kind, const char *text);

/** Loads a file as layer "roads" (kind network).  @return its table, transfer full */
FmTable *road_fixture_load(RoadFixture *fixture, const char *path);

/** A profile from its "speed" part and whatever else follows it, or a shipped one by name. */
FmProfile *road_profile(const char *parts);

/** Opens layer "roads" (kind network); it must succeed. */
FmNetwork *road_network(RoadFixture *fixture, const char *profile, FmLimitKind cost);
/** The layers `closed` and `opened` besides; may be NULL. */
FmNetwork *road_network_changed(RoadFixture *fixture, const char *profile, FmLimitKind cost,
                                const char *closed, const char *opened);
/** It must fail with the code and a message that has `part`. */
void road_network_fails(RoadFixture *fixture, const char *profile, FmError code, const char *part);

/** Cost of the cheapest route between the junctions that are nearest to two positions, in the graph
 *  of a network without turn costs; INFINITY without one. */
double road_cost(const FmNetwork *network, FmLonLat from, FmLonLat to);
/** The edge whose points hold the position, and where it enters the edge's list of points. */
guint32 road_edge_with(const FmNetwork *network, FmLonLat position);

/** The error has the code, one line, and `part`; it is cleared. */
void road_assert_error(GError **error, FmError code, const char *part);

/** A folder of the shared test data, or NULL after g_test_skip when it is not there. */
char *road_shared(const char *file);

#endif
