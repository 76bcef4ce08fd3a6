/* Roads that are closed by points, lines and areas. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <math.h>

#define PLAIN "\"speed\": {\"default_kmh\": 36}"
#define AT(lon, lat) ((FmLonLat){(lon), (lat)})

/* A ladder: two rails and three rungs, 111 m apart; the middle of the south rail is "mid". */
static const char ladder[] =
    "id|wkt\nsw|LINESTRING (0 0, 0.001 0)\nse|LINESTRING (0.001 0, 0.002 0)\n"
    "nw|LINESTRING (0 0.001, 0.001 0.001)\n"
    "ne|LINESTRING (0.001 0.001, 0.002 0.001)\n"
    "w|LINESTRING (0 0, 0 0.001)\nm|LINESTRING (0.001 0, 0.001 0.001)\n"
    "e|LINESTRING (0.002 0, 0.002 0.001)\n";

/* Total length that is left, in rungs and rails: a rail is 111.3 m, a rung 110.6 m. */
static void assert_left(RoadFixture *fixture, const char *closing, guint rails, guint rungs)
{
    double rail = fm_geodesic_distance_m(AT(0, 0), AT(0.001, 0));
    double high = fm_geodesic_distance_m(AT(0, 0.001), AT(0.001, 0.001));
    double rung = fm_geodesic_distance_m(AT(0, 0), AT(0, 0.001));

    g_test_message("%s", closing);
    road_fixture_put(fixture, "works", "works", closing);
    g_autoptr(FmNetwork) network =
        road_network_changed(fixture, PLAIN, FM_LIMIT_LENGTH, "works", NULL);
    g_autoptr(FmNetworkReport) report = fm_network_report(network, 0, NULL, NULL);
    g_assert_cmpfloat_with_epsilon(report->length_m, rails * rail + rungs * rung,
                                   4 * (rail - high) + 1e-6);
    g_assert_cmpuint(fm_network_warnings(network)->len, ==, rails + rungs == 7 ? 1 : 0);
}

static void test_shapes(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", ladder);

    /* 11 m beside one; at a junction of three; 33 m from any. */
    assert_left(&fixture, "id|wkt\na|POINT (0.0005 0.0001)\n", 3, 3);
    assert_left(&fixture, "id|wkt\na|POINT (0.001 0)\n", 2, 2);
    assert_left(&fixture, "id|wkt\na|POINT (0.0005 -0.0003)\n", 4, 3);
    assert_left(&fixture, "id|wkt\na|MULTIPOINT ((0.0005 0), (0.0015 0.001))\n", 2, 3);
    /* Along one with 0.5 m to spare, along most of one, across one, along two. */
    assert_left(&fixture, "id|wkt\na|LINESTRING (0 0.000005, 0.001 0.000005)\n", 3, 3);
    assert_left(&fixture, "id|wkt\na|LINESTRING (0.0002 0, 0.0004 0)\n", 3, 3);
    assert_left(&fixture, "id|wkt\na|LINESTRING (0.0005 -0.001, 0.0005 0.0005)\n", 4, 3);
    assert_left(&fixture, "id|wkt\na|LINESTRING (0 0, 0.002 0)\n", 2, 3);
    /* An area over the east; one with a border along the south; one that touches a corner. */
    assert_left(&fixture,
                "id|wkt\na|POLYGON ((0.0015 -1, 0.0025 -1, 0.0025 1, 0.0015 1, 0.0015 -1))\n", 2,
                2);
    assert_left(&fixture, "id|wkt\na|POLYGON ((0 0, 0 -1, 0.002 -1, 0.002 0, 0 0))\n", 2, 3);
    assert_left(&fixture, "id|wkt\na|POLYGON ((0 0, -1 0, -1 -1, 0 0))\n", 4, 3);
}

/* What is closed is no longer than the piece that it lies on, however long the road. */
static void test_only_the_piece(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|wkt\nlong|LINESTRING (0 0, 0.001 0, 0.002 0, 0.003 0)\n"
                     "round|LINESTRING (0.001 0, 0.001 0.001, 0.002 0.001, 0.002 0)\n");
    road_fixture_put(&fixture, "works", "works", "id|wkt\na|POINT (0.0015 0)\n");
    g_autoptr(FmNetwork) network =
        road_network_changed(&fixture, PLAIN, FM_LIMIT_LENGTH, "works", NULL);
    g_autoptr(FmNetwork) before = road_network(&fixture, PLAIN, FM_LIMIT_LENGTH);
    double detour = fm_geodesic_distance_m(AT(0.001, 0), AT(0.001, 0.001)) * 2 +
                    fm_geodesic_distance_m(AT(0.001, 0.001), AT(0.002, 0.001)) -
                    fm_geodesic_distance_m(AT(0.001, 0), AT(0.002, 0));

    g_assert_cmpfloat_with_epsilon(road_cost(network, AT(0, 0), AT(0.003, 0)) -
                                       road_cost(before, AT(0, 0), AT(0.003, 0)),
                                   detour, 1e-6);
}

static void test_mistakes(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", ladder);
    road_fixture_put(&fixture, "works", "works",
                     "id|wkt\na|POLYGON ((0 0, 0.002 0.001, 0.002 0, 0 0.001, 0 0))\n");
    g_autoptr(FmProfile) profile = road_profile(PLAIN);
    g_autoptr(GError) error = NULL;
    FmNetworkOptions options = {.profile = profile, .closed = "works"};

    g_assert_null(fm_network_open(fixture.workspace, &options, NULL, &error));
    road_assert_error(&error, FM_ERROR_DATA, "layer 'works', row 1: ");
    options.closed = "no_such";
    g_assert_null(fm_network_open(fixture.workspace, &options, NULL, &error));
    road_assert_error(&error, FM_ERROR_NOT_FOUND, "no_such");
}

void test_close_roads(void)
{
    g_test_add_func("/network/close-roads/shapes", test_shapes);
    g_test_add_func("/network/close-roads/only-the-piece", test_only_the_piece);
    g_test_add_func("/network/close-roads/mistakes", test_mistakes);
}
