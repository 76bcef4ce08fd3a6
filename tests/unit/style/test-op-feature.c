#include "fm-unit.h"
#include "support.h"

#include <string.h>

static void test_row(void)
{
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    static const struct {
        const char *json, *expected;
    } cases[] = {
        {"['get', 'name']", "A"},
        {"['get', 'NAME']", "A"}, /* columns are compared without case, as in SQL */
        {"['get', 'n']", "3"},
        {"['get', 'x']", "0.5"},
        {"['get', 'empty']", NULL},
        {"['get', 'absent']", NULL},
        {"['has', 'name']", "true"},
        {"['has', 'empty']", "false"},
        {"['has', 'absent']", "false"},
        {"['properties']", "{\"name\":\"A\",\"n\":3,\"x\":0.5}"},
        {"['geometry-type']", "Point"},
        {"['id']", NULL},
        {"['typeof', ['get', 'n']]", "number"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmExpr) expr = expr_of(cases[i].json, FM_EXPR_ANY);
        g_autofree char *found = fm__expr_string(expr, &context);
        g_assert_cmpstr(found, ==, cases[i].expected);
    }
}

/* The column "id" is the feature's id; a multi-geometry counts as its kind; without geometry there
 * is no type. */
static void test_id_and_geometry(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_ANY);
    const gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    fm_table_append_row(table);
    fm_table_append_row(table);
    fm_table_set_text(table, id, 0, "BJ-001");
    fm_table_set_geometry(table, 0,
                          fm_geometry_from_wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))", NULL));
    g_autoptr(FmExpr) both = expr_of("['concat', ['id'], ['geometry-type']]", FM_EXPR_STRING);
    g_autofree char *first = fm__expr_string(both, &(FmStyleContext){.table = table, .row = 0});
    g_autofree char *second = fm__expr_string(both, &(FmStyleContext){.table = table, .row = 1});
    g_assert_cmpstr(first, ==, "BJ-001Polygon");
    g_assert_cmpstr(second, ==, "");
}

/* One expression over tables whose columns lie elsewhere. */
static void test_other_table(void)
{
    g_autoptr(FmExpr) expr = expr_of("['get', 'x']", FM_EXPR_NUMBER);
    g_autoptr(FmTable) first = table_of_one();
    g_autoptr(FmTable) second = fm_table_new(FM_GEOMETRY_NONE);
    fm_table_add_column(second, "x", FM_COLUMN_INTEGER);
    fm_table_append_row(second);
    fm_table_set_integer(second, 0, 0, 9);
    for (int i = 0; i < 3; i++) {
        const FmStyleContext a = {.table = first};
        const FmStyleContext b = {.table = second};
        g_assert_cmpfloat(fm__expr_number(expr, &a, -1), ==, 0.5);
        g_assert_cmpfloat(fm__expr_number(expr, &b, -1), ==, 9);
    }
}

static void test_no_feature(void)
{
    const FmStyleContext context = {.zoom = 11.5};
    g_autoptr(FmExpr) get = expr_of("['get', 'x']", FM_EXPR_ANY);
    g_autoptr(FmExpr) properties = expr_of("['properties']", FM_EXPR_ANY);
    g_autoptr(FmExpr) zoom = expr_of("['step', ['zoom'], 0, 11, 1, 12, 2]", FM_EXPR_NUMBER);
    g_autofree char *nothing = fm__expr_string(get, &context);
    g_autofree char *empty = fm__expr_string(properties, &context);
    g_assert_null(nothing);
    g_assert_cmpstr(empty, ==, "{}");
    g_assert_cmpfloat(fm__expr_number(zoom, &context, -1), ==, 1);
}

void test_op_feature(void)
{
    fixtures_add("op-feature");
    g_test_add_func("/style/op-feature/row", test_row);
    g_test_add_func("/style/op-feature/id-and-geometry", test_id_and_geometry);
    g_test_add_func("/style/op-feature/other-table", test_other_table);
    g_test_add_func("/style/op-feature/no-feature", test_no_feature);
}
