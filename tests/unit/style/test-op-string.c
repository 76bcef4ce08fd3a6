#include "fm-unit.h"
#include "support.h"

#include <string.h>

/* Where we mean to differ from the official implementation: it ignores a maximum of 0 digits. */
static void test_no_fraction(void)
{
    g_autoptr(FmExpr) expr =
        expr_of("['number-format', ['get', 'x'], {'max-fraction-digits': 0}]", FM_EXPR_STRING);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_autofree char *half = fm__expr_string(expr, &context);
    g_assert_cmpstr(half, ==, "1");
    fm_table_set_real(table, 2, 0, 1234.4);
    g_autofree char *more = fm__expr_string(expr, &context);
    g_assert_cmpstr(more, ==, "1,234");
}

static void test_unsupported(void)
{
    static const char *const options[] = {"'locale': 'de'", "'locale': 'fr-CH'"};
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        g_autofree char *members = g_strdup_printf(
            "'type': 'symbol', 'layout': {'text-field': ['number-format', 1, {%s}]}", options[i]);
        g_autofree char *message = style_error(members, FM_ERROR_UNSUPPORTED);
        g_assert_nonnull(strstr(message, "layout.text-field: \"number-format\" does not support"));
    }
}

/* Text that doubles at every level of nesting ends in an error, not in all the memory. */
static void test_doubling(void)
{
    g_autoptr(GString) json = g_string_new(NULL);
    const int levels = 60;
    g_string_append(json, "['let', 't0', ['get', 'name'], ");
    for (int i = 1; i < levels; i++) {
        g_string_append_printf(json, "['let', 't%d', ['concat', ['var', 't%d'], ['var', 't%d']], ",
                               i, i - 1, i - 1);
    }
    g_string_append_printf(json, "['var', 't%d']", levels - 1);
    for (int i = 0; i < levels; i++) {
        g_string_append_c(json, ']');
    }
    g_autoptr(FmExpr) expr = expr_of(json->str, FM_EXPR_STRING);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    g_autofree char *text = fm__expr_string(expr, &context);
    g_assert_null(text);
}

void test_op_string(void)
{
    fixtures_add("op-string");
    g_test_add_func("/style/op-string/no-fraction", test_no_fraction);
    g_test_add_func("/style/op-string/unsupported", test_unsupported);
    g_test_add_func("/style/op-string/doubling", test_doubling);
}
