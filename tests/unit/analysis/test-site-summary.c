/* What siting says of itself: the proof, the figures before and after, and what it leaves out. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>

static double number(JsonObject *object, const char *name)
{
    g_assert_true(json_object_has_member(object, name));
    JsonNode *node = json_object_get_member(object, name);
    return JSON_NODE_HOLDS_NULL(node) ? (double)NAN : json_node_get_double(node);
}

static char *optima_text(JsonObject *summary)
{
    g_autoptr(JsonNode) copy = json_node_copy(json_object_get_member(summary, "optima"));
    return json_to_string(copy, FALSE);
}

static void test_mclp(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    FmSiteOptions options = town_siting(FM_SITE_MCLP, 1, &near);
    options.of.layer = "clinic";
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    g_autoptr(JsonObject) summary = town_object(result->summary);
    g_assert_cmpstr(json_object_get_string_member(summary, "status"), ==, "optimal");
    g_assert_cmpfloat(number(summary, "objective"), ==, 2100);
    g_assert_cmpfloat(number(summary, "bound"), ==, 2100);
    g_assert_cmpfloat(number(summary, "gap"), ==, 0);
    g_autofree char *optima = optima_text(summary);
    g_assert_cmpstr(optima, ==, "[[\"p2\"],[\"p3\"]]");
    g_assert_true(json_object_get_boolean_member(summary, "optima_complete"));
    JsonObject *before = json_object_get_object_member(summary, "before");
    JsonObject *after = json_object_get_object_member(summary, "after");
    double step = fm_geodesic_distance_m((FmLonLat){0, 0}, (FmLonLat){0.01, 0});
    g_assert_cmpfloat(number(before, "people"), ==, 1400);
    g_assert_cmpfloat_with_epsilon(number(before, "people_share"), 1400 / 2100.0, 1e-12);
    g_assert_cmpfloat_with_epsilon(number(before, "mean_m"), 700 * step / 1400, 1e-6);
    g_assert_cmpfloat_with_epsilon(number(before, "max_m"), step, 1e-6);
    g_assert_cmpfloat(number(after, "people"), ==, 2100);
    g_assert_cmpfloat_with_epsilon(number(after, "mean_m"), 1000 * step / 2100, 1e-6);
    g_autoptr(JsonObject) parameters = town_object(result->parameters);
    g_assert_cmpstr(json_object_get_string_member(parameters, "model"), ==, "mclp");
    g_assert_cmpstr(json_object_get_string_member(parameters, "within"), ==, "1.2km");
    /* Enough for all: fewer than asked for. */
    options.n_add = 4;
    g_autoptr(FmResult) more = town_site(&fixture, &options);
    g_autofree char *chosen = town_chosen(more);
    g_assert_cmpstr(chosen, ==, "p3");
    town_assert_warned(more, "1 of 4 sites serve all that can be served within 1.2km");
}

static void test_near(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    FmSiteOptions options = town_siting(FM_SITE_MCLP, 1, &near);
    options.near_ratio = 0.25;
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    g_autoptr(JsonObject) summary = town_object(result->summary);
    g_autoptr(JsonNode) node = json_node_copy(json_object_get_member(summary, "near"));
    g_autofree char *text = json_to_string(node, FALSE);
    g_assert_cmpstr(text, ==,
                    "{\"ratio\":0.25,\"n\":2,\"complete\":true,\"choices\":["
                    "{\"objective\":1500,\"sites\":[\"p4\"]},"
                    "{\"objective\":1200,\"sites\":[\"p3\"]}],"
                    "\"sites\":[{\"site_id\":\"p3\",\"n_choices\":1},"
                    "{\"site_id\":\"p4\",\"n_choices\":1}]}");
    options.effort = 1e-9;
    options.model = FM_SITE_PMEDIAN;
    options.n_add = 3;
    g_autoptr(FmResult) given_up = town_site(&fixture, &options);
    town_assert_warned(given_up, "no nearly equal choices are listed: the best is not proven");
    options = town_siting(FM_SITE_LSCP, 0, &near);
    options.near_ratio = 0.2;
    town_site_fails(&fixture, &options, FM_ERROR_USAGE, "leave out --near");
}

