/* JSON text: shortest numbers, order kept, strings escaped by json-glib. */
#include "analysis-internal.h"
#include "fm-unit.h"

#include <math.h>

static void check_round(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) node = json_from_string(text, &error);
    g_assert_no_error(error);
    g_autofree char *out = fm_json_to_text(node);
    g_assert_cmpstr(out, ==, text);
}

static void test_text(void)
{
    check_round("{\"b\":0.1,\"a\":[1,-2.5,true,null,\"x\"],\"c\":{}}");
    check_round("[]");
    check_round("{\"国际\":\"say \\\"hi\\\"\\n\"}");
    check_round("{\"x\":0.30000000000000004}");
}

static void test_members(void)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_text(builder, "name", "学校");
    fm_json_add_text(builder, "by", NULL);
    fm_json_add_count(builder, "n", 12);
    fm_json_add_number(builder, "share", 0.2);
    fm_json_add_number(builder, "within_m", 3000);
    fm_json_add_number(builder, "median_m", (double)NAN);
    json_builder_end_object(builder);
    g_autofree char *text = fm_json_finish(builder);
    g_assert_cmpstr(text, ==,
                    "{\"name\":\"学校\",\"by\":null,\"n\":12,\"share\":0.2,\"within_m\":3000,"
                    "\"median_m\":null}");
}

static char *selection_text(const FmSelection *selection)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_selection(builder, "of", selection);
    json_builder_end_object(builder);
    return fm_json_finish(builder);
}

static void test_selection(void)
{
    const FmExtent extent = {1, 2, 3, 4.5};
    const FmSelection plain = {.layer = "school"};
    const FmSelection full = {.layer = "school",
                              .filter = {.where = "beds > 1",
                                         .by_status = TRUE,
                                         .as_of = "2020",
                                         .include_planned = TRUE,
                                         .extent = &extent}};
    g_autofree char *a = selection_text(&plain), *b = selection_text(&full);
    g_assert_cmpstr(a, ==, "{\"of\":{\"layer\":\"school\"}}");
    g_assert_cmpstr(b, ==,
                    "{\"of\":{\"layer\":\"school\",\"where\":\"beds > 1\",\"by_status\":true,"
                    "\"as_of\":\"2020\",\"include_planned\":true,\"extent\":[1,2,3,4.5]}}");
}

static void test_layers(void)
{
    g_autoptr(FmResult) result = fm_result_new("coverage", "near");
    fm_result_add_layer(result, "", g_strdup("a"), g_strdup("甲"), fm_table_new(FM_GEOMETRY_NONE));
    fm_result_add_layer(result, "_demand", g_strdup("b"), g_strdup("乙"),
                        fm_table_new(FM_GEOMETRY_NONE));
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    fm_json_add_layers(builder, result);
    json_builder_end_object(builder);
    g_autofree char *text = fm_json_finish(builder);
    g_assert_cmpstr(text, ==, "{\"layers\":[\"near\",\"near_demand\"]}");
}

void test_json(void)
{
    g_test_add_func("/analysis/json/text", test_text);
    g_test_add_func("/analysis/json/members", test_members);
    g_test_add_func("/analysis/json/selection", test_selection);
    g_test_add_func("/analysis/json/layers", test_layers);
}
