/* Looks and the conditions that tell them apart. */
#include "fixture.h"
#include "looks.h"

#include <fm-unit.h>
#include <math.h>

static const double ZOOM = 9;

static FmStyle *circle_style(const char *members)
{
    g_autofree char *layer = g_strdup_printf(
        "{'id': 'c', 'type': 'circle', 'source': 'workspace', 'source-layer': 'p', %s}", members);
    return fixture_style(layer);
}

/* "condition > label (n)" of every look, joined by newlines. */
static char *told(const char *members, FmTable *table, gboolean *exact)
{
    g_autoptr(FmStyle) style = circle_style(members);
    g_autoptr(FmTable) owned = table;
    g_autoptr(GPtrArray) looks = fm__looks_new(fm_style_layer(style, 0), table, 0, ZOOM, exact);
    if (looks == NULL)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < looks->len; i++) {
        const FmLook *look = g_ptr_array_index(looks, i);
        g_string_append_printf(text, "%s%s > %s (%" G_GSIZE_FORMAT ")", i > 0 ? "\n" : "",
                               look->condition != NULL ? look->condition : "all",
                               look->label != NULL ? look->label : "-", look->n_rows);
    }
    return g_strdup(text->str);
}

static void assert_told(const char *members, FmTable *table, const char *expect)
{
    gboolean exact = FALSE;
    g_autofree char *text = told(members, table, &exact);
    g_assert_cmpstr(text, ==, expect);
    g_assert_true(exact);
}

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
    assert_told("'paint': {'circle-radius': 3}", fixture_points(kinds, NULL, 2), "all > - (2)");
    assert_told("'paint': {'circle-radius': 3}", fixture_points(NULL, NULL, 0), "");
}

static void test_values(void)
{
    static const char *const kinds[] = {"a", "it's", NULL, "b", "a"};
    assert_told("'paint': {'circle-radius': ['match', ['get', 'kind'], 'a', 2, 'b', 3, 4]}",
                fixture_points(kinds, NULL, G_N_ELEMENTS(kinds)),
                "(\"kind\" = 'a') > a (2)\n"
                "(\"kind\" = 'it''s') OR (\"kind\" IS NULL) > it's, – (2)\n"
                "(\"kind\" = 'b') > b (1)");
}

static void test_filter(void)
{
    static const char *const kinds[] = {"a", "b", "a"};
    assert_told("'filter': ['==', ['get', 'kind'], 'a']",
                fixture_points(kinds, NULL, G_N_ELEMENTS(kinds)), "(\"kind\" = 'a') > a (2)");
    assert_told("'filter': ['==', ['get', 'kind'], 'none']",
                fixture_points(kinds, NULL, G_N_ELEMENTS(kinds)), "");
}

/* Both columns are read, one makes the difference. */
static void test_telling_column(void)
{
    static const char *const kinds[] = {"a", "b", "a", "b"};
    static const double numbers[] = {1, 2, 3, 4};
    assert_told("'filter': ['>', ['get', 'n'], 0], "
                "'paint': {'circle-radius': ['match', ['get', 'kind'], 'a', 2, 3]}",
                fixture_points(kinds, numbers, G_N_ELEMENTS(kinds)),
                "(\"kind\" = 'a') > a (2)\n(\"kind\" = 'b') > b (2)");
}

static void test_two_columns(void)
{
    static const char *const kinds[] = {"a", "a", "b", "b"};
    static const double numbers[] = {1, 2, 1, 2};
    assert_told("'paint': {'circle-radius': ['match', ['get', 'kind'], 'a', 2, 3],"
                " 'circle-opacity': ['case', ['==', ['get', 'n'], 1], 1, 0.5]}",
                fixture_points(kinds, numbers, G_N_ELEMENTS(kinds)),
                "(\"kind\" = 'a' AND \"n\" = 1) > a · 1 (1)\n"
                "(\"kind\" = 'a' AND \"n\" = 2) > a · 2 (1)\n"
                "(\"kind\" = 'b' AND \"n\" = 1) > b · 1 (1)\n"
                "(\"kind\" = 'b' AND \"n\" = 2) > b · 2 (1)");
}

enum { MANY = 200 };

/* 0 … MANY-1 in a scattered order, every 50th NULL. */
static FmTable *many(const char *const *kinds)
{
    g_autofree double *numbers = g_new(double, MANY);
    g_autofree const char **names = g_new0(const char *, MANY);
    for (gsize i = 0; i < MANY; i++) {
        gsize value = i * 73 % MANY;
        numbers[i] = value % 50 == 49 ? (double)NAN : (double)value;
        names[i] = kinds != NULL ? kinds[value % 2] : NULL;
    }
    return fixture_points(names, numbers, MANY);
}

static void test_ranges(void)
{
    assert_told(
        "'paint': {'circle-radius': ['step', ['coalesce', ['get', 'n'], -1], 1, 0, 2, 100, 3]}",
        many(NULL),
        "\"n\" >= 0 AND \"n\" < 100 > 0 – 98 (98)\n"
        "\"n\" >= 100 > 100 – 198 (98)\n"
        "\"n\" IS NULL > – (4)");
}

/* The number alone tells every row, but only the kind makes ranges of it. */
static void test_ranges_within_values(void)
{
    static const char *const kinds[] = {"even", "odd"};
    assert_told("'filter': ['==', ['get', 'kind'], 'odd'],"
                "'paint': {'circle-radius': ['step', ['coalesce', ['get', 'n'], 0], 2, 100, 3]}",
                many(kinds),
                "(\"kind\" = 'odd') AND (\"n\" >= 1 AND \"n\" < 101) > odd · 1 – 97 (48)\n"
                "(\"kind\" = 'odd') AND (\"n\" >= 101) > odd · 101 – 197 (48)\n"
                "(\"kind\" = 'odd') AND (\"n\" IS NULL) > odd · – (4)");
}

/* A continuous property is cut into classes that cover every value once. */
static void test_classes(void)
{
    gboolean exact = TRUE;
    g_autofree char *text = told("'paint': {'circle-radius': ['interpolate', ['linear'],"
                                 " ['coalesce', ['get', 'n'], 0], 0, 1, 200, 50]}",
                                 many(NULL), &exact);
    g_assert_false(exact);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 13); /* twelve, and those without a value */
    g_assert_true(g_str_has_prefix(lines[0], "\"n\" >= 0 AND \"n\" < "));
    g_assert_true(g_str_has_suffix(lines[11], " – 198 (17)"));
}

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
    g_autoptr(FmStyle) style = circle_style("'paint': {'circle-radius': 3}");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_autoptr(GPtrArray) points = fm__looks_new(layer, table, 0, ZOOM, NULL);
    g_autoptr(GPtrArray) areas = fm__looks_new(layer, table, 2, ZOOM, NULL);
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
    g_test_add_func("/export/looks/ranges", test_ranges);
    g_test_add_func("/export/looks/ranges-within-values", test_ranges_within_values);
    g_test_add_func("/export/looks/classes", test_classes);
    g_test_add_func("/export/looks/too-many", test_too_many);
    g_test_add_func("/export/looks/dimension", test_dimension);
}
