#include "fixture.h"
#include "fm-unit.h"
#include "ogr-open.h"

static const char town[] =
    "<?xml version='1.0'?><osm version='0.6'>"
    "<node id='1' lat='39.90' lon='116.40'/><node id='2' lat='39.91' lon='116.40'/>"
    "<node id='3' lat='39.92' lon='116.41'><tag k='amenity' v='school'/>"
    "<tag k='name:zh' v='一校'/></node>"
    "<way id='10'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/>"
    "<tag k='oneway:bicycle' v='no'/><tag k='name:en' v='First Street'/></way>"
    "<way id='11'><nd ref='2'/><nd ref='3'/><tag k='route' v='ferry'/></way>"
    "<way id='12'><nd ref='1'/><nd ref='3'/><tag k='waterway' v='stream'/></way></osm>";

static FmRaw *read_town(Fixture *fixture, const char *kind, const char *layer, GError **error)
{
    g_autoptr(FmSource) source = fm_source_new(fixture_path(fixture, "town.osm"));

    source->kind = g_strdup(kind);
    source->ogr_layer = g_strdup(layer);
    return fm_raw_read(source, NULL, error);
}

static const char *cell(const FmRaw *raw, const char *column, gsize row)
{
    gsize at = fm_table_find_column(raw->table, column);

    g_assert_cmpuint(at, !=, FM_COLUMN_NONE);
    return fm_table_text(raw->table, at, row);
}

/* A network takes the lines that carry traffic, with the tags that say whose. */
static void network(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    fixture_write(&fixture, "town.osm", town);
    g_autoptr(FmRaw) raw = read_town(&fixture, "network", NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(fm_table_n_rows(raw->table), ==, 2);
    g_assert_cmpstr(cell(raw, "osm_id", 0), ==, "10");
    g_assert_cmpstr(cell(raw, "highway", 0), ==, "residential");
    g_assert_cmpstr(cell(raw, "oneway_bicycle", 0), ==, "no");
    g_assert_cmpstr(cell(raw, "name_en", 0), ==, "First Street");
    g_assert_cmpstr(cell(raw, "route", 1), ==, "ferry");
}

static void other_layers(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    fixture_write(&fixture, "town.osm", town);
    g_autoptr(FmRaw) lines = read_town(&fixture, NULL, "lines", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fm_table_n_rows(lines->table), ==, 3);
    g_autoptr(FmRaw) points = read_town(&fixture, "school", "points", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fm_table_n_rows(points->table), ==, 1);
    g_assert_cmpstr(cell(points, "name_zh", 0), ==, "一校");
    g_assert_null(read_town(&fixture, "school", NULL, &error));
    assert_error(error, FM_ERROR_USAGE, "town.osm: 5 layers (points, lines,");
}

void test_osm_config(void)
{
    g_test_add_func("/load/osm-config/network", network);
    g_test_add_func("/load/osm-config/other-layers", other_layers);
}
