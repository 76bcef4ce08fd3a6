/* Directions of a matrix; test-reach-each.c compares the rest to the bit. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

/* A one-way street: towards and from are each other's mirror. */
static void test_directions(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town,
                     "oneway|wkt\nyes|LINESTRING (0 0, 0.01 0)\n"
                     "yes|LINESTRING (0.01 0, 0.01 0.01, 0 0.01, 0 0)\n",
                     REACH_PLAIN, FM_LIMIT_LENGTH);
    const FmLonLat homes[] = {{0.002, 0}, {0.01, 0.004}},
                   sites[] = {{0.006, 0}, {0, 0.008}, {0.004, 0}};
    g_autoptr(FmPlaces) origins = fm_places_new_points(town.snapper, homes, 2, 500, 1, NULL, NULL);
    g_autoptr(FmPlaces) targets = fm_places_new_points(town.snapper, sites, 3, 500, 1, NULL, NULL);
    g_autoptr(GError) error = NULL;
    const FmHierarchy *hierarchy = fm_network_hierarchy(town.network, 1, NULL, &error);
    double to[6], from[6];
    FmReachInput input = {town.network, origins, targets, FM_TRAVEL_TO, (double)INFINITY, 1};
    g_assert_true(fm_reach_matrix(&input, hierarchy, to, NULL, &error));
    input.travel = FM_TRAVEL_FROM;
    g_assert_true(fm_reach_matrix(&input, hierarchy, from, NULL, &error));
    double round_m = 0;
    for (guint32 e = 0; e < fm_network_n_edges(town.network); e++)
        round_m += fm_network_edge(town.network, e).length_m;
    g_assert_cmpfloat_with_epsilon(to[0], fm_geodesic_distance_m(homes[0], sites[0]), 1e-6);
    for (gsize i = 0; i < 6; i++) {
        g_assert_cmpfloat_with_epsilon(to[i] + from[i], round_m, 1e-6);
        g_assert_cmpfloat_with_epsilon(
            to[i], reach_brute_cost(town.network, homes[i / 3], sites[i % 3], 500), 1e-6);
    }
}

void test_reach_matrix(void)
{
    g_test_add_func("/network/reach-matrix/directions", test_directions);
}
