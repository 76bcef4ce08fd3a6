#include "fm-unit.h"
#include "support.h"

#include <math.h>

/* What fails, is null or of another type gives the fallback. */
static void test_fallbacks(void)
{
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    const FmColor grey = {0.5, 0.5, 0.5, 1};
    g_autoptr(FmExpr) null = expr_of("['get', 'absent']", FM_EXPR_ANY);
    g_autoptr(FmExpr) fails = expr_of("['to-number', ['get', 'name']]", FM_EXPR_ANY);
    g_autoptr(FmExpr) nan = expr_of("['-', ['ln', -1], ['get', 'n']]", FM_EXPR_ANY);
    const FmExpr *const exprs[] = {null, fails, nan};
    for (gsize i = 0; i < G_N_ELEMENTS(exprs); i++) {
        g_assert_cmpfloat(fm__expr_number(exprs[i], &context, -7), ==, -7);
        g_assert_true(fm__expr_boolean(exprs[i], &context, TRUE));
        g_assert_cmpfloat(fm__expr_color(exprs[i], &context, grey).g, ==, 0.5);
    }
    g_assert_null(fm__expr_string(null, &context));
    g_assert_null(fm__expr_string(fails, &context));
    g_autofree char *text = fm__expr_string(nan, &context);
    g_assert_cmpstr(text, ==, "NaN");
}

static void test_fields(void)
{
    g_autoptr(FmExpr) expr =
        expr_of("['let', 'v', ['get', 'b'], ['case', ['has', 'a'], ['var', 'v'], "
                "['concat', ['get', ['concat', 'c', 'd']], ['get', 'e', ['literal', {}]], "
                "['get', ['get', 'f']], ['get', 'b']]]]",
                FM_EXPR_STRING);
    g_auto(GStrv) fields = fm__expr_fields(expr);
    g_autofree char *joined = g_strjoinv(" ", fields);
    g_assert_cmpstr(joined, ==, "a b cd f");
}

/* Evaluation is the same whether its memory is on the stack or not. */
static void test_long_text(void)
{
    g_autoptr(FmTable) table = table_of_one();
    g_autofree char *name = g_strnfill(10000, 'x');
    fm_table_set_text(table, 0, 0, name);
    g_autoptr(FmExpr) expr = expr_of(
        "['length', ['concat', ['get', 'name'], ['upcase', ['get', 'name']], ['get', 'n']]]",
        FM_EXPR_NUMBER);
    g_assert_cmpfloat(fm__expr_number(expr, &(FmStyleContext){.table = table}, NAN), ==, 20001);
}

void test_expr_eval(void)
{
    g_test_add_func("/style/expr-eval/fallbacks", test_fallbacks);
    g_test_add_func("/style/expr-eval/fields", test_fields);
    g_test_add_func("/style/expr-eval/long-text", test_long_text);
}
