/* Branch and bound, depth first: the site that saves most is taken, then left out.  Sites whose
 * price says that taking them, or leaving them out, is above what is looked for are settled without
 * a branch.  With one site left to choose, all are tried at once.  The same tree finds a best set
 * or, kept open for equals, every best set: each set is met once. */
#include "site-internal.h"

#include <math.h>
#include <string.h>

enum {
    ROOT_STEPS = 600,
    NODE_STEPS = 60,
    AGAIN_STEPS = 25, /* after a site was left out */
};

typedef struct {
    const FmSiteCore *core;
    FmSiteRelaxation *relaxation;
    FmSiteEffort *effort;
    const FmProgress *progress;
    GArray *in;    /* guint32: sites that are in */
    GArray *trail; /* guint32: settled sites, in order */
    double best;   /* cost of the best set, or what every listed set may cost */
    GArray *best_sites;
    double enough;
    GArray *sets; /* listing: where to; NULL while searching */
    gsize most;
    gboolean full;     /* as many as were asked for: listing, or good enough: searching */
    double open_bound; /* least bound of what was left unseen */
} Search;

static void search_clear(Search *search)
{
    fm_site_relaxation_free(search->relaxation);
    g_array_unref(search->in);
    g_array_unref(search->trail);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

static Search search_new(const FmSiteCore *core, FmSiteEffort *effort, const FmProgress *progress)
{
    return (Search){
        .core = core,
        .relaxation = fm_site_relaxation_new(core, effort),
        .effort = effort,
        .progress = progress,
        .in = g_array_new(FALSE, FALSE, sizeof(guint32)),
        .trail = g_array_new(FALSE, FALSE, sizeof(guint32)),
        .open_bound = (double)INFINITY,
    };
}

/* A bound above this leaves nothing to look for. */
static double cutoff(const Search *search)
{
    const FmSiteCore *core = search->core;
    if (search->sets)
        return search->best + core->tolerance;
    return search->best - (core->grain > 0 ? core->grain - core->tolerance : core->tolerance);
}

static double target(const Search *search)
{
    const FmSiteCore *core = search->core;
    if (!search->sets)
        return search->best;
    return search->best + (core->grain > 0 ? core->grain : 1e7 * core->tolerance);
}

static int compare_sites(const void *a, const void *b)
{
    guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
    return left < right ? -1 : left > right;
}

/* ---- sets -------------------------------------------------------------------------------- */

/* @param sites n; sorted */
static void meet(Search *search, guint32 *sites, gsize n)
{
    double cost = fm_site_core_cost(search->core, sites, n);
    search->effort->done += search->core->n_rows;
    if (search->sets) {
        if (cost > search->best + search->core->tolerance)
            return;
        if (search->sets->len >= search->most * n) {
            search->full = TRUE;
            return;
        }
        qsort(sites, n, sizeof *sites, compare_sites);
        g_array_append_vals(search->sets, sites, (guint)n);
    } else if (cost < search->best - search->core->tolerance) {
        qsort(sites, n, sizeof *sites, compare_sites);
        search->best = cost;
        g_array_set_size(search->best_sites, 0);
        g_array_append_vals(search->best_sites, sites, (guint)n);
        search->full = cost <= search->enough;
    }
}

/* The sites that are in and `n` more. */
static void meet_with(Search *search, const guint32 *more, gsize n)
{
    g_autofree guint32 *sites = g_new(guint32, search->in->len + n + 1);
    for (guint i = 0; i < search->in->len; i++)
        sites[i] = g_array_index(search->in, guint32, i);
    for (gsize i = 0; i < n; i++)
        sites[search->in->len + i] = more[i];
    meet(search, sites, search->in->len + n);
}

/* A set made better by interchange; only while searching. */
static void improve_with(Search *search, const GArray *sites)
{
    g_autoptr(GArray) set = g_array_sized_new(FALSE, FALSE, sizeof(guint32), sites->len);
    g_array_append_vals(set, sites->data, sites->len);
    fm_site_improve(search->core, set, search->effort);
    meet(search, (guint32 *)(gpointer)set->data, set->len);
}

/* ---- settling sites ---------------------------------------------------------------------- */

static void settle(Search *search, guint32 site, FmSiteState state)
{
    search->relaxation->state[site] = (guint8)state;
    search->relaxation->n_free--;
    g_array_append_val(search->trail, site);
    if (state == FM_SITE_IN) {
        search->relaxation->n_in++;
        g_array_append_val(search->in, site);
    }
}

static void undo(Search *search, guint mark)
{
    while (search->trail->len > mark) {
        guint32 site = g_array_index(search->trail, guint32, search->trail->len - 1);
        g_array_set_size(search->trail, search->trail->len - 1);
        if (search->relaxation->state[site] == FM_SITE_IN) {
            search->relaxation->n_in--;
            g_array_set_size(search->in, search->in->len - 1);
        }
        search->relaxation->state[site] = FM_SITE_FREE;
        search->relaxation->n_free++;
    }
}

/* Prices of the dearest chosen site and of the cheapest that is not; without `p` both are 0. */
static void border_prices(const Search *search, double *chosen, double *other)
{
    const FmSiteRelaxation *relaxation = search->relaxation;
    *chosen = *other = 0;
    if (search->core->p == 0)
        return;
    const GArray *set = relaxation->chosen;
    *chosen = relaxation->reduced[g_array_index(set, guint32, set->len - 1)];
    *other = (double)INFINITY;
    for (guint i = 0; i < set->len; i++)
        relaxation->marked[g_array_index(set, guint32, i)] = 1;
    for (guint32 site = 0; site < search->core->n_sites; site++)
        if (relaxation->state[site] == FM_SITE_FREE && !relaxation->marked[site])
            *other = MIN(*other, relaxation->reduced[site]);
    for (guint i = 0; i < set->len; i++)
        relaxation->marked[g_array_index(set, guint32, i)] = 0;
}

/* Settle what the prices decide.  @return did a site come in? */
static gboolean settle_by_price(Search *search)
{
    FmSiteRelaxation *relaxation = search->relaxation;
    double chosen = 0, other = 0, most = cutoff(search), open = search->core->open;
    double bound = relaxation->bound; /* the one these prices belong to */
    gsize n_before = search->in->len;
    border_prices(search, &chosen, &other);
    const GArray *set = relaxation->chosen;
    for (guint i = 0; i < set->len; i++)
        relaxation->marked[g_array_index(set, guint32, i)] = 1;
    for (guint32 site = 0; site < search->core->n_sites; site++) {
        double price = relaxation->reduced[site] + open;
        if (relaxation->state[site] != FM_SITE_FREE)
            continue;
        if (relaxation->marked[site] && bound - price + other > most)
            settle(search, site, FM_SITE_IN);
        else if (!relaxation->marked[site] && bound + price - chosen > most)
            settle(search, site, FM_SITE_OUT);
    }
    for (guint i = 0; i < set->len; i++)
        relaxation->marked[g_array_index(set, guint32, i)] = 0;
    return search->in->len > n_before;
}

/* ---- ends of branches -------------------------------------------------------------------- */

/* One more site: what each would save is exact. */
static void try_last(Search *search)
{
    const FmSiteCore *core = search->core;
    FmSiteRelaxation *relaxation = search->relaxation;
    double *saves = relaxation->prices, now = 0;
    for (gsize site = 0; site < core->n_sites; site++)
        saves[site] = 0;
    for (gsize row = 0; row < core->n_rows; row++) {
        double base = relaxation->base[row];
        gsize k = core->first[row], end = core->first[row + 1];
        for (; k < end && core->values[k] < base; k++)
            saves[core->sites[k]] += base - core->values[k];
        search->effort->done += k - core->first[row] + FM_SITE_ROW_WORK;
        now += base;
    }
    for (guint32 site = 0; site < core->n_sites && !search->full; site++)
        if (relaxation->state[site] == FM_SITE_FREE &&
            now - saves[site] <= cutoff(search) + core->tolerance)
            meet_with(search, &site, 1);
}

static void take_all_free(Search *search)
{
    g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 site = 0; site < search->core->n_sites; site++)
        if (search->relaxation->state[site] == FM_SITE_FREE)
            g_array_append_val(rest, site);
    meet_with(search, (const guint32 *)(gconstpointer)rest->data, rest->len);
}

