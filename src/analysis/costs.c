/* Tables of costs: ids become rows of both sides, pairs are sorted by origin, and what contradicts
 * itself is an error. */
#include "costs.h"

#include <math.h>
#include <stdlib.h>

gboolean fm_costs_named(FmWorkspace *workspace, const FmVia *via, gboolean *is, GError **error)
{
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, error);
    *is = FALSE;
    for (guint i = 0; layers && i < layers->len; i++) {
        const FmLayerInfo *info = layers->pdata[i];
        *is |= g_strcmp0(info->kind, "costs") == 0 && g_str_equal(info->name, via->profile);
    }
    return layers != NULL;
}

static gboolean check_roads_only(const FmVia *via, GError **error)
{
    const char *option = via->network          ? "--network"
                         : via->closed         ? "--close"
                         : via->opened         ? "--open"
                         : via->max_snap_m > 0 ? "--max-snap"
                                               : NULL;
    if (!option)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s is about roads, and '%s' is a table of costs: leave it out", option,
                via->profile);
    return FALSE;
}

/* ---- columns ----------------------------------------------------------------------------- */

typedef struct {
    FmTable *table;
    const char *layer;
    gsize id, from, to, cost;
} Source;

static gboolean find_id(const Source *source, const char *name, gsize *column, GError **error)
{
    *column = fm_table_find_column(source->table, name);
    if (*column != FM_COLUMN_NONE)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "table '%s' has no column '%s': costs are rows of from_id, to_id and cost_s, "
                "cost_m or cost",
                source->layer, name);
    return FALSE;
}

/* The column with the unit that was asked for, else the one without. */
static gboolean find_cost(Source *source, FmLimitKind kind, GError **error)
{
    gboolean time = kind == FM_LIMIT_TIME;
    const char *other = time ? "cost_m" : "cost_s";
    source->cost = fm_table_find_column(source->table, time ? "cost_s" : "cost_m");
    if (source->cost == FM_COLUMN_NONE)
        source->cost = fm_table_find_column(source->table, "cost");
    if (source->cost == FM_COLUMN_NONE &&
        fm_table_find_column(source->table, other) != FM_COLUMN_NONE) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "table '%s' has %s (%s): ask for limits such as %s", source->layer, other,
                    time ? "metres" : "seconds", time ? "3km" : "15min");
        return FALSE;
    }
    if (source->cost == FM_COLUMN_NONE)
        return find_id(source, "cost", &source->cost, error);
    if (fm_table_column_type(source->table, source->cost) != FM_COLUMN_TEXT)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "table '%s': column '%s' is text, not numbers",
                source->layer, fm_table_column_name(source->table, source->cost));
    return FALSE;
}

/* ---- rows -------------------------------------------------------------------------------- */

typedef struct {
    guint32 origin, target;
    double cost;
    gsize row;
} Pair;

/* Ids of located rows → 1 + place in the analysis. */
static GHashTable *numbers_of(const FmFeatures *features, const FmOrigins *origins)
{
    GHashTable *numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gsize n = origins ? origins->n : features->n;
    for (gsize i = 0; i < n; i++) {
        gsize row = origins ? origins->rows[i] : i;
        if (features->geometries[row])
            g_hash_table_insert(numbers, fm_features_dup_id(features, row),
                                GSIZE_TO_POINTER(i + 1));
    }
    return numbers;
}

static char *row_name(const Source *source, gsize row)
{
    char *name =
        source->id != FM_COLUMN_NONE ? fm_table_dup_as_text(source->table, source->id, row) : NULL;
    return name ? name : g_strdup_printf("%" G_GSIZE_FORMAT, row + 1);
}

static gsize number_of(const Source *source, gsize column, gsize row, GHashTable *numbers)
{
    g_autofree char *id = fm_table_dup_as_text(source->table, column, row);
    return GPOINTER_TO_SIZE(g_hash_table_lookup(numbers, id));
}

