/* The report on a small town with one fault of each kind. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "road-fixture.h"

#include <math.h>

static const char town[] = "id|highway|oneway|maxspeed|length_m:r|wkt\n"
                           "ring|residential||||LINESTRING (0 0, 0.01 0, 0.01 0.01, 0 0.01, 0 0)\n"
                           "loop|residential||||LINESTRING (0 0, -0.001 0, 0 -0.001, 0 0)\n"
                           "twin|residential||||LINESTRING (0.01 0, 0.012 0.005, 0.01 0.01)\n"
                           "trap|residential|yes|||LINESTRING (0.01 0, 0.02 0)\n"
                           "gap|residential||||LINESTRING (0.005 0.005, 0.005 0.00998)\n"
                           "far|residential||||LINESTRING (0.5 0.5, 0.51 0.5)\n"
                           "stub|residential||||LINESTRING (0 0.01, -0.00002 0.01)\n"
                           "path|footway||||LINESTRING (0 0, 0.01 0.01)\n"
                           "flat|residential||||LINESTRING (0 0, 0 0)\n"
                           "fast|residential||-5||LINESTRING (0.51 0.5, 0.52 0.5)\n"
                           "odd|residential|||5000|LINESTRING (0.52 0.5, 0.52 0.51)\n"
                           "lost|residential||||\n";

static guint count_kind(const FmTable *findings, const char *kind, const char *feature)
{
    guint n = 0;

    for (gsize row = 0; row < fm_table_n_rows(findings); row++) {
        n += g_strcmp0(fm_table_text(findings, 0, row), kind) == 0 &&
                     (feature == NULL || g_strcmp0(fm_table_text(findings, 1, row), feature) == 0)
                 ? 1
                 : 0;
    }
    return n;
}

static void test_town(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", town);
    g_autoptr(FmNetwork) network = road_network(&fixture, "drive", FM_LIMIT_TIME);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmNetworkReport) report = fm_network_report(network, 5, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpint(report->n_features, ==, 12);
    g_assert_cmpint(report->n_impassable, ==, 1);
    g_assert_cmpint(report->n_unlocated, ==, 1);
    g_assert_cmpint(report->n_degenerate, ==, 1);
    g_assert_cmpint(report->n_weak, ==, 3); /* the town, the gap's road, far */
    g_assert_cmpint(report->n_traps, ==, 1);
    g_assert_cmpint(report->n_loops, ==, 1);
    g_assert_cmpint(report->n_parallel, ==, 1);
    g_assert_cmpint(report->n_breaks, ==, 1);
    /* trap, gap twice, far, odd, stub */
    g_assert_cmpint(report->n_dead_ends, ==, 6);
    g_assert_cmpint(report->n_edges, ==, (gint64)fm_network_n_edges(network));
    g_assert_cmpfloat(report->main_share, >, 0.4);
    g_assert_cmpfloat(report->main_share, <, 0.6);
    static const char *const pairs[][2] = {
        {"break", "gap"},       {"trap", "trap"},       {"island", "gap"},    {"island", "far"},
        {"impassable", "path"}, {"degenerate", "flat"}, {"maxspeed", "fast"}, {"length", "odd"},
        {"dead_end", "stub"},   {"unlocated", "lost"}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_test_message("%s %s", pairs[i][0], pairs[i][1]);
        g_assert_cmpuint(count_kind(report->findings, pairs[i][0], pairs[i][1]), ==, 1);
    }
    g_assert_cmpuint(count_kind(report->findings, "break", NULL), ==, 1);
}

/* Exactly at the distance is a break, and nothing is one at less. */
static void test_distance(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", town);
    g_autoptr(FmNetwork) network = road_network(&fixture, "walk", FM_LIMIT_TIME);
    FmLonLat end = {0.005, 0.00998}, a = {0.01, 0.01}, b = {0, 0.01};
    double gap_m = fm_geodesic_point_segment_m(end, a, b, NULL);
    g_autoptr(FmNetworkReport) at = fm_network_report(network, gap_m, NULL, NULL);
    g_autoptr(FmNetworkReport) below = fm_network_report(network, gap_m - 1e-6, NULL, NULL);

    /* On foot its other end lies on the path, which it does not join. */
    g_assert_cmpint(at->n_breaks - below->n_breaks, ==, 1);
}

static void test_cancel(void)
{
    g_auto(RoadFixture) fixture = {NULL};
    road_fixture_open(&fixture);
    road_fixture_put(&fixture, "roads", "network", town);
    g_autoptr(FmNetwork) network = road_network(&fixture, "walk", FM_LIMIT_TIME);
    FmProgress progress = fm_progress_init(fixture_graph_cancel, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_network_report(network, 5, &progress, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
}

void test_report(void)
{
    g_test_add_func("/network/report/town", test_town);
    g_test_add_func("/network/report/distance", test_distance);
    g_test_add_func("/network/report/cancel", test_cancel);
}
