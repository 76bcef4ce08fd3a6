/* The legend of a map document: entries stand in the metadata of the style layers that draw them.
 */
#include "page-legend-scale.h"

static gint compare_layers(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(a, b);
}

void fm__page_legend_entry_free(gpointer data)
{
    FmPageLegendEntry *entry = data;
    if (!entry)
        return;
    g_free(entry->group);
    fm__page_text_clear(&entry->label);
    g_free(entry->layers);
    fm__page_expression_free(entry->filter);
    fm_table_free(entry->sample);
    fm__page_legend_scale_clear(entry);
    g_free(entry);
}

/* One row of the sample's properties, typed by their JSON. */
static FmTable *read_sample(FmPageReader *reader, JsonNode *node, const char *path)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_ANY);
    fm_table_append_row(table);
    if (!node)
        return table;
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'sample' must be an object of properties");
        return table;
    }
    JsonObject *object = json_node_get_object(node);
    g_autoptr(GList) members = g_list_sort(json_object_get_members(object), compare_layers);
    for (const GList *member = members; member; member = member->next) {
        JsonNode *value = json_object_get_member(object, member->data);
        GType type = JSON_NODE_HOLDS_VALUE(value) ? json_node_get_value_type(value) : G_TYPE_NONE;
        if (fm_table_find_column(table, member->data) != FM_COLUMN_NONE) {
            fm__page_fail(reader, path, FM_ERROR_PARSE, "'sample' names '%s' twice",
                          (const char *)member->data);
        } else if (type == G_TYPE_STRING) {
            gsize column = fm_table_add_column(table, member->data, FM_COLUMN_TEXT);
            fm_table_set_text(table, column, 0, json_node_get_string(value));
        } else if (type == G_TYPE_INT64) {
            gsize column = fm_table_add_column(table, member->data, FM_COLUMN_INTEGER);
            fm_table_set_integer(table, column, 0, json_node_get_int(value));
        } else if (type == G_TYPE_DOUBLE) {
            gsize column = fm_table_add_column(table, member->data, FM_COLUMN_REAL);
            fm_table_set_real(table, column, 0, json_node_get_double(value));
        } else {
            fm__page_fail(reader, path, FM_ERROR_PARSE, "'sample.%s' must be a string or a number",
                          (const char *)member->data);
        }
    }
    return table;
}

/* The layer itself and those named in `with`, in drawing order. */
static void read_layers(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *with,
                        const char *path, FmPageLegendEntry *entry)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    if (with)
        fm__page_strings(reader, with, path, ids);
    for (guint i = 0; i < ids->len; i++)
        if (!fm_style_find_layer(reader->style, ids->pdata[i]))
            fm__page_fail(reader, path, FM_ERROR_PARSE, "'with' names no layer: '%s'",
                          (const char *)ids->pdata[i]);
    entry->layer = layer;
    entry->layers = g_new0(const FmStyleLayer *, ids->len + 1);
    for (gsize i = 0; i < fm_style_n_layers(reader->style); i++) {
        const FmStyleLayer *other = fm_style_layer(reader->style, i);
        gboolean named =
            g_ptr_array_find_with_equal_func(ids, fm_style_layer_id(other), g_str_equal, NULL);
        if (other == layer || named)
            entry->layers[entry->n_layers++] = other;
    }
}

static void read_entry(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                       const char *path, GPtrArray *out)
{
    static const char *const keys[] = {"group", "label",      "filter",  "sample",   "count",
                                       "with",  "keep-empty", "of_area", "modelled", NULL};
    gboolean has_scale = fm__page_legend_has_scale(reader, node);
    JsonObject *object =
        fm__page_object(reader, node, path, has_scale ? fm__page_legend_scale_keys() : keys);
    if (!object)
        return;
    FmPageLegendEntry *entry = g_new0(FmPageLegendEntry, 1);
    g_ptr_array_add(out, entry);
    entry->group = fm__page_required_string(reader, object, path, "group");
    g_autofree char *label_path = g_strconcat(path, ".label", NULL);
    if (has_scale)
        fm__page_legend_scale(reader, object, path, entry);
    else if (json_object_has_member(object, "label"))
        entry->label = fm__page_text(reader, json_object_get_member(object, "label"), label_path);
    else
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'label' is missing");
    entry->filter = fm__page_filter(reader, object, path, "filter");
    entry->sample = read_sample(reader, json_object_get_member(object, "sample"), path);
    entry->count = fm__page_boolean(reader, object, path, "count", FALSE);
    entry->of_area = fm__page_boolean(reader, object, path, "of_area", FALSE);
    entry->keep_empty = fm__page_boolean(reader, object, path, "keep-empty", FALSE);
    entry->modelled = fm__page_boolean(reader, object, path, "modelled", FALSE);
    read_layers(reader, layer, json_object_get_member(object, "with"), path, entry);
}

void fm__page_legend(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                     const char *path, GPtrArray *out)
{
    if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_BOOLEAN &&
        !json_node_get_boolean(node))
        return; /* explains itself: fm_page_layer_is_unlisted() */
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        read_entry(reader, layer, node, path, out);
        return;
    }
    JsonArray *array = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        g_autofree char *element = g_strdup_printf("%s[%u]", path, i);
        read_entry(reader, layer, json_array_get_element(array, i), element, out);
    }
}
