/* Coverage along a network.  Who is within reach is decided by the cost of each home alone, and
 * counted exactly; the polygons are drawn afterwards, for the eye.
 *
 * One bounded search a facility finds its homes.  Workers count on their own, and whole numbers add
 * up to the same in any order; people are added in the order of rows. */
#include "coverage-internal.h"

#include <math.h>

#define DEFAULT_BUFFER_M 100.0

gboolean fm_coverage_open_ways(FmCoverage *coverage, FmWorkspace *workspace,
                               const FmProgress *progress, GError **error)
{
    FmProgress open_slice = fm_progress_slice(progress, 0, 0.5);
    FmProgress of_slice = fm_progress_slice(progress, 0.5, 0.6);
    FmProgress home_slice = fm_progress_slice(progress, 0.6, 1);
    guint n_threads = coverage->options->n_threads;
    FmWays *ways = coverage->ways =
        fm_ways_open(workspace, coverage->options->via, coverage->kind, &open_slice, error);
    if (!ways)
        return FALSE;
    coverage->facilities = fm_places_new(ways->snapper, coverage->of->geometries, coverage->of->n,
                                         ways->max_snap_m, n_threads, &of_slice, error);
    if (!coverage->facilities)
        return FALSE;
    coverage->homes =
        fm_places_new_points(ways->snapper, coverage->origins->positions, coverage->origins->n,
                             ways->max_snap_m, n_threads, &home_slice, error);
    return coverage->homes != NULL;
}

/* ---- who reaches whom -------------------------------------------------------------------- */

/* Of an origin and limit: how many facilities reach it, and all their numbers xored, which of one
 * facility is its own number. */
typedef struct {
    guint32 n, which;
} Count;

typedef struct {
    FmCoverage *coverage;
    Count **counts; /* one a worker: n_origins × n_limits */
} TravelJob;

static gboolean add_facility(gsize facility, const FmInReach *found, gsize n_found, guint worker,
                             void *user, GError **error)
{
    (void)error;
    TravelJob *job = user;
    const FmCoverage *coverage = job->coverage;
    gsize n_limits = coverage->n_limits;
    double *reached = coverage->reached + facility * n_limits;
    for (gsize i = 0; i < n_found; i++) {
        gsize origin = found[i].origin;
        Count *counts = job->counts[worker] + origin * n_limits;
        for (gsize l = n_limits; l > 0 && found[i].cost <= coverage->limits[l - 1]; l--) {
            counts[l - 1].n++;
            counts[l - 1].which ^= (guint32)facility;
            reached[l - 1] += coverage->origin_weights[origin];
        }
    }
    return TRUE;
}

/* Workers' counts into one, and whom only one facility reaches. */
static void gather_counts(const TravelJob *job, guint n_workers)
{
    FmCoverage *coverage = job->coverage;
    gsize n_limits = coverage->n_limits;
    for (gsize i = 0; i < coverage->origins->n * n_limits; i++) {
        Count all = {0, 0};
        for (guint w = 0; w < n_workers; w++) {
            all.n += job->counts[w][i].n;
            all.which ^= job->counts[w][i].which;
        }
        coverage->n_within[i] = all.n;
        if (all.n == 1)
            coverage->only[all.which * n_limits + i % n_limits] +=
                coverage->origin_weights[i / n_limits];
    }
}

static gboolean alloc_counts(TravelJob *job, guint n_workers, GError **error)
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

static gboolean count_reached(FmCoverage *coverage, const FmReachInput *input,
                              const FmProgress *progress, GError **error)
{
    guint n_workers = input->n_threads ? input->n_threads : fm_parallel_default_threads();
    TravelJob job = {coverage, g_new0(Count *, n_workers)};
    for (gsize i = 0; i < coverage->of->n * coverage->n_limits; i++)
        coverage->reached[i] = coverage->only[i] = 0;
    gboolean ok = alloc_counts(&job, n_workers, error) &&
                  fm_reach_each(input, add_facility, &job, progress, error);
    if (ok)
        gather_counts(&job, n_workers);
    for (guint w = 0; w < n_workers; w++)
        g_free(job.counts[w]);
    g_free(job.counts);
    return ok;
}

gboolean fm_coverage_travel(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    FmProgress each_slice = fm_progress_slice(progress, 0, 0.8);
    FmProgress nearest_slice = fm_progress_slice(progress, 0.8, 1);
    FmReachInput input = {
        .network = coverage->ways->network,
        .origins = coverage->homes,
        .targets = coverage->facilities,
        .travel = coverage->ways->travel,
        .limit = coverage->limits[coverage->n_limits - 1],
        .n_threads = coverage->options->n_threads,
    };
    if (!count_reached(coverage, &input, &each_slice, error))
        return FALSE;
    gsize n = coverage->origins->n;
    g_autofree FmReached *nearest = g_new(FmReached, n);
    input.limit = (double)INFINITY;
    if (!fm_reach_nearest(&input, 1, nearest, &nearest_slice, error))
        return FALSE;
    for (gsize i = 0; i < n; i++)
        coverage->nearest[i] = nearest[i].end == FM_NODE_NONE
                                   ? (FmCheapest){G_MAXSIZE, (double)INFINITY}
                                   : (FmCheapest){nearest[i].end, nearest[i].cost};
    return TRUE;
}

/* ---- isochrones -------------------------------------------------------------------------- */

double fm_coverage_buffer_m(const FmCoverage *coverage)
{
    double buffer_m = coverage->options->area_buffer_m;
    return buffer_m > 0 ? buffer_m : DEFAULT_BUFFER_M;
}

typedef struct {
    FmCoverage *coverage;
    double **costs; /* one a worker: of every node */
} EachJob;

