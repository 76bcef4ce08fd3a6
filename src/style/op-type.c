/* Literals, and the operators about types: assertions (string, number, boolean, object, array) and
 * conversions (to-string …).  Both also appear where the specification infers them. */
#include "expr.h"

#include "number-text.h"

#include <math.h>
#include <string.h>

/* ---- literal ---------------------------------------------------------------------------- */

FM_PARSE(fm__parse_literal)
{
    const guint n = json_array_get_length(json);
    if (n != 2) {
        return fm__parse_error(context,
                               "'%s' expression requires exactly one argument, but found %u "
                               "instead.",
                               op->name, n - 1);
    }
    FmArena *arena = context->parser->arena;
    const FmValue value = fm__value_from_json(arena, json_array_get_element(json, 1));
    const FmType *type = fm__value_type(arena, &value);
    const FmType *expected = context->expected;
    /* An empty array is of any item type. */
    if (type->kind == FM_KIND_ARRAY && type->n == 0 && expected != NULL &&
        expected->kind == FM_KIND_ARRAY && expected->n <= 0) {
        type = expected;
    }
    return fm__node_literal(context->parser, type, value);
}

/* An array whose elements are expressions. */
static FM_EVAL(eval_array)
{
    FmValue *items = fm__arena_new(eval->arena, FmValue, node->n_args);
    for (gsize i = 0; i < node->n_args; i++) {
        if (!fm__eval_arg(node, i, eval, &items[i])) {
            return FALSE;
        }
    }
    *out = (FmValue){.kind = FM_KIND_ARRAY, .array = {.items = items, .n = node->n_args}};
    return TRUE;
}

/* Scalars of one kind make an array of it; the specification never unites two array types. */
static const FmType *common_type(const FmNode *node)
{
    const FmType *item = node->n_args > 0 ? node->args[0]->type : FM_TYPE(VALUE);
    for (gsize i = 1; i < node->n_args; i++) {
        if (item->kind == FM_KIND_ARRAY || node->args[i]->type->kind != item->kind) {
            return FM_TYPE(VALUE);
        }
    }
    return item;
}

FM_PARSE(fm__parse_semiliteral)
{
    JsonNode *written = json_array_get_length(json) == 2 ? json_array_get_element(json, 1) : NULL;
    if (written == NULL || !JSON_NODE_HOLDS_ARRAY(written)) {
        return fm__parse_literal(context, op, json);
    }
    JsonArray *items = json_node_get_array(written);
    const FmParseContext inner = fm__parse_child(context, 1, NULL);
    const guint n = json_array_get_length(items);
    FmNode *node = fm__node_new(context->parser, op, eval_array, NULL, n);
    for (guint i = 0; i < n; i++) {
        node->args[i] = fm__parse_arg(&inner, items, i, FM_TYPE(VALUE));
        if (node->args[i] == NULL) {
            return NULL;
        }
    }
    node->type = fm__type_array(context->parser->arena, common_type(node), n);
    node->first_output = 0;
    fm__node_finish(node);
    return node;
}

/* ---- assertions ------------------------------------------------------------------------- */

/* The first argument whose value has the type. */
static FM_EVAL(eval_assertion)
{
    for (gsize i = 0; i < node->n_args; i++) {
        if (!fm__eval_arg(node, i, eval, out)) {
            return FALSE;
        }
        const gboolean plain = node->type->kind != FM_KIND_ARRAY;
        if (plain ? out->kind == node->type->kind
                  : fm__type_fits(node->type, fm__value_type(eval->arena, out))) {
            return TRUE;
        }
    }
    return fm__eval_error(eval, "Expected value to be of type %s, but found %s instead.",
                          fm__type_name(eval->arena, node->type), fm__eval_type_name(eval, out));
}

static FmNode *new_assertion(FmParser *parser, const FmOperator *op, const FmType *type,
                             gsize n_args)
{
    FmNode *node = fm__node_new(parser, op, eval_assertion, type, n_args);
    node->first_output = 0;
    node->wrapper = TRUE;
    return node;
}

