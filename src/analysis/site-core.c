/* Every model as one question: rows of values, a base, and sites that lower it.  Rows that nothing
 * can change are left out, equal rows of a covering are added up, and where all rows must be
 * covered those that are covered whenever another one is are dropped too (Toregas & ReVelle
 * 1972). */
#include "site-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONG_ROW 16 /* a row with more than this part of the sites is long */

void fm_site_core_free(FmSiteCore *core)
{
    if (!core)
        return;
    g_free(core->first);
    g_free(core->sites);
    g_free(core->values);
    g_free(core->base);
    g_free(core);
}

double fm_site_existing(const FmSiteProblem *problem, gsize demand)
{
    return problem->existing ? problem->existing[demand] : (double)INFINITY;
}

static gboolean has_existing(const FmSiteProblem *problem, gsize demand, double within)
{
    double existing = fm_site_existing(problem, demand);
    return isfinite(existing) && existing <= within;
}

gboolean fm_site_can_serve(const FmSiteProblem *problem, gsize demand, double within)
{
    gsize begin = problem->first[demand];
    if (problem->weights[demand] <= 0)
        return FALSE;
    if (has_existing(problem, demand, within))
        return TRUE;
    return begin < problem->first[demand + 1] && problem->pairs[begin].cost <= within;
}

static FmSiteCore *core_new(gsize n_rows, gsize n_sites, gsize n_pairs, GError **error)
{
    g_autoptr(FmSiteCore) core = g_new0(FmSiteCore, 1);
    core->n_sites = n_sites;
    core->first = g_try_new0(gsize, n_rows + 1);
    core->base = g_try_new(double, n_rows + 1);
    core->sites = g_try_new(guint32, n_pairs + 1);
    core->values = g_try_new(double, n_pairs + 1);
    if (core->first && core->base && core->sites && core->values)
        return g_steal_pointer(&core);
    g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                "no memory for %" G_GSIZE_FORMAT " pairs of demand and candidate: ask for a limit "
                "(--within) or fewer of either",
                n_pairs);
    return NULL;
}

/* ---- p-median ---------------------------------------------------------------------------- */

/* Where the pairs of a row end that are within the limit. */
static gsize row_end(const FmSiteProblem *problem, gsize demand, double within)
{
    gsize end = problem->first[demand + 1];
    while (end > problem->first[demand] && problem->pairs[end - 1].cost > within)
        end--;
    return end;
}

/* The most that a row can cost once it is served. */
static double dearest(const FmSiteProblem *problem, gsize demand, double within)
{
    if (has_existing(problem, demand, within))
        return problem->existing[demand];
    gsize end = row_end(problem, demand, within);
    return end > problem->first[demand] ? problem->pairs[end - 1].cost : 0;
}

/* More than any set costs that serves all it can: no set with a row unserved is better than one
 * without. */
static double unserved_price(const FmSiteProblem *problem, double within)
{
    double sum = 0;
    for (gsize i = 0; i < problem->n_demand; i++)
        sum += problem->weights[i] * dearest(problem, i, within);
    return 2 * sum + 1;
}

static double median_base(const FmSiteProblem *problem, gsize demand, double within, double price)
{
    gboolean always = has_existing(problem, demand, within) ||
                      row_end(problem, demand, within) - problem->first[demand] == problem->n_sites;
    return always ? problem->weights[demand] * dearest(problem, demand, within) : price;
}

static gboolean is_whole(double value)
{
    return value == floor(value) && value < 0x1p50;
}

/* The pairs of a row that are below its base.  @return how many */
static gsize put_row(FmSiteCore *core, const FmSiteProblem *problem, gsize demand, double within,
                     gsize at)
{
    gsize begin = at, end = row_end(problem, demand, within);
    for (gsize k = problem->first[demand]; k < end; k++) {
        double value = problem->weights[demand] * problem->pairs[k].cost;
        if (value >= core->base[core->n_rows])
            break;
        core->sites[at] = problem->pairs[k].end;
        core->values[at++] = value;
    }
    return at - begin;
}

