/* Typed members of metadata: what is accepted, and that the first error stays. */
#include "fm-unit.h"
#include "page-read.h"

#include <math.h>
#include <string.h>

/* A reader, and the object that it reads. */
typedef struct {
    FmPageReader reader;
    FmStyle *style;
    JsonNode *node;
    JsonObject *object;
} Reading;

static void reading_init(Reading *r, const char *json)
{
    g_autoptr(GError) error = NULL;
    r->style =
        fm_style_parse("{\"version\": 8, \"sources\": {}, \"layers\": []}", "t.json", &error);
    g_assert_no_error(error);
    r->reader = (FmPageReader){r->style, NULL};
    r->node = fm__json_parse(json, &error);
    g_assert_no_error(error);
    r->object = json_node_get_object(r->node);
}

static void reading_clear(Reading *r)
{
    g_clear_error(&r->reader.error);
    json_node_unref(r->node);
    fm_style_free(r->style);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

/* The error says where and contains `says`; forget it. */
static void assert_error(Reading *r, const char *says)
{
    g_assert_error(r->reader.error, FM_ERROR, FM_ERROR_PARSE);
    g_assert_true(g_str_has_prefix(r->reader.error->message, "t.json: path: "));
    g_assert_nonnull(strstr(r->reader.error->message, says));
    g_clear_error(&r->reader.error);
}

static void strings(void)
{
    g_auto(Reading) r = {0};
    reading_init(&r, "{\"a\": \"text\", \"b\": 1, \"c\": null}");
    g_autofree char *a = fm__page_string(&r.reader, r.object, "path", "a", "no");
    g_autofree char *absent = fm__page_string(&r.reader, r.object, "path", "x", "fallback");
    g_assert_cmpstr(a, ==, "text");
    g_assert_cmpstr(absent, ==, "fallback");
    g_assert_no_error(r.reader.error);
    g_free(fm__page_string(&r.reader, r.object, "path", "b", NULL));
    assert_error(&r, "'b' must be a string");
    g_free(fm__page_string(&r.reader, r.object, "path", "c", NULL));
    assert_error(&r, "'c' must be a string");
    g_assert_null(fm__page_required_string(&r.reader, r.object, "path", "x"));
    assert_error(&r, "'x' is missing");
}

static void numbers(void)
{
    g_auto(Reading) r = {0};
    reading_init(&r, "{\"i\": 3, \"d\": 0.5, \"s\": \"3\"}");
    g_assert_cmpfloat(fm__page_number(&r.reader, r.object, "path", "i", 0, 0, 10), ==, 3);
    g_assert_cmpfloat(fm__page_number(&r.reader, r.object, "path", "d", 0, 0, 10), ==, 0.5);
    g_assert_cmpfloat(fm__page_number(&r.reader, r.object, "path", "x", 7, 0, 10), ==, 7);
    g_assert_no_error(r.reader.error);
    fm__page_number(&r.reader, r.object, "path", "i", 0, 4, 10);
    assert_error(&r, "from 4 to 10");
    fm__page_number(&r.reader, r.object, "path", "s", 0, 0, 10);
    assert_error(&r, "'s' must be a number");
}

static void choices_and_colors(void)
{
    static const char *const names[] = {"left", "right", NULL};
    g_auto(Reading) r = {0};
    reading_init(
        &r,
        "{\"a\": \"right\", \"b\": \"up\", \"c\": \"#ff8000\", \"d\": \"orangeish\", \"e\": true}");
    g_assert_cmpint(fm__page_choice(&r.reader, r.object, "path", "a", names, 0), ==, 1);
    g_assert_cmpint(fm__page_choice(&r.reader, r.object, "path", "x", names, 0), ==, 0);
    fm__page_choice(&r.reader, r.object, "path", "b", names, 0);
    assert_error(&r, "one of left, right");
    const FmColor black = {0, 0, 0, 1};
    FmColor color = fm__page_color(&r.reader, r.object, "path", "c", black);
    g_assert_cmpfloat_with_epsilon(color.g, 128 / 255.0, 1e-9);
    fm__page_color(&r.reader, r.object, "path", "d", black);
    assert_error(&r, "CSS colour");
    g_assert_true(fm__page_boolean(&r.reader, r.object, "path", "e", FALSE));
    fm__page_boolean(&r.reader, r.object, "path", "a", FALSE);
    assert_error(&r, "true or false");
}

static void unknown_keys(void)
{
    static const char *const keys[] = {"margin", "size", NULL};
    g_auto(Reading) r = {0};
    reading_init(&r, "{\"size\": 1, \"magrin\": 2}");
    g_assert_null(fm__page_object(&r.reader, r.node, "path", keys));
    assert_error(&r, "unknown key 'magrin': did you mean 'margin'?");
}

static void the_first_error_stays(void)
{
    g_auto(Reading) r = {0};
    reading_init(&r, "{}");
    fm__page_fail(&r.reader, "path", FM_ERROR_PARSE, "first %d", 1);
    fm__page_fail(&r.reader, "path", FM_ERROR_PARSE, "second");
    assert_error(&r, "first 1");
}

static void expressions(void)
{
    g_auto(Reading) r = {0};
    reading_init(&r, "{\"v\": [\"+\", 1, [\"get\", \"n\"]], \"f\": [\"==\", [\"get\", \"n\"], 2], "
                     "\"bad\": [\"plus\", 1]}");
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize n = fm_table_add_column(table, "n", FM_COLUMN_INTEGER);
    fm_table_append_row(table);
    fm_table_set_integer(table, n, 0, 2);
    FmStyleContext context = {table, 0, 0, NULL};
    FmPageExpression *value = fm__page_expression(&r.reader, r.object, "path", "v", FM_EXPR_NUMBER);
    FmPageExpression *filter = fm__page_filter(&r.reader, r.object, "path", "f");
    g_assert_cmpfloat(fm_page_expression_number(value, &context), ==, 3);
    g_assert_true(fm_page_expression_boolean(filter, &context));
    g_assert_cmpstr(fm_page_expression_fields(filter)[0], ==, "n");
    fm__page_expression_free(value);
    fm__page_expression_free(filter);
    g_assert_null(fm__page_expression(&r.reader, r.object, "path", "x", FM_EXPR_NUMBER));
    g_assert_no_error(r.reader.error);
    g_assert_null(fm__page_expression(&r.reader, r.object, "path", "bad", FM_EXPR_NUMBER));
    g_assert_error(r.reader.error, FM_ERROR, FM_ERROR_PARSE);
    g_assert_true(g_str_has_prefix(r.reader.error->message, "t.json: path.bad"));
}

void test_page_read(void)
{
    g_test_add_func("/style/page-read/strings", strings);
    g_test_add_func("/style/page-read/numbers", numbers);
    g_test_add_func("/style/page-read/choices-and-colors", choices_and_colors);
    g_test_add_func("/style/page-read/unknown-keys", unknown_keys);
    g_test_add_func("/style/page-read/the-first-error-stays", the_first_error_stays);
    g_test_add_func("/style/page-read/expressions", expressions);
}
