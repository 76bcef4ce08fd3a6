#include "fm-unit.h"
#include "support.h"

static void test_refused(void)
{
    static const struct {
        const char *function, *message;
    } cases[] = {
        {"{}", "missing required property \"stops\""},
        {"{'stops': []}", "stops: array with at least one stop expected"},
        {"{'stops': [1]}", "stops[0]: array of length 2 expected"},
        {"{'stops': [[1, 2, 3]]}", "stops[0]: array of length 2 expected"},
        {"{'stops': [['a', 2]]}", "stops[0][0]: number expected, string found"},
        {"{'stops': [[null, 2]]}",
         "stops[0][0]: stop domain value must be a number, string, or boolean"},
        {"{'stops': [[1, ['get', 'x']]]}",
         "stops[0][1]: expressions are not allowed in function stops"},
        {"{'stops': [[{'zoom': 1}, 2]], 'property': 'p'}",
         "stops[0][0]: an object with zoom and value expected"},
        {"{'stops': [[{'zoom': 1, 'value': 0}, 2]]}", "missing required property \"property\""},
        {"{'type': 'identity'}", "missing required property \"property\""},
        {"{'type': 'identity', 'property': 'p', 'stops': [[1, 2]]}",
         "identity function may not have a \"stops\" property"},
        {"{'type': 'linear', 'stops': [[1, 2]]}",
         "type: expected one of identity, exponential, interval, categorical"},
        {"{'type': 'categorical', 'stops': [['a', 2]]}", "missing required property \"property\""},
        {"{'base': 'e', 'stops': [[1, 2]]}", "base: number expected"},
        {"{'property': 1, 'stops': [[1, 2]]}", "property: string expected"},
        {"{'colorSpace': 'cmyk', 'stops': [[1, 2]]}", "Unknown color space: \"cmyk\""},
        {"{'stop': [[1, 2]]}", "unknown property \"stop\" of a function"},
        {"{'stops': [[5, 1], [1, 2]]}",
         "[5]: Input/output pairs for \"interpolate\" expressions must be arranged with input "
         "values in strictly ascending order."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members =
            g_strdup_printf("'type': 'line', 'paint': {'line-width': %s}", cases[i].function);
        g_autofree char *message = style_error(members, FM_ERROR_PARSE);
        g_autofree char *expected =
            g_strdup_printf("test.json: layers[0] 'l': paint.line-width%s%s",
                            *cases[i].message == '[' ? "" : ": ", cases[i].message);
        g_assert_cmpstr(message, ==, expected);
    }
}

/* A step of one output: the official conversion yields 0 above zoom 0. */
static void test_one_stop(void)
{
    g_autoptr(FmStyle) style =
        style_of("'type': 'line', 'layout': {'line-cap': {'stops': [[3, 'round']]}}");
    for (double zoom = 0; zoom < 10; zoom += 3) {
        const FmStyleContext context = {.zoom = zoom};
        g_autofree char *cap =
            fm_style_layer_string(fm_style_layer(style, 0), FM_PROP_LINE_CAP, &context);
        g_assert_cmpstr(cap, ==, "round");
    }
}

void test_function(void)
{
    fixtures_add("function");
    g_test_add_func("/style/function/refused", test_refused);
    g_test_add_func("/style/function/one-stop", test_one_stop);
}