static gboolean check_row(const Source *source, gsize row, GError **error)
{
    gsize missing = fm_table_is_null(source->table, source->from, row) ? source->from
                    : fm_table_is_null(source->table, source->to, row) ? source->to
                                                                       : FM_COLUMN_NONE;
    if (missing != FM_COLUMN_NONE) {
        g_autofree char *name = row_name(source, row);
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "table '%s', row '%s': no %s", source->layer,
                    name, fm_table_column_name(source->table, missing));
        return FALSE;
    }
    if (fm_table_is_null(source->table, source->cost, row))
        return TRUE;
    double cost = fm_table_number(source->table, source->cost, row);
    if (cost >= 0)
        return TRUE;
    g_autofree char *name = row_name(source, row);
    g_autofree char *number = fm_format_double(cost);
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "table '%s', row '%s': %s is %s; a cost is 0 or more, and empty where there is no "
                "way",
                source->layer, name, fm_table_column_name(source->table, source->cost), number);
    return FALSE;
}

/* The rows that fit both sides.  @return transfer full, elements Pair; NULL with an error */
static GArray *read_pairs(FmCosts *costs, const Source *source, GHashTable *origins,
                          GHashTable *targets, gboolean from_facilities, GError **error)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    gsize origin_column = from_facilities ? source->to : source->from;
    gsize target_column = from_facilities ? source->from : source->to;
    for (gsize row = 0; row < fm_table_n_rows(source->table); row++) {
        if (!check_row(source, row, error))
            return NULL;
        gsize origin = number_of(source, origin_column, row, origins);
        gsize target = number_of(source, target_column, row, targets);
        if (origin == 0 || target == 0) {
            costs->n_foreign++;
            continue;
        }
        double cost = fm_table_is_null(source->table, source->cost, row)
                          ? (double)INFINITY
                          : fm_table_number(source->table, source->cost, row);
        costs->n_null += isfinite(cost) ? 0 : 1;
        Pair pair = {(guint32)(origin - 1), (guint32)(target - 1), cost, row};
        g_array_append_val(pairs, pair);
    }
    return g_steal_pointer(&pairs);
}

static int compare_pairs(const void *a, const void *b)
{
    const Pair *left = a, *right = b;
    if (left->origin != right->origin)
        return left->origin < right->origin ? -1 : 1;
    if (left->target != right->target)
        return left->target < right->target ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

/* Takes out what is said twice.  @return FALSE with FM_ERROR_DATA when it is not the same */
static gboolean unite(FmCosts *costs, const Source *source, GArray *pairs, GError **error)
{
    g_array_sort(pairs, compare_pairs);
    Pair *all = &g_array_index(pairs, Pair, 0);
    guint n = 0;
    for (guint i = 0; i < pairs->len; i++) {
        const Pair *last = n > 0 ? &all[n - 1] : NULL;
        if (!last || last->origin != all[i].origin || last->target != all[i].target) {
            all[n++] = all[i];
            continue;
        }
        if (last->cost != all[i].cost) {
            g_autofree char *first = row_name(source, last->row);
            g_autofree char *second = row_name(source, all[i].row);
            g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                        "table '%s': rows '%s' and '%s' give two costs for one pair: keep one",
                        source->layer, first, second);
            return FALSE;
        }
        costs->n_double++;
    }
    g_array_set_size(pairs, n);
    return TRUE;
}

static int compare_reached(const void *a, const void *b)
{
    const FmReached *left = a, *right = b;
    if (left->cost != right->cost)
        return left->cost < right->cost ? -1 : 1;
    return left->end < right->end ? -1 : left->end > right->end;
}

static void lay_out(FmCosts *costs, const GArray *pairs)
{
    gsize n = 0;
    guint next = 0;
    costs->first = g_new(gsize, costs->n_origins + 1);
    costs->pairs = g_new(FmReached, (gsize)pairs->len + 1);
    for (gsize origin = 0; origin < costs->n_origins; origin++) {
        costs->first[origin] = n;
        for (; next < pairs->len && g_array_index(pairs, Pair, next).origin == origin; next++) {
            Pair pair = g_array_index(pairs, Pair, next);
            if (isfinite(pair.cost))
                costs->pairs[n++] = (FmReached){pair.target, pair.cost};
        }
        qsort(costs->pairs + costs->first[origin], n - costs->first[origin], sizeof *costs->pairs,
              compare_reached);
    }
    costs->first[costs->n_origins] = n;
}

