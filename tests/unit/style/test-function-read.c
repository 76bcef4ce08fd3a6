#include "fm-unit.h"
#include "function.h"
#include "support.h"

static void test_members(void)
{
    g_autofree char *text =
        quoted("{'property': 'p', 'base': 1.5, 'colorSpace': 'hcl', 'default': 3, "
               "'stops': [[{'zoom': 1, 'value': 2}, 3]]}");
    g_autoptr(JsonNode) json = fm__json_parse(text, NULL);
    const FmPropertySpec *spec = fm__property_spec(FM_PROP_LINE_WIDTH);
    g_autoptr(GError) error = NULL;
    FmFunction function;
    g_assert_true(fm__function_read(&function, json_node_get_object(json), spec, &error));
    g_assert_no_error(error);
    g_assert_true(function.spec == spec);
    g_assert_cmpstr(function.property, ==, "p");
    g_assert_null(function.type);
    g_assert_cmpstr(function.interpolate, ==, "interpolate-hcl");
    g_assert_cmpfloat(function.base, ==, 1.5);
    g_assert_true(function.over_both);
    g_assert_cmpuint(json_array_get_length(function.stops), ==, 1);
    g_assert_cmpfloat(json_node_get_double(function.fallback), ==, 3);
}

void test_function_read(void)
{
    g_test_add_func("/style/function-read/members", test_members);
}
