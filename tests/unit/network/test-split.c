/* Lines cut at junctions: by hand, and extracts of OpenStreetMap as they are. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <math.h>

#define PLAIN "\"speed\": {\"default_kmh\": 36}"

/* A line that passes one of its own vertices twice is cut there, three times. */
static void test_self(void)
{
    g_autoptr(FmTable) table = road_table(
        "id|length_m:r|wkt\na|1000|LINESTRING (0 0, 0.001 0, 0.002 0, 0.002 0.001, 0.001 0)\n");
    g_autoptr(FmProfile) profile = road_profile(PLAIN);
    g_autoptr(FmLines) lines = fm_lines_new();
    double length_m = 0;

    g_assert_true(fm_lines_add(lines, "roads", table, profile, TRUE, NULL, NULL));
    g_autoptr(FmPieces) pieces = fm_pieces_new(lines);
    g_assert_cmpuint(pieces->n_nodes, ==, 2);
    g_assert_cmpuint(pieces->pieces->len, ==, 2);
    const FmPiece *piece = &g_array_index(pieces->pieces, FmPiece, 0);
    g_assert_cmpuint(piece[0].n, ==, 2);
    g_assert_cmpuint(piece[1].n, ==, 4);
    g_assert_cmpuint(piece[1].node[0], ==, piece[1].node[1]);
    length_m = piece[0].length_m + piece[1].length_m;
    g_assert_cmpfloat_with_epsilon(length_m, 1000, 1e-9); /* shared out as the layer says */
}

/* Extracts of OpenStreetMap as they are. */
static void test_extracts(void)
{
    static const struct {
        const char *file;
        gint64 n_features;
    } cases[] = {{"r5r_saopaulo/spo_osm.pbf", 5974}, {"osm/andorra.osm.pbf", 1614}};
    static const char *const profiles[] = {"walk", "bike", "drive"};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = road_shared(cases[i].file);
        if (path == NULL) {
            return;
        }
        g_auto(RoadFixture) fixture = {NULL};
        road_fixture_open(&fixture);
        g_autoptr(FmTable) table = road_fixture_load(&fixture, path);
        for (gsize p = 0; p < G_N_ELEMENTS(profiles); p++) {
            g_autoptr(FmNetwork) network = road_network(&fixture, profiles[p], FM_LIMIT_TIME);
            g_autoptr(FmNetworkReport) report = fm_network_report(network, 5, NULL, NULL);
            g_assert_cmpint(report->n_features, ==, cases[i].n_features);
            g_assert_cmpint(report->n_features, ==, (gint64)fm_table_n_rows(table));
            g_assert_cmpfloat(report->main_share, >, 0.75);
            g_assert_cmpint(report->n_strong, >=, report->n_weak);
        }
    }
}

void test_split(void)
{
    g_test_add_func("/network/split/self", test_self);
    g_test_add_func("/network/split/extracts", test_extracts);
}
