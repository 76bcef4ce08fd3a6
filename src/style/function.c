/* Function objects, the specification's notation before expressions, rewritten as expressions:
 *
 *   {"stops": [[z, v], …]}                              over zoom: step or interpolate
 *   {"property": p, "stops": [[x, v], …]}               over a property: a curve or a choice
 *   {"property": p, "stops": [[{"zoom", "value"}, v]]}  over both: the second within the first
 *   {"property": p, "type": "identity"}                 the property itself */
#include "function.h"

#include <string.h>

/* ---- building JSON ---------------------------------------------------------------------- */

static JsonNode *take_array(JsonArray *array)
{
    JsonNode *node = json_node_new(JSON_NODE_ARRAY);
    json_node_take_array(node, array);
    return node;
}

/* ["op"], to be continued. */
static JsonArray *call(const char *op)
{
    JsonArray *array = json_array_new();
    json_array_add_string_element(array, op);
    return array;
}

static JsonNode *get_property(const char *name)
{
    JsonArray *get = call("get");
    json_array_add_string_element(get, name);
    return take_array(get);
}

/* ["op", value] */
static JsonNode *call1(const char *op, JsonNode *taken)
{
    JsonArray *array = call(op);
    json_array_add_element(array, taken);
    return take_array(array);
}

/* A value as an expression: arrays and objects need ["literal", …]. */
static JsonNode *literal(JsonNode *value)
{
    JsonNode *copy = json_node_copy(value);
    return JSON_NODE_HOLDS_VALUE(value) || JSON_NODE_HOLDS_NULL(value) ? copy
                                                                       : call1("literal", copy);
}

JsonNode *fm__tokens_to_expression(const char *text)
{
    JsonArray *concat = call("concat");
    const char *rest = text;
    for (const char *open = strchr(rest, '{'); open != NULL; open = strchr(open + 1, '{')) {
        const gsize length = strcspn(open + 1, "{}");
        if (length == 0 || open[1 + length] != '}') {
            continue;
        }
        g_autofree char *before = g_strndup(rest, (gsize)(open - rest));
        g_autofree char *name = g_strndup(open + 1, length);
        if (*before != '\0') {
            json_array_add_string_element(concat, before);
        }
        json_array_add_element(concat, get_property(name));
        rest = open + 1 + length + 1;
    }
    const guint n = json_array_get_length(concat);
    if (*rest != '\0' && n > 1) {
        json_array_add_string_element(concat, rest);
    } else if (n == 2) { /* the token alone */
        JsonNode *only = call1("to-string", json_node_copy(json_array_get_element(concat, 1)));
        json_array_unref(concat);
        return only;
    } else if (n == 1) {
        json_array_unref(concat);
        return json_node_init_string(json_node_alloc(), text);
    }
    return take_array(concat);
}

/* ---- rewriting -------------------------------------------------------------------------- */

static const char *function_type(const FmFunction *function)
{
    return function->type != NULL                                    ? function->type
           : (function->spec->flags & FM_PROPERTY_INTERPOLATED) != 0 ? "exponential"
                                                                     : "interval";
}

static JsonNode *stop_key(JsonNode *stop)
{
    return json_array_get_element(json_node_get_array(stop), 0);
}

static JsonNode *stop_output(JsonNode *stop)
{
    return json_array_get_element(json_node_get_array(stop), 1);
}

/* "default" of the function, else of the property; an image may stay empty.  Transfer full. */
static JsonNode *fallback_of(const FmFunction *function)
{
    if (function->fallback != NULL) {
        return literal(function->fallback);
    }
    const FmPropertySpec *spec = function->spec;
    if (spec->fallback == NULL) {
        JsonNode *node = json_node_alloc();
        return spec->type == FM_PROPERTY_IMAGE ? json_node_init_string(node, "")
                                               : json_node_init_null(node);
    }
    g_autoptr(JsonNode) json = json_from_string(spec->fallback, NULL);
    return literal(json);
}

/* Append a stop to a curve: not when the key repeats the last one, and a step's first key is not
 * written. */
