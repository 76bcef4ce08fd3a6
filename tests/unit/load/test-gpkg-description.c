#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"
#include "ogr-open.h"

static void run_sql(const char *path, const char *sql)
{
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);

    g_assert_nonnull(dataset);
    OGRLayerH rows = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    if (rows != NULL) {
        GDALDatasetReleaseResultSet(dataset, rows);
    }
    GDALClose(dataset);
}

/* A GeoPackage whose layer "it's" has a document of ours in its metadata, or none. */
static const char *write_file(Fixture *fixture, const char *document)
{
    const char *path = fixture_path(fixture, "a.gpkg");

    ogr_file_write("GPKG", path, "it's", "id", "1|POINT (116.4 39.9)", TRUE, "EPSG:4326", NULL);
    if (document != NULL) {
        run_sql(path, "CREATE TABLE gpkg_metadata (id INTEGER PRIMARY KEY, md_scope TEXT,"
                      " md_standard_uri TEXT, mime_type TEXT, metadata TEXT)");
        run_sql(path, "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT, table_name TEXT,"
                      " column_name TEXT, row_id_value INTEGER, timestamp DATETIME,"
                      " md_file_id INTEGER, md_parent_id INTEGER)");
        g_autofree char *sql =
            g_strdup_printf("INSERT INTO gpkg_metadata VALUES (1, 'dataset',"
                            " 'https://facmap.invalid/dataset/1', 'application/json', '%s')",
                            document);
        run_sql(path, sql);
        run_sql(path, "INSERT INTO gpkg_metadata_reference VALUES ('table', 'it''s', NULL, NULL,"
                      " '2020-01-01T00:00:00Z', 1, NULL)");
    }
    return path;
}

/* Transfer full; the notes are joined in *notes. */
static FmSource *describe(const char *path, char **notes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmSource) source = fm_source_new(path);
    g_auto(FmOgr) ogr;

    g_assert_true(fm_ogr_open(&ogr, source, "a.gpkg", &error));
    FmSource *said = fm_gpkg_description(&ogr);
    g_assert_null(ogr.log.failure);
    *notes = ogr.notes->len > 0 ? g_strdup(g_ptr_array_index(ogr.notes, 0)) : NULL;
    return said;
}

static void read_back(void)
{
    g_auto(Fixture) fixture;
    g_autofree char *notes = NULL;
    fixture_init(&fixture);
    g_autoptr(FmSource) said = describe(
        write_file(&fixture,
                   "{\"facmap\": \"dataset\", \"version\": 1, \"sources\": [{\"path\": \"x\","
                   " \"title\": {\"en\": \"A\", \"zh\": \"甲\"}, \"modelled\": true,"
                   " \"columns\": {\"id\": {\"en\": \"Code\"}}}]}"),
        &notes);

    g_assert_nonnull(said);
    g_assert_null(notes);
    g_assert_cmpstr(said->title_en, ==, "A");
    g_assert_cmpstr(said->title_zh, ==, "甲");
    g_assert_true(said->modelled);
    g_assert_cmpuint(said->column_titles->len, ==, 1);
}

static void nothing_said(void)
{
    g_auto(Fixture) fixture;
    g_autofree char *notes = NULL, *other = NULL;
    fixture_init(&fixture);
    g_assert_null(describe(write_file(&fixture, NULL), &notes));
    g_assert_null(notes);
    g_assert_null(describe(
        fixture_write(&fixture, "a.geojson", "{\"type\":\"Point\",\"coordinates\":[116.4,39.9]}"),
        &other));
    g_assert_null(other);
}

static void damaged(void)
{
    g_auto(Fixture) fixture;
    g_autofree char *notes = NULL;
    fixture_init(&fixture);
    g_assert_null(describe(write_file(&fixture, "{\"facmap\": 3}"), &notes));
    assert_contains(notes, "cannot be read and is left out: metadata: facmap");
}

void test_gpkg_description(void)
{
    g_test_add_func("/load/gpkg-description/read-back", read_back);
    g_test_add_func("/load/gpkg-description/nothing-said", nothing_said);
    g_test_add_func("/load/gpkg-description/damaged", damaged);
}
