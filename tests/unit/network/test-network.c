/* Networks whose answers are worked out by hand: bridges, one-way streets, roundabouts, chains,
 * node ids; the cache; what bad input gets; and Beijing. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "road-fixture.h"

#include <math.h>

#define PLAIN "\"speed\": {\"default_kmh\": 36}, \"oneway\": {}"
#define AT(lon, lat) ((FmLonLat){(lon), (lat)})

static double metres(FmLonLat a, FmLonLat b)
{
    return fm_geodesic_distance_m(a, b);
}

static void assert_near(double value, double expect)
{
    g_assert_cmpfloat_with_epsilon(value, expect, 1e-6);
}

/* Two roads cross: once with a vertex there, once as a bridge. */
static void test_bridge(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);

    road_fixture_put(&fixture, "roads", "network",
                     "id|wkt\na|LINESTRING (0 0, 0.001 0, 0.002 0)\n"
                     "b|LINESTRING (0.001 -0.001, 0.001 0, 0.001 0.001)\n");
    {
        g_autoptr(FmNetwork) crossing = road_network(&fixture, PLAIN, FM_LIMIT_LENGTH);
        g_assert_cmpuint(fm_network_n_edges(crossing), ==, 4);
        assert_near(road_cost(crossing, AT(0, 0), AT(0.001, 0.001)),
                    metres(AT(0, 0), AT(0.001, 0)) + metres(AT(0.001, 0), AT(0.001, 0.001)));
    }
    road_fixture_put(&fixture, "roads", "network",
                     "id|wkt\na|LINESTRING (0 0, 0.001 0, 0.002 0)\n"
                     "b|LINESTRING (0.001 -0.001, 0.001 0.001)\n");
    g_autoptr(FmNetwork) bridge = road_network(&fixture, PLAIN, FM_LIMIT_LENGTH);
    g_assert_cmpuint(fm_network_n_edges(bridge), ==, 2);
    g_assert_true(isinf(road_cost(bridge, AT(0, 0), AT(0.001, 0.001))));
    assert_near(road_cost(bridge, AT(0, 0), AT(0.002, 0)), metres(AT(0, 0), AT(0.002, 0)));
}

/* Seconds at 36 km/h are a tenth of the metres. */
static void test_oneway(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|oneway|wkt\na|yes|LINESTRING (0 0, 0.001 0)\n"
                     "b|-1|LINESTRING (0 0, 0 0.001)\n"
                     "c|no|LINESTRING (0.001 0, 0 0.001)\n"
                     "d||LINESTRING (0 0, -0.001 0)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, PLAIN, FM_LIMIT_TIME);
    double a = metres(AT(0, 0), AT(0.001, 0)), b = metres(AT(0, 0), AT(0, 0.001));
    double c = metres(AT(0.001, 0), AT(0, 0.001));

    /* Different directions at every corner: nothing is joined. */
    g_assert_cmpuint(fm_network_n_edges(network), ==, 4);
    assert_near(road_cost(network, AT(0, 0), AT(0.001, 0)), a / 10);
    assert_near(road_cost(network, AT(0.001, 0), AT(0, 0)), (c + b) / 10);
    assert_near(road_cost(network, AT(0, 0), AT(0, 0.001)), (a + c) / 10);
    FmEdge edge = fm_network_edge(network, road_edge_with(network, AT(0.001, 0)));
    g_assert_cmpuint(edge.begin[FM_EDGE_BACKWARD], ==, FM_NODE_NONE);
    g_assert_true(isinf(edge.cost[FM_EDGE_BACKWARD]));
    g_assert_cmpuint(edge.island, ==, 0);

    /* On foot nobody minds: the three are one way round, either way. */
    g_autoptr(FmNetwork) walk =
        road_network(&fixture, "\"speed\": {\"default_kmh\": 36}, \"oneway\": {\"ignored\": true}",
                     FM_LIMIT_TIME);
    FmEdge round = fm_network_edge(walk, road_edge_with(walk, AT(0.001, 0)));
    g_assert_cmpuint(fm_network_n_edges(walk), ==, 2);
    assert_near(round.cost[FM_EDGE_FORWARD], (a + b + c) / 10);
    assert_near(round.cost[FM_EDGE_BACKWARD], (a + b + c) / 10);
}

