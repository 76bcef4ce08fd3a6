/* Reading the value of a property: constants are checked against type, range and list of values,
 * expressions against what the property may depend on. */
#include "property.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

gboolean fm__name_in_list(const char *name, const char *list)
{
    const gsize length = strlen(name);
    for (const char *at = list; length > 0 && (at = strstr(at, name)) != NULL; at++) {
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return strchr(name, ' ') == NULL;
        }
    }
    return FALSE;
}

void fm__property_value_clear(FmPropertyValue *value)
{
    g_clear_pointer(&value->expr, fm__expr_free);
}

/* ---- expressions ------------------------------------------------------------------------ */

static const FmType *type_of(FmPropertyType type)
{
    switch (type) {
    case FM_PROPERTY_NUMBER:
        return FM_TYPE(NUMBER);
    case FM_PROPERTY_COLOR:
        return FM_TYPE(COLOR);
    case FM_PROPERTY_BOOLEAN:
        return FM_TYPE(BOOLEAN);
    case FM_PROPERTY_STRING:
    case FM_PROPERTY_ENUM:
        return FM_TYPE(STRING);
    case FM_PROPERTY_FORMATTED:
        return FM_TYPE(FORMATTED);
    case FM_PROPERTY_IMAGE:
        return FM_TYPE(IMAGE);
    case FM_PROPERTY_PADDING:
        return FM_TYPE(PADDING);
    case FM_PROPERTY_ANCHORS:
        return FM_TYPE(ANCHORS);
    case FM_PROPERTY_NUMBERS:
        return FM_TYPE(NUMBERS);
    case FM_PROPERTY_COLORS:
        return FM_TYPE(COLORS);
    case FM_PROPERTY_PROJECTION:
        return FM_TYPE(PROJECTION);
    default:
        return NULL;
    }
}

static void G_GNUC_PRINTF(2, 3) add_error(GPtrArray *errors, const char *format, ...)
{
    FmExprError *error = g_new0(FmExprError, 1);
    va_list args;
    va_start(args, format);
    error->key = g_strdup("");
    error->message = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(errors, error);
}

/* May the expression depend on what it depends on? */
static gboolean check_dependencies(const FmPropertySpec *spec, const FmNode *root,
                                   GPtrArray *errors)
{
    const gboolean reads_zoom = (root->reads & FM_READS_ZOOM) != 0;
    if ((root->reads & FM_READS_FEATURE) != 0 && (spec->flags & FM_PROPERTY_FEATURE) == 0) {
        add_error(errors, "data expressions not supported");
    } else if (reads_zoom && (spec->flags & FM_PROPERTY_ZOOM) == 0) {
        add_error(errors, "zoom expressions not supported");
    } else if (root->curve_error != NULL) {
        add_error(errors, "%s", root->curve_error);
    } else if (reads_zoom && root->curve == NULL) {
        add_error(errors, "\"zoom\" expression may only be used as input to a top-level \"step\" "
                          "or \"interpolate\" expression.");
    } else if (root->curve != NULL && strcmp(root->curve->op->name, "step") != 0 &&
               (spec->flags & FM_PROPERTY_INTERPOLATED) == 0) {
        add_error(errors, "\"interpolate\" expressions cannot be used with this property");
    } else {
        return TRUE;
    }
    return FALSE;
}

static FmExpr *expr_from_json(const FmPropertySpec *spec, JsonNode *json, GPtrArray *errors)
{
    FmType array = {FM_KIND_ARRAY, FM_TYPE(VALUE), spec->length};
    const FmType *expected = type_of(spec->type);
    if (spec->type == FM_PROPERTY_ARRAY) {
        const FmType *item = type_of(spec->item);
        array.item = item != NULL ? item : FM_TYPE(VALUE);
        expected = &array;
    }
    /* Strings are converted on top level, where they are asserted below. */
    const FmAnnotation annotation =
        spec->type == FM_PROPERTY_STRING ? FM_ANNOTATE_CONVERT : FM_ANNOTATE_BY_TYPE;
    g_autoptr(FmExpr) expr = fm__expr_parse(json, expected, annotation, errors);
    if (expr == NULL || !check_dependencies(spec, expr->root, errors)) {
        return NULL;
    }
    return g_steal_pointer(&expr);
}

