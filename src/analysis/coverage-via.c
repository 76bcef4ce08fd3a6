/* Coverage along a network: facilities and homes are put on it, and reach is drawn.  Who is within
 * reach is decided by the cost of each home alone (coverage-travel.c); polygons are for the eye. */
#include "coverage-internal.h"

#include <math.h>

#define DEFAULT_BUFFER_M 100.0

gboolean fm_coverage_open_ways(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    FmProgress open_slice = fm_progress_slice(progress, 0, 0.5);
    FmProgress of_slice = fm_progress_slice(progress, 0.5, 0.6);
    FmProgress home_slice = fm_progress_slice(progress, 0.6, 1);
    guint n_threads = coverage->options->n_threads;
    FmWays *ways = coverage->ways;
    if (!fm_ways_finish(ways, n_threads, &open_slice, error))
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
    g_autofree FmGeometry **areas = g_new0(FmGeometry *, n_limits);
    if (!draw_limits(coverage, coverage->facilities, coverage->node_costs, options->n_threads,
                     coverage->roads, options->areas != FM_AREAS_NONE ? areas : NULL, error))
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
