/* Reading the value of a property: constants are read in property-constant.c, expressions are
 * compiled, and checked against what the property may depend on and what can be drawn. */
#include "property.h"

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

/* ---- values ----------------------------------------------------------------------------- */

static gboolean is_measured(const FmPropertySpec *spec)
{
    return spec->type == FM_PROPERTY_NUMBER || spec->type == FM_PROPERTY_PADDING ||
           spec->type == FM_PROPERTY_ANCHORS ||
           (spec->type == FM_PROPERTY_ARRAY && spec->item == FM_PROPERTY_NUMBER);
}

/* Every literal that can be the node's value. */
static gboolean check_outputs(const FmPropertySpec *spec, const FmNode *node, const char *where,
                              GError **error)
{
    if (fm__node_is_literal(node)) {
        return fm__property_check_drawn(spec, &node->value, where, error);
    }
    for (gsize i = node->first_output; i < node->n_args; i++) {
        if (!check_outputs(spec, node->args[i], where, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What the drawing cannot do, or the specification forbids beyond types. */
static gboolean check_expr(const FmPropertySpec *spec, const FmExpr *expr, const char *where,
                           GError **error)
{
    const guint may_read = ((spec->flags & FM_PROPERTY_DENSITY) != 0 ? FM_READS_DENSITY : 0) |
                           ((spec->flags & FM_PROPERTY_PROGRESS) != 0 ? FM_READS_PROGRESS : 0);
    if (!fm__expr_check_drawable(expr, may_read, where, error)) {
        return FALSE;
    }
    if (is_measured(spec) && !check_outputs(spec, expr->root, where, error)) {
        return FALSE;
    }
    if (strcmp(spec->name, "text-font") == 0 && !expr->root->output_defined) {
        g_set_error(
            error, FM_ERROR, FM_ERROR_PARSE,
            "%s: Invalid data expression for \"text-font\". Output values must be contained "
            "as literals within the expression.",
            where);
        return FALSE;
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
        if (!fm__property_constant_read(spec, json_array_get_element(stop, 1), &arena, place,
                                        &output, error)) {
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
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE,
                    "%s: \"%s\": a token is not replaced here; use [\"get\", …]", where, string);
        return FALSE;
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
    } else if (!fm__property_constant_read(spec, json, arena, where, &value.constant, error)) {
        return FALSE;
    }
    *out = value;
    return TRUE;
}
