/* Lines cut at junctions: by hand, and the roads of Beijing against what is known of them. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <facmap/load.h>
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

/* ---- Beijing ----------------------------------------------------------------------------- */

static FmTable *read_source(RoadFixture *fixture, const char *path)
{
    g_autoptr(FmSource) source = fm_source_new(path);
    const FmSource *sources[] = {source};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) reports = NULL;
    FmLoadOptions options = {0};

    source->kind = g_strdup("network");
    source->layer = g_strdup("roads");
    source->crs = g_strdup("EPSG:4326");
    fm_load(fixture->workspace, NULL, sources, 1, &options, &reports, NULL, NULL, &error);
    g_assert_no_error(error);
    FmTable *table = fm_workspace_read(fixture->workspace, "roads", NULL, NULL, &error);
    g_assert_no_error(error);
    return table;
}

static guint32 n_ways(const FmLines *lines, const FmPieces *pieces, FmArc *arcs)
{
    guint32 n = 0;

    for (guint i = 0; i < pieces->pieces->len; i++) {
        const FmPiece *piece = &g_array_index(pieces->pieces, FmPiece, i);
        const FmLine *line = &g_array_index(lines->lines, FmLine, piece->line);
        for (guint d = 0; d < 2; d++) {
            if (line->mps[d] > 0) {
                arcs[n++] =
                    (FmArc){piece->node[d], piece->node[1 - d], piece->length_m / line->mps[d]};
            }
        }
    }
    return n;
}

/* Joining chains changes no cost: from junctions to junctions, every one, against the uncut graph
 * by the Bellman-Ford algorithm, which shares nothing with the searches of the library. */
static void assert_same_costs(const FmArc *arcs, guint32 n_arcs, guint32 n_nodes, guint32 from,
                              const FmGraph *graph, guint32 from_junction,
                              const guint32 *junction_of)
{
    g_autofree double *cost = g_new(double, n_nodes);
    g_autofree FmReached *reached = g_new(FmReached, fm_graph_n_nodes(graph));
    const guint32 first[] = {0, 1};
    FmSeed seed = {from_junction, 0};
    FmEnds ends = {1, first, &seed};
    gboolean better = TRUE;

    for (guint32 v = 0; v < n_nodes; v++) {
        cost[v] = v == from ? 0 : (double)INFINITY;
    }
    while (better) {
        better = FALSE;
        for (guint32 i = 0; i < n_arcs; i++) {
            double by = cost[arcs[i].tail] + arcs[i].cost;
            if (by < cost[arcs[i].head]) {
                cost[arcs[i].head] = by;
                better = TRUE;
            }
        }
    }
    g_assert_true(fm_graph_nearest(graph, FM_TRAVEL_FROM, &ends, 1, (double)INFINITY, 1, reached,
                                   NULL, NULL));
    for (guint32 v = 0; v < n_nodes; v++) {
        if (junction_of[v] == FM_NODE_NONE) {
            continue;
        }
        double other = reached[junction_of[v]].cost;
        g_assert_true(isinf(cost[v]) ? isinf(other) : fabs(cost[v] - other) < 1e-6);
    }
}

