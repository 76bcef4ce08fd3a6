/* A result under construction: layers by suffix, names, warnings. */
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static void test_layers(void)
{
    g_autoptr(FmResult) result = fm_result_new("coverage", "near");
    FmTable *main = fm_table_new(FM_GEOMETRY_NONE), *demand = fm_table_new(FM_GEOMETRY_NONE);
    g_autofree char *suffix = g_strdup("_by_district");
    fm_result_add_layer(result, "", g_strdup("a"), g_strdup("甲"), main);
    fm_result_add_layer(result, suffix, g_strdup("b"), g_strdup("乙"), demand);
    memset(suffix, 'x', strlen(suffix)); /* it was copied */
    g_assert_true(fm_result_table(result, "") == main);
    g_assert_true(fm_result_table(result, "_by_district") == demand);
    g_assert_null(fm_result_table(result, "_facility"));
    g_assert_cmpstr(result->name, ==, "near");
    g_assert_false(result->modelled);
}

static void test_slug(void)
{
    g_autofree char *a = fm_result_slug("1.5mi"), *b = fm_result_slug("3KM");
    g_assert_cmpstr(a, ==, "1_5mi");
    g_assert_cmpstr(b, ==, "3km");
}

static void test_names(void)
{
    const char *const suffixes[] = {"", "_demand", NULL};
    g_autofree char *longest = g_strnfill(60, 'a'), *shorter = g_strnfill(53, 'a');
    g_autoptr(GError) error = NULL;
    g_assert_true(fm_result_check_names(shorter, suffixes, NULL, &error));
    g_assert_no_error(error);
    g_assert_false(fm_result_check_names(longest, suffixes, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(fm_result_check_names(shorter, suffixes, "district", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(fm_result_check_names("Near By", suffixes, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
}

static void test_inputs(void)
{
    FmLayerInfo plain = {.name = g_strdup("school")};
    FmLayerInfo modelled = {.name = g_strdup("grid"), .modelled = TRUE};
    FmFeatures a = {.info = &plain, .n = 10, .n_unlocated = 2}, b = {.info = &modelled, .n = 5};
    g_autoptr(FmResult) result = fm_result_new("coverage", "near");
    fm_result_add_input(result, &a);
    g_assert_false(result->modelled);
    fm_result_add_input(result, &b);
    fm_result_add_input(result, &b);
    g_assert_true(result->modelled);
    g_assert_cmpuint(result->inputs->len, ==, 2);
    g_assert_cmpuint(result->warnings->len, ==, 1);
    fm_result_warn_unlocated(result, &b, "and reach nobody");
    g_assert_cmpuint(result->warnings->len, ==, 1);
    fm_result_warn_unlocated(result, &a, "and reach nobody");
    g_assert_cmpstr(g_ptr_array_index(result->warnings, 1), ==,
                    "layer 'school': 2 of 10 rows have no position and reach nobody");
    g_free(plain.name);
    g_free(modelled.name);
}

static void test_time(void)
{
    g_autoptr(GError) error = NULL;
    const FmLimit length = fixture_limit("3km"), minutes = fixture_limit("15min");
    g_assert_true(fm_limit_check_kind(&length, NULL, &error));
    g_assert_false(fm_limit_check_kind(&minutes, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "'15min' is a time; in a straight line reach is a length such as 3km: give "
                    "one, or a way to travel (--via walk)");
    const FmVia via = {.profile = "walk"};
    g_clear_error(&error);
    g_assert_true(fm_limit_check_kind(&minutes, &via, &error));
}

void test_result(void)
{
    g_test_add_func("/analysis/result/layers", test_layers);
    g_test_add_func("/analysis/result/slug", test_slug);
    g_test_add_func("/analysis/result/names", test_names);
    g_test_add_func("/analysis/result/inputs", test_inputs);
    g_test_add_func("/analysis/result/time", test_time);
}
