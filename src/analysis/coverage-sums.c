/* People by distance and by area.  Plain sums in ascending order of row, so that they are the same
 * bits every time; a million rows take milliseconds. */
#include "coverage-internal.h"
#include "demand.h"

static void alloc_sums(FmCoverage *coverage)
{
    gsize n_limits = coverage->n_limits;
    coverage->covered = g_new0(double, n_limits);
    coverage->outside_covered = g_new0(double, n_limits);
    if (!coverage->areas)
        return;
    gsize n_areas = coverage->areas->features->n;
    coverage->area_people = g_new0(double, n_areas);
    coverage->area_covered = g_new0(double, n_areas *n_limits);
    coverage->area_twice = g_new0(double, n_areas *n_limits);
}

static void add_origin(FmCoverage *coverage, gsize origin)
{
    gsize n_limits = coverage->n_limits;
    double weight = coverage->origin_weights[origin];
    if (coverage->nearest[origin].index == G_MAXSIZE) {
        coverage->stranded_people += weight;
        coverage->n_stranded++;
    }
    gsize area = coverage->area_of ? coverage->area_of[origin] : G_MAXSIZE;
    if (area != G_MAXSIZE) {
        coverage->area_people[area] += weight;
    } else if (coverage->areas) {
        coverage->outside_people += weight;
        coverage->n_outside++;
    }
    for (gsize l = 0; l < n_limits; l++) {
        guint32 n_within = coverage->n_within[origin * n_limits + l];
        if (n_within == 0)
            continue;
        coverage->covered[l] += weight;
        if (area == G_MAXSIZE) {
            coverage->outside_covered[l] += weight;
            continue;
        }
        coverage->area_covered[area * n_limits + l] += weight;
        if (n_within >= 2)
            coverage->area_twice[area * n_limits + l] += weight;
    }
}

void fm_coverage_add_up(FmCoverage *coverage)
{
    alloc_sums(coverage);
    /* Everybody is somewhere: in an area, outside all, or without a position. */
    coverage->unlocated_people = fm_demand_unlocated_people(coverage->demand, coverage->weights);
    for (gsize origin = 0; origin < coverage->origins->n; origin++)
        add_origin(coverage, origin);
}
