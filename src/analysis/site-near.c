/* Choices that are nearly as good.  The best set of a model is often one of many that differ by
 * less than the data are exact; what they have in common is firmer than any of them.  The tree of
 * site-search.c, kept open for all that is no worse than so much, meets each of them once.
 *
 * There may be millions.  So the part that they may be worse is doubled up to what is asked for,
 * and the last list that is complete stands: what all of few choices share says something, what
 * some thousand of many share says in which order the tree was climbed. */
#include "site-internal.h"

#include <math.h>
#include <stdlib.h>

enum { NEAR_DOUBLINGS = 4 };

/* The question whose cheap sets are those that are near: in a covering what is left uncovered may
 * grow, in a p-center the radius.  @param[out] cost what they cost at most */
static FmSiteCore *near_core(const FmSiteProblem *problem, const FmSiteSolution *solution,
                             double ratio, double *cost, GError **error)
{
    double objective = solution->objective, slack = ratio * objective;
    *cost = 0;
    if (problem->model == FM_SITE_PCENTER)
        return fm_site_core_cover(problem, objective + slack, FM_SITE_COVER_ROWS, solution->n,
                                  error);
    FmSiteCore *core = problem->model == FM_SITE_MCLP
                           ? fm_site_core_cover(problem, problem->within, FM_SITE_COVER_WEIGHTS,
                                                solution->n, error)
                           : fm_site_core_median(problem, (double)INFINITY, error);
    if (core)
        *cost = fm_site_core_cost(core, solution->sites, solution->n) + slack;
    return core;
}

typedef struct {
    double loss; /* how much worse than the best */
    const guint32 *sites;
    gsize n;
} Near;

static int compare_near(const void *a, const void *b)
{
    const Near *left = a, *right = b;
    if (left->loss != right->loss)
        return left->loss < right->loss ? -1 : 1;
    for (gsize i = 0; i < left->n; i++)
        if (left->sites[i] != right->sites[i])
            return left->sites[i] < right->sites[i] ? -1 : 1;
    return 0;
}

/* Best first, then by their sites. */
static void put_near(const FmSiteProblem *problem, const GArray *sets, FmSiteSolution *solution)
{
    gsize size = solution->n, n = sets->len / size;
    double within = problem->model == FM_SITE_MCLP ? problem->within : (double)INFINITY;
    double sign = problem->model == FM_SITE_MCLP ? -1 : 1;
    g_autofree Near *order = g_new(Near, n);
    for (gsize i = 0; i < n; i++) {
        const guint32 *sites = &g_array_index(sets, guint32, i * size);
        FmSiteValue value = fm_site_value(problem, within, sites, size);
        order[i] = (Near){sign * fm_site_value_of(problem->model, &value, size), sites, size};
    }
    qsort(order, n, sizeof *order, compare_near);
    g_free(solution->near);
    g_free(solution->near_objectives);
    solution->n_near = n;
    solution->near = g_new(guint32, n * size);
    solution->near_objectives = g_new(double, n);
    for (gsize i = 0; i < n; i++) {
        solution->near_objectives[i] = sign * order[i].loss;
        for (gsize k = 0; k < size; k++)
            solution->near[i * size + k] = order[i].sites[k];
    }
}

/* The sets that are worse by up to `ratio`.  @param[out] all there are no others */
static gboolean list_near(const FmSiteProblem *problem, double ratio, FmSiteEffort *effort,
                          FmSiteSolution *solution, gboolean *all, const FmProgress *progress,
                          GError **error)
{
    double cost = 0;
    g_autoptr(FmSiteCore) core = near_core(problem, solution, ratio, &cost, error);
    if (!core)
        return FALSE;
    g_autoptr(GArray) hint = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) sets = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_array_append_vals(hint, solution->sites, (guint)solution->n);
    if (!fm_site_enumerate(core, cost, hint, problem->max_optima, effort, sets, all, progress,
                           error))
        return FALSE;
    if (*all || solution->n_near == 0) {
        put_near(problem, sets, solution);
        solution->near_ratio = ratio;
        solution->all_near = *all;
    }
    return TRUE;
}

gboolean fm_site_near(const FmSiteProblem *problem, FmSiteEffort *effort, FmSiteSolution *solution,
                      const FmProgress *progress, GError **error)
{
    gboolean all = TRUE;
    if (!(problem->near_ratio > 0) || problem->model == FM_SITE_LSCP || solution->n == 0 ||
        solution->status != FM_SITE_OPTIMAL)
        return TRUE;
    for (int doublings = 0; all && doublings <= NEAR_DOUBLINGS; doublings++) {
        FmProgress slice = fm_progress_slice(progress, doublings / (NEAR_DOUBLINGS + 1.0),
                                             (doublings + 1) / (NEAR_DOUBLINGS + 1.0));
        double ratio = ldexp(problem->near_ratio, doublings - NEAR_DOUBLINGS);
        if (!list_near(problem, ratio, effort, solution, &all, &slice, error))
            return FALSE;
    }
    return TRUE;
}
