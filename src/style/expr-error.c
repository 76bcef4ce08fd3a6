/* What is wrong with an expression: a list of errors, each with its position ("[2][1]") in JSON. */
#include "expr.h"

#include <stdarg.h>

static void expr_error_free(void *data)
{
    FmExprError *error = data;
    g_free(error->key);
    g_free(error->message);
    g_free(error);
}

GPtrArray *fm__expr_errors_new(void)
{
    return g_ptr_array_new_with_free_func(expr_error_free);
}

static void append_key(const FmParseContext *context, GString *key)
{
    if (context->parent != NULL) {
        append_key(context->parent, key);
        g_string_append_printf(key, "[%u]", context->index);
    }
}

static FmExprError *G_GNUC_PRINTF(2, 0)
    add_error(const FmParseContext *context, const char *format, va_list args)
{
    FmExprError *error = g_new0(FmExprError, 1);
    GString *key = g_string_new(NULL);
    append_key(context, key);
    error->key = g_string_free(key, FALSE);
    error->message = g_strdup_vprintf(format, args);
    g_ptr_array_add(context->errors, error);
    return error;
}

FmNode *fm__parse_error(const FmParseContext *context, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_error(context, format, args);
    va_end(args);
    return NULL;
}

FmNode *fm__parse_error_at(const FmParseContext *context, guint index, const char *format, ...)
{
    const FmParseContext child = fm__parse_child(context, index, NULL);
    va_list args;
    va_start(args, format);
    add_error(&child, format, args);
    va_end(args);
    return NULL;
}

FmNode *fm__parse_unsupported(const FmParseContext *context, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_error(context, format, args)->unsupported = TRUE;
    va_end(args);
    return NULL;
}

FmNode *fm__parse_unsupported_operator(const FmParseContext *context, const FmOperator *op,
                                       JsonArray *json)
{
    (void)json;
    const FmParseContext child = fm__parse_child(context, 0, NULL);
    return fm__parse_unsupported(&child, "The operator \"%s\" is not supported.", op->name);
}

gboolean fm__parse_check(const FmParseContext *context, const FmType *expected,
                         const FmType *actual)
{
    if (fm__type_fits(expected, actual)) {
        return TRUE;
    }
    fm__parse_error(context, "Expected %s but found %s instead.",
                    fm__parse_type_name(context, expected), fm__parse_type_name(context, actual));
    return FALSE;
}

gboolean fm__parse_check_count(const FmParseContext *context, gsize n, const char *what)
{
    if (n <= FM_MAX_STOPS) {
        return TRUE;
    }
    fm__parse_error(context, "More than %d %s.", FM_MAX_STOPS, what);
    return FALSE;
}

const char *fm__parse_type_name(const FmParseContext *context, const FmType *type)
{
    return fm__type_name(context->parser->arena, type);
}

void fm__expr_errors_propagate(GPtrArray *errors, const char *where, GError **error)
{
    const FmExprError *first = g_ptr_array_index(errors, 0);
    g_set_error(error, FM_ERROR, first->unsupported ? FM_ERROR_UNSUPPORTED : FM_ERROR_PARSE,
                "%s%s: %s", where, first->key, first->message);
}
