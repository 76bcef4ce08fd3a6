/* Reading, checking and projecting the layers of a page. */
#include "layers.h"

#include <facmap/theme.h>

#include <string.h>

struct FmMapLayers {
    GHashTable *by_name; /* char* -> FmMapLayer* */
    GPtrArray *names;    /* keys, sorted */
    GHashTable *results; /* name in the document -> name in the workspace */
    GHashTable *derived; /* style layer's id -> Derived* */
};

/* Shapes of a style layer's own. */
typedef struct {
    FmShape **shapes;
    gsize n;
} Derived;

static void derived_free(gpointer data)
{
    Derived *derived = data;
    fm__shapes_free(derived->shapes, derived->n);
    g_free(derived);
}

static void map_layer_free(gpointer data)
{
    FmMapLayer *layer = data;
    fm__shapes_free(layer->shapes, fm_table_n_rows(layer->table));
    g_free(layer->of_area);
    g_free(layer->hidden);
    if (!layer->borrowed) {
        fm_table_free(layer->table);
        fm_layer_info_free(layer->info);
    }
    g_free(layer);
}

void fm__map_layers_free(FmMapLayers *layers)
{
    if (!layers)
        return;
    g_ptr_array_unref(layers->names);
    g_hash_table_unref(layers->by_name);
    g_hash_table_unref(layers->results);
    g_hash_table_unref(layers->derived);
    g_free(layers);
}

const FmMapLayer *fm__map_layers_find(const FmMapLayers *layers, const char *name)
{
    return g_hash_table_lookup(layers->by_name, name);
}

FmMapLayer *fm__map_layers_edit(FmMapLayers *layers, const char *name)
{
    return g_hash_table_lookup(layers->by_name, name);
}

const GPtrArray *fm__map_layers_names(const FmMapLayers *layers)
{
    return layers->names;
}

/* ---- which layers ----------------------------------------------------------------------- */

static gboolean parse_results(GHashTable *results, const char *text, GError **error)
{
    g_auto(GStrv) pairs = g_strsplit(text ? text : "", ",", -1);
    for (char **pair = pairs; *pair; pair++) {
        char *equals = strchr(*pair, '=');
        if (!equals || equals == *pair || equals[1] == '\0') {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "--use '%s': write document_layer=workspace_layer, separated by commas",
                        text);
            return FALSE;
        }
        g_hash_table_insert(results, g_strndup(*pair, (gsize)(equals - *pair)),
                            g_strdup(equals + 1));
    }
    return TRUE;
}

static void add_names(GPtrArray *to, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(to, names->pdata[i]);
}

/* Names the document uses -> whether every style layer that uses it says it may be absent. */
static GHashTable *collect_names(const FmStyle *style, const FmPage *page)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *layer = fm_style_layer(style, i);
        const char *name = fm_style_layer_source_layer(layer);
        if (!name)
            continue;
        gpointer optional = GINT_TO_POINTER(TRUE);
        if (g_hash_table_contains(names, name))
            optional = g_hash_table_lookup(names, name);
        gboolean both = GPOINTER_TO_INT(optional) && fm_page_layer_is_optional(layer);
        g_hash_table_insert(names, g_strdup(name), GINT_TO_POINTER(both));
    }
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    g_autoptr(GPtrArray) all_dots = g_ptr_array_new_with_free_func((GDestroyNotify)fm_dots_free);
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        FmDots *dots = fm_dots_new(style, fm_style_layer(style, i));
        for (guint j = 0; dots && j < dots->within->len; j++)
            g_ptr_array_add(others, dots->within->pdata[j]);
        for (guint j = 0; dots && j < dots->avoid->len; j++)
            g_ptr_array_add(others, dots->avoid->pdata[j]);
        if (dots)
            g_ptr_array_add(all_dots, dots);
    }
    for (guint i = 0; i < page->values->len; i++)
        g_ptr_array_add(others, ((FmPageValue *)page->values->pdata[i])->layer);
    for (guint i = 0; i < page->charts->len; i++)
        g_ptr_array_add(others, ((FmPageChart *)page->charts->pdata[i])->layer);
    for (guint i = 0; i < page->tables->len; i++)
        g_ptr_array_add(others, ((FmPageTable *)page->tables->pdata[i])->layer);
    if (page->locator_layer)
        g_ptr_array_add(others, page->locator_layer);
    if (page->atlas)
        g_ptr_array_add(others, page->atlas->layer);
    for (guint i = 0; i < page->extent_layers->len; i++)
        g_ptr_array_add(others, page->extent_layers->pdata[i]);
    for (guint i = 0; i < page->insets->len; i++)
        add_names(others, ((FmPageInset *)page->insets->pdata[i])->layers);
    if (page->multiples)
        add_names(others, page->multiples->layers);
    for (guint i = 0; page->maps && i < page->maps->frames->len; i++)
        add_names(others, ((FmPageFrame *)page->maps->frames->pdata[i])->extent_layers);
    for (guint i = 0; i < others->len; i++)
        if (!g_hash_table_contains(names, others->pdata[i]))
            g_hash_table_insert(names, g_strdup(others->pdata[i]), GINT_TO_POINTER(FALSE));
    return names;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* ---- reading ---------------------------------------------------------------------------- */

