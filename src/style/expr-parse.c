/* From JSON to a typed syntax tree: inferred assertions and conversions, constants computed
 * ahead. */
#include "expr.h"

#include <string.h>

/* ---- JSON ------------------------------------------------------------------------------- */

gboolean fm__json_is_number(JsonNode *json)
{
    return JSON_NODE_HOLDS_VALUE(json) && json_node_get_value_type(json) != G_TYPE_STRING &&
           json_node_get_value_type(json) != G_TYPE_BOOLEAN;
}

const char *fm__json_string(JsonNode *json)
{
    return JSON_NODE_HOLDS_VALUE(json) && json_node_get_value_type(json) == G_TYPE_STRING
               ? json_node_get_string(json)
               : NULL;
}

const char *fm__json_type_name(JsonNode *json)
{
    if (!JSON_NODE_HOLDS_VALUE(json)) {
        return "object";
    }
    const GType type = json_node_get_value_type(json);
    return type == G_TYPE_STRING ? "string" : type == G_TYPE_BOOLEAN ? "boolean" : "number";
}

gboolean fm__is_expression(JsonNode *json)
{
    if (!JSON_NODE_HOLDS_ARRAY(json) || json_array_get_length(json_node_get_array(json)) == 0) {
        return FALSE;
    }
    const char *name = fm__json_string(json_array_get_element(json_node_get_array(json), 0));
    return name != NULL && fm__operator_find(name) != NULL;
}

static gint64 count_nodes(JsonNode *json)
{
    gint64 n = 1;
    if (JSON_NODE_HOLDS_ARRAY(json)) {
        JsonArray *array = json_node_get_array(json);
        for (guint i = 0; i < json_array_get_length(array); i++) {
            n += count_nodes(json_array_get_element(array, i));
        }
    } else if (JSON_NODE_HOLDS_OBJECT(json)) {
        JsonObjectIter iter;
        JsonNode *member = NULL;
        json_object_iter_init(&iter, json_node_get_object(json));
        while (json_object_iter_next(&iter, NULL, &member)) {
            n += count_nodes(member);
        }
    }
    return n;
}

/* ---- nodes ------------------------------------------------------------------------------ */

FmNode *fm__node_new(FmParser *parser, const FmOperator *op, FmEvalFunc eval, const FmType *type,
                     gsize n_args)
{
    FmNode *node = fm__arena_new(parser->arena, FmNode, 1);
    node->op = op;
    node->eval = eval;
    node->type = type;
    node->n_args = n_args;
    node->args = fm__arena_new(parser->arena, FmNode *, n_args);
    node->first_output = FM_NO_OUTPUT;
    return node;
}

FmNode *fm__node_literal(FmParser *parser, const FmType *type, FmValue value)
{
    FmNode *node = fm__node_new(parser, NULL, fm__eval_literal, type, 0);
    node->value = value;
    node->first_output = 0;
    fm__node_finish(node);
    return node;
}

/* The rule for zoom: it may only be the input of one step or interpolate, which may stand in
 * let and coalesce, and nowhere else. */
static void find_curve(FmNode *node)
{
    static const char *const not_on_top =
        "\"zoom\" expression may only be used as input to a top-level \"step\" or \"interpolate\" "
        "expression.";
    const char *name = node->op != NULL ? node->op->name : "";
    const gboolean transparent = strcmp(name, "let") == 0 || strcmp(name, "coalesce") == 0;
    if (node->zoom_curve) {
        node->curve = node;
    }
    for (gsize i = node->first_output; transparent && i < node->n_args; i++) {
        if (node->args[i]->curve != NULL || node->args[i]->curve_error != NULL) {
            node->curve = node->args[i]->curve;
            node->curve_error = node->args[i]->curve_error;
            break;
        }
    }
    for (gsize i = 0; i < node->n_args && node->curve_error == NULL; i++) {
        const FmNode *arg = node->args[i];
        if (arg->curve_error != NULL) {
            node->curve_error = arg->curve_error;
        } else if (arg->curve != NULL && node->curve == NULL) {
            node->curve_error = not_on_top;
        } else if (arg->curve != NULL && arg->curve != node->curve) {
            node->curve_error = "Only one zoom-based \"step\" or \"interpolate\" subexpression "
                                "may be used in an expression.";
        }
    }
    if (node->curve_error != NULL) {
        node->curve = NULL;
    }
}

void fm__node_finish(FmNode *node)
{
    gboolean constant = TRUE;
    node->output_defined = node->first_output <= node->n_args;
    for (gsize i = 0; i < node->n_args; i++) {
        const FmNode *arg = node->args[i];
        node->reads |= arg->reads;
        node->has_image = node->has_image || arg->has_image;
        constant = constant && (node->wrapper ? arg->constant : fm__node_is_literal(arg));
        if (i >= node->first_output && !arg->output_defined) {
            node->output_defined = FALSE;
        }
    }
    node->constant = constant && node->reads == 0;
    find_curve(node);
}

/* ---- the parser ------------------------------------------------------------------------- */

FmParseContext fm__parse_child(const FmParseContext *context, guint index, const FmType *expected)
{
    FmParseContext child = *context;
    child.parent = context;
    child.index = index;
    child.expected = expected;
    return child;
}

FmNode *fm__parse_arg(const FmParseContext *context, JsonArray *json, guint index,
                      const FmType *expected)
{
    const FmParseContext child = fm__parse_child(context, index, expected);
    return fm__parse(&child, json_array_get_element(json, index), FM_ANNOTATE_BY_TYPE);
}

