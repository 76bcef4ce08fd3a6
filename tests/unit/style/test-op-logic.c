#include "expr.h"
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

/* As many variables as there may be: each constant on the way takes no room for all of them. */
static void test_many_bindings(void)
{
    g_autoptr(GString) json = g_string_new("['let'");
    for (guint i = 0; i < FM_MAX_VARIABLES; i++) {
        g_string_append_printf(json, ", 'v%u', ['+', 1, %u]", i, i);
    }
    g_string_append_printf(json, ", ['+', ['get', 'n'], ['var', 'v0'], ['var', 'v%d']]]",
                           FM_MAX_VARIABLES - 1);
    g_autoptr(FmExpr) expr = expr_of(json->str, FM_EXPR_NUMBER);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, 3 + 1 + FM_MAX_VARIABLES);
    g_assert_cmpuint(expr->arena.total, <, (gsize)FM_MAX_VARIABLES * 2000);
}

/* So many are refused before any is read. */
static void test_most_branches(void)
{
    static const char *const table[][4] = {
        {"[\"case\"", ",true,1", ",2]", "radius: More than 250000 conditions."},
        {"[\"match\",[\"get\",\"n\"]", ",1,1", ",2]", "radius: More than 250000 branches."},
        {"[\"any\"", ",true", "]", "radius: More than 250000 arguments."},
        {"[\"coalesce\"", ",1", "]", "radius: More than 250000 arguments."},
        {"[\"format\"", ",\"x\"", "]", "radius: More than 250000 arguments."},
        {"[\"let\"", ",\"x\",1", ",2]", "radius: More than 10000 variables in one expression."},
        {"[\"literal\",[0", ",0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0", "]]",
         "radius: More than 4000000 JSON values in one expression."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(GString) text = g_string_new(table[i][0]);
        for (int k = 0; k <= FM_MAX_STOPS; k++) {
            g_string_append(text, table[i][1]);
        }
        g_string_append(text, table[i][2]);
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) json = fm__json_parse(text->str, &error);
        g_assert_no_error(error);
        g_assert_null(fm__expr_compile(json, FM_EXPR_NUMBER, "radius", &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_cmpstr(error->message, ==, table[i][3]);
    }
}

void test_op_logic(void)
{
    fixtures_add("op-logic");
    g_test_add_func("/style/op-logic/bindings-once", test_bindings_once);
    g_test_add_func("/style/op-logic/many-bindings", test_many_bindings);
    g_test_add_func("/style/op-logic/most-branches", test_most_branches);
}
