/* Damage to what is kept is found, and costs time only. */
#include "fm-unit.h"
#include "road-fixture.h"

#define PLAIN "\"speed\": {\"default_kmh\": 36}"

static void keep(RoadFixture *fixture, const FmNetwork *network)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(fixture->workspace, "network", NULL, NULL, &error);

    g_assert_true(fm_network_keep(network, run, &error));
    g_assert_true(fm_run_commit(run, &error));
}

static void put(RoadFixture *fixture, const char *name, const char *key, const char *content)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(fixture->workspace, "network", NULL, NULL, &error);
    g_autoptr(GBytes) bytes = g_bytes_new(content, strlen(content));

    g_assert_true(fm_run_cache(run, "roads", name, key, bytes, &error));
    g_assert_true(fm_run_commit(run, &error));
}

static void test_damage(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|wkt\na|LINESTRING (0 0, 1 0)\nb|LINESTRING (1 0, 2 0)\n"
                     "c|LINESTRING (1 0, 1 1)\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmNetwork) built = road_network(&fixture, PLAIN, FM_LIMIT_TIME);

    g_assert_nonnull(fm_network_hierarchy(built, 1, NULL, &error));
    keep(&fixture, built);
    put(&fixture, "roads test", built->key, "no roads");
    put(&fixture, "hierarchy test s", built->key, "no hierarchy");
    g_autoptr(FmNetwork) again = road_network(&fixture, PLAIN, FM_LIMIT_TIME);
    g_assert_false(again->roads_kept);
    g_assert_cmpuint(fm_network_n_edges(again), ==, fm_network_n_edges(built));
    g_assert_nonnull(fm_network_hierarchy(again, 1, NULL, &error));
    g_assert_false(again->hierarchy_kept);
    keep(&fixture, again);
    g_autoptr(FmNetwork) repaired = road_network(&fixture, PLAIN, FM_LIMIT_TIME);
    g_assert_true(repaired->roads_kept);
}

/* What closes roads is no part of what is kept. */
static void test_changed(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network",
                     "id|wkt\na|LINESTRING (0 0, 1 0)\nb|LINESTRING (1 0, 2 0.5)\n");
    road_fixture_put(&fixture, "works", "works", "id|wkt\nx|POINT (0.5 0)\n");
    g_autoptr(FmNetwork) changed =
        road_network_changed(&fixture, PLAIN, FM_LIMIT_TIME, "works", NULL);

    keep(&fixture, changed);
    g_autoptr(FmNetwork) whole = road_network(&fixture, PLAIN, FM_LIMIT_TIME);
    g_assert_false(whole->roads_kept);
}

void test_network_cache(void)
{
    g_test_add_func("/network/network-cache/damage", test_damage);
    g_test_add_func("/network/network-cache/changed", test_changed);
}
