/* Storing results: what is replaced, what goes, what is never touched. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

static gint64 write_result(Fixture *fixture, const FmResult *result)
{
    GError *error = NULL;
    gint64 run = fm_analysis_write(fixture->workspace, result, "facmap coverage …", NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(run, >, 0);
    return run;
}

static gboolean has_layer(Fixture *fixture, const char *name)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(fixture->workspace, name, NULL);
    return info != NULL;
}

static FmResult *cover_as(Fixture *fixture, const char *name, const char *by)
{
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    options.name = name;
    options.by = by;
    return town_cover(fixture, &options);
}

static void test_round(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(FmResult) result = cover_as(&fixture, "near", "district");
    gint64 run = write_result(&fixture, result);
    for (guint i = 0; i < result->layers->len; i++) {
        g_autoptr(GError) error = NULL;
        const FmResultLayer *layer = g_ptr_array_index(result->layers, i);
        g_autofree char *name = g_strconcat("near", layer->suffix, NULL);
        g_autoptr(FmLayerInfo) info = fm_workspace_layer(fixture.workspace, name, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(info->kind, ==, "result");
        g_assert_cmpstr(info->title_zh, ==, layer->title_zh);
        g_assert_cmpint(info->run_id, ==, run);
        g_assert_false(info->modelled);
        g_assert_nonnull(strstr(info->source, "coverage of clinic, quarter, district"));
        g_autoptr(FmTable) stored = fm_workspace_read(fixture.workspace, name, NULL, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(fm_table_n_rows(stored), ==, fm_table_n_rows(layer->table));
        for (gsize column = 0; column < fm_table_n_columns(layer->table); column++) {
            const char *column_name = fm_table_column_name(layer->table, column);
            gsize found = fm_table_find_column(stored, column_name);
            g_assert_true(found != FM_COLUMN_NONE);
            g_assert_cmpstr(fm_table_column_title_zh(stored, found), ==,
                            fm_table_column_title_zh(layer->table, column));
            for (gsize row = 0; row < fm_table_n_rows(stored); row++) {
                g_autofree char *a = fm_table_dup_as_text(layer->table, column, row);
                g_autofree char *b = fm_table_dup_as_text(stored, found, row);
                g_assert_cmpstr(a, ==, b);
            }
        }
    }
}

static void test_run_log(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(FmResult) result = cover_as(&fixture, "near", NULL);
    gint64 run = write_result(&fixture, result);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmTable) runs = fm_workspace_runs(fixture.workspace, &error);
    g_assert_no_error(error);
    gsize last = fm_table_n_rows(runs) - 1;
    g_assert_cmpfloat(fixture_number(runs, "id", last), ==, (double)run);
    g_assert_cmpstr(fixture_text(runs, "command", last), ==, "coverage");
    g_assert_cmpstr(fixture_text(runs, "command_line", last), ==, "facmap coverage …");
    g_autoptr(JsonObject) parameters = town_object(fixture_text(runs, "parameters", last));
    g_assert_cmpstr(json_object_get_string_member(parameters, "name"), ==, "near");
    const char *inputs = fixture_text(runs, "inputs", last);
    g_assert_nonnull(strstr(inputs, "clinic"));
    g_assert_nonnull(strstr(inputs, "quarter"));
}

/* A second result of the name replaces the first, also one of another command. */
static void test_replace(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(FmResult) wide = cover_as(&fixture, "near", "district");
    g_autoptr(FmResult) other = cover_as(&fixture, "near_too", NULL);
    write_result(&fixture, wide);
    write_result(&fixture, other);
    g_assert_true(has_layer(&fixture, "near_by_district"));
    g_autoptr(FmResult) narrow = cover_as(&fixture, "near", NULL);
    write_result(&fixture, narrow);
    g_assert_true(has_layer(&fixture, "near_demand"));
    g_assert_false(has_layer(&fixture, "near_by_district"));
    FmProximityOptions options = {
        .from = {.layer = "quarter"}, .to = {.layer = "clinic"}, .k = 1, .name = "near"};
    g_autoptr(FmResult) lines = town_near(&fixture, &options);
    write_result(&fixture, lines);
    g_assert_true(has_layer(&fixture, "near"));
    g_assert_false(has_layer(&fixture, "near_demand"));
    g_assert_true(has_layer(&fixture, "near_too_demand"));
}

static void refuse(Fixture *fixture, const FmResult *result, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(fm_analysis_write(fixture->workspace, result, NULL, NULL, &error), ==, 0);
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, text));
}

/* Neither a loaded layer nor another result's is overwritten, and nothing is half written. */
static void test_refuse(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place places[] = {{"x", "POINT (1 1)", "X", NULL, NULL, 5}};
    fixture_put_places(&fixture, "near_facility", "thing", places, 1, NULL);
    g_autoptr(FmResult) result = cover_as(&fixture, "near", NULL);
    refuse(&fixture, result,
           "layer 'near_facility' exists and is no part of a result 'near': choose another name");
    g_assert_false(has_layer(&fixture, "near"));
    g_assert_false(has_layer(&fixture, "near_demand"));

    g_autoptr(FmResult) first = cover_as(&fixture, "far_demand", NULL);
    write_result(&fixture, first);
    g_autoptr(FmResult) second = cover_as(&fixture, "far", NULL);
    refuse(&fixture, second, "layer 'far_demand' exists and is no part of a result 'far'");
    g_assert_false(has_layer(&fixture, "far"));
}

static void test_modelled(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    const Place quarters[] = {{"q", "POINT (0 0)", "Q", NULL, NULL, 40}};
    fixture_put_modelled(&fixture, "grid", "demand", fixture_table(quarters, 1, "people"));
    FmLimit limits[3];
    FmCoverageOptions options = town_coverage(limits);
    options.demand.layer = "grid";
    options.name = "near";
    g_autoptr(FmResult) result = town_cover(&fixture, &options);
    write_result(&fixture, result);
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(fixture.workspace, "near_demand", NULL);
    g_assert_true(info->modelled);
    g_assert_cmpstr(info->note, ==, "Computed from modelled data: grid");
}

static void test_cancel(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmResult) result = cover_as(&fixture, "near", NULL);
    FmProgress progress = fm_progress_init(fixture_cancel, NULL);
    g_assert_cmpint(fm_analysis_write(fixture.workspace, result, NULL, &progress, &error), ==, 0);
    g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
    g_assert_false(has_layer(&fixture, "near"));
}

void test_write(void)
{
    g_test_add_func("/analysis/write/round", test_round);
    g_test_add_func("/analysis/write/run-log", test_run_log);
    g_test_add_func("/analysis/write/replace", test_replace);
    g_test_add_func("/analysis/write/refuse", test_refuse);
    g_test_add_func("/analysis/write/modelled", test_modelled);
    g_test_add_func("/analysis/write/cancel", test_cancel);
}
