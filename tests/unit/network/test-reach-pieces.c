/* A position is in reach if and only if it lies on a reached piece. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

enum { N_SITES = 4, N_PROBES = 30 };

static gboolean on_piece(const GArray *pieces, guint32 edge, double ratio, double slack)
{
    for (guint i = 0; i < pieces->len; i++) {
        FmEdgePiece piece = g_array_index(pieces, FmEdgePiece, i);
        if (piece.edge == edge && ratio >= piece.begin_ratio - slack &&
            ratio <= piece.end_ratio + slack)
            return TRUE;
    }
    return FALSE;
}

static GArray *pieces_of(const FmNetwork *network, const FmPlaces *places, FmTravel travel,
                         double limit)
{
    g_autofree double *costs = g_new(double, fm_graph_n_nodes(fm_network_graph(network)));
    g_autoptr(GError) error = NULL;
    g_assert_true(fm_reach_node_costs(network, places, travel, limit, 1, costs, NULL, &error));
    return fm_reach_pieces(network, places, travel, costs, limit);
}

static void check_order(const GArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++) {
        FmEdgePiece piece = g_array_index(pieces, FmEdgePiece, i);
        g_assert_cmpfloat(piece.begin_ratio, <=, piece.end_ratio);
        g_assert_true(piece.begin_ratio >= 0 && piece.end_ratio <= 1);
        if (i == 0)
            continue;
        FmEdgePiece last = g_array_index(pieces, FmEdgePiece, i - 1);
        g_assert_true(last.edge < piece.edge ||
                      (last.edge == piece.edge && last.end_ratio < piece.begin_ratio));
    }
}

/* The lines are as long as the pieces: none loses an end where another one ends. */
static void check_lines(const FmNetwork *network, const GArray *pieces)
{
    double pieces_m = 0;
    for (guint i = 0; i < pieces->len; i++) {
        FmEdgePiece piece = g_array_index(pieces, FmEdgePiece, i);
        pieces_m +=
            (piece.end_ratio - piece.begin_ratio) * fm_network_edge(network, piece.edge).length_m;
    }
    g_autoptr(FmGeometry) lines = fm_edge_pieces_lines(network, pieces);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_length_m(lines) / pieces_m, 1, 1e-6);
}

/* Probes on the roads themselves, so that there is no leg to walk. */
static void check_town(guint32 seed, const char *profile, FmTravel travel, double limit)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, seed, profile, FM_LIMIT_TIME);
    g_autofree FmLonLat *sites = reach_positions(seed, N_SITES);
    g_autofree FmLonLat *probes = reach_positions(seed + 1, N_PROBES);
    g_autoptr(FmPlaces) places =
        fm_places_new_points(town.snapper, sites, N_SITES, 400, 1, NULL, NULL);
    g_autoptr(GArray) pieces = pieces_of(town.network, places, travel, limit);
    g_autoptr(GArray) smaller = pieces_of(town.network, places, travel, limit / 2);
    check_order(pieces);
    check_lines(town.network, pieces);
    gsize n_in = 0;
    for (gsize i = 0; i < N_PROBES; i++) {
        FmSnap snap;
        fm_snapper_snap(town.snapper, probes[i], (double)INFINITY, &snap);
        double best = (double)INFINITY;
        for (gsize j = 0; j < N_SITES; j++) {
            FmLonLat home = snap.position;
            best = fmin(best, travel == FM_TRAVEL_TO
                                  ? reach_brute_cost(town.network, home, sites[j], 400)
                                  : reach_brute_cost(town.network, sites[j], home, 400));
        }
        if (fabs(best - limit) < 1e-3)
            continue;
        n_in += best <= limit;
        g_assert_cmpint(on_piece(pieces, snap.edge, snap.ratio, 1e-9), ==, best <= limit);
        if (on_piece(smaller, snap.edge, snap.ratio, 0))
            g_assert_true(on_piece(pieces, snap.edge, snap.ratio, 0));
    }
    g_assert_cmpuint(n_in, >, 0);
}

static void test_towns(void)
{
    for (guint32 seed = 40; seed < 42; seed++) {
        check_town(seed, REACH_PLAIN, FM_TRAVEL_TO, 150);
        check_town(seed, REACH_PLAIN, FM_TRAVEL_FROM, 150);
    }
    check_town(44, REACH_TURNS, FM_TRAVEL_TO, 200);
}

/* 300 m either way on a street of 1 km. */
static void test_by_hand(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town, "id|wkt\na|LINESTRING (0 0, 0.01 0)\n", REACH_PLAIN, FM_LIMIT_LENGTH);
    const FmLonLat site = {0.005, 0};
    g_autoptr(FmPlaces) places = fm_places_new_points(town.snapper, &site, 1, 500, 1, NULL, NULL);
    g_autoptr(GArray) pieces = pieces_of(town.network, places, FM_TRAVEL_TO, 300);
    g_assert_cmpuint(pieces->len, ==, 1);
    double share = 300 / fm_network_edge(town.network, 0).length_m;
    FmEdgePiece piece = g_array_index(pieces, FmEdgePiece, 0);
    g_assert_cmpfloat_with_epsilon(piece.begin_ratio, 0.5 - share, 1e-9);
    g_assert_cmpfloat_with_epsilon(piece.end_ratio, 0.5 + share, 1e-9);
    g_autoptr(FmGeometry) line = fm_edge_pieces_lines(town.network, pieces);
    g_assert_cmpint(line->type, ==, FM_GEOMETRY_LINESTRING);
    g_assert_cmpfloat_with_epsilon(fm_geodesic_length_m(line), 600, 1e-3);
    /* Nothing beyond the leg to the road, and then no line. */
    const FmLonLat aside = {0.005, 0.001};
    g_autoptr(FmPlaces) off = fm_places_new_points(town.snapper, &aside, 1, 500, 1, NULL, NULL);
    g_autoptr(GArray) none = pieces_of(town.network, off, FM_TRAVEL_TO, 100);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_null(fm_edge_pieces_lines(town.network, none));
}

void test_reach_pieces(void)
{
    g_test_add_func("/network/reach-pieces/by-hand", test_by_hand);
    g_test_add_func("/network/reach-pieces/towns", test_towns);
}