/* With as many sites as may be, nothing is left to branch on.  @return is it so? */
static gboolean is_leaf(Search *search)
{
    const FmSiteCore *core = search->core;
    if (core->p == 0)
        return FALSE;
    g_assert(search->in->len <= core->p);
    gsize left = core->p - search->in->len, n_free = search->relaxation->n_free;
    if (left == 0)
        meet_with(search, NULL, 0);
    else if (n_free == left)
        take_all_free(search);
    else if (left == 1)
        try_last(search);
    return left <= 1 || n_free <= left;
}

/* ---- the tree ---------------------------------------------------------------------------- */

static gboolean explore(Search *search, const double *multipliers, double bound, guint n_steps,
                        GError **error);

/* The free site that saves most; G_MAXUINT32 when none is worth taking. */
static guint32 branch_site(const Search *search)
{
    const FmSiteRelaxation *relaxation = search->relaxation;
    guint32 best = G_MAXUINT32;
    for (guint32 site = 0; site < search->core->n_sites; site++)
        if (relaxation->state[site] == FM_SITE_FREE &&
            (best == G_MAXUINT32 || relaxation->reduced[site] < relaxation->reduced[best]))
            best = site;
    return best;
}

/* Bound what is open here; `bound` rises.  @return FALSE when it is cut off, or spent */
static gboolean bound_node(Search *search, double *bound, guint n_steps)
{
    FmSiteRelaxation *relaxation = search->relaxation;
    fm_site_relaxation_raise(relaxation, target(search), cutoff(search), n_steps);
    *bound = MAX(*bound, relaxation->bound);
    if (*bound > cutoff(search))
        return FALSE;
    if (!search->sets)
        meet_with(search, (const guint32 *)(gconstpointer)relaxation->chosen->data,
                  relaxation->chosen->len);
    return *bound <= cutoff(search) && !search->full && !fm_site_is_spent(search->effort);
}

