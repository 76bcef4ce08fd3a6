/* The tables about the layers: titles, metadata, styles; and how text gets into SQL. */
#include "fixture.h"

#include <fm-unit.h>

static void test_literal(void)
{
    static const struct {
        const char *text, *expect;
    } cases[] = {
        {NULL, "NULL"}, {"", "''"}, {"it's", "'it''s'"}, {"''", "''''''"}, {"学\"校", "'学\"校'"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *literal = fm__sql_literal(cases[i].text);
        g_assert_cmpstr(literal, ==, cases[i].expect);
    }
}

static void test_sql_error(void)
{
    GError *error = NULL;
    g_auto(FmGdalGuard) guard = fm__gdal_begin();
    g_auto(FmDatasetH) dataset =
        GDALCreate(GDALGetDriverByName("GPKG"), "/vsimem/e.gpkg", 0, 0, 0, GDT_Unknown, NULL);
    g_assert_nonnull(dataset);
    g_assert_false(fm__gpkg_sql(dataset, &error, "INSERT INTO nothing VALUES (1)"));
    fixture_assert_error(&error, FM_ERROR_IO, "nothing");
    g_assert_true(fm__gpkg_sql(dataset, &error, "SELECT 1"));
    g_assert_no_error(error);
}

static void test_columns(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    fixture_export(&town, "t.gpkg", NULL, NULL);
    fixture_assert_query(
        &town, "t.gpkg",
        "SELECT column_name || ': ' || title || ifnull(', ' || description, '') ||"
        " ifnull(', ' || constraint_name, '')"
        " FROM gpkg_data_columns WHERE table_name = 'school' ORDER BY 1",
        "area_ha: 面积, Unit: ha|name_zh: 名称 Name's \"form\"|status: Status, status");
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT value FROM gpkg_data_column_constraints ORDER BY rowid",
                         "open|construction|planned|closed");
}

static void test_metadata(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    fixture_export(&town, "t.gpkg", NULL, NULL);
    fixture_assert_query(
        &town, "t.gpkg",
        "SELECT reference_scope || ' ' || ifnull(table_name, '-') || ' ' || mime_type"
        " FROM gpkg_metadata_reference JOIN gpkg_metadata ON id = md_file_id ORDER BY id",
        "table school text/xml|table school application/json|table area text/xml|"
        "table area application/json|table tally text/xml|table tally application/json|"
        "geopackage - application/json");
    g_autofree char *document =
        fixture_query(&town, "t.gpkg", "SELECT metadata FROM gpkg_metadata WHERE id = 1");
    fixture_assert_xml(document);
    fixture_assert_has(document, "<title>学校 Schools &amp; &apos;colleges&apos;</title>");
    fixture_assert_has(document, "Modelled data 模拟数据.\nBureau&apos;s list</abstract>");
    fixture_assert_has(document, "<license>CC-BY</license>");
}

static void test_styles(void)
{
    g_auto(Fixture) town = {0};
    fixture_open_town(&town);
    g_autoptr(FmStyle) style =
        fixture_style("{'id': 'dots', 'type': 'circle', 'source': 'workspace',"
                      " 'source-layer': 'school', 'paint': {'circle-radius': 3}}");
    fixture_export(&town, "t.gpkg", NULL, style);
    fixture_assert_query(
        &town, "t.gpkg",
        "SELECT f_table_name || '/' || f_table_schema || '/' || f_geometry_column ||"
        " '/' || useAsDefault FROM layer_styles ORDER BY id",
        "school//geom/1|area//geom/1");
    fixture_assert_query(&town, "t.gpkg",
                         "SELECT feature_count FROM gpkg_ogr_contents"
                         " WHERE table_name = 'layer_styles'",
                         "2");
    g_autofree char *qml = fixture_query(
        &town, "t.gpkg", "SELECT styleQML FROM layer_styles WHERE f_table_name = 'school'");
    fixture_assert_xml(qml);
    fixture_assert_has(qml, "type=\"RuleRenderer\"");
}

void test_gpkg_tables(void)
{
    g_test_add_func("/export/gpkg-tables/literal", test_literal);
    g_test_add_func("/export/gpkg-tables/sql-error", test_sql_error);
    g_test_add_func("/export/gpkg-tables/columns", test_columns);
    g_test_add_func("/export/gpkg-tables/metadata", test_metadata);
    g_test_add_func("/export/gpkg-tables/styles", test_styles);
}
