#include "support.h"

#include <math.h>
#include <string.h>

/* ---- fixtures --------------------------------------------------------------------------- */

/* Expected numbers are rounded to six significant digits, as in the specification's own tests: off
 * by half a unit of the sixth digit, relative to 1.00000 in the worst case. */
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

void fixtures_add(const char *name)
{
    g_autofree char *file = g_strconcat(name, ".json", NULL);
    g_autofree char *path = g_strdup_printf("/style/%s/fixtures", name);
    char *full = g_build_filename(g_getenv("FACMAP_SOURCE"), "tests", "unit", "style", "fixtures",
                                  file, NULL);
    g_test_add_data_func_full(path, full, test_file, g_free);
}

/* ---- documents -------------------------------------------------------------------------- */

char *quoted(const char *text)
{
    return g_strdelimit(g_strdup(text), "'", '"');
}

static char *document(const char *members)
{
    g_autofree char *text = g_strdup_printf(
        "{'version': 8, 'sources': {'s': {'type': 'vector', 'url': 'u'}}, 'layers': [{'id': 'l', "
        "'source': 's', 'source-layer': 'place', %s}]}",
        members);
    return quoted(text);
}

FmStyle *style_of(const char *members)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = document(members);
    FmStyle *style = fm_style_parse(text, "test.json", &error);
    g_assert_no_error(error);
    return style;
}

char *style_error(const char *members, FmError code)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = document(members);
    g_autoptr(FmStyle) style = fm_style_parse(text, "test.json", &error);
    if (style != NULL) {
        g_test_message("accepted: %s", members);
    }
    g_assert_null(style);
    g_assert_error(error, FM_ERROR, (gint)code);
    g_assert_null(strchr(error->message, '\n'));
    return g_strdup(error->message);
}

/* ---- expressions ------------------------------------------------------------------------ */

FmExpr *expr_of(const char *json, FmExprType type)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = quoted(json);
    g_autoptr(JsonNode) node = fm__json_parse(text, &error);
    g_assert_no_error(error);
    FmExpr *expr = fm__expr_compile(node, type, "test", &error);
    g_assert_no_error(error);
    return expr;
}

FmTable *table_of_one(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    const gsize name = fm_table_add_column(table, "name", FM_COLUMN_TEXT);
    const gsize n = fm_table_add_column(table, "n", FM_COLUMN_INTEGER);
    const gsize x = fm_table_add_column(table, "x", FM_COLUMN_REAL);
    fm_table_add_column(table, "empty", FM_COLUMN_TEXT);
    const gsize row = fm_table_append_row(table);
    fm_table_set_text(table, name, row, "A");
    fm_table_set_integer(table, n, row, 3);
    fm_table_set_real(table, x, row, 0.5);
    fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){116.4, 39.9}));
    return table;
}
