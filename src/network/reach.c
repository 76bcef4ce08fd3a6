/* Service areas: one search an end, the ends shared out among threads. */
#include "search.h"

typedef struct {
    const FmGraph *graph;
    FmTravel travel;
    const FmEnds *ends;
    FmSteps limit;
    FmReachFunc func;
    void *user;
    FmSearch **searches; /* one a worker, made when it is first needed */
} Job;

static gboolean reach_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Job *job = user;
    if (job->searches[worker] == NULL)
        job->searches[worker] = fm_search_new(job->graph, job->travel);
    FmSearch *search = job->searches[worker];
    for (gsize e = begin; e < end; e++) {
        guint32 first = job->ends->first[e];
        gsize n = fm_search_reach(search, job->ends->seeds + first, job->ends->first[e + 1] - first,
                                  job->limit);
        if (!job->func(e, search->reached, n, worker, job->user, error))
            return FALSE;
    }
    return TRUE;
}

gboolean fm_graph_reach(const FmGraph *graph, FmTravel travel, const FmEnds *ends, double limit,
                        guint n_threads, FmReachFunc func, void *user, const FmProgress *progress,
                        GError **error)
{
    g_return_val_if_fail(fm_ends_fit(graph, ends), FALSE);
    g_return_val_if_fail(limit >= 0, FALSE);

    guint n_workers = n_threads == 0 ? fm_parallel_default_threads() : n_threads;
    g_autofree FmSearch **searches = g_new0(FmSearch *, n_workers);
    Job job = {.graph = graph,
               .travel = travel,
               .ends = ends,
               .limit = fm_steps_from_limit(limit),
               .func = func,
               .user = user,
               .searches = searches};
    gboolean ok = fm_parallel_for(ends->n, 1, n_workers, reach_chunk, &job, progress,
                                  "searching the network", error);
    for (guint w = 0; w < n_workers; w++)
        fm_search_free(searches[w]);
    return ok;
}