static gboolean read_layer(FmMapLayers *layers, FmWorkspace *workspace, const char *name,
                           gboolean optional, const FmProgress *progress, GError **error)
{
    const char *stored = g_hash_table_lookup(layers->results, name);
    g_autoptr(GError) cause = NULL;
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, stored ? stored : name, &cause);
    if (!info) {
        if (optional && !stored && g_error_matches(cause, FM_ERROR, FM_ERROR_NOT_FOUND))
            return TRUE;
        g_propagate_prefixed_error(error, g_steal_pointer(&cause), "layer '%s' of the map: ", name);
        return FALSE;
    }
    g_autoptr(FmTable) table =
        fm_workspace_read(workspace, stored ? stored : name, NULL, progress, error);
    if (!table)
        return FALSE;
    FmMapLayer *layer = g_new0(FmMapLayer, 1);
    layer->info = g_steal_pointer(&info);
    layer->table = g_steal_pointer(&table);
    g_hash_table_insert(layers->by_name, g_strdup(name), layer);
    return TRUE;
}

/* For fm_style_check_sources: what is still absent now may be absent. */
static gboolean has_layer(const char *source_layer, void *user)
{
    (void)source_layer;
    (void)user;
    return TRUE;
}

/* The columns that facility layers share: a list that has none of them, such as one without a
 * status, is drawn as if the column were empty.  Any other name may be a slip. */
static gboolean is_shared(const char *field)
{
    static const char *const shared[] = {"name_zh",         "name_en", "category",
                                         "status",          "opens",   "closes",
                                         "capacity",        "source",  "position_accuracy_m",
                                         "position_method", NULL};
    return g_strv_contains(shared, field);
}

static gboolean has_field(const char *source_layer, const char *field, void *user)
{
    const FmMapLayer *layer = fm__map_layers_find(user, source_layer);
    return !layer || is_shared(field) ||
           fm_table_find_column(layer->table, field) != FM_COLUMN_NONE;
}

static gboolean check_expression(const FmMapLayers *layers, const char *where, const char *name,
                                 const FmPageExpression *expression, GError **error)
{
    const FmMapLayer *layer = fm__map_layers_find(layers, name);
    if (!layer || !expression)
        return TRUE;
    const char *const *fields = fm_page_expression_fields(expression);
    for (gsize i = 0; fields[i]; i++)
        if (fm_table_find_column(layer->table, fields[i]) == FM_COLUMN_NONE) {
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "%s: layer '%s' has no field '%s'",
                        where, name, fields[i]);
            return FALSE;
        }
    return TRUE;
}

static gboolean check_chart(const FmMapLayers *layers, const FmPageChart *chart, GError **error)
{
    const char *where = "metadata.facmap:chart";
    for (guint i = 0; i < chart->series->len; i++) {
        const FmPageSeries *series = chart->series->pdata[i];
        if (!check_expression(layers, where, chart->layer, series->value, error))
            return FALSE;
    }
    return check_expression(layers, where, chart->layer, chart->filter, error) &&
           check_expression(layers, where, chart->layer, chart->label_en, error) &&
           check_expression(layers, where, chart->layer, chart->label_zh, error);
}

static gboolean check_table(const FmMapLayers *layers, const FmPageTable *table, GError **error)
{
    const char *where = "metadata.facmap:table";
    for (guint i = 0; i < table->columns->len; i++) {
        const FmPageColumn *column = table->columns->pdata[i];
        if (!check_expression(layers, where, table->layer, column->value, error) ||
            !check_expression(layers, where, table->layer, column->text_en, error) ||
            !check_expression(layers, where, table->layer, column->text_zh, error))
            return FALSE;
    }
    return check_expression(layers, where, table->layer, table->filter, error);
}

