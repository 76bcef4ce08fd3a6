/* What a profile makes of a row. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <math.h>

#define LENGTH_M 1000.0

/* Reads the only row of a table given as two lines. */
static FmRoad read_row(const char *profile_parts, const char *heads, const char *cells)
{
    g_autofree char *text = g_strdup_printf("%s\n%s\n", heads, cells);
    g_autoptr(FmTable) table = road_table(text);
    g_autoptr(FmProfile) profile = road_profile(profile_parts);
    g_autoptr(GError) error = NULL;
    g_auto(FmRoadReader) reader = {NULL};
    FmRoad road;

    g_assert_true(fm_road_reader_init(&reader, "roads", table, profile, &error));
    g_assert_true(fm_road_read(&reader, 0, LENGTH_M, &road, &error));
    g_assert_no_error(error);
    return road;
}

/* The same from "key=value key=value". */
static FmRoad read_tags(const char *profile_parts, const char *tags)
{
    g_auto(GStrv) pairs = g_strsplit(tags, " ", -1);
    g_autoptr(GString) heads = g_string_new("id");
    g_autoptr(GString) cells = g_string_new("a");

    for (char **pair = pairs; *pair != NULL; pair++) {
        g_auto(GStrv) parts = g_strsplit(*pair, "=", 2);
        g_string_append_printf(heads, "|%s", parts[0]);
        g_string_append_printf(cells, "|%s", parts[1]);
    }
    return read_row(profile_parts, heads->str, cells->str);
}