FmNode *fm__node_assertion(FmParser *parser, const FmType *type, FmNode *arg)
{
    FmNode *node = new_assertion(parser, NULL, type, 1);
    node->args[0] = arg;
    fm__node_finish(node);
    return node;
}

static const FmType *scalar_type(const char *name)
{
    return strcmp(name, "string") == 0    ? FM_TYPE(STRING)
           : strcmp(name, "number") == 0  ? FM_TYPE(NUMBER)
           : strcmp(name, "boolean") == 0 ? FM_TYPE(BOOLEAN)
                                          : NULL;
}

/* ["array", item type, length, value], the first two optional; `first` becomes the value's
 * place. */
static const FmType *parse_array_type(const FmParseContext *context, JsonArray *json, guint *first)
{
    const guint n = json_array_get_length(json);
    const FmType *item = FM_TYPE(VALUE);
    gint64 length = -1;
    if (n > 2) {
        const char *name = fm__json_string(json_array_get_element(json, 1));
        item = name != NULL ? scalar_type(name) : NULL;
        if (item == NULL) {
            fm__parse_error_at(context, 1,
                               "The item type argument of \"array\" must be one of "
                               "string, number, boolean");
            return NULL;
        }
        *first = 2;
    }
    if (n > 3) {
        JsonNode *wanted = json_array_get_element(json, 2);
        if (!JSON_NODE_HOLDS_NULL(wanted)) {
            const double number = fm__json_is_number(wanted) ? json_node_get_double(wanted) : -1;
            if (number < 0 || number != floor(number) || number > G_MAXINT) {
                fm__parse_error_at(context, 2,
                                   "The length argument to \"array\" must be a "
                                   "positive integer literal");
                return NULL;
            }
            length = (gint64)number;
        }
        *first = 3;
    }
    return fm__type_array(context->parser->arena, item, length);
}

static FmNode *parse_values(const FmParseContext *context, JsonArray *json, guint first,
                            FmNode *node)
{
    for (gsize i = 0; i < node->n_args; i++) {
        node->args[i] = fm__parse_arg(context, json, first + (guint)i, FM_TYPE(VALUE));
        if (node->args[i] == NULL) {
            return NULL;
        }
    }
    fm__node_finish(node);
    return node;
}

FM_PARSE(fm__parse_assertion)
{
    if (json_array_get_length(json) < 2) {
        return fm__parse_error(context, "Expected at least one argument.");
    }
    guint first = 1;
    const FmType *type = strcmp(op->name, "object") == 0 ? FM_TYPE(OBJECT) : scalar_type(op->name);
    if (strcmp(op->name, "array") == 0) {
        type = parse_array_type(context, json, &first);
        if (type == NULL) {
            return NULL;
        }
    }
    const gsize n_args = json_array_get_length(json) - first;
    return parse_values(context, json, first, new_assertion(context->parser, op, type, n_args));
}

/* ---- conversions ------------------------------------------------------------------------ */

static FM_EVAL(eval_to_number)
{
    for (gsize i = 0; i < node->n_args; i++) {
        if (!fm__eval_arg(node, i, eval, out)) {
            return FALSE;
        }
        const double number = fm__value_to_number(out);
        if (!isnan(number)) {
            *out = fm__value_number(number);
            return TRUE;
        }
    }
    return fm__eval_error(eval, "Could not convert %s to number.",
                          fm__value_to_json_text(eval->arena, out));
}

static FM_EVAL(eval_to_color)
{
    const char *why = NULL;
    for (gsize i = 0; i < node->n_args; i++) {
        FmColor color;
        if (!fm__eval_arg(node, i, eval, out)) {
            return FALSE;
        }
        if (fm__eval_to_color(eval, out, &color, &why)) {
            *out = fm__value_color(color);
            return TRUE;
        }
    }
    if (why != NULL) {
        return fm__eval_error(eval, "%s", why);
    }
    return fm__eval_error(eval, "Could not parse color from value '%s'",
                          out->kind == FM_KIND_STRING ? out->string
                                                      : fm__value_to_json_text(eval->arena, out));
}

