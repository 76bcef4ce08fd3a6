/* Lagrangian relaxation: every row pays its multiplier to be served, sites are chosen by what they
 * would save, and what the rows pay less than that bounds every answer (Cornuejols, Fisher &
 * Nemhauser 1977).  Multipliers are raised by subgradient steps (Held, Wolfe & Crowder 1974,
 * doi:10.1007/BF01580223) whose direction remembers the one before (Camerini, Fratta & Maffioli
 * 1975, doi:10.1007/BFb0120697). */
#include "site-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY 0.6     /* of the direction before */
#define PATIENCE 12    /* steps without a rise until they are halved */
#define SHORTEST 0.002 /* steps shorter than this part of the first raise nothing */

/* A free site and what it saves. */
typedef struct FmSitePrice {
    double price;
    guint32 site;
} Price;

FmSiteRelaxation *fm_site_relaxation_new(const FmSiteCore *core, FmSiteEffort *effort)
{
    FmSiteRelaxation *relaxation = g_new0(FmSiteRelaxation, 1);
    relaxation->core = core;
    relaxation->effort = effort;
    relaxation->n_free = core->n_sites;
    relaxation->bound = -(double)INFINITY;
    relaxation->state = g_new0(guint8, core->n_sites);
    relaxation->marked = g_new0(guint8, core->n_sites);
    relaxation->reduced = g_new0(double, core->n_sites);
    relaxation->prices = g_new0(double, core->n_sites);
    relaxation->order = g_new(Price, core->n_sites);
    /* One more than there are, so that none is NULL where nothing is left to choose. */
    relaxation->base = g_new0(double, core->n_rows + 1);
    relaxation->multiplier = g_new0(double, core->n_rows + 1);
    relaxation->trial = g_new0(double, core->n_rows + 1);
    relaxation->direction = g_new0(double, core->n_rows + 1);
    memcpy(relaxation->base, core->base, core->n_rows * sizeof *core->base);
    relaxation->chosen = g_array_new(FALSE, FALSE, sizeof(guint32));
    return relaxation;
}

void fm_site_relaxation_free(FmSiteRelaxation *relaxation)
{
    if (!relaxation)
        return;
    gpointer arrays[] = {relaxation->state,  relaxation->marked,     relaxation->reduced,
                         relaxation->prices, relaxation->order,      relaxation->base,
                         relaxation->trial,  relaxation->multiplier, relaxation->direction};
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    g_array_unref(relaxation->chosen);
    g_free(relaxation);
}

void fm_site_relaxation_refresh(FmSiteRelaxation *relaxation)
{
    const FmSiteCore *core = relaxation->core;
    memcpy(relaxation->base, core->base, core->n_rows * sizeof *core->base);
    if (relaxation->n_in == 0)
        return;
    for (gsize row = 0; row < core->n_rows; row++) {
        gsize k = core->first[row], end = core->first[row + 1];
        while (k < end && relaxation->state[core->sites[k]] != FM_SITE_IN)
            k++;
        if (k < end)
            relaxation->base[row] = core->values[k];
        relaxation->effort->done += k - core->first[row] + FM_SITE_ROW_WORK;
    }
}

void fm_site_relaxation_start(FmSiteRelaxation *relaxation, const GArray *sites)
{
    const FmSiteCore *core = relaxation->core;
    memset(relaxation->marked, 0, core->n_sites);
    for (guint i = 0; i < sites->len; i++)
        relaxation->marked[g_array_index(sites, guint32, i)] = 1;
    for (gsize row = 0; row < core->n_rows; row++) {
        gsize end = core->first[row + 1], n = 0;
        double two[] = {core->base[row], core->base[row]};
        for (gsize k = core->first[row]; k < end && n < 2; k++)
            if (relaxation->marked[core->sites[k]])
                two[n++] = core->values[k];
        /* The price of a row that is not served would drown all others. */
        if (n == 1 && core->open == 0)
            two[1] = MIN(two[1], MAX(core->values[end - 1], two[0]) * 2);
        relaxation->multiplier[row] = (two[0] + two[1]) / 2;
    }
    relaxation->bound = -(double)INFINITY;
}

/* ---- one evaluation ---------------------------------------------------------------------- */

static int compare_prices(const void *a, const void *b)
{
    const Price *left = a, *right = b;
    if (left->price != right->price)
        return left->price < right->price ? -1 : 1;
    return left->site < right->site ? -1 : left->site > right->site;
}

/* What the rows pay; fills `prices`. */
static double price_sites(FmSiteRelaxation *relaxation)
{
    const FmSiteCore *core = relaxation->core;
    double paid = 0;
    memset(relaxation->prices, 0, core->n_sites * sizeof *relaxation->prices);
    for (gsize row = 0; row < core->n_rows; row++) {
        double pays = relaxation->trial[row];
        gsize begin = core->first[row], end = core->first[row + 1], k = begin;
        for (; k < end && core->values[k] < pays; k++)
            relaxation->prices[core->sites[k]] += core->values[k] - pays;
        relaxation->effort->done += k - begin + FM_SITE_ROW_WORK;
        paid += pays;
    }
    return paid;
}

