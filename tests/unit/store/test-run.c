/* Runs: the log, properties, and that nothing stays of a run that was not committed. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

static const FmLayerSpec school = {.name = "school", .kind = "school"};

static void test_log(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "coverage", "facmap coverage '海淀'",
                                        "{\"within\": [1000]}", &error);
    g_assert_cmpint(fm_run_id(run), ==, 2);
    g_assert_true(fm_run_add_input(run, "school", &error));
    g_assert_false(fm_run_add_input(run, "scool", &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "there are: school");
    g_assert_true(fm_run_write(run, &(FmLayerSpec){.name = "result", .kind = "result"}, table,
                               FM_WRITE_CREATE, NULL, NULL, &error));
    g_assert_true(fm_run_commit(run, &error));

    g_autoptr(FmTable) runs = fm_workspace_runs(workspace, &error);
    g_autofree char *sha256 = fm_table_sha256(table);
    g_autofree char *inputs =
        g_strdup_printf("[{\"layer\":\"school\",\"rows\":3,\"sha256\":\"%s\"}]", sha256);
    g_autofree char *outputs =
        g_strdup_printf("[{\"layer\":\"result\",\"rows\":3,\"sha256\":\"%s\"}]", sha256);
    const char *const expect[] = {"coverage",   "facmap coverage '海淀'",
                                  fm_version(), "{\"within\": [1000]}",
                                  inputs,       outputs};
    g_assert_cmpuint(fm_table_n_rows(runs), ==, 2);
    g_assert_cmpint(fm_table_integer(runs, 0, 1), ==, 2);
    for (gsize i = 0; i < G_N_ELEMENTS(expect); i++) {
        g_assert_cmpstr(fm_table_text(runs, i + 1, 1), ==, expect[i]);
    }
    g_assert_cmpstr(fm_table_text(runs, fm_table_find_column(runs, "outcome"), 1), ==, "done");
    g_assert_null(fm_table_text(runs, fm_table_find_column(runs, "command_line"), 0));
    g_assert_cmpstr(fm_table_text(runs, fm_table_find_column(runs, "parameters"), 0), ==, "{}");
    g_assert_cmpstr(fm_table_text(runs, fm_table_find_column(runs, "inputs"), 0), ==, "[]");
}

static void test_time_stamps(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    g_setenv("SOURCE_DATE_EPOCH", "1619602200", TRUE);
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_assert_query(workspace, "SELECT started || finished || loaded_at FROM fm_run, fm_layer",
                      "2021-04-28T09:30:00Z2021-04-28T09:30:00Z2021-04-28T09:30:00Z");
}

static void test_undone(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autofree char *before = NULL, *after = NULL;
    g_autoptr(FmTable) table = test_schools(300);
    gsize before_size = 0, after_size = 0;
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_assert_true(g_file_get_contents(path, &before, &before_size, NULL));
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_true(fm_run_set(run, "title_en", "Nowhere", &error));
    g_assert_true(fm_run_drop(run, "school", &error));
    g_assert_true(
        fm_run_write(run, &(FmLayerSpec){.name = "b"}, table, FM_WRITE_CREATE, NULL, NULL, &error));
    /* The run itself sees what it has done. */
    g_autoptr(FmTable) seen = fm_workspace_read(workspace, "b", NULL, NULL, &error);
    g_assert_cmpuint(fm_table_n_rows(seen), ==, 300);
    g_clear_pointer(&run, fm_run_free);
    g_clear_pointer(&workspace, fm_workspace_free);

    g_assert_true(g_file_get_contents(path, &after, &after_size, NULL));
    g_assert_cmpuint(before_size, ==, after_size);
    g_assert_true(memcmp(before, after, before_size) == 0);
}

