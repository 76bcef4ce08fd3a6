#include "fm-unit.h"

#include <facmap/core.h>

#include <string.h>

static void test_accepted(void)
{
    static const char *const good[] = {
        "0",
        "-0.5e+10",
        "\"\\u4eac\\ud83d\\ude00\\n\\/\"",
        "[]",
        "{\"a\": [true, false, null]}",
        " [1 , 2]\r\n\t",
        "[{\"a\": \"a\", \"b\": {\"a\": [\"a\", \"a\", {\"a\": 1}]}}, {\"a\": \"b\"}, {\"A\": 0}]",
        "{\"\\u0061b\": 1, \"\\u0061\\n\": 2, \"a\": 3, \"\\ud83d\\ude00\": 4, \"\\ud83d\\ude01\": "
        "5}",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *strict = fm_json_strict(good[i], -1, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(strict, ==, good[i]);
    }
}

/* A length ends the text where no NUL does; a byte order mark is no part of it. */
static void test_length(void)
{
    const char text[] = "\xEF\xBB\xBF{}[";
    g_autofree char *strict = fm_json_strict(text, 5, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpstr(strict, ==, "{}");
    g_assert_null(fm_json_strict("[]\0[]", 5, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    g_assert_cmpstr(error->message, ==, "line 1, column 3: a NUL byte");
}

static void test_refused(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
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
        {"[1] [2]", "line 1, column 5: a second value"},
        {"[] {", "line 1, column 4: a second value"},
        {"[/*\"*/[", "line 1, column 2: not JSON (comments are not, either)"},
        {"[//\"\n[", "line 1, column 2: not JSON (comments are not, either)"},
        {"{\"\\ud83d\\ude00\": 1, \"\xF0\x9F\x98\x80\": 2}",
         "line 1, column 21: the key '\xF0\x9F\x98\x80' stands in its object already"},
        {"{\"\\t\\/\": 1, \"\\u0009/\": 2}", "line 1, column 13: the key '\t/' stands"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *strict = fm_json_strict(cases[i].text, -1, &error);
        if (strict != NULL) {
            g_test_message("accepted: %s", cases[i].text);
        }
        g_assert_null(strict);
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!g_str_has_prefix(error->message, cases[i].message)) {
            g_assert_cmpstr(error->message, ==, cases[i].message);
        }
    }
}

/* Brackets inside texts open and close nothing. */
static char *nested(int depth)
{
    GString *text = g_string_new(NULL);

    for (int i = 1; i < depth; i++) {
        g_string_append(text, "[\"]\\\"]\",");
    }
    g_string_append(text, "[\"[\"");
    for (int i = 0; i < depth; i++) {
        g_string_append_c(text, ']');
    }
    return g_string_free(text, FALSE);
}

/* n - 1, n and n + 1 levels; and so many that a recursion would end the process. */
static void test_depth(void)
{
    const int depths[] = {FM_JSON_MAX_DEPTH - 1, FM_JSON_MAX_DEPTH, FM_JSON_MAX_DEPTH + 1, 1000000};
    for (gsize i = 0; i < G_N_ELEMENTS(depths); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = nested(depths[i]);
        g_autofree char *strict = fm_json_strict(text, -1, &error);
        g_assert_true((strict != NULL) == (depths[i] <= FM_JSON_MAX_DEPTH));
        if (strict == NULL) {
            g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
            g_assert_nonnull(strstr(error->message, "nested deeper than 200 levels"));
        }
    }
}

/* 18 digits fit 64 bits, more become reals. */
static void test_large_numbers(void)
{
    g_autofree char *strict = fm_json_strict(
        "[999999999999999999, 9223372036854775808, -18446744073709551616, 1e5, 123]", -1, NULL);

    g_assert_cmpstr(
        strict, ==,
        "[999999999999999999, 9223372036854775808.0, -18446744073709551616.0, 1e5, 123]");
}

void test_json(void)
{
    g_test_add_func("/core/json/accepted", test_accepted);
    g_test_add_func("/core/json/length", test_length);
    g_test_add_func("/core/json/refused", test_refused);
    g_test_add_func("/core/json/depth", test_depth);
    g_test_add_func("/core/json/large-numbers", test_large_numbers);
}
