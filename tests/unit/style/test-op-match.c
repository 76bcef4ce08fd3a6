#include "fm-unit.h"
#include "support.h"

#include <math.h>

/* Thousands of labels are found as fast as a few, and correctly. */
static void test_many(void)
{
    g_autoptr(GString) json = g_string_new("['match', ['get', 'name']");
    for (int i = 0; i < 5000; i++) {
        g_string_append_printf(json, ", 'id%d', %d", (i * 7919) % 5000, (i * 7919) % 5000);
    }
    g_string_append(json, ", -1]");
    g_autoptr(FmExpr) expr = expr_of(json->str, FM_EXPR_NUMBER);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    for (int i = 0; i < 5000; i += 13) {
        g_autofree char *id = g_strdup_printf("id%d", i);
        fm_table_set_text(table, 0, 0, id);
        g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, i);
    }
    fm_table_set_text(table, 0, 0, "id5000");
    g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, -1);
}

void test_op_match(void)
{
    fixtures_add("op-match");
    g_test_add_func("/style/op-match/many", test_many);
}
