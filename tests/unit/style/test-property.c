#include "fm-unit.h"
#include "property.h"
#include "support.h"

/* What the document fixes has to be drawable, wherever it stands in an expression; what it computes
 * from data is fitted when it is drawn. */
static void test_outputs(void)
{
    static const struct {
        const char *members, *message;
    } cases[] = {
        {"'circle', 'paint': {'circle-radius': ['case', ['has', 'n'], 5, 1e300]}",
         "paint.circle-radius: 1e+300 is greater than the maximum value 10000"},
        {"'circle', 'paint': {'circle-radius': ['^', 10, 9]}",
         "paint.circle-radius: 1000000000 is greater than the maximum value 10000"},
        {"'circle', 'paint': {'circle-radius': ['sqrt', -1]}",
         "paint.circle-radius: the value is not a number"},
        {"'circle', 'paint': {'circle-radius': {'property': 'n', 'type': 'exponential',"
         " 'stops': [[0, 1], [1, 20000]]}}",
         "paint.circle-radius: 20000 is greater than the maximum value 10000"},
        {"'symbol', 'layout': {'icon-offset': ['step', ['get', 'n'], ['literal', [0, 0]], 5,"
         " ['literal', [0, -1e300]]]}",
         "layout.icon-offset: -1e+300 is less than the minimum value -10000"},
        {"'symbol', 'layout': {'icon-padding': ['match', ['get', 'n'], 1, ['literal', [1e9]],"
         " ['literal', [2]]]}",
         "layout.icon-padding: 1000000000 is greater than the maximum value 10000"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members = g_strdup_printf("'type': %s", cases[i].members);
        g_autofree char *message = style_error(members, FM_ERROR_PARSE);
        if (!g_str_has_suffix(message, cases[i].message)) {
            g_assert_cmpstr(message, ==, cases[i].message);
        }
    }
    static const char *const good[] = {
        /* The specification wants the nearest limit here. */
        "'circle', 'paint': {'circle-opacity': ['case', ['has', 'n'], 2, 1]}",
        "'circle', 'paint': {'circle-radius': ['*', 1e300, ['get', 'n']]}",
        "'circle', 'layout': {'circle-sort-key': 1e300}",
        "'heatmap', 'paint': {'heatmap-weight': ['case', ['has', 'n'], 21893095, 1]}",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autofree char *members = g_strdup_printf("'type': %s", good[i]);
        g_autoptr(FmStyle) style = style_of(members);
    }
}

/* What may depend on what. */
static void test_dependencies(void)
{
    static const struct {
        const char *members, *message;
    } cases[] = {
        {"'symbol', 'layout': {'text-padding': ['get', 'x']}",
         "text-padding: data expressions not supported"},
        {"'symbol', 'layout': {'text-padding': {'property': 'x', 'stops': [[0, 1], [9, 2]]}}",
         "text-padding: data expressions not supported"},
        {"'line', 'layout': {'visibility': ['case', ['has', 'x'], 'none', 'visible']}",
         "visibility: data expressions not supported"},
        {"'line', 'layout': {'visibility': ['step', ['zoom'], 'none', 5, 'visible']}",
         "visibility: zoom expressions not supported"},
        {"'line', 'paint': {'line-width': ['*', 2, ['zoom']]}",
         "line-width: \"zoom\" expression may only be used as input to a top-level \"step\" or "
         "\"interpolate\" expression."},
        {"'line', 'paint': {'line-dasharray': ['interpolate', ['linear'], ['zoom'], 0, ['literal', "
         "[1, 2]], 9, ['literal', [2, 3]]]}",
         "line-dasharray: Type array<number> is not interpolatable."},
        {"'symbol', 'layout': {'text-font': ['get', 'font']}",
         "text-font: Invalid data expression for \"text-font\". Output values must be contained as "
         "literals within the expression."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members = g_strdup_printf("'type': %s", cases[i].members);
        g_autofree char *message = style_error(members, FM_ERROR_PARSE);
        if (!g_str_has_suffix(message, cases[i].message)) {
            g_assert_cmpstr(message, ==, cases[i].message);
        }
    }
    g_autoptr(FmStyle) fonts = style_of(
        "'type': 'symbol', 'layout': {'text-font': ['match', ['get', 'k'], 'a', ['literal', "
        "['Serif']], ['literal', ['Sans']]]}");
    g_assert_nonnull(fonts);
}

static void test_names_in_list(void)
{
    g_assert_true(fm__name_in_list("top", "center top bottom"));
    g_assert_true(fm__name_in_list("top", "center top-left top"));
    g_assert_false(fm__name_in_list("top", "center top-left"));
    g_assert_false(fm__name_in_list("op", "top"));
    g_assert_false(fm__name_in_list("to", "top"));
    g_assert_false(fm__name_in_list("", "top"));
    g_assert_false(fm__name_in_list("center top", "center top"));
}

void test_property(void)
{
    fixtures_add("property");
    g_test_add_func("/style/property/outputs", test_outputs);
    g_test_add_func("/style/property/dependencies", test_dependencies);
    g_test_add_func("/style/property/names-in-list", test_names_in_list);
}
