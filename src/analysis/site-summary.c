/* What siting says beside its layers: reasons, warnings, the parameters that determine the result,
 * and the figures for --json. */
#include "demand.h"
#include "site-study.h"

#include <math.h>

/* Of demand that nothing serves: in a warning, and in --json. */
enum { IDS_NAMED = 20, IDS_LISTED = 1000 };

FmLonLat fm_site_study_position(const FmSiteStudy *study, gsize origin)
{
    const FmServed *served = &study->served[origin];
    if (served->fixed && study->existing_at)
        return study->existing_at[origin];
    const FmFeatures *features = served->fixed ? study->of : study->candidates;
    const FmGeometry *geometry = features->geometries[served->row];
    return geometry->type == FM_GEOMETRY_POINT ? geometry->points[0]
                                               : fm_geometry_point_on_surface(geometry);
}

static gboolean has_costs(const FmCosts *costs, gsize origin)
{
    return costs && costs->first[origin] < costs->first[origin + 1];
}

char *fm_site_study_reason(const FmSiteStudy *study, gsize origin)
{
    const FmPlaces *homes = study->homes;
    if (homes && homes->first[origin] == homes->first[origin + 1])
        return fm_ways_reason(study->ways, homes, origin);
    if (study->costs && !has_costs(study->costs, origin) && !has_costs(study->of_costs, origin))
        return fm_costs_reason(study->costs);
    if (study->hopeless[origin] && homes && !study->options->within)
        return fm_ways_reason(study->ways, homes, origin);
    if (study->options->within)
        return g_strdup_printf("none within %s", study->options->within->text);
    return g_strdup("not reached by the sites chosen");
}

/* ---- warnings ---------------------------------------------------------------------------- */

/* "d3, d7 and 12 more": demand with people that nothing reaches. */
static char *name_hopeless(const FmSiteStudy *study)
{
    GString *text = g_string_new(NULL);
    gsize n = 0;
    for (gsize i = 0; i < study->origins->n; i++) {
        if (!study->hopeless[i] || study->origin_weights[i] <= 0)
            continue;
        if (n < IDS_NAMED) {
            g_autofree char *id = fm_features_dup_id(study->demand, study->origins->rows[i]);
            g_string_append_printf(text, "%s%s", n > 0 ? ", " : "", id);
        }
        n++;
    }
    if (n > IDS_NAMED)
        g_string_append_printf(text, " and %" G_GSIZE_FORMAT " more", n - IDS_NAMED);
    return g_string_free(text, FALSE);
}

static void warn_of_hopeless(const FmSiteStudy *study, FmResult *result)
{
    if (study->n_hopeless == 0)
        return;
    g_autofree char *people = fm_format_double(study->hopeless_people);
    /* Of most people, nobody expects all. */
    gboolean named = study->options->model != FM_SITE_MCLP;
    g_autofree char *names = named ? name_hopeless(study) : NULL;
    gboolean one = study->n_hopeless == 1;
    g_autofree char *within =
        study->options->within ? g_strconcat(" within ", study->options->within->text, NULL) : NULL;
    static const char *const consequences[] = {
        [FM_SITE_MCLP] = "and no choice serves them",
        [FM_SITE_LSCP] = "no number of sites serves all",
        [FM_SITE_PMEDIAN] = "left out of the objective",
        [FM_SITE_PCENTER] = "left out of the objective",
    };
    fm_result_warn(result,
                   "%" G_GSIZE_FORMAT " %s of '%s' (%s people) %s reached by no candidate and "
                   "nothing that is there%s, %s%s%s",
                   study->n_hopeless, one ? "row" : "rows", study->demand->info->name, people,
                   one ? "is" : "are", within ? within : "", consequences[study->options->model],
                   named ? ": " : "", named ? names : "");
}

static void warn_of_near(const FmSiteStudy *study, FmResult *result)
{
    const FmSiteSolution *solution = study->solution;
    if (study->options->near_ratio <= 0)
        return;
    if (solution->status != FM_SITE_OPTIMAL)
        fm_result_warn(result, "no nearly equal choices are listed: the best is not proven");
    else if (solution->n_near > 0 && !solution->all_near)
        fm_result_warn(result, "the list of nearly equal choices is not complete: they are too "
                               "many, or take more work than allowed (--effort 10 allows ten "
                               "times as much)");
    else if (solution->near_ratio > 0 && solution->near_ratio < study->options->near_ratio)
        fm_result_warn(result,
                       "too many choices are within %.3g %% to list them, or to find them with "
                       "the work allowed: those within %.3g %% are",
                       100 * study->options->near_ratio, 100 * solution->near_ratio);
}

