/* The report as a layer and as JSON. */
#include "fm-unit.h"
#include "town.h"

#include <json-glib/json-glib.h>
#include <math.h>

static FmCheckReport *make_report(Office *office)
{
    GError *error = NULL;
    FmTable *schools = town_schools();
    town_misread(schools, FM_SYSTEM_GCJ02);
    office_open(office);
    office_put(office, "street", "line", town_streets(), "EPSG:4326");
    office_put(office, "school", "school", schools, "EPSG:4326");
    FmCheckReport *report = fm_check(office->workspace, NULL, NULL, &error);
    g_assert_no_error(error);
    return report;
}

static void test_table(void)
{
    g_auto(Office) office = {0};
    g_autoptr(FmCheckReport) report = make_report(&office);
    g_autoptr(FmTable) table = fm_check_report_table(report);
    g_assert_cmpuint(fm_table_n_rows(table), ==, 1);
    g_assert_cmpuint(fm_table_geometry_type(table), ==, FM_GEOMETRY_POINT);
    g_assert_cmpstr(fm_table_text(table, fm_table_find_column(table, "kind"), 0), ==,
                    "coordinate_system");
    g_assert_cmpstr(fm_table_text(table, fm_table_find_column(table, "title_zh"), 0), ==,
                    "坐标系错误");
    g_assert_cmpstr(fm_table_text(table, fm_table_find_column(table, "value"), 0), ==, "GCJ-02");
    g_assert_nonnull(fm_table_geometry(table, 0));
    for (gsize c = 0; c < fm_table_n_columns(table); c++)
        g_assert_nonnull(fm_table_column_title_zh(table, c));
}

static void test_json(void)
{
    g_auto(Office) office = {0};
    g_autoptr(FmCheckReport) report = make_report(&office);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = fm_check_report_json(report);
    g_autoptr(JsonNode) root = json_from_string(text, &error);
    g_assert_no_error(error);
    JsonObject *object = json_node_get_object(root);
    g_assert_cmpstr(json_object_get_string_member(object, "lines"), ==, "street");
    JsonArray *layers = json_object_get_array_member(object, "layers");
    JsonObject *school = json_array_get_object_element(layers, 1);
    g_assert_cmpstr(json_object_get_string_member(school, "verdict"), ==, "other");
    g_assert_cmpstr(json_object_get_string_member(school, "system"), ==, "GCJ-02");
    g_assert_cmpstr(json_object_get_string_member(school, "declared_crs"), ==, "EPSG:4326");
    JsonObject *first =
        json_array_get_object_element(json_object_get_array_member(school, "evidence"), 0);
    g_assert_cmpstr(json_object_get_string_member(first, "by"), ==, "named_line");
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(first, "systems")), ==, 3);
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(object, "findings")), ==,
                     1);
    g_autoptr(JsonNode) parameters = json_from_string(report->parameters, &error);
    g_assert_no_error(error);
    g_assert_cmpfloat(
        json_object_get_double_member(json_node_get_object(parameters), "duplicate_m"), ==, 300);
}

void test_report(void)
{
    g_test_add_func("/check/report/table", test_table);
    g_test_add_func("/check/report/json", test_json);
}
