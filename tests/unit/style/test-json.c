#include "fm-unit.h"
#include "support.h"

#include <string.h>

static void test_accepted(void)
{
    static const char *const good[] = {
        "0",
        "-0.5e+10",
        "\"\\u4eac\\ud83d\\ude00\\n\\/\"",
        "[]",
        "{\"a\": [true, false, null]}",
        "\xEF\xBB\xBF{}",
        " [1 , 2]\r\n\t",
        "[{\"a\": \"a\", \"b\": {\"a\": [\"a\", \"a\", {\"a\": 1}]}}, {\"a\": \"b\"}, {\"A\": 0}]",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) json = fm__json_parse(good[i], &error);
        g_assert_no_error(error);
        g_assert_nonnull(json);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "no JSON value"},
        {"{\n  // no\n}", "line 2, column 3: not JSON (comments are not, either)"},
        {"{'a': 1}", "line 1, column 2: not JSON"},
        {"var a = 1;", "line 1, column 1: not JSON"},
        {"[NaN]", "line 1, column 2: not JSON"},
        {"[truely]", "line 1, column 2: not JSON"},
        {"[01]", "line 1, column 2: not a number"},
        {"[1.]", "line 1, column 2: not a number"},
        {"[-]", "line 1, column 2: not a number"},
        {"[0x10]", "line 1, column 2: not a number"},
        {"[1e999]", "line 1, column 2: number out of range"},
        {"\"a\nb\"", "line 1, column 3: control character in text"},
        {"[\"北京\", \"abc", "line 1, column 12: text without its closing quote"},
        {"\"\\x41\"", "line 1, column 2: unknown escape in text"},
        {"\"\\u12\"", "line 1, column 4: \\u needs four hexadecimal digits"},
        {"\"\\u0000\"", "line 1, column 4: \\u0000 is not allowed in text"},
        {"\"\\ud83d\"", "line 1, column 4: half of a surrogate pair"},
        {"\"\\ude00\"", "line 1, column 4: half of a surrogate pair"},
        {"\"\xFF\"", "line 1, column 2: not UTF-8"},
        {"{\"a\": 1,\n \"b\": {\"a\": \"a\"}, \"a\": 2}",
         "line 2, column 19: the key 'a' stands in its object already, at line 1, column 2; keep "
         "one"},
        {"[{\"a\": 1}, {\"\\u0061\": 1, \"a\" : 2}]",
         "line 1, column 26: the key 'a' stands in its object already, at line 1, column 13"},
        {"{\"京\": [{\"\": {}, \"\": {}}]}",
         "line 1, column 17: the key '' stands in its object already, at line 1, column 9"},
        {"[1,", "line:column "},
        {"[1] [2]", "line 1, column 5: a second value"},
        {"[1] 2", "line:column "},
        {"{\"a\" 1}", "line:column "},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) json = fm__json_parse(cases[i].text, &error);
        if (json != NULL) {
            g_test_message("accepted: %s", cases[i].text);
        }
        g_assert_null(json);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!g_str_has_prefix(error->message, cases[i].message)) {
            g_assert_cmpstr(error->message, ==, cases[i].message);
        }
    }
}

static char *nested(int depth)
{
    g_autofree char *open = g_strnfill((gsize)depth, '[');
    g_autofree char *close = g_strnfill((gsize)depth, ']');
    return g_strconcat(open, close, NULL);
}

/* n - 1, n and n + 1 levels; and so many that a recursion would end the process. */
static void test_depth(void)
{
    const int depths[] = {FM_JSON_MAX_DEPTH - 1, FM_JSON_MAX_DEPTH, FM_JSON_MAX_DEPTH + 1, 1000000};
    for (gsize i = 0; i < G_N_ELEMENTS(depths); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = nested(depths[i]);
        g_autoptr(JsonNode) json = fm__json_parse(text, &error);
        g_assert_true((json != NULL) == (depths[i] <= FM_JSON_MAX_DEPTH));
        if (json == NULL) {
            g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
            g_assert_nonnull(strstr(error->message, "nested deeper than 200 levels"));
        }
    }
}

/* 18 digits fit 64 bits, more become reals. */
static void test_large_numbers(void)
{
    g_autoptr(JsonNode) json = fm__json_parse(
        "[999999999999999999, 9223372036854775808, -18446744073709551616, 123]", NULL);
    JsonArray *array = json_node_get_array(json);
    g_assert_cmpint(json_array_get_int_element(array, 0), ==, 999999999999999999);
    g_assert_cmpfloat(json_array_get_double_element(array, 1), ==, 9223372036854775808.0);
    g_assert_cmpfloat(json_array_get_double_element(array, 2), ==, -18446744073709551616.0);
    g_assert_cmpint(json_array_get_int_element(array, 3), ==, 123);
}

void test_json(void)
{
    g_test_add_func("/style/json/accepted", test_accepted);
    g_test_add_func("/style/json/refused", test_refused);
    g_test_add_func("/style/json/depth", test_depth);
    g_test_add_func("/style/json/large-numbers", test_large_numbers);
}
