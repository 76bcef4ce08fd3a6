/* What proximity says beside its layers: warnings, the parameters that determine the result, and
 * the figures for --json. */
#include "proximity-internal.h"

/* What the roads cannot do.  A matrix is asked for every pair, so it says how many it lacks. */
static void warn_of_ways(const FmProximity *proximity, FmResult *result)
{
    const FmFeatures *to = proximity->to;
    fm_ways_warn_off_road(proximity->ways, to, proximity->to_places, "and are nobody's neighbour",
                          result);
    if (!proximity->options->matrix || proximity->options->within)
        return;
    gsize n = proximity->origins->n * (to->n - to->n_unlocated);
    for (gsize i = 0; proximity->self && i < proximity->origins->n; i++)
        n -= proximity->self[i] != G_MAXSIZE && to->geometries[proximity->self[i]] ? 1 : 0;
    if (proximity->pairs->len < n)
        fm_result_warn(result,
                       "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                       " pairs have no way by road, and no row",
                       n - proximity->pairs->len, n);
}

void fm_proximity_make_warnings(const FmProximity *proximity, FmResult *result)
{
    const FmWeights *weights = proximity->weights;
    fm_result_warn_unlocated(result, proximity->from, "and no distance");
    fm_result_warn_unlocated(result, proximity->to, "and are nobody's neighbour");
    if (proximity->costs)
        fm_costs_warn(proximity->costs, proximity->kind, result);
    if (proximity->ways)
        warn_of_ways(proximity, result);
    if (weights->n_null > 0)
        fm_result_warn(result, "layer '%s': %" G_GSIZE_FORMAT " %s no '%s' and %s 0 in the mean",
                       proximity->from->info->name, weights->n_null,
                       weights->n_null == 1 ? "row has" : "rows have", weights->column,
                       weights->n_null == 1 ? "weighs" : "weigh");
    if (!proximity->areas)
        return;
    fm_result_warn_unlocated(result, proximity->areas->features, "and hold nobody");
    if (proximity->n_outside > 0)
        fm_result_warn(result,
                       "%" G_GSIZE_FORMAT " %s of '%s' %s outside every area of '%s': in the "
                       "whole, in no area",
                       proximity->n_outside, proximity->n_outside == 1 ? "row" : "rows",
                       proximity->from->info->name, proximity->n_outside == 1 ? "lies" : "lie",
                       proximity->areas->features->info->name);
}

static char *make_parameters(const FmProximity *proximity)
{
    const FmProximityOptions *options = proximity->options;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "name", proximity->name);
    fm_json_add_text(builder, "version", fm_version());
    fm_json_add_selection(builder, "from", &options->from);
    fm_json_add_selection(builder, "to", &options->to);
    fm_json_add_text(builder, "weight", proximity->weights->column);
    fm_json_add_count(builder, "k", options->k);
    json_builder_set_member_name(builder, "matrix");
    json_builder_add_boolean_value(builder, options->matrix);
    fm_json_add_text(builder, "within", options->within ? options->within->text : NULL);
    fm_json_add_text(builder, "by", options->by);
    if (options->via) {
        fm_json_add_via(builder, options->via, proximity->costs != NULL);
        json_builder_set_member_name(builder, "routes");
        json_builder_add_boolean_value(builder, options->routes);
    }
    json_builder_end_object(builder);
    return fm_json_finish(builder);
}

static void add_figures(JsonBuilder *builder, FmLimitKind kind, const FmNearestFigures *figures)
{
    gboolean time = kind == FM_LIMIT_TIME;
    fm_json_add_count(builder, "n", figures->n);
    fm_json_add_count(builder, "n_without", figures->n_without);
    fm_json_add_number(builder, time ? "median_s" : "median_m", figures->median);
    fm_json_add_number(builder, time ? "p90_s" : "p90_m", figures->p90);
    fm_json_add_number(builder, time ? "max_s" : "max_m", figures->max);
    fm_json_add_number(builder, time ? "mean_weighted_s" : "mean_weighted_m", figures->mean);
}

static void add_by(JsonBuilder *builder, const FmProximity *proximity)
{
    const FmFeatures *areas = proximity->areas->features;
    json_builder_set_member_name(builder, "by");
    json_builder_begin_array(builder);
    for (gsize area = 0; area < areas->n; area++) {
        g_autofree char *id = fm_features_dup_id(areas, area);
        json_builder_begin_object(builder);
        fm_json_add_text(builder, "area_id", id);
        fm_json_add_text(builder, "name_zh", fm_features_name_zh(areas, area));
        fm_json_add_text(builder, "name_en", fm_features_name_en(areas, area));
        add_figures(builder, proximity->kind, &proximity->by_area[area]);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    fm_json_add_count(builder, "n_outside_areas", proximity->n_outside);
}

void fm_proximity_make_json(const FmProximity *proximity, FmResult *result)
{
    result->parameters = make_parameters(proximity);
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "name", proximity->name);
    fm_json_add_features(builder, "from", proximity->from, NULL);
    fm_json_add_features(builder, "to", proximity->to, NULL);
    fm_json_add_count(builder, "n_from", proximity->from->n);
    fm_json_add_count(builder, "n_to", proximity->to->n);
    fm_json_add_count(builder, "n_pairs", proximity->pairs->len);
    fm_json_add_text(builder, "weight", proximity->weights->column);
    add_figures(builder, proximity->kind, &proximity->whole);
    if (proximity->areas)
        add_by(builder, proximity);
    fm_json_add_layers(builder, result);
    json_builder_end_object(builder);
    result->summary = fm_json_finish(builder);
}