FmExpr *fm__property_expr_new(const FmPropertySpec *spec, JsonNode *json, GPtrArray *errors)
{
    if (!JSON_NODE_HOLDS_OBJECT(json)) {
        return expr_from_json(spec, json, errors);
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) rewritten =
        fm__function_to_expression(json_node_get_object(json), spec, &error);
    if (rewritten == NULL) {
        add_error(errors, "%s", error->message);
        return NULL;
    }
    return expr_from_json(spec, rewritten, errors);
}

/* ---- constants -------------------------------------------------------------------------- */

static gboolean G_GNUC_PRINTF(3, 4) bad(const char *where, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "%s: %s", where, message);
    return FALSE;
}

static const char *found_name(JsonNode *json)
{
    return JSON_NODE_HOLDS_NULL(json)    ? "null"
           : JSON_NODE_HOLDS_ARRAY(json) ? "array"
                                         : fm__json_type_name(json);
}

static gboolean read_number(const FmPropertySpec *spec, JsonNode *json, const char *where,
                            FmValue *out, GError **error)
{
    char value[FM_NUMBER_TEXT_SIZE];
    char limit[FM_NUMBER_TEXT_SIZE];
    if (!fm__json_is_number(json)) {
        return bad(where, error, "number expected, %s found", found_name(json));
    }
    const double number = json_node_get_double(json);
    if (number < spec->min) {
        return bad(where, error, "%s is less than the minimum value %s",
                   fm__number_text(number, value), fm__number_text(spec->min, limit));
    }
    if (number > spec->max) {
        return bad(where, error, "%s is greater than the maximum value %s",
                   fm__number_text(number, value), fm__number_text(spec->max, limit));
    }
    *out = fm__value_number(number);
    return TRUE;
}

static gboolean read_string(const FmPropertySpec *spec, FmPropertyType type, JsonNode *json,
                            FmArena *arena, const char *where, FmValue *out, GError **error)
{
    const char *string = fm__json_string(json);
    const char *wanted = type == FM_PROPERTY_COLOR ? "color" : "string";
    FmColor color;
    if (string == NULL) {
        return bad(where, error, "%s expected, %s found", wanted, found_name(json));
    }
    switch (type) {
    case FM_PROPERTY_COLOR:
        if (!fm__color_parse(string, &color)) {
            return bad(where, error, "color expected, \"%s\" found", string);
        }
        *out = fm__value_color(color);
        return TRUE;
    case FM_PROPERTY_ENUM:
        if (!fm__name_in_list(string, spec->values)) {
            g_auto(GStrv) values = g_strsplit(spec->values, " ", -1);
            g_autofree char *list = g_strjoinv(", ", values);
            return bad(where, error, "expected one of [%s], \"%s\" found", list, string);
        }
        break;
    default:
        break;
    }
    FmHatch hatch;
    g_autoptr(GError) cause = NULL;
    if (type == FM_PROPERTY_IMAGE && fm_hatch_is_name(string) &&
        !fm_hatch_parse(string, &hatch, &cause)) {
        return bad(where, error, "%s", cause->message);
    }
    const char *copy = fm__arena_strdup(arena, string);
    *out = type == FM_PROPERTY_IMAGE ? fm__value_image(copy, TRUE) : fm__value_string(copy);
    return TRUE;
}

