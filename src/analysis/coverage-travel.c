/* Who is within reach of which facility along a network.  Two ways to the same figures: a bounded
 * search a facility, or, where these would be many and wide, batches of facilities over the
 * hierarchy.  Workers count on their own, and whole numbers add up to the same in any order; people
 * are added in the order of rows. */
#include "coverage-internal.h"

#include <math.h>

/* Of an origin and limit: how many facilities reach it, and one of them, which is the only one
 * when there is no other. */
typedef struct {
    guint32 n, which;
} Count;

typedef struct {
    FmCoverage *coverage;
    Count **counts; /* one a worker: n_limits × n_origins */
} TravelJob;

static Count *counts_of(const TravelJob *job, guint worker, gsize limit)
{
    return job->counts[worker] + limit * job->coverage->origins->n;
}

/* ---- one search a facility --------------------------------------------------------------- */

static gboolean add_facility(gsize facility, const FmInReach *found, gsize n_found, guint worker,
                             void *user, GError **error)
{
    (void)error;
    const TravelJob *job = user;
    const FmCoverage *coverage = job->coverage;
    for (gsize l = 0; l < coverage->n_limits; l++) {
        Count *counts = counts_of(job, worker, l);
        double people = 0;
        for (gsize i = 0; i < n_found; i++) {
            if (found[i].cost > coverage->limits[l])
                continue;
            guint32 origin = found[i].origin;
            counts[origin] = (Count){counts[origin].n + 1, (guint32)facility};
            people += coverage->origin_weights[origin];
        }
        coverage->reached[facility * coverage->n_limits + l] = people;
    }
    return TRUE;
}

/* ---- batches ----------------------------------------------------------------------------- */

static gboolean add_batch(const gsize *facilities, gsize n_facilities, const guint32 *within,
                          guint worker, void *user, GError **error)
{
    (void)error;
    const TravelJob *job = user;
    const FmCoverage *coverage = job->coverage;
    gsize n = coverage->origins->n, n_limits = coverage->n_limits;
    for (gsize l = 0; l < n_limits; l++) {
        Count *counts = counts_of(job, worker, l);
        double people[FM_REACH_BATCH] = {0};
        for (gsize origin = 0; origin < n; origin++) {
            guint32 bits = within[l * n + origin];
            if (bits == 0)
                continue;
            counts[origin].n += (guint32)__builtin_popcount(bits);
            counts[origin].which = (guint32)facilities[__builtin_ctz(bits)];
            for (; bits != 0; bits &= bits - 1)
                people[__builtin_ctz(bits)] += coverage->origin_weights[origin];
        }
        for (gsize i = 0; i < n_facilities; i++)
            coverage->reached[facilities[i] * n_limits + l] = people[i];
    }
    return TRUE;
}

/* ---- all of them ------------------------------------------------------------------------- */

/* Workers' counts into one, and whom only one facility reaches. */
static void gather_counts(const TravelJob *job, guint n_workers)
{
    FmCoverage *coverage = job->coverage;
    gsize n = coverage->origins->n, n_limits = coverage->n_limits;
    for (gsize l = 0; l < n_limits; l++)
        for (gsize origin = 0; origin < n; origin++) {
            Count all = {0, 0};
            for (guint w = 0; w < n_workers; w++) {
                const Count *own = counts_of(job, w, l) + origin;
                all.n += own->n;
                all.which = own->n > 0 ? own->which : all.which;
            }
            coverage->n_within[origin * n_limits + l] = all.n;
            if (all.n == 1)
                coverage->only[all.which * n_limits + l] += coverage->origin_weights[origin];
        }
}

static gboolean alloc_counts(const TravelJob *job, guint n_workers, GError **error)
{
    gsize n = job->coverage->origins->n * job->coverage->n_limits;
    gboolean ok = TRUE;
    for (guint w = 0; w < n_workers; w++)
        ok = (job->counts[w] = g_try_new0(Count, n)) != NULL && ok;
    if (!ok)
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "no memory to count %" G_GSIZE_FORMAT " demand rows by distance on %u threads: "
                    "use fewer threads or distances",
                    job->coverage->origins->n, n_workers);
    return ok;
}

static gboolean search(TravelJob *job, const FmReachInput *input, gboolean in_batches,
                       const FmProgress *progress, GError **error)
{
    const FmCoverage *coverage = job->coverage;
    FmProgress build_slice = fm_progress_slice(progress, 0, 0.3);
    FmProgress sweep_slice = fm_progress_slice(progress, 0.3, 1);
    if (!in_batches)
        return fm_reach_each(input, add_facility, job, progress, error);
    const FmHierarchy *hierarchy =
        fm_network_hierarchy(coverage->ways->network, input->n_threads, &build_slice, error);
    return hierarchy && fm_reach_batches(input, hierarchy, coverage->limits, coverage->n_limits,
                                         add_batch, job, &sweep_slice, error);
}

static gboolean count_reached(FmCoverage *coverage, const FmReachInput *input, gboolean in_batches,
                              const FmProgress *progress, GError **error)
{
    guint n_workers = input->n_threads ? input->n_threads : fm_parallel_default_threads();
    TravelJob job = {coverage, g_new0(Count *, n_workers)};
    for (gsize i = 0; i < coverage->of->n * coverage->n_limits; i++)
        coverage->reached[i] = coverage->only[i] = 0;
    gboolean ok =
        alloc_counts(&job, n_workers, error) && search(&job, input, in_batches, progress, error);
    if (ok)
        gather_counts(&job, n_workers);
    for (guint w = 0; w < n_workers; w++)
        g_free(job.counts[w]);
    g_free(job.counts);
    return ok;
}

static gboolean find_nearest(FmCoverage *coverage, FmReachInput input, const FmProgress *progress,
                             GError **error)
{
    gsize n = coverage->origins->n;
    g_autofree FmReached *nearest = g_new(FmReached, n);
    input.limit = (double)INFINITY;
    coverage->node_costs = g_new(double, fm_graph_n_nodes(fm_network_graph(input.network)));
    if (!fm_reach_nearest(&input, 1, nearest, coverage->node_costs, progress, error))
        return FALSE;
    for (gsize i = 0; i < n; i++)
        coverage->nearest[i] = nearest[i].end == FM_NODE_NONE
                                   ? (FmCheapest){G_MAXSIZE, (double)INFINITY}
                                   : (FmCheapest){nearest[i].end, nearest[i].cost};
    return TRUE;
}

static void read_hierarchy(gpointer user)
{
    fm_network_read_hierarchy(user);
}

/* The one search for the nearest is a long stretch of one thread: a hierarchy that was kept is
 * read meanwhile. */
gboolean fm_coverage_travel(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    FmProgress nearest_slice = fm_progress_slice(progress, 0, 0.2);
    FmProgress each_slice = fm_progress_slice(progress, 0.2, 1);
    FmReachInput input = {
        .network = coverage->ways->network,
        .origins = coverage->homes,
        .targets = coverage->facilities,
        .travel = coverage->ways->travel,
        .limit = coverage->limits[coverage->n_limits - 1],
        .n_threads = coverage->options->n_threads,
    };
    gboolean in_batches = fm_reach_batches_pay(&input);
    g_autoptr(FmTask) reading =
        in_batches ? fm_task_start(read_hierarchy, coverage->ways->network, input.n_threads) : NULL;
    if (!find_nearest(coverage, input, &nearest_slice, error))
        return FALSE;
    g_clear_pointer(&reading, fm_task_join);
    return count_reached(coverage, &input, in_batches, &each_slice, error);
}
