/* From a question to its answer: each model as one or two questions of the kernel, then which of
 * the equal answers. */
#include "site-internal.h"

#include <math.h>
#include <string.h>

#define USUAL_EFFORT 2000000000u

static const char *const model_names[] = {"mclp", "lscp", "pmedian", "pcenter"};

gboolean fm_site_model_parse(const char *text, FmSiteModel *out, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(model_names); i++)
        if (g_str_equal(text, model_names[i])) {
            *out = (FmSiteModel)i;
            return TRUE;
        }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "there is no model '%s': mclp (most people within a limit), lscp (fewest sites "
                "that leave nobody beyond it), pmedian (shortest ways in all), pcenter (shortest "
                "longest way)",
                text);
    return FALSE;
}

const char *fm_site_model_name(FmSiteModel model)
{
    return model_names[model];
}

void fm_site_solution_free(FmSiteSolution *solution)
{
    if (!solution)
        return;
    g_free(solution->sites);
    g_free(solution->optima);
    g_free(solution->near);
    g_free(solution->near_objectives);
    g_free(solution);
}

/* A question on its way. */
typedef struct {
    const FmSiteProblem *problem;
    FmSiteSolution *solution;
    FmSiteEffort search, list; /* for the answer; for its equals */
    double within;             /* of the model; INFINITY without */
} Solving;

static void set_sites(FmSiteSolution *solution, const GArray *sites)
{
    g_free(solution->sites);
    solution->n = sites->len;
    solution->sites = g_memdup2(sites->data, sites->len * sizeof *solution->sites);
}

static GArray *dup_sites(const FmSiteSolution *solution)
{
    GArray *sites = g_array_new(FALSE, FALSE, sizeof(guint32));
    if (solution->n > 0)
        g_array_append_vals(sites, solution->sites, (guint)solution->n);
    return sites;
}

/* ---- which of the equal answers ---------------------------------------------------------- */

