/* Results that are older than what they were made from. */
#include "fm-unit.h"
#include "support.h"

static void make_result(FmWorkspace *workspace, const FmTable *table)
{
    const FmLayerSpec spec = {.name = "result", .kind = "result"};
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(workspace, "coverage", NULL, NULL, &error);

    g_assert_true(fm_run_add_input(run, "school", &error));
    g_assert_true(fm_run_add_input(run, "school", &error)); /* read twice */
    g_assert_true(fm_run_add_input(run, "area", &error));
    g_assert_true(fm_run_add_file(run, "school", 3, NULL, &error)); /* no layer */
    g_assert_true(fm_run_write(run, &spec, table, FM_WRITE_REPLACE, NULL, NULL, &error));
    g_assert_true(fm_run_commit(run, &error));
}

/* The notes, joined by "|". */
static void assert_outdated(FmWorkspace *workspace, const char *layer, const char *expect)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) notes = fm_workspace_outdated(workspace, layer, &error);

    g_assert_no_error(error);
    g_ptr_array_add(notes, NULL);
    g_autofree char *joined = g_strjoinv("|", (char **)notes->pdata);
    g_assert_cmpstr(joined, ==, expect);
}

static void test_changes(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) three = test_schools(3);
    g_autoptr(FmTable) four = test_schools(4);

    test_write_ok(workspace, "school", three, FM_WRITE_CREATE);
    test_write_ok(workspace, "area", three, FM_WRITE_CREATE);
    make_result(workspace, three);
    assert_outdated(workspace, "result", "");
    assert_outdated(workspace, "school", "");
    test_write_ok(workspace, "school", three, FM_WRITE_REPLACE); /* the same again */
    assert_outdated(workspace, "result", "");
    test_write_ok(workspace, "school", four, FM_WRITE_REPLACE);
    assert_outdated(workspace, "result",
                    "'result' was made from 'school', which has changed since then: run its "
                    "command again");
    make_result(workspace, three);
    assert_outdated(workspace, "result", "");
}

static void test_removed(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_write_ok(workspace, "area", table, FM_WRITE_CREATE);
    make_result(workspace, table);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "layers", NULL, NULL, &error);
    g_assert_true(fm_run_drop(run, "area", &error));
    g_assert_true(fm_run_commit(run, &error));
    assert_outdated(workspace, "result",
                    "'result' was made from 'area', which was removed since then: run its command "
                    "again");
}

static void test_rewritten_input(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) three = test_schools(3);
    g_autoptr(FmTable) four = test_schools(4);
    const FmLayerSpec spec = {.name = "school", .kind = "school"};
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", three, FM_WRITE_CREATE);
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_true(fm_run_add_input(run, "school", &error));
    g_assert_true(fm_run_write(run, &spec, four, FM_WRITE_REPLACE, NULL, NULL, &error));
    g_assert_true(fm_run_commit(run, &error));
    assert_outdated(workspace, "school", "");
}

static void test_unknown(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_workspace_outdated(workspace, "nothing", &error));
    test_assert_error(&error, FM_ERROR_NOT_FOUND, "nothing");
}

void test_outdated(void)
{
    g_test_add_func("/store/outdated/changes", test_changes);
    g_test_add_func("/store/outdated/removed", test_removed);
    g_test_add_func("/store/outdated/rewritten-input", test_rewritten_input);
    g_test_add_func("/store/outdated/unknown", test_unknown);
}
