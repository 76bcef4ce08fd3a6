#include "fm-unit.h"
#include "property.h"
#include "support.h"

static void test_constants(void)
{
    static const struct {
        const char *members, *message;
    } cases[] = {
        {"'circle', 'paint': {'circle-radius': '5'}",
         "circle-radius: number expected, string found"},
        {"'circle', 'paint': {'circle-radius': -1}",
         "circle-radius: -1 is less than the minimum value 0"},
        {"'circle', 'paint': {'circle-opacity': 1.5}",
         "circle-opacity: 1.5 is greater than the maximum value 1"},
        {"'circle', 'paint': {'circle-color': 'bleu'}",
         "circle-color: color expected, \"bleu\" found"},
        {"'circle', 'paint': {'circle-color': 5}", "circle-color: color expected, number found"},
        {"'circle', 'paint': {'circle-color': null}", "circle-color: color expected, null found"},
        {"'line', 'paint': {'line-dasharray': 2}", "line-dasharray: array expected, number found"},
        {"'line', 'paint': {'line-dasharray': [2, '1']}",
         "line-dasharray[1]: number expected, string found"},
        {"'line', 'paint': {'line-dasharray': [2, -1]}",
         "line-dasharray[1]: -1 is less than the minimum value 0"},
        {"'line', 'layout': {'line-cap': 'flat'}",
         "line-cap: expected one of [butt, round, square], \"flat\" found"},
        {"'line', 'layout': {'line-cap': 'butt round'}",
         "line-cap: expected one of [butt, round, square], \"butt round\" found"},
        {"'fill', 'paint': {'fill-antialias': 'true'}",
         "fill-antialias: boolean expected, string found"},
        {"'symbol', 'layout': {'text-offset': [1]}",
         "text-offset: array length 2 expected, length 1 found"},
        {"'symbol', 'layout': {'text-font': 'Noto Sans'}",
         "text-font: array expected, string found"},
        {"'symbol', 'layout': {'text-variable-anchor': ['up']}",
         "text-variable-anchor[0]: expected one of [center, left, right, top, bottom, top-left, "
         "top-right, bottom-left, bottom-right], \"up\" found"},
        {"'symbol', 'layout': {'text-field': 5}", "text-field: string expected, number found"},
        {"'fill', 'paint': {'fill-opacity': {'stops': [[0, 1], [9, 1.5]]}}",
         "fill-opacity.stops[1][1]: 1.5 is greater than the maximum value 1"},
        {"'fill', 'paint': {'fill-pattern': '{name}'}",
         "fill-pattern: \"{name}\": a token is not replaced here; use [\"get\", …]"},
        {"'symbol', 'layout': {'icon-padding': [1, 2, 3, 4, 5]}",
         "icon-padding: padding requires 1 to 4 values; 5 values found"},
        {"'symbol', 'layout': {'icon-padding': [1, 'a']}",
         "icon-padding[1]: number expected, string found"},
        {"'symbol', 'layout': {'icon-padding': 'wide'}",
         "icon-padding: number expected, string found"},
        {"'symbol', 'layout': {'text-variable-anchor-offset': ['top']}",
         "text-variable-anchor-offset: variableAnchorOffsetCollection requires a non-empty array "
         "of even length"},
        {"'symbol', 'layout': {'text-variable-anchor-offset': ['up', [0, 1]]}",
         "text-variable-anchor-offset: anchors and offsets in turn expected: [\"top\", [0, 4], …]"},
        {"'symbol', 'layout': {'visibility': 'hidden'}",
         "visibility: expected one of [visible, none], \"hidden\" found"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members = g_strdup_printf("'type': %s", cases[i].members);
        g_autofree char *message = style_error(members, FM_ERROR_PARSE);
        if (!g_str_has_suffix(message, cases[i].message)) {
            g_assert_cmpstr(message, ==, cases[i].message);
        }
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
    g_test_add_func("/style/property/constants", test_constants);
    g_test_add_func("/style/property/dependencies", test_dependencies);
    g_test_add_func("/style/property/names-in-list", test_names_in_list);
}
