#include "fm-unit.h"
#include "support.h"

static void test_values(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) json = fm__json_parse("\xEF\xBB\xBF[123, 9223372036854775808]", &error);
    g_assert_no_error(error);
    JsonArray *array = json_node_get_array(json);
    g_assert_cmpint(json_array_get_int_element(array, 0), ==, 123);
    g_assert_cmpfloat(json_array_get_double_element(array, 1), ==, 9223372036854775808.0);
}

/* By core, by json-glib, and for want of a value. */
static void test_refused(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\n  // no\n}", "line 2, column 3: not JSON"},
        {"[1,", "line:column "},
        {"[1] 2", "line:column "},
        {"{\"a\" 1}", "line:column "},
        {"", "no JSON value"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm__json_parse(cases[i].text, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_true(g_str_has_prefix(error->message, cases[i].message));
    }
}

void test_json(void)
{
    g_test_add_func("/style/json/values", test_values);
    g_test_add_func("/style/json/refused", test_refused);
}
