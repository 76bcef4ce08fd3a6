#include "fm-unit.h"
#include "style-document.h"
#include "support.h"

#include <string.h>

static FmStyle *parse(const char *source, const char *layer, GError **error)
{
    g_autofree char *text = g_strdup_printf(
        "{'version': 8, 'sources': {'s': %s}, 'layers': [{'id': 'l', 'source': 's', %s}]}", source,
        layer);
    g_autofree char *json = quoted(text);
    return fm_style_parse(json, "test.json", error);
}

static void test_raster(void)
{
    g_autoptr(GError) error = NULL;
    FmLonLat corners[4];
    g_autoptr(FmStyle) style = parse("{'type': 'raster', 'url': 'air/photo.tif', 'tileSize': 256}",
                                     "'type': 'raster'", &error);
    g_assert_no_error(error);
    const FmStyleLayer *layer = fm_style_layer(style, 0);
    g_assert_cmpstr(fm_style_layer_raster(layer), ==, "air/photo.tif");
    g_assert_null(fm_style_layer_source_layer(layer));
    g_assert_false(fm_style_layer_raster_corners(layer, corners));
}

static void test_image(void)
{
    g_autoptr(GError) error = NULL;
    FmLonLat corners[4];
    g_autoptr(FmStyle) style =
        parse("{'type': 'image', 'url': 'plan.png', 'coordinates': [[116, 40], [117, 40], [117, "
              "39], [116, 39]]}",
              "'type': 'raster'", &error);
    g_assert_no_error(error);
    g_assert_true(fm_style_layer_raster_corners(fm_style_layer(style, 0), corners));
    g_assert_cmpfloat(corners[0].lon_deg, ==, 116);
    g_assert_cmpfloat(corners[2].lat_deg, ==, 39);
}

static void test_errors(void)
{
    static const char *const vector = "'type': 'fill', 'source-layer': 'x'";
    static const char *const raster = "'type': 'raster'";
    const struct {
        const char *source, *layer, *message;
        FmError code;
    } cases[] = {
        {"5", vector, "test.json: sources.s: object expected, number found", FM_ERROR_PARSE},
        {"{}", vector, "test.json: sources.s: missing required property \"type\"", FM_ERROR_PARSE},
        {"{'type': 'raster'}", raster,
         "test.json: sources.s: missing required property \"url\": the raster file to draw",
         FM_ERROR_PARSE},
        {"{'type': 'raster', 'tiles': ['http://x/{z}']}", raster,
         "test.json: sources.s: tiles: facmap does not implement it; remove it",
         FM_ERROR_UNSUPPORTED},
        {"{'type': 'image', 'url': 'a.png'}", raster,
         "test.json: sources.s: coordinates: four corners [longitude, latitude] expected, from the "
         "top left clockwise",
         FM_ERROR_PARSE},
        {"{'type': 'image', 'url': 'a.png', 'coordinates': [[0, 91], [1, 1], [1, 0], [0, 0]]}",
         raster,
         "test.json: sources.s: coordinates: four corners [longitude, latitude] expected, from the "
         "top left clockwise",
         FM_ERROR_PARSE},
        {"{'type': 'raster', 'url': 'a.tif'}", vector,
         "test.json: layers[0] 'l': a fill layer cannot draw the source \"s\" of type \"raster\"",
         FM_ERROR_PARSE},
        {"{'type': 'vector'}", raster,
         "test.json: layers[0] 'l': a raster layer cannot draw the source \"s\" of type "
         "\"vector\"",
         FM_ERROR_PARSE},
        {"{'type': 'video'}", vector,
         "test.json: sources.s: a source of type \"video\" cannot be drawn; use geojson, vector, "
         "raster or image",
         FM_ERROR_UNSUPPORTED},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(parse(cases[i].source, cases[i].layer, &error));
        g_assert_cmpstr(error->message, ==, cases[i].message);
        g_assert_error(error, FM_ERROR, (gint)cases[i].code);
    }
}

void test_source(void)
{
    g_test_add_func("/style/source/raster", test_raster);
    g_test_add_func("/style/source/image", test_image);
    g_test_add_func("/style/source/errors", test_errors);
}