FmSiteCore *fm_site_core_median(const FmSiteProblem *problem, double within, GError **error)
{
    gsize n = problem->n_demand, n_pairs = 0;
    double price = unserved_price(problem, within), scale = 0;
    gboolean whole = is_whole(price);
    g_autoptr(FmSiteCore) core = core_new(n, problem->n_sites, problem->first[n], error);
    if (!core)
        return NULL;
    for (gsize i = 0; i < n; i++) {
        double base = median_base(problem, i, within, price);
        if (base <= 0 || !fm_site_can_serve(problem, i, within))
            continue;
        core->base[core->n_rows] = base;
        gsize n_row = put_row(core, problem, i, within, n_pairs);
        whole = whole && is_whole(base);
        for (gsize k = n_pairs; k < n_pairs + n_row; k++)
            whole = whole && is_whole(core->values[k]);
        n_pairs += n_row;
        scale += problem->weights[i] * dearest(problem, i, within);
        core->first[++core->n_rows] = n_pairs;
    }
    core->p = problem->n_add;
    core->grain = whole ? 1 : 0;
    core->tolerance = 1e-10 * scale;
    return g_steal_pointer(&core);
}

/* ---- coverings --------------------------------------------------------------------------- */

/* A row while rows are compared: sites in ascending order. */
typedef struct {
    const guint32 *sites;
    gsize n;
    double weight;
    gsize demand;
} Row;

static int compare_sites(const void *a, const void *b)
{
    guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
    return left < right ? -1 : left > right;
}

static int compare_rows(const void *a, const void *b)
{
    const Row *left = a, *right = b;
    if (left->n != right->n)
        return left->n < right->n ? -1 : 1;
    int order = 0;
    for (gsize i = 0; order == 0 && i < left->n; i++)
        order = compare_sites(&left->sites[i], &right->sites[i]);
    return order != 0 ? order : left->demand < right->demand ? -1 : left->demand > right->demand;
}

/* Ascending (n, sites), equal ones added up in the order of demand.  @return how many are left */
static gsize unite_rows(Row *rows, gsize n)
{
    gsize kept = 0;
    qsort(rows, n, sizeof *rows, compare_rows);
    for (gsize i = 0; i < n; i++) {
        Row *last = kept > 0 ? &rows[kept - 1] : NULL;
        if (last && last->n == rows[i].n &&
            memcmp(last->sites, rows[i].sites, last->n * sizeof *last->sites) == 0)
            last->weight += rows[i].weight;
        else
            rows[kept++] = rows[i];
    }
    return kept;
}

static gboolean is_within(const Row *row, const guint8 *marked)
{
    gsize i = 0;
    while (i < row->n && marked[row->sites[i]])
        i++;
    return i == row->n;
}

/* How many rows have each site. */
static gsize *count_sites(const Row *rows, gsize n, gsize n_sites)
{
    gsize *counts = g_new0(gsize, n_sites);
    for (gsize i = 0; i < n; i++)
        for (gsize k = 0; k < rows[i].n; k++)
            counts[rows[i].sites[k]]++;
    return counts;
}

static guint32 rarest_site(const Row *row, const gsize *counts)
{
    guint32 best = row->sites[0];
    for (gsize k = 1; k < row->n; k++)
        if (counts[row->sites[k]] < counts[best])
            best = row->sites[k];
    return best;
}

/* Is a kept row part of this one?  Kept rows are listed by their rarest site. */
static gboolean follows(const Row *row, const Row *rows, GArray *const *by_site,
                        const guint8 *marked)
{
    for (gsize i = 0; i < row->n; i++) {
        const GArray *kept = by_site[row->sites[i]];
        for (guint k = 0; kept && k < kept->len; k++)
            if (is_within(&rows[g_array_index(kept, gsize, k)], marked))
                return TRUE;
    }
    return FALSE;
}

/* Leave out the rows that are covered whenever a shorter one is. */
static gsize drop_followers(Row *rows, gsize n, gsize n_sites)
{
    g_autofree guint8 *marked = g_new0(guint8, n_sites);
    g_autofree GArray **by_site = g_new0(GArray *, n_sites);
    g_autofree gsize *counts = count_sites(rows, n, n_sites);
    gsize kept = 0;
    for (gsize i = 0; i < n; i++) {
        const Row row = rows[i];
        for (gsize k = 0; k < row.n; k++)
            marked[row.sites[k]] = 1;
        if (!follows(&row, rows, by_site, marked)) {
            GArray **list = &by_site[rarest_site(&row, counts)];
            if (!*list)
                *list = g_array_new(FALSE, FALSE, sizeof(gsize));
            g_array_append_val(*list, kept);
            rows[kept++] = row;
        }
        for (gsize k = 0; k < row.n; k++)
            marked[row.sites[k]] = 0;
    }
    for (gsize s = 0; s < n_sites; s++)
        if (by_site[s])
            g_array_unref(by_site[s]);
    return kept;
}

