/* Reading function objects: members, stops and their keys. */
#include "function.h"

#include <string.h>

static gboolean G_GNUC_PRINTF(2, 3) bad(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, FM_ERROR, FM_ERROR_PARSE, message);
    return FALSE;
}

/* [key, output]; keys of all stops are alike. */
static gboolean check_stop(const FmFunction *function, JsonNode *stop, guint i, GError **error)
{
    JsonArray *pair = JSON_NODE_HOLDS_ARRAY(stop) ? json_node_get_array(stop) : NULL;
    if (pair == NULL || json_array_get_length(pair) != 2) {
        return bad(error, "stops[%u]: array of length 2 expected", i);
    }
    JsonNode *key = json_array_get_element(pair, 0);
    if (fm__is_expression(json_array_get_element(pair, 1))) {
        return bad(error, "stops[%u][1]: expressions are not allowed in function stops", i);
    }
    if (function->over_both) {
        JsonObject *both = JSON_NODE_HOLDS_OBJECT(key) ? json_node_get_object(key) : NULL;
        JsonNode *zoom = both != NULL ? json_object_get_member(both, "zoom") : NULL;
        if (zoom == NULL || !fm__json_is_number(zoom) || !json_object_has_member(both, "value")) {
            return bad(error, "stops[%u][0]: an object with zoom and value expected", i);
        }
        key = json_object_get_member(both, "value");
    }
    if (!JSON_NODE_HOLDS_VALUE(key)) {
        return bad(error, "stops[%u][0]: stop domain value must be a number, string, or boolean",
                   i);
    }
    if (!fm__json_is_number(key) && g_strcmp0(function->type, "categorical") != 0) {
        return bad(error, "stops[%u][0]: number expected, %s found", i, fm__json_type_name(key));
    }
    return TRUE;
}

static gboolean check_stops(FmFunction *function, JsonNode *json, GError **error)
{
    if (g_strcmp0(function->type, "identity") == 0) {
        return json == NULL || bad(error, "identity function may not have a \"stops\" property");
    }
    if (json == NULL) {
        return bad(error, "missing required property \"stops\"");
    }
    function->stops = JSON_NODE_HOLDS_ARRAY(json) ? json_node_get_array(json) : NULL;
    if (function->stops == NULL || json_array_get_length(function->stops) == 0) {
        return bad(error, "stops: array with at least one stop expected");
    }
    if (json_array_get_length(function->stops) > FM_MAX_STOPS) {
        return bad(error, "stops: more than %d", FM_MAX_STOPS);
    }
    JsonNode *first = json_array_get_element(function->stops, 0);
    if (JSON_NODE_HOLDS_ARRAY(first) && json_array_get_length(json_node_get_array(first)) > 0) {
        function->over_both =
            JSON_NODE_HOLDS_OBJECT(json_array_get_element(json_node_get_array(first), 0));
    }
    for (guint i = 0; i < json_array_get_length(function->stops); i++) {
        if (!check_stop(function, json_array_get_element(function->stops, i), i, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_color_space(FmFunction *function, const char *space, GError **error)
{
    function->interpolate = strcmp(space, "hcl") == 0   ? "interpolate-hcl"
                            : strcmp(space, "lab") == 0 ? "interpolate-lab"
                                                        : "interpolate";
    return strcmp(space, "rgb") == 0 || strcmp(function->interpolate, "interpolate") != 0 ||
           bad(error, "Unknown color space: \"%s\"", space);
}

static gboolean read_members(FmFunction *function, JsonObject *json, GError **error)
{
    JsonObjectIter iter;
    const char *key = NULL;
    JsonNode *member = NULL;
    json_object_iter_init_ordered(&iter, json);
    while (json_object_iter_next_ordered(&iter, &key, &member)) {
        const char *string = fm__json_string(member);
        gboolean good = TRUE;
        if (strcmp(key, "property") == 0) {
            function->property = string;
            good = string != NULL || bad(error, "property: string expected");
        } else if (strcmp(key, "type") == 0) {
            function->type = string;
            good = (string != NULL &&
                    fm__name_in_list(string, "identity exponential interval categorical")) ||
                   bad(error, "type: expected one of identity, exponential, interval, categorical");
        } else if (strcmp(key, "base") == 0) {
            good = fm__json_is_number(member) || bad(error, "base: number expected");
            function->base = good ? json_node_get_double(member) : 1;
        } else if (strcmp(key, "colorSpace") == 0) {
            good = string != NULL ? read_color_space(function, string, error)
                                  : bad(error, "colorSpace: string expected");
        } else if (strcmp(key, "default") == 0) {
            function->fallback = member;
        } else if (strcmp(key, "stops") != 0) {
            good = bad(error, "unknown property \"%s\" of a function", key);
        }
        if (!good) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm__function_read(FmFunction *function, JsonObject *json, const FmPropertySpec *spec,
                           GError **error)
{
    *function = (FmFunction){.spec = spec, .base = 1, .interpolate = "interpolate"};
    if (!read_members(function, json, error) ||
        !check_stops(function, json_object_get_member(json, "stops"), error)) {
        return FALSE;
    }
    const gboolean needs_property = function->over_both || function->stops == NULL ||
                                    g_strcmp0(function->type, "categorical") == 0;
    return function->property != NULL || !needs_property ||
           bad(error, "missing required property \"property\"");
}
