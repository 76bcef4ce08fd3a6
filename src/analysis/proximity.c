/* Proximity, from layers to a result: read, pair, make the figures, write down. */
#include "proximity-internal.h"

#include <math.h>

static const char *const suffixes[] = {"", NULL};

static void proximity_free(FmProximity *proximity)
{
    fm_ways_free(proximity->ways);
    fm_costs_free(proximity->costs);
    fm_places_free(proximity->from_places);
    fm_places_free(proximity->to_places);
    if (proximity->pair_ways)
        g_array_unref(proximity->pair_ways);
    fm_features_free(proximity->from);
    fm_features_free(proximity->to);
    fm_weights_free(proximity->weights);
    fm_areas_free(proximity->areas);
    fm_origins_free(proximity->origins);
    if (proximity->pairs)
        g_array_unref(proximity->pairs);
    g_free(proximity->self);
    g_free(proximity->area_of);
    g_free(proximity->by_area);
    g_free(proximity->name);
    g_free(proximity);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmProximity, proximity_free)

static gboolean check_options(const FmProximityOptions *options, GError **error)
{
    if (options->matrix && options->k > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "a matrix has every pair: leave out either -k or --matrix");
        return FALSE;
    }
    if (!options->matrix && options->k == 0 && !options->within) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "which pairs? ask for the nearest (-k 1), a distance (--within 2km) or all "
                    "(--matrix)");
        return FALSE;
    }
    if (options->routes && !options->via) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "routes run along roads: say how to travel (--via walk)");
        return FALSE;
    }
    return !options->within || fm_limit_check_kind(options->within, options->via, error);
}

static FmProximity *proximity_new(const FmProximityOptions *options, GError **error)
{
    if (!check_options(options, error))
        return NULL;
    g_autoptr(FmProximity) proximity = g_new0(FmProximity, 1);
    proximity->options = options;
    proximity->kind = options->within ? options->within->kind
                      : options->via  ? FM_LIMIT_TIME
                                      : FM_LIMIT_LENGTH;
    proximity->name =
        options->name ? g_strdup(options->name)
                      : g_strdup_printf("proximity_%s_%s", options->from.layer, options->to.layer);
    if (!fm_result_check_names(proximity->name, suffixes, options->by, error))
        return NULL;
    return g_steal_pointer(&proximity);
}

static gboolean read_layers(FmProximity *proximity, FmWorkspace *workspace,
                            const FmProgress *progress, GError **error)
{
    const FmProximityOptions *options = proximity->options;
    FmProgress from_slice = fm_progress_slice(progress, 0, 0.4);
    FmProgress to_slice = fm_progress_slice(progress, 0.4, 0.8);
    FmProgress area_slice = fm_progress_slice(progress, 0.8, 1);
    proximity->from = fm_features_read(workspace, &options->from, &from_slice, error);
    if (!proximity->from || !fm_features_require_located(proximity->from, "origin", error))
        return FALSE;
    proximity->to = fm_features_read(workspace, &options->to, &to_slice, error);
    if (!proximity->to || !fm_features_require_located(proximity->to, "target", error))
        return FALSE;
    fm_features_order_by_id(proximity->to);
    proximity->weights = fm_weights_new(proximity->from, options->weight, error);
    if (!proximity->weights)
        return FALSE;
    if (options->by) {
        proximity->areas = fm_areas_read(workspace, options->by, &area_slice, error);
        return proximity->areas != NULL;
    }
    return TRUE;
}

/* ---- a feature is not its own neighbour -------------------------------------------------- */

static gboolean same_filter(const FmFilter *a, const FmFilter *b)
{
    return g_strcmp0(a->where, b->where) == 0 && a->by_status == b->by_status &&
           g_strcmp0(a->as_of, b->as_of) == 0 && a->include_planned == b->include_planned &&
           a->extent == b->extent;
}

/* Rows of two selections of one layer are the same by `id`; without ids only by their number, and
 * that only under the same filter. */
