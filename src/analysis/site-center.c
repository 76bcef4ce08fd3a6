/* The p-center: the answer is one of the costs, and whether p sites cover all within a cost is a
 * set covering (Minieka 1970).  Costs between a bound that nobody can do without and the radius of
 * a quick answer (Hochbaum & Shmoys 1985, doi:10.1287/moor.10.2.180: serve whoever is worst off)
 * are halved until one is left. */
#include "site-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Every covering may take this part of what is left of the effort: only those near the answer are
 * hard. */
#define SHARE 3

/* How far the worst served is with these sites.  @param[out] worst that demand, may be NULL */
static double radius_of(const FmSiteProblem *problem, const GArray *sites, gsize *worst)
{
    g_autofree guint8 *chosen = g_new0(guint8, problem->n_sites);
    double radius = -1;
    for (guint i = 0; i < sites->len; i++)
        chosen[g_array_index(sites, guint32, i)] = 1;
    for (gsize i = 0; i < problem->n_demand; i++) {
        gsize k = problem->first[i], end = problem->first[i + 1];
        if (!fm_site_can_serve(problem, i, (double)INFINITY))
            continue;
        while (k < end && !chosen[problem->pairs[k].end])
            k++;
        double cost =
            MIN(k < end ? problem->pairs[k].cost : (double)INFINITY, fm_site_existing(problem, i));
        if (cost > radius) {
            radius = cost;
            if (worst)
                *worst = i;
        }
    }
    return MAX(radius, 0);
}

/* Serve whoever is worst off by the site next to them. */
static void quick_answer(const FmSiteProblem *problem, GArray *sites)
{
    for (gsize i = 0; i < problem->n_add; i++) {
        gsize worst = G_MAXSIZE;
        radius_of(problem, sites, &worst);
        if (worst == G_MAXSIZE || problem->first[worst] == problem->first[worst + 1])
            return;
        guint32 site = problem->pairs[problem->first[worst]].end;
        for (guint k = 0; k < sites->len; k++)
            if (g_array_index(sites, guint32, k) == site)
                return;
        g_array_append_val(sites, site);
    }
}

/* Nobody can be nearer than to the nearest of all. */
static double least_radius(const FmSiteProblem *problem)
{
    double radius = 0;
    for (gsize i = 0; i < problem->n_demand; i++) {
        gsize begin = problem->first[i];
        if (!fm_site_can_serve(problem, i, (double)INFINITY))
            continue;
        double site = begin < problem->first[i + 1] ? problem->pairs[begin].cost : (double)INFINITY;
        radius = MAX(radius, MIN(site, fm_site_existing(problem, i)));
    }
    return radius;
}

static int compare_costs(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static void add_cost(GArray *costs, double cost, double least, double most)
{
    if (cost >= least && cost <= most && isfinite(cost))
        g_array_append_val(costs, cost);
}

/* The costs from `least` to `most`, ascending, each once. */
static GArray *costs_between(const FmSiteProblem *problem, double least, double most)
{
    GArray *costs = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize i = 0; i < problem->n_demand; i++) {
        if (!fm_site_can_serve(problem, i, (double)INFINITY))
            continue;
        add_cost(costs, fm_site_existing(problem, i), least, most);
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            add_cost(costs, problem->pairs[k].cost, least, most);
    }
    g_array_sort(costs, compare_costs);
    guint n = 0;
    double *all = (double *)(gpointer)costs->data;
    for (guint i = 0; i < costs->len; i++)
        if (n == 0 || all[i] != all[n - 1])
            all[n++] = all[i];
    g_array_set_size(costs, n);
    return costs;
}

/* Halving the costs: none below `proven` will do, that at `high` does. */
typedef struct {
    const FmSiteProblem *problem;
    const GArray *costs;
    guint low, high; /* where the answer is looked for */
    guint proven;
    GArray *sites; /* guint32: those of `high` */
} Halving;

static guint place_of_cost(const GArray *costs, double cost)
{
    guint low = 0, high = costs->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(costs, double, middle) < cost)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Will this cost do?  Narrows the range. */
static gboolean attempt(Halving *halving, guint place, FmSiteEffort *effort,
                        const FmProgress *progress, GError **error)
{
    const FmSiteProblem *problem = halving->problem;
    double radius = g_array_index(halving->costs, double, place), p = (double)problem->n_add;
    g_autoptr(FmSiteCore) core =
        fm_site_core_cover(problem, radius, FM_SITE_COVER_ALL, problem->n_add, error);
    g_auto(FmSiteBest) best = {0};
    FmSiteEffort share = {0, (effort->most - MIN(effort->done, effort->most)) / SHARE};
    if (!core || !fm_site_search(core, p + 1, p, &share, &best, progress, error))
        return FALSE;
    effort->done += share.done;
    if (best.cost <= p) {
        g_array_set_size(halving->sites, 0);
        g_array_append_vals(halving->sites, best.sites->data, best.sites->len);
        halving->high = place_of_cost(halving->costs, radius_of(problem, best.sites, NULL));
        return TRUE;
    }
    halving->low = place + 1;
    if (best.bound > p)
        halving->proven = MAX(halving->proven, place + 1);
    return TRUE;
}

static gboolean halve_on(Halving *halving, FmSiteEffort *effort, const FmProgress *progress,
                         GError **error)
{
    double n_steps = ceil(log2(1.0 + halving->high - halving->low)) + 1;
    for (double step = 0; halving->low < halving->high; step++) {
        guint middle = halving->low + (halving->high - halving->low) / 2;
        FmProgress slice = fm_progress_slice(progress, step / n_steps, (step + 1) / n_steps);
        if (!attempt(halving, middle, effort, &slice, error))
            return FALSE;
    }
    return TRUE;
}

gboolean fm_site_center(const FmSiteProblem *problem, FmSiteEffort *effort, FmSiteBest *best,
                        const FmProgress *progress, GError **error)
{
    FmProgress first_slice = fm_progress_slice(progress, 0, 0.1);
    FmProgress rest_slice = fm_progress_slice(progress, 0.1, 1);
    best->sites = g_array_new(FALSE, FALSE, sizeof(guint32));
    quick_answer(problem, best->sites);
    double most = radius_of(problem, best->sites, NULL), least = least_radius(problem);
    g_autoptr(GArray) costs = costs_between(problem, least, most);
    best->cost = best->bound = 0;
    if (costs->len == 0)
        return TRUE;
    Halving halving = {problem, costs, 0, costs->len - 1, 0, best->sites};
    if (!isfinite(most)) {
        /* Somebody is not served at all: can p sites do it? */
        if (!attempt(&halving, halving.high, effort, &first_slice, error))
            return FALSE;
        if (halving.low > halving.high) {
            best->cost = best->bound = (double)INFINITY;
            return TRUE;
        }
    }
    if (!halve_on(&halving, effort, &rest_slice, error))
        return FALSE;
    best->cost = radius_of(problem, best->sites, NULL);
    best->bound = MIN(best->cost, g_array_index(costs, double, halving.proven));
    return TRUE;
}
