/* Entrances of points, multipoints, lines and areas. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "reach-fixture.h"

#include <math.h>
#include <string.h>

static const char *const geometries[] = {
    "POINT (0.002 0.0005)",
    "MULTIPOINT ((0.001 0.0005), (0.008 0.0005), (0.5 0.5))",
    "LINESTRING (0.001 0.001, 0.005 0.001)",
    "POLYGON ((0.006 0.001, 0.008 0.001, 0.008 0.002, 0.006 0.002, 0.006 0.001))",
    "POINT (1 0)",
    NULL,
};

static void test_entrances(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_roads(&town, "id|wkt\na|LINESTRING (0 0, 0.01 0)\n", REACH_PLAIN, FM_LIMIT_LENGTH);
    FmGeometry *all[6] = {NULL};
    g_autoptr(GError) error = NULL;
    for (gsize i = 0; geometries[i]; i++)
        all[i] = fm_geometry_from_wkt(geometries[i], &error);
    g_assert_no_error(error);
    for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
        g_autoptr(FmPlaces) places = fm_places_new(town.snapper, (const FmGeometry *const *)all, 6,
                                                   200, n_threads, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(places->n, ==, 6);
        const gsize counts[] = {
            1, 2,
            /* 445 m in fifths, and its end */
            6,
            /* the near side in thirds, two points up one side and one down the other; the far
             * side is beyond 200 m */
            6, 0, 0};
        for (gsize i = 0; i < 6; i++)
            g_assert_cmpuint(places->first[i + 1] - places->first[i], ==, counts[i]);
        g_assert_cmpfloat(places->positions[2].lon_deg, ==, 0.008);
        g_assert_cmpfloat_with_epsilon(places->entrances[2].position.lon_deg, 0.008, 1e-9);
    }
    for (gsize i = 0; i < 6; i++)
        fm_geometry_free(all[i]);
}

/* Of several chunks: one thread and four find the same entrances. */
static void test_threads(void)
{
    enum { N = 500 };
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, 1, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autofree FmLonLat *positions = reach_positions(2, N);
    g_autoptr(FmPlaces) one = fm_places_new_points(town.snapper, positions, N, 200, 1, NULL, NULL);
    g_autoptr(FmPlaces) four = fm_places_new_points(town.snapper, positions, N, 200, 4, NULL, NULL);
    g_assert_true(memcmp(one->first, four->first, ((gsize)N + 1) * sizeof *one->first) == 0);
    g_assert_cmpuint(one->first[N], >, N / 2);
    for (gsize i = 0; i < one->first[N]; i++) {
        const FmSnap *a = &one->entrances[i], *b = &four->entrances[i];
        g_assert_cmpuint(a->edge, ==, b->edge);
        g_assert_cmpfloat(a->access_m, ==, b->access_m);
        g_assert_cmpfloat(a->along, ==, b->along);
    }
}

static void test_cancel(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    reach_town(&fixture, 1);
    g_autoptr(FmNetwork) network = road_network(&fixture, REACH_PLAIN, FM_LIMIT_LENGTH);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(network, 1);
    g_autofree FmLonLat *positions = reach_positions(2, 300);
    g_autoptr(GError) error = NULL;
    FmProgress progress = fm_progress_init(fixture_graph_cancel, NULL);
    g_assert_null(fm_places_new_points(snapper, positions, 300, 200, 2, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_places(void)
{
    g_test_add_func("/network/places/entrances", test_entrances);
    g_test_add_func("/network/places/threads", test_threads);
    g_test_add_func("/network/places/cancel", test_cancel);
}
