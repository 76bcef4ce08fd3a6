/* Function objects, the specification's notation before expressions, rewritten as expressions:
 *
 *   {"stops": [[z, v], …]}                              over zoom: step or interpolate
 *   {"property": p, "stops": [[x, v], …]}               over a property: step, interpolate, match, case
 *   {"property": p, "stops": [[{"zoom", "value"}, v]]}  over both: the second within the first
 *   {"property": p, "type": "identity"}                 the property itself */
#include "property.h"

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

/* ---- reading a function ----------------------------------------------------------------- */

typedef struct {
    const FmPropertySpec *spec;
    const char *property; /* NULL = over zoom alone */
    const char *type;     /* "exponential", "interval", "categorical", "identity" or NULL */
    const char *interpolate; /* operator by colour space */
    double base;
    JsonArray *stops;   /* NULL only for identity */
    JsonNode *fallback; /* "default", NULL when not given */
    gboolean over_both; /* zoom and property */
} Function;

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
static gboolean check_stop(const Function *function, JsonNode *stop, guint i, GError **error)
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
        return bad(error, "stops[%u][0]: stop domain value must be a number, string, or boolean", i);
    }
    if (!fm__json_is_number(key) && g_strcmp0(function->type, "categorical") != 0) {
        return bad(error, "stops[%u][0]: number expected, %s found", i, fm__json_type_name(key));
    }
    return TRUE;
}

static gboolean check_stops(Function *function, JsonNode *json, GError **error)
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

static gboolean read_color_space(Function *function, const char *space, GError **error)
{
    function->interpolate = strcmp(space, "hcl") == 0   ? "interpolate-hcl"
                            : strcmp(space, "lab") == 0 ? "interpolate-lab"
                                                        : "interpolate";
    return strcmp(space, "rgb") == 0 || strcmp(function->interpolate, "interpolate") != 0 ||
           bad(error, "Unknown color space: \"%s\"", space);
}

static gboolean read_members(Function *function, JsonObject *json, GError **error)
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

static gboolean read_function(Function *function, JsonObject *json, GError **error)
{
    if (!read_members(function, json, error) ||
        !check_stops(function, json_object_get_member(json, "stops"), error)) {
        return FALSE;
    }
    const gboolean needs_property = function->over_both || function->stops == NULL ||
                                    g_strcmp0(function->type, "categorical") == 0;
    return function->property != NULL || !needs_property ||
           bad(error, "missing required property \"property\"");
}

static const char *function_type(const Function *function)
{
    return function->type != NULL                                  ? function->type
           : (function->spec->flags & FM_PROPERTY_INTERPOLATED) != 0 ? "exponential"
                                                                    : "interval";
}

/* ---- rewriting -------------------------------------------------------------------------- */

static JsonNode *stop_key(JsonNode *stop)
{
    return json_array_get_element(json_node_get_array(stop), 0);
}

static JsonNode *stop_output(JsonNode *stop)
{
    return json_array_get_element(json_node_get_array(stop), 1);
}

/* "default" of the function, else of the property; an image may stay empty.  Transfer full. */
static JsonNode *fallback_of(const Function *function)
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
static JsonArray *begin_curve(const Function *function, gboolean is_step, double base,
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
static JsonNode *categorical(const Function *function, JsonArray *stops)
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
static JsonNode *over_property(const Function *function, JsonArray *stops, double base)
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

static JsonNode *over_zoom(const Function *function)
{
    const gboolean is_step = strcmp(function_type(function), "interval") == 0;
    const gboolean tokens = (function->spec->flags & FM_PROPERTY_TOKENS) != 0;
    JsonArray *curve =
        begin_curve(function, is_step, function->base, take_array(call("zoom")));
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

/* Linear over zoom (step where values cannot be mixed), and at each zoom a curve over the property. */
static JsonNode *over_both(const Function *function)
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
static JsonNode *identity(const Function *function)
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
    Function function = {.spec = spec, .base = 1, .interpolate = "interpolate"};
    if (!read_function(&function, json, error)) {
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
