#include "fm-unit.h"
#include "support.h"

/* all and any have two signatures; parsing an argument for each would double at every level. */
static void test_nested_failure(void)
{
    g_autoptr(GString) json = g_string_new("'wrong'");
    const int levels = 150;
    for (int i = 0; i < levels; i++) {
        g_string_prepend(json, "['all', ");
        g_string_append(json, ", true]");
    }
    g_autofree char *members = g_strdup_printf("'type': 'line', 'filter': ['!', %s]", json->str);
    g_autofree char *message = style_error(members, FM_ERROR_UNSUPPORTED);
    g_assert_true(g_str_has_suffix(message, "The expression is too complex."));
}

void test_expr_signature(void)
{
    fixtures_add("expr-signature");
    g_test_add_func("/style/expr-signature/nested-failure", test_nested_failure);
}
