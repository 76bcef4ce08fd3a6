/* Which nodes are junctions, and what edges are made of. */
#include "fm-unit.h"
#include "road-fixture.h"

#define DRIVE "\"speed\": {\"default_kmh\": 36, \"speed_column\": true}"

static FmRoads *roads_of(const char *text)
{
    g_autoptr(FmTable) table = road_table(text);
    g_autoptr(FmProfile) profile = road_profile(DRIVE ", \"crossing\": {\"default_s\": 4}");
    g_autoptr(FmLines) lines = fm_lines_new();

    g_assert_true(fm_lines_add(lines, "roads", table, profile, TRUE, NULL, NULL));
    g_autoptr(FmPieces) pieces = fm_pieces_new(lines);
    return fm_roads_new(lines, pieces);
}

static void test_what_joins(void)
{
    static const struct {
        const char *rows;
        guint n_edges, n_nodes;
    } cases[] = {
        /* drawn the same way and against each other */
        {"a||36||LINESTRING (0 0, 1 0)\nb||36||LINESTRING (1 0, 2 0)\n", 1, 2},
        {"a||36||LINESTRING (0 0, 1 0)\nb||36||LINESTRING (2 0, 1 0)\n", 1, 2},
        /* another speed, another direction */
        {"a||36||LINESTRING (0 0, 1 0)\nb||37||LINESTRING (1 0, 2 0)\n", 2, 3},
        {"a|yes|36||LINESTRING (0 0, 1 0)\nb||36||LINESTRING (1 0, 2 0)\n", 2, 3},
        {"a|yes|36||LINESTRING (0 0, 1 0)\nb|yes|36||LINESTRING (1 0, 2 0)\n", 1, 2},
        {"a|yes|36||LINESTRING (0 0, 1 0)\nb|-1|36||LINESTRING (2 0, 1 0)\n", 1, 2},
        {"a|yes|36||LINESTRING (0 0, 1 0)\nb|yes|36||LINESTRING (2 0, 1 0)\n", 2, 3},
        /* a doubtful length keeps to itself */
        {"a||36|5|LINESTRING (0 0, 1 0)\nb||36||LINESTRING (1 0, 2 0)\n", 2, 3},
        /* three meet; two parallels meet twice */
        {"a||36||LINESTRING (0 0, 1 0)\nb||36||LINESTRING (1 0, 2 0)\n"
         "c||36||LINESTRING (1 0, 1 1)\n",
         3, 4},
        {"a||36||LINESTRING (0 0, 1 0)\nb||36||LINESTRING (0 0, 0 1, 1 0)\n", 1, 1},
        {"a||36||LINESTRING (0 0, 1 0)\nb||37||LINESTRING (0 0, 0 1, 1 0)\n", 2, 2},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strconcat("id|oneway|speed_kmh:i|length_m:r|wkt\n", cases[i].rows, NULL);
        g_autoptr(FmRoads) roads = roads_of(text);
        g_test_message("%s", cases[i].rows);
        g_assert_cmpuint(roads->edges->len, ==, cases[i].n_edges);
        g_assert_cmpuint(roads->n_nodes, ==, cases[i].n_nodes);
    }
}

/* An edge runs as its first line was drawn, and knows its speeds in that direction. */
static void test_directions(void)
{
    g_autoptr(FmRoads) roads = roads_of("id|oneway|wkt\na|-1|LINESTRING (0 0, 1 0)\n"
                                        "b|yes|LINESTRING (2 0, 1 0)\n");
    const FmRoadEdge *edge = &g_array_index(roads->edges, FmRoadEdge, 0);
    const FmLonLat *points = &g_array_index(roads->points, FmLonLat, edge->first);

    g_assert_cmpuint(roads->edges->len, ==, 1);
    g_assert_cmpuint(edge->n, ==, 3);
    g_assert_cmpfloat(points[0].lon_deg, ==, 0);
    g_assert_cmpfloat(points[2].lon_deg, ==, 2);
    g_assert_cmpfloat(edge->mps[FM_EDGE_FORWARD], ==, 0);
    g_assert_cmpfloat_with_epsilon(edge->mps[FM_EDGE_BACKWARD], 10, 1e-12);
}

static void test_crossing(void)
{
    g_autoptr(FmRoads) roads = roads_of("id|wkt\na|LINESTRING (0 0, 1 0)\n"
                                        "b|LINESTRING (1 0, 2 0)\nc|LINESTRING (1 0, 1 1)\n");

    g_assert_cmpuint(roads->crossing_s->len, ==, 4);
    g_assert_cmpfloat(g_array_index(roads->crossing_s, double, 0), ==, 0); /* an end */
    g_assert_cmpfloat(g_array_index(roads->crossing_s, double, 1), ==, 4);
}

void test_chains(void)
{
    g_test_add_func("/network/chains/what-joins", test_what_joins);
    g_test_add_func("/network/chains/directions", test_directions);
    g_test_add_func("/network/chains/crossing", test_crossing);
}
