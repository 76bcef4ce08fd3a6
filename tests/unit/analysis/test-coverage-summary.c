/* What coverage says beside its layers. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_parameters(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    town.options.of.filter.where = "id > ''";
    town.options.of.filter.as_of = "2020";
    g_autoptr(FmResult) result = town_covered(&town);
    g_autofree char *expected = g_strdup_printf(
        "{\"name\":\"coverage_clinic_3_5km\",\"version\":\"%s\","
        "\"of\":{\"layer\":\"clinic\",\"where\":\"id > ''\",\"by_status\":true,\"as_of\":\"2020\","
        "\"include_planned\":false},\"demand\":{\"layer\":\"quarter\"},\"weight\":\"people\","
        "\"within\":[\"1.2km\",\"2.5km\",\"3.5km\"],\"by\":\"district\"}",
        fm_version());
    g_assert_cmpstr(result->parameters, ==, expected);
}

static void test_summary(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    town.options.name = "near";
    g_autoptr(FmResult) result = town_covered(&town);
    g_autoptr(JsonObject) summary = town_object(result->summary);
    g_assert_cmpstr(json_object_get_string_member(summary, "name"), ==, "near");
    JsonObject *of = json_object_get_object_member(summary, "of");
    g_assert_cmpint(json_object_get_int_member(of, "n"), ==, 2);
    g_assert_cmpint(json_object_get_int_member(of, "n_unlocated"), ==, 0);
    JsonObject *demand = json_object_get_object_member(summary, "demand");
    g_assert_cmpfloat(json_object_get_double_member(demand, "people"), ==, 2100);
    g_assert_cmpstr(json_object_get_string_member(demand, "weight"), ==, "people");
    JsonArray *within = json_object_get_array_member(summary, "within");
    g_assert_cmpuint(json_array_get_length(within), ==, 3);
    JsonObject *first = json_array_get_object_element(within, 0);
    g_assert_cmpfloat(json_object_get_double_member(first, "people"), ==, 1400);
    g_assert_cmpfloat(json_object_get_double_member(first, "within_m"), ==, 1200);
    JsonArray *by = json_object_get_array_member(summary, "by");
    g_assert_cmpuint(json_array_get_length(by), ==, 6);
    JsonObject *east = json_array_get_object_element(by, 3);
    g_assert_cmpstr(json_object_get_string_member(east, "name_zh"), ==, "中East");
    g_assert_cmpfloat(json_object_get_double_member(east, "people_covered"), ==, 1100);
    JsonArray *layers = json_object_get_array_member(summary, "layers");
    g_assert_cmpstr(json_array_get_string_element(layers, 3), ==, "near_by_district");
}

static void test_warnings(void)
{
    g_auto(Town) town = {0};
    town_open(&town);
    const Place quarters[] = {{"q", "POINT (0 0)", "Q", NULL, NULL, 40},
                              {"r", "POINT (0 0)", "R", NULL, NULL, NAN},
                              {"s", "POINT (9 9)", "S", NULL, NULL, 2.5}};
    fixture_put_modelled(&town.fixture, "grid", "demand", fixture_table(quarters, 3, "people"));
    town.options.demand.layer = "grid";
    g_autoptr(FmResult) result = town_covered(&town);
    g_assert_true(result->modelled);
    g_assert_cmpuint(result->warnings->len, ==, 3);
    town_assert_warned(result, "layer 'grid' is modelled");
    town_assert_warned(result, "layer 'grid': 1 row has no 'people' and counts as 0");
    town_assert_warned(result, "1 row of 'grid' (2.5 people) lies outside every area");

    town.options.demand.layer = "clinic";
    g_autoptr(FmResult) ones = town_covered(&town);
    g_assert_false(ones->modelled);
    town_assert_warned(ones, "every row counts as one");
}

void test_coverage_summary(void)
{
    g_test_add_func("/analysis/coverage-summary/parameters", test_parameters);
    g_test_add_func("/analysis/coverage-summary/summary", test_summary);
    g_test_add_func("/analysis/coverage-summary/warnings", test_warnings);
}
