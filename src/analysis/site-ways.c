/* Costs along a network: to what is there by one search for all of it, to the candidates by one
 * bounded search each or, where all must be known, through the hierarchy. */
#include "site-study.h"

#include <math.h>

/* As in proximity: from this many full searches on, a hierarchy is made sooner than they are. */
#define HIERARCHY_PAYS 64

/* A block of rows of a matrix: bounds its memory. */
#define BLOCK_COSTS ((gsize)1 << 23)

static gboolean open_ways(FmSiteStudy *study, FmWorkspace *workspace, const FmProgress *progress,
                          GError **error)
{
    guint n_threads = study->options->n_threads;
    FmProgress open_slice = fm_progress_slice(progress, 0, 0.6);
    FmProgress rest_slice = fm_progress_slice(progress, 0.6, 1);
    FmWays *ways = study->ways =
        fm_ways_open(workspace, study->options->via, study->kind, n_threads, &open_slice, error);
    if (!ways)
        return FALSE;
    study->homes = fm_places_new_points(ways->snapper, study->origins->positions, study->origins->n,
                                        ways->max_snap_m, n_threads, &rest_slice, error);
    if (!study->homes)
        return FALSE;
    study->site_places =
        fm_places_new_points(ways->snapper, study->sites->positions, study->sites->n,
                             ways->max_snap_m, n_threads, NULL, error);
    if (!study->site_places)
        return FALSE;
    if (study->of)
        study->of_places = fm_places_new(ways->snapper, study->of->geometries, study->of->n,
                                         ways->max_snap_m, n_threads, NULL, error);
    return !study->of || study->of_places;
}

static FmReachInput reach_input(const FmSiteStudy *study, const FmPlaces *targets)
{
    return (FmReachInput){
        .network = study->ways->network,
        .origins = study->homes,
        .targets = targets,
        .travel = study->ways->travel,
        .limit = study->limit,
        .n_threads = study->options->n_threads,
    };
}

static gboolean find_existing(FmSiteStudy *study, const FmProgress *progress, GError **error)
{
    gsize n = study->origins->n;
    const FmReachInput input = reach_input(study, study->of_places);
    g_autofree FmReached *nearest = g_new(FmReached, n);
    if (!fm_reach_nearest(&input, 1, nearest, NULL, progress, error))
        return FALSE;
    for (gsize i = 0; i < n; i++)
        if (nearest[i].end != FM_NODE_NONE) {
            study->existing[i] = nearest[i].cost;
            study->existing_row[i] = nearest[i].end;
        }
    return TRUE;
}

/* ---- candidates -------------------------------------------------------------------------- */

static gboolean keep_found(gsize target, const FmInReach *found, gsize n_found, guint worker,
                           void *user, GError **error)
{
    (void)worker, (void)error;
    GArray **by_site = user;
    by_site[target] = g_array_sized_new(FALSE, FALSE, sizeof(FmInReach), (guint)n_found);
    if (n_found > 0)
        g_array_append_vals(by_site[target], found, (guint)n_found);
    return TRUE;
}

static void keep_pair(const FmSiteStudy *study, GArray **lists, gsize origin, gsize site,
                      double cost)
{
    if (cost >= study->existing[origin] || cost >= FM_COST_MAX)
        return;
    if (!lists[origin])
        lists[origin] = g_array_new(FALSE, FALSE, sizeof(FmReached));
    FmReached pair = {(guint32)site, cost};
    g_array_append_val(lists[origin], pair);
}

static gboolean search_each(FmSiteStudy *study, GArray **lists, const FmProgress *progress,
                            GError **error)
{
    const FmReachInput input = reach_input(study, study->site_places);
    gsize n = study->sites->n;
    g_autofree GArray **by_site = g_new0(GArray *, n);
    gboolean ok = fm_reach_each(&input, keep_found, by_site, progress, error);
    for (gsize site = 0; site < n; site++) {
        for (guint i = 0; ok && by_site[site] && i < by_site[site]->len; i++) {
            FmInReach found = g_array_index(by_site[site], FmInReach, i);
            keep_pair(study, lists, found.origin, site, found.cost);
        }
        if (by_site[site])
            g_array_unref(by_site[site]);
    }
    return ok;
}

static gboolean ask_matrix(FmSiteStudy *study, GArray **lists, const FmProgress *progress,
                           GError **error)
{
    FmProgress build_slice = fm_progress_slice(progress, 0, 0.5);
    gsize n = study->origins->n, n_sites = study->sites->n;
    const FmHierarchy *hierarchy =
        fm_network_hierarchy(study->ways->network, study->options->n_threads, &build_slice, error);
    if (!hierarchy)
        return FALSE;
    gsize block = CLAMP(BLOCK_COSTS / n_sites, 1, n);
    g_autofree double *costs = g_new(double, block *n_sites);
    for (gsize begin = 0; begin < n; begin += block) {
        gsize size = MIN(block, n - begin);
        FmProgress slice = fm_progress_slice(progress, 0.5 + 0.5 * (double)begin / (double)n,
                                             0.5 + 0.5 * (double)(begin + size) / (double)n);
        const FmPlaces origins = {size, study->homes->first + begin, study->homes->entrances,
                                  study->homes->positions};
        FmReachInput input = reach_input(study, study->site_places);
        input.origins = &origins;
        if (!fm_reach_matrix(&input, hierarchy, costs, &slice, error))
            return FALSE;
        for (gsize i = 0; i < size; i++)
            for (gsize site = 0; site < n_sites; site++)
                keep_pair(study, lists, begin + i, site, costs[i * n_sites + site]);
    }
    return TRUE;
}

gboolean fm_site_study_travel(FmSiteStudy *study, FmWorkspace *workspace,
                              const FmProgress *progress, GError **error)
{
    FmProgress open_slice = fm_progress_slice(progress, 0, 0.4);
    FmProgress of_slice = fm_progress_slice(progress, 0.4, 0.5);
    FmProgress site_slice = fm_progress_slice(progress, 0.5, 1);
    gsize n = study->origins->n;
    if (!open_ways(study, workspace, &open_slice, error) ||
        (study->of && !find_existing(study, &of_slice, error)))
        return FALSE;
    g_autofree GArray **lists = g_new0(GArray *, n);
    gboolean all = !isfinite(study->limit) && study->sites->n >= HIERARCHY_PAYS;
    gboolean ok = (all ? ask_matrix : search_each)(study, lists, &site_slice, error) &&
                  fm_site_study_lay_out(study, lists, error);
    for (gsize i = 0; i < n; i++)
        if (lists[i])
            g_array_unref(lists[i]);
    return ok;
}
