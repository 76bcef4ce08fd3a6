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

void test_ways(void)
{
    g_test_add_func("/analysis/ways/kept", test_kept);
}
