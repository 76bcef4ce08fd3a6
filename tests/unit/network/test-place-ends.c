/* Parts of edges, and seeds of places. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

/* Both parts add up to the whole to the bit, and at a vertex to its segments. */
static void test_parts(void)
{
    const double segment_m[] = {1, 0.3, 7}, pace = 1.0 / 3;
    const double costs[] = {fm_cost_round(pace), fm_cost_round(0.3 * pace),
                            fm_cost_round(7 * pace)};
    const FmEdge edge = {.length_m = 8.3,
                         .cost = {costs[0] + costs[1] + costs[2], (double)INFINITY},
                         .cost_per_m = {pace, (double)INFINITY},
                         .segment_m = segment_m,
                         .n_points = 4,
                         .begin = {0, FM_NODE_NONE}};
    double before = 0;
    g_assert_true(fm_edge_passable(&edge, FM_EDGE_FORWARD));
    g_assert_false(fm_edge_passable(&edge, FM_EDGE_BACKWARD));
    for (guint32 segment = 0; segment < 3; before += costs[segment++])
        for (int i = 0; i <= 100; i++) {
            const FmSnap snap = {.segment = segment, .along = i / 100.0};
            double to = fm_edge_cost_to(&edge, FM_EDGE_FORWARD, &snap);
            g_assert_cmpfloat(to + fm_edge_cost_from(&edge, FM_EDGE_FORWARD, &snap), ==,
                              edge.cost[0]);
            if (i % 100 == 0)
                g_assert_cmpfloat(to, ==, before + (i == 0 ? 0 : costs[segment]));
        }
    g_assert_true(isinf(fm_cost_round(FM_COST_MAX)));
}

/* Against the points of the edge it is the other way round. */
static void test_backward(void)
{
    const double segment_m[] = {2, 5}, pace = 0.7;
    double whole = fm_cost_round(2 * pace) + fm_cost_round(5 * pace);
    const FmEdge edge = {.length_m = 7,
                         .cost = {whole, whole},
                         .cost_per_m = {pace, pace},
                         .segment_m = segment_m,
                         .n_points = 3};
    const FmSnap snap = {.segment = 1, .along = 0.37};
    g_assert_cmpfloat(fm_edge_cost_to(&edge, FM_EDGE_BACKWARD, &snap), ==,
                      fm_edge_cost_from(&edge, FM_EDGE_FORWARD, &snap));
    g_assert_cmpfloat(fm_edge_cost_from(&edge, FM_EDGE_BACKWARD, &snap), ==,
                      fm_edge_cost_to(&edge, FM_EDGE_FORWARD, &snap));
    g_assert_cmpfloat_with_epsilon(fm_edge_cost_from(&edge, FM_EDGE_BACKWARD, &snap),
                                   (2 + 0.37 * 5) * pace, 1e-9);
}

/* Two on a one-way street: with it directly, against it only round the block. */
static void test_direct(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town,
                     "oneway|wkt\nyes|LINESTRING (0 0, 0.01 0)\nno|LINESTRING (0.01 0, 0.02 0)\n",
                     REACH_PLAIN, FM_LIMIT_LENGTH);
    FmSnap west, east, far;
    FmEdgeDirection direction = FM_EDGE_BACKWARD;
    fm_snapper_snap(town.snapper, (FmLonLat){0.002, 0.001}, 500, &west);
    fm_snapper_snap(town.snapper, (FmLonLat){0.006, 0.001}, 500, &east);
    fm_snapper_snap(town.snapper, (FmLonLat){0.015, 0.001}, 500, &far);
    double expect =
        west.access_m + east.access_m + fm_geodesic_distance_m(west.position, east.position);
    g_assert_cmpfloat_with_epsilon(fm_snap_direct_cost(town.network, &west, &east, &direction),
                                   expect, 1e-6);
    g_assert_cmpint(direction, ==, FM_EDGE_FORWARD);
    g_assert_true(isinf(fm_snap_direct_cost(town.network, &east, &west, NULL)));
    g_assert_true(isinf(fm_snap_direct_cost(town.network, &west, &far, NULL)));
    g_assert_cmpfloat_with_epsilon(fm_snap_direct_cost(town.network, &west, &west, NULL),
                                   2 * west.access_m, 1e-6);
}

static void test_seeds(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town, "id|wkt\na|LINESTRING (0 0, 0.01 0)\n", REACH_PLAIN, FM_LIMIT_TIME);
    const FmLonLat positions[] = {{0.0025, 0.001}, {5, 5}};
    g_autoptr(FmPlaces) places =
        fm_places_new_points(town.snapper, positions, 2, 500, 1, NULL, NULL);
    FmEdge edge = fm_network_edge(town.network, 0);
    /* A second a metre on foot, a tenth of that by road. */
    double access = places->entrances[0].access_m, near = edge.length_m / 40;
    for (FmTravel travel = FM_TRAVEL_FROM; travel <= FM_TRAVEL_TO; travel++) {
        g_autoptr(FmPlaceEnds) ends = fm_place_ends_new(town.network, places, travel);
        g_assert_cmpuint(ends->first[1], ==, 2);
        g_assert_cmpuint(ends->first[2], ==, 2);
        double low = fmin(ends->seeds[0].cost, ends->seeds[1].cost);
        double high = fmax(ends->seeds[0].cost, ends->seeds[1].cost);
        g_assert_cmpfloat_with_epsilon(low, access + near, 1e-3);
        g_assert_cmpfloat_with_epsilon(high, access + 3 * near, 1e-3);
        g_assert_cmpuint(ends->seeds[0].node, !=, ends->seeds[1].node);
    }
}

void test_place_ends(void)
{
    g_test_add_func("/network/place-ends/parts", test_parts);
    g_test_add_func("/network/place-ends/backward", test_backward);
    g_test_add_func("/network/place-ends/direct", test_direct);
    g_test_add_func("/network/place-ends/seeds", test_seeds);
}