/* Which junction each node has become: those that end an edge, in the same order. */
static guint32 *junctions(const FmPieces *pieces, const FmLines *lines, const FmRoads *roads)
{
    guint32 *junction_of = g_new(guint32, pieces->n_nodes);
    g_autoptr(GHashTable) ends = g_hash_table_new(g_direct_hash, g_direct_equal);

    for (guint i = 0; i < roads->edges->len; i++) {
        const FmRoadEdge *edge = &g_array_index(roads->edges, FmRoadEdge, i);
        for (guint side = 0; side < 2; side++) {
            FmLonLat at =
                g_array_index(roads->points, FmLonLat, edge->first + (side == 0 ? 0 : edge->n - 1));
            g_hash_table_insert(ends, GSIZE_TO_POINTER(fm_vertex_key(at)),
                                GUINT_TO_POINTER(edge->node[side] + 1));
        }
    }
    for (guint32 v = 0; v < pieces->n_nodes; v++) {
        junction_of[v] = FM_NODE_NONE;
    }
    for (guint i = 0; i < pieces->pieces->len; i++) {
        const FmPiece *piece = &g_array_index(pieces->pieces, FmPiece, i);
        for (guint side = 0; side < 2; side++) {
            FmLonLat at = g_array_index(lines->points, FmLonLat,
                                        piece->first + (side == 0 ? 0 : piece->n - 1));
            gpointer found = g_hash_table_lookup(ends, GSIZE_TO_POINTER(fm_vertex_key(at)));
            if (found != NULL) {
                junction_of[piece->node[side]] = GPOINTER_TO_UINT(found) - 1;
            }
        }
    }
    return junction_of;
}

/* Two nodes at one position cannot be told apart by it: leave both out. */
static void drop_ambiguous(guint32 *junction_of, guint32 n_nodes, guint32 n_junctions)
{
    g_autofree guint32 *seen = g_new0(guint32, n_junctions);

    for (guint32 v = 0; v < n_nodes; v++) {
        if (junction_of[v] != FM_NODE_NONE) {
            seen[junction_of[v]]++;
        }
    }
    for (guint32 v = 0; v < n_nodes; v++) {
        if (junction_of[v] != FM_NODE_NONE && seen[junction_of[v]] > 1) {
            junction_of[v] = FM_NODE_NONE;
        }
    }
}

static void test_beijing(void)
{
    g_autofree char *path = road_shared("roads/beijing_osm2017_edges.csv.gz");
    if (path == NULL) {
        return;
    }
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    g_autoptr(FmTable) table = read_source(&fixture, path);
    g_autoptr(FmProfile) profile = road_profile("drive");
    g_autoptr(FmLines) lines = fm_lines_new();
    g_autoptr(GError) error = NULL;

    g_assert_true(fm_lines_add(lines, "roads", table, profile, TRUE, NULL, &error));
    g_autoptr(FmPieces) pieces = fm_pieces_new(lines);
    g_autofree FmArc *arcs = g_new(FmArc, 2 * (gsize)pieces->pieces->len);
    guint32 n_arcs = n_ways(lines, pieces, arcs), largest = 0;

    /* As SOURCES.md of the data says. */
    g_assert_cmpuint(pieces->n_nodes, ==, 55731);
    g_assert_cmpuint(n_arcs, ==, 122405);
    g_autoptr(FmGraph) graph = fm_graph_new(pieces->n_nodes, arcs, n_arcs, &error);
    g_autofree guint32 *component = g_new(guint32, pieces->n_nodes);
    fm_graph_components(graph, component);
    for (guint32 v = 0; v < pieces->n_nodes; v++) {
        largest += component[v] == 0 ? 1 : 0;
    }
    g_assert_cmpuint(largest, ==, 54997);

    g_autoptr(FmNetwork) network = road_network(&fixture, "drive", FM_LIMIT_TIME);
    g_autofree guint32 *junction_of = junctions(pieces, lines, network->roads);
    drop_ambiguous(junction_of, pieces->n_nodes, network->roads->n_nodes);
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (int i = 0; i < 2; i++) {
        guint32 from;
        do {
            from = (guint32)g_rand_int_range(random, 0, (gint32)pieces->n_nodes);
        } while (junction_of[from] == FM_NODE_NONE);
        assert_same_costs(arcs, n_arcs, pieces->n_nodes, from, fm_network_graph(network),
                          junction_of[from], junction_of);
    }
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
        g_autoptr(FmTable) table = read_source(&fixture, path);
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
    g_test_add_func("/network/split/beijing", test_beijing);
    g_test_add_func("/network/split/extracts", test_extracts);
}
