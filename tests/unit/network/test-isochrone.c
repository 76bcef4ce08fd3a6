/* Polygons around reached roads: valid, nested, and not across a river without a bridge. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

static FmGeometry *draw(const FmNetwork *network, const FmPlaces *places, double limit,
                        const FmIsochroneOptions *options)
{
    g_autofree double *costs = g_new(double, fm_graph_n_nodes(fm_network_graph(network)));
    g_autoptr(GError) error = NULL;
    FmGeometry *polygon = NULL;
    g_assert_true(
        fm_reach_node_costs(network, places, FM_TRAVEL_TO, limit, 1, costs, NULL, &error));
    g_autoptr(GArray) pieces = fm_reach_pieces(network, places, FM_TRAVEL_TO, costs, limit);
    g_assert_true(fm_isochrones(network, &pieces, 1, options, &polygon, NULL, &error));
    g_assert_no_error(error);
    if (polygon)
        g_assert_true(fm_geometry_validate(polygon, &error));
    return polygon;
}

static void test_nested(void)
{
    for (guint32 seed = 50; seed < 54; seed++) {
        g_auto(RoadFixture) fixture = {NULL};
        road_fixture_open(&fixture);
        reach_town(&fixture, seed);
        g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_TIME);
        g_autoptr(FmSnapper) snapper = fm_snapper_new(network, 1);
        g_autofree FmLonLat *sites = reach_positions(seed, 3);
        g_autoptr(FmPlaces) places = fm_places_new_points(snapper, sites, 3, 400, 1, NULL, NULL);
        g_autoptr(FmGeometry) near = draw(network, places, 130, NULL);
        g_autoptr(FmGeometry) mid = draw(network, places, 160, NULL);
        g_autoptr(FmGeometry) far = draw(network, places, 300, NULL);
        g_assert_nonnull(far);
        g_autoptr(FmGeometry) near_out = near ? fm_geometry_difference(near, mid, NULL) : NULL;
        g_autoptr(FmGeometry) mid_out = mid ? fm_geometry_difference(mid, far, NULL) : NULL;
        g_assert_cmpfloat(near_out ? fm_geodesic_area_m2(near_out) : 0, <, 1e-3);
        g_assert_cmpfloat(mid_out ? fm_geodesic_area_m2(mid_out) : 0, <, 1e-3);
    }
}

/* Two banks 330 m apart, joined 20 km away. */
static void test_river(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(
        &fixture, "roads", "network",
        "id|wkt\nsouth|LINESTRING (0 0, 0.01 0)\nnorth|LINESTRING (0 0.003, 0.01 0.003)\n"
        "round|LINESTRING (0.01 0, 0.2 0, 0.2 0.003, 0.01 0.003)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_TIME);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(network, 1);
    const FmLonLat site = {0.005, 0};
    g_autoptr(FmPlaces) places = fm_places_new_points(snapper, &site, 1, 400, 1, NULL, NULL);
    g_autoptr(FmGeometry) polygon = draw(network, places, 60, NULL);
    FmExtent extent = fm_geometry_extent(polygon);
    double lat_m =
        fm_geodesic_distance_m((FmLonLat){0.005, 0}, (FmLonLat){0.005, extent.north_deg});
    g_assert_cmpfloat_with_epsilon(lat_m, 100, 3);
    const FmIsochroneOptions wide = {.buffer_m = 50};
    g_autoptr(FmGeometry) thin = draw(network, places, 60, &wide);
    g_assert_cmpfloat(fm_geodesic_area_m2(thin), <, fm_geodesic_area_m2(polygon));
    g_autoptr(FmPlaces) nobody = fm_places_new_points(snapper, &site, 0, 400, 1, NULL, NULL);
    g_assert_null(draw(network, nobody, 60, NULL));
}

/* A street over the antimeridian, its halves written on either side: one polygon, which goes on
 * beyond 180 degrees instead of around the Earth, and as large as elsewhere. */
static void test_antimeridian(void)
{
    const char *const streets[] = {
        "id|wkt\nwest|LINESTRING (179.99 -17, 180 -17)\neast|LINESTRING (-180 -17, -179.99 -17)\n",
        "id|wkt\nwest|LINESTRING (19.99 -17, 20 -17)\neast|LINESTRING (20 -17, 20.01 -17)\n",
    };
    const FmLonLat sites[] = {{-179.995, -17}, {20.005, -17}};
    double area_m2[2], width_deg[2];
    for (gsize i = 0; i < 2; i++) {
        g_auto(RoadFixture) fixture = {NULL};
        road_fixture_open(&fixture);
        road_fixture_put(&fixture, "roads", "network", streets[i]);
        g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_TIME);
        g_autoptr(FmSnapper) snapper = fm_snapper_new(network, 1);
        g_autoptr(FmPlaces) places =
            fm_places_new_points(snapper, &sites[i], 1, 400, 1, NULL, NULL);
        g_autoptr(FmGeometry) polygon = draw(network, places, 1e5, NULL);
        g_assert_cmpuint(polygon->n_parts, ==, 1);
        FmExtent extent = fm_geometry_extent(polygon);
        area_m2[i] = fm_geodesic_area_m2(polygon);
        width_deg[i] = extent.east_deg - extent.west_deg;
    }
    g_assert_cmpfloat_with_epsilon(width_deg[0], width_deg[1], 1e-4);
    g_assert_cmpfloat_with_epsilon(area_m2[0] / area_m2[1], 1, 0.01);
}

void test_isochrone(void)
{
    g_test_add_func("/network/isochrone/nested", test_nested);
    g_test_add_func("/network/isochrone/river", test_river);
    g_test_add_func("/network/isochrone/antimeridian", test_antimeridian);
}
