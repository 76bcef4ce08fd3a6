/* Snapping by hand, and against every segment measured. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

static void test_by_hand(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town, "id|wkt\na|LINESTRING (0 0, 0.002 0, 0.004 0)\n", REACH_PLAIN,
                     FM_LIMIT_LENGTH);
    FmSnap snap;
    g_assert_true(fm_snapper_snap(town.snapper, (FmLonLat){0.003, 0.001}, 500, &snap));
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
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town, "id|wkt\na|LINESTRING (0 0, 0.01 0)\n", REACH_PLAIN, FM_LIMIT_LENGTH);
    FmLonLat place = {0, 0.002};
    double there_m = fm_geodesic_distance_m(place, (FmLonLat){0, 0});
    FmSnap snap;
    g_assert_true(fm_snapper_snap(town.snapper, place, there_m, &snap));
    g_assert_false(fm_snapper_snap(town.snapper, place, there_m - 1e-6, &snap));
    g_assert_cmpuint(snap.edge, ==, FM_NODE_NONE);
    g_assert_false(fm_snapper_snap(town.snapper, (FmLonLat){0.9, 0}, 500, &snap));
    g_assert_true(fm_snapper_snap(town.snapper, (FmLonLat){0.8, 0}, (double)INFINITY, &snap));
    g_assert_true(fm_snapper_snap(town.snapper, (FmLonLat){0.005, 0}, 0, &snap));
    g_assert_cmpfloat(snap.access_m, ==, 0);
}

/* A road drawn once for each direction is one road to who stands beside it. */
static void test_twin(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town,
                     "oneway|wkt\nyes|LINESTRING (0 0, 0.01 0)\nyes|LINESTRING (0.01 0, 0 0)\n",
                     REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(GArray) snaps = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    fm_snapper_snap_all(town.snapper, (FmLonLat){0.003, 0.001}, 500, snaps);
    g_assert_cmpuint(snaps->len, ==, fm_network_n_edges(town.network));
    g_assert_cmpuint(g_array_index(snaps, FmSnap, 0).edge, ==, 0);
}

static void test_brute(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, 1, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autofree FmLonLat *positions = reach_positions(2, 300);
    gsize n_far = 0;
    for (gsize i = 0; i < 300; i++) {
        g_autoptr(GArray) expect = reach_brute_snaps(town.network, positions[i], 150);
        g_autoptr(GArray) snaps = g_array_new(FALSE, FALSE, sizeof(FmSnap));
        fm_snapper_snap_all(town.snapper, positions[i], 150, snaps);
        n_far += expect->len == 0;
        g_assert_cmpuint(snaps->len, ==, expect->len);
        for (guint s = 0; s < snaps->len; s++) {
            const FmSnap *snap = &g_array_index(snaps, FmSnap, s);
            const FmSnap *other = &g_array_index(expect, FmSnap, s);
            g_assert_cmpuint(snap->edge, ==, other->edge);
            g_assert_cmpfloat_with_epsilon(snap->access_m, other->access_m, 1.5e-8);
            g_assert_cmpfloat_with_epsilon(snap->ratio, other->ratio, 1e-9);
            g_assert_cmpfloat(fm_geodesic_distance_m(snap->position, other->position), <, 1e-7);
        }
    }
    g_assert_cmpuint(n_far, >, 0);
}

/* Segments of every length and direction, near the equator, the date line and the pole, so far
 * from each other that a place can only mean its own: what is found among vectors is what Karney's
 * geodesics find. */
