/* Filters.  The old notation (["==", "key", value], ["in", "key", …], ["none", …]) is turned into a
 * syntax tree of its own: its comparisons never fail, they are false between different types. */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

typedef enum {
    SUBJECT_PROPERTY,
    SUBJECT_ID,
    SUBJECT_TYPE,
} Subject;

/* What is compared with what.  args[0] is the key of a property. */
typedef struct {
    Subject subject;
    gint column_hint;
    char op[3];
    FmValue *values; /* one, or for "in" any number, sorted */
    gsize n;
} Comparison;

/* ---- evaluation ------------------------------------------------------------------------- */

/* FALSE when the feature has no such thing. */
static gboolean subject_value(const FmNode *node, FmEval *eval, FmValue *out)
{
    Comparison *comparison = node->data;
    const char *type;
    switch (comparison->subject) {
    case SUBJECT_PROPERTY:
        return fm__eval_property(eval, node->args[0]->value.string, &comparison->column_hint, out);
    case SUBJECT_ID:
        *out = fm__eval_id(eval);
        return out->kind != FM_KIND_NULL;
    default:
        type = fm__eval_geometry_type(eval);
        *out = type != NULL ? fm__value_string(type) : FM_VALUE_NULL;
        return type != NULL;
    }
}

/* By kind, then by value: a total order but for NaN, which JSON has not. */
static int compare_values(const void *a, const void *b)
{
    const FmValue *x = a;
    const FmValue *y = b;
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->kind == FM_KIND_STRING) {
        return strcmp(x->string, y->string);
    }
    const double left = x->kind == FM_KIND_BOOLEAN ? x->boolean : x->number;
    const double right = y->kind == FM_KIND_BOOLEAN ? y->boolean : y->number;
    return (left > right) - (left < right);
}

static gboolean is_scalar(const FmValue *value)
{
    return value->kind == FM_KIND_STRING || value->kind == FM_KIND_NUMBER ||
           value->kind == FM_KIND_BOOLEAN;
}

FM_EVAL(fm__filter_compare)
{
    const Comparison *comparison = node->data;
    const char *op = comparison->op;
    FmValue value;
    const gboolean comparable =
        subject_value(node, eval, &value) && value.kind == comparison->values[0].kind;
    const int order = comparable ? compare_values(&value, &comparison->values[0]) : 0;
    const gboolean good =
        (op[0] == '<' && order < 0) || (op[0] == '>' && order > 0) || (op[1] == '=' && order == 0);
    *out = fm__value_boolean(comparable && good);
    return TRUE;
}

FM_EVAL(fm__filter_in)
{
    const Comparison *comparison = node->data;
    FmValue value;
    *out = fm__value_boolean(
        subject_value(node, eval, &value) && is_scalar(&value) &&
        bsearch(&value, comparison->values, comparison->n, sizeof value, compare_values) != NULL);
    return TRUE;
}

FM_EVAL(fm__filter_has)
{
    FmValue value;
    *out = fm__value_boolean(subject_value(node, eval, &value));
    return TRUE;
}

/* ---- the old notation ------------------------------------------------------------------- */

static FmNode *parse_old(const FmParseContext *context, JsonNode *json);

static FmNode *truth(FmParser *parser, gboolean value)
{
    return fm__node_literal(parser, FM_TYPE(BOOLEAN), fm__value_boolean(value));
}

static FmNode *negation(FmParser *parser, FmNode *arg)
{
    FmNode *node = fm__node_new(parser, fm__operator_find("!"), fm__op_not, FM_TYPE(BOOLEAN), 1);
    node->args[0] = arg;
    fm__node_finish(node);
    return node;
}

/* all, any or none of the filters that follow. */
static FmNode *parse_combination(const FmParseContext *context, JsonArray *json, const char *op)
{
    FmParser *parser = context->parser;
    const gsize n = json_array_get_length(json) - 1;
    const gboolean any = strcmp(op, "any") == 0;
    FmNode *node = fm__node_new(parser, fm__operator_find(any ? "any" : "all"),
                                any ? fm__op_any : fm__op_all, FM_TYPE(BOOLEAN), n);
    for (gsize i = 0; i < n; i++) {
        const guint place = (guint)i + 1;
        const FmParseContext child = fm__parse_child(context, place, NULL);
        FmNode *arg = parse_old(&child, json_array_get_element(json, place));
        if (arg == NULL) {
            return NULL;
        }
        node->args[i] = strcmp(op, "none") == 0 ? negation(parser, arg) : arg;
    }
    fm__node_finish(node);
    return node;
}

