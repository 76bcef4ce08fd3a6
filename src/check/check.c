/* The conductor: chooses the references, takes each layer through the tests, sorts findings. */
#include "check-internal.h"

#include <string.h>

static const FmCheckThresholds defaults = {
    .duplicate_m = 300,
    .similarity = 0.8,
    .shared_m = 1,
    .shared_min = 3,
    .stated_m = 300,
};

FmCheckThresholds fm_check_defaults(const FmCheckThresholds *given)
{
    FmCheckThresholds limits = given ? *given : defaults;
    limits.duplicate_m = limits.duplicate_m > 0 ? limits.duplicate_m : defaults.duplicate_m;
    limits.similarity = limits.similarity > 0 ? limits.similarity : defaults.similarity;
    limits.shared_m = limits.shared_m > 0 ? limits.shared_m : defaults.shared_m;
    limits.shared_min = limits.shared_min > 0 ? limits.shared_min : defaults.shared_min;
    limits.stated_m = limits.stated_m > 0 ? limits.stated_m : defaults.stated_m;
    return limits;
}

typedef struct {
    FmWorkspace *workspace;
    const FmCheckOptions *options;
    FmTable *runs;
    GPtrArray *infos;
    FmAreaSet *areas;
    FmLineSet *lines, *points;
    char *date;
    FmCheckReport *report;
} Check;

static void check_clear(Check *check)
{
    g_clear_pointer(&check->runs, fm_table_free);
    g_clear_pointer(&check->infos, g_ptr_array_unref);
    g_clear_pointer(&check->areas, fm_area_set_free);
    g_clear_pointer(&check->lines, fm_line_set_free);
    g_clear_pointer(&check->points, fm_line_set_free);
    g_clear_pointer(&check->date, g_free);
    g_clear_pointer(&check->report, fm_check_report_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Check, check_clear)

/* ---- references ------------------------------------------------------------------------- */

static gboolean is_result(const FmLayerInfo *info)
{
    return g_strcmp0(info->kind, "result") == 0;
}

/* A few rivers or axes tell nothing of where a place should be; streets do. */
enum { LEAST_STREETS = 200 };

/* The layer of lines with most rows: a road network, when there is one. */
static const FmLayerInfo *choose_lines(const GPtrArray *infos)
{
    const FmLayerInfo *best = NULL;
    for (guint i = 0; i < infos->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(infos, i);
        gboolean lines = info->geometry_type == FM_GEOMETRY_LINESTRING ||
                         info->geometry_type == FM_GEOMETRY_MULTILINESTRING;
        if (lines && !is_result(info) && info->n_rows >= LEAST_STREETS &&
            (!best || info->n_rows > best->n_rows))
            best = info;
    }
    return best;
}

/* The first layer of areas that was loaded. */
static const FmLayerInfo *choose_areas(const GPtrArray *infos)
{
    for (guint i = 0; i < infos->len; i++) {
        const FmLayerInfo *info = g_ptr_array_index(infos, i);
        if (g_strcmp0(info->kind, "area") == 0 && (info->geometry_type == FM_GEOMETRY_POLYGON ||
                                                   info->geometry_type == FM_GEOMETRY_MULTIPOLYGON))
            return info;
    }
    return NULL;
}

static gboolean use_areas(Check *check, const char *name, GError **error)
{
    FmTable *table = fm_workspace_read(check->workspace, name, NULL, NULL, error);
    if (table)
        check->areas = fm_area_set_new(name, table);
    return table != NULL;
}

static gboolean use_lines(Check *check, const char *name, FmLineSet **set, GError **error)
{
    FmTable *table = fm_workspace_read(check->workspace, name, NULL, NULL, error);
    if (table)
        *set = fm_line_set_new(name, table);
    return table != NULL;
}

/* What --against names takes the place of what would be chosen. */
static gboolean use_against(Check *check, GError **error)
{
    g_autoptr(FmLayerInfo) info =
        fm_workspace_layer(check->workspace, check->options->against, error);
    if (!info)
        return FALSE;
    switch (info->geometry_type) {
    case FM_GEOMETRY_POINT:
    case FM_GEOMETRY_MULTIPOINT:
        return use_lines(check, info->name, &check->points, error);
    case FM_GEOMETRY_LINESTRING:
    case FM_GEOMETRY_MULTILINESTRING:
        return use_lines(check, info->name, &check->lines, error);
    case FM_GEOMETRY_POLYGON:
    case FM_GEOMETRY_MULTIPOLYGON:
        return use_areas(check, info->name, error);
    default:
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--against %s: the layer needs points, lines or areas, and no mixture",
                    info->name);
        return FALSE;
    }
}

