/* JSON text.  json-glib builds the document and escapes strings, but prints a double with 17 digits
 * ("0.10000000000000001"); a figure in a report should read as it was meant, so the numbers are
 * written here, in the shortest form that reads back to the same double. */
#include "analysis-internal.h"

#include <math.h>

static void append_node(GString *out, JsonNode *node);

static void append_object(GString *out, JsonObject *object)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *member;
    const char *separator = "";
    g_string_append_c(out, '{');
    json_object_iter_init_ordered(&iter, object);
    while (json_object_iter_next_ordered(&iter, &name, &member)) {
        g_autoptr(JsonNode) key = json_node_init_string(json_node_alloc(), name);
        g_string_append(out, separator);
        append_node(out, key);
        g_string_append_c(out, ':');
        append_node(out, member);
        separator = ",";
    }
    g_string_append_c(out, '}');
}

static void append_array(GString *out, JsonArray *array)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < json_array_get_length(array); i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        append_node(out, json_array_get_element(array, i));
    }
    g_string_append_c(out, ']');
}

static void append_node(GString *out, JsonNode *node)
{
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        append_object(out, json_node_get_object(node));
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        append_array(out, json_node_get_array(node));
    } else if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_DOUBLE) {
        g_autofree char *number = fm_format_double(json_node_get_double(node));
        g_string_append(out, number);
    } else {
        g_autofree char *scalar = json_to_string(node, FALSE);
        g_string_append(out, scalar);
    }
}

char *fm_json_to_text(JsonNode *node)
{
    GString *out = g_string_new(NULL);
    append_node(out, node);
    return g_string_free(out, FALSE);
}

char *fm_json_finish(JsonBuilder *builder)
{
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    return fm_json_to_text(root);
}

void fm_json_add_text(JsonBuilder *builder, const char *name, const char *value)
{
    json_builder_set_member_name(builder, name);
    if (value)
        json_builder_add_string_value(builder, value);
    else
        json_builder_add_null_value(builder);
}

void fm_json_add_count(JsonBuilder *builder, const char *name, gsize value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_int_value(builder, (gint64)value);
}

void fm_json_add_number(JsonBuilder *builder, const char *name, double value)
{
    json_builder_set_member_name(builder, name);
    if (isfinite(value))
        json_builder_add_double_value(builder, value);
    else
        json_builder_add_null_value(builder);
}

static void add_extent(JsonBuilder *builder, const FmExtent *extent)
{
    const double bounds[] = {extent->west_deg, extent->south_deg, extent->east_deg,
                             extent->north_deg};
    json_builder_set_member_name(builder, "extent");
    json_builder_begin_array(builder);
    for (gsize i = 0; i < G_N_ELEMENTS(bounds); i++)
        json_builder_add_double_value(builder, bounds[i]);
    json_builder_end_array(builder);
}

void fm_json_add_selection(JsonBuilder *builder, const char *name, const FmSelection *selection)
{
    const FmFilter *filter = &selection->filter;
    json_builder_set_member_name(builder, name);
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "layer", selection->layer);
    if (filter->where)
        fm_json_add_text(builder, "where", filter->where);
    if (filter->by_status) {
        json_builder_set_member_name(builder, "by_status");
        json_builder_add_boolean_value(builder, TRUE);
        fm_json_add_text(builder, "as_of", filter->as_of);
        json_builder_set_member_name(builder, "include_planned");
        json_builder_add_boolean_value(builder, filter->include_planned);
    }
    if (filter->extent)
        add_extent(builder, filter->extent);
    json_builder_end_object(builder);
}

void fm_json_add_features(JsonBuilder *builder, const char *name, const FmFeatures *features,
                          const FmWeights *weights)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "layer", features->info->name);
    fm_json_add_count(builder, "n", features->n);
    fm_json_add_count(builder, "n_unlocated", features->n_unlocated);
    if (weights) {
        fm_json_add_text(builder, "weight", weights->column);
        fm_json_add_number(builder, "people", weights->total);
    }
    json_builder_end_object(builder);
}

void fm_json_add_layers(JsonBuilder *builder, const FmResult *result)
{
    json_builder_set_member_name(builder, "layers");
    json_builder_begin_array(builder);
    for (guint i = 0; i < result->layers->len; i++) {
        const FmResultLayer *layer = g_ptr_array_index(result->layers, i);
        g_autofree char *name = g_strconcat(result->name, layer->suffix, NULL);
        json_builder_add_string_value(builder, name);
    }
    json_builder_end_array(builder);
}
