/* Reading a selection: titles, ids, positions, weights, and what is wrong with each. */
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

static FmFeatures *read_rows(Fixture *fixture, const char *layer, const char *where)
{
    GError *error = NULL;
    FmSelection selection = {.layer = layer, .filter = {.where = where}};
    FmFeatures *features = fm_features_read(fixture->workspace, &selection, NULL, &error);
    g_assert_no_error(error);
    return features;
}

static void test_read(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place places[] = {
        {"x", "POINT (1 1)", "X", NULL, NULL, 5},
        {"y", NULL, NULL, NULL, NULL, 6},
        {"z", "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "Z", NULL, NULL, 7},
    };
    fixture_put_places(&fixture, "spot", "thing", places, G_N_ELEMENTS(places), NULL);
    g_autoptr(FmFeatures) features = read_rows(&fixture, "spot", NULL);
    g_assert_cmpuint(features->n, ==, 3);
    g_assert_cmpuint(features->n_unlocated, ==, 1);
    g_assert_cmpstr(features->title_en, ==, "The spots");
    g_assert_cmpstr(features->title_zh, ==, "中spot");
    g_assert_cmpstr(fm_features_name_en(features, 0), ==, "X");
    g_assert_cmpstr(fm_features_name_zh(features, 2), ==, "中Z");
    g_assert_null(fm_features_name_en(features, 1));
    g_autofree char *id = fm_features_dup_id(features, 1);
    g_assert_cmpstr(id, ==, "y");

    g_autoptr(FmOrigins) origins = fm_origins_new(features);
    g_assert_cmpuint(origins->n, ==, 2);
    g_assert_cmpuint(origins->rows[1], ==, 2);
    g_assert_cmpfloat(origins->positions[0].lon_deg, ==, 1);
    g_assert_cmpfloat(origins->positions[1].lon_deg, >, 0);
    g_assert_cmpfloat(origins->positions[1].lon_deg, <, 2);

    g_autoptr(FmFeatures) filtered = read_rows(&fixture, "spot", "id <> 'x'");
    g_assert_cmpuint(filtered->n, ==, 2);
    g_assert_cmpstr(filtered->title_en, ==, "The spots (selected)");
    g_assert_cmpstr(filtered->title_zh, ==, "中spot（部分）");

    GError *error = NULL;
    FmSelection planned = {
        .layer = "spot",
        .filter = {.by_status = TRUE, .as_of = "2030", .include_planned = TRUE},
    };
    g_autoptr(FmFeatures) then = fm_features_read(fixture.workspace, &planned, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(then->title_en, ==, "The spots (as of 2030, with planned)");
    g_assert_cmpstr(then->title_zh, ==, "中spot（截至 2030，含规划）");
}

static void test_without_ids(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    gsize beds = fm_table_add_column(table, "beds", FM_COLUMN_INTEGER);
    fm_table_append_row(table);
    fm_table_set_integer(table, beds, 0, 12);
    fixture_put(&fixture, "bare", "thing", table);
    g_autoptr(FmFeatures) features = read_rows(&fixture, "bare", NULL);
    g_autofree char *id = fm_features_dup_id(features, 0);
    g_assert_cmpstr(id, ==, "1");
    g_assert_null(fm_features_name_zh(features, 0));

    g_autoptr(GError) error = NULL;
    g_assert_false(fm_features_require_located(features, "facility", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_assert_cmpstr(error->message, ==,
                    "no facility of layer 'bare' is left: of 1 rows 1 pass the filters (where, "
                    "status, as-of date) and none of them has a position");
}

static void test_weights(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open_empty(&fixture);
    const Place places[] = {{"x", "POINT (1 1)", "X", NULL, NULL, 5},
                            {"y", NULL, "Y", NULL, NULL, NAN}};
    g_autoptr(GError) error = NULL;
    FmTable *table = fixture_table(places, 2, "population");
    fm_table_add_column(table, "residents", FM_COLUMN_TEXT); /* better named, but no number */
    gsize jobs = fm_table_add_column(table, "jobs", FM_COLUMN_INTEGER);
    fm_table_set_integer(table, jobs, 0, 3);
    fm_table_set_integer(table, jobs, 1, 4);
    fixture_put(&fixture, "spot", "demand", table);
    g_autoptr(FmFeatures) features = read_rows(&fixture, "spot", NULL);

    g_autoptr(FmWeights) usual = fm_weights_new(features, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(usual->column, ==, "population");
    g_assert_cmpfloat(usual->values[0], ==, 5);
    g_assert_cmpfloat(usual->values[1], ==, 0);
    g_assert_cmpuint(usual->n_null, ==, 1);
    g_assert_cmpfloat(usual->total, ==, 5);

    g_autoptr(FmWeights) named = fm_weights_new(features, "jobs", &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(named->total, ==, 7);

    g_assert_null(fm_weights_new(features, "nobody", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_null(fm_weights_new(features, "residents", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
}

static void test_weights_absent_or_negative(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmFeatures) clinics = read_rows(&fixture, "clinic", NULL);
    g_autoptr(FmWeights) ones = fm_weights_new(clinics, NULL, &error);
    g_assert_no_error(error);
    g_assert_null(ones->column);
    g_assert_cmpfloat(ones->total, ==, 2);

    const Place places[] = {{"x", "POINT (1 1)", "X", NULL, NULL, 5},
                            {"y", "POINT (1 2)", "Y", NULL, NULL, -2.5}};
    fixture_put_places(&fixture, "debt", "demand", places, 2, "people");
    g_autoptr(FmFeatures) debt = read_rows(&fixture, "debt", NULL);
    g_assert_null(fm_weights_new(debt, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_assert_cmpstr(error->message, ==,
                    "layer 'debt', row 'y': 'people' is -2.5; a weight cannot be negative");
}

static void test_not_found(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(GError) error = NULL;
    FmSelection absent = {.layer = "clinics"};
    g_assert_null(fm_features_read(fixture.workspace, &absent, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_clear_error(&error);
    FmSelection wrong = {.layer = "clinic", .filter = {.where = "beds >"}};
    g_assert_null(fm_features_read(fixture.workspace, &wrong, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
}

void test_select(void)
{
    g_test_add_func("/analysis/select/read", test_read);
    g_test_add_func("/analysis/select/without-ids", test_without_ids);
    g_test_add_func("/analysis/select/weights", test_weights);
    g_test_add_func("/analysis/select/weights-absent-or-negative", test_weights_absent_or_negative);
    g_test_add_func("/analysis/select/not-found", test_not_found);
}