static gboolean choose_references(Check *check, GError **error)
{
    if (check->options->against && !use_against(check, error))
        return FALSE;
    const FmLayerInfo *areas = choose_areas(check->infos);
    if (!check->areas && areas && !use_areas(check, areas->name, error))
        return FALSE;
    const FmLayerInfo *lines = choose_lines(check->infos);
    if (!check->options->against && lines && !use_lines(check, lines->name, &check->lines, error))
        return FALSE;
    check->report->areas = check->areas ? g_strdup(check->areas->name) : NULL;
    const FmLineSet *known = check->points ? check->points : check->lines;
    check->report->lines = known ? g_strdup(known->name) : NULL;
    return TRUE;
}

/* ---- one layer -------------------------------------------------------------------------- */

static void count_rows(FmLayerCheck *result, const FmLayer *layer)
{
    gsize capacity = fm_table_find_column(layer->table, "capacity");
    result->n_rows = layer->n;
    result->n_located = layer->n_located;
    result->has_capacity = capacity != FM_COLUMN_NONE;
    for (gsize row = 0; result->has_capacity && row < layer->n; row++)
        result->n_without_capacity += fm_table_is_null(layer->table, capacity, row) ? 1 : 0;
}

static gboolean is_called(const char *name, const char *other)
{
    return other && strcmp(name, other) == 0;
}

/* The references for a layer: not itself, and what --against names before what was chosen. */
static FmReferences references_for(const Check *check, const char *name)
{
    const char *against = check->options->against;
    FmReferences references = {check->areas, check->lines, check->points};
    if (check->areas && is_called(name, check->areas->name))
        references.areas = NULL;
    if (check->lines && is_called(name, check->lines->name))
        references.lines = NULL;
    if (check->points && is_called(name, check->points->name))
        references.points = NULL;
    if (against && references.areas && !is_called(references.areas->name, against))
        references.areas = NULL;
    return references;
}

static void judge_system(const Check *check, FmLayerCheck *result, FmLayer *layer,
                         const FmSystems *systems)
{
    const FmReferences references = references_for(check, layer->name);
    gboolean is_reference =
        !check->options->against && check->lines && is_called(layer->name, check->lines->name);
    result->loaded_as = result->system = systems->loaded_as;
    result->verdict = FM_VERDICT_CANNOT_TELL;
    if (layer->n_located == 0)
        result->why = g_strdup("not judged: no row has a position");
    else if (!systems->in_area && !systems->metric)
        result->why = g_strdup("not judged: GCJ-02 and BD-09 are used in China only");
    else if (is_reference)
        result->why = g_strdup("not judged: the other layers are measured against it");
    if (result->why)
        return;
    fm_datum_judge(result, layer, systems, &references, check->report->findings);
    if (result->verdict != FM_VERDICT_OTHER)
        return;
    /* The rows are judged where they would lie, or every one of them would be wrong. */
    for (gsize row = 0; row < layer->n; row++)
        if (fm_position_is_set(layer->positions[row]))
            layer->tested[row] =
                fm_systems_position(systems, result->system, layer->positions[row]);
}

static void check_rows(const Check *check, const FmLayer *layer, const FmSystems *systems,
                       const FmCheckThresholds *limits)
{
    GPtrArray *findings = check->report->findings;
    const FmAreaSet *areas = check->areas;
    if (areas && is_called(layer->name, areas->name))
        areas = NULL;
    g_auto(FmStated) stated = {.column = FM_COLUMN_NONE};
    if (areas && layer->dimension == 0)
        fm_stated_find(areas, layer, &stated);
    if (layer->dimension == 0)
        fm_check_places(layer, areas, &stated, systems, limits, findings);
    fm_check_duplicates(layer, limits, findings);
    fm_check_values(layer, limits, findings);
}

static gboolean check_layer(Check *check, const FmLayerInfo *info, const FmProgress *progress,
                            GError **error)
{
    g_autoptr(FmTable) table =
        fm_workspace_read(check->workspace, info->name, NULL, progress, error);
    if (!table)
        return FALSE;
    g_autoptr(FmLayer) layer = fm_check_layer_new(info->name, table);
    FmLayerCheck *result = g_new0(FmLayerCheck, 1);
    g_ptr_array_add(check->report->layers, result);
    result->layer = g_strdup(info->name);
    result->declared = fm_declared_crs(check->runs, info);
    count_rows(result, layer);
    g_auto(FmSystems) systems = {0};
    if (!fm_systems_init(&systems, result->declared, layer->middle, error))
        return FALSE;
    FmCheckThresholds limits = fm_check_defaults(&check->options->thresholds);
    if (!limits.date)
        limits.date = check->date;
    g_autofree char *loaded = info->loaded_at ? g_strndup(info->loaded_at, 10) : NULL;
    if (!limits.date)
        limits.date = loaded;
    guint before = check->report->findings->len;
    judge_system(check, result, layer, &systems);
    check_rows(check, layer, &systems, &limits);
    result->n_findings = check->report->findings->len - before;
    return TRUE;
}

