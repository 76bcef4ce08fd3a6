/* What proximity says beside its layers. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_parameters(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmLimit within = fixture_limit("4km");
    FmProximityOptions options = {.from = {.layer = "quarter"},
                                  .to = {.layer = "clinic", .filter = {.by_status = TRUE}},
                                  .k = 2,
                                  .within = &within,
                                  .name = "near"};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    g_autofree char *expected = g_strdup_printf(
        "{\"name\":\"near\",\"version\":\"%s\",\"from\":{\"layer\":\"quarter\"},"
        "\"to\":{\"layer\":\"clinic\",\"by_status\":true,\"as_of\":null,\"include_planned\":false},"
        "\"weight\":\"people\",\"k\":2,\"matrix\":false,\"within\":\"4km\",\"by\":null}",
        fm_version());
    g_assert_cmpstr(result->parameters, ==, expected);
}

static void test_summary(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    FmProximityOptions options = {
        .from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .k = 2, .by = "district"};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    g_autoptr(JsonObject) summary = town_object(result->summary);
    double step_m = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.01, 0});
    g_assert_cmpint(json_object_get_int_member(summary, "n_from"), ==, 6);
    g_assert_cmpint(json_object_get_int_member(summary, "n_to"), ==, 2);
    g_assert_cmpint(json_object_get_int_member(summary, "n_pairs"), ==, 12);
    g_assert_cmpint(json_object_get_int_member(summary, "n"), ==, 6);
    g_assert_cmpint(json_object_get_int_member(summary, "n_without"), ==, 0);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(summary, "median_m"), step_m,
                                   1e-6);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(summary, "p90_m"), 2 * step_m,
                                   1e-6);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(summary, "max_m"), 2 * step_m,
                                   1e-6);
    JsonArray *by = json_object_get_array_member(summary, "by");
    g_assert_cmpuint(json_array_get_length(by), ==, 2);
    JsonObject *west = json_array_get_object_element(by, 0);
    g_assert_cmpstr(json_object_get_string_member(west, "area_id"), ==, "west");
    g_assert_cmpint(json_object_get_int_member(west, "n"), ==, 3);
    JsonArray *layers = json_object_get_array_member(summary, "layers");
    g_assert_cmpstr(json_array_get_string_element(layers, 1), ==,
                    "proximity_quarter_clinic_by_district");
}

static void test_warnings(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place homes[] = {{"lost", NULL, "Lost", NULL, NULL, 1},
                           {"here", "POINT (0 0)", "Here", NULL, NULL, NAN}};
    const Place clinics[] = {{"lost", NULL, "Lost", NULL, NULL, 1},
                             {"a", "POINT (0 0)", "A", NULL, NULL, NAN}};
    fixture_put_modelled(&fixture, "home", "demand", fixture_table(homes, 2, "people"));
    fixture_put_places(&fixture, "clinic2", "hospital", clinics, 2, NULL);
    FmProximityOptions options = {.from = {.layer = "home"}, .to = {.layer = "clinic2"}, .k = 1};
    g_autoptr(FmResult) result = town_near(&fixture, &options);
    g_assert_true(result->modelled);
    g_assert_cmpuint(result->warnings->len, ==, 4);
    town_assert_warned(result, "layer 'home' is modelled");
    town_assert_warned(result, "layer 'home': 1 of 2 rows have no position and no distance");
    town_assert_warned(result,
                       "layer 'clinic2': 1 of 2 rows have no position and are nobody's neighbour");
    town_assert_warned(result, "1 row has no 'people' and weighs 0 in the mean");
}

void test_proximity_summary(void)
{
    g_test_add_func("/analysis/proximity-summary/parameters", test_parameters);
    g_test_add_func("/analysis/proximity-summary/summary", test_summary);
    g_test_add_func("/analysis/proximity-summary/warnings", test_warnings);
}
