#include "fm-unit.h"
#include "support.h"

#include <math.h>

/* Numbers that double at every level: each binding is evaluated once. */
static void test_bindings_once(void)
{
    g_autoptr(GString) json = g_string_new(NULL);
    const int levels = 90;
    g_string_append(json, "['let', 't0', ['get', 'n'], ");
    for (int i = 1; i < levels; i++) {
        g_string_append_printf(json, "['let', 't%d', ['+', ['var', 't%d'], ['var', 't%d']], ", i,
                               i - 1, i - 1);
    }
    g_string_append_printf(json, "['var', 't%d']", levels - 1);
    for (int i = 0; i < levels; i++) {
        g_string_append_c(json, ']');
    }
    g_autoptr(FmExpr) expr = expr_of(json->str, FM_EXPR_NUMBER);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, ldexp(3, levels - 1));
}

void test_op_logic(void)
{
    fixtures_add("op-logic");
    g_test_add_func("/style/op-logic/bindings-once", test_bindings_once);
}
