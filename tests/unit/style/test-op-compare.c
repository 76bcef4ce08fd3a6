#include "fm-unit.h"
#include "support.h"

/* In a filter, where a collator matters most. */
static void test_with_collator(void)
{
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table, .row = 0, .zoom = 10};
    g_autoptr(FmStyle) same =
        style_of("'type': 'line', 'filter': ['==', ['get', 'name'], 'á', ['collator', {}]]");
    g_autoptr(FmStyle) other = style_of("'type': 'line', 'filter': ['==', ['get', 'name'], 'á', "
                                        "['collator', {'diacritic-sensitive': true}]]");
    g_assert_true(fm_style_layer_accepts(fm_style_layer(same, 0), &context));
    g_assert_false(fm_style_layer_accepts(fm_style_layer(other, 0), &context));
}

void test_op_compare(void)
{
    fixtures_add("op-compare");
    g_test_add_func("/style/op-compare/with-collator", test_with_collator);
}