static int compare_sets(const void *a, const void *b, void *size)
{
    const guint32 *left = a, *right = b;
    for (gsize i = 0; i < *(const gsize *)size; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static void prefer(Solving *solving)
{
    FmSiteSolution *solution = solving->solution;
    gsize best = G_MAXSIZE;
    double least = (double)INFINITY;
    for (gsize i = 0; i < solution->n_optima; i++) {
        double total = fm_site_value(solving->problem, solving->within,
                                     solution->optima + i * solution->n, solution->n)
                           .total;
        if (total < least) {
            least = total;
            best = i;
        }
    }
    if (best != G_MAXSIZE)
        memcpy(solution->sites, solution->optima + best * solution->n,
               solution->n * sizeof *solution->sites);
}

/* List the sets that are as good by the core, whose cost is that of the answer. */
static gboolean list_optima(Solving *solving, const FmSiteCore *core, double cost,
                            const FmProgress *progress, GError **error)
{
    FmSiteSolution *solution = solving->solution;
    if (solving->problem->max_optima == 0 || solution->n == 0)
        return TRUE;
    g_autoptr(GArray) hint = dup_sites(solution);
    g_autoptr(GArray) sets = g_array_new(FALSE, FALSE, sizeof(guint32));
    if (!fm_site_enumerate(core, cost, hint, solving->problem->max_optima, &solving->list, sets,
                           &solution->all_optima, progress, error))
        return FALSE;
    gsize n = sets->len / solution->n, size = solution->n;
    g_qsort_with_data(sets->data, (gint)n, solution->n * sizeof(guint32), compare_sets, &size);
    solution->n_optima = n;
    solution->optima = g_memdup2(sets->data, sets->len * sizeof(guint32));
    prefer(solving);
    return TRUE;
}

static void set_status(FmSiteSolution *solution, gboolean proven)
{
    solution->status = proven ? FM_SITE_OPTIMAL : FM_SITE_GAP;
    if (proven)
        solution->bound = solution->objective;
}

static gboolean is_proven(const FmSiteCore *core, const FmSiteBest *best)
{
    double least = core->grain > 0 ? core->grain - core->tolerance : core->tolerance;
    return best->bound > best->cost - least;
}

/* ---- p-median ---------------------------------------------------------------------------- */

static FmSiteValue value_of(const Solving *solving)
{
    const FmSiteSolution *solution = solving->solution;
    return fm_site_value(solving->problem, solving->within, solution->sites, solution->n);
}

/* `sites` serve not all that something could serve. */
static void set_infeasible(Solving *solving)
{
    FmSiteSolution *solution = solving->solution;
    solution->status = FM_SITE_INFEASIBLE;
    solution->objective = value_of(solving).total;
    solution->bound = (double)NAN;
}

static gboolean solve_median(Solving *solving, const FmProgress *progress, GError **error)
{
    FmProgress search_slice = fm_progress_slice(progress, 0, 0.75);
    FmProgress list_slice = fm_progress_slice(progress, 0.75, 1);
    FmSiteSolution *solution = solving->solution;
    g_autoptr(FmSiteCore) core = fm_site_core_median(solving->problem, (double)INFINITY, error);
    g_auto(FmSiteBest) best = {0};
    if (!core || !fm_site_search(core, (double)INFINITY, -(double)INFINITY, &solving->search, &best,
                                 &search_slice, error))
        return FALSE;
    set_sites(solution, best.sites);
    if (!value_of(solving).serves_all) {
        set_infeasible(solving);
        return TRUE;
    }
    solution->objective = best.cost;
    solution->bound = MAX(best.bound, 0);
    set_status(solution, is_proven(core, &best));
    return solution->status != FM_SITE_OPTIMAL ||
           list_optima(solving, core, best.cost, &list_slice, error);
}

/* ---- coverings --------------------------------------------------------------------------- */

/* The fewest sites that cover all that can be covered.  @param[out] proven */
static gboolean cover_all(Solving *solving, gboolean *proven, double *bound,
                          const FmProgress *progress, GError **error)
{
    FmProgress search_slice = fm_progress_slice(progress, 0, 0.75);
    FmProgress list_slice = fm_progress_slice(progress, 0.75, 1);
    const FmSiteProblem *problem = solving->problem;
    g_autoptr(FmSiteCore) core =
        fm_site_core_cover(problem, solving->within, FM_SITE_COVER_ALL, 0, error);
    g_auto(FmSiteBest) best = {.sites = g_array_new(FALSE, FALSE, sizeof(guint32))};
    if (!core)
        return FALSE;
    if (core->n_rows > 0 && !fm_site_search(core, (double)INFINITY, -(double)INFINITY,
                                            &solving->search, &best, &search_slice, error))
        return FALSE;
    set_sites(solving->solution, best.sites);
    *proven = is_proven(core, &best);
    *bound = ceil(best.bound - core->tolerance);
    if (!*proven || solving->solution->n == 0)
        return TRUE;
    g_autoptr(FmSiteCore) rows = fm_site_core_cover(problem, solving->within, FM_SITE_COVER_ROWS,
                                                    solving->solution->n, error);
    return rows && list_optima(solving, rows, 0, &list_slice, error);
}

static gboolean solve_lscp(Solving *solving, const FmProgress *progress, GError **error)
{
    const FmSiteProblem *problem = solving->problem;
    FmSiteSolution *solution = solving->solution;
    gboolean proven = FALSE, all = TRUE;
    if (!cover_all(solving, &proven, &solution->bound, progress, error))
        return FALSE;
    solution->objective = (double)solution->n;
    set_status(solution, proven);
    for (gsize i = 0; i < problem->n_demand; i++)
        all = all && (problem->weights[i] <= 0 || fm_site_can_serve(problem, i, solving->within));
    if (!all) {
        solution->status = FM_SITE_INFEASIBLE;
        solution->bound = (double)NAN;
    }
    return TRUE;
}

/* Where all is covered that can be, the fewest sites that do it; else a site more always covers
 * somebody more. */
static gboolean solve_mclp(Solving *solving, const FmProgress *progress, GError **error)
{
    FmProgress search_slice = fm_progress_slice(progress, 0, 0.6);
    FmProgress list_slice = fm_progress_slice(progress, 0.6, 1);
    const FmSiteProblem *problem = solving->problem;
    FmSiteSolution *solution = solving->solution;
    g_autoptr(FmSiteCore) core =
        fm_site_core_cover(problem, solving->within, FM_SITE_COVER_WEIGHTS, problem->n_add, error);
    g_auto(FmSiteBest) best = {.sites = g_array_new(FALSE, FALSE, sizeof(guint32))};
    if (!core)
        return FALSE;
    if (core->n_rows > 0 &&
        !fm_site_search(core, (double)INFINITY, 0, &solving->search, &best, &search_slice, error))
        return FALSE;
    set_sites(solution, best.sites);
    gboolean proven = is_proven(core, &best), fewest = FALSE;
    double slack = MAX(best.cost - best.bound, 0), ignored = 0;
    if (best.cost <= core->tolerance) {
        g_autofree guint32 *found = g_memdup2(solution->sites, solution->n * sizeof *found);
        gsize n_found = solution->n;
        proven = TRUE;
        slack = 0;
        if (!cover_all(solving, &fewest, &ignored, &list_slice, error))
            return FALSE;
        if (solution->n > n_found) {
            g_free(solution->sites);
            solution->sites = g_steal_pointer(&found);
            solution->n = n_found;
        }
    } else if (proven && !list_optima(solving, core, best.cost, &list_slice, error)) {
        return FALSE;
    }
    solution->objective = value_of(solving).people;
    solution->bound = solution->objective + slack;
    set_status(solution, proven);
    return TRUE;
}

/* ---- p-center ---------------------------------------------------------------------------- */

/* Of the sets within the radius, one that serves people better: swaps that leave nobody beyond. */
static gboolean shorten(Solving *solving, double radius, GArray *sites, GError **error)
{
    g_autoptr(FmSiteCore) core = fm_site_core_median(solving->problem, radius, error);
    if (!core)
        return FALSE;
    fm_site_improve(core, sites, &solving->list);
    return TRUE;
}

static gboolean solve_center(Solving *solving, const FmProgress *progress, GError **error)
{
    FmProgress search_slice = fm_progress_slice(progress, 0, 0.75);
    FmProgress list_slice = fm_progress_slice(progress, 0.75, 1);
    const FmSiteProblem *problem = solving->problem;
    FmSiteSolution *solution = solving->solution;
    g_auto(FmSiteBest) best = {0};
    if (!fm_site_center(problem, &solving->search, &best, &search_slice, error) ||
        !shorten(solving, best.cost, best.sites, error))
        return FALSE;
    set_sites(solution, best.sites);
    if (!isfinite(best.cost)) {
        solution->status = FM_SITE_INFEASIBLE;
        solution->objective = solution->bound = (double)NAN;
        return TRUE;
    }
    solution->objective = best.cost;
    solution->bound = best.bound;
    set_status(solution, best.bound >= best.cost);
    g_autoptr(FmSiteCore) rows =
        fm_site_core_cover(problem, best.cost, FM_SITE_COVER_ROWS, solution->n, error);
    if (!rows)
        return FALSE;
    return solution->status != FM_SITE_OPTIMAL || list_optima(solving, rows, 0, &list_slice, error);
}

FmSiteSolution *fm_site_solve(const FmSiteProblem *problem, const FmProgress *progress,
                              GError **error)
{
    g_autoptr(FmSiteSolution) solution = g_new0(FmSiteSolution, 1);
    guint64 effort = problem->effort > 0 ? problem->effort : USUAL_EFFORT;
    gboolean covering = problem->model == FM_SITE_MCLP || problem->model == FM_SITE_LSCP;
    Solving solving = {.problem = problem,
                       .solution = solution,
                       .search = {0, effort},
                       .list = {0, effort / 4},
                       .within = covering ? problem->within : (double)INFINITY};
    gboolean (*const solvers[])(Solving *, const FmProgress *, GError **) = {
        [FM_SITE_MCLP] = solve_mclp,
        [FM_SITE_LSCP] = solve_lscp,
        [FM_SITE_PMEDIAN] = solve_median,
        [FM_SITE_PCENTER] = solve_center,
    };
    FmSiteEffort near = {0, effort};
    FmProgress solve_slice = fm_progress_slice(progress, 0, problem->near_ratio > 0 ? 0.8 : 1);
    FmProgress near_slice = fm_progress_slice(progress, 0.8, 1);
    if (!solvers[problem->model](&solving, &solve_slice, error) ||
        !fm_site_near(problem, &near, solution, &near_slice, error))
        return NULL;
    return g_steal_pointer(&solution);
}
