/* What a set of sites is worth, demand by demand: everybody goes to the cheapest. */
#include "site-internal.h"

#include <math.h>

/* The least cost of a demand with the sites that are marked. */
static double least_cost(const FmSiteProblem *problem, gsize demand, const guint8 *chosen)
{
    gsize k = problem->first[demand], end = problem->first[demand + 1];
    while (k < end && !chosen[problem->pairs[k].end])
        k++;
    double existing = fm_site_existing(problem, demand);
    return k < end ? MIN(problem->pairs[k].cost, existing) : existing;
}

FmSiteValue fm_site_value(const FmSiteProblem *problem, double within, const guint32 *sites,
                          gsize n)
{
    g_autofree guint8 *chosen = g_new0(guint8, problem->n_sites);
    FmSiteValue value = {.serves_all = TRUE};
    for (gsize i = 0; i < n; i++)
        chosen[sites[i]] = 1;
    for (gsize i = 0; i < problem->n_demand; i++) {
        double weight = problem->weights[i], cost = least_cost(problem, i, chosen);
        if (isfinite(cost) && cost <= within) {
            value.people += weight;
            value.total += weight * cost;
            value.most = weight > 0 ? MAX(value.most, cost) : value.most;
        } else if (fm_site_can_serve(problem, i, within)) {
            value.serves_all = FALSE;
        }
    }
    return value;
}

double fm_site_value_of(FmSiteModel model, const FmSiteValue *value, gsize n)
{
    switch (model) {
    case FM_SITE_MCLP:
        return value->people;
    case FM_SITE_LSCP:
        return (double)n;
    case FM_SITE_PMEDIAN:
        return value->total;
    default:
        return value->most;
    }
}
