/* Coverage, from layers to a result: read, measure, add up, draw, write down.  The database is only
 * touched while reading. */
#include "coverage-internal.h"
#include "demand.h"

#include <string.h>

static const char *const suffixes[] = {"", "_demand", "_facility", "_roads", NULL};

static void free_shapes(FmGeometry **shapes, gsize n)
{
    for (gsize i = 0; shapes && i < n; i++)
        fm_geometry_free(shapes[i]);
    g_free(shapes);
}

static void coverage_free(FmCoverage *coverage)
{
    gsize n_of = coverage->of ? coverage->of->n : 0;
    free_shapes(coverage->circles, n_of * coverage->n_limits);
    free_shapes(coverage->reach, coverage->n_limits);
    free_shapes(coverage->roads, coverage->n_limits);
    fm_ways_free(coverage->ways);
    fm_costs_free(coverage->costs);
    fm_places_free(coverage->facilities);
    fm_places_free(coverage->homes);
    fm_features_free(coverage->of);
    fm_features_free(coverage->demand);
    fm_weights_free(coverage->weights);
    fm_areas_free(coverage->areas);
    fm_origins_free(coverage->origins);
    gpointer arrays[] = {coverage->name,
                         coverage->limits,
                         coverage->origin_weights,
                         coverage->area_of,
                         coverage->n_within,
                         coverage->nearest,
                         coverage->reached,
                         coverage->only,
                         coverage->node_costs,
                         coverage->covered,
                         coverage->area_people,
                         coverage->area_covered,
                         coverage->area_twice,
                         coverage->outside_covered,
                         coverage->circle_areas_m2,
                         coverage->reach_areas_m2};
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    g_free(coverage);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCoverage, coverage_free)

/* What can be drawn. */
static gboolean check_length(const FmLimit *limit, const FmVia *via, GError **error)
{
    if (via || limit->value <= FM_BUFFER_MAX_M)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "'%s' is too far: in a straight line at most %g km, an eighth of the way round",
                limit->text, FM_BUFFER_MAX_M / 1000);
    return FALSE;
}

static FmCoverage *coverage_new(const FmCoverageOptions *options, GError **error)
{
    g_autoptr(FmCoverage) coverage = g_new0(FmCoverage, 1);
    coverage->options = options;
    coverage->n_limits = options->n_limits;
    coverage->kind = options->limits[0].kind;
    coverage->limits = g_new(double, options->n_limits);
    for (gsize l = 0; l < options->n_limits; l++) {
        if (!fm_limit_check_kind(&options->limits[l], options->via, error) ||
            !check_length(&options->limits[l], options->via, error))
            return NULL;
        coverage->limits[l] = options->limits[l].value;
    }
    g_autofree char *largest = fm_result_slug(options->limits[options->n_limits - 1].text);
    coverage->name = options->name ? g_strdup(options->name)
                                   : g_strdup_printf("coverage_%s_%s", options->of.layer, largest);
    if (!fm_result_check_names(coverage->name, suffixes, options->by, error))
        return NULL;
    return g_steal_pointer(&coverage);
}

static gboolean read_layers(FmCoverage *coverage, FmWorkspace *workspace,
                            const FmProgress *progress, GError **error)
{
    const FmCoverageOptions *options = coverage->options;
    FmProgress of_slice = fm_progress_slice(progress, 0, 0.3);
    FmProgress demand_slice = fm_progress_slice(progress, 0.3, 0.8);
    FmProgress area_slice = fm_progress_slice(progress, 0.8, 1);
    coverage->of = fm_features_read(workspace, &options->of, &of_slice, error);
    if (!coverage->of || !fm_features_require_located(coverage->of, "facility", error))
        return FALSE;
    fm_features_order_by_id(coverage->of);
    coverage->demand = fm_features_read(workspace, &options->demand, &demand_slice, error);
    if (!coverage->demand || !fm_features_require_located(coverage->demand, "demand", error))
        return FALSE;
    coverage->weights = fm_weights_new(coverage->demand, options->weight, error);
    if (!coverage->weights || !fm_demand_require_people(coverage->demand, coverage->weights, error))
        return FALSE;
    if (options->by) {
        coverage->areas = fm_areas_read(workspace, options->by, &area_slice, error);
        return coverage->areas != NULL;
    }
    return TRUE;
}

static gboolean place_demand(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    coverage->origins = fm_origins_new(coverage->demand);
    gsize n = coverage->origins->n;
    coverage->origin_weights = fm_demand_origin_weights(coverage->origins, coverage->weights);
    if (!coverage->areas)
        return TRUE;
    coverage->area_of = g_new(gsize, n);
    return fm_areas_assign(coverage->areas, coverage->origins->positions, n,
                           coverage->options->n_threads, coverage->area_of, progress, error);
}

