/* Decisions and names: all, any, !, case, coalesce, let, var. */
#include "expr.h"

#include <string.h>

FM_EVAL(fm__op_not)
{
    gboolean truth;
    if (!fm__eval_boolean(node, 0, eval, &truth)) {
        return FALSE;
    }
    *out = fm__value_boolean(!truth);
    return TRUE;
}

/* Evaluate until an argument is `stop`. */
static gboolean eval_until(const FmNode *node, FmEval *eval, gboolean stop, FmValue *out)
{
    for (gsize i = 0; i < node->n_args; i++) {
        gboolean truth;
        if (!fm__eval_boolean(node, i, eval, &truth)) {
            return FALSE;
        }
        if (truth == stop) {
            *out = fm__value_boolean(stop);
            return TRUE;
        }
    }
    *out = fm__value_boolean(!stop);
    return TRUE;
}

FM_EVAL(fm__op_all)
{
    return eval_until(node, eval, FALSE, out);
}

FM_EVAL(fm__op_any)
{
    return eval_until(node, eval, TRUE, out);
}

/* ---- case ------------------------------------------------------------------------------- */

/* args: n tests, then n + 1 outputs. */
static FM_EVAL(eval_case)
{
    const gsize n = node->first_output;
    gsize i = 0;
    for (; i < n; i++) {
        gboolean truth;
        if (!fm__eval_boolean(node, i, eval, &truth)) {
            return FALSE;
        }
        if (truth) {
            break;
        }
    }
    return fm__eval_arg(node, n + i, eval, out);
}

FM_PARSE(fm__parse_case)
{
    const guint n_json = json_array_get_length(json);
    if (n_json < 4) {
        return fm__parse_error(context, "Expected at least 3 arguments, but found only %u.",
                               n_json - 1);
    }
    if (n_json % 2 != 0) {
        return fm__parse_error(context, "Expected an odd number of arguments.");
    }
    const gsize n = n_json / 2 - 1;
    if (!fm__parse_check_count(context, n, "conditions")) {
        return NULL;
    }
    FmNode *node = fm__node_new(context->parser, op, eval_case, NULL, 2 * n + 1);
    node->first_output = n;
    if (context->expected != NULL && context->expected->kind != FM_KIND_VALUE) {
        node->type = context->expected;
    }
    for (gsize i = 0; i <= n; i++) {
        guint place = (guint)(2 * i + 1);
        if (i < n) {
            node->args[i] = fm__parse_arg(context, json, place++, FM_TYPE(BOOLEAN));
            if (node->args[i] == NULL) {
                return NULL;
            }
        }
        FmNode *output = fm__parse_arg(context, json, place, node->type);
        if (output == NULL) {
            return NULL;
        }
        node->args[n + i] = output;
        node->type = node->type != NULL ? node->type : output->type;
    }
    fm__node_finish(node);
    return node;
}

/* ---- coalesce --------------------------------------------------------------------------- */

/* The first value that is not null; an image that does not exist counts as null, but when none
 * does, the first that was asked for is the answer, so that its absence can be reported. */
static FM_EVAL(eval_coalesce)
{
    const char *asked = NULL;
    *out = FM_VALUE_NULL;
    for (gsize i = 0; i < node->n_args; i++) {
        if (!fm__eval_arg(node, i, eval, out)) {
            return FALSE;
        }
        if (out->kind == FM_KIND_IMAGE && !out->image.available) {
            asked = asked != NULL ? asked : out->image.name;
            *out = i + 1 == node->n_args ? fm__value_string(asked) : FM_VALUE_NULL;
        }
        if (out->kind != FM_KIND_NULL) {
            return TRUE;
        }
    }
    return TRUE;
}

FM_PARSE(fm__parse_coalesce)
{
    const guint n_json = json_array_get_length(json);
    if (n_json < 2) {
        return fm__parse_error(context, "Expected at least one argument.");
    }
    if (!fm__parse_check_count(context, n_json - 1, "arguments")) {
        return NULL;
    }
    const FmType *expected = context->expected;
    FmNode *node = fm__node_new(context->parser, op, eval_coalesce, NULL, n_json - 1);
    node->first_output = 0;
    if (expected != NULL && expected->kind != FM_KIND_VALUE) {
        node->type = expected;
    }
    gboolean needs_annotation = FALSE;
    for (gsize i = 0; i < node->n_args; i++) {
        const guint place = (guint)i + 1;
        const FmParseContext child = fm__parse_child(context, place, node->type);
        /* Without annotations: they would turn a null into an error before coalesce sees it. */
        FmNode *arg = fm__parse(&child, json_array_get_element(json, place), FM_ANNOTATE_OMIT);
        if (arg == NULL) {
            return NULL;
        }
        node->args[i] = arg;
        node->type = node->type != NULL ? node->type : arg->type;
        needs_annotation =
            needs_annotation || (expected != NULL && !fm__type_fits(expected, arg->type));
    }
    if (needs_annotation) {
        node->type = FM_TYPE(VALUE); /* the parser then annotates the whole */
    }
    fm__node_finish(node);
    return node;
}

