#include "fm-unit.h"
#include "support.h"

#include <math.h>

/* Each type that the page asks for, from a value, an expression and a wrong one. */
static void test_types(void)
{
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_autoptr(FmExpr) truth = expr_of("['has', 'name']", FM_EXPR_BOOLEAN);
    g_autoptr(FmExpr) number = expr_of("['get', 'n']", FM_EXPR_NUMBER);
    g_autoptr(FmExpr) string = expr_of("['get', 'n']", FM_EXPR_STRING);
    g_autoptr(FmExpr) color = expr_of("'#ff0000'", FM_EXPR_COLOR);
    g_autoptr(FmExpr) text = expr_of("['format', ['get', 'name'], {}, '!']", FM_EXPR_TEXT);
    g_assert_true(fm__expr_boolean(truth, &context, FALSE));
    g_assert_cmpfloat(fm__expr_number(number, &context, NAN), ==, 3);
    g_autofree char *three = fm__expr_string(string, &context);
    g_assert_cmpstr(three, ==, "3");
    g_assert_cmpfloat(fm__expr_color(color, &context, (FmColor){0, 0, 1, 1}).r, ==, 1);
    g_autofree char *plain = fm__expr_string(text, &context);
    g_assert_cmpstr(plain, ==, "A!");
}

static void test_errors(void)
{
    static const struct {
        const char *json, *message;
        FmExprType type;
        FmError code;
    } cases[] = {
        {"'a'", "p: Expected number but found string instead.", FM_EXPR_NUMBER, FM_ERROR_PARSE},
        {"['+', 1, ['upcase', 'a']]", "p[2]: Expected number but found string instead.",
         FM_EXPR_NUMBER, FM_ERROR_PARSE},
        {"['+', 1, ['zoom']]",
         "p: \"zoom\" expression may only be used as input to a top-level \"step\" or "
         "\"interpolate\" expression.",
         FM_EXPR_NUMBER, FM_ERROR_PARSE},
        {"['global-state', 'a']", "p[0]: The operator \"global-state\" is not supported.",
         FM_EXPR_ANY, FM_ERROR_UNSUPPORTED},
        {"{'type': 'identity'}", "p: missing required property \"property\"", FM_EXPR_ANY,
         FM_ERROR_PARSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = quoted(cases[i].json);
        g_autoptr(JsonNode) json = fm__json_parse(text, NULL);
        g_assert_null(fm__expr_compile(json, cases[i].type, "p", &error));
        g_assert_error(error, FM_ERROR, (gint)cases[i].code);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

void test_expr_compile(void)
{
    g_test_add_func("/style/expr-compile/types", test_types);
    g_test_add_func("/style/expr-compile/errors", test_errors);
}