/* ---- the whole --------------------------------------------------------------------------- */

static gboolean none_fits(const FmCosts *costs, const FmFeatures *from, const FmFeatures *targets,
                          GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "table '%s': none of its %" G_GINT64_FORMAT
                " rows names a row of '%s' and one of '%s': from_id and to_id are their ids (turn "
                "them round with --direction from)",
                costs->info->name, costs->info->n_rows, from->info->name, targets->info->name);
    return FALSE;
}

static gboolean open_source(FmCosts *costs, Source *source, FmLimitKind kind, GError **error)
{
    source->layer = costs->info->name;
    source->id = fm_table_find_column(source->table, "id");
    if (!find_id(source, "from_id", &source->from, error) ||
        !find_id(source, "to_id", &source->to, error) || !find_cost(source, kind, error))
        return FALSE;
    costs->column = g_intern_string(fm_table_column_name(source->table, source->cost));
    return TRUE;
}

FmCosts *fm_costs_read(FmWorkspace *workspace, const FmVia *via, FmLimitKind kind,
                       const FmFeatures *from, const FmOrigins *origins, const FmFeatures *targets,
                       const FmProgress *progress, GError **error)
{
    g_autoptr(FmCosts) costs = g_new0(FmCosts, 1);
    if (!check_roads_only(via, error))
        return NULL;
    costs->info = fm_workspace_layer(workspace, via->profile, error);
    g_autoptr(FmTable) table =
        costs->info ? fm_workspace_read(workspace, via->profile, NULL, progress, error) : NULL;
    Source source = {.table = table};
    if (!table || !open_source(costs, &source, kind, error))
        return NULL;
    costs->title_en = costs->info->title_en ? costs->info->title_en : costs->info->name;
    costs->title_zh = costs->info->title_zh ? costs->info->title_zh : costs->info->name;
    costs->n_origins = origins->n;
    g_autoptr(GHashTable) origin_numbers = numbers_of(from, origins);
    g_autoptr(GHashTable) target_numbers = numbers_of(targets, NULL);
    g_autoptr(GArray) pairs =
        read_pairs(costs, &source, origin_numbers, target_numbers, via->from_facilities, error);
    if (!pairs || (pairs->len == 0 && !none_fits(costs, from, targets, error)) ||
        !unite(costs, &source, pairs, error))
        return NULL;
    lay_out(costs, pairs);
    return g_steal_pointer(&costs);
}

void fm_costs_free(FmCosts *costs)
{
    if (!costs)
        return;
    fm_layer_info_free(costs->info);
    g_free(costs->first);
    g_free(costs->pairs);
    g_free(costs);
}

char *fm_costs_reason(const FmCosts *costs)
{
    return g_strdup_printf("no cost in '%s'", costs->info->name);
}

void fm_costs_warn(const FmCosts *costs, FmLimitKind kind, FmResult *result)
{
    const char *name = costs->info->name;
    if (g_str_equal(costs->column, "cost"))
        fm_result_warn(result, "table '%s': 'cost' has no unit and is taken as %s", name,
                       kind == FM_LIMIT_TIME ? "seconds (cost_s says so)"
                                             : "metres (cost_m says so)");
    if (costs->n_foreign > 0)
        fm_result_warn(result,
                       "table '%s': %" G_GSIZE_FORMAT " %s ids that take no part in this "
                       "analysis",
                       name, costs->n_foreign, costs->n_foreign == 1 ? "row names" : "rows name");
    if (costs->n_null > 0)
        fm_result_warn(result, "table '%s': %" G_GSIZE_FORMAT " %s no cost: no way", name,
                       costs->n_null, costs->n_null == 1 ? "row has" : "rows have");
    if (costs->n_double > 0)
        fm_result_warn(result, "table '%s': %" G_GSIZE_FORMAT " %s again what another row says",
                       name, costs->n_double, costs->n_double == 1 ? "row says" : "rows say");
}
