#include "fm-unit.h"
#include "support.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const whole =
    "{'version': 8, 'name': 'Beijing', 'metadata': {'facmap:size': 'A3'}, 'center': [116.4, 39.9], "
    "'zoom': 9, 'bearing': 0, 'pitch': 0, 'light': {}, 'transition': {}, 'sprite': 'icons', "
    "'glyphs': 'fonts/{fontstack}/{range}.pbf', 'sources': {'s': {'type': 'vector', 'url': 'u'}, "
    "'g': {'type': 'geojson', 'data': {}}}, 'layers': ["
    "{'id': 'ground', 'type': 'background'}, "
    "{'id': 'water', 'type': 'fill', 'source': 's', 'source-layer': 'river', "
    "'filter': ['>', ['get', 'width'], 10]}, "
    "{'id': 'name', 'type': 'symbol', 'source': 'g', 'source-layer': 'river', "
    "'layout': {'text-field': ['get', 'name_zh']}}]}";

static void test_whole(void)
{
    g_autofree char *text = quoted(whole);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmStyle) style = fm_style_parse(text, "layout.json", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(fm_style_name(style), ==, "layout.json");
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    g_assert_cmpstr(fm_style_sha256(style), ==, sha256);
    g_assert_cmpuint(fm_style_n_layers(style), ==, 3);
    g_assert_cmpstr(fm_style_layer_id(fm_style_layer(style, 2)), ==, "name");
    g_assert_null(fm_style_layer_source_layer(fm_style_layer(style, 0)));
    g_assert_true(fm_style_find_layer(style, "water") == fm_style_layer(style, 1));
    g_assert_null(fm_style_find_layer(style, "sea"));
    JsonObject *metadata = fm__style_metadata(style);
    g_assert_cmpstr(json_object_get_string_member(metadata, "facmap:size"), ==, "A3");
}

