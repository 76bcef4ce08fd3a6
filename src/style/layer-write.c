/* JSON of a layer: filters, legends and the layer for features without a value. */
#include "layer-write.h"

#include "filter.h"

#include <math.h>

#define LEGEND "facmap:legend"
#define NO_DATA_COLOR "#BDB8B0"
#define NO_DATA_PATTERN "hatch-no-data"

JsonNode *fm__layer_json(const char *text)
{
    JsonNode *node = fm__json_parse(text, NULL);

    g_assert(node != NULL);
    return node;
}

char *fm__layer_quote(const char *text)
{
    g_autoptr(JsonNode) node = json_node_init_string(json_node_alloc(), text);

    return fm__json_to_text(node);
}

char *fm__layer_words(const FmPageText *text)
{
    g_autofree char *en = fm__layer_quote(text->en != NULL ? text->en : text->zh);
    g_autofree char *zh = fm__layer_quote(text->zh != NULL ? text->zh : text->en);

    return g_strdup_printf("{\"en\": %s, \"zh\": %s}", en, zh);
}

char *fm__layer_hex(FmColor color)
{
    return g_strdup_printf("\"#%02x%02x%02x\"", (guint)lround(color.r * 255),
                           (guint)lround(color.g * 255), (guint)lround(color.b * 255));
}

JsonObject *fm__layer_member(JsonObject *object, const char *name)
{
    if (!json_object_has_member(object, name)) {
        json_object_set_object_member(object, name, json_object_new());
    }
    return json_object_get_object_member(object, name);
}

void fm__layer_add_filter(JsonObject *layer, const char *condition)
{
    JsonNode *own = json_object_get_member(layer, "filter");
    g_autofree char *own_text = own != NULL ? fm__json_to_text(own) : g_strdup("true");
    g_autofree char *text = g_strdup_printf("[\"all\", %s, %s]", own_text, condition);

    json_object_set_member(layer, "filter", fm__layer_json(text));
}

void fm__layer_add_legend(JsonObject *metadata, JsonArray *entries)
{
    JsonNode *own = json_object_get_member(metadata, LEGEND);
    JsonArray *all = json_array_new();

    for (guint i = 0; i < json_array_get_length(entries); i++) {
        json_array_add_element(all, json_node_copy(json_array_get_element(entries, i)));
    }
    if (own != NULL && JSON_NODE_HOLDS_ARRAY(own)) {
        JsonArray *array = json_node_get_array(own);
        for (guint i = 0; i < json_array_get_length(array); i++) {
            json_array_add_element(all, json_node_copy(json_array_get_element(array, i)));
        }
    } else if (own != NULL && JSON_NODE_HOLDS_OBJECT(own)) {
        json_array_add_element(all, json_node_copy(own));
    }
    json_object_set_array_member(metadata, LEGEND, all);
}

char *fm__layer_is_number(const char *value, gboolean is)
{
    return g_strdup_printf("[\"%s\", [\"typeof\", %s], \"number\"]", is ? "==" : "!=", value);
}

JsonNode *fm__layer_no_data(JsonNode *original, FmStyleLayerType type, const char *condition,
                            const char *key, const char *property, JsonNode *legend)
{
    g_autofree char *text = fm__json_to_text(original);
    JsonNode *node = fm__layer_json(text);
    JsonObject *layer = json_node_get_object(node), *metadata = fm__layer_member(layer, "metadata");
    g_autofree char *id = g_strconcat(json_object_get_string_member(layer, "id"), "-no-data", NULL);

    json_object_set_string_member(layer, "id", id);
    fm__layer_add_filter(layer, condition);
    json_object_remove_member(metadata, key);
    json_object_set_member(metadata, LEGEND, legend);
    if (type == FM_STYLE_FILL) {
        json_object_set_object_member(layer, "paint", json_object_new());
        json_object_set_string_member(fm__layer_member(layer, "paint"), "fill-pattern",
                                      NO_DATA_PATTERN);
    } else {
        json_object_set_string_member(fm__layer_member(layer, "paint"), property, NO_DATA_COLOR);
    }
    return node;
}

double *fm__layer_values(const FmStyleLayer *layer, const FmTable *table,
                         const FmPageExpression *value, gsize *n_missing, gsize *missing)
{
    gsize n = fm_table_n_rows(table);
    double *values = g_new(double, MAX(n, 1));

    *n_missing = 0;
    for (gsize row = 0; row < n; row++) {
        FmStyleContext context = {.table = table, .row = row};
        gboolean drawn = fm_style_layer_accepts(layer, &context);
        double found = drawn ? fm_page_expression_number(value, &context) : (double)NAN;
        values[row] = isfinite(found) ? found : (double)NAN;
        if (drawn && !isfinite(found) && (*n_missing)++ == 0) {
            *missing = row;
        }
    }
    return values;
}

gboolean fm__layer_check_filter(const FmStyle *style, const char *id, JsonObject *layer,
                                const char *key, GError **error)
{
    JsonNode *filter = json_object_get_member(layer, "filter");

    if (filter == NULL || fm__filter_is_expression(filter)) {
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_UNSUPPORTED,
                "%s: layer '%s': filter: a layer with %s needs its filter as an expression",
                fm_style_name(style), id, key);
    return FALSE;
}