static void append_stop(JsonArray *curve, JsonNode *key, JsonNode *taken)
{
    const guint n = json_array_get_length(curve);
    const gboolean is_step = strcmp(json_array_get_string_element(curve, 0), "step") == 0;
    if (n > 3 && json_node_equal(json_array_get_element(curve, n - 2), key)) {
        json_node_unref(taken);
        return;
    }
    if (!is_step || n > 2) {
        json_array_add_element(curve, json_node_copy(key));
    }
    json_array_add_element(curve, taken);
}

/* A step of one output is a constant, and no valid step: give it a second one. */
static void complete_step(JsonArray *curve)
{
    if (json_array_get_length(curve) == 3) {
        json_array_add_int_element(curve, 0);
        json_array_add_element(curve, json_node_copy(json_array_get_element(curve, 2)));
    }
}

/* ["step", input] or ["interpolate", [how], input], to be continued. */
static JsonArray *begin_curve(const FmFunction *function, gboolean is_step, double base,
                              JsonNode *input)
{
    JsonArray *curve = call(is_step ? "step" : function->interpolate);
    if (!is_step) {
        JsonArray *how = call(base == 1 ? "linear" : "exponential");
        if (base != 1) {
            json_array_add_double_element(how, base);
        }
        json_array_add_array_element(curve, how);
    }
    json_array_add_element(curve, input);
    return curve;
}

/* ["case", ["==", get, key], output, …, fallback] for truth values, else ["match", get, …]. */
static JsonNode *categorical(const FmFunction *function, JsonArray *stops)
{
    JsonNode *first = stop_key(json_array_get_element(stops, 0));
    const gboolean boolean = !fm__json_is_number(first) && fm__json_string(first) == NULL;
    JsonArray *choice = call(boolean ? "case" : "match");
    if (!boolean) {
        json_array_add_element(choice, get_property(function->property));
    }
    for (guint i = 0; i < json_array_get_length(stops); i++) {
        JsonNode *stop = json_array_get_element(stops, i);
        JsonNode *output = literal(stop_output(stop));
        if (boolean) {
            JsonArray *equal = call("==");
            json_array_add_element(equal, get_property(function->property));
            json_array_add_element(equal, json_node_copy(stop_key(stop)));
            json_array_add_array_element(choice, equal);
            json_array_add_element(choice, output);
        } else {
            append_stop(choice, stop_key(stop), output);
        }
    }
    json_array_add_element(choice, fallback_of(function));
    return take_array(choice);
}

/* A curve over the property; with a default, only where the property is a number. */
static JsonNode *over_property(const FmFunction *function, JsonArray *stops, double base)
{
    const char *type = function_type(function);
    if (strcmp(type, "categorical") == 0) {
        return categorical(function, stops);
    }
    const gboolean is_step = strcmp(type, "interval") == 0;
    JsonNode *input = call1("number", get_property(function->property));
    JsonArray *curve = begin_curve(function, is_step, base, input);
    for (guint i = 0; i < json_array_get_length(stops); i++) {
        JsonNode *stop = json_array_get_element(stops, i);
        append_stop(curve, stop_key(stop), literal(stop_output(stop)));
    }
    if (is_step) {
        complete_step(curve);
    }
    if (function->fallback == NULL) {
        return take_array(curve);
    }
    JsonArray *is_number = call("==");
    json_array_add_element(is_number, call1("typeof", get_property(function->property)));
    json_array_add_string_element(is_number, "number");
    JsonArray *choice = call("case");
    json_array_add_array_element(choice, is_number);
    json_array_add_array_element(choice, curve);
    json_array_add_element(choice, literal(function->fallback));
    return take_array(choice);
}

static JsonNode *over_zoom(const FmFunction *function)
{
    const gboolean is_step = strcmp(function_type(function), "interval") == 0;
    const gboolean tokens = (function->spec->flags & FM_PROPERTY_TOKENS) != 0;
    JsonArray *curve = begin_curve(function, is_step, function->base, take_array(call("zoom")));
    for (guint i = 0; i < json_array_get_length(function->stops); i++) {
        JsonNode *stop = json_array_get_element(function->stops, i);
        const char *text = tokens ? fm__json_string(stop_output(stop)) : NULL;
        append_stop(curve, stop_key(stop),
                    text != NULL ? fm__tokens_to_expression(text) : literal(stop_output(stop)));
    }
    if (is_step) {
        complete_step(curve);
    }
    return take_array(curve);
}

