#include "expr.h"
#include "fm-unit.h"
#include "support.h"

#include <math.h>

/* Every stop of a long curve is found. */
static void test_many(void)
{
    g_autoptr(GString) json = g_string_new("['step', ['get', 'x'], -1");
    for (int i = 0; i < 1000; i++) {
        g_string_append_printf(json, ", %d, %d", 2 * i, i);
    }
    g_string_append(json, "]");
    g_autoptr(FmExpr) expr = expr_of(json->str, FM_EXPR_NUMBER);
    g_autoptr(FmTable) table = table_of_one();
    const FmStyleContext context = {.table = table};
    for (int i = 0; i < 1000; i++) {
        fm_table_set_real(table, 2, 0, 2 * i + 1);
        g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, i);
        fm_table_set_real(table, 2, 0, 2 * i);
        g_assert_cmpfloat(fm__expr_number(expr, &context, NAN), ==, i);
    }
}

/* Too many stops are refused in one line, in a curve as in a function of old. */
static void test_most_stops(void)
{
    static const struct {
        const char *before, *stop, *after, *said;
    } table[] = {
        {"['step', ['get', 'n'], 0", ", %u, 1", "]", "circle-radius: More than 250000 stops."},
        {"['interpolate', ['linear'], ['get', 'n']", ", %u, 1", "]",
         "circle-radius: More than 250000 stops."},
        {"{'property': 'n', 'type': 'interval', 'stops': [[0, 1]", ", [%u, 1]", "]}",
         "circle-radius: stops: more than 250000"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autoptr(GString) members = g_string_new("'type': 'circle', 'paint': {'circle-radius': ");
        g_string_append(members, table[i].before);
        g_auto(GStrv) parts = g_strsplit(table[i].stop, "%u", 2);
        for (guint stop = 1; stop <= FM_MAX_STOPS + 1; stop++) {
            g_string_append_printf(members, "%s%u%s", parts[0], stop, parts[1]);
        }
        g_string_append_printf(members, "%s}", table[i].after);
        g_autofree char *message = style_error(members->str, FM_ERROR_PARSE);
        if (!g_str_has_suffix(message, table[i].said)) {
            g_assert_cmpstr(message, ==, table[i].said);
        }
    }
}

void test_op_curve(void)
{
    g_test_add_func("/style/op-curve/most-stops", test_most_stops);
    fixtures_add("op-curve");
    g_test_add_func("/style/op-curve/many", test_many);
}
