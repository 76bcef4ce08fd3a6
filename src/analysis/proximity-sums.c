/* Figures of the cost from each origin to its nearest target, as a whole and by area. */
#include "proximity-internal.h"

#include <math.h>

/* Figures of the origins listed in `members`, given the nearest cost of every origin (NaN =
 * none in reach). */
static FmNearestFigures figures_of(const FmProximity *proximity, const gsize *members, gsize n,
                                   const double *nearest)
{
    FmNearestFigures figures = {.max = (double)NAN};
    g_autofree double *values = g_new(double, n);
    double weight_sum = 0, weighted_sum = 0;
    for (gsize i = 0; i < n; i++) {
        double cost = nearest[members[i]];
        if (isnan(cost)) {
            figures.n_without++;
            continue;
        }
        double weight = proximity->weights->values[proximity->origins->rows[members[i]]];
        values[figures.n++] = cost;
        weight_sum += weight;
        weighted_sum += weight * cost;
        figures.max = fmax(figures.max, cost);
    }
    figures.median = fm_quantile(values, figures.n, 0.5);
    figures.p90 = fm_quantile(values, figures.n, 0.9);
    figures.mean = weight_sum > 0 ? weighted_sum / weight_sum : (double)NAN;
    return figures;
}

static double *nearest_costs(const FmProximity *proximity)
{
    gsize n = proximity->origins->n;
    double *nearest = g_new(double, n);
    for (gsize i = 0; i < n; i++)
        nearest[i] = (double)NAN;
    for (guint p = 0; p < proximity->pairs->len; p++) {
        const FmPair *pair = &g_array_index(proximity->pairs, FmPair, p);
        if (pair->rank == 1)
            nearest[pair->from] = pair->cost;
    }
    return nearest;
}

/* Origins sorted by area (counting sort, so in ascending order within an area). */
static void add_up_areas(FmProximity *proximity, const double *nearest)
{
    gsize n = proximity->origins->n, n_areas = proximity->areas->features->n;
    g_autofree gsize *end = g_new0(gsize, n_areas + 1);
    for (gsize i = 0; i < n; i++)
        end[MIN(proximity->area_of[i], n_areas)]++;
    proximity->n_outside = end[n_areas];
    gsize total = 0;
    for (gsize a = 0; a < n_areas; a++) {
        gsize count = end[a];
        end[a] = total;
        total += count;
    }
    g_autofree gsize *members = g_new(gsize, total);
    for (gsize i = 0; i < n; i++)
        if (proximity->area_of[i] != G_MAXSIZE)
            members[end[proximity->area_of[i]]++] = i;

    proximity->by_area = g_new(FmNearestFigures, n_areas);
    for (gsize a = 0; a < n_areas; a++) {
        gsize begin = a > 0 ? end[a - 1] : 0;
        proximity->by_area[a] = figures_of(proximity, members + begin, end[a] - begin, nearest);
    }
}

void fm_proximity_add_up(FmProximity *proximity)
{
    g_autofree double *nearest = nearest_costs(proximity);
    g_autofree gsize *everyone = g_new(gsize, proximity->origins->n);
    for (gsize i = 0; i < proximity->origins->n; i++)
        everyone[i] = i;
    proximity->whole = figures_of(proximity, everyone, proximity->origins->n, nearest);
    if (proximity->areas)
        add_up_areas(proximity, nearest);
}