/* The inferred conversions to padding, numbers, colours, anchors and projections. */
static FM_EVAL(eval_to_list)
{
    FmValue value;
    if (!fm__eval_arg(node, 0, eval, &value)) {
        return FALSE;
    }
    if (fm__value_parse(eval->arena, node->type->kind, &value, out)) {
        return TRUE;
    }
    return fm__eval_error(
        eval, "Could not parse %s from value '%s'", fm__type_name(eval->arena, node->type),
        value.kind == FM_KIND_STRING ? value.string : fm__value_to_json_text(eval->arena, &value));
}

/* to-string, to-boolean, and the inferred conversions to text and image take one argument. */
static FM_EVAL(eval_simple_conversion)
{
    if (!fm__eval_arg(node, 0, eval, out)) {
        return FALSE;
    }
    switch (node->type->kind) {
    case FM_KIND_BOOLEAN:
        *out = fm__value_boolean(fm__value_truth(out));
        break;
    case FM_KIND_IMAGE:
        *out = fm__value_image(fm__value_to_string(eval->arena, out), eval->images == NULL);
        break;
    case FM_KIND_FORMATTED: {
        FmSection *section = fm__arena_new(eval->arena, FmSection, 1);
        section->text = fm__value_to_string(eval->arena, out);
        *out = (FmValue){.kind = FM_KIND_FORMATTED, .formatted = {.sections = section, .n = 1}};
        break;
    }
    default:
        *out = fm__value_string(fm__value_to_string(eval->arena, out));
        break;
    }
    return TRUE;
}

static FmNode *new_conversion(FmParser *parser, const FmOperator *op, const FmType *type,
                              gsize n_args)
{
    const gboolean list = fm__kind_is_list(type->kind) || type->kind == FM_KIND_PROJECTION;
    const FmEvalFunc eval = type->kind == FM_KIND_NUMBER  ? eval_to_number
                            : type->kind == FM_KIND_COLOR ? eval_to_color
                            : list                        ? eval_to_list
                                                          : eval_simple_conversion;
    FmNode *node = fm__node_new(parser, op, eval, type, n_args);
    node->first_output = 0;
    node->wrapper = TRUE;
    return node;
}

FmNode *fm__node_conversion(FmParser *parser, const FmType *type, FmNode *arg)
{
    FmNode *node = new_conversion(parser, NULL, type, 1);
    node->args[0] = arg;
    fm__node_finish(node);
    return node;
}

FM_PARSE(fm__parse_conversion)
{
    const guint n = json_array_get_length(json);
    const FmType *type = strcmp(op->name, "to-number") == 0    ? FM_TYPE(NUMBER)
                         : strcmp(op->name, "to-color") == 0   ? FM_TYPE(COLOR)
                         : strcmp(op->name, "to-boolean") == 0 ? FM_TYPE(BOOLEAN)
                                                               : FM_TYPE(STRING);
    if (n < 2) {
        return fm__parse_error(context, "Expected at least one argument.");
    }
    if (n != 2 && (type == FM_TYPE(BOOLEAN) || type == FM_TYPE(STRING))) {
        return fm__parse_error(context, "Expected one argument.");
    }
    return parse_values(context, json, 1, new_conversion(context->parser, op, type, n - 1));
}

/* ---- typeof, error ---------------------------------------------------------------------- */

FM_EVAL(fm__op_typeof)
{
    if (!fm__eval_arg(node, 0, eval, out)) {
        return FALSE;
    }
    *out = fm__value_string(fm__eval_type_name(eval, out));
    return TRUE;
}

FM_EVAL(fm__op_error)
{
    (void)out;
    const char *message;
    return fm__eval_string(node, 0, eval, &message) && fm__eval_error(eval, "%s", message);
}