static void test_infeasible(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const FmLimit near = fixture_limit("1.2km");
    FmSiteOptions options = town_siting(FM_SITE_LSCP, 0, &near);
    options.candidates.filter.where = "id < 'p3'";
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    g_autoptr(JsonObject) summary = town_object(result->summary);
    g_assert_cmpstr(json_object_get_string_member(summary, "status"), ==, "infeasible");
    g_assert_true(isnan(number(summary, "bound")));
    g_assert_true(isnan(number(summary, "gap")));
    g_assert_cmpfloat(number(summary, "objective"), ==, 2);
    JsonObject *unreached = json_object_get_object_member(summary, "unreached");
    g_assert_cmpfloat(number(unreached, "people"), ==, 1100);
    JsonArray *ids = json_object_get_array_member(unreached, "ids");
    g_assert_cmpuint(json_array_get_length(ids), ==, 2);
    g_assert_cmpstr(json_array_get_string_element(ids, 0), ==, "q4");
    town_assert_warned(result, "2 rows of 'quarter' (1100 people) are reached by no candidate and "
                               "nothing that is there within 1.2km, no number of sites serves "
                               "all: q4, q5");
}

/* Given up at once: said, and no list of equals. */
static void test_gap(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 2, NULL);
    options.effort = 1e-9;
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    g_autoptr(JsonObject) summary = town_object(result->summary);
    g_assert_cmpstr(json_object_get_string_member(summary, "status"), ==, "gap");
    g_assert_cmpfloat(number(summary, "bound"), <, number(summary, "objective"));
    g_assert_cmpfloat(number(summary, "gap"), >, 0);
    g_assert_false(json_object_has_member(summary, "optima"));
    town_assert_warned(result, "--effort 10");
}

/* Rows without people or position: counted, not dropped. */
static void test_warnings(void)
{
    g_auto(Fixture) fixture = {NULL};
    fixture_open(&fixture);
    town_put_plots(&fixture);
    const Place homes[] = {{"a", "POINT (0 0)", NULL, NULL, NULL, 5},
                           {"b", "POINT (0.01 0)", NULL, NULL, NULL, NAN},
                           {"c", NULL, NULL, NULL, NULL, 7}};
    fixture_put_modelled(&fixture, "quarter", "demand", fixture_table(homes, 3, "people"));
    FmSiteOptions options = town_siting(FM_SITE_PMEDIAN, 1, NULL);
    g_autoptr(FmResult) result = town_site(&fixture, &options);
    g_assert_true(result->modelled);
    town_assert_warned(result, "1 of 3 rows have no position and are served by nothing");
    town_assert_warned(result, "1 row has no 'people' and counts as 0");
    town_assert_warned(result, "is modelled");
    g_autoptr(JsonObject) summary = town_object(result->summary);
    g_assert_cmpfloat(number(summary, "people_unlocated"), ==, 7);
    g_assert_cmpfloat(number(json_object_get_object_member(summary, "after"), "people_share"), ==,
                      5 / 12.0);
    fixture_put_places(&fixture, "quarter", "demand", homes, 3, NULL);
    g_autoptr(FmResult) rows = town_site(&fixture, &options);
    town_assert_warned(rows, "every row counts as one");
}

void test_site_summary(void)
{
    g_test_add_func("/analysis/site-summary/mclp", test_mclp);
    g_test_add_func("/analysis/site-summary/near", test_near);
    g_test_add_func("/analysis/site-summary/infeasible", test_infeasible);
    g_test_add_func("/analysis/site-summary/gap", test_gap);
    g_test_add_func("/analysis/site-summary/warnings", test_warnings);
}
