#include "fm-unit.h"
#include "geojson.h"
#include "support.h"

static JsonNode *json_of(const char *text)
{
    g_autofree char *json = quoted(text);
    JsonNode *node = json_from_string(json, NULL);
    g_assert_nonnull(node);
    return node;
}

static void test_types(void)
{
    static const struct {
        const char *json;
        FmGeometryType type;
        gsize points, paths, parts;
    } cases[] = {
        {"{'type': 'Point', 'coordinates': [1, 2, 3]}", FM_GEOMETRY_POINT, 1, 1, 1},
        {"{'type': 'MultiPoint', 'coordinates': [[1, 2], [3, 4]]}", FM_GEOMETRY_MULTIPOINT, 2, 2,
         2},
        {"{'type': 'LineString', 'coordinates': [[1, 2], [3, 4]]}", FM_GEOMETRY_LINESTRING, 2, 1,
         1},
        {"{'type': 'MultiLineString', 'coordinates': [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]}",
         FM_GEOMETRY_MULTILINESTRING, 4, 2, 2},
        {"{'type': 'Polygon', 'coordinates': [[[0, 0], [9, 0], [0, 9], [0, 0]], "
         "[[1, 1], [2, 1], [1, 2], [1, 1]]]}",
         FM_GEOMETRY_POLYGON, 8, 2, 1},
        {"{'type': 'MultiPolygon', 'coordinates': [[[[0, 0], [9, 0], [0, 9], [0, 0]]], "
         "[[[1, 1], [2, 1], [1, 2], [1, 1]]]]}",
         FM_GEOMETRY_MULTIPOLYGON, 8, 2, 2},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(FmArena) arena;
        fm__arena_init(&arena, NULL, 0);
        g_autoptr(JsonNode) json = json_of(cases[i].json);
        const FmGeometry *geometry = fm__geojson_geometry(json, &arena);
        g_assert_nonnull(geometry);
        g_assert_cmpint(geometry->type, ==, cases[i].type);
        g_assert_cmpuint(geometry->n_points, ==, cases[i].points);
        g_assert_cmpuint(geometry->n_paths, ==, cases[i].paths);
        g_assert_cmpuint(geometry->n_parts, ==, cases[i].parts);
        g_assert_cmpuint(geometry->path_end[geometry->n_paths - 1], ==, geometry->n_points);
        g_assert_cmpuint(geometry->part_end[geometry->n_parts - 1], ==, geometry->n_paths);
    }
}

static void test_malformed(void)
{
    static const char *const cases[] = {
        "[1, 2]",
        "{'type': 'Point'}",
        "{'type': 7, 'coordinates': [1, 2]}",
        "{'type': 'Circle', 'coordinates': [1, 2]}",
        "{'type': 'Point', 'coordinates': [1]}",
        "{'type': 'Point', 'coordinates': ['1', '2']}",
        "{'type': 'Point', 'coordinates': {'lon': 1}}",
        "{'type': 'LineString', 'coordinates': []}",
        "{'type': 'Polygon', 'coordinates': [[]]}",
        "{'type': 'Polygon', 'coordinates': [[[0, 0], [1, null]]]}",
        "{'type': 'Feature', 'geometry': null}",
        "{'type': 'Feature'}",
        "{'type': 'FeatureCollection', 'features': [{'type': 'Feature'}]}",
        "{'type': 'FeatureCollection', 'features': 3}",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(FmArena) arena;
        fm__arena_init(&arena, NULL, 0);
        g_autoptr(JsonNode) json = json_of(cases[i]);
        gsize n = 0;
        g_assert_null(fm__geojson_geometries(json, &arena, &n));
    }
}

void test_geojson(void)
{
    g_test_add_func("/style/geojson/types", test_types);
    g_test_add_func("/style/geojson/malformed", test_malformed);
}