/* The page's own expressions read fields too. */
static gboolean check_page(const FmMapLayers *layers, const FmPage *page, GError **error)
{
    for (guint i = 0; i < page->values->len; i++) {
        const FmPageValue *value = page->values->pdata[i];
        g_autofree char *where = g_strdup_printf("metadata.facmap:values.%s", value->name);
        if (!check_expression(layers, where, value->layer, value->filter, error) ||
            !check_expression(layers, where, value->layer, value->value, error))
            return FALSE;
    }
    const FmPageMultiples *multiples = page->multiples;
    for (guint i = 0; multiples && i < multiples->layers->len; i++)
        if (!check_expression(layers, "metadata.facmap:multiples.by", multiples->layers->pdata[i],
                              multiples->by, error))
            return FALSE;
    const FmPageAtlas *atlas = page->atlas;
    if (atlas &&
        !check_expression(layers, "metadata.facmap:atlas", atlas->layer, atlas->filter, error))
        return FALSE;
    for (guint i = 0; i < page->charts->len; i++)
        if (!check_chart(layers, page->charts->pdata[i], error))
            return FALSE;
    for (guint i = 0; i < page->tables->len; i++)
        if (!check_table(layers, page->tables->pdata[i], error))
            return FALSE;
    return TRUE;
}

FmMapLayers *fm__map_layers_new(FmWorkspace *workspace, const FmStyle *style, const FmPage *page,
                                const char *results, const FmProgress *progress, GError **error)
{
    g_autoptr(FmMapLayers) layers = g_new0(FmMapLayers, 1);
    layers->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, map_layer_free);
    layers->results = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    layers->derived = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, derived_free);
    layers->names = g_ptr_array_new_with_free_func(g_free);
    if (!parse_results(layers->results, results, error))
        return NULL;
    g_autoptr(GHashTable) wanted = collect_names(style, page);
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, wanted);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(layers->names, g_strdup(name));
    g_ptr_array_sort(layers->names, compare_names);

    for (guint i = 0; i < layers->names->len; i++) {
        name = layers->names->pdata[i];
        gboolean optional = GPOINTER_TO_INT(g_hash_table_lookup(wanted, name));
        FmProgress part = fm_progress_slice(progress, i / (double)layers->names->len,
                                            (i + 1) / (double)layers->names->len);
        if (!read_layer(layers, workspace, name, optional, &part, error))
            return NULL;
    }
    g_hash_table_iter_init(&iter, layers->results);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (!fm__map_layers_find(layers, name)) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--use: the map has no layer '%s'",
                        (const char *)name);
            return NULL;
        }
    if (!fm_style_check_sources(style, has_layer, has_field, layers, error) ||
        !check_page(layers, page, error))
        return NULL;
    return g_steal_pointer(&layers);
}

FmMapLayers *fm__map_layers_view(const FmMapLayers *layers)
{
    FmMapLayers *view = g_new0(FmMapLayers, 1);
    view->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, map_layer_free);
    view->results = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    view->derived = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, derived_free);
    view->names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < layers->names->len; i++) {
        const char *name = layers->names->pdata[i];
        const FmMapLayer *layer = fm__map_layers_find(layers, name);
        g_ptr_array_add(view->names, g_strdup(name));
        if (!layer)
            continue;
        FmMapLayer *copy = g_new0(FmMapLayer, 1);
        *copy = (FmMapLayer){.info = layer->info, .table = layer->table, .borrowed = TRUE};
        g_hash_table_insert(view->by_name, g_strdup(name), copy);
    }
    return view;
}

static const FmTable *find_table(const char *source_layer, void *user)
{
    const FmMapLayer *layer = fm__map_layers_find(user, source_layer);
    return layer ? layer->table : NULL;
}

FmStyle *fm__map_layers_classed(FmMapLayers *layers, const FmStyle *style, GError **error)
{
    g_autoptr(FmStyle) classed = fm_style_with_classes(style, find_table, layers, error);
    if (!classed || !fm_style_check_sources(classed, has_layer, has_field, layers, error))
        return NULL;
    return g_steal_pointer(&classed);
}

/* ---- projecting ------------------------------------------------------------------------- */

#define EVERYTHING_PX 1e9 /* beyond any page, and yet exact to a fraction of a pixel */

typedef struct {
    FmMapLayer *layer;
    const FmFrame *frame;
    const FmPageRect *clip;
    const FmCrs *wgs84;
    FmTransform **transforms; /* one a worker, made when it is first needed; 0 is the frame's */
    guint n_transforms;
} ProjectJob;

static void project_job_clear(ProjectJob *job)
{
    for (guint i = 1; i < job->n_transforms; i++)
        fm_transform_free(job->transforms[i]);
    g_free(job->transforms);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ProjectJob, project_job_clear)

