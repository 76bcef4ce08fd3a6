/* The run log as JSON: what was JSON nests, the rest are strings and numbers. */
#include "fixture.h"

#include <fm-unit.h>
#include <json-glib/json-glib.h>

static void test_nests(void)
{
    g_auto(Fixture) town = {0};
    GError *error = NULL;
    fixture_open_town(&town);
    g_autofree char *text = fm__run_log_json(town.workspace, &error);
    g_assert_no_error(error);
    g_autoptr(JsonNode) root = json_from_string(text, &error);
    g_assert_no_error(error);
    JsonObject *document = json_node_get_object(root);
    g_assert_cmpstr(json_object_get_string_member(document, "facmap"), ==, "run-log");
    g_assert_cmpstr(json_object_get_string_member(document, "version"), ==, fm_version());
    JsonArray *runs = json_object_get_array_member(document, "runs");
    g_assert_cmpuint(json_array_get_length(runs), >=, 3); /* one a layer that was put */
    JsonObject *last = json_array_get_object_element(runs, json_array_get_length(runs) - 1);
    g_assert_cmpstr(json_object_get_string_member(last, "command"), ==, "load");
    g_assert_cmpstr(json_object_get_string_member(last, "command_line"), ==,
                    "facmap load 'a \"b\"'");
    g_assert_true(JSON_NODE_HOLDS_VALUE(json_object_get_member(last, "id")));
    JsonObject *parameters = json_object_get_object_member(last, "parameters");
    g_assert_cmpint(json_array_get_int_element(json_object_get_array_member(parameters, "k"), 1),
                    ==, 2);
    g_assert_true(JSON_NODE_HOLDS_ARRAY(json_object_get_member(last, "outputs")));
}

static void test_not_json(void)
{
    g_auto(Fixture) town = {0};
    GError *error = NULL;
    fixture_open(&town);
    g_autoptr(FmRun) run = fm_run_begin(town.workspace, "load", "[not json", NULL, &error);
    g_assert_no_error(error);
    fm_run_set(run, "note", "x", &error);
    fm_run_commit(run, &error);
    g_assert_no_error(error);
    g_autofree char *text = fm__run_log_json(town.workspace, &error);
    fixture_assert_has(text, "\"command_line\" : \"[not json\"");
    fixture_assert_has(text, "\"parameters\" : {");
}

void test_run_log(void)
{
    g_test_add_func("/export/run-log/nests", test_nests);
    g_test_add_func("/export/run-log/not-json", test_not_json);
}
