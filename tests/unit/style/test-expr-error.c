/* Errors of expressions: where they are, and which of them is told. */
#include "expr.h"
#include "fm-unit.h"
#include "support.h"

/* The errors of an expression as "key: message" lines; transfer full. */
static char *errors_of(const char *expression)
{
    g_autofree char *text = quoted(expression);
    g_autoptr(JsonNode) json = fm__json_parse(text, NULL);
    g_autoptr(GPtrArray) errors = fm__expr_errors_new();
    g_assert_null(fm__expr_parse(json, &fm__types[FM_KIND_STRING], FM_ANNOTATE_BY_TYPE, errors));
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < errors->len; i++) {
        const FmExprError *error = errors->pdata[i];
        g_string_append_printf(lines, "%s%s: %s\n", error->unsupported ? "unsupported " : "",
                               error->key, error->message);
    }
    return g_string_free(g_steal_pointer(&lines), FALSE);
}

/* The key leads from the root to the element that is wrong: an operator's name is its element 0. */
static void test_keys(void)
{
    g_autofree char *root = errors_of("true");
    g_assert_cmpstr(root, ==, ": Expected string but found boolean instead.\n");
    g_autofree char *operand = errors_of("['upcase', ['downcase', 1]]");
    g_assert_cmpstr(operand, ==, "[1][1]: Expected string but found number instead.\n");
    g_autofree char *name = errors_of("['upcase', ['nope']]");
    g_assert_true(g_str_has_prefix(name, "[1][0]: Unknown expression \"nope\"."));
}

/* What is valid elsewhere is no mistake of the document's. */
static void test_unsupported(void)
{
    g_autofree char *operand = errors_of("['feature-state', 'hover']");
    g_assert_cmpstr(operand, ==,
                    "unsupported [0]: The operator \"feature-state\" is not supported.\n");
    g_autofree char *text = quoted("['global-state', 'x']");
    g_autoptr(JsonNode) json = fm__json_parse(text, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(fm__expr_compile(json, FM_EXPR_ANY, "title", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_UNSUPPORTED);
}

/* Only the first of several errors is told. */
static void test_first_error(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = quoted("['slice', ['nope'], ['nope']]");
    g_autoptr(JsonNode) json = fm__json_parse(text, NULL);
    g_assert_null(fm__expr_compile(json, FM_EXPR_ANY, "chart.value", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    g_assert_true(g_str_has_prefix(error->message, "chart.value[1][0]: Unknown expression"));
}

void test_expr_error(void)
{
    g_test_add_func("/style/expr-error/keys", test_keys);
    g_test_add_func("/style/expr-error/unsupported", test_unsupported);
    g_test_add_func("/style/expr-error/first", test_first_error);
}
