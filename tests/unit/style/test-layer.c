#include "fm-unit.h"
#include "support.h"

#include <string.h>

static void test_whole(void)
{
    g_autoptr(FmStyle) style = style_of(
        "'type': 'symbol', 'minzoom': 4, 'maxzoom': 12.5, 'filter': ['==', 'kind', 'school'], "
        "'layout': {'text-field': ['get', 'name_zh'], 'text-size': ['get', 'size']}, "
        "'paint': {'text-color': '#123', 'text-color-transition': {'duration': 300}}, "
        "'metadata': {'note': 'x', 'facmap:text-field': {'en': ['get', 'name_en']}}");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_assert_cmpstr(fm_style_layer_id(layer), ==, "l");
    g_assert_cmpint(fm_style_layer_type(layer), ==, FM_STYLE_SYMBOL);
    g_assert_cmpstr(fm_style_layer_source_layer(layer), ==, "place");
    g_assert_cmpfloat(fm_style_layer_min_zoom(layer), ==, 4);
    g_assert_cmpfloat(fm_style_layer_max_zoom(layer), ==, 12.5);
    g_assert_true(fm_style_layer_has(layer, FM_PROP_TEXT_COLOR));
    g_assert_false(fm_style_layer_has(layer, FM_PROP_TEXT_HALO_COLOR));
    g_assert_true(fm_style_layer_is_constant(layer, FM_PROP_TEXT_COLOR));
    g_assert_true(fm_style_layer_is_constant(layer, FM_PROP_TEXT_HALO_COLOR));
    g_assert_false(fm_style_layer_is_constant(layer, FM_PROP_TEXT_SIZE));
    g_assert_false(fm_style_layer_is_constant(layer, FM_PROP_TEXT_FIELD));
    g_auto(GStrv) copy = g_strdupv((char **)(guintptr)fm_style_layer_fields(layer));
    g_autofree char *fields = g_strjoinv(" ", copy);
    g_assert_cmpstr(fields, ==, "kind name_en name_zh size");
    JsonObject *metadata = fm__style_layer_metadata(layer);
    g_assert_cmpstr(json_object_get_string_member(metadata, "note"), ==, "x");
}

static void test_defaults(void)
{
    g_autoptr(FmStyle) style = style_of("'type': 'circle'");
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_assert_cmpfloat(fm_style_layer_min_zoom(layer), ==, 0);
    g_assert_cmpfloat(fm_style_layer_max_zoom(layer), ==, 24);
    g_assert_null(fm_style_layer_fields(layer)[0]);
    g_assert_null(fm__style_layer_metadata(layer));
}

static void test_errors(void)
{
    static const struct {
        const char *members, *message;
        FmError code;
    } cases[] = {
        {"'typ': 'line'", ": unknown member \"typ\"; did you mean \"type\"?", FM_ERROR_PARSE},
        {"'kind': 'line'", ": unknown member \"kind\"", FM_ERROR_PARSE},
        {"'type': 5", ": type: string expected, number found", FM_ERROR_PARSE},
        {"'minzoom': 0", ": missing required property \"type\"", FM_ERROR_PARSE},
        {"'type': 'lin'", ": type: unknown layer type \"lin\"; did you mean \"line\"?",
         FM_ERROR_PARSE},
        {"'type': 'globe'", ": type: unknown layer type \"globe\"", FM_ERROR_PARSE},
        {"'type': 'hillshade'", ": type: facmap does not draw hillshade layers; remove the layer",
         FM_ERROR_UNSUPPORTED},
        {"'type': 'color-relief'",
         ": type: facmap does not draw color-relief layers; remove the layer",
         FM_ERROR_UNSUPPORTED},
        {"'type': 'line', 'minzoom': -1", ": minzoom: must be from 0 to 24", FM_ERROR_PARSE},
        {"'type': 'line', 'maxzoom': 25", ": maxzoom: must be from 0 to 24", FM_ERROR_PARSE},
        {"'type': 'line', 'paint': []", ": paint: object expected, array found", FM_ERROR_PARSE},
        {"'type': 'line', 'paint': {'line-colour': 'red'}",
         ": paint.line-colour: unknown paint property of line layers; did you mean "
         "\"line-color\"?",
         FM_ERROR_PARSE},
        {"'type': 'line', 'layout': {'line-color': 'red'}",
         ": layout.line-color: unknown layout property of line layers", FM_ERROR_PARSE},
        {"'type': 'line', 'paint': {'fill-color': 'red'}",
         ": paint.fill-color: unknown paint property of line layers", FM_ERROR_PARSE},
        {"'type': 'symbol', 'layout': {'symbol-height-offset': 5}",
         ": layout.symbol-height-offset: facmap does not implement this property of symbol layers; "
         "remove it",
         FM_ERROR_UNSUPPORTED},
        {"'type': 'line', 'paint': {'line-dasharray-transition': {}, 'line-cap-transition': {}}",
         ": paint.line-cap-transition: unknown paint property of line layers", FM_ERROR_PARSE},
        {"'type': 'line', 'filter': ['>', 'a']", ": filter: Expected two or three arguments.",
         FM_ERROR_PARSE},
        {"'type': 'line', 'metadata': {'facmap:text-field': {'en': 'x'}}",
         ": metadata.facmap:text-field: only symbol layers have a text", FM_ERROR_PARSE},
        {"'type': 'symbol', 'metadata': {'facmap:text-field': 'x'}",
         ": metadata.facmap:text-field: an object with \"en\", \"zh\" or \"both\" expected",
         FM_ERROR_PARSE},
        {"'type': 'symbol', 'metadata': {'facmap:text-field': {'fr': 'x'}}",
         ": metadata.facmap:text-field: unknown member \"fr\"", FM_ERROR_PARSE},
        {"'type': 'symbol', 'metadata': {'facmap:text-field': {'en': ['get']}}",
         ": metadata.facmap:text-field.en: Expected arguments of type (string) | (string, object), "
         "but found () instead.",
         FM_ERROR_PARSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *message = style_error(cases[i].members, cases[i].code);
        g_autofree char *expected = g_strconcat("test.json: layers[0] 'l'", cases[i].message, NULL);
        if (!g_str_has_prefix(message, expected)) {
            g_assert_cmpstr(message, ==, expected);
        }
    }
}

void test_layer(void)
{
    g_test_add_func("/style/layer/whole", test_whole);
    g_test_add_func("/style/layer/defaults", test_defaults);
    g_test_add_func("/style/layer/errors", test_errors);
}