/* The sites of a row in ascending order.  A long row is sooner read off than sorted. */
static void put_in_order(guint32 *sites, gsize n, guint8 *marked, gsize n_sites)
{
    if (n * LONG_ROW < n_sites) {
        qsort(sites, n, sizeof *sites, compare_sites);
        return;
    }
    for (gsize i = 0; i < n; i++)
        marked[sites[i]] = 1;
    for (guint32 site = 0, at = 0; site < n_sites; site++)
        if (marked[site]) {
            sites[at++] = site;
            marked[site] = 0;
        }
}

/* The rows to cover.  @param[out] sites room for all pairs  @return how many */
static gsize gather(const FmSiteProblem *problem, double within, Row *rows, guint32 *sites)
{
    g_autofree guint8 *marked = g_new0(guint8, problem->n_sites);
    gsize n = 0, n_pairs = 0;
    for (gsize i = 0; i < problem->n_demand; i++) {
        gsize begin = n_pairs;
        if (!fm_site_can_serve(problem, i, within) || fm_site_existing(problem, i) <= within)
            continue;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
            if (problem->pairs[k].cost > within)
                break;
            sites[n_pairs++] = problem->pairs[k].end;
        }
        put_in_order(sites + begin, n_pairs - begin, marked, problem->n_sites);
        rows[n++] = (Row){sites + begin, n_pairs - begin, problem->weights[i], i};
    }
    return n;
}

/* What a row costs that is not covered. */
static double cover_base(FmSiteCover cover, const Row *row)
{
    if (cover == FM_SITE_COVER_WEIGHTS)
        return row->weight;
    /* Covering it always pays for the site. */
    return cover == FM_SITE_COVER_ALL ? 2 : 1;
}

FmSiteCore *fm_site_core_cover(const FmSiteProblem *problem, double within, FmSiteCover cover,
                               gsize p, GError **error)
{
    gsize n_demand = problem->n_demand, n_all = problem->first[n_demand];
    g_autoptr(FmSiteCore) core = core_new(n_demand, problem->n_sites, n_all, error);
    if (!core)
        return NULL;
    g_autofree Row *rows = g_new(Row, n_demand + 1);
    g_autofree guint32 *sites = g_try_new(guint32, n_all + 1);
    if (!sites) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_LIMIT,
                            "no memory to compare the demand: ask for fewer candidates at once");
        return NULL;
    }
    gsize n = unite_rows(rows, gather(problem, within, rows, sites)), n_pairs = 0;
    if (cover != FM_SITE_COVER_WEIGHTS)
        n = drop_followers(rows, n, problem->n_sites);
    gboolean whole = TRUE;
    double scale = 0;
    for (gsize i = 0; i < n; i++) {
        memcpy(core->sites + n_pairs, rows[i].sites, rows[i].n * sizeof *sites);
        memset(core->values + n_pairs, 0, rows[i].n * sizeof *core->values);
        n_pairs += rows[i].n;
        core->base[i] = cover_base(cover, &rows[i]);
        core->first[i + 1] = n_pairs;
        whole = whole && is_whole(core->base[i]);
        scale += core->base[i];
    }
    core->n_rows = n;
    core->p = cover == FM_SITE_COVER_ALL ? 0 : p;
    core->open = cover == FM_SITE_COVER_ALL ? 1 : 0;
    core->grain = whole ? 1 : 0;
    core->tolerance = 1e-10 * scale;
    return g_steal_pointer(&core);
}

/* ---- the objective ----------------------------------------------------------------------- */

double fm_site_core_cost(const FmSiteCore *core, const guint32 *sites, gsize n)
{
    g_autofree guint8 *chosen = g_new0(guint8, core->n_sites);
    double cost = core->open * (double)n;
    for (gsize i = 0; i < n; i++)
        chosen[sites[i]] = 1;
    for (gsize row = 0; row < core->n_rows; row++) {
        gsize k = core->first[row], end = core->first[row + 1];
        while (k < end && !chosen[core->sites[k]])
            k++;
        cost += k < end ? core->values[k] : core->base[row];
    }
    return cost;
}