static gboolean parse_value(const FmParseContext *context, JsonNode *json, Subject subject,
                            FmValue *out)
{
    if (!JSON_NODE_HOLDS_VALUE(json)) {
        fm__parse_error(context, "string, number, or boolean expected, %s found",
                        JSON_NODE_HOLDS_NULL(json)    ? "null"
                        : JSON_NODE_HOLDS_ARRAY(json) ? "array"
                                                      : "object");
        return FALSE;
    }
    *out = fm__value_from_json(context->parser->arena, json);
    if (subject == SUBJECT_TYPE &&
        (out->kind != FM_KIND_STRING ||
         (strcmp(out->string, "Point") != 0 && strcmp(out->string, "LineString") != 0 &&
          strcmp(out->string, "Polygon") != 0))) {
        fm__parse_error(context, "expected one of [Point, LineString, Polygon]");
        return FALSE;
    }
    return TRUE;
}

/* A comparison of json[1], the key, with the values from json[2] on. */
static FmNode *new_comparison(const FmParseContext *context, JsonArray *json, FmEvalFunc eval,
                              const char *op)
{
    FmArena *arena = context->parser->arena;
    JsonNode *second = json_array_get_element(json, 1);
    const char *key = fm__json_string(second);
    if (key == NULL) {
        return fm__parse_error_at(context, 1, "string expected, %s found",
                                  JSON_NODE_HOLDS_ARRAY(second) ? "array"
                                                                : fm__json_type_name(second));
    }
    Comparison *comparison = fm__arena_new(arena, Comparison, 1);
    comparison->subject = strcmp(key, "$type") == 0 ? SUBJECT_TYPE
                          : strcmp(key, "$id") == 0 ? SUBJECT_ID
                                                    : SUBJECT_PROPERTY;
    g_strlcpy(comparison->op, op, sizeof comparison->op);
    comparison->n = json_array_get_length(json) - 2;
    comparison->values = fm__arena_new(arena, FmValue, comparison->n);
    for (gsize i = 0; i < comparison->n; i++) {
        const FmParseContext child = fm__parse_child(context, (guint)i + 2, NULL);
        if (!parse_value(&child, json_array_get_element(json, (guint)i + 2), comparison->subject,
                         &comparison->values[i])) {
            return NULL;
        }
    }
    qsort(comparison->values, comparison->n, sizeof(FmValue), compare_values);
    const gboolean has_key = comparison->subject == SUBJECT_PROPERTY;
    FmNode *node = fm__node_new(context->parser, NULL, eval, FM_TYPE(BOOLEAN), has_key ? 1 : 0);
    if (has_key) {
        node->args[0] = fm__node_literal(context->parser, FM_TYPE(STRING),
                                         fm__value_string(fm__arena_strdup(arena, key)));
    }
    node->data = comparison;
    node->reads = FM_READS_FEATURE;
    fm__node_finish(node);
    return node;
}

static FmNode *parse_comparison(const FmParseContext *context, JsonArray *json, const char *op)
{
    if (json_array_get_length(json) != 3) {
        return fm__parse_error(context, "filter array for operator \"%s\" must have 3 elements",
                               op);
    }
    if ((op[0] == '<' || op[0] == '>') &&
        g_strcmp0(fm__json_string(json_array_get_element(json, 1)), "$type") == 0) {
        return fm__parse_error(context, "\"$type\" cannot be use with operator \"%s\"", op);
    }
    const gboolean negated = strcmp(op, "!=") == 0;
    FmNode *node = new_comparison(context, json, fm__filter_compare, negated ? "==" : op);
    return node != NULL && negated ? negation(context->parser, node) : node;
}

static FmNode *parse_has(const FmParseContext *context, JsonArray *json, const char *op)
{
    if (json_array_get_length(json) != 2) {
        return fm__parse_error(context, "filter array for \"%s\" operator must have 2 elements",
                               op);
    }
    const gboolean is_type =
        g_strcmp0(fm__json_string(json_array_get_element(json, 1)), "$type") == 0;
    return is_type ? truth(context->parser, TRUE)
                   : new_comparison(context, json, fm__filter_has, "");
}

