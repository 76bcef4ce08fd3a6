/* Opening: two modes, locks, read-only files, files that other programs left in WAL mode. */
#include "fm-unit.h"
#include "support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static FmWorkspace *open_ok(const char *path, FmOpenMode mode)
{
    g_autoptr(GError) error = NULL;
    FmWorkspace *workspace = fm_workspace_open(path, mode, &error);

    g_assert_no_error(error);
    return workspace;
}

static void assert_n_rows(FmWorkspace *workspace, gsize n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmTable) table = fm_workspace_read(workspace, "school", NULL, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(fm_table_n_rows(table), ==, n);
}

static void test_modes(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;

    fm_workspace_free(test_new_workspace(&folder, "a.sqlite"));
    g_autoptr(FmWorkspace) writer = open_ok(path, FM_OPEN_WRITE);
    test_write_ok(writer, "school", table, FM_WRITE_CREATE);
    g_autoptr(FmWorkspace) reader = open_ok(path, FM_OPEN_READ);
    assert_n_rows(reader, 3);
    g_assert_cmpstr(fm_workspace_path(reader), ==, path);
    g_assert_false(fm_sql_run(reader, &error, "DELETE FROM school", ""));
    test_assert_error(&error, FM_ERROR_DATABASE, "is read-only");
}

/* A reader sees the old state until the commit, and the writer need not wait for it to close. */
static void test_reader_beside_writer(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autoptr(FmTable) before = test_schools(3), after = test_schools(2000);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmWorkspace) writer = test_new_workspace(&folder, "a.sqlite");

    test_write_ok(writer, "school", before, FM_WRITE_CREATE);
    g_autoptr(FmWorkspace) reader = open_ok(path, FM_OPEN_READ);
    assert_n_rows(reader, 3);
    g_autoptr(FmRun) run = fm_run_begin(writer, "load", NULL, NULL, &error);
    g_assert_true(fm_run_write(run, &(FmLayerSpec){.name = "school"}, after, FM_WRITE_REPLACE, NULL,
                               NULL, &error));
    assert_n_rows(reader, 3);
    g_autoptr(FmWorkspace) late = open_ok(path, FM_OPEN_READ);
    assert_n_rows(late, 3);
    g_assert_true(fm_run_commit(run, &error));
    assert_n_rows(reader, 2000);
    assert_n_rows(late, 2000);
}

static void test_locked(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmWorkspace) other = open_ok(path, FM_OPEN_WRITE);
    g_autoptr(GError) error = NULL;
    g_autoptr(GTimer) timer = g_timer_new();

    g_autoptr(FmRun) run = fm_run_begin(other, "load", NULL, NULL, &error);
    g_assert_nonnull(run);
    g_assert_null(fm_run_begin(workspace, "load", NULL, NULL, &error));
    test_assert_error(&error, FM_ERROR_DATABASE,
                      "is locked: another program is using it; close it there and try again");
    g_assert_cmpfloat(g_timer_elapsed(timer, NULL), >=, 4.5);
    g_clear_pointer(&run, fm_run_free);

    test_execute(other, "BEGIN EXCLUSIVE");
    g_assert_null(fm_workspace_open(path, FM_OPEN_READ, &error));
    test_assert_error(&error, FM_ERROR_DATABASE, "is locked");
    test_execute(other, "ROLLBACK");
    run = fm_run_begin(workspace, "load", NULL, NULL, &error);
    g_assert_no_error(error);
}

/* As a user who may only read: reading works, writing says why not. */
static int use_as_reader(const char *path)
{
    g_autoptr(GError) error = NULL;

    if (geteuid() == 0 && seteuid(NOBODY) != 0) {
        return 77;
    }
    g_autoptr(FmWorkspace) reader = fm_workspace_open(path, FM_OPEN_READ, &error);
    g_autoptr(FmTable) table =
        reader == NULL ? NULL : fm_workspace_read(reader, "school", NULL, NULL, &error);
    if (table == NULL || fm_table_n_rows(table) != 3) {
        return 1;
    }
    g_autoptr(FmWorkspace) writer = fm_workspace_open(path, FM_OPEN_WRITE, &error);
    if (writer != NULL || !g_error_matches(error, FM_ERROR, FM_ERROR_DATABASE) ||
        strstr(error->message, "is read-only") == NULL) {
        return 2;
    }
    return 0;
}

static void test_read_only(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    int status = 0;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_clear_pointer(&workspace, fm_workspace_free);
    g_assert_cmpint(g_chmod(path, 0444), ==, 0);
    g_assert_cmpint(g_chmod(folder.path, 0555), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        _exit(use_as_reader(path));
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(g_chmod(folder.path, 0755), ==, 0);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
}

/* QGIS leaves files in WAL mode; a workspace at rest is one file again after the next write. */
static void test_wal_is_left(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autofree char *wal = test_folder_file(&folder, "a.sqlite-wal");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_execute(workspace, "PRAGMA journal_mode = WAL; UPDATE school SET capacity = 5");
    g_assert_true(g_file_test(wal, G_FILE_TEST_EXISTS));
    /* Beside a reader it stays so, and can be written. */
    g_autoptr(FmWorkspace) beside = open_ok(path, FM_OPEN_WRITE);
    test_assert_query(beside, "PRAGMA journal_mode", "wal");
    test_write_ok(beside, "school", table, FM_WRITE_UPDATE);
    g_clear_pointer(&beside, fm_workspace_free);
    g_clear_pointer(&workspace, fm_workspace_free);
    workspace = open_ok(path, FM_OPEN_WRITE);
    test_assert_query(workspace, "PRAGMA journal_mode", "delete");
    test_write_ok(workspace, "school", table, FM_WRITE_UPDATE);
    g_assert_false(g_file_test(wal, G_FILE_TEST_EXISTS));
    test_assert_sound(workspace);
}

static void test_free_null(void)
{
    fm_workspace_free(NULL);
    fm_run_free(NULL);
    fm_layer_info_free(NULL);
}

void test_workspace(void)
{
    g_test_add_func("/store/workspace/modes", test_modes);
    g_test_add_func("/store/workspace/reader-beside-writer", test_reader_beside_writer);
    g_test_add_func("/store/workspace/locked", test_locked);
    g_test_add_func("/store/workspace/read-only", test_read_only);
    g_test_add_func("/store/workspace/wal-is-left", test_wal_is_left);
    g_test_add_func("/store/workspace/free-null", test_free_null);
}