/* Four arms; from the west to the south it is three quarters round. */
static void test_roundabout(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|junction|wkt\n"
                     "ring|roundabout|LINESTRING (0.001 0, 0 0.001, -0.001 0, 0 -0.001, 0.001 0)\n"
                     "east||LINESTRING (0.001 0, 0.002 0)\n"
                     "north||LINESTRING (0 0.001, 0 0.002)\n"
                     "west||LINESTRING (-0.001 0, -0.002 0)\n"
                     "south||LINESTRING (0 -0.001, 0 -0.002)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, PLAIN, FM_LIMIT_LENGTH);
    double quarter = metres(AT(0.001, 0), AT(0, 0.001));
    double x = metres(AT(0.001, 0), AT(0.002, 0)), y = metres(AT(0, 0.001), AT(0, 0.002));

    g_assert_cmpuint(fm_network_n_edges(network), ==, 8);
    assert_near(road_cost(network, AT(-0.002, 0), AT(0, -0.002)), x + quarter + y);
    assert_near(road_cost(network, AT(0, -0.002), AT(-0.002, 0)), y + 3 * quarter + x);
}

/* Seven pieces of two lines are one edge; a change of speed ends it. */
static void test_joined(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|maxspeed|wkt\na|36|LINESTRING (0 0, 0.001 0, 0.001 0, 0.002 0.001)\n"
                     "b|36|LINESTRING (0.003 0, 0.002 0.001)\n"
                     "c|72|LINESTRING (0.003 0, 0.004 0)\n");
    g_autoptr(FmNetwork) network = road_network(
        &fixture, "\"speed\": {\"default_kmh\": 9, \"maxspeed\": \"followed\"}", FM_LIMIT_TIME);
    FmEdge edge = fm_network_edge(network, 0);
    double length = metres(AT(0, 0), AT(0.001, 0)) + metres(AT(0.001, 0), AT(0.002, 0.001)) +
                    metres(AT(0.003, 0), AT(0.002, 0.001));

    g_assert_cmpuint(fm_network_n_edges(network), ==, 2);
    g_assert_cmpuint(edge.n_points, ==, 4); /* the repeated vertex is one */
    assert_near(edge.length_m, length);
    assert_near(edge.cost[FM_EDGE_FORWARD], length / 10);
    assert_near(road_cost(network, AT(0, 0), AT(0.004, 0)),
                length / 10 + metres(AT(0.003, 0), AT(0.004, 0)) / 20);
}

/* A ring that no other road touches is an edge from a node to itself. */
static void test_ring(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|wkt\na|LINESTRING (0 0, 0.001 0, 0 0.001)\n"
                     "b|LINESTRING (0 0.001, 0 0)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, PLAIN, FM_LIMIT_LENGTH);
    FmEdge edge = fm_network_edge(network, 0);

    g_assert_cmpuint(fm_network_n_edges(network), ==, 1);
    g_assert_cmpuint(edge.begin[0], ==, edge.begin[1]);
    g_assert_cmpuint(edge.n_points, ==, 4);
}

/* Ends meet by id, whatever their positions; lines through the same vertex do not. */
static void test_node_ids(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(
        &fixture, "roads", "network",
        "id|from_node:i|to_node:i|car_forward:i|car_backward:i|speed_kmh:r|length_m:r|wkt\n"
        "a|1|2|1|1|36|200|LINESTRING (0 0, 0.001 0, 0.002 0)\n"
        "b|3|4|1|1|36||LINESTRING (0.001 -0.001, 0.001 0, 0.001 0.001)\n"
        "c|2|3|1|0|72|50|LINESTRING (0.002 0, 0.001 -0.001)\n"
        "d|2|9|0|0|72|50|LINESTRING (0.002 0, 0.003 0)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, "drive", FM_LIMIT_TIME);

    g_assert_cmpuint(fm_network_n_edges(network), ==, 3);
    assert_near(road_cost(network, AT(0, 0), AT(0.001, 0.001)),
                20 + 2.5 + metres(AT(0.001, -0.001), AT(0.001, 0.001)) / 10);
    g_assert_true(isinf(road_cost(network, AT(0.001, 0.001), AT(0, 0))));
    g_assert_cmpint(network->roads->n_features, ==, 4);
    g_assert_cmpint(network->roads->n_impassable, ==, 1);
}

/* What was built is found again, and only while it fits. */
static const char fork_text[] = "id|wkt\na|LINESTRING (0 0, 0.001 0)\nb|LINESTRING (0.001 0, 0 1)\n"
                                "c|LINESTRING (0.001 0, 0 -1)\n";

static void keep(RoadFixture *fixture, const FmNetwork *network)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(fixture->workspace, "network", NULL, NULL, &error);
    g_assert_true(fm_network_keep(network, run, &error));
    g_assert_true(fm_run_commit(run, &error));
}