static gboolean project_rows(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    const ProjectJob *job = user;
    if (!job->transforms[worker])
        job->transforms[worker] = fm_transform_new(job->wgs84, job->frame->crs, error);
    const FmTransform *transform = job->transforms[worker];
    if (!transform)
        return FALSE;
    for (gsize row = begin; row < end; row++) {
        const FmGeometry *geometry = fm_table_geometry(job->layer->table, row);
        if (!geometry || (job->layer->hidden && job->layer->hidden[row]))
            continue;
        job->layer->shapes[row] = fm__shape_new(job->frame, transform, geometry, job->clip, error);
        if (!job->layer->shapes[row]) {
            g_prefix_error(error, "layer '%s', row %" G_GSIZE_FORMAT ": ", job->layer->info->name,
                           row + 1);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm__map_layers_project(FmMapLayers *layers, const FmFrame *frame, const FmPageRect *clip,
                                guint n_threads, const FmProgress *progress, GError **error)
{
    const gsize grain = 256;
    const FmPageRect everything = {-EVERYTHING_PX, -EVERYTHING_PX, 2 * EVERYTHING_PX,
                                   2 * EVERYTHING_PX};
    if (n_threads == 0)
        n_threads = fm_parallel_default_threads();
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", error);
    if (!wgs84)
        return FALSE;
    g_auto(ProjectJob) job = {.frame = frame, .wgs84 = wgs84, .n_transforms = n_threads};
    job.transforms = g_new0(FmTransform *, n_threads);
    job.transforms[0] = frame->forward; /* worker 0 is this thread, which made the frame */
    for (guint i = 0; i < layers->names->len; i++) {
        FmMapLayer *layer = g_hash_table_lookup(layers->by_name, layers->names->pdata[i]);
        if (!layer)
            continue;
        gsize n = fm_table_n_rows(layer->table);
        layer->shapes = g_new0(FmShape *, MAX(n, 1));
        job.layer = layer;
        job.clip = layer->whole ? &everything : clip;
        FmProgress part = fm_progress_slice(progress, i / (double)layers->names->len,
                                            (i + 1) / (double)layers->names->len);
        if (!fm_parallel_for(n, grain, n_threads, project_rows, &job, &part, "projecting", error))
            return FALSE;
    }
    return TRUE;
}

/* ---- shapes of a style layer's own ------------------------------------------------------ */

void fm__map_layers_set_shapes(FmMapLayers *layers, const FmStyleLayer *style_layer,
                               FmShape **shapes, gsize n)
{
    Derived *derived = g_new(Derived, 1);
    *derived = (Derived){shapes, n};
    g_hash_table_insert(layers->derived, g_strdup(fm_style_layer_id(style_layer)), derived);
}

FmShape *const *fm__map_layers_shapes(const FmMapLayers *layers, const FmStyleLayer *style_layer)
{
    const Derived *derived = g_hash_table_lookup(layers->derived, fm_style_layer_id(style_layer));
    if (derived)
        return derived->shapes;
    return fm__map_layers_find(layers, fm_style_layer_source_layer(style_layer))->shapes;
}

/* ---- what a style layer draws ----------------------------------------------------------- */

typedef struct {
    double key;
    gsize row;
} SortedRow;

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const SortedRow *p = a, *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

gboolean fm__map_layer_accepts(const FmMapLayer *layer, const FmStyleLayer *style_layer,
                               const FmStyleContext *context)
{
    if (layer->hidden && layer->hidden[context->row])
        return FALSE;
    if (layer->of_area) {
        FmPageArea part = fm_page_layer_area(style_layer);
        gboolean inside = layer->of_area[context->row] != 0;
        if ((part == FM_PAGE_AREA_INSIDE && !inside) || (part == FM_PAGE_AREA_OUTSIDE && inside))
            return FALSE;
    }
    return fm_style_layer_accepts(style_layer, context);
}

GArray *fm__map_layer_rows(const FmMapLayer *layer, const FmStyleLayer *style_layer,
                           FmStyleProperty sort_key, double zoom)
{
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(SortedRow));
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        const FmShape *shape = layer->shapes[row];
        if (!shape || shape->n_paths == 0)
            continue;
        FmStyleContext context = {layer->table, row, zoom, NULL};
        if (!fm__map_layer_accepts(layer, style_layer, &context))
            continue;
        SortedRow entry = {0, row};
        if (sort_key != FM_N_PROPS)
            entry.key = fm_style_layer_number(style_layer, sort_key, &context);
        g_array_append_val(sorted, entry);
    }
    if (sort_key != FM_N_PROPS)
        g_array_sort(sorted, compare_rows);
    GArray *rows = g_array_sized_new(FALSE, FALSE, sizeof(gsize), sorted->len);
    for (guint i = 0; i < sorted->len; i++)
        g_array_append_val(rows, g_array_index(sorted, SortedRow, i).row);
    return rows;
}
