/* Batches over the hierarchy find what one search a target finds. */
#include "fm-unit.h"
#include "reach-fixture.h"

#include <math.h>

enum { N_ORIGINS = 60, N_TARGETS = FM_REACH_BATCH + 9, N_LIMITS = 3 };
#define MAX_SNAP_M 250.0

typedef struct {
    const double *limits;
    gboolean within[N_LIMITS][N_TARGETS][N_ORIGINS];
    guint n_called[N_TARGETS], n_within;
} Found;

static gboolean keep_one(gsize target, const FmInReach *found, gsize n, guint worker, void *user,
                         GError **error)
{
    (void)worker, (void)error;
    Found *all = user;
    all->n_called[target]++;
    for (gsize i = 0; i < n; i++)
        for (gsize l = 0; l < N_LIMITS; l++)
            all->within[l][target][found[i].origin] = found[i].cost <= all->limits[l];
    return TRUE;
}

static gboolean keep_batch(const gsize *targets, gsize n_targets, const guint32 *within,
                           guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    Found *all = user;
    for (gsize t = 0; t < n_targets; t++) {
        all->n_called[targets[t]]++;
        for (gsize l = 0; l < N_LIMITS; l++)
            for (gsize i = 0; i < N_ORIGINS; i++)
                all->within[l][targets[t]][i] = within[l * N_ORIGINS + i] >> t & 1;
    }
    return TRUE;
}

static void assert_same(const Found *a, const Found *b)
{
    guint n_within = 0;
    for (gsize t = 0; t < N_TARGETS; t++) {
        g_assert_cmpuint(a->n_called[t], ==, 1);
        g_assert_cmpuint(b->n_called[t], ==, 1);
        for (gsize l = 0; l < N_LIMITS; l++)
            for (gsize i = 0; i < N_ORIGINS; i++) {
                g_assert_cmpint(a->within[l][t][i], ==, b->within[l][t][i]);
                n_within += a->within[l][t][i] != 0;
            }
    }
    g_assert_cmpuint(n_within, >, N_TARGETS);
    g_assert_cmpuint(n_within, <, N_TARGETS * N_ORIGINS * N_LIMITS);
}

/* Half of the homes stand where roads begin, as those of a list of addresses may. */
static FmPlaces *homes_of(const FmNetwork *network, const FmSnapper *snapper, guint32 seed)
{
    g_autofree FmLonLat *at = reach_positions(seed, N_ORIGINS);
    for (guint32 i = 0; i < N_ORIGINS; i += 2)
        at[i] = fm_network_edge(network, i % fm_network_n_edges(network)).points[0];
    return fm_places_new_points(snapper, at, N_ORIGINS, MAX_SNAP_M, 1, NULL, NULL);
}

static void check_town(guint32 seed, const char *profile, FmTravel travel)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, seed, profile, FM_LIMIT_TIME);
    g_autofree FmLonLat *sites = reach_positions(seed + 1, N_TARGETS);
    sites[3] = fm_network_edge(town.network, 0).points[0];
    g_autoptr(FmPlaces) origins = homes_of(town.network, town.snapper, seed + 2);
    g_autoptr(FmPlaces) targets =
        fm_places_new_points(town.snapper, sites, N_TARGETS, MAX_SNAP_M, 1, NULL, NULL);
    const FmHierarchy *hierarchy = fm_network_hierarchy(town.network, 1, NULL, NULL);
    const double limits[N_LIMITS] = {40, 160, 300};
    g_autofree Found *each = g_new0(Found, 1);
    each->limits = limits;
    FmReachInput input = {town.network, origins, targets, travel, limits[N_LIMITS - 1], 1};
    g_assert_true(fm_reach_each(&input, keep_one, each, NULL, NULL));
    for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
        g_autofree Found *batches = g_new0(Found, 1);
        input.n_threads = n_threads;
        g_assert_true(
            fm_reach_batches(&input, hierarchy, limits, N_LIMITS, keep_batch, batches, NULL, NULL));
        assert_same(each, batches);
    }
}

static void test_as_each(void)
{
    for (guint32 seed = 30; seed < 33; seed++)
        for (FmTravel travel = FM_TRAVEL_FROM; travel <= FM_TRAVEL_TO; travel++) {
            check_town(seed, REACH_PLAIN, travel);
            check_town(seed, REACH_TURNS, travel);
        }
}

/* Many that reach all of the town are worth it; few are not, nor those that hardly leave. */
static void test_pay(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, 1, REACH_PLAIN, FM_LIMIT_TIME);
    g_autofree FmLonLat *at = reach_positions(1, 300);
    g_autoptr(FmPlaces) many = fm_places_new_points(town.snapper, at, 300, 500, 1, NULL, NULL);
    g_autoptr(FmPlaces) few = fm_places_new_points(town.snapper, at, 50, 500, 1, NULL, NULL);
    FmReachInput input = {town.network, many, many, FM_TRAVEL_TO, (double)INFINITY, 2};
    g_assert_true(fm_reach_batches_pay(&input));
    input.limit = 1;
    g_assert_false(fm_reach_batches_pay(&input));
    input.limit = (double)INFINITY;
    input.targets = few;
    g_assert_false(fm_reach_batches_pay(&input));
}

static gboolean refuse(const gsize *targets, gsize n_targets, const guint32 *within, guint worker,
                       void *user, GError **error)
{
    (void)targets, (void)n_targets, (void)within, (void)worker, (void)user;
    g_set_error_literal(error, FM_ERROR, FM_ERROR_DATA, "enough");
    return FALSE;
}

static void test_stop(void)
{
    g_auto(ReachTown) town = {.network = NULL};
    reach_open_town(&town, 1, REACH_PLAIN, FM_LIMIT_TIME);
    g_autofree FmLonLat *at = reach_positions(1, 9);
    g_autoptr(FmPlaces) places = fm_places_new_points(town.snapper, at, 9, 250, 1, NULL, NULL);
    FmReachInput input = {town.network, places, places, FM_TRAVEL_TO, 100, 1};
    g_autoptr(GError) error = NULL;
    g_assert_false(fm_reach_batches(&input, fm_network_hierarchy(town.network, 1, NULL, NULL),
                                    &input.limit, 1, refuse, NULL, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
}

void test_reach_batch(void)
{
    g_test_add_func("/network/reach-batch/as-each", test_as_each);
    g_test_add_func("/network/reach-batch/pay", test_pay);
    g_test_add_func("/network/reach-batch/stop", test_stop);
}
