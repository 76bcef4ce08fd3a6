#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"
#include "ogr-reader.h"

static FmRaw *read_raw(const char *path)
{
    g_autoptr(FmSource) source = fm_source_new(path);
    g_autoptr(GError) error = NULL;
    FmRaw *raw = fm_raw_read(source, NULL, &error);

    g_assert_no_error(error);
    return raw;
}

static const char *warning(const FmRaw *raw, guint i)
{
    g_assert_cmpuint(i, <, raw->warnings->len);
    return g_ptr_array_index(raw->warnings, i);
}

/* What is not two-dimensional with straight edges. */
static void odd_geometries(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "a.gpkg");
    ogr_file_write("GPKG", path, "a", "id",
                   "1|POINT Z (116.4 39.9 50);2|POINT ZM (116.4 39.9 50 1);"
                   "3|CIRCULARSTRING (0 0, 1 1, 2 0);"
                   "4|GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1));"
                   "5|TRIANGLE ((0 0, 1 0, 0 1, 0 0))",
                   TRUE, "EPSG:4326", NULL);
    g_autoptr(FmRaw) raw = read_raw(path);

    g_assert_cmpstr(warning(raw, 0), ==, "Z or M dropped from 2 rows");
    g_assert_cmpstr(warning(raw, 1), ==, "curves made of straight pieces in 1 row");
    const FmGeometry *arc = g_ptr_array_index(raw->geometries, 2);
    g_assert_cmpint(arc->type, ==, FM_GEOMETRY_LINESTRING);
    g_assert_cmpuint(arc->n_points, >, 10);
    g_assert_cmpuint(g_hash_table_size(raw->problems), ==, 2);
    g_assert_cmpstr(fm_problems_get(raw->problems, 3)->value, ==, "GEOMETRYCOLLECTION");
    g_assert_cmpstr(fm_problems_get(raw->problems, 4)->value, ==, "TRIANGLE");
    const char *wkt = g_hash_table_lookup(raw->unread_wkt, GSIZE_TO_POINTER(3));
    g_assert_cmpstr(wkt, ==, "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (0 0,1 1))");
}

/* A skimmed source gives its rows without geometries, and says what they would have been. */
static void skimmed(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "a.gpkg");
    ogr_file_write("GPKG", path, "a", "id",
                   "1|POINT Z (116.4 39.9 50);2|MULTIPOINT (1 2, 3 4);3|;"
                   "4|GEOMETRYCOLLECTION (POINT (1 2))",
                   TRUE, "EPSG:4326", NULL);
    g_autoptr(FmSource) source = fm_source_new(path);
    g_autoptr(FmRaw) raw = fm_raw_new("a.gpkg");
    g_autoptr(FmOgrReader) reader = fm_ogr_reader_open(source, TRUE, raw, &error);
    g_assert_no_error(error);
    g_assert_cmpint(fm_ogr_reader_n_expected(reader), ==, 4);
    g_assert_true(fm_ogr_reader_read(reader, raw, 10, &error));
    g_assert_cmpuint(fm_table_n_rows(raw->table), ==, 4);
    g_assert_cmpfloat(fm_ogr_reader_ratio(reader), ==, 1);
    g_assert_cmpint(fm_ogr_reader_type(reader), ==, FM_GEOMETRY_MULTIPOINT);
    for (guint i = 0; i < 4; i++) {
        g_assert_null(g_ptr_array_index(raw->geometries, i));
    }
    g_assert_cmpuint(g_hash_table_size(raw->problems), ==, 0);
    fm_ogr_reader_warn(reader, raw);
    g_assert_cmpstr(warning(raw, 0), ==, "Z or M dropped from 1 row");
    g_auto(GStrv) files = fm_ogr_reader_files(reader);
    g_assert_cmpstr(files[0], ==, path);
}

/* Times as ISO 8601, with the zone that they have; midnight alone is a day. */
static void times(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *path = fixture_write(
        &fixture, "a.gml",
        "<ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" "
        "xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><ogr:t>"
        "<ogr:a>2021-09-01T08:30:00+08:00</ogr:a><ogr:b>2021-09-01T08:30:00Z</ogr:b>"
        "<ogr:c>2021-09-01</ogr:c></ogr:t></gml:featureMember></ogr:FeatureCollection>");
    g_autoptr(FmRaw) raw = read_raw(path);
    static const char *const expect[] = {"2021-09-01T08:30:00+08:00", "2021-09-01T08:30:00Z",
                                         "2021-09-01"};
    static const char *const columns[] = {"a", "b", "c"};
    for (gsize i = 0; i < G_N_ELEMENTS(expect); i++) {
        gsize column = fm_table_find_column(raw->table, columns[i]);
        g_assert_cmpstr(fm_table_text(raw->table, column, 0), ==, expect[i]);
    }
}

void test_ogr_feature(void)
{
    g_test_add_func("/load/ogr-feature/odd-geometries", odd_geometries);
    g_test_add_func("/load/ogr-feature/skimmed", skimmed);
    g_test_add_func("/load/ogr-feature/times", times);
}
