#include "ogr-open.h"

#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"

#include <string.h>

static char *open_layer(const char *path, const char *wanted, GError **error)
{
    g_auto(FmOgr) ogr;
    g_autoptr(FmSource) source = fm_source_new(path);
    g_autofree char *name = fm_path_name(path);

    source->ogr_layer = g_strdup(wanted);
    return fm_ogr_open(&ogr, source, name, error) ? g_strdup(OGR_L_GetName(ogr.layer)) : NULL;
}

static void one_layer_or_a_named_one(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "a.gpkg");

    ogr_file_write("GPKG", path, "one", "id", "1|POINT (1 2)", TRUE, "EPSG:4326", NULL);
    ogr_file_write("GPKG", path, "empty", "id", "", TRUE, "EPSG:4326", NULL);
    ogr_file_write("GPKG", path, "layer_styles", "id", "1", FALSE, NULL, NULL);
    g_autofree char *only = open_layer(path, NULL, &error);
    g_assert_cmpstr(only, ==, "one");

    ogr_file_write("GPKG", path, "two", "id", "1|POINT (1 2)", TRUE, "EPSG:4326", NULL);
    g_assert_null(open_layer(path, NULL, &error));
    assert_error(error, FM_ERROR_USAGE, "a.gpkg: 2 layers (one, two); name one with --sheet");
    g_clear_error(&error);
    g_autofree char *named = open_layer(path, "two", &error);
    g_assert_cmpstr(named, ==, "two");
    g_autofree char *in_path = g_strconcat(path, "|layername=two", NULL);
    g_autofree char *inner = open_layer(in_path, NULL, &error);
    g_assert_cmpstr(inner, ==, "two");
    g_assert_null(open_layer(path, "three", &error));
    assert_error(error, FM_ERROR_NOT_FOUND, "no layer 'three' in it; there is one, two");
}

static void not_vector_data(void)
{
    static const struct {
        const char *name, *text, *words;
    } cases[] = {
        {"a.doc", "Dear all", "not a format that GDAL reads"},
        {"a.gpkg", "SQLite format 3", "not a format that GDAL reads"},
        {"a.geojson", "{\"type\": \"FeatureCollection\", \"features\": [", "a.geojson: "},
        {"a.geojson", "{\"type\": \"FeatureCollection\", \"features\": []}", "no rows"},
    };
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *path = fixture_write(&fixture, cases[i].name, cases[i].text);
        g_autoptr(GError) error = NULL;
        g_assert_null(open_layer(path, NULL, &error));
        g_assert_nonnull(error);
        assert_error(error, (FmError)error->code, cases[i].words);
    }
}

static char *crs_of(const char *path)
{
    g_auto(FmOgr) ogr;
    g_autoptr(FmSource) source = fm_source_new(path);

    g_assert_true(fm_ogr_open(&ogr, source, "t", NULL));
    return fm_ogr_crs(ogr.layer);
}

static void coordinate_systems(void)
{
    static const struct {
        const char *crs, *expect; /* a prefix; NULL = undeclared */
    } cases[] = {
        {"EPSG:4326", "EPSG:4326"},
        {"EPSG:4548", "EPSG:4548"},
        {"EPSG:4326+5773", "EPSG:4326"},
        {"+proj=tmerc +lon_0=117 +x_0=500000 +ellps=krass +units=m", "PROJCRS["},
        {NULL, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) fixture;
        fixture_init(&fixture);
        const char *path = fixture_path(&fixture, "a.gpkg");
        ogr_file_write("GPKG", path, "l", "id", "1|POINT (1 2)", TRUE, cases[i].crs, NULL);
        g_autofree char *crs = crs_of(path);
        if (cases[i].expect == NULL) {
            g_assert_null(crs);
        } else {
            g_assert_nonnull(crs);
            g_assert_true(g_str_has_prefix(crs, cases[i].expect));
        }
    }
}

void test_ogr_open(void)
{
    g_test_add_func("/load/ogr-open/layers", one_layer_or_a_named_one);
    g_test_add_func("/load/ogr-open/not-vector", not_vector_data);
    g_test_add_func("/load/ogr-open/crs", coordinate_systems);
}
