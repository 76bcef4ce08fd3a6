/* Snapping by hand, and against every segment measured. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

static void test_by_hand(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|wkt\na|LINESTRING (0 0, 0.002 0, 0.004 0)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(network);
    FmSnap snap;
    g_assert_true(fm_snapper_snap(snapper, (FmLonLat){0.003, 0.001}, 500, &snap));
    g_assert_cmpfloat_with_epsilon(snap.position.lon_deg, 0.003, 1e-9);
    g_assert_cmpfloat_with_epsilon(snap.position.lat_deg, 0, 1e-9);
    g_assert_cmpfloat_with_epsilon(
        snap.access_m, fm_geodesic_distance_m((FmLonLat){0.003, 0.001}, (FmLonLat){0.003, 0}),
        1e-6);
    g_assert_cmpuint(snap.segment, ==, 1);
    g_assert_cmpfloat_with_epsilon(snap.ratio, 0.75, 1e-9);
}

/* Exactly at the limit is near enough, beyond it is not, and 99 km never. */
static void test_limit(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", "id|wkt\na|LINESTRING (0 0, 0.01 0)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(network);
    FmLonLat place = {0, 0.002};
    double there_m = fm_geodesic_distance_m(place, (FmLonLat){0, 0});
    FmSnap snap;
    g_assert_true(fm_snapper_snap(snapper, place, there_m, &snap));
    g_assert_false(fm_snapper_snap(snapper, place, there_m - 1e-6, &snap));
    g_assert_cmpuint(snap.edge, ==, FM_NODE_NONE);
    g_assert_false(fm_snapper_snap(snapper, (FmLonLat){0.9, 0}, 500, &snap));
    g_assert_true(fm_snapper_snap(snapper, (FmLonLat){0.8, 0}, (double)INFINITY, &snap));
    g_assert_true(fm_snapper_snap(snapper, (FmLonLat){0.005, 0}, 0, &snap));
    g_assert_cmpfloat(snap.access_m, ==, 0);
}

/* A road drawn once for each direction is one road to who stands beside it. */
static void test_twin(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "oneway|wkt\nyes|LINESTRING (0 0, 0.01 0)\nyes|LINESTRING (0.01 0, 0 0)\n");
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(network);
    g_autoptr(GArray) snaps = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    fm_snapper_snap_all(snapper, (FmLonLat){0.003, 0.001}, 500, snaps);
    g_assert_cmpuint(snaps->len, ==, fm_network_n_edges(network));
    g_assert_cmpuint(g_array_index(snaps, FmSnap, 0).edge, ==, 0);
}

static void test_brute(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    reach_town(&fixture, 1);
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(network);
    g_autofree FmLonLat *positions = reach_positions(2, 300);
    gsize n_far = 0;
    for (gsize i = 0; i < 300; i++) {
        g_autoptr(GArray) expect = reach_brute_snaps(network, positions[i], 150);
        g_autoptr(GArray) snaps = g_array_new(FALSE, FALSE, sizeof(FmSnap));
        fm_snapper_snap_all(snapper, positions[i], 150, snaps);
        n_far += expect->len == 0;
        g_assert_cmpuint(snaps->len, ==, expect->len);
        for (guint s = 0; s < snaps->len; s++) {
            const FmSnap *snap = &g_array_index(snaps, FmSnap, s);
            const FmSnap *other = &g_array_index(expect, FmSnap, s);
            g_assert_cmpuint(snap->edge, ==, other->edge);
            g_assert_cmpfloat(snap->access_m, ==, other->access_m);
            g_assert_cmpfloat_with_epsilon(snap->ratio, other->ratio, 1e-12);
        }
    }
    g_assert_cmpuint(n_far, >, 0);
}

void test_snap(void)
{
    g_test_add_func("/network/snap/by-hand", test_by_hand);
    g_test_add_func("/network/snap/limit", test_limit);
    g_test_add_func("/network/snap/twin", test_twin);
    g_test_add_func("/network/snap/brute", test_brute);
}
