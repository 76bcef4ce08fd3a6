/* Reading and holding the layers of a page, and which rows of them a style layer draws. */
#include "layer-needs.h"

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

/* Of the layers from `from` on, those that are not there either: appended to "has no layer", so
 * that nobody learns of them one by one. */
static void add_missing(const FmMapLayers *layers, FmWorkspace *workspace, GHashTable *wanted,
                        guint from, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    if (!error || !g_error_matches(*error, FM_ERROR, FM_ERROR_NOT_FOUND))
        return;
    for (guint i = from; i < layers->names->len; i++) {
        const char *name = layers->names->pdata[i];
        const char *stored = g_hash_table_lookup(layers->results, name);
        gboolean optional = GPOINTER_TO_INT(g_hash_table_lookup(wanted, name));
        if (optional && !stored)
            continue;
        g_autoptr(GError) cause = NULL;
        g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, stored ? stored : name, &cause);
        if (g_error_matches(cause, FM_ERROR, FM_ERROR_NOT_FOUND))
            g_string_append_printf(list, "%s'%s'", list->len > 0 ? ", " : "",
                                   stored ? stored : name);
    }
    if (list->len == 0)
        return;
    char *message =
        g_strdup_printf("%s; it also lacks %s, which the map draws", (*error)->message, list->str);
    g_free((*error)->message);
    (*error)->message = message;
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
    g_autoptr(GHashTable) wanted = fm__layer_needs(style, page);
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
        if (!read_layer(layers, workspace, name, optional, &part, error)) {
            add_missing(layers, workspace, wanted, i + 1, error);
            return NULL;
        }
    }
    g_hash_table_iter_init(&iter, layers->results);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (!fm__map_layers_find(layers, name)) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "--use: the map has no layer '%s'",
                        (const char *)name);
            return NULL;
        }
    if (!fm__layer_needs_check_style(layers, style, error) ||
        !fm__layer_needs_check_page(layers, page, error))
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
    if (!classed || !fm__layer_needs_check_style(layers, classed, error))
        return NULL;
    return g_steal_pointer(&classed);
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
    const gsize n_rows = fm_table_n_rows(layer->table);
    const gboolean sorts =
        sort_key != FM_N_PROPS && !fm_style_layer_is_constant(style_layer, sort_key);
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(SortedRow));
    GArray *rows = g_array_sized_new(FALSE, FALSE, sizeof(gsize), (guint)n_rows);
    for (gsize row = 0; row < n_rows; row++) {
        const FmShape *shape = layer->shapes[row];
        if (!shape || shape->n_paths == 0)
            continue;
        FmStyleContext context = {layer->table, row, zoom, NULL};
        if (!fm__map_layer_accepts(layer, style_layer, &context))
            continue;
        if (sorts) {
            SortedRow entry = {fm_style_layer_number(style_layer, sort_key, &context), row};
            g_array_append_val(sorted, entry);
        } else {
            g_array_append_val(rows, row);
        }
    }
    g_array_sort(sorted, compare_rows);
    for (guint i = 0; i < sorted->len; i++)
        g_array_append_val(rows, g_array_index(sorted, SortedRow, i).row);
    return rows;
}
