/* Ties go to the lower id, however a layer was loaded and however distance is measured. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_compare(void)
{
    static const char *const ascending[] = {"",    "0",  "00",   "01", "1",   "2",    "10", "a",
                                            "a01", "a1", "a1b2", "a9", "a10", "a10b", "b",  "中"};
    for (gsize i = 0; i < G_N_ELEMENTS(ascending); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(ascending); j++) {
            int order = fm_id_compare(ascending[i], ascending[j]);
            g_assert_cmpint((order > 0) - (order < 0), ==, (i > j) - (i < j));
        }
}

/* Two clinics at one place, one without a position, and one further off; not in the order of
 * ids. */
static void put_twins(Fixture *fixture)
{
    const Place twins[] = {
        {"k10", "POINT (0.02 0)", "ten", NULL, NULL, NAN},
        {"k9", "POINT (0.02 0)", "nine", NULL, NULL, NAN},
        {"k1", NULL, "one", NULL, NULL, NAN},
        {"k0", "POINT (0.05 0)", "zero", NULL, NULL, NAN},
    };
    const Place road = {"r", "LINESTRING (-0.01 0, 0.06 0)", NULL, NULL, NULL, NAN};
    fixture_put_places(fixture, "twin", "clinic", twins, G_N_ELEMENTS(twins), NULL);
    fixture_put_places(fixture, "roads", "network", &road, 1, NULL);
}

static void test_rows(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_twins(&fixture);
    const FmSelection selection = {.layer = "twin"};
    g_autoptr(FmFeatures) features = fm_features_read(fixture.workspace, &selection, NULL, NULL);
    fm_features_order_by_id(features);
    static const char *const names[] = {"zero", "one", "nine", "ten"};
    for (gsize row = 0; row < features->n; row++) {
        g_assert_cmpstr(fm_features_name_en(features, row), ==, names[row]);
        g_assert_true((features->geometries[row] == NULL) == (row == 1));
    }
    g_autofree char *id = fm_features_dup_id(features, 3);
    g_assert_cmpstr(id, ==, "k10");

    const FmSelection quarters = {.layer = "quarter"};
    g_autoptr(FmFeatures) sorted = fm_features_read(fixture.workspace, &quarters, NULL, NULL);
    fm_features_order_by_id(sorted);
    g_assert_null(sorted->order);
}

static void check_coverage(Fixture *fixture, const FmVia *via)
{
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    options.of.layer = "twin";
    options.via = via;
    g_autoptr(FmResult) result = town_cover(fixture, &options);
    const FmTable *demand = fm_result_table(result, "_demand");
    g_assert_cmpstr(fixture_text(demand, "nearest_id", 0), ==, "k9");
    g_assert_cmpstr(fixture_text(demand, "nearest_id", 5), ==, "k0");
    /* What belongs to a facility is in its row. */
    const FmTable *facility = fm_result_table(result, "_facility");
    gsize row = fixture_row(facility, "facility_id", "k9");
    g_assert_cmpstr(fixture_text(facility, "name_en", row), ==, "nine");
    g_assert_cmpfloat(fixture_number(facility, "people", row), ==, 200 + 300 + 400);
    row = fixture_row(facility, "facility_id", "k1");
    g_assert_cmpstr(fixture_text(facility, "reason", row), ==, "no position");
}

static void check_proximity(Fixture *fixture, const FmVia *via, gboolean matrix)
{
    const FmProximityOptions options = {.from = {.layer = "quarter"},
                                        .to = {.layer = "twin"},
                                        .k = matrix ? 0 : 2,
                                        .matrix = matrix,
                                        .via = via};
    g_autoptr(FmResult) result = town_near(fixture, &options);
    const FmTable *pairs = fm_result_table(result, "");
    g_assert_cmpstr(fixture_text(pairs, "to_id", 0), ==, "k9");
    g_assert_cmpstr(fixture_text(pairs, "to_id", 1), ==, "k10");
    g_assert_cmpstr(fixture_text(pairs, "to_name_en", 1), ==, "ten");
}

static void test_ties(void)
{
    static const FmVia on_foot = {.profile = "walk"};
    const FmVia *const ways[] = {NULL, &on_foot};
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    put_twins(&fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        check_coverage(&fixture, ways[i]);
        check_proximity(&fixture, ways[i], FALSE);
        check_proximity(&fixture, ways[i], TRUE);
    }
}

void test_id_order(void)
{
    g_test_add_func("/analysis/id-order/compare", test_compare);
    g_test_add_func("/analysis/id-order/rows", test_rows);
    g_test_add_func("/analysis/id-order/ties", test_ties);
}