static void test_cache(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", fork_text);
    g_autoptr(GError) error = NULL;
    {
        g_autoptr(FmNetwork) built = road_network(&fixture, PLAIN, FM_LIMIT_TIME);
        g_assert_false(built->roads_kept);
        g_assert_nonnull(fm_network_hierarchy(built, 1, NULL, &error));
        keep(&fixture, built);
    }
    {
        g_autoptr(FmNetwork) kept = road_network(&fixture, PLAIN, FM_LIMIT_TIME);
        g_assert_true(kept->roads_kept);
        fm_network_read_hierarchy(kept);
        g_assert_true(kept->hierarchy_kept);
        g_assert_nonnull(fm_network_hierarchy(kept, 1, NULL, &error));
        g_assert_true(kept->hierarchy_kept);
        g_autoptr(FmNetwork) metres_too = road_network(&fixture, PLAIN, FM_LIMIT_LENGTH);
        g_assert_true(metres_too->roads_kept); /* costs are made when it is opened */
        fm_network_read_hierarchy(metres_too);
        g_assert_null(metres_too->hierarchy); /* that of seconds is another */
        g_assert_nonnull(fm_network_hierarchy(metres_too, 1, NULL, &error));
        g_assert_false(metres_too->hierarchy_kept);
        g_autoptr(FmNetwork) other =
            road_network(&fixture, "\"speed\": {\"default_kmh\": 37}", FM_LIMIT_TIME);
        g_assert_false(other->roads_kept);
    }
    road_fixture_put(&fixture, "roads", "network", "id|wkt\na|LINESTRING (0 0, 0.002 0)\n");
    g_autoptr(FmNetwork) changed = road_network(&fixture, PLAIN, FM_LIMIT_TIME);
    g_assert_false(changed->roads_kept);
    g_assert_cmpuint(fm_network_n_edges(changed), ==, 1);
}

static void test_bad_input(void)
{
    static const struct {
        const char *roads;
        FmError code;
        const char *part;
    } cases[] = {
        {"id|wkt\n", FM_ERROR_DATA, "layer 'roads' has no roads: load some"},
        {"id|wkt\na|\n", FM_ERROR_DATA,
         "has no road that profile 'test' may use (of 1 it may "
         "not use 0, 1 without position, 0 without length)"},
        {"id|wkt\na|POLYGON ((0 0, 1 0, 1 1, 0 0))\n", FM_ERROR_DATA,
         "row 1: a POLYGON, and a network is made of lines"},
        {"id|wkt\na|LINESTRING (0 0, 1 1)\nb|POINT (0 0)\n", FM_ERROR_DATA, "row 2: a POINT"},
        {"id|length_m:r|wkt\na|0|LINESTRING (0 0, 1 1)\n", FM_ERROR_DATA,
         "row 1: length_m is '0', and must be above 0"},
        {"id|length_m:r|wkt\na|-3.5|LINESTRING (0 0, 1 1)\n", FM_ERROR_DATA, "length_m is '-3.5'"},
        {"id|length_m|wkt\na|long|LINESTRING (0 0, 1 1)\n", FM_ERROR_DATA, "length_m is 'long'"},
        {"id|speed_kmh:i|wkt\na|0|LINESTRING (0 0, 1 1)\n", FM_ERROR_DATA, "speed_kmh is '0'"},
        {"id|speed_kmh:i|wkt\na|-5|LINESTRING (0 0, 1 1)\n", FM_ERROR_DATA, "speed_kmh is '-5'"},
        {"id|oneway|wkt\na|reversible|LINESTRING (0 0, 1 1)\n", FM_ERROR_DATA,
         "(of 1 it may not use 1, 0 without position, 0 without length): choose another profile"},
    };
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        road_fixture_put(&fixture, "roads", "network", cases[i].roads);
        road_network_fails(&fixture, "\"speed\": {\"default_kmh\": 30, \"speed_column\": true}",
                           cases[i].code, cases[i].part);
    }
}