/* ---- all of them ------------------------------------------------------------------------ */

static gint compare_findings(gconstpointer a, gconstpointer b)
{
    const FmFinding *x = *(const FmFinding *const *)a, *y = *(const FmFinding *const *)b;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

/* By layer in the order of checking, then the worst first; rows keep their order. */
static void sort_findings(FmCheckReport *report)
{
    gsize from = 0;
    for (guint i = 0; i < report->layers->len; i++) {
        const FmLayerCheck *layer = g_ptr_array_index(report->layers, i);
        g_autoptr(GPtrArray) part = g_ptr_array_new();
        for (gsize k = 0; k < layer->n_findings; k++)
            g_ptr_array_add(part, report->findings->pdata[from + k]);
        g_ptr_array_sort(part, compare_findings); /* stable */
        for (gsize k = 0; k < layer->n_findings; k++)
            report->findings->pdata[from + k] = part->pdata[k];
        from += layer->n_findings;
    }
}

/* The layers that were asked for, or all that are no results.  Elements belong to check->infos. */
static GPtrArray *choose_layers(const Check *check, GError **error)
{
    const char *const *names = check->options->layers;
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    for (guint i = 0; !names && i < check->infos->len; i++) {
        FmLayerInfo *info = g_ptr_array_index(check->infos, i);
        if (!is_result(info))
            g_ptr_array_add(chosen, info);
    }
    for (; names && *names; names++) {
        g_autoptr(FmLayerInfo) wanted = fm_workspace_layer(check->workspace, *names, error);
        if (!wanted)
            return NULL;
        for (guint i = 0; i < check->infos->len; i++) {
            FmLayerInfo *info = g_ptr_array_index(check->infos, i);
            if (strcmp(info->name, wanted->name) == 0 && !g_ptr_array_find(chosen, info, NULL))
                g_ptr_array_add(chosen, info);
        }
    }
    return g_steal_pointer(&chosen);
}

static gboolean open_check(Check *check, GError **error)
{
    const char *date = check->options->thresholds.date;
    gint64 days = 0;
    g_autoptr(GError) failure = NULL;
    if (date && !fm_date_parse(date, FM_DATE_LAST_DAY, &days, error))
        return FALSE;
    check->report = fm_check_report_new();
    check->infos = fm_workspace_layers(check->workspace, error);
    check->runs = check->infos ? fm_workspace_runs(check->workspace, error) : NULL;
    if (!check->runs)
        return FALSE;
    check->date = fm_workspace_get(check->workspace, "dataset_date", &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return choose_references(check, error);
}

FmCheckReport *fm_check(FmWorkspace *workspace, const FmCheckOptions *options,
                        const FmProgress *progress, GError **error)
{
    const FmCheckOptions none = {0};
    g_auto(Check) check = {.workspace = workspace, .options = options ? options : &none};
    if (!open_check(&check, error))
        return NULL;
    g_autoptr(GPtrArray) chosen = choose_layers(&check, error);
    if (!chosen)
        return NULL;
    for (guint i = 0; i < chosen->len; i++) {
        FmProgress slice =
            fm_progress_slice(progress, i / (double)chosen->len, (i + 1) / (double)chosen->len);
        if (!fm_progress_report(&slice, 0, "checking", error) ||
            !check_layer(&check, g_ptr_array_index(chosen, i), &slice, error))
            return NULL;
    }
    sort_findings(check.report);
    check.report->parameters = fm_check_parameters(check.options, check.report);
    return g_steal_pointer(&check.report);
}

GPtrArray *fm_check_table(const FmTable *table, const char *name,
                          const FmCheckThresholds *thresholds)
{
    FmCheckThresholds limits = fm_check_defaults(thresholds);
    g_autoptr(FmLayer) layer = fm_check_layer_new(name, table);
    const FmSystems systems = {.loaded_as = FM_SYSTEM_WGS84};
    GPtrArray *findings = fm_findings_new();
    if (layer->dimension == 0)
        fm_check_places(layer, NULL, NULL, &systems, &limits, findings);
    fm_check_duplicates(layer, &limits, findings);
    fm_check_values(layer, &limits, findings);
    return findings;
}