/* A failed write dooms the run; a request that was refused before it touched anything does not. */
static void test_failed(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3), twice = test_schools(3);
    g_autoptr(GError) error = NULL;

    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_false(fm_run_write(run, &(FmLayerSpec){.name = "Bad"}, table, FM_WRITE_CREATE, NULL,
                                NULL, &error));
    test_assert_error(&error, FM_ERROR_USAGE, "'Bad'");
    g_assert_true(fm_run_write(run, &school, table, FM_WRITE_CREATE, NULL, NULL, &error));
    g_assert_true(fm_run_commit(run, &error));
    g_clear_pointer(&run, fm_run_free);

    fm_table_set_text(twice, 0, 2, "s0");
    run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_false(fm_run_write(run, &school, twice, FM_WRITE_REPLACE, NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATA, "id 's0'");
    g_assert_false(fm_run_write(run, &school, table, FM_WRITE_REPLACE, NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "an earlier write of this run failed");
    g_assert_false(fm_run_drop(run, "school", &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "an earlier write of this run failed");
    g_assert_false(fm_run_commit(run, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "an earlier write of this run failed");
    g_clear_pointer(&run, fm_run_free);
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_run", "1");
    test_assert_query(workspace, "SELECT COUNT(*) FROM school", "3");
    test_assert_sound(workspace);
}

static void test_begin_refuses(void)
{
    static const char *const parameters[] = {"", "[]", "1", "{", "null", "{} {}"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(parameters); i++) {
        g_assert_null(fm_run_begin(workspace, "load", NULL, parameters[i], &error));
        test_assert_error(&error, FM_ERROR_USAGE, "must be a JSON object");
    }
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_null(fm_run_begin(workspace, "load", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "a run that is not finished");
    g_clear_pointer(&run, fm_run_free);

    g_autoptr(FmWorkspace) reader = fm_workspace_open(path, FM_OPEN_READ, &error);
    g_assert_null(fm_run_begin(reader, "load", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "opened for reading only");
}

static void test_properties(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    g_autoptr(FmRun) run = fm_run_begin(workspace, "init", NULL, NULL, &error);
    g_assert_true(fm_run_set(run, "title_zh", "北京", &error));
    g_assert_true(fm_run_set(run, "title_en", "Beijing", &error));
    g_assert_true(fm_run_set(run, "title_en", NULL, &error));
    g_assert_true(fm_run_set(run, "crs", "EPSG:32650", &error));
    g_assert_false(fm_run_set(run, "crs", "EPSG:4326", &error));
    test_assert_error(&error, FM_ERROR_CRS, "not a projected CRS");
    g_assert_true(fm_run_commit(run, &error));

    g_autofree char *title = fm_workspace_get(workspace, "title_zh", &error);
    g_autofree char *crs = fm_workspace_get(workspace, "crs", &error);
    g_assert_cmpstr(title, ==, "北京");
    g_assert_null(fm_workspace_get(workspace, "title_en", &error));
    g_assert_cmpstr(crs, ==, "EPSG:32650");
    test_assert_query(workspace, "SELECT group_concat(srid) FROM spatial_ref_sys", "4326,32650");
}

static void test_notes(void)
{
    g_auto(TestFolder) folder;
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, "{\"a\":1}", &error);
    g_assert_true(fm_run_add_file(run, "t.csv", 3, "ab12", &error));
    g_assert_true(fm_run_add_file(run, "pipe", 0, NULL, &error));
    g_assert_true(fm_run_note(run, "found", "[1,\"二\"]", &error));
    g_assert_true(fm_run_note(run, "found", "[2]", &error));
    g_assert_false(fm_run_note(run, "found", "[2", &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_DATABASE);
    g_clear_error(&error);
    g_assert_true(fm_run_commit(run, &error));
    test_assert_query(workspace, "SELECT parameters FROM fm_run ORDER BY id DESC LIMIT 1",
                      "{\"a\":1,\"found\":[2]}");
    test_assert_query(workspace, "SELECT inputs FROM fm_run ORDER BY id DESC LIMIT 1",
                      "[{\"file\":\"t.csv\",\"rows\":3,\"sha256\":\"ab12\"},"
                      "{\"file\":\"pipe\",\"rows\":0,\"sha256\":null}]");
}

void test_run(void)
{
    g_test_add_func("/store/run/notes", test_notes);
    g_test_add_func("/store/run/log", test_log);
    g_test_add_func("/store/run/time-stamps", test_time_stamps);
    g_test_add_func("/store/run/undone", test_undone);
    g_test_add_func("/store/run/failed", test_failed);
    g_test_add_func("/store/run/begin-refuses", test_begin_refuses);
    g_test_add_func("/store/run/properties", test_properties);
}
