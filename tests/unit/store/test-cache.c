/* Blobs beside a layer: found by name and fingerprint, gone with their layer; and workspaces of
 * schema 1, which have no place for them. */
#include "fm-unit.h"
#include "support.h"

static void put(FmWorkspace *workspace, const char *name, const char *fingerprint,
                const char *content)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(workspace, "network", NULL, NULL, &error);
    g_autoptr(GBytes) bytes = g_bytes_new(content, strlen(content));

    g_assert_no_error(error);
    g_assert_true(fm_run_cache(run, "school", name, fingerprint, bytes, &error));
    g_assert_true(fm_run_commit(run, &error));
}

/* NULL: nothing is there. */
static void assert_cached(FmWorkspace *workspace, const char *name, const char *fingerprint,
                          const char *expect)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;

    g_assert_true(fm_workspace_cached(workspace, "school", name, fingerprint, &bytes, &error));
    g_assert_no_error(error);
    if (expect == NULL) {
        g_assert_null(bytes);
    } else {
        g_autoptr(GBytes) expected = g_bytes_new(expect, strlen(expect));
        g_assert_true(g_bytes_equal(bytes, expected));
    }
}

static void test_put_and_get(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    assert_cached(workspace, "roads", "1", NULL);
    put(workspace, "roads", "1", "one");
    put(workspace, "other", "1", "");
    assert_cached(workspace, "roads", "1", "one");
    assert_cached(workspace, "roads", "2", NULL);
    assert_cached(workspace, "other", "1", "");
    put(workspace, "roads", "2", "two");
    assert_cached(workspace, "roads", "1", NULL);
    assert_cached(workspace, "roads", "2", "two");
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_cache", "2");
    test_assert_sound(workspace);
}

static void test_goes_with_its_layer(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    put(workspace, "roads", "1", "one");
    {
        g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);
        g_assert_true(fm_run_drop(run, "school", &error));
        g_assert_true(fm_run_commit(run, &error));
    }
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_cache", "0");
    test_assert_sound(workspace);
}

static void test_no_such_layer(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(workspace, "network", NULL, NULL, &error);
    g_autoptr(GBytes) bytes = g_bytes_new("x", 1);

    g_assert_false(fm_run_cache(run, "nowhere", "roads", "1", bytes, &error));
    test_assert_error(&error, FM_ERROR_DATA, "FOREIGN KEY");
}

/* A workspace as facmap 0.1 wrote it: what step 2 adds taken away again. */
static void make_schema_1(FmWorkspace *workspace)
{
    test_execute(workspace, "DROP TABLE fm_cache");
    test_execute(workspace, "PRAGMA user_version = 1");
}

static void test_upgrade(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3);
    g_autoptr(GError) error = NULL;
    {
        g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
        test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
        make_schema_1(workspace);
    }
    {
        /* For reading it stays as it is, and nothing is kept there. */
        g_autoptr(FmWorkspace) workspace = fm_workspace_open(path, FM_OPEN_READ, &error);
        g_assert_no_error(error);
        assert_cached(workspace, "roads", "1", NULL);
        test_assert_query(workspace, "PRAGMA user_version", "1");
    }
    g_autoptr(FmWorkspace) workspace = fm_workspace_open(path, FM_OPEN_WRITE, &error);
    g_assert_no_error(error);
    test_assert_query(workspace, "PRAGMA user_version", G_STRINGIFY(FM_SCHEMA_VERSION));
    test_assert_query(workspace, "SELECT COUNT(*) FROM school", "3");
    put(workspace, "roads", "1", "one");
    assert_cached(workspace, "roads", "1", "one");
    test_assert_sound(workspace);
}

void test_cache(void)
{
    g_test_add_func("/store/cache/put-and-get", test_put_and_get);
    g_test_add_func("/store/cache/goes-with-its-layer", test_goes_with_its_layer);
    g_test_add_func("/store/cache/no-such-layer", test_no_such_layer);
    g_test_add_func("/store/cache/upgrade", test_upgrade);
}