static void test_which_layer(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    g_autoptr(FmProfile) profile = road_profile("walk");
    g_autoptr(GError) error = NULL;
    FmNetworkOptions options = {.profile = profile, .cost = FM_LIMIT_TIME};

    g_assert_null(fm_network_open(fixture.workspace, &options, NULL, &error));
    road_assert_error(&error, FM_ERROR_NOT_FOUND, "load roads with --kind network");
    road_fixture_put(&fixture, "roads", "network", "id|wkt\na|LINESTRING (0 0, 0 1)\n");
    {
        g_autoptr(FmNetwork) network = fm_network_open(fixture.workspace, &options, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(fm_network_layers(network)[0], ==, "roads");
        g_assert_null(fm_network_layers(network)[1]);
        assert_near(fm_network_access_cost_per_m(network), 0.8); /* 4.5 km/h */
    }
    road_fixture_put(&fixture, "more", "network", "id|wkt\na|LINESTRING (0 0, 0 1)\n");
    g_assert_null(fm_network_open(fixture.workspace, &options, NULL, &error));
    road_assert_error(&error, FM_ERROR_NOT_FOUND, "2 layers of kind 'network' (roads, more)");
    options.layer = "rodas";
    g_assert_null(fm_network_open(fixture.workspace, &options, NULL, &error));
    road_assert_error(&error, FM_ERROR_NOT_FOUND, "roads");
}

/* In two steps, on another thread or not, from the layer or from what was kept: the same; and what
 * was begun may be given up. */
static void test_begun(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", fork_text);
    g_autoptr(FmProfile) profile = road_profile("walk");
    const FmNetworkOptions options = {.profile = profile, .cost = FM_LIMIT_TIME};

    for (gboolean kept = FALSE; kept <= TRUE; kept++) {
        for (guint n_threads = 1; n_threads <= 2; n_threads++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(FmNetwork) network =
                fm_network_begin(fixture.workspace, &options, n_threads, &error);
            g_assert_no_error(error);
            g_assert_true(fm_network_finish(network, &options, NULL, &error));
            g_assert_no_error(error);
            g_assert_cmpint(network->roads_kept, ==, kept);
            g_assert_cmpuint(fm_network_n_edges(network), ==, 3);
            g_assert_cmpuint(fm_graph_n_nodes(fm_network_graph(network)), ==, 4);
            g_autoptr(FmNetwork) given_up =
                fm_network_begin(fixture.workspace, &options, n_threads, &error);
            g_assert_nonnull(given_up);
        }
        g_autoptr(FmNetwork) whole = fm_network_open(fixture.workspace, &options, NULL, NULL);
        keep(&fixture, whole);
    }
}

static void test_cancel(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", "id|wkt\na|LINESTRING (0 0, 0 1)\n");
    g_autoptr(FmProfile) profile = road_profile("walk");
    g_autoptr(GError) error = NULL;
    FmNetworkOptions options = {.profile = profile, .cost = FM_LIMIT_TIME};
    FmProgress progress = fm_progress_init(fixture_graph_cancel, NULL);

    g_assert_null(fm_network_open(fixture.workspace, &options, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_network(void)
{
    g_test_add_func("/network/network/bridge", test_bridge);
    g_test_add_func("/network/network/oneway", test_oneway);
    g_test_add_func("/network/network/roundabout", test_roundabout);
    g_test_add_func("/network/network/chains", test_joined);
    g_test_add_func("/network/network/ring", test_ring);
    g_test_add_func("/network/network/node-ids", test_node_ids);
    g_test_add_func("/network/network/cache", test_cache);
    g_test_add_func("/network/network/begun", test_begun);
    g_test_add_func("/network/network/bad-input", test_bad_input);
    g_test_add_func("/network/network/which-layer", test_which_layer);
    g_test_add_func("/network/network/cancel", test_cancel);
}
