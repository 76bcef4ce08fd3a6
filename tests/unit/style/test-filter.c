#include "fm-unit.h"
#include "support.h"

#include <string.h>

typedef struct {
    const char *filter;
    gboolean accepts;
} Case;

static FmExpr *filter_of(const char *json)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = quoted(json);
    g_autoptr(JsonNode) node = fm__json_parse(text, &error);
    g_assert_no_error(error);
    FmExpr *filter = fm__filter_compile(node, "filter", &error);
    g_assert_no_error(error);
    return filter;
}

static void check(const Case *cases, gsize n)
{
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table, .zoom = 12};
    for (gsize i = 0; i < n; i++) {
        g_autoptr(FmExpr) filter = filter_of(cases[i].filter);
        if (fm__expr_boolean(filter, &context, FALSE) != cases[i].accepts) {
            g_test_message("%s", cases[i].filter);
            g_test_fail();
        }
    }
}

/* The row has name "A", n 3, x 0.5, empty NULL, and is a point. */
static void test_old(void)
{
    static const Case cases[] = {
        {"['==', 'name', 'A']", TRUE},
        {"['==', 'name', 'B']", FALSE},
        {"['!=', 'name', 'B']", TRUE},
        {"['==', 'n', 3]", TRUE},
        {"['==', 'n', '3']", FALSE},
        {"['!=', 'n', '3']", TRUE},
        {"['==', 'empty', 'A']", FALSE},
        {"['!=', 'absent', 'A']", TRUE},
        {"['<', 'n', 4]", TRUE},
        {"['<', 'n', 3]", FALSE},
        {"['<=', 'n', 3]", TRUE},
        {"['>', 'x', 0.4]", TRUE},
        {"['>=', 'x', 0.6]", FALSE},
        {"['<', 'name', 'B']", TRUE},
        {"['<', 'name', 4]", FALSE},
        {"['>', 'name', 4]", FALSE},
        {"['>', 'absent', 0]", FALSE},
        {"['in', 'name', 'C', 'B', 'A']", TRUE},
        {"['in', 'n', 1, 2, 3, '3', true]", TRUE},
        {"['in', 'n', '3', true]", FALSE},
        {"['in', 'name']", FALSE},
        {"['!in', 'name', 'B']", TRUE},
        {"['!in', 'empty', 'A']", TRUE},
        {"['has', 'name']", TRUE},
        {"['has', 'empty']", FALSE},
        {"['!has', 'absent']", TRUE},
        {"['has', '$id']", FALSE},
        {"['has', '$type']", TRUE},
        {"['==', '$type', 'Point']", TRUE},
        {"['in', '$type', 'LineString', 'Polygon']", FALSE},
        {"['==', '$id', 1]", FALSE},
        {"['all']", TRUE},
        {"['any']", FALSE},
        {"['none']", TRUE},
        {"['all', ['==', 'name', 'A'], ['==', 'n', 4]]", FALSE},
        {"['any', ['==', 'name', 'A'], ['==', 'n', 4]]", TRUE},
        {"['none', ['==', 'name', 'B'], ['==', 'n', 4]]", TRUE},
        {"['none', ['==', 'name', 'B'], ['any', ['==', 'n', 3]]]", FALSE},
    };
    check(cases, G_N_ELEMENTS(cases));
}

/* A run-time error is false; zoom may stand anywhere in a filter. */
static void test_expressions(void)
{
    static const Case cases[] = {
        {"true", TRUE},
        {"false", FALSE},
        {"['==', ['get', 'name'], 'A']", TRUE},
        {"['all', ['has', 'name'], ['>', ['get', 'n'], 2]]", TRUE},
        {"['in', ['get', 'name'], ['literal', ['A', 'B']]]", TRUE},
        {"['in', 'x', ['literal', ['x']]]", TRUE},
        {"['>', ['get', 'name'], 2]", FALSE},
        {"['!', ['>', ['get', 'name'], 2]]", FALSE},
        {"['>=', ['zoom'], 12]", TRUE},
        {"['has', 'absent']", FALSE},
        {"['get', 'n']", FALSE},
        {"['all', true, ['<', ['get', 'x'], 1]]", TRUE},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void test_errors(void)
{
    static const struct {
        const char *filter, *message;
    } cases[] = {
        {"null", "filter: array expected, null found"},
        {"'name'", "filter: array expected, string found"},
        {"[]", "filter: expected a filter: [operator, key, value] with one of"},
        {"['none', ['within', 'a']]", "filter[1]: expected a filter"},
        {"['all', ['!in', 'a', 1], ['==', ['get', 'a'], 1]]",
         "filter[2][1]: string expected, array found"},
        {"['==', 'a', null]", "filter[2]: string, number, or boolean expected, null found"},
        {"['in', 'a', {}]", "filter[2]: string, number, or boolean expected, object found"},
        {"['!has']", "filter: filter array for \"!has\" operator must have 2 elements"},
        {"['!in']", "filter: \"!in\" needs a key"},
        {"['none', ['==', 'a']]", "filter[1]: filter array for operator \"==\" must have 3"},
        {"['==', '$type', 'Polygons']", "filter[2]: expected one of [Point, LineString, Polygon]"},
        {"['<', '$type', 'Point']", "filter: \"$type\" cannot be use with operator \"<\""},
        {"['+', 1, 2]", "filter: Expected boolean but found number instead."},
        {"['==', 1, ['get', 'a'], 3, 4]", "filter: Expected two or three arguments."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = quoted(cases[i].filter);
        g_autoptr(JsonNode) json = fm__json_parse(text, NULL);
        g_assert_null(fm__filter_compile(json, "filter", &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        if (!g_str_has_prefix(error->message, cases[i].message)) {
            g_assert_cmpstr(error->message, ==, cases[i].message);
        }
    }
}

static void test_fields(void)
{
    g_autoptr(FmExpr) filter =
        filter_of("['all', ['==', 'b', 1], ['none', ['in', 'a', 1, 2]], ['has', 'c'], "
                  "['==', '$type', 'Point'], ['!=', '$id', 3]]");
    g_auto(GStrv) fields = fm__expr_fields(filter);
    g_autofree char *joined = g_strjoinv(" ", fields);
    g_assert_cmpstr(joined, ==, "a b c");
}

/* Membership in a long list, which is searched by halving. */
static void test_long_list(void)
{
    g_autoptr(GString) json = g_string_new("['in', 'n'");
    for (int i = 0; i < 1000; i++) {
        g_string_append_printf(json, ", %d", (i * 337) % 1000 * 2);
    }
    g_string_append_c(json, ']');
    g_autoptr(FmExpr) filter = filter_of(json->str);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    for (int i = -1; i <= 2000; i++) {
        fm_table_set_integer(table, 1, 0, i);
        const gboolean wanted = i >= 0 && i < 2000 && i % 2 == 0;
        g_assert_true(fm__expr_boolean(filter, &context, !wanted) == wanted);
    }
}

void test_filter(void)
{
    g_test_add_func("/style/filter/old", test_old);
    g_test_add_func("/style/filter/expressions", test_expressions);
    g_test_add_func("/style/filter/errors", test_errors);
    g_test_add_func("/style/filter/fields", test_fields);
    g_test_add_func("/style/filter/long-list", test_long_list);
}
