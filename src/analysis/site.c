/* Siting, from layers to a result: read, find what everything costs, ask the kernel, hand people to
 * sites, write down. */
#include "demand.h"
#include "site-study.h"

#include <math.h>

#define USUAL_EFFORT 2e9
#define MOST_OPTIMA 1000

static const char *const suffixes[] = {"", "_demand", "_lines", "_near", NULL};

static void study_free(FmSiteStudy *study)
{
    fm_ways_free(study->ways);
    fm_places_free(study->homes);
    fm_places_free(study->of_places);
    fm_places_free(study->site_places);
    fm_costs_free(study->costs);
    fm_costs_free(study->of_costs);
    fm_features_free(study->of);
    fm_features_free(study->demand);
    fm_features_free(study->candidates);
    fm_weights_free(study->weights);
    fm_origins_free(study->origins);
    fm_origins_free(study->sites);
    fm_site_solution_free(study->solution);
    g_clear_pointer(&study->near, g_array_unref);
    gpointer arrays[] = {study->name,         study->origin_weights, study->existing,
                         study->existing_row, study->existing_at,    study->first,
                         study->pairs,        study->served,         study->hopeless};
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    g_free(study);
}
typedef FmSiteStudy Study;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Study, study_free)

/* ---- the question ------------------------------------------------------------------------ */

static gboolean check_options(const FmSiteOptions *options, GError **error)
{
    const char *model = fm_site_model_name(options->model);
    gboolean covering = options->model == FM_SITE_MCLP || options->model == FM_SITE_LSCP;
    if (covering && !options->within) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s asks who is within a distance: say which (--within 3km)", model);
        return FALSE;
    }
    if (options->model == FM_SITE_LSCP && options->n_add > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "lscp finds how many sites it takes: leave out --add");
        return FALSE;
    }
    if (options->model != FM_SITE_LSCP && options->n_add == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s chooses a number of sites: say how many (--add 3)", model);
        return FALSE;
    }
    if (options->model == FM_SITE_LSCP && options->near_ratio > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "lscp counts sites, and no number is nearly another: leave out --near (every "
                    "choice of as few sites is in 'optima')");
        return FALSE;
    }
    return !options->within || fm_limit_check_kind(options->within, options->via, error);
}

static Study *study_new(const FmSiteOptions *options, GError **error)
{
    if (!check_options(options, error))
        return NULL;
    g_autoptr(Study) study = g_new0(FmSiteStudy, 1);
    study->options = options;
    study->kind = options->within ? options->within->kind
                  : options->via  ? FM_LIMIT_TIME
                                  : FM_LIMIT_LENGTH;
    study->limit = options->within ? options->within->value : (double)INFINITY;
    study->name = options->name ? g_strdup(options->name)
                                : g_strdup_printf("site_%s_%s", fm_site_model_name(options->model),
                                                  options->candidates.layer);
    if (!fm_result_check_names(study->name, suffixes, NULL, error))
        return NULL;
    return g_steal_pointer(&study);
}

static gboolean check_candidates(const FmSiteStudy *study, GError **error)
{
    if (study->options->n_add <= study->sites->n)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "--add %" G_GSIZE_FORMAT ": layer '%s' has only %" G_GSIZE_FORMAT
                " candidates with a position",
                study->options->n_add, study->candidates->info->name, study->sites->n);
    return FALSE;
}

static gboolean read_layers(FmSiteStudy *study, FmWorkspace *workspace, const FmProgress *progress,
                            GError **error)
{
    const FmSiteOptions *options = study->options;
    FmProgress of_slice = fm_progress_slice(progress, 0, 0.2);
    FmProgress demand_slice = fm_progress_slice(progress, 0.2, 0.8);
    FmProgress site_slice = fm_progress_slice(progress, 0.8, 1);
    if (options->of.layer) {
        study->of = fm_features_read(workspace, &options->of, &of_slice, error);
        if (!study->of || !fm_features_require_located(study->of, "facility", error))
            return FALSE;
    }
    study->demand = fm_features_read(workspace, &options->demand, &demand_slice, error);
    if (!study->demand || !fm_features_require_located(study->demand, "demand", error))
        return FALSE;
    study->candidates = fm_features_read(workspace, &options->candidates, &site_slice, error);
    if (!study->candidates || !fm_features_require_located(study->candidates, "candidate", error))
        return FALSE;
    study->weights = fm_weights_new(study->demand, options->weight, error);
    if (!study->weights || !fm_demand_require_people(study->demand, study->weights, error))
        return FALSE;
    study->sites = fm_origins_new(study->candidates);
    study->origins = fm_origins_new(study->demand);
    study->origin_weights = fm_demand_origin_weights(study->origins, study->weights);
    study->unlocated_people = fm_demand_unlocated_people(study->demand, study->weights);
    return check_candidates(study, error);
}