/* The member of a stop's key over zoom and property. */
static JsonNode *key_member(JsonArray *stops, guint i, const char *name)
{
    JsonNode *key = stop_key(json_array_get_element(stops, i));
    return json_object_get_member(json_node_get_object(key), name);
}

/* The run of stops from *i on that have one zoom, as stops over the property; moves *i behind it.
 * Transfer full. */
static JsonArray *take_run(JsonArray *stops, guint *i)
{
    const double zoom = json_node_get_double(key_member(stops, *i, "zoom"));
    JsonArray *run = json_array_new();
    for (; *i < json_array_get_length(stops) &&
           json_node_get_double(key_member(stops, *i, "zoom")) == zoom;
         (*i)++) {
        JsonArray *pair = json_array_new();
        json_array_add_element(pair, json_node_copy(key_member(stops, *i, "value")));
        json_array_add_element(pair,
                               json_node_copy(stop_output(json_array_get_element(stops, *i))));
        json_array_add_array_element(run, pair);
    }
    return run;
}

/* Linear over zoom (step where values cannot be mixed), at each zoom a curve over the property. */
static JsonNode *over_both(const FmFunction *function)
{
    const gboolean is_step = (function->spec->flags & FM_PROPERTY_INTERPOLATED) == 0;
    JsonArray *curve = begin_curve(function, is_step, 1, take_array(call("zoom")));
    for (guint i = 0; i < json_array_get_length(function->stops);) {
        JsonNode *zoom = key_member(function->stops, i, "zoom");
        g_autoptr(JsonArray) run = take_run(function->stops, &i);
        append_stop(curve, zoom, over_property(function, run, 1));
    }
    if (is_step) {
        complete_step(curve);
    }
    return take_array(curve);
}

/* The property's value where it is of the right type, else the default. */
static JsonNode *identity(const FmFunction *function)
{
    const FmPropertySpec *spec = function->spec;
    static const char *const assertions[] = {
        [FM_PROPERTY_NUMBER] = "number", [FM_PROPERTY_BOOLEAN] = "boolean",
        [FM_PROPERTY_STRING] = "string", [FM_PROPERTY_COLOR] = "to-color",
        [FM_PROPERTY_ARRAY] = "array",   [FM_PROPERTY_ENUM] = "match",
    };
    if (function->fallback == NULL) {
        JsonNode *get = get_property(function->property);
        return spec->type == FM_PROPERTY_STRING ? call1("string", get) : get;
    }
    const char *op = spec->type < G_N_ELEMENTS(assertions) ? assertions[spec->type] : NULL;
    JsonArray *choice = call(op != NULL ? op : "coalesce");
    if (spec->type == FM_PROPERTY_ARRAY) {
        json_array_add_string_element(choice,
                                      spec->item == FM_PROPERTY_NUMBER ? "number" : "string");
        if (spec->length >= 0) {
            json_array_add_int_element(choice, spec->length);
        } else {
            json_array_add_null_element(choice);
        }
    }
    json_array_add_element(choice, get_property(function->property));
    if (spec->type == FM_PROPERTY_ENUM) {
        JsonArray *labels = json_array_new();
        g_auto(GStrv) values = g_strsplit(spec->values, " ", -1);
        for (gsize i = 0; values[i] != NULL; i++) {
            json_array_add_string_element(labels, values[i]);
        }
        json_array_add_array_element(choice, labels);
        json_array_add_element(choice, get_property(function->property));
    }
    json_array_add_element(choice, literal(function->fallback));
    return take_array(choice);
}

JsonNode *fm__function_to_expression(JsonObject *json, const FmPropertySpec *spec, GError **error)
{
    FmFunction function;
    if (!fm__function_read(&function, json, spec, error)) {
        return NULL;
    }
    if (function.stops == NULL) {
        return identity(&function);
    }
    if (function.over_both) {
        return over_both(&function);
    }
    return function.property != NULL ? over_property(&function, function.stops, function.base)
                                     : over_zoom(&function);
}
