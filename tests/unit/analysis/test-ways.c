/* What a network hands to a result: its layers, its warnings, and itself to be kept. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static void test_kept(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const Place roads[] = {{"street", "LINESTRING (-0.01 0, 0.06 0)", NULL, NULL, NULL, NAN}};
    fixture_put_modelled(&fixture, "roads", "network", fixture_table(roads, 1, NULL));
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    const FmVia via = {.profile = "walk", .max_snap_m = 300};
    options.via = &via;
    g_autoptr(FmResult) result = town_cover(&fixture, &options);
    g_assert_nonnull(result->network);
    gboolean listed = FALSE;
    for (guint i = 0; i < result->inputs->len; i++)
        listed |= g_str_equal(g_ptr_array_index(result->inputs, i), "roads");
    g_assert_true(listed);
    g_assert_true(result->modelled);
    town_assert_warned(result, "layer 'roads' is modelled");
    g_autoptr(JsonObject) parameters = town_object(result->parameters);
    JsonObject *travel = json_object_get_object_member(parameters, "via");
    g_assert_cmpstr(json_object_get_string_member(travel, "profile"), ==, "walk");
    g_assert_cmpstr(json_object_get_string_member(travel, "direction"), ==, "to");
    g_assert_cmpfloat(json_object_get_double_member(travel, "max_snap_m"), ==, 300);
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(fm_analysis_write(fixture.workspace, result, NULL, NULL, &error), >, 0);
    g_assert_no_error(error);
    /* From what was kept, the same. */
    g_autoptr(FmResult) again = town_cover(&fixture, &options);
    g_assert_cmpstr(again->summary, ==, result->summary);
}

/* Whoever cannot take part for want of a road is counted, in coverage and in proximity. */
static void test_off_road(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    const Place road = {"street", "LINESTRING (-0.01 0, 0.04 0)", NULL, NULL, NULL, NAN};
    fixture_put_places(&fixture, "roads", "network", &road, 1, NULL);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    const FmVia via = {.profile = "walk"};
    options.via = &via;
    g_autoptr(FmResult) covered = town_cover(&fixture, &options);
    const char *const off = "layer 'clinic': 1 of 2 rows have no road within 500 m (--max-snap) ";
    town_assert_warned(covered, off);
    const FmProximityOptions near = {
        .from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .k = 1, .via = &via};
    g_autoptr(FmResult) pairs = town_near(&fixture, &near);
    town_assert_warned(pairs, off);
}

static void test_too_far(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    const FmVia via = {.profile = "walk", .max_snap_m = FM_MAX_SNAP_M + 1};
    options.via = &via;
    town_cover_fails(&fixture, &options, FM_ERROR_USAGE, "give at most 100 km");
}

void test_ways(void)
{
    g_test_add_func("/analysis/ways/off-road", test_off_road);
    g_test_add_func("/analysis/ways/too-far", test_too_far);
    g_test_add_func("/analysis/ways/kept", test_kept);
}
