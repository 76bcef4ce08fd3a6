/* Roads that are added: where their ends join, and where nothing does. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <math.h>

#define PLAIN "\"speed\": {\"default_kmh\": 36}"
#define AT(lon, lat) ((FmLonLat){(lon), (lat)})

/* Two long streets that do not meet, 1.1 km apart, with side streets at their west ends. */
static const char streets[] =
    "id|wkt\nsouth|LINESTRING (0 0, 0.005 0, 0.01 0)\nnorth|LINESTRING (0 0.01, 0.01 0.01)\n"
    "a|LINESTRING (0 0, -0.001 0)\nb|LINESTRING (0 0, 0 -0.001)\n"
    "c|LINESTRING (0 0.01, -0.001 0.01)\nd|LINESTRING (0 0.01, 0 0.011)\n";
static const char ids[] =
    "id|u:i|v:i|wkt\nsouth|1|2|LINESTRING (0 0, 0.005 0, 0.01 0)\n"
    "north|3|4|LINESTRING (0 0.01, 0.01 0.01)\n"
    "a|1|5|LINESTRING (0 0, -0.001 0)\nb|1|6|LINESTRING (0 0, 0 -0.001)\n"
    "c|3|7|LINESTRING (0 0.01, -0.001 0.01)\nd|3|8|LINESTRING (0 0.01, 0 0.011)\n";

static double cost_with(RoadFixture *fixture, const char *opened)
{
    road_fixture_put(fixture, "link", "line", opened);
    g_autoptr(FmNetwork) network =
        road_network_changed(fixture, PLAIN, FM_LIMIT_LENGTH, NULL, "link");

    g_assert_cmpstr(fm_network_layers(network)[1], ==, "link");
    g_assert_null(network->key); /* never kept */
    g_assert_cmpuint(fm_network_warnings(network)->len, ==, 0);
    return road_cost(network, AT(0, 0), AT(0, 0.01));
}

/* In the middle of a street, at a vertex of one, at an end; also where ends meet by id. */
static void test_joins(void)
{
    static const char *const layers[] = {streets, ids};
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    double up = fm_geodesic_distance_m(AT(0, 0), AT(0, 0.01));
    double east = fm_geodesic_distance_m(AT(0, 0), AT(0.003, 0));
    double back = fm_geodesic_distance_m(AT(0, 0.01), AT(0.003, 0.01));
    double half = fm_geodesic_distance_m(AT(0, 0), AT(0.005, 0));
    double slant = fm_geodesic_distance_m(AT(0.005, 0), AT(0, 0.01));

    for (gsize i = 0; i < G_N_ELEMENTS(layers); i++) {
        road_fixture_put(&fixture, "roads", "network", layers[i]);
        g_assert_cmpfloat_with_epsilon(cost_with(&fixture, "id|wkt\nx|LINESTRING (0 0, 0 0.01)\n"),
                                       up, 1e-6);
        g_assert_cmpfloat_with_epsilon(
            cost_with(&fixture, "id|wkt\nx|LINESTRING (0.003 0, 0.003 0.01)\n"), east + up + back,
            0.02);
        g_assert_cmpfloat_with_epsilon(
            cost_with(&fixture, "id|wkt\nx|LINESTRING (0.005 0, 0 0.01)\n"), half + slant, 1e-6);
        /* 0.6 m short on one side, beyond on the other: within 1 m both join. */
        g_assert_cmpfloat_with_epsilon(
            cost_with(&fixture, "id|wkt\nx|LINESTRING (0.003 0.0000054, 0.003 0.0100054)\n"),
            east + up + back, 2);
    }
}

/* In two pieces that meet at a vertex of their own. */
static void test_two_pieces(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", streets);

    g_assert_cmpfloat_with_epsilon(
        cost_with(&fixture,
                  "id|wkt\nx|LINESTRING (0 0, 0 0.004)\ny|LINESTRING (0 0.01, 0 0.004)\n"),
        fm_geodesic_distance_m(AT(0, 0), AT(0, 0.01)), 1e-6);
}

static void test_touches_nothing(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", streets);
    /* Crosses one street, stops 2 m short of the other, and starts 2 m beyond. */
    road_fixture_put(&fixture, "link", "line",
                     "id|wkt\nx|LINESTRING (0.003 -0.00002, 0.003 0.00998)\n");
    {
        g_autoptr(FmNetwork) network =
            road_network_changed(&fixture, PLAIN, FM_LIMIT_LENGTH, NULL, "link");
        g_assert_true(isinf(road_cost(network, AT(0, 0), AT(0, 0.01))));
        g_assert_cmpuint(fm_network_warnings(network)->len, ==, 1);
        g_assert_nonnull(strstr(g_ptr_array_index(fm_network_warnings(network), 0),
                                "id 'x' opens a road that joins no other"));
    }
    road_fixture_put(&fixture, "link", "line",
                     "id|oneway|wkt\nx|reversible|LINESTRING (0 0, 1 1)\n");
    g_autoptr(FmNetwork) network =
        road_network_changed(&fixture, PLAIN, FM_LIMIT_LENGTH, NULL, "link");
    g_assert_nonnull(strstr(g_ptr_array_index(fm_network_warnings(network), 0),
                            "opens no road that profile 'test' may use"));
}

void test_open_roads(void)
{
    g_test_add_func("/network/open-roads/joins", test_joins);
    g_test_add_func("/network/open-roads/two-pieces", test_two_pieces);
    g_test_add_func("/network/open-roads/touches-nothing", test_touches_nothing);
}
