/* What it costs to get from the demand to what is there and to every candidate: in a straight line,
 * or by a table.  A candidate that is no nearer than what is there serves nobody, so that only
 * nearer ones are measured: with a dense network of facilities that leaves a small part of all
 * pairs. */
#include "site-study.h"

#include <math.h>
#include <stdlib.h>

enum { GRAIN = 64 };

/* More pairs do not fit where a planner works. */
#define MAX_PAIRS ((gsize)400000000)

/* Half way round the Earth and a little: all. */
static const double everywhere_m = 20040000;

/* ---- lists of pairs ---------------------------------------------------------------------- */

static int compare_reached(const void *a, const void *b)
{
    const FmReached *left = a, *right = b;
    if (left->cost != right->cost)
        return left->cost < right->cost ? -1 : 1;
    return left->end < right->end ? -1 : left->end > right->end;
}

gboolean fm_site_study_lay_out(FmSiteStudy *study, GArray *const *lists, GError **error)
{
    gsize n = study->origins->n, total = 0;
    for (gsize i = 0; i < n; i++)
        total += lists[i] ? lists[i]->len : 0;
    study->first = g_new(gsize, n + 1);
    study->pairs = total <= MAX_PAIRS ? g_try_new(FmReached, total + 1) : NULL;
    if (!study->pairs) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "%" G_GSIZE_FORMAT " pairs of demand and candidate are too many: ask for a "
                    "limit (--within), or leave some out (--candidates-where, --demand-where)",
                    total);
        return FALSE;
    }
    gsize at = 0;
    for (gsize i = 0; i < n; i++) {
        study->first[i] = at;
        for (guint k = 0; lists[i] && k < lists[i]->len; k++) {
            FmReached one = g_array_index(lists[i], FmReached, k);
            if (one.cost < study->existing[i] && one.cost <= study->limit)
                study->pairs[at++] = one;
        }
        qsort(study->pairs + study->first[i], at - study->first[i], sizeof *study->pairs,
              compare_reached);
    }
    study->first[n] = at;
    return TRUE;
}

/* ---- straight lines ---------------------------------------------------------------------- */

static gboolean find_existing(FmSiteStudy *study, const FmProgress *progress, GError **error)
{
    gsize n = study->origins->n;
    g_autofree FmNeighbour *nearest = g_new(FmNeighbour, n);
    study->existing_at = g_new(FmLonLat, n);
    if (!fm_nearest(study->origins->positions, n, study->of->geometries, study->of->n, 1,
                    study->limit, study->options->n_threads, nearest, study->existing_at, progress,
                    error))
        return FALSE;
    for (gsize i = 0; i < n; i++) {
        study->existing[i] = nearest[i].distance_m;
        study->existing_row[i] = nearest[i].index;
    }
    return TRUE;
}

typedef struct {
    const FmSiteStudy *study;
    const FmPointIndex *index;
    GArray **lists;
} StraightJob;

static gboolean straight_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const StraightJob *job = user;
    const FmSiteStudy *study = job->study;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    for (gsize i = begin; i < end; i++) {
        double radius_m = MIN(MIN(study->limit, study->existing[i]), everywhere_m);
        g_array_set_size(found, 0);
        fm_point_index_within(job->index, study->origins->positions[i], radius_m, found);
        job->lists[i] = g_array_sized_new(FALSE, FALSE, sizeof(FmReached), found->len);
        for (guint k = 0; k < found->len; k++) {
            FmNeighbour one = g_array_index(found, FmNeighbour, k);
            FmReached pair = {(guint32)one.index, one.distance_m};
            g_array_append_val(job->lists[i], pair);
        }
    }
    return TRUE;
}

static gboolean measure(FmSiteStudy *study, const FmProgress *progress, GError **error)
{
    FmProgress of_slice = fm_progress_slice(progress, 0, 0.2);
    FmProgress site_slice = fm_progress_slice(progress, 0.2, 1);
    gsize n = study->origins->n;
    if (study->of && !find_existing(study, &of_slice, error))
        return FALSE;
    g_autoptr(FmPointIndex) index = fm_point_index_new(study->sites->positions, study->sites->n);
    g_autofree GArray **lists = g_new0(GArray *, n);
    StraightJob job = {study, index, lists};
    gboolean ok = fm_parallel_for(n, GRAIN, study->options->n_threads, straight_chunk, &job,
                                  &site_slice, "measuring distances", error) &&
                  fm_site_study_lay_out(study, lists, error);
    for (gsize i = 0; i < n; i++)
        if (lists[i])
            g_array_unref(lists[i]);
    return ok;
}

/* ---- a table ----------------------------------------------------------------------------- */

/* Rows that name neither a candidate nor what is there are foreign, not those of the other side. */
static void count_foreign(FmSiteStudy *study)
{
    gsize n_rows = (gsize)study->costs->info->n_rows;
    gsize both = study->costs->n_foreign + study->of_costs->n_foreign;
    study->costs->n_foreign = both > n_rows ? both - n_rows : 0;
}

static void look_up_existing(FmSiteStudy *study)
{
    const FmCosts *costs = study->of_costs;
    for (gsize i = 0; i < study->origins->n; i++) {
        gsize at = costs->first[i];
        if (at == costs->first[i + 1] || costs->pairs[at].cost > study->limit)
            continue;
        study->existing[i] = costs->pairs[at].cost;
        study->existing_row[i] = costs->pairs[at].end;
    }
}

static gboolean look_up(FmSiteStudy *study, FmWorkspace *workspace, const FmProgress *progress,
                        GError **error)
{
    const FmVia *via = study->options->via;
    study->costs = fm_costs_read(workspace, via, study->kind, study->demand, study->origins,
                                 study->candidates, progress, error);
    if (!study->costs)
        return FALSE;
    if (study->of) {
        study->of_costs = fm_costs_read(workspace, via, study->kind, study->demand, study->origins,
                                        study->of, NULL, error);
        if (!study->of_costs)
            return FALSE;
        count_foreign(study);
        look_up_existing(study);
    }
    gsize n = study->origins->n;
    g_autofree guint32 *site_of = g_new0(guint32, study->candidates->n);
    for (gsize site = 0; site < study->sites->n; site++)
        site_of[study->sites->rows[site]] = (guint32)site;
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (gsize i = 0; i < n; i++) {
        GArray *list = g_array_new(FALSE, FALSE, sizeof(FmReached));
        for (gsize k = study->costs->first[i]; k < study->costs->first[i + 1]; k++) {
            FmReached one = study->costs->pairs[k];
            one.end = site_of[one.end];
            g_array_append_val(list, one);
        }
        g_ptr_array_add(lists, list);
    }
    return fm_site_study_lay_out(study, (GArray *const *)lists->pdata, error);
}

gboolean fm_site_study_costs(FmSiteStudy *study, FmWorkspace *workspace, const FmProgress *progress,
                             GError **error)
{
    gsize n = study->origins->n;
    study->existing = g_new(double, n);
    study->existing_row = g_new(gsize, n);
    for (gsize i = 0; i < n; i++) {
        study->existing[i] = (double)INFINITY;
        study->existing_row[i] = G_MAXSIZE;
    }
    if (!study->options->via)
        return measure(study, progress, error);
    gboolean by_table = FALSE;
    if (!fm_costs_named(workspace, study->options->via, &by_table, error))
        return FALSE;
    return by_table ? look_up(study, workspace, progress, error)
                    : fm_site_study_travel(study, workspace, progress, error);
}
