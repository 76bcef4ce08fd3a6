/* Constants that a property cannot have, and what is said of each. */
#include "fm-unit.h"
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
        {"'symbol', 'layout': {'icon-offset': [1e300, 0]}",
         "layout.icon-offset[0]: 1e+300 is greater than the maximum value 10000"},
        {"'line', 'paint': {'line-offset': -1e300}",
         "paint.line-offset: -1e+300 is less than the minimum value -10000"},
        {"'line', 'paint': {'line-width': 10001}",
         "paint.line-width: 10001 is greater than the maximum value 10000"},
        {"'symbol', 'layout': {'icon-padding': [1, 1e300]}",
         "layout.icon-padding[1]: 1e+300 is greater than the maximum value 10000"},
        {"'symbol', 'layout': {'text-variable-anchor-offset': ['top', [0, 1e300]]}",
         "layout.text-variable-anchor-offset: 1e+300 is greater than the maximum value 10000"},
        {"'heatmap', 'paint': {'heatmap-weight': 1e300}",
         "paint.heatmap-weight: 1e+300 is greater than the maximum value 1000000000000"},
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

void test_property_constant(void)
{
    g_test_add_func("/style/property-constant/constants", test_constants);
}