/* A value that is no array. */
static gboolean read_scalar(const FmPropertySpec *spec, FmPropertyType type, JsonNode *json,
                            FmArena *arena, const char *where, FmValue *out, GError **error)
{
    if (type == FM_PROPERTY_NUMBER) {
        return read_number(spec, json, where, out, error);
    }
    if (type == FM_PROPERTY_BOOLEAN) {
        if (!JSON_NODE_HOLDS_VALUE(json) || json_node_get_value_type(json) != G_TYPE_BOOLEAN) {
            return bad(where, error, "boolean expected, %s found", found_name(json));
        }
        *out = fm__value_boolean(json_node_get_boolean(json));
        return TRUE;
    }
    return read_string(spec, type, json, arena, where, out, error);
}

static gboolean read_array(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                           const char *where, FmValue *out, GError **error)
{
    if (!JSON_NODE_HOLDS_ARRAY(json)) {
        return bad(where, error, "array expected, %s found", found_name(json));
    }
    JsonArray *array = json_node_get_array(json);
    const guint n = json_array_get_length(array);
    if (spec->length >= 0 && (gint64)n != spec->length) {
        return bad(where, error, "array length %" G_GINT64_FORMAT " expected, length %u found",
                   spec->length, n);
    }
    FmValue *items = fm__arena_new(arena, FmValue, n);
    for (guint i = 0; i < n; i++) {
        g_autofree char *place = g_strdup_printf("%s[%u]", where, i);
        if (!read_scalar(spec, spec->item, json_array_get_element(array, i), arena, place,
                         &items[i], error)) {
            return FALSE;
        }
    }
    *out = (FmValue){.kind = FM_KIND_ARRAY, .array = {.items = items, .n = n}};
    return TRUE;
}

static gboolean read_padding(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                             const char *where, FmValue *out, GError **error)
{
    FmValue value = fm__value_from_json(arena, json);
    if (value.kind != FM_KIND_ARRAY) {
        if (!read_number(spec, json, where, &value, error)) {
            return FALSE;
        }
    } else if (value.array.n < 1 || value.array.n > 4) {
        return bad(where, error, "padding requires 1 to 4 values; %" G_GSIZE_FORMAT " values found",
                   value.array.n);
    }
    for (gsize i = 0; value.kind == FM_KIND_ARRAY && i < value.array.n; i++) {
        JsonNode *item = json_array_get_element(json_node_get_array(json), (guint)i);
        g_autofree char *place = g_strdup_printf("%s[%" G_GSIZE_FORMAT "]", where, i);
        FmValue number;
        if (!read_number(spec, item, place, &number, error)) {
            return FALSE;
        }
    }
    return fm__value_parse(arena, FM_KIND_PADDING, &value, out);
}

static gboolean read_anchors(JsonNode *json, FmArena *arena, const char *where, FmValue *out,
                             GError **error)
{
    const FmValue value = fm__value_from_json(arena, json);
    if (value.kind != FM_KIND_ARRAY || value.array.n == 0 || value.array.n % 2 != 0) {
        return bad(where, error,
                   "variableAnchorOffsetCollection requires a non-empty array of even length");
    }
    return fm__value_parse(arena, FM_KIND_ANCHORS, &value, out) ||
           bad(where, error, "anchors and offsets in turn expected: [\"top\", [0, 4], …]");
}

static gboolean read_constant(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                              const char *where, FmValue *out, GError **error)
{
    if (spec->type == FM_PROPERTY_ARRAY) {
        return read_array(spec, json, arena, where, out, error);
    }
    if (spec->type == FM_PROPERTY_PADDING) {
        return read_padding(spec, json, arena, where, out, error);
    }
    if (spec->type == FM_PROPERTY_ANCHORS) {
        return read_anchors(json, arena, where, out, error);
    }
    return read_scalar(spec, spec->type, json, arena, where, out, error);
}

FmValue fm__property_default(const FmPropertySpec *spec, FmArena *arena)
{
    FmValue value = FM_VALUE_NULL;
    if (spec->fallback != NULL) {
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) json = json_from_string(spec->fallback, NULL);
        if (!fm__is_expression(json) &&
            !read_constant(spec, json, arena, spec->name, &value, &error)) {
            g_error("default of %s", error->message);
        }
    }
    return value;
}

