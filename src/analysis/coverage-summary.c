/* What coverage says beside its layers: warnings, the parameters that determine the result, and the
 * figures for --json. */
#include "coverage-internal.h"
#include "demand.h"

/* What the roads cannot do. */
static void warn_of_ways(const FmCoverage *coverage, FmResult *result)
{
    if (coverage->n_stranded > 0) {
        g_autofree char *people = fm_format_double(coverage->stranded_people);
        fm_result_warn(result,
                       "%" G_GSIZE_FORMAT " %s of '%s' (%s people) %s no way by road to any "
                       "facility: the column 'reason' of %s_demand says why",
                       coverage->n_stranded, coverage->n_stranded == 1 ? "row" : "rows",
                       coverage->demand->info->name, people,
                       coverage->n_stranded == 1 ? "has" : "have", coverage->name);
    }
    fm_ways_warn_off_road(coverage->ways, coverage->of, coverage->facilities, "and reach nobody",
                          result);
}

static void warn_of_costs(const FmCoverage *coverage, FmResult *result)
{
    fm_costs_warn(coverage->costs, coverage->kind, result);
    if (coverage->n_stranded == 0)
        return;
    g_autofree char *people = fm_format_double(coverage->stranded_people);
    fm_result_warn(result,
                   "%" G_GSIZE_FORMAT " %s of '%s' (%s people) %s no cost to any facility in "
                   "'%s'",
                   coverage->n_stranded, coverage->n_stranded == 1 ? "row" : "rows",
                   coverage->demand->info->name, people, coverage->n_stranded == 1 ? "has" : "have",
                   coverage->costs->info->name);
}

void fm_coverage_make_warnings(const FmCoverage *coverage, FmResult *result)
{
    fm_result_warn_unlocated(result, coverage->of, "and reach nobody");
    fm_demand_warn(coverage->demand, coverage->weights, "and count as people whom nothing reaches",
                   result);
    if (coverage->ways)
        warn_of_ways(coverage, result);
    if (coverage->costs)
        warn_of_costs(coverage, result);
    if (!coverage->areas)
        return;
    fm_result_warn_unlocated(result, coverage->areas->features, "and hold nobody");
    if (coverage->n_outside > 0) {
        g_autofree char *people = fm_format_double(coverage->outside_people);
        fm_result_warn(result,
                       "%" G_GSIZE_FORMAT " %s of '%s' (%s people) %s outside every area of "
                       "'%s': in the whole, in no area",
                       coverage->n_outside, coverage->n_outside == 1 ? "row" : "rows",
                       coverage->demand->info->name, people,
                       coverage->n_outside == 1 ? "lies" : "lie",
                       coverage->areas->features->info->name);
    }
}

/* ---- parameters -------------------------------------------------------------------------- */

static char *make_parameters(const FmCoverage *coverage)
{
    const FmCoverageOptions *options = coverage->options;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "name", coverage->name);
    fm_json_add_text(builder, "version", fm_version());
    fm_json_add_selection(builder, "of", &options->of);
    fm_json_add_selection(builder, "demand", &options->demand);
    fm_json_add_text(builder, "weight", coverage->weights->column);
    json_builder_set_member_name(builder, "within");
    json_builder_begin_array(builder);
    for (gsize l = 0; l < coverage->n_limits; l++)
        json_builder_add_string_value(builder, options->limits[l].text);
    json_builder_end_array(builder);
    fm_json_add_text(builder, "by", options->by);
    if (options->via) {
        fm_json_add_via(builder, options->via, coverage->costs != NULL);
        if (coverage->ways)
            fm_json_add_number(builder, "area_buffer_m", fm_coverage_buffer_m(coverage));
    }
    json_builder_end_object(builder);
    return fm_json_finish(builder);
}

/* ---- summary ----------------------------------------------------------------------------- */

static void add_limit(const FmCoverage *coverage, JsonBuilder *builder, gsize limit)
{
    fm_json_add_text(builder, "within", coverage->options->limits[limit].text);
    fm_json_add_number(builder, coverage->kind == FM_LIMIT_TIME ? "within_s" : "within_m",
                       coverage->limits[limit]);
}

static void add_within(const FmCoverage *coverage, JsonBuilder *builder)
{
    json_builder_set_member_name(builder, "within");
    json_builder_begin_array(builder);
    for (gsize l = 0; l < coverage->n_limits; l++) {
        json_builder_begin_object(builder);
        add_limit(coverage, builder, l);
        fm_json_add_number(builder, "people", coverage->covered[l]);
        fm_json_add_number(builder, "people_share",
                           coverage->covered[l] / coverage->weights->total);
        if (fm_coverage_is_drawn(coverage))
            fm_json_add_number(builder, "area_m2", coverage->reach_areas_m2[l]);
        if (coverage->areas)
            fm_json_add_number(builder, "people_outside_areas", coverage->outside_covered[l]);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void add_area(const FmCoverage *coverage, JsonBuilder *builder, gsize area, gsize limit)
{
    const FmFeatures *features = coverage->areas->features;
    gsize i = area * coverage->n_limits + limit;
    double people = coverage->area_people[area];
    g_autofree char *id = fm_features_dup_id(features, area);
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "area_id", id);
    fm_json_add_text(builder, "name_zh", fm_features_name_zh(features, area));
    fm_json_add_text(builder, "name_en", fm_features_name_en(features, area));
    add_limit(coverage, builder, limit);
    fm_json_add_number(builder, "people", people);
    fm_json_add_number(builder, "people_covered", coverage->area_covered[i]);
    fm_json_add_number(builder, "people_twice", coverage->area_twice[i]);
    fm_json_add_number(builder, "share", coverage->area_covered[i] / people);
    json_builder_end_object(builder);
}

static void add_by(const FmCoverage *coverage, JsonBuilder *builder)
{
    json_builder_set_member_name(builder, "by");
    json_builder_begin_array(builder);
    for (gsize area = 0; area < coverage->areas->features->n; area++)
        for (gsize l = 0; l < coverage->n_limits; l++)
            add_area(coverage, builder, area, l);
    json_builder_end_array(builder);
    fm_json_add_count(builder, "n_outside_areas", coverage->n_outside);
    fm_json_add_number(builder, "people_outside_areas", coverage->outside_people);
}

static char *make_summary(const FmCoverage *coverage, const FmResult *result)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "name", coverage->name);
    fm_json_add_features(builder, "of", coverage->of, NULL);
    fm_json_add_features(builder, "demand", coverage->demand, coverage->weights);
    fm_json_add_number(builder, "people_unlocated", coverage->unlocated_people);
    if (coverage->options->via)
        fm_json_add_number(builder, "people_without_way", coverage->stranded_people);
    add_within(coverage, builder);
    if (coverage->areas)
        add_by(coverage, builder);
    fm_json_add_layers(builder, result);
    json_builder_end_object(builder);
    return fm_json_finish(builder);
}

void fm_coverage_make_json(const FmCoverage *coverage, FmResult *result)
{
    result->parameters = make_parameters(coverage);
    result->summary = make_summary(coverage, result);
}
