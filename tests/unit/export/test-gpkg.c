/* The layers of a GeoPackage: names, identifiers, cells, geometry types. */
#include "fixture.h"

#include <fm-unit.h>
#include <string.h>

static void test_layers(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    fixture_export(&town, "t.gpkg", NULL, NULL);
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT table_name FROM gpkg_contents ORDER BY table_name",
                         "area|layer_styles|school|tally");
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT identifier FROM gpkg_contents WHERE table_name = 'school'",
                         "学校 · Schools & 'colleges' (school)");
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT description FROM gpkg_contents WHERE table_name = 'school'",
                         "Modelled data. Source: Bureau's list");
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT identifier FROM gpkg_contents WHERE table_name = 'tally'",
                         "tally");
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT table_name || ' ' || geometry_type_name || ' ' || srs_id"
                         " FROM gpkg_geometry_columns ORDER BY table_name",
                         "area MULTIPOLYGON 4326|school POINT 4326");
    fixture_assert_query(&town, "t.gpkg", "PRAGMA user_version", "10300");
    fixture_assert_query(&town, "t.gpkg", "PRAGMA integrity_check", "ok");
}

static void test_cells(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    fixture_export(&town, "t.gpkg", NULL, NULL);
    fixture_assert_query(&town, "t.gpkg", "SELECT name_en FROM school ORDER BY fid",
                         "First School|O'Brien's \"Best\", <A&B>\nSchool|NULL");
    fixture_assert_query(&town, "t.gpkg", "SELECT capacity FROM school ORDER BY fid",
                         "9007199254740993|-1|NULL");
    fixture_assert_query(&town, "t.gpkg", "SELECT area_ha FROM school ORDER BY fid",
                         "0.1|NULL|NULL");
    fixture_assert_query(&town, "t.gpkg", "SELECT geom IS NULL FROM school ORDER BY fid", "0|0|1");
    fixture_assert_query(&town, "t.gpkg", "SELECT id || n FROM tally", "t17");
}

/* The header is "GP", version, flags, srs and an envelope of 4 doubles; the WKB type follows its
 * byte order: 06 is a multipolygon, and so is what was a polygon. */
static void test_promotion(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    fixture_export(&town, "t.gpkg", NULL, NULL);
    fixture_assert_query(&town, "t.gpkg", "SELECT hex(substr(geom, 41, 5)) FROM area",
                         "0106000000|0106000000");
}

static void test_tables_only(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    const char *const layers[] = {"tally", NULL};
    fixture_export(&town, "t.gpkg", layers, NULL);
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT count(*) FROM gpkg_extensions"
                         " WHERE extension_name = 'gpkg_metadata'",
                         "2");
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT data_type FROM gpkg_contents"
                         " WHERE table_name = 'tally'",
                         "attributes");
    fixture_assert_query(&town, "t.gpkg", "SELECT count(*) FROM layer_styles", "0");
}

/* Two exports of one workspace are the same bytes when the clock stands still. */
static void test_reproducible(void)
{
    g_auto(Fixture) town = {0};
    GError *error = NULL;
    g_autofree char *first = NULL, *second = NULL;
    gsize n_first = 0, n_second = 0;
    fixture_open_town(&town);
    g_setenv("SOURCE_DATE_EPOCH", "1619568000", TRUE);
    fixture_export(&town, "a.gpkg", NULL, NULL);
    fixture_export(&town, "b.gpkg", NULL, NULL);
    g_unsetenv("SOURCE_DATE_EPOCH");
    g_autofree char *a = fixture_file(&town, "a.gpkg"), *b = fixture_file(&town, "b.gpkg");
    g_file_get_contents(a, &first, &n_first, &error);
    g_assert_no_error(error);
    g_file_get_contents(b, &second, &n_second, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(n_first, ==, n_second);
    g_assert_true(memcmp(first, second, n_first) == 0);
}

void test_gpkg(void)
{
    g_test_add_func("/export/gpkg/layers", test_layers);
    g_test_add_func("/export/gpkg/cells", test_cells);
    g_test_add_func("/export/gpkg/promotion", test_promotion);
    g_test_add_func("/export/gpkg/tables-only", test_tables_only);
    g_test_add_func("/export/gpkg/reproducible", test_reproducible);
}