static gboolean alloc_measures(FmCoverage *coverage, GError **error)
{
    gsize n = coverage->origins->n, n_of = coverage->of->n, n_limits = coverage->n_limits;
    coverage->n_within = g_try_new(guint32, n * n_limits);
    coverage->nearest = g_try_new(FmCheapest, n);
    coverage->reached = g_try_new(double, n_of *n_limits);
    coverage->only = g_try_new(double, n_of *n_limits);
    if (!coverage->n_within || !coverage->nearest || !coverage->reached || !coverage->only) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "no memory for %" G_GSIZE_FORMAT " demand rows, %" G_GSIZE_FORMAT
                    " facilities and %" G_GSIZE_FORMAT " distances: ask for fewer at once",
                    n, n_of, n_limits);
        return FALSE;
    }
    return TRUE;
}

static gboolean measure(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    gsize n = coverage->origins->n;
    g_autofree FmNeighbour *nearest = g_new(FmNeighbour, n);
    FmCoverageInput input = {
        .origins = coverage->origins->positions,
        .weights = coverage->origin_weights,
        .n_origins = n,
        .facilities = coverage->of->geometries,
        .n_facilities = coverage->of->n,
        .limits_m = coverage->limits,
        .n_limits = coverage->n_limits,
        .n_threads = coverage->options->n_threads,
    };
    if (!fm_coverage_pass(&input, coverage->n_within, nearest, coverage->reached, coverage->only,
                          progress, error))
        return FALSE;
    for (gsize i = 0; i < n; i++)
        coverage->nearest[i] = (FmCheapest){nearest[i].index, nearest[i].distance_m};
    return TRUE;
}

/* Roads are made ready while the layers are read, unless a table says what ways cost. */
static gboolean begin_ways(FmCoverage *coverage, FmWorkspace *workspace, GError **error)
{
    const FmCoverageOptions *options = coverage->options;
    gboolean by_table = FALSE;
    if (!options->via)
        return TRUE;
    if (!fm_costs_named(workspace, options->via, &by_table, error))
        return FALSE;
    if (!by_table)
        coverage->ways =
            fm_ways_begin(workspace, options->via, coverage->kind, options->n_threads, error);
    return by_table || coverage->ways;
}

/* In a straight line, by road, or by a table: the same arrays are filled. */
static gboolean reach(FmCoverage *coverage, FmWorkspace *workspace, const FmProgress *progress,
                      GError **error)
{
    if (!alloc_measures(coverage, error))
        return FALSE;
    if (!coverage->options->via)
        return measure(coverage, progress, error);
    if (!coverage->ways)
        return fm_coverage_look_up(coverage, workspace, progress, error);
    FmProgress open_slice = fm_progress_slice(progress, 0, 0.3);
    FmProgress travel_slice = fm_progress_slice(progress, 0.3, 1);
    return fm_coverage_open_ways(coverage, &open_slice, error) &&
           fm_coverage_travel(coverage, &travel_slice, error);
}

gboolean fm_coverage_is_drawn(const FmCoverage *coverage)
{
    return !coverage->options->via || (coverage->ways && coverage->options->areas != FM_AREAS_NONE);
}

static gboolean draw(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    if (!coverage->costs)
        return (coverage->ways ? fm_coverage_draw_ways : fm_coverage_draw)(coverage, progress,
                                                                           error);
    coverage->reach = g_new0(FmGeometry *, coverage->n_limits);
    coverage->reach_areas_m2 = g_new0(double, coverage->n_limits);
    return TRUE;
}

FmResult *fm_coverage(FmWorkspace *workspace, const FmCoverageOptions *options,
                      const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(options->n_limits > 0, NULL);
    FmProgress read_slice = fm_progress_slice(progress, 0, 0.15);
    FmProgress place_slice = fm_progress_slice(progress, 0.15, 0.2);
    FmProgress measure_slice = fm_progress_slice(progress, 0.2, 0.6);
    FmProgress draw_slice = fm_progress_slice(progress, 0.6, 0.95);

    g_autoptr(FmCoverage) coverage = coverage_new(options, error);
    if (!coverage || !begin_ways(coverage, workspace, error) ||
        !read_layers(coverage, workspace, &read_slice, error) ||
        !place_demand(coverage, &place_slice, error) ||
        !reach(coverage, workspace, &measure_slice, error))
        return NULL;
    fm_coverage_add_up(coverage);
    if (!draw(coverage, &draw_slice, error))
        return NULL;

    g_autoptr(FmResult) result = fm_result_new("coverage", coverage->name);
    fm_result_add_input(result, coverage->of);
    fm_result_add_input(result, coverage->demand);
    if (coverage->areas)
        fm_result_add_input(result, coverage->areas->features);
    fm_coverage_make_layers(coverage, result);
    fm_coverage_make_warnings(coverage, result);
    fm_coverage_make_json(coverage, result);
    if (coverage->costs)
        fm_result_add_layer_info(result, coverage->costs->info);
    if (coverage->ways && !fm_ways_give(coverage->ways, workspace, result, error))
        return NULL;
    if (!fm_progress_report(progress, 1, "coverage", error))
        return NULL;
    return g_steal_pointer(&result);
}