static gboolean find_self(FmProximity *proximity, GError **error)
{
    const FmProximityOptions *options = proximity->options;
    const FmFeatures *from = proximity->from, *to = proximity->to;
    if (!g_str_equal(options->from.layer, options->to.layer))
        return TRUE;
    if (from->id == FM_COLUMN_NONE && !same_filter(&options->from.filter, &options->to.filter)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "layer '%s' has no column 'id', so that under two filters its rows cannot be "
                    "told apart: use one filter for both sides",
                    options->from.layer);
        return FALSE;
    }
    g_autoptr(GHashTable) row_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < to->n; row++)
        g_hash_table_insert(row_of, fm_features_dup_id(to, row), GSIZE_TO_POINTER(row + 1));
    proximity->self = g_new(gsize, proximity->origins->n);
    for (gsize i = 0; i < proximity->origins->n; i++) {
        g_autofree char *id = fm_features_dup_id(from, proximity->origins->rows[i]);
        gsize found = GPOINTER_TO_SIZE(g_hash_table_lookup(row_of, id));
        proximity->self[i] = found > 0 ? found - 1 : G_MAXSIZE;
    }
    return TRUE;
}

/* ---- the analysis ------------------------------------------------------------------------ */

static gboolean measure(FmProximity *proximity, FmWorkspace *workspace, const FmProgress *progress,
                        GError **error)
{
    const FmProximityOptions *options = proximity->options;
    FmProgress area_slice = fm_progress_slice(progress, 0, 0.1);
    FmProgress pairs_slice = fm_progress_slice(progress, 0.1, 1);
    const FmOrigins *origins = proximity->origins = fm_origins_new(proximity->from);
    if (!find_self(proximity, error))
        return FALSE;
    if (proximity->areas) {
        proximity->area_of = g_new(gsize, origins->n);
        if (!fm_areas_assign(proximity->areas, origins->positions, origins->n, options->n_threads,
                             proximity->area_of, &area_slice, error))
            return FALSE;
    }
    gboolean by_table = FALSE;
    if (options->via && !fm_costs_named(workspace, options->via, &by_table, error))
        return FALSE;
    if (by_table)
        return fm_proximity_look_up(proximity, workspace, &pairs_slice, error);
    if (options->via) {
        FmProgress open_slice = fm_progress_slice(&pairs_slice, 0, 0.4);
        FmProgress travel_slice = fm_progress_slice(&pairs_slice, 0.4, 1);
        return fm_proximity_open_ways(proximity, workspace, &open_slice, error) &&
               fm_proximity_travel(proximity, &travel_slice, error);
    }
    FmPairsInput input = {
        .origins = origins->positions,
        .n_origins = origins->n,
        .targets = proximity->to->geometries,
        .n_targets = proximity->to->n,
        .self = proximity->self,
        .k = options->k,
        .max_distance_m = options->within ? options->within->value : (double)INFINITY,
        .max_pairs = FM_MAX_PAIRS,
        .n_threads = options->n_threads,
    };
    proximity->pairs = fm_pairs(&input, &pairs_slice, error);
    return proximity->pairs != NULL;
}

FmResult *fm_proximity(FmWorkspace *workspace, const FmProximityOptions *options,
                       const FmProgress *progress, GError **error)
{
    FmProgress read_slice = fm_progress_slice(progress, 0, 0.2);
    FmProgress measure_slice = fm_progress_slice(progress, 0.2, 0.9);
    g_autoptr(FmProximity) proximity = proximity_new(options, error);
    if (!proximity || !read_layers(proximity, workspace, &read_slice, error) ||
        !measure(proximity, workspace, &measure_slice, error))
        return NULL;
    fm_proximity_add_up(proximity);

    g_autoptr(FmResult) result = fm_result_new("proximity", proximity->name);
    fm_result_add_input(result, proximity->from);
    fm_result_add_input(result, proximity->to);
    if (proximity->areas)
        fm_result_add_input(result, proximity->areas->features);
    fm_proximity_make_layers(proximity, result);
    fm_proximity_make_warnings(proximity, result);
    fm_proximity_make_json(proximity, result);
    if (proximity->costs)
        fm_result_add_layer_info(result, proximity->costs->info);
    if (proximity->ways && !fm_ways_give(proximity->ways, workspace, result, error))
        return NULL;
    if (!fm_progress_report(progress, 1, "proximity", error))
        return NULL;
    return g_steal_pointer(&result);
}