static void test_foot(void)
{
    enum { N = 200, N_SERIES = 4 };
    static const struct {
        FmLonLat from, step; /* a series of centres, and from one to the next */
    } series[N_SERIES] = {{{0, 0}, {0.2, 0}},
                          {{116.4, 39.9}, {0.1, 0}},
                          {{-179.9999, -52}, {0, 0.1}},
                          {{25, 78}, {0.4, 0}}};
    FmLonLat from[N], to[N], places[N];
    g_autoptr(GString) text = g_string_new("id|wkt\n");
    g_autoptr(GRand) rand = g_rand_new_with_seed(6);
    for (int i = 0; i < N; i++) {
        FmLonLat first = series[i % N_SERIES].from, step = series[i % N_SERIES].step;
        double nth = i / N_SERIES, bearing = g_rand_double_range(rand, 0, 360);
        double length_m = i % N_SERIES == 0 ? 1e4 : g_rand_double_range(rand, 1, 2100);
        from[i] =
            (FmLonLat){first.lon_deg + nth * step.lon_deg, first.lat_deg + nth * step.lat_deg};
        to[i] = fm_geodesic_direct(from[i], bearing, length_m);
        places[i] = fm_geodesic_direct(from[i], g_rand_double_range(rand, 0, 360),
                                       g_rand_double_range(rand, 0, 2500));
        g_string_append_printf(text, "%d|LINESTRING (%.12f %.12f, %.12f %.12f)\n", i,
                               from[i].lon_deg, from[i].lat_deg, to[i].lon_deg, to[i].lat_deg);
    }
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town, text->str, REACH_PLAIN, FM_LIMIT_LENGTH);
    for (int i = 0; i < N; i++) {
        FmLonLat expect;
        FmSnap snap;
        g_assert_true(fm_snapper_snap(town.snapper, places[i], 1e4, &snap));
        FmEdge edge = fm_network_edge(town.network, snap.edge);
        g_assert_cmpfloat(fm_geodesic_distance_m(edge.points[0], from[i]), <, 1e-4);
        g_assert_cmpfloat(fm_geodesic_distance_m(edge.points[1], to[i]), <, 1e-4);
        double access_m =
            fm_geodesic_point_segment_m(places[i], edge.points[0], edge.points[1], &expect);
        double along_m = fm_geodesic_distance_m(edge.points[0], expect);
        g_assert_cmpfloat_with_epsilon(snap.access_m, access_m, 1.5e-8);
        g_assert_cmpfloat(fm_geodesic_distance_m(snap.position, expect), <, 2e-7);
        g_assert_cmpfloat_with_epsilon(snap.along * edge.length_m, along_m, 1e-6);
    }
}

/* Of several chunks of edges: one thread and four find the same. */
static void test_threads(void)
{
    enum { N = 3000, N_PLACES = 50 };
    g_autoptr(GString) text = g_string_new("id|wkt\n");
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (int i = 0; i < N; i++) {
        double lon = g_rand_double_range(rand, 0, 0.5), lat = g_rand_double_range(rand, 0, 0.5);
        g_string_append_printf(text, "%d|LINESTRING (%.6f %.6f, %.6f %.6f, %.6f %.6f)\n", i, lon,
                               lat, lon + 0.001, lat, lon + 0.001, lat + 0.001);
    }
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", text->str);
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_assert_cmpuint(fm_network_n_edges(network), >=, N);
    g_autoptr(FmSnapper) one = fm_snapper_new(network, 1);
    g_autoptr(FmSnapper) four = fm_snapper_new(network, 4);
    for (int i = 0; i < N_PLACES; i++) {
        FmLonLat place = {g_rand_double_range(rand, 0, 0.5), g_rand_double_range(rand, 0, 0.5)};
        FmSnap a, b;
        g_assert_true(fm_snapper_snap(one, place, 1e4, &a));
        g_assert_true(fm_snapper_snap(four, place, 1e4, &b));
        g_assert_cmpuint(a.edge, ==, b.edge);
        g_assert_cmpuint(a.segment, ==, b.segment);
        g_assert_cmpfloat(a.access_m, ==, b.access_m);
        g_assert_cmpfloat(a.along, ==, b.along);
    }
}

void test_snap(void)
{
    g_test_add_func("/network/snap/by-hand", test_by_hand);
    g_test_add_func("/network/snap/limit", test_limit);
    g_test_add_func("/network/snap/threads", test_threads);
    g_test_add_func("/network/snap/twin", test_twin);
    g_test_add_func("/network/snap/brute", test_brute);
    g_test_add_func("/network/snap/foot", test_foot);
}
