#include "town.h"

#include <string.h>

FmCoverageOptions town_coverage(FmLimit limits[3])
{
    limits[0] = fixture_limit("1.2km");
    limits[1] = fixture_limit("2.5km");
    limits[2] = fixture_limit("3.5km");
    return (FmCoverageOptions){
        .of = {.layer = "clinic", .filter = {.by_status = TRUE}},
        .demand = {.layer = "quarter"},
        .limits = limits,
        .n_limits = 3,
        .by = "district",
    };
}

FmResult *town_cover(Fixture *fixture, const FmCoverageOptions *options)
{
    GError *error = NULL;
    FmResult *result = fm_coverage(fixture->workspace, options, NULL, &error);
    g_assert_no_error(error);
    return result;
}

FmResult *town_near(Fixture *fixture, const FmProximityOptions *options)
{
    GError *error = NULL;
    FmResult *result = fm_proximity(fixture->workspace, options, NULL, &error);
    g_assert_no_error(error);
    return result;
}

static void assert_failed(const FmResult *result, const GError *error, FmError code,
                          const char *text)
{
    g_assert_null(result);
    g_assert_error(error, FM_ERROR, (gint)code);
    if (!strstr(error->message, text))
        g_error("'%s' does not say '%s'", error->message, text);
    g_assert_null(strchr(error->message, '\n'));
}

void town_cover_fails(Fixture *fixture, const FmCoverageOptions *options, FmError code,
                      const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmResult) result = fm_coverage(fixture->workspace, options, NULL, &error);
    assert_failed(result, error, code, text);
}

void town_near_fails(Fixture *fixture, const FmProximityOptions *options, FmError code,
                     const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmResult) result = fm_proximity(fixture->workspace, options, NULL, &error);
    assert_failed(result, error, code, text);
}

JsonObject *town_object(const char *text)
{
    GError *error = NULL;
    g_autoptr(JsonNode) node = json_from_string(text, &error);
    g_assert_no_error(error);
    return json_node_dup_object(node);
}

void town_assert_warned(const FmResult *result, const char *text)
{
    for (guint i = 0; i < result->warnings->len; i++)
        if (strstr(g_ptr_array_index(result->warnings, i), text))
            return;
    g_error("no warning says '%s'", text);
}