/* Take the site, see all below, and come back with it left out. */
static gboolean branch(Search *search, guint32 site, double bound, GError **error)
{
    FmSiteRelaxation *relaxation = search->relaxation;
    gsize size = search->core->n_rows * sizeof(double);
    g_autofree double *multipliers = g_memdup2(relaxation->multiplier, size);
    guint mark = search->trail->len;
    settle(search, site, FM_SITE_IN);
    if (!explore(search, multipliers, bound, NODE_STEPS, error))
        return FALSE;
    undo(search, mark);
    for (gsize row = 0; row < search->core->n_rows; row++)
        relaxation->multiplier[row] = multipliers[row];
    settle(search, site, FM_SITE_OUT);
    fm_site_relaxation_refresh(relaxation);
    return TRUE;
}

/* All sets with the sites that are in and without those that are out. */
static gboolean explore(Search *search, const double *multipliers, double bound, guint n_steps,
                        GError **error)
{
    FmSiteRelaxation *relaxation = search->relaxation;
    guint mark = search->trail->len;
    fm_site_relaxation_refresh(relaxation);
    for (gsize row = 0; row < search->core->n_rows; row++)
        relaxation->multiplier[row] = multipliers[row];
    if (search->core->p == 0)
        meet_with(search, NULL, 0);
    while (!search->full && !is_leaf(search)) {
        if (!bound_node(search, &bound, n_steps))
            break;
        if (settle_by_price(search)) {
            fm_site_relaxation_refresh(relaxation);
            if (search->core->p == 0)
                meet_with(search, NULL, 0);
            continue;
        }
        guint32 site = branch_site(search);
        if (site == G_MAXUINT32)
            break;
        if (!fm_progress_report(search->progress,
                                MIN(1, (double)search->effort->done / (double)search->effort->most),
                                "choosing sites", error) ||
            !branch(search, site, bound, error))
            return FALSE;
        n_steps = AGAIN_STEPS;
    }
    if (search->full || (fm_site_is_spent(search->effort) && bound <= cutoff(search)))
        search->open_bound = MIN(search->open_bound, bound);
    undo(search, mark);
    return TRUE;
}