static gboolean solve(FmSiteStudy *study, const FmProgress *progress, GError **error)
{
    const FmSiteOptions *options = study->options;
    double effort = (options->effort > 0 ? options->effort : 1) * USUAL_EFFORT;
    const FmSiteProblem problem = {
        .model = options->model,
        .n_demand = study->origins->n,
        .n_sites = study->sites->n,
        .weights = study->origin_weights,
        .existing = study->existing,
        .first = study->first,
        .pairs = study->pairs,
        .n_add = options->n_add,
        .within = study->limit,
        .effort = (guint64)CLAMP(effort, 1, 1e18),
        .max_optima = MOST_OPTIMA,
        .near_ratio = options->near_ratio,
    };
    study->solution = fm_site_solve(&problem, progress, error);
    return study->solution != NULL;
}

/* ---- nearly equal choices ---------------------------------------------------------------- */

static gint compare_near(gconstpointer a, gconstpointer b)
{
    const FmSiteNear *left = a, *right = b;
    if (left->n_choices != right->n_choices)
        return left->n_choices > right->n_choices ? -1 : 1;
    return left->site < right->site ? -1 : left->site > right->site;
}

/* How many of the choices have each candidate. */
static void count_near(FmSiteStudy *study)
{
    const FmSiteSolution *solution = study->solution;
    if (!solution->all_near)
        return;
    g_autofree FmSiteNear *all = g_new0(FmSiteNear, study->sites->n);
    for (gsize i = 0; i < solution->n_near * solution->n; i++)
        all[solution->near[i]].n_choices++;
    for (gsize i = 0; i < solution->n; i++)
        all[solution->sites[i]].chosen = TRUE;
    study->near = g_array_new(FALSE, FALSE, sizeof(FmSiteNear));
    for (guint32 site = 0; site < study->sites->n; site++) {
        all[site].site = site;
        if (all[site].n_choices > 0)
            g_array_append_val(study->near, all[site]);
    }
    g_array_sort(study->near, compare_near);
}

/* ---- people to sites --------------------------------------------------------------------- */

static FmServed serve(const FmSiteStudy *study, gsize origin, const guint8 *chosen)
{
    gsize k = study->first[origin], end = study->first[origin + 1];
    while (k < end && !chosen[study->pairs[k].end])
        k++;
    if (k < end)
        return (FmServed){study->sites->rows[study->pairs[k].end], FALSE, study->pairs[k].cost};
    return (FmServed){study->existing_row[origin], TRUE, study->existing[origin]};
}

static void add_served(FmServedFigures *figures, double people, double cost)
{
    if (people <= 0 || !isfinite(cost))
        return;
    figures->people += people;
    figures->mean += people * cost;
    figures->most = MAX(figures->most, cost);
}

static void end_figures(FmServedFigures *figures)
{
    figures->mean = figures->people > 0 ? figures->mean / figures->people : (double)NAN;
    figures->most = figures->people > 0 ? figures->most : (double)NAN;
}

static void assign(FmSiteStudy *study)
{
    gsize n = study->origins->n;
    g_autofree guint8 *chosen = g_new0(guint8, study->sites->n);
    for (gsize i = 0; i < study->solution->n; i++)
        chosen[study->solution->sites[i]] = 1;
    study->served = g_new(FmServed, n);
    study->hopeless = g_new0(gboolean, n);
    for (gsize i = 0; i < n; i++) {
        double people = study->origin_weights[i];
        study->served[i] = serve(study, i, chosen);
        study->hopeless[i] =
            !isfinite(study->existing[i]) && study->first[i] == study->first[i + 1];
        add_served(&study->before, people, study->existing[i]);
        add_served(&study->after, people, study->served[i].cost);
        if (study->hopeless[i] && people > 0) {
            study->n_hopeless++;
            study->hopeless_people += people;
        }
    }
    end_figures(&study->before);
    end_figures(&study->after);
}

FmResult *fm_site(FmWorkspace *workspace, const FmSiteOptions *options, const FmProgress *progress,
                  GError **error)
{
    FmProgress read_slice = fm_progress_slice(progress, 0, 0.1);
    FmProgress cost_slice = fm_progress_slice(progress, 0.1, 0.4);
    FmProgress solve_slice = fm_progress_slice(progress, 0.4, 0.98);
    g_autoptr(Study) study = study_new(options, error);
    if (!study || !read_layers(study, workspace, &read_slice, error) ||
        !fm_site_study_costs(study, workspace, &cost_slice, error) ||
        !solve(study, &solve_slice, error))
        return NULL;
    assign(study);
    count_near(study);

    g_autoptr(FmResult) result = fm_result_new("site", study->name);
    if (study->of)
        fm_result_add_input(result, study->of);
    fm_result_add_input(result, study->demand);
    fm_result_add_input(result, study->candidates);
    fm_site_study_make_layers(study, result);
    fm_site_study_make_warnings(study, result);
    fm_site_study_make_json(study, result);
    if (study->costs)
        fm_result_add_layer_info(result, study->costs->info);
    if (study->ways && !fm_ways_give(study->ways, workspace, result, error))
        return NULL;
    if (!fm_progress_report(progress, 1, "siting", error))
        return NULL;
    return g_steal_pointer(&result);
}
