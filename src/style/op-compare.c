/* ==, !=, <, >, <=, >=. */
#include "expr.h"

#include <string.h>

typedef struct {
    char op[3];
    gboolean ordering;
    gboolean untyped; /* an argument's type is known only at run time */
} Comparison;

static gboolean is_comparable(const Comparison *comparison, const FmType *type)
{
    switch (type->kind) {
    case FM_KIND_STRING:
    case FM_KIND_NUMBER:
    case FM_KIND_VALUE:
        return TRUE;
    case FM_KIND_BOOLEAN:
    case FM_KIND_NULL:
        return !comparison->ordering;
    default:
        return FALSE;
    }
}

/* NaN is in no order with anything. */
static gboolean is_ordered(const char *op, const FmValue *a, const FmValue *b)
{
    const gboolean strings = a->kind == FM_KIND_STRING;
    const int order = strings ? strcmp(a->string, b->string) : 0;
    const gboolean less = strings ? order < 0 : a->number < b->number;
    const gboolean equal = strings ? order == 0 : a->number == b->number;
    const gboolean greater = strings ? order > 0 : a->number > b->number;
    return (op[0] == '<' ? less : greater) || (op[1] == '=' && equal);
}

static FM_EVAL(eval_comparison)
{
    const Comparison *comparison = node->data;
    FmValue a;
    FmValue b;
    if (!fm__eval_arg(node, 0, eval, &a) || !fm__eval_arg(node, 1, eval, &b)) {
        return FALSE;
    }
    if (!comparison->ordering) {
        *out = fm__value_boolean(fm__value_same(&a, &b) == (comparison->op[0] == '='));
        return TRUE;
    }
    if (a.kind != b.kind || (a.kind != FM_KIND_STRING && a.kind != FM_KIND_NUMBER)) {
        /* The plain kinds: "array", not "array<number, 2>". */
        return fm__eval_error(eval,
                              "Expected arguments for \"%s\" to be (string, string) or (number, "
                              "number), but found (%s, %s) instead.",
                              comparison->op, fm__type_name(eval->arena, &fm__types[a.kind]),
                              fm__type_name(eval->arena, &fm__types[b.kind]));
    }
    *out = fm__value_boolean(is_ordered(comparison->op, &a, &b));
    return TRUE;
}

static FmNode *parse_side(const FmParseContext *context, JsonArray *json, guint i,
                          const Comparison *comparison)
{
    FmNode *side = fm__parse_arg(context, json, i, FM_TYPE(VALUE));
    if (side != NULL && !is_comparable(comparison, side->type)) {
        return fm__parse_error_at(context, i, "\"%s\" comparisons are not supported for type '%s'.",
                                  comparison->op, fm__parse_type_name(context, side->type));
    }
    return side;
}

/* In an ordering, a value of unknown type has to be of the other's type. */
static void assert_sides(FmParser *parser, FmNode *node)
{
    const FmType *left = node->args[0]->type;
    const FmType *right = node->args[1]->type;
    if (left->kind == FM_KIND_VALUE && right->kind != FM_KIND_VALUE) {
        node->args[0] = fm__node_assertion(parser, right, node->args[0]);
    } else if (left->kind != FM_KIND_VALUE && right->kind == FM_KIND_VALUE) {
        node->args[1] = fm__node_assertion(parser, left, node->args[1]);
    }
}

FM_PARSE(fm__parse_comparison)
{
    const guint n_json = json_array_get_length(json);
    if (n_json != 3 && n_json != 4) {
        return fm__parse_error(context, "Expected two or three arguments.");
    }
    Comparison *comparison = fm__arena_new(context->parser->arena, Comparison, 1);
    g_strlcpy(comparison->op, op->name, sizeof comparison->op);
    comparison->ordering = op->name[0] == '<' || op->name[0] == '>';
    FmNode *node = fm__node_new(context->parser, op, eval_comparison, FM_TYPE(BOOLEAN), 2);
    node->data = comparison;
    for (guint i = 0; i < 2; i++) {
        node->args[i] = parse_side(context, json, i + 1, comparison);
        if (node->args[i] == NULL) {
            return NULL;
        }
    }
    const FmType *left = node->args[0]->type;
    const FmType *right = node->args[1]->type;
    if (left->kind != right->kind && left->kind != FM_KIND_VALUE && right->kind != FM_KIND_VALUE) {
        return fm__parse_error(context, "Cannot compare types '%s' and '%s'.",
                               fm__parse_type_name(context, left),
                               fm__parse_type_name(context, right));
    }
    if (n_json == 4) { /* the third argument is a collator */
        const FmParseContext third = fm__parse_child(context, 3, NULL);
        return fm__parse_unsupported(&third, fm__operator_find("collator"), json);
    }
    if (comparison->ordering) {
        assert_sides(context->parser, node);
    }
    node->first_output = node->n_args; /* true and false are known */
    fm__node_finish(node);
    return node;
}
