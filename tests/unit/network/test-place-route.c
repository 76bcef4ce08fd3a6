/* Routes: their costs are those of the searches, and their lines can be walked. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>
#include <string.h>

enum { N = 12 };
#define MAX_SNAP_M 250.0

static double line_length_m(const FmGeometry *line)
{
    return line ? fm_geodesic_length_m(line) : 0;
}

static void check_town(guint32 seed, const char *profile)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, seed, profile, FM_LIMIT_TIME);
    g_autofree FmLonLat *at = reach_positions(seed, N);
    /* Two of them on one edge. */
    at[1] = (FmLonLat){at[0].lon_deg + 1e-4, at[0].lat_deg};
    g_autoptr(FmPlaces) places =
        fm_places_new_points(town.snapper, at, N, MAX_SNAP_M, 1, NULL, NULL);
    gsize n_routes = 0;
    for (gsize i = 0; i < N; i++)
        for (gsize j = 0; j < N; j++) {
            double expect = reach_brute_cost(town.network, at[i], at[j], MAX_SNAP_M);
            g_autoptr(FmRoute) route =
                fm_route_new(town.network, places, i, places, j, (double)INFINITY);
            reach_assert_cost(route ? route->cost : (double)INFINITY, expect);
            if (!route)
                continue;
            n_routes++;
            g_autoptr(FmRoute) none =
                fm_route_new(town.network, places, i, places, j, route->cost * 0.99);
            g_assert_true(none == NULL || route->cost == 0);
            /* 3.6 km/h beside the road, 36 km/h on it, and turns. */
            double legs_m = route->access_m + route->egress_m;
            double moving_s = legs_m + route->length_m / 10;
            g_assert_cmpfloat(moving_s, <=, route->cost + 1e-3);
            if (profile[strlen(REACH_PLAIN)] == '\0')
                g_assert_cmpfloat_with_epsilon(moving_s, route->cost, 1e-3);
            g_assert_cmpfloat_with_epsilon(line_length_m(route->line), legs_m + route->length_m,
                                           0.01);
            if (route->line) {
                const FmLonLat *p = route->line->points;
                g_assert_cmpint(memcmp(p, &at[i], sizeof *p), ==, 0);
                g_assert_cmpint(memcmp(p + route->line->n_points - 1, &at[j], sizeof *p), ==, 0);
            }
        }
    g_assert_cmpuint(n_routes, >, N);
}

static void test_towns(void)
{
    for (guint32 seed = 30; seed < 33; seed++)
        check_town(seed, REACH_PLAIN);
}

static void test_turns(void)
{
    check_town(33, REACH_TURNS);
}

/* Of two entrances the better one is taken. */
static void test_entrances(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town, "id|wkt\na|LINESTRING (0 0, 0.01 0)\n", REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(FmGeometry) gates =
        fm_geometry_from_wkt("MULTIPOINT ((0.002 0.001), (0.008 0.0005))", NULL);
    g_autoptr(FmGeometry) home = fm_geometry_from_wkt("POINT (0.0095 0)", NULL);
    const FmGeometry *const both[] = {home, gates};
    g_autoptr(FmPlaces) places = fm_places_new(town.snapper, both, 2, 500, 1, NULL, NULL);
    g_autoptr(FmRoute) route = fm_route_new(town.network, places, 0, places, 1, (double)INFINITY);
    g_assert_cmpuint(route->to, ==, 2);
    g_assert_cmpfloat(route->access_m, ==, 0);
    g_assert_cmpfloat_with_epsilon(
        route->egress_m, fm_geodesic_distance_m((FmLonLat){0.008, 0}, (FmLonLat){0.008, 0.0005}),
        1e-6);
    g_autoptr(FmRoute) still = fm_route_new(town.network, places, 0, places, 0, 0);
    g_assert_cmpfloat(still->cost, ==, 0);
    g_assert_null(still->line);
}

void test_place_route(void)
{
    g_test_add_func("/network/place-route/towns", test_towns);
    g_test_add_func("/network/place-route/turns", test_turns);
    g_test_add_func("/network/place-route/entrances", test_entrances);
}
