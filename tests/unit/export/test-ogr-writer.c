/* A table as GeoJSON and CSV: every type, NULLs, awkward text, promoted geometry. */
#include "fixture.h"

#include <cpl_conv.h>
#include <fm-unit.h>
#include <json-glib/json-glib.h>
#include <string.h>

static char *contents(const Fixture *fixture, const char *name)
{
    GError *error = NULL;
    char *text = NULL;
    g_autofree char *path = fixture_file(fixture, name);
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

static void export_one(Fixture *fixture, const char *name, const char *layer)
{
    const char *const layers[] = {layer, NULL};
    fixture_export(fixture, name, layers, NULL);
}

static void test_csv(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    export_one(&town, "s.csv", "school");
    g_autofree char *text = contents(&town, "s.csv");
    g_assert_cmpstr(
        text, ==,
        "X,Y,id,name_zh,name_en,status,capacity,area_ha\n"
        "116.5,39.75,s1,第一中学,First School,open,9007199254740993,0.1\n"
        "116.25,40.0,s2,育才·学校,\"O'Brien's \"\"Best\"\", <A&B>\nSchool\",planned,-1,\n"
        ",,s3,,,,,\n");
}

static void test_csv_of_areas(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    export_one(&town, "a.csv", "area");
    g_autofree char *text = contents(&town, "a.csv");
    g_assert_cmpstr(text, ==,
                    "WKT,id,share_ratio\n"
                    "\"MULTIPOLYGON (((0 0,2 0,2 2,0 2,0 0)))\",a1,0.25\n"
                    "\"MULTIPOLYGON (((3 0,4 0,4 1,3 0)),((5 0,6 0,6 1,5 0)))\",a2,\n");
}

static void test_csv_without_geometry(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    export_one(&town, "t.csv", "tally");
    g_autofree char *text = contents(&town, "t.csv");
    g_assert_cmpstr(text, ==, "id,n\nt1,7\n");
}

static void test_csv_bom(void)
{
    g_auto(Fixture) town = {0};
    GError *error = NULL;
    fixture_open_town(&town);
    const char *const layers[] = {"tally", NULL};
    g_autofree char *path = fixture_file(&town, "t.csv");
    g_autoptr(FmExportReport) report = fm_export(
        town.workspace, path, &(FmExportOptions){.layers = layers, .csv_bom = TRUE}, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *text = contents(&town, "t.csv");
    g_assert_cmpstr(text, ==, "\xef\xbb\xbfid,n\nt1,7\n");
}

static JsonObject *feature_of(JsonNode *root, guint i)
{
    JsonArray *features = json_object_get_array_member(json_node_get_object(root), "features");
    return json_array_get_object_element(features, i);
}

static void test_geojson(void)
{
    g_auto(Fixture) town = {0};
    GError *error = NULL;
    fixture_open_town(&town);
    export_one(&town, "s.geojson", "school");
    g_autofree char *text = contents(&town, "s.geojson");
    g_autoptr(JsonNode) root = json_from_string(text, &error);
    g_assert_no_error(error);
    JsonObject *document = json_node_get_object(root);
    g_assert_cmpstr(json_object_get_string_member(document, "name"), ==, "school");
    g_assert_false(json_object_has_member(document, "crs")); /* RFC 7946 knows one alone */
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(document, "features")), ==,
                     3);

    JsonObject *first = json_object_get_object_member(feature_of(root, 0), "properties");
    g_assert_cmpstr(json_object_get_string_member(first, "name_zh"), ==, "第一中学");
    g_assert_cmpint(json_object_get_int_member(first, "capacity"), ==,
                    G_GINT64_CONSTANT(9007199254740993));
    g_assert_cmpfloat(json_object_get_double_member(first, "area_ha"), ==, 0.1);
    JsonArray *place = json_object_get_array_member(
        json_object_get_object_member(feature_of(root, 0), "geometry"), "coordinates");
    g_assert_cmpfloat(json_array_get_double_element(place, 0), ==, 116.5);
    g_assert_cmpfloat(json_array_get_double_element(place, 1), ==, 39.75);

    JsonObject *second = json_object_get_object_member(feature_of(root, 1), "properties");
    g_assert_cmpstr(json_object_get_string_member(second, "name_en"), ==,
                    "O'Brien's \"Best\", <A&B>\nSchool");
    g_assert_true(json_object_get_null_member(second, "area_ha"));
    g_assert_true(json_object_get_null_member(feature_of(root, 2), "geometry"));
    g_assert_true(json_object_get_null_member(
        json_object_get_object_member(feature_of(root, 2), "properties"), "name_zh"));
}

/* GDAL's RFC 7946 writer takes multi geometries of one part apart. */
static void test_geojson_of_areas(void)
{
    g_auto(Fixture) town = {0};
    GError *error = NULL;
    fixture_open_town(&town);
    export_one(&town, "a.geojson", "area");
    g_autofree char *text = contents(&town, "a.geojson");
    g_autoptr(JsonNode) root = json_from_string(text, &error);
    g_assert_no_error(error);
    static const char *const types[] = {"Polygon", "MultiPolygon"};
    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        JsonObject *geometry = json_object_get_object_member(feature_of(root, i), "geometry");
        g_assert_cmpstr(json_object_get_string_member(geometry, "type"), ==, types[i]);
    }
}

static void test_guard(void)
{
    /* What GDAL is told for one export does not outlive it. */
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    export_one(&town, "t.csv", "tally");
    g_assert_null(CPLGetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL));
}

void test_ogr_writer(void)
{
    g_test_add_func("/export/ogr-writer/csv", test_csv);
    g_test_add_func("/export/ogr-writer/csv-of-areas", test_csv_of_areas);
    g_test_add_func("/export/ogr-writer/csv-without-geometry", test_csv_without_geometry);
    g_test_add_func("/export/ogr-writer/csv-bom", test_csv_bom);
    g_test_add_func("/export/ogr-writer/geojson", test_geojson);
    g_test_add_func("/export/ogr-writer/geojson-of-areas", test_geojson_of_areas);
    g_test_add_func("/export/ogr-writer/guard", test_guard);
}