/* ---- let, var --------------------------------------------------------------------------- */

static FM_EVAL(eval_let)
{
    return fm__eval_arg(node, node->first_output, eval, out);
}

/* A binding is evaluated once: nested bindings that double each other must not cost 2^depth. */
static FM_EVAL(eval_var)
{
    const FmScope *binding = node->data;
    if (fm__node_is_literal(binding->bound)) {
        return fm__eval(binding->bound, eval, out); /* as when constants are computed ahead */
    }
    const FmValue *known = eval->slots[binding->slot];
    if (known == NULL) {
        FmValue *value = fm__arena_new(eval->arena, FmValue, 1);
        if (!fm__eval(binding->bound, eval, value)) {
            return FALSE;
        }
        eval->slots[binding->slot] = value;
        known = value;
    }
    *out = *known;
    return TRUE;
}

static gboolean is_variable_name(const char *name)
{
    for (; *name != '\0'; name++) {
        if (!g_ascii_isalnum(*name) && *name != '_') {
            return FALSE;
        }
    }
    return TRUE;
}

/* One name and value; adds it to the scope in which the result will be parsed. */
static FmNode *parse_binding(const FmParseContext *context, JsonArray *json, guint i,
                             const FmScope **scope)
{
    JsonNode *first = json_array_get_element(json, i);
    const char *name = fm__json_string(first);
    if (name == NULL) {
        return fm__parse_error_at(context, i, "Expected string, but found %s instead.",
                                  fm__json_type_name(first));
    }
    if (!is_variable_name(name)) {
        return fm__parse_error_at(
            context, i, "Variable names must contain only alphanumeric characters or '_'.");
    }
    FmNode *value = fm__parse_arg(context, json, i + 1, NULL);
    if (value == NULL) {
        return NULL;
    }
    FmScope *inner = fm__arena_new(context->parser->arena, FmScope, 1);
    inner->outer = *scope;
    inner->name = fm__arena_strdup(context->parser->arena, name);
    inner->bound = value;
    inner->slot = context->parser->n_slots++;
    *scope = inner;
    return value;
}

FM_PARSE(fm__parse_let)
{
    const guint n_json = json_array_get_length(json);
    if (n_json < 4) {
        return fm__parse_error(context, "Expected at least 3 arguments, but found %u instead.",
                               n_json - 1);
    }
    const gsize n = (n_json - 1) / 2;
    if (n > FM_MAX_VARIABLES - MIN(context->parser->n_slots, FM_MAX_VARIABLES)) {
        return fm__parse_error(context, "More than %d variables in one expression.",
                               FM_MAX_VARIABLES);
    }
    FmNode *node = fm__node_new(context->parser, op, eval_let, NULL, n + 1);
    node->first_output = n;
    const FmScope *scope = context->scope;
    for (gsize i = 0; i < n; i++) {
        node->args[i] = parse_binding(context, json, (guint)(2 * i + 1), &scope);
        if (node->args[i] == NULL) {
            return NULL;
        }
    }
    FmParseContext inner = fm__parse_child(context, n_json - 1, context->expected);
    inner.scope = scope;
    node->args[n] =
        fm__parse(&inner, json_array_get_element(json, n_json - 1), FM_ANNOTATE_BY_TYPE);
    if (node->args[n] == NULL) {
        return NULL;
    }
    node->type = node->args[n]->type;
    fm__node_finish(node);
    return node;
}

FM_PARSE(fm__parse_var)
{
    const char *name =
        json_array_get_length(json) == 2 ? fm__json_string(json_array_get_element(json, 1)) : NULL;
    if (name == NULL) {
        return fm__parse_error(context,
                               "'var' expression requires exactly one string literal argument.");
    }
    const FmScope *binding = context->scope;
    while (binding != NULL && strcmp(binding->name, name) != 0) {
        binding = binding->outer;
    }
    if (binding == NULL) {
        return fm__parse_error_at(context, 1,
                                  "Unknown variable \"%s\". Make sure \"%s\" has been bound in an "
                                  "enclosing \"let\" expression before using it.",
                                  name, name);
    }
    FmNode *node = fm__node_new(context->parser, op, eval_var, binding->bound->type, 0);
    FmScope *data = fm__arena_new(context->parser->arena, FmScope, 1);
    *data = *binding;
    node->data = data;
    fm__node_finish(node);
    node->constant = fm__node_is_literal(binding->bound);
    return node;
}
