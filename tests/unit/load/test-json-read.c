#include "json-read.h"

#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static void parses_objects_only(void)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", "f.json: "},
        {"[1]", "f.json: not a JSON object"},
        {"{\"a\":", "f.json: "},
        {"{\"a\": 1, \"a\": 2}", "f.json: line 1, column 10: the key 'a' stands"},
        {"{} /* \" */", "f.json: line 1, column 4: not JSON"},
        {"{\"a\": \"\xff\"}", "f.json: line 1, column 8: not UTF-8"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_json_parse(cases[i].text, strlen(cases[i].text), "f.json", &error));
        assert_error(error, FM_ERROR_PARSE, cases[i].words);
    }
}

static char *nested(guint depth)
{
    GString *text = g_string_new("{\"]\\\"[\":");

    for (guint i = 1; i < depth; i++) {
        g_string_append_c(text, '[');
    }
    for (guint i = 1; i < depth; i++) {
        g_string_append_c(text, ']');
    }
    g_string_append(text, depth > 1 ? "}" : "1}");
    return g_string_free(text, FALSE);
}

static void nesting_has_a_limit(void)
{
    g_autofree char *deep = nested(200), *too_deep = nested(201), *abyss = nested(1000000);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonParser) parser = fm_json_parse(deep, strlen(deep), "f", &error);

    g_assert_no_error(error);
    g_assert_nonnull(parser);
    g_assert_null(fm_json_parse(too_deep, strlen(too_deep), "f", &error));
    assert_error(error, FM_ERROR_PARSE, "nested deeper than 200");
    g_assert_null(fm_json_parse(abyss, strlen(abyss), "f", NULL));
}

static void values(void)
{
    const char *text =
        "{\"s\": \"学\", \"n\": 2, \"r\": 0.5, \"b\": true, \"o\": {}, \"a\": [1], \"z\": null}";
    g_autoptr(JsonParser) parser = fm_json_parse(text, strlen(text), "f", NULL);
    FmJson json = {json_node_get_object(json_parser_get_root(parser)), "f", "x[1]"};
    g_autofree char *s = NULL;
    double n = 7, r = 0;
    gboolean b = FALSE;
    JsonObject *o = NULL;
    JsonArray *a = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(fm_json_take_string(&json, "s", &s, &error));
    g_assert_cmpstr(s, ==, "学");
    g_assert_true(fm_json_take_number(&json, "n", &n, &error) &&
                  fm_json_take_number(&json, "r", &r, &error));
    g_assert_cmpfloat(n + r, ==, 2.5);
    g_assert_true(fm_json_take_number(&json, "absent", &n, &error));
    g_assert_cmpfloat(n, ==, 2);
    g_assert_true(fm_json_take_boolean(&json, "b", &b, &error) && b);
    g_assert_true(fm_json_take_object(&json, "o", &o, &error) && o != NULL);
    g_assert_true(fm_json_take_array(&json, "a", &a, &error) && a != NULL);
    g_assert_false(fm_json_take_string(&json, "z", &s, &error));
    assert_error(error, FM_ERROR_PARSE, "f: x[1].z: not a string");
    g_clear_error(&error);
    g_assert_false(fm_json_take_number(&json, "s", &n, &error));
    assert_error(error, FM_ERROR_PARSE, "x[1].s: not a number");
    g_clear_error(&error);
    g_assert_false(fm_json_take_boolean(&json, "n", &b, &error));
    assert_error(error, FM_ERROR_PARSE, "neither true nor false");
    g_clear_error(&error);
    g_assert_false(fm_json_take_object(&json, "a", &o, &error));
    assert_error(error, FM_ERROR_PARSE, "not an object");
    g_clear_error(&error);
    g_assert_false(fm_json_take_array(&json, "o", &a, &error));
    assert_error(error, FM_ERROR_PARSE, "not a list");
}

static void unknown_keys(void)
{
    static const char *const known[] = {"en", "zh", NULL};
    const char *text = "{\"en\": 1, \"fr\": 2}";
    g_autoptr(JsonParser) parser = fm_json_parse(text, strlen(text), "f", NULL);
    FmJson json = {json_node_get_object(json_parser_get_root(parser)), "f", ""};
    g_autoptr(GError) error = NULL;

    g_assert_false(fm_json_check_keys(&json, known, &error));
    assert_error(error, FM_ERROR_PARSE, "f: fr: unknown key; known are en, zh");
}

void test_json_read(void)
{
    g_test_add_func("/load/json-read/objects-only", parses_objects_only);
    g_test_add_func("/load/json-read/nesting", nesting_has_a_limit);
    g_test_add_func("/load/json-read/values", values);
    g_test_add_func("/load/json-read/unknown-keys", unknown_keys);
}