/* Puts the cheapest free sites in front of `order`.  @return how many are chosen */
static gsize choose(FmSiteRelaxation *relaxation)
{
    const FmSiteCore *core = relaxation->core;
    Price *order = relaxation->order;
    gsize n = 0, n_chosen = 0;
    for (guint32 site = 0; site < core->n_sites; site++)
        if (relaxation->state[site] == FM_SITE_FREE)
            order[n++] = (Price){relaxation->prices[site] + core->open, site};
    qsort(order, n, sizeof *order, compare_prices);
    if (core->p > 0)
        return MIN(core->p - relaxation->n_in, n);
    while (n_chosen < n && order[n_chosen].price < 0)
        n_chosen++;
    return n_chosen;
}

/* The bound by `trial`.  @param[out] n_chosen the first of `order` */
static double evaluate(FmSiteRelaxation *relaxation, gsize *n_chosen)
{
    double bound = price_sites(relaxation) + relaxation->core->open * (double)relaxation->n_in;
    *n_chosen = choose(relaxation);
    for (gsize i = 0; i < *n_chosen; i++)
        bound += relaxation->order[i].price;
    return bound;
}

static void keep(FmSiteRelaxation *relaxation, double bound, gsize n_chosen)
{
    const FmSiteCore *core = relaxation->core;
    relaxation->bound = bound;
    memcpy(relaxation->multiplier, relaxation->trial, core->n_rows * sizeof(double));
    memcpy(relaxation->reduced, relaxation->prices, core->n_sites * sizeof(double));
    g_array_set_size(relaxation->chosen, 0);
    for (gsize i = 0; i < n_chosen; i++)
        g_array_append_val(relaxation->chosen, relaxation->order[i].site);
}

/* ---- steps ------------------------------------------------------------------------------- */

/* How many of the chosen take the row's money less one, remembered.  @return its square length */
static double turn_direction(FmSiteRelaxation *relaxation, gsize n_chosen, double memory)
{
    const FmSiteCore *core = relaxation->core;
    double square = 0;
    for (gsize i = 0; i < n_chosen; i++)
        relaxation->marked[relaxation->order[i].site] = 1;
    for (gsize row = 0; row < core->n_rows; row++) {
        double pays = relaxation->trial[row], step = 1;
        gsize k = core->first[row], end = core->first[row + 1];
        for (; k < end && core->values[k] < pays; k++)
            step -= relaxation->marked[core->sites[k]];
        relaxation->effort->done += k - core->first[row] + FM_SITE_ROW_WORK;
        step += memory * relaxation->direction[row];
        /* Where the border is reached, there is no way on. */
        if ((pays >= relaxation->base[row] && step > 0) || (pays <= 0 && step < 0))
            step = 0;
        relaxation->direction[row] = step;
        square += step * step;
    }
    for (gsize i = 0; i < n_chosen; i++)
        relaxation->marked[relaxation->order[i].site] = 0;
    return square;
}

static void step_on(FmSiteRelaxation *relaxation, double length)
{
    for (gsize row = 0; row < relaxation->core->n_rows; row++) {
        double pays = relaxation->trial[row] + length * relaxation->direction[row];
        relaxation->trial[row] = CLAMP(pays, 0, relaxation->base[row]);
    }
}

void fm_site_relaxation_raise(FmSiteRelaxation *relaxation, double target, double enough,
                              guint n_steps)
{
    const FmSiteCore *core = relaxation->core;
    double factor = 1;
    guint idle = 0;
    memset(relaxation->marked, 0, core->n_sites);
    memset(relaxation->direction, 0, core->n_rows * sizeof(double));
    for (gsize row = 0; row < core->n_rows; row++)
        relaxation->trial[row] = MIN(relaxation->multiplier[row], relaxation->base[row]);
    relaxation->bound = -(double)INFINITY;
    for (guint step = 0; step < n_steps; step++) {
        gsize n_chosen = 0;
        double bound = evaluate(relaxation, &n_chosen);
        idle++;
        if (bound > relaxation->bound) {
            idle = bound > relaxation->bound + 1e-4 * fabs(target - bound) ? 0 : idle;
            keep(relaxation, bound, n_chosen);
        }
        if (bound > enough || factor < SHORTEST || fm_site_is_spent(relaxation->effort))
            return;
        if (idle > PATIENCE) {
            factor /= 2;
            idle = 0;
        }
        double square = turn_direction(relaxation, n_chosen, step > 0 ? MEMORY : 0);
        if (square <= 0)
            return;
        step_on(relaxation, factor * (target - bound) / square);
    }
}