/* Fit a node to the type that its place expects. */
static FmNode *conform(const FmParseContext *context, FmNode *node, FmAnnotation annotation)
{
    const FmType *expected = context->expected;
    if (expected == NULL) {
        return node;
    }
    const FmKind from = node->type->kind;
    gboolean assert_type = FALSE;
    gboolean convert = FALSE;
    switch (expected->kind) {
    case FM_KIND_STRING:
    case FM_KIND_NUMBER:
    case FM_KIND_BOOLEAN:
    case FM_KIND_OBJECT:
    case FM_KIND_ARRAY:
        assert_type = from == FM_KIND_VALUE;
        break;
    case FM_KIND_COLOR:
    case FM_KIND_FORMATTED:
    case FM_KIND_IMAGE:
        convert = from == FM_KIND_VALUE || from == FM_KIND_STRING;
        break;
    case FM_KIND_PADDING:
    case FM_KIND_NUMBERS:
        convert = from == FM_KIND_VALUE || from == FM_KIND_NUMBER || from == FM_KIND_ARRAY;
        break;
    case FM_KIND_COLORS:
    case FM_KIND_PROJECTION:
        convert = from == FM_KIND_VALUE || from == FM_KIND_STRING || from == FM_KIND_ARRAY;
        break;
    case FM_KIND_ANCHORS:
        convert = from == FM_KIND_VALUE || from == FM_KIND_ARRAY;
        break;
    default:
        break;
    }
    if (!assert_type && !convert) {
        return fm__parse_check(context, expected, node->type) ? node : NULL;
    }
    if (annotation == FM_ANNOTATE_OMIT) {
        return node;
    }
    return convert || annotation == FM_ANNOTATE_CONVERT
               ? fm__node_conversion(context->parser, expected, node)
               : fm__node_assertion(context->parser, expected, node);
}

/* Replace what depends on nothing by its value.  Images stay: which exist is known later. */
static FmNode *fold(const FmParseContext *context, FmNode *node)
{
    if (fm__node_is_literal(node) || node->type->kind == FM_KIND_IMAGE || !node->constant) {
        return node;
    }
    FmParser *parser = context->parser;
    FmEval eval = {.arena = parser->arena}; /* without slots: what is constant reads none */
    FmValue value;
    if (!fm__eval(node, &eval, &value)) {
        return fm__parse_error(context, "%s", eval.error);
    }
    FmNode *literal = fm__node_literal(parser, node->type, value);
    literal->has_image = node->has_image;
    return literal;
}

static FmNode *parse_scalar(const FmParseContext *context, JsonNode *json)
{
    const FmValue value = fm__value_from_json(context->parser->arena, json);
    return fm__node_literal(context->parser, &fm__types[value.kind], value);
}

static FmNode *parse_operator(const FmParseContext *context, JsonArray *json)
{
    if (json_array_get_length(json) == 0) {
        return fm__parse_error(context,
                               "Expected an array with at least one element. If you wanted "
                               "a literal array, use [\"literal\", []].");
    }
    JsonNode *first = json_array_get_element(json, 0);
    const char *name = fm__json_string(first);
    if (name == NULL) {
        return fm__parse_error_at(context, 0,
                                  "Expression name must be a string, but found %s instead. If you "
                                  "wanted a literal array, use [\"literal\", [...]].",
                                  fm__json_type_name(first));
    }
    const FmOperator *op = fm__operator_find(name);
    if (op == NULL) {
        return fm__parse_error_at(context, 0,
                                  "Unknown expression \"%s\". If you wanted a literal array, use "
                                  "[\"literal\", [...]].",
                                  name);
    }
    return op->parse != NULL ? op->parse(context, op, json)
                             : fm__parse_signatures(context, op, json);
}

FmNode *fm__parse(const FmParseContext *context, JsonNode *json, FmAnnotation annotation)
{
    if (context->parser->budget-- <= 0) {
        return fm__parse_unsupported(context, "The expression is too complex.");
    }
    FmNode *node;
    if (JSON_NODE_HOLDS_OBJECT(json)) {
        return fm__parse_error(context, "Bare objects invalid. Use [\"literal\", {...}] instead.");
    } else if (JSON_NODE_HOLDS_ARRAY(json)) {
        node = parse_operator(context, json_node_get_array(json));
    } else {
        node = parse_scalar(context, json);
    }
    node = node != NULL ? conform(context, node, annotation) : NULL;
    return node != NULL ? fold(context, node) : NULL;
}

/* ---- whole expressions ------------------------------------------------------------------ */

FmExpr *fm__expr_alloc(void)
{
    FmExpr *expr = g_new0(FmExpr, 1);
    fm__arena_init(&expr->arena, NULL, 0);
    return expr;
}

void fm__expr_free(FmExpr *expr)
{
    if (expr != NULL) {
        fm__arena_clear(&expr->arena);
        g_free(expr);
    }
}

FmExpr *fm__expr_parse(JsonNode *json, const FmType *expected, FmAnnotation annotation,
                       GPtrArray *errors)
{
    /* Overloads and messages parse an argument a few times; nested, that multiplies. */
    const gint64 parses_a_node = 64;
    const gint64 n_values = count_nodes(json);
    g_autoptr(FmExpr) expr = fm__expr_alloc();
    FmParser parser = {.arena = &expr->arena, .budget = parses_a_node * n_values};
    if (expected != NULL && expected->kind == FM_KIND_ARRAY) {
        expected = fm__type_array(&expr->arena, expected->item, expected->n); /* nodes keep it */
    }
    const FmParseContext context = {.parser = &parser, .expected = expected, .errors = errors};
    if (n_values > FM_MAX_VALUES) {
        fm__parse_error(&context, "More than %d JSON values in one expression.", FM_MAX_VALUES);
        return NULL;
    }
    expr->root = fm__parse(&context, json, annotation);
    if (expr->root == NULL) {
        return NULL;
    }
    expr->n_slots = parser.n_slots;
    return g_steal_pointer(&expr);
}
