/* What each target reaches, against the slow way; and the other searches against this one. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>
#include <string.h>

enum { N_ORIGINS = 24, N_TARGETS = 8 };
#define MAX_SNAP_M 250.0

typedef struct {
    double costs[N_ORIGINS][N_TARGETS];
    gboolean called[N_TARGETS];
} Found;

static gboolean keep(gsize target, const FmInReach *found, gsize n, guint worker, void *user,
                     GError **error)
{
    (void)worker, (void)error;
    Found *all = user;
    all->called[target] = TRUE;
    for (gsize i = 0; i < n; i++) {
        if (i > 0)
            g_assert_cmpuint(found[i - 1].origin, <, found[i].origin);
        all->costs[found[i].origin][target] = found[i].cost;
    }
    return TRUE;
}

static void find(const FmReachInput *input, Found *found)
{
    g_autoptr(GError) error = NULL;
    for (gsize i = 0; i < N_ORIGINS; i++)
        for (gsize j = 0; j < N_TARGETS; j++)
            found->costs[i][j] = (double)INFINITY;
    for (gsize j = 0; j < N_TARGETS; j++)
        found->called[j] = FALSE;
    g_assert_true(fm_reach_each(input, keep, found, NULL, &error));
    g_assert_no_error(error);
    for (gsize j = 0; j < N_TARGETS; j++)
        g_assert_true(found->called[j]);
}

/* The same answers from the searches for the nearest and from the hierarchy. */
static void check_others(const FmReachInput *input, FmNetwork *network, const Found *found)
{
    g_autoptr(GError) error = NULL;
    const FmHierarchy *hierarchy = fm_network_hierarchy(network, 1, NULL, &error);
    g_assert_no_error(error);
    double matrix[N_ORIGINS * N_TARGETS];
    g_assert_true(fm_reach_matrix(input, hierarchy, matrix, NULL, &error));
    g_assert_cmpint(memcmp(matrix, found->costs, sizeof matrix), ==, 0);
    for (gsize k = 1; k <= N_TARGETS; k += 3) {
        FmReached rows[N_ORIGINS * N_TARGETS];
        g_assert_true(fm_reach_nearest(input, k, rows, NULL, NULL, &error));
        for (gsize i = 0; i < N_ORIGINS; i++)
            for (gsize r = 0; r < k; r++) {
                FmReached one = rows[i * k + r];
                gsize n_before = 0;
                for (guint32 j = 0; j < N_TARGETS; j++) {
                    double cost = found->costs[i][j];
                    n_before +=
                        isfinite(cost) && (cost < one.cost || (cost == one.cost && j < one.end));
                }
                if (one.end == FM_NODE_NONE) {
                    g_assert_cmpuint(n_before, <=, r);
                    continue;
                }
                g_assert_cmpuint(n_before, ==, r);
                g_assert_cmpfloat(one.cost, ==, found->costs[i][one.end]);
            }
    }
}

static void check_town(guint32 seed, const char *profile, FmLimitKind kind, FmTravel travel,
                       double limit)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, seed, profile, kind);
    g_autofree FmLonLat *homes = reach_positions(seed + 1, N_ORIGINS);
    g_autofree FmLonLat *sites = reach_positions(seed + 2, N_TARGETS);
    g_autoptr(FmPlaces) origins =
        fm_places_new_points(town.snapper, homes, N_ORIGINS, MAX_SNAP_M, 1, NULL, NULL);
    g_autoptr(FmPlaces) targets =
        fm_places_new_points(town.snapper, sites, N_TARGETS, MAX_SNAP_M, 1, NULL, NULL);
    Found found, again;
    for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
        FmReachInput input = {town.network, origins, targets, travel, limit, n_threads};
        find(&input, n_threads == 1 ? &found : &again);
        if (n_threads == 1)
            check_others(&input, town.network, &found);
        else
            g_assert_cmpint(memcmp(&again, &found, sizeof found), ==, 0);
    }
    gboolean to = travel == FM_TRAVEL_TO;
    for (gsize i = 0; i < N_ORIGINS; i++)
        for (gsize j = 0; j < N_TARGETS; j++) {
            double cost = reach_brute_cost(town.network, to ? homes[i] : sites[j],
                                           to ? sites[j] : homes[i], MAX_SNAP_M);
            if (fabs(cost - limit) > 1e-6)
                reach_assert_cost(found.costs[i][j], cost <= limit ? cost : (double)INFINITY);
        }
}

static void test_towns(void)
{
    for (guint32 seed = 10; seed < 12; seed++) {
        check_town(seed, REACH_PLAIN, FM_LIMIT_TIME, FM_TRAVEL_TO, (double)INFINITY);
        check_town(seed, REACH_PLAIN, FM_LIMIT_LENGTH, FM_TRAVEL_FROM, 900);
    }
}

static void test_turns(void)
{
    check_town(20, REACH_TURNS, FM_LIMIT_TIME, FM_TRAVEL_TO, (double)INFINITY);
    check_town(21, REACH_TURNS, FM_LIMIT_TIME, FM_TRAVEL_FROM, 200);
}

static gboolean refuse(gsize target, const FmInReach *found, gsize n, guint worker, void *user,
                       GError **error)
{
    (void)target, (void)found, (void)n, (void)worker, (void)user;
    g_set_error_literal(error, FM_ERROR, FM_ERROR_LIMIT, "enough");
    return FALSE;
}

static void test_stop(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, 1, REACH_PLAIN, FM_LIMIT_TIME);
    g_autofree FmLonLat *homes = reach_positions(1, N_ORIGINS);
    g_autoptr(FmPlaces) origins = fm_places_new_points(town.snapper, homes, 9, 250, 1, NULL, NULL);
    FmReachInput input = {town.network, origins, origins, FM_TRAVEL_TO, 100, 1};
    g_autoptr(GError) error = NULL;
    g_assert_false(fm_reach_each(&input, refuse, NULL, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_LIMIT);
}

void test_reach_each(void)
{
    g_test_add_func("/network/reach-each/towns", test_towns);
    g_test_add_func("/network/reach-each/turns", test_turns);
    g_test_add_func("/network/reach-each/stop", test_stop);
}
