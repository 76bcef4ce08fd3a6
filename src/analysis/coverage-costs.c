/* Coverage by a table of costs: the same arrays as along a network, filled by looking up. */
#include "coverage-internal.h"

#include <math.h>

static gboolean check_options(const FmCoverageOptions *options, GError **error)
{
    const char *option = options->areas == FM_AREAS_EACH ? "--areas each"
                         : options->roads                ? "--roads"
                         : options->area_buffer_m > 0    ? "--buffer"
                                                         : NULL;
    if (!option)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s draws around roads, and '%s' is a table of costs: leave it out", option,
                options->via->profile);
    return FALSE;
}

static void count_origin(FmCoverage *coverage, gsize origin)
{
    const FmCosts *costs = coverage->costs;
    gsize n_limits = coverage->n_limits, begin = costs->first[origin];
    double people = coverage->origin_weights[origin];
    gboolean any = begin < costs->first[origin + 1];
    coverage->nearest[origin] =
        any ? (FmCheapest){costs->pairs[begin].end, costs->pairs[begin].cost}
            : (FmCheapest){G_MAXSIZE, (double)INFINITY};
    for (gsize l = 0; l < n_limits; l++) {
        gsize i = begin;
        for (; i < costs->first[origin + 1] && costs->pairs[i].cost <= coverage->limits[l]; i++)
            coverage->reached[costs->pairs[i].end * n_limits + l] += people;
        coverage->n_within[origin * n_limits + l] = (guint32)(i - begin);
        if (i - begin == 1)
            coverage->only[costs->pairs[begin].end * n_limits + l] += people;
    }
}

gboolean fm_coverage_look_up(FmCoverage *coverage, FmWorkspace *workspace,
                             const FmProgress *progress, GError **error)
{
    const FmCoverageOptions *options = coverage->options;
    if (!check_options(options, error))
        return FALSE;
    coverage->costs = fm_costs_read(workspace, options->via, coverage->kind, coverage->demand,
                                    coverage->origins, coverage->of, progress, error);
    if (!coverage->costs)
        return FALSE;
    for (gsize i = 0; i < coverage->of->n * coverage->n_limits; i++)
        coverage->reached[i] = coverage->only[i] = 0;
    for (gsize origin = 0; origin < coverage->origins->n; origin++)
        count_origin(coverage, origin);
    return TRUE;
}