/* ---- values ----------------------------------------------------------------------------- */

/* What the drawing cannot do, or the specification forbids beyond types. */
static gboolean check_expr(const FmPropertySpec *spec, const FmExpr *expr, const char *where,
                           GError **error)
{
    const guint may_read = ((spec->flags & FM_PROPERTY_DENSITY) != 0 ? FM_READS_DENSITY : 0) |
                           ((spec->flags & FM_PROPERTY_PROGRESS) != 0 ? FM_READS_PROGRESS : 0);
    if (!fm__expr_check_drawable(expr, may_read, where, error)) {
        return FALSE;
    }
    if (strcmp(spec->name, "text-font") == 0 && !expr->root->output_defined) {
        return bad(where, error,
                   "Invalid data expression for \"text-font\". Output values must be contained as "
                   "literals within the expression.");
    }
    return TRUE;
}

static FmExpr *compile(const FmPropertySpec *spec, JsonNode *json, const char *where,
                       GError **error)
{
    g_autoptr(GPtrArray) errors = fm__expr_errors_new();
    g_autoptr(FmExpr) expr = fm__property_expr_new(spec, json, errors);
    if (expr == NULL) {
        fm__expr_errors_propagate(errors, where, error);
        return NULL;
    }
    return check_expr(spec, expr, where, error) ? g_steal_pointer(&expr) : NULL;
}

/* The outputs of a function are constants of the property; its other parts are read elsewhere. */
static gboolean check_stop_outputs(const FmPropertySpec *spec, JsonObject *function,
                                   const char *where, GError **error)
{
    char buffer[FM_EVAL_STACK];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, buffer, sizeof buffer);
    JsonArray *stops = json_object_has_member(function, "stops")
                           ? json_object_get_array_member(function, "stops")
                           : NULL;
    for (guint i = 0; stops != NULL && i < json_array_get_length(stops); i++) {
        JsonArray *stop = json_array_get_array_element(stops, i);
        g_autofree char *place = g_strdup_printf("%s.stops[%u][1]", where, i);
        FmValue output;
        if (!read_constant(spec, json_array_get_element(stop, 1), &arena, place, &output, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* "{name}" in a property that has no tokens is a mistake, not a name. */
static gboolean is_misplaced_token(const FmPropertySpec *spec, const char *string)
{
    return (spec->flags & FM_PROPERTY_FEATURE) != 0 && string != NULL && string[0] == '{' &&
           g_str_has_suffix(string, "}");
}

gboolean fm__property_value_parse(const FmPropertySpec *spec, JsonNode *json, FmArena *arena,
                                  const char *where, FmPropertyValue *out, GError **error)
{
    FmPropertyValue value = {.given = TRUE};
    const char *string = fm__json_string(json);
    g_autoptr(JsonNode) rewritten = NULL;
    if ((spec->flags & FM_PROPERTY_TOKENS) != 0 && string != NULL && strchr(string, '{') != NULL) {
        rewritten = fm__tokens_to_expression(string);
        json = rewritten;
    }
    if (rewritten == NULL && is_misplaced_token(spec, string)) {
        return bad(where, error, "\"%s\": a token is not replaced here; use [\"get\", …]", string);
    }
    if (JSON_NODE_HOLDS_OBJECT(json) || fm__is_expression(json)) {
        value.expr = compile(spec, json, where, error);
        if (value.expr == NULL ||
            (JSON_NODE_HOLDS_OBJECT(json) &&
             !check_stop_outputs(spec, json_node_get_object(json), where, error))) {
            fm__property_value_clear(&value);
            return FALSE;
        }
        if (fm__node_is_literal(value.expr->root)) {
            /* A constant after all; keep the expression, which owns the value. */
            value.constant = value.expr->root->value;
        }
    } else if (!read_constant(spec, json, arena, where, &value.constant, error)) {
        return FALSE;
    }
    *out = value;
    return TRUE;
}
