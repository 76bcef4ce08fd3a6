/* Positions that cannot be. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static void move(FmTable *table, gsize row, double lon_deg, double lat_deg)
{
    fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){lon_deg, lat_deg}));
}

static GPtrArray *check(FmTable *table, gboolean with_areas, const char *declared)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_autoptr(FmAreaSet) areas = fm_area_set_new("area", town_districts());
    g_auto(FmStated) stated = {0};
    g_auto(FmSystems) systems = {0};
    fm_stated_find(areas, layer, &stated);
    fm_systems_init(&systems, declared, (FmLonLat){116.4, 39.9}, &error);
    g_assert_no_error(error);
    FmCheckThresholds limits = fm_check_defaults(NULL);
    GPtrArray *findings = fm_findings_new();
    fm_check_places(layer, with_areas ? areas : NULL, with_areas ? &stated : NULL, &systems,
                    &limits, findings);
    return findings;
}

static void test_clean(void)
{
    for (int areas = 0; areas < 2; areas++) {
        g_autoptr(FmTable) table = town_schools();
        g_autoptr(GPtrArray) findings = check(table, areas == 1, "EPSG:4326");
        assert_no_findings(findings);
    }
}

/* Each fault once: each is found, by its row, and nothing else is. */
static void test_faults(void)
{
    for (int areas = 0; areas < 2; areas++) {
        g_autoptr(FmTable) table = town_schools();
        const FmLonLat fifth = fm_table_geometry(table, 5)->points[0];
        move(table, 3, 0, 0);
        move(table, 5, fifth.lon_deg / 10, fifth.lat_deg);
        move(table, 7, 118.58, 25.1);
        g_autoptr(GPtrArray) findings = check(table, areas == 1, "EPSG:4326");
        g_assert_cmpuint(findings->len, ==, 3);
        g_assert_cmpstr(only_kind(findings, FM_CHECK_NULL_ISLAND)->feature_id, ==, "s003");
        g_assert_cmpstr(only_kind(findings, FM_CHECK_COORDINATE_TYPO)->feature_id, ==, "s005");
        g_assert_cmpstr(only_kind(findings, FM_CHECK_FAR_OUTSIDE)->feature_id, ==, "s007");
    }
}

/* The other district than the row says; a little over the border is within the accuracy. */
static void test_stated(void)
{
    g_autoptr(FmTable) table = town_schools();
    gsize district = fm_table_find_column(table, "district");
    gboolean west = strcmp(fm_table_text(table, district, 9), "West Side") == 0;
    move(table, 9, west ? 116.42 : 116.38, 39.9);
    west = strcmp(fm_table_text(table, district, 10), "West Side") == 0;
    move(table, 10, west ? 116.401 : 116.399, 39.9);
    g_autoptr(GPtrArray) findings = check(table, TRUE, "EPSG:4326");
    g_assert_cmpuint(findings->len, ==, 1);
    const FmFinding *finding = only_kind(findings, FM_CHECK_OUTSIDE_STATED);
    g_assert_cmpstr(finding->feature_id, ==, "s009");
    g_assert_nonnull(strstr(finding->evidence, "1.7 km"));
}

/* A whole list in the wrong zone is one finding. */
static void test_zone(void)
{
    g_autoptr(FmTable) table = town_schools();
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmLonLat position = fm_table_geometry(table, row)->points[0];
        move(table, row, position.lon_deg - 3, position.lat_deg);
    }
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_autoptr(GPtrArray) findings = check(table, TRUE, "EPSG:4547");
    g_assert_cmpuint(findings->len, ==, 1);
    const FmFinding *finding = only_kind(findings, FM_CHECK_WRONG_ZONE);
    g_assert_null(finding->feature_id);
    g_assert_nonnull(strstr(finding->evidence, "150 of 150"));
}

/* Swapped axes in a town near the equator's meridian, where both orders are positions. */
static void test_swapped(void)
{
    Place places[30];
    char ids[G_N_ELEMENTS(places)][8];
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_snprintf(ids[i], sizeof ids[i], "p%02d", (int)i);
        places[i] =
            (Place){.id = ids[i],
                    .capacity = (double)NAN,
                    .position = {0.3 + 0.002 * (double)(i % 6), 47 + 0.002 * (double)(i / 6)}};
    }
    places[4].position = (FmLonLat){places[4].position.lat_deg, places[4].position.lon_deg};
    g_autoptr(FmTable) table = town_table(places, G_N_ELEMENTS(places));
    g_autoptr(GPtrArray) findings = check(table, FALSE, "EPSG:4326");
    g_assert_cmpuint(findings->len, ==, 1);
    g_assert_cmpstr(only_kind(findings, FM_CHECK_SWAPPED_AXES)->feature_id, ==, "p04");
}

void test_place(void)
{
    g_test_add_func("/check/place/clean", test_clean);
    g_test_add_func("/check/place/faults", test_faults);
    g_test_add_func("/check/place/stated", test_stated);
    g_test_add_func("/check/place/zone", test_zone);
    g_test_add_func("/check/place/swapped", test_swapped);
}