static void warn_of_solution(const FmSiteStudy *study, FmResult *result)
{
    const FmSiteSolution *solution = study->solution;
    gsize n_add = study->options->n_add;
    if (solution->status == FM_SITE_INFEASIBLE && study->options->model != FM_SITE_LSCP)
        fm_result_warn(result,
                       "%" G_GSIZE_FORMAT " %s cannot serve all that the candidates reach: "
                       "add more (--add), or ask for most people instead (--model mclp)",
                       solution->n, solution->n == 1 ? "site" : "sites");
    if (solution->status == FM_SITE_GAP)
        fm_result_warn(result, "not proven to be the best: the search gave up after the work it "
                               "may do (--effort 10 lets it do ten times as much)");
    warn_of_near(study, result);
    if (study->options->model == FM_SITE_MCLP && solution->n < n_add)
        fm_result_warn(result,
                       "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " sites serve all that can be "
                       "served within %s: more would add nobody",
                       solution->n, n_add, study->options->within->text);
}

void fm_site_study_make_warnings(const FmSiteStudy *study, FmResult *result)
{
    if (study->of)
        fm_result_warn_unlocated(result, study->of, "and serve nobody");
    if (study->of_places)
        fm_ways_warn_off_road(study->ways, study->of, study->of_places, "and serve nobody", result);
    fm_demand_warn(study->demand, study->weights, "and are served by nothing", result);
    fm_result_warn_unlocated(result, study->candidates, "and cannot be chosen");
    if (study->costs)
        fm_costs_warn(study->costs, study->kind, result);
    warn_of_hopeless(study, result);
    warn_of_solution(study, result);
}

/* ---- parameters -------------------------------------------------------------------------- */

static char *make_parameters(const FmSiteStudy *study)
{
    const FmSiteOptions *options = study->options;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "name", study->name);
    fm_json_add_text(builder, "version", fm_version());
    fm_json_add_text(builder, "model", fm_site_model_name(options->model));
    if (study->of)
        fm_json_add_selection(builder, "of", &options->of);
    fm_json_add_selection(builder, "demand", &options->demand);
    fm_json_add_selection(builder, "candidates", &options->candidates);
    fm_json_add_text(builder, "weight", study->weights->column);
    fm_json_add_count(builder, "add", options->n_add);
    fm_json_add_text(builder, "within", options->within ? options->within->text : NULL);
    fm_json_add_number(builder, "effort", options->effort > 0 ? options->effort : 1);
    if (options->near_ratio > 0)
        fm_json_add_number(builder, "near", options->near_ratio);
    if (options->via)
        fm_json_add_via(builder, options->via, study->costs != NULL);
    json_builder_end_object(builder);
    return fm_json_finish(builder);
}

/* ---- summary ----------------------------------------------------------------------------- */

static void add_figures(const FmSiteStudy *study, JsonBuilder *builder, const char *name,
                        const FmServedFigures *figures)
{
    gboolean time = study->kind == FM_LIMIT_TIME;
    json_builder_set_member_name(builder, name);
    json_builder_begin_object(builder);
    fm_json_add_number(builder, "people", figures->people);
    fm_json_add_number(builder, "people_share", figures->people / study->weights->total);
    fm_json_add_number(builder, time ? "mean_s" : "mean_m", figures->mean);
    fm_json_add_number(builder, time ? "max_s" : "max_m", figures->most);
    json_builder_end_object(builder);
}

static void add_set(const FmSiteStudy *study, JsonBuilder *builder, const guint32 *sites)
{
    json_builder_begin_array(builder);
    for (gsize i = 0; i < study->solution->n; i++) {
        g_autofree char *id = fm_features_dup_id(study->candidates, study->sites->rows[sites[i]]);
        json_builder_add_string_value(builder, id);
    }
    json_builder_end_array(builder);
}

/* How far from the bound, as a part of the objective. */
static double gap_of(const FmSiteSolution *solution)
{
    if (!isfinite(solution->bound) || solution->objective == solution->bound)
        return solution->bound - solution->objective;
    return fabs(solution->bound - solution->objective) / solution->objective;
}