/* ---- searching --------------------------------------------------------------------------- */

void fm_site_best_clear(FmSiteBest *best)
{
    g_clear_pointer(&best->sites, g_array_unref);
}

/* The root: good multipliers, and sets that they suggest. */
static void prepare(Search *search, const GArray *hint, guint n_rounds)
{
    FmSiteRelaxation *relaxation = search->relaxation;
    fm_site_relaxation_start(relaxation, hint);
    for (guint round = 0; round < n_rounds && !search->full; round++) {
        fm_site_relaxation_raise(relaxation, target(search), cutoff(search), ROOT_STEPS / n_rounds);
        if (relaxation->bound > cutoff(search) || fm_site_is_spent(search->effort))
            return;
        if (!search->sets)
            improve_with(search, relaxation->chosen);
    }
}

gboolean fm_site_search(const FmSiteCore *core, double cutoff_cost, double enough,
                        FmSiteEffort *effort, FmSiteBest *best, const FmProgress *progress,
                        GError **error)
{
    g_auto(Search) search = search_new(core, effort, progress);
    g_autoptr(GArray) greedy = g_array_new(FALSE, FALSE, sizeof(guint32));
    if (!best->sites)
        best->sites = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_array_set_size(best->sites, 0);
    search.best_sites = best->sites;
    search.best = cutoff_cost;
    search.enough = MAX(enough, 0); /* nothing costs less than nothing */
    fm_site_improve(core, greedy, effort);
    meet(&search, (guint32 *)(gpointer)greedy->data, greedy->len);
    if (!search.full)
        prepare(&search, greedy, 6);
    g_autofree double *multipliers =
        g_memdup2(search.relaxation->multiplier, core->n_rows * sizeof(double));
    double bound = search.relaxation->bound;
    if (!search.full && bound <= cutoff(&search) &&
        !explore(&search, multipliers, bound, NODE_STEPS, error))
        return FALSE;
    best->cost = best->sites->len > 0 ? search.best : (double)INFINITY;
    best->bound = MAX(MIN(search.open_bound, search.best), 0);
    return fm_progress_report(progress, 1, "choosing sites", error);
}

/* A list that is cut short is not without the set that everybody knows. */
static void keep_hint(const Search *search, const GArray *hint)
{
    gsize p = search->core->p, n = search->sets->len / p;
    guint32 *sets = (guint32 *)(gpointer)search->sets->data;
    if (hint->len != p ||
        fm_site_core_cost(search->core, (const guint32 *)(gconstpointer)hint->data, p) >
            search->best + search->core->tolerance)
        return;
    for (gsize i = 0; i < n; i++)
        if (memcmp(sets + i * p, hint->data, p * sizeof *sets) == 0)
            return;
    if (n >= search->most)
        memcpy(sets + (n - 1) * p, hint->data, p * sizeof *sets);
    else
        g_array_append_vals(search->sets, hint->data, hint->len);
}

gboolean fm_site_enumerate(const FmSiteCore *core, double cost, const GArray *hint, gsize most,
                           FmSiteEffort *effort, GArray *sets, gboolean *all,
                           const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(core->p > 0, FALSE);
    g_auto(Search) search = search_new(core, effort, progress);
    search.best = cost;
    search.sets = sets;
    search.most = most;
    prepare(&search, hint, 1);
    g_autofree double *multipliers =
        g_memdup2(search.relaxation->multiplier, core->n_rows * sizeof(double));
    if (!explore(&search, multipliers, -(double)INFINITY, NODE_STEPS, error))
        return FALSE;
    *all = !isfinite(search.open_bound);
    if (!*all && most > 0)
        keep_hint(&search, hint);
    return TRUE;
}
