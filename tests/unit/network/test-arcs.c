/* Turns, crossings and components, by hand. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <math.h>

#define TURNS                                                                                      \
    "\"speed\": {\"default_kmh\": 36}, "                                                           \
    "\"turns\": {\"left_s\": 7, \"straight_s\": 1, \"right_s\": 3, \"u_turn_s\": 30}"
#define AT(lon, lat) ((FmLonLat){(lon), (lat)})

/* A cross of four arms, drawn outwards. */
static const char cross[] =
    "id|wkt\nwest|LINESTRING (0 0, -0.001 0)\neast|LINESTRING (0 0, 0.001 0)\n"
    "north|LINESTRING (0 0, 0 0.001)\nsouth|LINESTRING (0 0, 0 -0.001)\n";

static void test_by_angle(void)
{
    g_autoptr(FmProfile) profile = road_profile(TURNS);

    g_assert_cmpfloat(fm_turn_s(profile, 90, 90), ==, 1);
    g_assert_cmpfloat(fm_turn_s(profile, 350, 30), ==, 1);
    g_assert_cmpfloat(fm_turn_s(profile, 350, 80), ==, 3);
    g_assert_cmpfloat(fm_turn_s(profile, 10, 280), ==, 7);
    g_assert_cmpfloat(fm_turn_s(profile, 10, 190), ==, 30);
}

/* From the end of one arm to the end of another, with what the edges say themselves. */
static double turn_between(const FmNetwork *network, guint32 from, guint32 to)
{
    FmEdge in = fm_network_edge(network, from), out = fm_network_edge(network, to);
    FmSeed begin = {in.begin[FM_EDGE_BACKWARD], 0}, end = {out.begin[FM_EDGE_FORWARD], 0};
    g_autoptr(GArray) arcs = g_array_new(FALSE, FALSE, sizeof(guint32));
    FmEdgeDirection direction = FM_EDGE_FORWARD;
    double cost =
        fm_graph_route(fm_network_graph(network), &begin, 1, &end, 1, (double)INFINITY, arcs, NULL);

    g_assert_cmpuint(arcs->len, ==, 1);
    g_assert_cmpuint(fm_network_arc_edge(network, g_array_index(arcs, guint32, 0), &direction), ==,
                     from);
    g_assert_cmpint(direction, ==, FM_EDGE_BACKWARD);
    return cost - in.cost[FM_EDGE_BACKWARD];
}

static void test_turns(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", cross);
    g_autoptr(FmNetwork) network = road_network(&fixture, TURNS, FM_LIMIT_TIME);
    guint32 west = road_edge_with(network, AT(-0.001, 0));
    gsize n = 0;

    g_assert_cmpuint(fm_graph_n_nodes(fm_network_graph(network)), ==, 8);
    g_assert_cmpfloat(turn_between(network, west, road_edge_with(network, AT(0.001, 0))), ==, 1);
    g_assert_cmpfloat(turn_between(network, west, road_edge_with(network, AT(0, 0.001))), ==, 7);
    g_assert_cmpfloat(turn_between(network, west, road_edge_with(network, AT(0, -0.001))), ==, 3);
    g_assert_cmpfloat(turn_between(network, west, west), ==, 30);

    const FmSeed *ends = fm_network_edge_ends(network, west, FM_EDGE_FORWARD, &n);
    g_assert_cmpuint(n, ==, 1); /* a dead end: only back */
    g_assert_cmpfloat(ends[0].cost, ==, 30);
    fm_network_edge_ends(network, west, FM_EDGE_BACKWARD, &n);
    g_assert_cmpuint(n, ==, 4);

    /* Metres know no turns. */
    g_autoptr(FmNetwork) metres = road_network(&fixture, TURNS, FM_LIMIT_LENGTH);
    g_assert_cmpuint(fm_graph_n_nodes(fm_network_graph(metres)), ==, 5);
    g_assert_cmpint(fm_network_cost_kind(metres), ==, FM_LIMIT_LENGTH);
}

static void test_crossing(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", cross);
    g_autoptr(FmNetwork) network =
        road_network(&fixture, "\"speed\": {\"default_kmh\": 36}, \"crossing\": {\"default_s\": 4}",
                     FM_LIMIT_TIME);
    double arm = fm_geodesic_distance_m(AT(0, 0), AT(0.001, 0)) / 10;

    g_assert_cmpfloat_with_epsilon(road_cost(network, AT(-0.001, 0), AT(0.001, 0)), 2 * arm + 4,
                                   1e-8);
}

/* Main network, a trap behind a one-way street, an island. */
static void test_islands(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(
        &fixture, "roads", "network",
        "id|oneway|wkt\na||LINESTRING (0 0, 0.001 0)\nb||LINESTRING (0.001 0, 0 0.001)\n"
        "c|yes|LINESTRING (0.001 0, 0.002 0)\nd||LINESTRING (0.5 0.5, 0.6 0.5)\n");
    g_autoptr(FmNetwork) network =
        road_network(&fixture, "\"speed\": {\"default_kmh\": 36}", FM_LIMIT_TIME);

    g_assert_cmpuint(fm_network_edge(network, road_edge_with(network, AT(0, 0))).island, ==, 0);
    g_assert_cmpuint(fm_network_edge(network, road_edge_with(network, AT(0.002, 0))).island, >, 0);
    g_assert_cmpuint(fm_network_edge(network, road_edge_with(network, AT(0.6, 0.5))).island, >, 0);
    g_assert_cmpuint(network->arcs.n_components, ==, 3);
}

void test_arcs(void)
{
    g_test_add_func("/network/arcs/by-angle", test_by_angle);
    g_test_add_func("/network/arcs/turns", test_turns);
    g_test_add_func("/network/arcs/crossing", test_crossing);
    g_test_add_func("/network/arcs/islands", test_islands);
}