static void add_near_sites(const FmSiteStudy *study, JsonBuilder *builder)
{
    json_builder_set_member_name(builder, "sites");
    json_builder_begin_array(builder);
    for (guint i = 0; i < study->near->len; i++) {
        const FmSiteNear *near = &g_array_index(study->near, FmSiteNear, i);
        g_autofree char *id = fm_features_dup_id(study->candidates, study->sites->rows[near->site]);
        json_builder_begin_object(builder);
        fm_json_add_text(builder, "site_id", id);
        fm_json_add_count(builder, "n_choices", near->n_choices);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

/* The nearly equal choices, best first, and the candidates in them, most choices first. */
static void add_near(const FmSiteStudy *study, JsonBuilder *builder)
{
    const FmSiteSolution *solution = study->solution;
    json_builder_set_member_name(builder, "near");
    json_builder_begin_object(builder);
    fm_json_add_number(builder, "ratio", solution->near_ratio);
    fm_json_add_count(builder, "n", solution->n_near);
    json_builder_set_member_name(builder, "complete");
    json_builder_add_boolean_value(builder, solution->all_near);
    json_builder_set_member_name(builder, "choices");
    json_builder_begin_array(builder);
    for (gsize i = 0; i < solution->n_near; i++) {
        json_builder_begin_object(builder);
        fm_json_add_number(builder, "objective", solution->near_objectives[i]);
        json_builder_set_member_name(builder, "sites");
        add_set(study, builder, solution->near + i * solution->n);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    if (study->near)
        add_near_sites(study, builder);
    json_builder_end_object(builder);
}

static void add_solution(const FmSiteStudy *study, JsonBuilder *builder)
{
    static const char *const words[] = {
        [FM_SITE_OPTIMAL] = "optimal", [FM_SITE_GAP] = "gap", [FM_SITE_INFEASIBLE] = "infeasible"};
    const FmSiteSolution *solution = study->solution;
    fm_json_add_text(builder, "status", words[solution->status]);
    fm_json_add_number(builder, "objective", solution->objective);
    fm_json_add_number(builder, "bound", solution->bound);
    fm_json_add_number(builder, "gap", gap_of(solution));
    json_builder_set_member_name(builder, "sites");
    add_set(study, builder, solution->sites);
    if (solution->n_optima == 0)
        return;
    json_builder_set_member_name(builder, "optima");
    json_builder_begin_array(builder);
    for (gsize i = 0; i < solution->n_optima; i++)
        add_set(study, builder, solution->optima + i * solution->n);
    json_builder_end_array(builder);
    json_builder_set_member_name(builder, "optima_complete");
    json_builder_add_boolean_value(builder, solution->all_optima);
}

static void add_hopeless(const FmSiteStudy *study, JsonBuilder *builder)
{
    json_builder_set_member_name(builder, "unreached");
    json_builder_begin_object(builder);
    fm_json_add_count(builder, "n", study->n_hopeless);
    fm_json_add_number(builder, "people", study->hopeless_people);
    json_builder_set_member_name(builder, "ids");
    json_builder_begin_array(builder);
    for (gsize i = 0, n = 0; i < study->origins->n && n < IDS_LISTED; i++) {
        if (!study->hopeless[i] || study->origin_weights[i] <= 0)
            continue;
        g_autofree char *id = fm_features_dup_id(study->demand, study->origins->rows[i]);
        json_builder_add_string_value(builder, id);
        n++;
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

static char *make_summary(const FmSiteStudy *study, const FmResult *result)
{
    const FmSiteOptions *options = study->options;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "name", study->name);
    fm_json_add_text(builder, "model", fm_site_model_name(options->model));
    if (study->of)
        fm_json_add_features(builder, "of", study->of, NULL);
    fm_json_add_features(builder, "demand", study->demand, study->weights);
    fm_json_add_features(builder, "candidates", study->candidates, NULL);
    fm_json_add_count(builder, "add", options->n_add);
    fm_json_add_text(builder, "within", options->within ? options->within->text : NULL);
    add_solution(study, builder);
    if (study->solution->n_near > 0)
        add_near(study, builder);
    fm_json_add_number(builder, "people_unlocated", study->unlocated_people);
    add_figures(study, builder, "before", &study->before);
    add_figures(study, builder, "after", &study->after);
    add_hopeless(study, builder);
    fm_json_add_layers(builder, result);
    json_builder_end_object(builder);
    return fm_json_finish(builder);
}

void fm_site_study_make_json(const FmSiteStudy *study, FmResult *result)
{
    result->parameters = make_parameters(study);
    result->summary = make_summary(study, result);
}
