#include "fm-unit.h"
#include "support.h"

#include <math.h>

/* Every stop of a long curve is found. */
static void test_many(void)
{
    g_autoptr(GString) json = g_string_new("['step', ['get', 'x'], -1");
    for (int i = 0; i < 1000; i++) {
        g_string_append_printf(json, ", %d, %d", 2 * i, i);
    }
    g_string_append(json, "]");
    g_autoptr(FmExpr) expr = expr_of(json->str, FM_EXPR_NUMBER);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    for (int i = 0; i < 1000; i++) {
        fm_table_set_real(table, 2, 0, 2 * i + 1);
        g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, i);
        fm_table_set_real(table, 2, 0, 2 * i);
        g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, i);
    }
}

void test_op_curve(void)
{
    fixtures_add("op-curve");
    g_test_add_func("/style/op-curve/many", test_many);
}