/* km/h forward and backward; 0 = not passable. */
static void test_tags_of_osm(void)
{
    static const struct {
        const char *tags;
        double drive[2], bike[2], walk[2];
    } cases[] = {
        {"highway=residential", {25, 25}, {15, 15}, {4.5, 4.5}},
        {"highway=residential oneway=yes", {25, 0}, {15, 0}, {4.5, 4.5}},
        {"highway=residential oneway=-1", {0, 25}, {0, 15}, {4.5, 4.5}},
        {"highway=residential oneway=yes oneway_bicycle=no", {25, 0}, {15, 15}, {4.5, 4.5}},
        {"highway=residential oneway=reversible", {0, 0}, {0, 0}, {4.5, 4.5}},
        {"highway=residential junction=roundabout", {25, 0}, {15, 0}, {4.5, 4.5}},
        {"highway=residential junction=roundabout oneway=no", {25, 25}, {15, 15}, {4.5, 4.5}},
        {"highway=motorway", {100, 0}, {0, 0}, {0, 0}},
        {"highway=motorway access=yes", {100, 0}, {0, 0}, {0, 0}},
        {"highway=motorway bicycle=designated", {100, 0}, {15, 0}, {0, 0}},
        {"highway=footway", {0, 0}, {0, 0}, {4.5, 4.5}},
        {"highway=footway bicycle=yes", {0, 0}, {15, 15}, {4.5, 4.5}},
        {"highway=steps", {0, 0}, {0, 0}, {2.2, 2.2}},
        {"highway=service access=private", {0, 0}, {0, 0}, {0, 0}},
        {"highway=service access=private bicycle=yes foot=yes", {0, 0}, {12, 12}, {4.5, 4.5}},
        {"highway=service vehicle=no", {0, 0}, {0, 0}, {4.5, 4.5}},
        {"highway=service vehicle=no motor_vehicle=yes", {15, 15}, {0, 0}, {4.5, 4.5}},
        {"highway=service vehicle=no motor_vehicle=no motorcar=yes", {15, 15}, {0, 0}, {4.5, 4.5}},
        {"highway=service access=destination", {15, 15}, {12, 12}, {4.5, 4.5}},
        {"highway=primary maxspeed=50", {45, 45}, {15, 15}, {4.5, 4.5}},
        {"highway=primary maxspeed=10", {9, 9}, {10, 10}, {4.5, 4.5}},
        {"highway=primary maxspeed=CN:urban", {45, 45}, {15, 15}, {4.5, 4.5}},
        {"highway=primary maxspeed=none", {117, 117}, {15, 15}, {4.5, 4.5}},
        {"highway=tertiary maxspeed=50 surface=gravel", {27, 27}, {9, 9}, {4.5, 4.5}},
        {"highway=construction", {0, 0}, {0, 0}, {0, 0}},
        {"highway=corridor foot=no", {0, 0}, {0, 0}, {0, 0}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmRoad drive = read_tags("drive", cases[i].tags);
        FmRoad bike = read_tags("bike", cases[i].tags);
        FmRoad walk = read_tags("walk", cases[i].tags);
        g_test_message("%s", cases[i].tags);
        for (gsize d = 0; d < 2; d++) {
            g_assert_cmpfloat_with_epsilon(drive.mps[d] * 3.6, cases[i].drive[d], 1e-9);
            g_assert_cmpfloat_with_epsilon(bike.mps[d] * 3.6, cases[i].bike[d], 1e-9);
            g_assert_cmpfloat_with_epsilon(walk.mps[d] * 3.6, cases[i].walk[d], 1e-9);
        }
    }
}

/* A ferry takes its time; a river is no road. */
static void test_other_rows(void)
{
    FmRoad ferry = read_row("walk", "highway|route|duration", "|ferry|00:10");
    FmRoad slow = read_row("walk", "highway|route|duration", "|ferry|");
    FmRoad river = read_row("walk", "highway|route|duration", "||");

    g_assert_cmpfloat_with_epsilon(ferry.mps[0], LENGTH_M / 600, 1e-12);
    g_assert_cmpfloat_with_epsilon(slow.mps[1] * 3.6, 10, 1e-9);
    g_assert_false(river.road);
}

static void test_edge_table(void)
{
    static const char heads[] = "u:i|v:i|forward:i|backward:i|speed_kmh:i|length_m:r";
    FmRoad drive = read_row("drive", heads, "1|2|0|1|65|995.5");
    FmRoad walk = read_row("walk", heads, "1|2|0|0|65|995.5");

    g_assert_cmpfloat(drive.mps[0], ==, 0);
    g_assert_cmpfloat_with_epsilon(drive.mps[1] * 3.6, 65, 1e-9);
    g_assert_cmpfloat(drive.length_m, ==, 995.5);
    g_assert_cmpfloat_with_epsilon(walk.mps[0] * 3.6, 4.5, 1e-9); /* no car's speed */
}

static void test_geofabrik(void)
{
    FmRoad forward = read_row("drive", "fclass|oneway|maxspeed:i", "primary|F|0");
    FmRoad backward = read_row("drive", "fclass|oneway|maxspeed:i", "primary|T|50");
    FmRoad bad = read_row("drive", "highway|maxspeed", "primary|0");

    g_assert_cmpfloat_with_epsilon(forward.mps[0] * 3.6, 60, 1e-9);
    g_assert_cmpfloat(forward.mps[1], ==, 0);
    g_assert_false(forward.bad_maxspeed);
    g_assert_cmpfloat(backward.mps[0], ==, 0);
    g_assert_cmpfloat_with_epsilon(backward.mps[1] * 3.6, 45, 1e-9);
    g_assert_true(bad.bad_maxspeed);
}

static void test_columns(void)
{
    static const char own[] = "\"speed\": {\"default_kmh\": 5, \"speed_column\": true}, "
                              "\"columns\": {\"speed_kmh\": \"v\"}";
    g_autoptr(FmTable) table = road_table("id\na\n");
    g_autoptr(FmProfile) profile = road_profile(own);
    g_autoptr(GError) error = NULL;
    g_auto(FmRoadReader) reader = {NULL};
    FmRoad road = read_row(own, "v:i", "36");

    g_assert_cmpfloat_with_epsilon(road.mps[0], 10, 1e-12);
    g_assert_false(fm_road_reader_init(&reader, "roads", table, profile, &error));
    road_assert_error(
        &error, FM_ERROR_NOT_FOUND,
        "layer 'roads' has no column 'v', which profile 'test' names as its speed_kmh");
}

static void test_deny_and_crossing(void)
{
    static const char own[] =
        "\"speed\": {\"default_kmh\": 5}, \"access\": {\"deny\": [{\"tag\": \"tunnel\", "
        "\"values\": [\"yes\"]}]}, \"crossing\": {\"default_s\": 3, \"by_class\": {\"primary\": "
        "20}}";
    FmRoad tunnel = read_row(own, "fclass|tunnel", "primary|yes");
    FmRoad plain = read_row("\"speed\": {\"default_kmh\": 5, \"by_class\": {\"primary\": 4}}, "
                            "\"crossing\": {\"default_s\": 3, \"by_class\": {\"primary\": 20}}",
                            "fclass|tunnel", "primary|no");

    g_assert_cmpfloat(tunnel.mps[0], ==, 0);
    g_assert_cmpfloat(plain.crossing_s, ==, 20);
    g_assert_cmpfloat(read_row(own, "id", "a").crossing_s, ==, 3);
}

void test_road(void)
{
    g_test_add_func("/network/road/osm", test_tags_of_osm);
    g_test_add_func("/network/road/other-rows", test_other_rows);
    g_test_add_func("/network/road/edge-table", test_edge_table);
    g_test_add_func("/network/road/geofabrik", test_geofabrik);
    g_test_add_func("/network/road/columns", test_columns);
    g_test_add_func("/network/road/deny-and-crossing", test_deny_and_crossing);
}
