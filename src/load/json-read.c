/* Strict reading of JSON objects, over json-glib. */
#include "json-read.h"

#include <string.h>

JsonParser *fm_json_parse(const char *text, gsize length, const char *file, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new_immutable();
    g_autoptr(GError) failure = NULL;

    g_autofree char *strict = fm_json_strict(text, (gssize)length, error);
    if (strict == NULL) {
        g_prefix_error(error, "%s: ", file);
        return NULL;
    }
    if (!json_parser_load_from_data(parser, strict, -1, &failure)) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s", file, failure->message);
        return NULL;
    }
    JsonNode *root = json_parser_get_root(parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root)) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: not a JSON object", file);
        return NULL;
    }
    return g_steal_pointer(&parser);
}

char *fm_json_path(const FmJson *json, const char *key)
{
    if (key == NULL) {
        return g_strdup(json->path);
    }
    return g_strconcat(json->path, *json->path != '\0' ? "." : "", key, NULL);
}

gboolean fm_json_fail(const FmJson *json, const char *key, GError **error, const char *format, ...)
{
    g_autofree char *path = fm_json_path(json, key);
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s%s%s", json->file, path,
                *path != '\0' ? ": " : "", what);
    return FALSE;
}

gboolean fm_json_check_keys(const FmJson *json, const char *const *known, GError **error)
{
    JsonObjectIter iter;
    const char *key;

    json_object_iter_init_ordered(&iter, json->object);
    while (json_object_iter_next_ordered(&iter, &key, NULL)) {
        if (!g_strv_contains(known, key)) {
            g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)known);
            return fm_json_fail(json, key, error, "unknown key; known are %s", list);
        }
    }
    return TRUE;
}

/* The member when it is there. */
static JsonNode *member(const FmJson *json, const char *key)
{
    return json_object_get_member(json->object, key);
}

static gboolean holds(JsonNode *node, GType type)
{
    return JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == type;
}

gboolean fm_json_take_string(const FmJson *json, const char *key, char **out, GError **error)
{
    JsonNode *node = member(json, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!holds(node, G_TYPE_STRING)) {
        return fm_json_fail(json, key, error, "not a string");
    }
    g_free(*out);
    *out = json_node_dup_string(node);
    return TRUE;
}

gboolean fm_json_take_number(const FmJson *json, const char *key, double *out, GError **error)
{
    JsonNode *node = member(json, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!holds(node, G_TYPE_INT64) && !holds(node, G_TYPE_DOUBLE)) {
        return fm_json_fail(json, key, error, "not a number");
    }
    *out = json_node_get_double(node);
    return TRUE;
}

gboolean fm_json_take_boolean(const FmJson *json, const char *key, gboolean *out, GError **error)
{
    JsonNode *node = member(json, key);

    if (node == NULL) {
        return TRUE;
    }
    if (!holds(node, G_TYPE_BOOLEAN)) {
        return fm_json_fail(json, key, error, "neither true nor false");
    }
    *out = json_node_get_boolean(node);
    return TRUE;
}

gboolean fm_json_take_object(const FmJson *json, const char *key, JsonObject **out, GError **error)
{
    JsonNode *node = member(json, key);

    *out = NULL;
    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        return fm_json_fail(json, key, error, "not an object");
    }
    *out = json_node_get_object(node);
    return TRUE;
}

gboolean fm_json_take_array(const FmJson *json, const char *key, JsonArray **out, GError **error)
{
    JsonNode *node = member(json, key);

    *out = NULL;
    if (node == NULL) {
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        return fm_json_fail(json, key, error, "not a list");
    }
    *out = json_node_get_array(node);
    return TRUE;
}
