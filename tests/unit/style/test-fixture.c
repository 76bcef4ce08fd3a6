/* The expression fixtures in fixtures/: one JSON array of fixtures in the specification's shape a
 * file, each with the title of the case and the expected result.  official.mjs checks the expected
 * results against the official implementation. */
#include "fm-unit.h"
#include "style-internal.h"

#include <math.h>
#include <string.h>

/* Expected numbers are rounded to six significant digits, as in the specification's own tests: off by
 * half a unit of the sixth digit, relative to 1.00000 in the worst case. */
#define TOLERANCE 5.01e-6

static gboolean same(JsonNode *a, JsonNode *b);

static gboolean same_object(JsonObject *a, JsonObject *b)
{
    JsonObjectIter iter;
    const char *key = NULL;
    JsonNode *member = NULL;
    json_object_iter_init(&iter, a);
    while (json_object_iter_next(&iter, &key, &member)) {
        JsonNode *other = json_object_get_member(b, key);
        if (other == NULL || !same(member, other)) {
            return FALSE;
        }
    }
    return json_object_get_size(a) == json_object_get_size(b);
}

static gboolean same_array(JsonArray *a, JsonArray *b)
{
    const guint n = json_array_get_length(a);
    gboolean good = n == json_array_get_length(b);
    for (guint i = 0; good && i < n; i++) {
        good = same(json_array_get_element(a, i), json_array_get_element(b, i));
    }
    return good;
}

static gboolean is_number(JsonNode *json)
{
    const GType type = json_node_get_value_type(json);
    return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static gboolean same(JsonNode *a, JsonNode *b)
{
    if (json_node_get_node_type(a) != json_node_get_node_type(b)) {
        return FALSE;
    }
    if (JSON_NODE_HOLDS_OBJECT(a)) {
        return same_object(json_node_get_object(a), json_node_get_object(b));
    }
    if (JSON_NODE_HOLDS_ARRAY(a)) {
        return same_array(json_node_get_array(a), json_node_get_array(b));
    }
    if (JSON_NODE_HOLDS_VALUE(a) && is_number(a) && is_number(b)) {
        const double x = json_node_get_double(a);
        const double y = json_node_get_double(b);
        return fabs(x - y) <= TOLERANCE * fmax(fabs(x), fabs(y));
    }
    return json_node_equal(a, b);
}

static void test_file(gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(data, &text, NULL, &error));
    g_autoptr(JsonNode) root = fm__json_parse(text, &error);
    g_assert_no_error(error);
    JsonArray *fixtures = json_node_get_array(root);
    g_assert_cmpuint(json_array_get_length(fixtures), >, 0);
    for (guint i = 0; i < json_array_get_length(fixtures); i++) {
        JsonNode *node = json_array_get_element(fixtures, i);
        JsonObject *fixture = json_node_get_object(node);
        JsonNode *expected = json_object_get_member(fixture, "expected");
        g_autofree char *json = fm__json_to_text(node);
        g_autofree char *result = fm_style_eval_fixture(json, &error);
        g_assert_no_error(error);
        g_autoptr(JsonNode) found = json_from_string(result, &error);
        g_assert_no_error(error);
        if (!same(expected, found)) {
            g_autofree char *wanted = fm__json_to_text(expected);
            g_autofree char *got = fm__json_to_text(found);
            g_test_message("%s\n  expected %s\n  found    %s",
                           json_object_get_string_member(fixture, "title"), wanted, got);
            g_test_fail();
        }
    }
}

static void test_malformed(void)
{
    static const char *const malformed[] = {
        "",
        "[]",
        "{}",
        "{\"expression\": 1, \"inputs\": 5}",
        "{\"expression\": 1, \"inputs\": [5]}",
        "{\"expression\": 1, \"inputs\": [[{}]]}",
        "{\"expression\": 1, \"inputs\": [[{}, 5]]}",
        "{\"expression\": 1, \"propertySpec\": []}",
        "{\"expression\": 1",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(malformed); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_style_eval_fixture(malformed[i], &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    }
}

void test_fixture(void)
{
    g_autofree char *folder =
        g_build_filename(g_getenv("FACMAP_SOURCE"), "tests", "unit", "style", "fixtures", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_strdup_printf("/style/fixture/%s", name);
        g_test_add_data_func_full(path, g_build_filename(folder, name, NULL), test_file, g_free);
    }
    g_test_add_func("/style/fixture/malformed", test_malformed);
}
