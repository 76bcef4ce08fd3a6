/* The k nearest, by hand; test-reach-each.c compares them with every cost. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "reach-fixture.h"

#include <math.h>

/* One street of 1 km with three targets, two of them in one place. */
static void test_by_hand(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town,
                     "oneway|wkt\nno|LINESTRING (0 0, 0.01 0)\nno|LINESTRING (1 1, 1 1.001)\n",
                     REACH_PLAIN, FM_LIMIT_LENGTH);
    const FmLonLat homes[] = {{0.002, 0}, {1, 1}, {5, 5}};
    const FmLonLat sites[] = {{0.009, 0}, {0.003, 0}, {0.003, 0}, {0.0005, 0}};
    g_autoptr(FmPlaces) origins = fm_places_new_points(town.snapper, homes, 3, 500, 1, NULL, NULL);
    g_autoptr(FmPlaces) targets = fm_places_new_points(town.snapper, sites, 4, 500, 1, NULL, NULL);
    FmReachInput input = {town.network, origins, targets, FM_TRAVEL_TO, (double)INFINITY, 1};
    g_autoptr(GError) error = NULL;
    FmReached out[9];
    guint32 n_nodes = fm_graph_n_nodes(fm_network_graph(town.network));
    g_autofree double *beside = g_new(double, n_nodes), *alone = g_new(double, n_nodes);
    g_assert_true(fm_reach_nearest(&input, 3, out, beside, NULL, &error));
    g_assert_true(fm_reach_node_costs(town.network, targets, FM_TRAVEL_TO, (double)INFINITY, 1,
                                      alone, NULL, &error));
    g_assert_true(memcmp(beside, alone, n_nodes * sizeof *beside) == 0);
    g_assert_cmpuint(out[0].end, ==, 1);
    g_assert_cmpuint(out[1].end, ==, 2);
    g_assert_cmpuint(out[2].end, ==, 3);
    g_assert_cmpfloat_with_epsilon(out[0].cost, fm_geodesic_distance_m(homes[0], sites[1]), 1e-6);
    g_assert_cmpfloat(out[0].cost, ==, out[1].cost);
    /* On an island, and on no road at all. */
    for (gsize i = 3; i < 9; i++) {
        g_assert_cmpuint(out[i].end, ==, FM_NODE_NONE);
        g_assert_true(isinf(out[i].cost));
    }
    /* A limit of 0 reaches what is in the same position, and no more. */
    input.limit = 0;
    input.origins = targets;
    FmReached same[4];
    g_assert_true(fm_reach_nearest(&input, 1, same, NULL, NULL, &error));
    g_assert_cmpuint(same[0].end, ==, 0);
    g_assert_cmpuint(same[2].end, ==, 1);
    g_assert_cmpfloat(same[2].cost, ==, 0);
}

/* Of several chunks of origins: one thread and four find the same. */
static void test_threads(void)
{
    enum { N = 700, K = 2 };
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, 3, REACH_TURNS, FM_LIMIT_TIME);
    g_autofree FmLonLat *homes = reach_positions(1, N), *sites = reach_positions(2, 9);
    g_autoptr(FmPlaces) origins = fm_places_new_points(town.snapper, homes, N, 500, 1, NULL, NULL);
    g_autoptr(FmPlaces) targets = fm_places_new_points(town.snapper, sites, 9, 500, 1, NULL, NULL);
    FmReachInput input = {town.network, origins, targets, FM_TRAVEL_TO, (double)INFINITY, 1};
    g_autofree FmReached *one = g_new(FmReached, N * K), *four = g_new(FmReached, N * K);
    g_assert_true(fm_reach_nearest(&input, K, one, NULL, NULL, NULL));
    input.n_threads = 4;
    g_assert_true(fm_reach_nearest(&input, K, four, NULL, NULL, NULL));
    gsize n_reached = 0;
    for (gsize i = 0; i < N * K; i++) {
        g_assert_cmpuint(one[i].end, ==, four[i].end);
        g_assert_true(one[i].cost == four[i].cost);
        n_reached += one[i].end != FM_NODE_NONE;
    }
    g_assert_cmpuint(n_reached, >, N);
}

static void test_errors(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    reach_town(&fixture, 3);
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(network, 1);
    g_autofree FmLonLat *homes = reach_positions(1, 5);
    g_autoptr(FmPlaces) origins = fm_places_new_points(snapper, homes, 5, 500, 1, NULL, NULL);
    FmReachInput input = {network, origins, origins, FM_TRAVEL_TO, (double)INFINITY, 1};
    g_autoptr(GError) error = NULL;
    FmProgress progress = fm_progress_init(fixture_graph_cancel, NULL);
    FmReached out[5];
    g_assert_false(fm_reach_nearest(&input, 1, out, NULL, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_reach_nearest(void)
{
    g_test_add_func("/network/reach-nearest/by-hand", test_by_hand);
    g_test_add_func("/network/reach-nearest/threads", test_threads);
    g_test_add_func("/network/reach-nearest/errors", test_errors);
}
