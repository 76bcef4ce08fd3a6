/* People in a question: counted with and without a position, nobody refused, every row kept. */
#include "demand.h"
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

/* Rows a, b, c: the second has no position, the third no people. */
static FmFeatures *put_rows(Fixture *fixture, double people_a, double people_b)
{
    GError *error = NULL;
    const Place places[] = {{"a", "POINT (1 1)", "A", NULL, NULL, people_a},
                            {"b", NULL, "B", NULL, NULL, people_b},
                            {"c", "POINT (3 3)", "C", NULL, NULL, NAN}};
    fixture_put_places(fixture, "homes", "demand", places, G_N_ELEMENTS(places), "people");
    const FmSelection selection = {.layer = "homes"};
    FmFeatures *features = fm_features_read(fixture->workspace, &selection, NULL, &error);
    g_assert_no_error(error);
    return features;
}

static void test_counts(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmFeatures) homes = put_rows(&fixture, 0.1, 0.2);
    g_autoptr(FmWeights) weights = fm_weights_new(homes, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(FmOrigins) origins = fm_origins_new(homes);
    g_autofree double *people = fm_demand_origin_weights(origins, weights);
    g_assert_cmpuint(origins->n, ==, 2);
    g_assert_cmpfloat(people[0], ==, 0.1);
    g_assert_cmpfloat(people[1], ==, 0);
    /* and not 0.3 - 0.1, which is less than 0.2 */
    g_assert_cmpfloat(fm_demand_unlocated_people(homes, weights), ==, 0.2);
    g_assert_true(fm_demand_require_people(homes, weights, &error));
    g_assert_no_error(error);
}

static void test_nobody(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmFeatures) homes = put_rows(&fixture, 0, 0);
    g_autoptr(FmWeights) weights = fm_weights_new(homes, NULL, NULL);
    g_assert_false(fm_demand_require_people(homes, weights, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, "'homes' counts nobody: 'people' adds up to 0"));
}

static void test_rows(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    g_autoptr(FmFeatures) homes = put_rows(&fixture, 5, 7);
    g_autoptr(FmWeights) weights = fm_weights_new(homes, NULL, NULL);
    const FmColumnSpec specs[] = {FM_DEMAND_COLUMNS, {"why", FM_COLUMN_TEXT, "Why", "原因", NULL}};
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POINT);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize row = 0; row < homes->n; row++)
        g_assert_true(fm_demand_put_row(homes, weights, row, table, FM_DEMAND_N_COLUMNS) ==
                      (row != 1));
    g_assert_cmpuint(fm_table_n_rows(table), ==, 3);
    g_assert_cmpstr(fixture_text(table, "demand_id", 1), ==, "b");
    g_assert_cmpfloat(fixture_number(table, "weight", 1), ==, 7);
    g_assert_cmpstr(fixture_text(table, "why", 1), ==, "no position");
    g_assert_null(fm_table_geometry(table, 1));
    g_assert_null(fixture_text(table, "why", 2));
    g_assert_cmpfloat(fm_table_geometry(table, 2)->points[0].lon_deg, ==, 3);
}

static void test_warnings(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    g_autoptr(FmFeatures) homes = put_rows(&fixture, 5, 7);
    g_autoptr(FmWeights) weights = fm_weights_new(homes, NULL, NULL);
    g_autoptr(FmResult) result = fm_result_new("coverage", "reach");
    fm_demand_warn(homes, weights, "and go nowhere", result);
    g_assert_cmpuint(result->warnings->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(result->warnings, 0), ==,
                    "layer 'homes': 1 of 3 rows have no position and go nowhere");
    g_assert_cmpstr(g_ptr_array_index(result->warnings, 1), ==,
                    "layer 'homes': 1 row has no 'people' and counts as 0");
}

void test_demand(void)
{
    g_test_add_func("/analysis/demand/counts", test_counts);
    g_test_add_func("/analysis/demand/nobody", test_nobody);
    g_test_add_func("/analysis/demand/rows", test_rows);
    g_test_add_func("/analysis/demand/warnings", test_warnings);
}
