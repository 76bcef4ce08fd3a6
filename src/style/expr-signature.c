/* Operators whose arguments are typed values: find the signature that fits. */
#include "expr.h"

#include <string.h>

static const FmType color_channels = {FM_KIND_ARRAY, &fm__types[FM_KIND_NUMBER], 4};
static const FmType strings = {FM_KIND_ARRAY, &fm__types[FM_KIND_STRING], -1};

static const FmType *type_of_letter(char letter)
{
    switch (letter) {
    case 'n':
        return FM_TYPE(NUMBER);
    case 's':
        return FM_TYPE(STRING);
    case 'b':
        return FM_TYPE(BOOLEAN);
    case 'c':
        return FM_TYPE(COLOR);
    case 'o':
        return FM_TYPE(OBJECT);
    case 'a':
        return &strings;
    case 'A':
        return &color_channels;
    case 'k':
        return FM_TYPE(COLLATOR);
    case 'e':
        return FM_TYPE(ERROR);
    default:
        return FM_TYPE(VALUE);
    }
}

static gboolean is_variadic(const FmSignature *signature)
{
    return strchr(signature->params, '*') != NULL;
}

static const FmType *parameter(const FmSignature *signature, gsize i)
{
    return type_of_letter(signature->params[is_variadic(signature) ? 0 : i]);
}

static gboolean takes(const FmSignature *signature, gsize n_args)
{
    return is_variadic(signature) || strlen(signature->params) == n_args;
}

static FmNode *try_signature(const FmParseContext *context, const FmOperator *op,
                             const FmSignature *signature, JsonArray *json)
{
    const guint n_args = json_array_get_length(json) - 1;
    FmNode *node =
        fm__node_new(context->parser, op, signature->eval, type_of_letter(op->result), n_args);
    node->reads = signature->reads;
    node->data = fm__arena_new(context->parser->arena, gint, 1); /* where the column was: see get */
    for (guint i = 0; i < n_args; i++) {
        node->args[i] = fm__parse_arg(context, json, i + 1, parameter(signature, i));
        if (node->args[i] == NULL) {
            return NULL;
        }
    }
    fm__node_finish(node);
    return node;
}

static void append_signature(const FmParseContext *context, GString *out,
                             const FmSignature *signature)
{
    const gboolean variadic = is_variadic(signature);
    const gsize n = variadic ? 1 : strlen(signature->params);
    g_string_append(out, out->len > 0 ? " | (" : "(");
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
                               fm__parse_type_name(context, parameter(signature, i)));
    }
    g_string_append(out, variadic ? "...)" : ")");
}

/* Say which signatures there are and what was found; the arguments are parsed once more, without
 * what the signatures expect of them. */
static FmNode *report_mismatch(const FmParseContext *context, const FmOperator *op, JsonArray *json,
                               gboolean any_count)
{
    const guint n_args = json_array_get_length(json) - 1;
    g_autoptr(GString) expected = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(op->signatures) && op->signatures[i].eval != NULL; i++) {
        if (any_count || takes(&op->signatures[i], n_args)) {
            append_signature(context, expected, &op->signatures[i]);
        }
    }
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 1; i <= n_args; i++) {
        const FmNode *arg = fm__parse_arg(context, json, i, NULL);
        if (arg == NULL) {
            return NULL;
        }
        g_string_append_printf(found, "%s%s", i > 1 ? ", " : "",
                               fm__parse_type_name(context, arg->type));
    }
    return fm__parse_error(context, "Expected arguments of type %s, but found (%s) instead.",
                           expected->str, found->str);
}

FmNode *fm__parse_signatures(const FmParseContext *context, const FmOperator *op, JsonArray *json)
{
    const guint n_args = json_array_get_length(json) - 1;
    gsize tried = 0;
    g_autoptr(GPtrArray) errors = NULL;
    if (!fm__parse_check_count(context, n_args, "arguments")) {
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(op->signatures) && op->signatures[i].eval != NULL; i++) {
        if (!takes(&op->signatures[i], n_args)) {
            continue;
        }
        g_clear_pointer(&errors, g_ptr_array_unref);
        errors = fm__expr_errors_new();
        FmParseContext attempt = *context;
        attempt.errors = errors;
        FmNode *node = try_signature(&attempt, op, &op->signatures[i], json);
        if (node != NULL) {
            return node;
        }
        tried++;
    }
    if (tried != 1) {
        return report_mismatch(context, op, json, tried == 0);
    }
    while (errors->len > 0) {
        g_ptr_array_add(context->errors, g_ptr_array_steal_index(errors, 0));
    }
    return NULL;
}
