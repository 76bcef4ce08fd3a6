/* ==, !=, <, >, <=, >=. */
#include "expr.h"

#include "collator.h"

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

static int order_texts(const FmValue *collator, const char *a, const char *b)
{
    return collator != NULL ? fm__collate(a, b, collator->collator.case_sensitive,
                                          collator->collator.diacritic_sensitive)
                            : strcmp(a, b);
}

/* NaN is in no order with anything. */
static gboolean is_ordered(const char *op, const FmValue *collator, const FmValue *a,
                           const FmValue *b)
{
    const gboolean strings = a->kind == FM_KIND_STRING;
    const int order = strings ? order_texts(collator, a->string, b->string) : 0;
    const gboolean less = strings ? order < 0 : a->number < b->number;
    const gboolean equal = strings ? order == 0 : a->number == b->number;
    const gboolean greater = strings ? order > 0 : a->number > b->number;
    return (op[0] == '<' ? less : greater) || (op[1] == '=' && equal);
}

static gboolean is_same(const FmValue *collator, const FmValue *a, const FmValue *b)
{
    const gboolean collated =
        collator != NULL && a->kind == FM_KIND_STRING && b->kind == FM_KIND_STRING;
    return collated ? order_texts(collator, a->string, b->string) == 0 : fm__value_same(a, b);
}

static FM_EVAL(eval_comparison)
{
    const Comparison *comparison = node->data;
    FmValue a;
    FmValue b;
    FmValue given;
    if (!fm__eval_arg(node, 0, eval, &a) || !fm__eval_arg(node, 1, eval, &b) ||
        (node->n_args > 2 && !fm__eval_kind(node, 2, eval, FM_KIND_COLLATOR, &given))) {
        return FALSE;
    }
    const FmValue *collator = node->n_args > 2 ? &given : NULL;
    if (!comparison->ordering) {
        *out = fm__value_boolean(is_same(collator, &a, &b) == (comparison->op[0] == '='));
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
    *out = fm__value_boolean(is_ordered(comparison->op, collator, &a, &b));
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

/* The third argument. */
static gboolean parse_collator(const FmParseContext *context, JsonArray *json, FmNode *node)
{
    const FmKind left = node->args[0]->type->kind;
    const FmKind right = node->args[1]->type->kind;
    if (left != FM_KIND_STRING && right != FM_KIND_STRING && left != FM_KIND_VALUE &&
        right != FM_KIND_VALUE) {
        fm__parse_error(context, "Cannot use collator to compare non-string types.");
        return FALSE;
    }
    node->args[2] = fm__parse_arg(context, json, 3, FM_TYPE(COLLATOR));
    return node->args[2] != NULL;
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
    FmNode *node = fm__node_new(context->parser, op, eval_comparison, FM_TYPE(BOOLEAN), n_json - 1);
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
    if (comparison->ordering) {
        assert_sides(context->parser, node);
    }
    if (n_json == 4 && !parse_collator(context, json, node)) {
        return NULL;
    }
    node->first_output = node->n_args; /* true and false are known */
    fm__node_finish(node);
    return node;
}
