/* A document names layers in its style layers, its page and their dots, and fields in every
 * expression of them.  All are known before anything is drawn: a slip is an error and not a gap. */
#include "layer-needs.h"

#include <facmap/theme.h>

/* ---- layers ----------------------------------------------------------------------------- */

static void add_names(GPtrArray *to, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(to, names->pdata[i]);
}

/* Style layer by style layer: a name may be absent when all who use it say so. */
static void add_drawn(GHashTable *names, const FmStyle *style)
{
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
}

/* What the page computes with; borrowed from it. */
static void add_of_page(GPtrArray *names, const FmPage *page)
{
    for (guint i = 0; i < page->values->len; i++)
        g_ptr_array_add(names, ((FmPageValue *)page->values->pdata[i])->layer);
    for (guint i = 0; i < page->charts->len; i++)
        g_ptr_array_add(names, ((FmPageChart *)page->charts->pdata[i])->layer);
    for (guint i = 0; i < page->tables->len; i++)
        g_ptr_array_add(names, ((FmPageTable *)page->tables->pdata[i])->layer);
    if (page->locator_layer)
        g_ptr_array_add(names, page->locator_layer);
    if (page->atlas)
        g_ptr_array_add(names, page->atlas->layer);
    add_names(names, page->extent_layers);
    for (guint i = 0; i < page->insets->len; i++)
        add_names(names, ((FmPageInset *)page->insets->pdata[i])->layers);
    if (page->multiples)
        add_names(names, page->multiples->layers);
    for (guint i = 0; page->maps && i < page->maps->frames->len; i++)
        add_names(names, ((FmPageFrame *)page->maps->frames->pdata[i])->extent_layers);
}

GHashTable *fm__layer_needs(const FmStyle *style, const FmPage *page)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    add_drawn(names, style);
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    g_autoptr(GPtrArray) all_dots = g_ptr_array_new_with_free_func((GDestroyNotify)fm_dots_free);
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        FmDots *dots = fm_dots_new(style, fm_style_layer(style, i));
        if (!dots)
            continue;
        g_ptr_array_add(all_dots, dots);
        add_names(others, dots->within);
        add_names(others, dots->avoid);
    }
    add_of_page(others, page);
    for (guint i = 0; i < others->len; i++)
        if (!g_hash_table_contains(names, others->pdata[i]))
            g_hash_table_insert(names, g_strdup(others->pdata[i]), GINT_TO_POINTER(FALSE));
    return names;
}

/* ---- fields ----------------------------------------------------------------------------- */

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

gboolean fm__layer_needs_check_style(FmMapLayers *layers, const FmStyle *style, GError **error)
{
    return fm_style_check_sources(style, has_layer, has_field, layers, error);
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

gboolean fm__layer_needs_check_page(const FmMapLayers *layers, const FmPage *page, GError **error)
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
