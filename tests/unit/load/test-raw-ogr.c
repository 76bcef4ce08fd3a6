#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"

#include <glib/gstdio.h>
#include <string.h>

static FmRaw *read(const char *path, const char *encoding, GError **error)
{
    g_autoptr(FmSource) source = fm_source_new(path);

    source->encoding = g_strdup(encoding);
    return fm_raw_read(source, NULL, error);
}

static void geopackage(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "a.gpkg");
    ogr_file_write("GPKG", path, "a", "id,size:I,share:R,day:D",
                   "007|5|0.5|2021/09/01|POINT (116.4 39.9);x||||;y|1|1|2021/01/01|POINT EMPTY",
                   TRUE, "EPSG:4326", NULL);
    g_autoptr(FmRaw) raw = read(path, NULL, &error);

    g_assert_no_error(error);
    g_assert_true(raw->typed && raw->has_geometry);
    g_assert_cmpstr(raw->crs, ==, "EPSG:4326");
    g_assert_cmpuint(fm_table_n_rows(raw->table), ==, 3);
    g_assert_cmpstr(fm_table_text(raw->table, 0, 0), ==, "007");
    g_assert_cmpint(fm_table_integer(raw->table, 1, 0), ==, 5);
    g_assert_cmpfloat(fm_table_number(raw->table, 2, 0), ==, 0.5);
    g_assert_cmpstr(fm_table_text(raw->table, 3, 0), ==, "2021-09-01");
    g_assert_true(fm_table_is_null(raw->table, 1, 1));
    const FmGeometry *geometry = g_ptr_array_index(raw->geometries, 0);
    g_assert_cmpfloat(geometry->points[0].lon_deg, ==, 116.4);
    g_assert_null(g_ptr_array_index(raw->geometries, 1));
    g_assert_null(g_ptr_array_index(raw->geometries, 2));
    g_assert_cmpuint(g_hash_table_size(raw->problems), ==, 0);
    g_assert_cmpuint(strlen(raw->sha256), ==, 64);
}

/* RFC 7946: WGS 84 unless told; texts as they stand; lists as JSON. */
static void geojson(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_write(
        &fixture, "a.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
        "{\"id\":\"1\",\"opens\":\"2021-09-01\",\"tags\":[\"a\",\"b\"],\"n\":3},\"geometry\":"
        "{\"type\":\"Point\",\"coordinates\":[116.4,39.9]}},{\"type\":\"Feature\","
        "\"properties\":{\"id\":\"2\"},\"geometry\":null}]}");
    g_autoptr(FmRaw) raw = read(path, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(raw->crs, ==, "EPSG:4326");
    g_assert_cmpstr(fm_table_text(raw->table, 1, 0), ==, "2021-09-01");
    g_autofree char *tags = g_strdelimit(g_strdup(fm_table_text(raw->table, 2, 0)), " ", '_');
    assert_contains(tags, "\"a\"");
    g_assert_cmpint(fm_table_column_type(raw->table, 3), ==, FM_COLUMN_INTEGER);
    g_assert_null(g_ptr_array_index(raw->geometries, 1));
}

/* A sheet that is all text still has a heading; numbers keep their type, text cells their zeros. */
static void spreadsheets(void)
{
    static const char *const drivers[] = {"XLSX", "ODS"};

    for (gsize i = 0; i < G_N_ELEMENTS(drivers); i++) {
        g_auto(Fixture) fixture;
        g_autoptr(GError) error = NULL;
        fixture_init(&fixture);
        g_autofree char *file = g_strconcat("a.", drivers[i], NULL);
        g_autofree char *lower = g_ascii_strdown(file, -1);
        const char *path = fixture_path(&fixture, lower);
        ogr_file_write(drivers[i], path, "Sheet1", "编号,名称,size:I,day:D",
                       "007|学校|5|2021/09/01;|||;008|医院|6|2021/10/01", FALSE, NULL, NULL);
        g_autoptr(FmRaw) raw = read(path, NULL, &error);
        g_assert_no_error(error);
        g_assert_false(raw->typed);
        g_assert_false(raw->has_geometry);
        g_assert_cmpstr(fm_table_column_name(raw->table, 0), ==, "编号");
        g_assert_cmpuint(fm_table_n_rows(raw->table), ==, 2);
        g_assert_cmpstr(fm_table_text(raw->table, 0, 0), ==, "007");
        g_assert_cmpstr(fm_table_text(raw->table, 1, 1), ==, "医院");
        g_assert_cmpfloat(fm_table_number(raw->table, 2, 1), ==, 6);
        g_assert_cmpstr(fm_table_text(raw->table, 3, 0), ==, "2021-09-01");

        const char *text = fixture_path(&fixture, i == 0 ? "b.xlsx" : "b.ods");
        ogr_file_write(drivers[i], text, "Sheet1", "编号,名称", "a|学校;b|医院", FALSE, NULL, NULL);
        g_autoptr(FmRaw) all_text = read(text, NULL, &error);
        g_assert_cmpuint(fm_table_n_rows(all_text->table), ==, 2);
        g_assert_cmpstr(fm_table_column_name(all_text->table, 1), ==, "名称");
    }
}

/* An encoding that is named is not judged. */
static void shapefile_encodings(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "a.shp");
    ogr_file_write("ESRI Shapefile", path, "a", "name", "小校|POINT (448481 4419565)", TRUE,
                   "EPSG:4548", "ENCODING=GB18030");
    g_assert_cmpint(g_unlink(fixture_path(&fixture, "a.cpg")), ==, 0);
    g_assert_null(read(path, NULL, &error));
    assert_error(error, FM_ERROR_DATA, "a.shp: row 1: not sure to be UTF-8");
    g_clear_error(&error);
    g_autoptr(FmRaw) told = read(path, "GB18030", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(fm_table_text(told->table, 0, 0), ==, "小校");
    g_assert_cmpstr(told->crs, ==, "EPSG:4548");
}

/* A file that ends in the middle is an error, not a shorter layer. */
static void truncated(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = NULL;
    gsize n = 0;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "a.gpkg");
    g_autoptr(GString) rows = g_string_new(NULL);
    for (int i = 0; i < 3000; i++) {
        g_string_append_printf(rows, "%s%d|POINT (116.4 39.9)", i > 0 ? ";" : "", i);
    }
    ogr_file_write("GPKG", path, "a", "id", rows->str, TRUE, "EPSG:4326", NULL);
    g_assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    const char *half = fixture_write_bytes(&fixture, "b.gpkg", bytes, n * 2 / 3);

    g_assert_null(read(half, NULL, &error));
    g_assert_nonnull(error);
    assert_error(error, (FmError)error->code, "b.gpkg: ");
}

void test_raw_ogr(void)
{
    g_test_add_func("/load/raw-ogr/geopackage", geopackage);
    g_test_add_func("/load/raw-ogr/geojson", geojson);
    g_test_add_func("/load/raw-ogr/spreadsheets", spreadsheets);
    g_test_add_func("/load/raw-ogr/shapefile-encodings", shapefile_encodings);
    g_test_add_func("/load/raw-ogr/truncated", truncated);
}
