#include "fm-unit.h"
#include "support.h"

/* Collators are not there, and a comparison does not go on without one. */
static void test_collator(void)
{
    g_autofree char *message =
        style_error("'type': 'line', 'filter': ['==', ['get', 'a'], 'b', ['collator', {}]]",
                    FM_ERROR_UNSUPPORTED);
    g_assert_cmpstr(message, ==,
                    "test.json: layers[0] 'l': filter[3][0]: The operator \"collator\" is not "
                    "supported.");
}

void test_op_compare(void)
{
    fixtures_add("op-compare");
    g_test_add_func("/style/op-compare/collator", test_collator);
}