static FmNode *parse_old(const FmParseContext *context, JsonNode *json)
{
    JsonArray *array = JSON_NODE_HOLDS_ARRAY(json) ? json_node_get_array(json) : NULL;
    if (array == NULL) {
        return fm__parse_error(context, "array expected, %s found",
                               JSON_NODE_HOLDS_NULL(json) ? "null" : fm__json_type_name(json));
    }
    const guint n = json_array_get_length(array);
    const char *op = n > 0 ? fm__json_string(json_array_get_element(array, 0)) : NULL;
    if (op == NULL || !fm__name_in_list(op, "== != > >= < <= in !in all any none has !has")) {
        return fm__parse_error(context, "expected a filter: [operator, key, value] with one of ==, "
                                        "!=, <, <=, >, >=, in, !in, has, !has, all, any, none");
    }
    if (fm__name_in_list(op, "all any none")) {
        return parse_combination(context, array, op);
    }
    if (fm__name_in_list(op, "has !has")) {
        FmNode *node = parse_has(context, array, op);
        return node != NULL && *op == '!' ? negation(context->parser, node) : node;
    }
    if (!fm__name_in_list(op, "in !in")) {
        return parse_comparison(context, array, op);
    }
    FmNode *node = n >= 2 ? new_comparison(context, array, fm__filter_in, "")
                          : fm__parse_error(context, "\"%s\" needs a key", op);
    return node != NULL && *op == '!' ? negation(context->parser, node) : node;
}

/* ---- which notation --------------------------------------------------------------------- */

static gboolean is_boolean(JsonNode *json)
{
    return JSON_NODE_HOLDS_VALUE(json) && json_node_get_value_type(json) == G_TYPE_BOOLEAN;
}

/* The specification's rule: a filter is old when it can be read as one. */
gboolean fm__filter_is_expression(JsonNode *json)
{
    if (is_boolean(json)) {
        return TRUE;
    }
    JsonArray *array = JSON_NODE_HOLDS_ARRAY(json) ? json_node_get_array(json) : NULL;
    const guint n = array != NULL ? json_array_get_length(array) : 0;
    const char *op = n > 0 ? fm__json_string(json_array_get_element(array, 0)) : NULL;
    if (op == NULL) {
        return n > 0;
    }
    JsonNode *first = n > 1 ? json_array_get_element(array, 1) : NULL;
    JsonNode *second = n > 2 ? json_array_get_element(array, 2) : NULL;
    const char *key = first != NULL ? fm__json_string(first) : NULL;
    if (strcmp(op, "has") == 0) {
        return first != NULL && g_strcmp0(key, "$id") != 0 && g_strcmp0(key, "$type") != 0;
    }
    if (strcmp(op, "in") == 0) {
        return second != NULL && (key == NULL || JSON_NODE_HOLDS_ARRAY(second));
    }
    if (fm__name_in_list(op, "!in !has none")) {
        return FALSE;
    }
    if (fm__name_in_list(op, "== != > >= < <=")) {
        return n != 3 || JSON_NODE_HOLDS_ARRAY(first) || JSON_NODE_HOLDS_ARRAY(second);
    }
    if (fm__name_in_list(op, "any all")) {
        for (guint i = 1; i < n; i++) {
            if (!fm__filter_is_expression(json_array_get_element(array, i))) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static FmExpr *expr_from_old(JsonNode *json, GPtrArray *errors)
{
    g_autoptr(FmExpr) expr = fm__expr_alloc();
    FmParser parser = {.arena = &expr->arena};
    const FmParseContext context = {.parser = &parser, .errors = errors};
    expr->root = parse_old(&context, json);
    return expr->root != NULL ? g_steal_pointer(&expr) : NULL;
}

FmExpr *fm__filter_compile(JsonNode *json, const char *path, GError **error)
{
    g_autoptr(GPtrArray) errors = fm__expr_errors_new();
    g_autoptr(FmExpr) expr =
        fm__filter_is_expression(json)
            ? fm__expr_parse(json, FM_TYPE(BOOLEAN), FM_ANNOTATE_BY_TYPE, errors)
            : expr_from_old(json, errors);
    if (expr == NULL) {
        fm__expr_errors_propagate(errors, path, error);
        return NULL;
    }
    return fm__expr_check_drawable(expr, 0, path, error) ? g_steal_pointer(&expr) : NULL;
}