/* What `places` reach within each limit, as lines and as polygons.
 * @param costs of every node  @param[out] roads, areas one a limit; NULL if not wanted */
static gboolean draw_limits(const FmCoverage *coverage, const FmPlaces *places, const double *costs,
                            guint n_threads, FmGeometry **roads, FmGeometry **areas, GError **error)
{
    const FmNetwork *network = coverage->ways->network;
    FmIsochroneOptions options = {fm_coverage_buffer_m(coverage), -1, n_threads};
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (gsize l = 0; l < coverage->n_limits; l++) {
        GArray *reached =
            fm_reach_pieces(network, places, coverage->ways->travel, costs, coverage->limits[l]);
        g_ptr_array_add(pieces, reached);
        if (roads)
            roads[l] = fm_edge_pieces_lines(network, reached);
    }
    return !areas || fm_isochrones(network, (GArray *const *)pieces->pdata, coverage->n_limits,
                                   &options, areas, NULL, error);
}

/* One facility seen as a layer of its own. */
static gboolean draw_facility(const EachJob *job, gsize facility, guint worker, GError **error)
{
    FmCoverage *coverage = job->coverage;
    gsize n_limits = coverage->n_limits;
    gsize begin = coverage->facilities->first[facility];
    gsize first[] = {0, coverage->facilities->first[facility + 1] - begin};
    const FmPlaces one = {1, first, coverage->facilities->entrances + begin,
                          coverage->facilities->positions + begin};
    if (first[1] == 0)
        return TRUE;
    if (!fm_reach_node_costs(coverage->ways->network, &one, coverage->ways->travel,
                             coverage->limits[n_limits - 1], 1, job->costs[worker], NULL, error))
        return FALSE;
    gsize at = facility * n_limits;
    if (!draw_limits(coverage, &one, job->costs[worker], 1, NULL, coverage->circles + at, error))
        return FALSE;
    for (gsize i = at; i < at + n_limits; i++)
        if (coverage->circles[i])
            coverage->circle_areas_m2[i] = fm_land_area_m2(coverage->circles[i]);
    return TRUE;
}

static gboolean facility_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    for (gsize facility = begin; facility < end; facility++)
        if (!draw_facility(user, facility, worker, error))
            return FALSE;
    return TRUE;
}

static gboolean draw_each(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    guint n_workers =
        coverage->options->n_threads ? coverage->options->n_threads : fm_parallel_default_threads();
    gsize n_nodes = fm_graph_n_nodes(fm_network_graph(coverage->ways->network));
    gsize n = coverage->of->n * coverage->n_limits;
    coverage->circles = g_new0(FmGeometry *, n);
    coverage->circle_areas_m2 = g_new0(double, n);
    EachJob job = {coverage, g_new(double *, n_workers)};
    for (guint w = 0; w < n_workers; w++)
        job.costs[w] = g_new(double, n_nodes);
    gboolean ok = fm_parallel_for(coverage->of->n, 1, n_workers, facility_chunk, &job, progress,
                                  "drawing isochrones", error);
    for (guint w = 0; w < n_workers; w++)
        g_free(job.costs[w]);
    g_free(job.costs);
    return ok;
}

typedef struct {
    FmCoverage *coverage;
    const FmGeometry *study_area;
    FmGeometry **areas; /* one a limit */
} ClipJob;

static gboolean clip_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    const ClipJob *job = user;
    for (gsize l = begin; l < end; l++)
        if (!fm_coverage_clip(job->coverage, l, g_steal_pointer(&job->areas[l]), job->study_area,
                              error))
            return FALSE;
    return TRUE;
}

static gboolean draw_all(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    const FmCoverageOptions *options = coverage->options;
    gsize n_limits = coverage->n_limits;
    g_autoptr(FmGeometry) study_area = fm_coverage_study_area(coverage, error);
    if (coverage->areas && !study_area)
        return FALSE;
    const FmNetwork *network = coverage->ways->network;
    g_autofree double *costs = g_new(double, fm_graph_n_nodes(fm_network_graph(network)));
    if (!fm_reach_node_costs(network, coverage->facilities, coverage->ways->travel,
                             coverage->limits[n_limits - 1], options->n_threads, costs, NULL,
                             error))
        return FALSE;
    g_autofree FmGeometry **areas = g_new0(FmGeometry *, n_limits);
    if (!draw_limits(coverage, coverage->facilities, costs, options->n_threads, coverage->roads,
                     options->areas != FM_AREAS_NONE ? areas : NULL, error))
        return FALSE;
    ClipJob job = {coverage, study_area, areas};
    gboolean ok = fm_parallel_for(n_limits, 1, options->n_threads, clip_chunk, &job, progress,
                                  "drawing isochrones", error);
    for (gsize l = 0; l < n_limits; l++)
        fm_geometry_free(areas[l]); /* those that cancelling left */
    return ok;
}

gboolean fm_coverage_draw_ways(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    const FmCoverageOptions *options = coverage->options;
    FmProgress all_slice = fm_progress_slice(progress, 0, 0.5);
    FmProgress each_slice = fm_progress_slice(progress, 0.5, 1);
    coverage->reach = g_new0(FmGeometry *, coverage->n_limits);
    coverage->reach_areas_m2 = g_new0(double, coverage->n_limits);
    if (options->roads)
        coverage->roads = g_new0(FmGeometry *, coverage->n_limits);
    if ((options->roads || options->areas != FM_AREAS_NONE) &&
        !draw_all(coverage, &all_slice, error))
        return FALSE;
    return options->areas != FM_AREAS_EACH || draw_each(coverage, &each_slice, error);
}
