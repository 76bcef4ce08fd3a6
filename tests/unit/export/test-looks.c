/* Looks and the conditions that tell them apart. */
#include "told.h"

#include <fm-unit.h>

static void test_quoting(void)
{
    static const struct {
        const char *value, *expect;
    } cases[] = {{"", "''"}, {"it's", "'it''s'"}, {"a\\b", "'a\\\\b'"}, {"学\n校", "'学\\n校'"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *literal = fm__expression_literal(cases[i].value);
        g_assert_cmpstr(literal, ==, cases[i].expect);
    }
    g_autofree char *name = fm__expression_name("a \"b\" 名");
    g_assert_cmpstr(name, ==, "\"a \"\"b\"\" 名\"");
}

static void test_one_look(void)
{
    static const char *const kinds[] = {"a", "b"};
    told_assert("'paint': {'circle-radius': 3}", fixture_points(kinds, NULL, 2), "all > - (2)");
    told_assert("'paint': {'circle-radius': 3}", fixture_points(NULL, NULL, 0), "");
}

static void test_values(void)
{
    static const char *const kinds[] = {"a", "it's", NULL, "b", "a"};
    told_assert("'paint': {'circle-radius': ['match', ['get', 'kind'], 'a', 2, 'b', 3, 4]}",
                fixture_points(kinds, NULL, G_N_ELEMENTS(kinds)),
                "(\"kind\" = 'a') > a (2)\n"
                "(\"kind\" = 'it''s') OR (\"kind\" IS NULL) > it's, – (2)\n"
                "(\"kind\" = 'b') > b (1)");
}

static void test_filter(void)
{
    static const char *const kinds[] = {"a", "b", "a"};
    told_assert("'filter': ['==', ['get', 'kind'], 'a']",
                fixture_points(kinds, NULL, G_N_ELEMENTS(kinds)), "(\"kind\" = 'a') > a (2)");
    told_assert("'filter': ['==', ['get', 'kind'], 'none']",
                fixture_points(kinds, NULL, G_N_ELEMENTS(kinds)), "");
}

/* Both columns are read, one makes the difference. */
static void test_telling_column(void)
{
    static const char *const kinds[] = {"a", "b", "a", "b"};
    static const double numbers[] = {1, 2, 3, 4};
    told_assert("'filter': ['>', ['get', 'n'], 0], "
                "'paint': {'circle-radius': ['match', ['get', 'kind'], 'a', 2, 3]}",
                fixture_points(kinds, numbers, G_N_ELEMENTS(kinds)),
                "(\"kind\" = 'a') > a (2)\n(\"kind\" = 'b') > b (2)");
}

static void test_two_columns(void)
{
    static const char *const kinds[] = {"a", "a", "b", "b"};
    static const double numbers[] = {1, 2, 1, 2};
    told_assert("'paint': {'circle-radius': ['match', ['get', 'kind'], 'a', 2, 3],"
                " 'circle-opacity': ['case', ['==', ['get', 'n'], 1], 1, 0.5]}",
                fixture_points(kinds, numbers, G_N_ELEMENTS(kinds)),
                "(\"kind\" = 'a' AND \"n\" = 1) > a · 1 (1)\n"
                "(\"kind\" = 'a' AND \"n\" = 2) > a · 2 (1)\n"
                "(\"kind\" = 'b' AND \"n\" = 1) > b · 1 (1)\n"
                "(\"kind\" = 'b' AND \"n\" = 2) > b · 2 (1)");
}

enum { MANY = 200 };

/* Too many texts: no rules, and no wrong ones. */
static void test_too_many(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < MANY; i++)
        g_ptr_array_add(names, g_strdup_printf("k%" G_GSIZE_FORMAT, i));
    gboolean exact = TRUE;
    g_autofree char *text =
        told("'paint': {'circle-radius': ['length', ['get', 'kind']],"
             " 'circle-opacity': ['case', ['in', '7', ['get', 'kind']], 1, 0.5]}",
             fixture_points((const char *const *)names->pdata, NULL, MANY), &exact);
    g_assert_null(text);
}

/* Only the geometries asked for have part in it. */
static void test_dimension(void)
{
    g_autoptr(FmTable) table = fixture_areas();
    g_autoptr(FmStyle) style = told_style("'paint': {'circle-radius': 3}");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_autoptr(GPtrArray) points = fm__looks_new(layer, table, 0, TOLD_ZOOM, NULL);
    g_autoptr(GPtrArray) areas = fm__looks_new(layer, table, 2, TOLD_ZOOM, NULL);
    g_assert_cmpuint(points->len, ==, 0);
    g_assert_cmpuint(areas->len, ==, 1);
}

void test_looks(void)
{
    g_test_add_func("/export/looks/quoting", test_quoting);
    g_test_add_func("/export/looks/one-look", test_one_look);
    g_test_add_func("/export/looks/values", test_values);
    g_test_add_func("/export/looks/filter", test_filter);
    g_test_add_func("/export/looks/telling-column", test_telling_column);
    g_test_add_func("/export/looks/two-columns", test_two_columns);
    g_test_add_func("/export/looks/too-many", test_too_many);
    g_test_add_func("/export/looks/dimension", test_dimension);
}
