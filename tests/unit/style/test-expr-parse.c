#include "expr.h"
#include "fm-unit.h"
#include "support.h"

#include <math.h>

/* Constants are computed once, at parse time. */
static void test_folding(void)
{
    g_autoptr(FmExpr) constant = expr_of("['concat', 'a', ['+', 1, 2]]", FM_EXPR_STRING);
    g_autoptr(FmExpr) variable = expr_of("['concat', 'a', ['get', 'n']]", FM_EXPR_STRING);
    g_assert_true(fm__node_is_literal(constant->root));
    g_assert_cmpstr(constant->root->value.string, ==, "a3");
    g_assert_false(fm__node_is_literal(variable->root));
    g_assert_true(fm__node_is_literal(variable->root->args[0]));
}

/* Expressions nest as deep as JSON may, and no deeper than the stack. */
static void test_depth(void)
{
    g_autoptr(GString) json = g_string_new("1");
    for (int i = 0; i < FM_JSON_MAX_DEPTH; i++) {
        g_string_prepend(json, "['-', ");
        g_string_append_c(json, ']');
    }
    g_autoptr(FmExpr) deepest = expr_of(json->str, FM_EXPR_NUMBER);
    g_assert_cmpfloat(fm__expr_number(deepest, &(FmStyleContext){.zoom = 0}, NAN), ==, 1);
}

void test_expr_parse(void)
{
    fixtures_add("expr-parse");
    g_test_add_func("/style/expr-parse/folding", test_folding);
    g_test_add_func("/style/expr-parse/depth", test_depth);
}