static void test_errors(void)
{
    static const struct {
        const char *text, *message;
        FmError code;
    } cases[] = {
        {"[]", "a style is a JSON object", FM_ERROR_PARSE},
        {"{", "line:column ", FM_ERROR_PARSE},
        {"{}", "version: a MapLibre style of version 8 is expected", FM_ERROR_PARSE},
        {"{'version': 7}", "version: a MapLibre style of version 8 is expected", FM_ERROR_PARSE},
        {"{'version': '8'}", "version: a MapLibre style of version 8 is expected", FM_ERROR_PARSE},
        {"{'version': 8, 'layers': []}", "missing required property \"sources\"", FM_ERROR_PARSE},
        {"{'version': 8, 'sources': {}}", "missing required property \"layers\"", FM_ERROR_PARSE},
        {"{'version': 8, 'layer': []}", "unknown member \"layer\"; did you mean \"layers\"?",
         FM_ERROR_PARSE},
        {"{'version': 8, 'legend': []}", "unknown member \"legend\"", FM_ERROR_PARSE},
        {"{'version': 8, 'layers': {}}", "layers: array expected, object found", FM_ERROR_PARSE},
        {"{'version': 8, 'name': null}", "name: string expected, null found", FM_ERROR_PARSE},
        {"{'version': 8, 'terrain': {}}", "terrain: facmap does not implement it; remove it",
         FM_ERROR_UNSUPPORTED},
        {"{'version': 8, 'layers': [], 'sources': {'s': 1}}",
         "sources.s: object expected, number found", FM_ERROR_PARSE},
        {"{'version': 8, 'layers': [], 'sources': {'s': {}}}",
         "sources.s: missing required property \"type\"", FM_ERROR_PARSE},
        {"{'version': 8, 'layers': [], 'sources': {'s': {'type': 'raster-dem'}}}",
         "sources.s: a source of type \"raster-dem\" cannot be drawn; use geojson, vector, raster "
         "or "
         "image",
         FM_ERROR_UNSUPPORTED},
        {"{'version': 8, 'layers': [], 'sources': {'s': {'type': 'sqlite'}}}",
         "sources.s: a source of type \"sqlite\" cannot be drawn; use geojson, vector, raster or "
         "image",
         FM_ERROR_PARSE},
        {"{'version': 8, 'layers': [], 'sources': {'s': {'type': 'geojson', 'cluster': true}}}",
         "sources.s: cluster: facmap does not implement it; remove it", FM_ERROR_UNSUPPORTED},
        {"{'version': 8, 'sources': {}, 'layers': [5]}",
         "layers[0]: a layer is an object with an \"id\"", FM_ERROR_PARSE},
        {"{'version': 8, 'sources': {}, 'layers': [{'id': 5}]}",
         "layers[0]: a layer is an object with an \"id\"", FM_ERROR_PARSE},
        {"{'version': 8, 'sources': {}, 'layers': [{'id': 'a', 'type': 'line'}]}",
         "layers[0] 'a': missing required property \"source\"", FM_ERROR_PARSE},
        {"{'version': 8, 'sources': {}, 'layers': [{'id': 'a', 'type': 'line', 'source': 'x'}]}",
         "layers[0] 'a': source \"x\" not found", FM_ERROR_PARSE},
        {"{'version': 8, 'sources': {'x': {'type': 'vector'}}, 'layers': [{'id': 'a', 'type': "
         "'line', 'source': 'x'}]}",
         "layers[0] 'a': missing required property \"source-layer\": the name of the workspace "
         "layer to draw",
         FM_ERROR_PARSE},
        {"{'version': 8, 'sources': {}, 'layers': [{'id': 'a', 'type': 'background'}, {'id': 'a', "
         "'type': 'background'}]}",
         "layers[1]: the layer id 'a' is used twice", FM_ERROR_PARSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = quoted(cases[i].text);
        g_autoptr(FmStyle) style = fm_style_parse(text, "s.json", &error);
        g_assert_null(style);
        g_assert_error(error, FM_ERROR, (gint)cases[i].code);
        g_autofree char *expected = g_strconcat("s.json: ", cases[i].message, NULL);
        if (!g_str_has_prefix(error->message, expected)) {
            g_assert_cmpstr(error->message, ==, expected);
        }
    }
}

static void test_open(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("fm-style-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "map.json", NULL);
    g_assert_null(fm_style_open(path, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_clear_error(&error);

    g_assert_null(fm_style_open(folder, &error)); /* a folder */
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_clear_error(&error);

    g_assert_true(g_file_set_contents(path, "{\0}", 3, NULL));
    g_assert_null(fm_style_open(path, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    g_clear_error(&error);

    g_autofree char *text = quoted(whole);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(FmStyle) style = fm_style_open(path, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(fm_style_name(style), ==, "map.json");
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

/* ---- sources ---------------------------------------------------------------------------- */

static gboolean has_layer(const char *layer, void *user)
{
    const char *const *there = user;
    return strcmp(layer, there[0]) == 0;
}

static gboolean has_field(const char *layer, const char *field, void *user)
{
    const char *const *there = user;
    return has_layer(layer, user) && g_strv_contains(there + 1, field);
}

static void test_sources(void)
{
    static const struct {
        const char *there[5], *message;
    } cases[] = {
        {{"river", "width", "name_zh", NULL}, NULL},
        {{"sea", NULL},
         "s.json: layer 'water' draws the workspace layer 'river', which does not exist"},
        {{"river", "width", NULL},
         "s.json: layer 'name' reads the field 'name_zh', which the workspace layer 'river' does "
         "not have"},
    };
    g_autofree char *text = quoted(whole);
    g_autoptr(FmStyle) style = fm_style_parse(text, "s.json", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        const char *there[5];
        memcpy(there, cases[i].there, sizeof there);
        const gboolean good = fm_style_check_sources(style, has_layer, has_field, there, &error);
        g_assert_true(good == (cases[i].message == NULL));
        if (!good) {
            g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
            g_assert_cmpstr(error->message, ==, cases[i].message);
        }
    }
}

void test_style(void)
{
    g_test_add_func("/style/style/whole", test_whole);
    g_test_add_func("/style/style/errors", test_errors);
    g_test_add_func("/style/style/open", test_open);
    g_test_add_func("/style/style/sources", test_sources);
}
