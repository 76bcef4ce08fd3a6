/* Files that are no workspaces, each with its own message and left as it was. */
#include "fm-unit.h"
#include "support.h"

#include <glib/gstdio.h>
#include <string.h>

static void assert_refused(const char *path, FmError code, const char *part)
{
    for (int mode = FM_OPEN_READ; mode <= FM_OPEN_WRITE; mode++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmWorkspace) workspace = fm_workspace_open(path, (FmOpenMode)mode, &error);
        g_assert_null(workspace);
        test_assert_error(&error, code, part);
    }
}

static void test_not_a_workspace(void)
{
    static const struct {
        const char *content;
        gssize size;
        const char *part;
    } cases[] = {
        {"", 0, "it is empty"},
        {"id,name\n1,x\n", -1, "it is no SQLite file"},
        {"SQLite format 3", 16, "it is no SQLite file"},
        {"SQLite format 3 and then some other text that is longer than a header is, which has one "
         "hundred bytes",
         -1, "it is no SQLite file"},
    };
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_true(g_file_set_contents(path, cases[i].content, cases[i].size, NULL));
        assert_refused(path, FM_ERROR_DATABASE, cases[i].part);
    }
}

static void test_absent_and_folder(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");

    assert_refused(path, FM_ERROR_NOT_FOUND, "does not exist; make it with 'facmap init'");
    assert_refused(folder.path, FM_ERROR_DATABASE, "no regular file");
}

/* Made with SQLite alone. */
static void make_database(const char *path, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmWorkspace) other =
        fm_workspace_connect(path, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error);

    g_assert_no_error(error);
    test_execute(other, sql);
}

static void test_other_databases(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *plain = test_folder_file(&folder, "plain.sqlite");
    g_autofree char *similar = test_folder_file(&folder, "similar.sqlite");
    g_autofree char *package = test_folder_file(&folder, "package.gpkg");

    make_database(plain, "CREATE TABLE school (id TEXT); PRAGMA user_version = 1");
    assert_refused(plain, FM_ERROR_DATABASE, "another program's SQLite file");
    make_database(similar, "CREATE TABLE fm_meta (k); CREATE TABLE fm_layer (k);"
                           "CREATE TABLE fm_run (k)");
    assert_refused(similar, FM_ERROR_DATABASE, "another program's SQLite file");
    make_database(package, "PRAGMA application_id = 0x47504B47; CREATE TABLE gpkg_contents (k)");
    assert_refused(package, FM_ERROR_DATABASE, "it is a GeoPackage");
}

/* The right first bytes, and damage after them. */
static void test_damaged(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autofree char *content = NULL;
    gsize size = 0;

    fm_workspace_free(test_new_workspace(&folder, "a.sqlite"));
    g_assert_true(g_file_get_contents(path, &content, &size, NULL));
    memset(content + 100, 0x5a, 3996);
    g_assert_true(g_file_set_contents(path, content, (gssize)size, NULL));
    assert_refused(path, FM_ERROR_DATABASE, "is damaged");
}

void test_probe(void)
{
    g_test_add_func("/store/probe/not-a-workspace", test_not_a_workspace);
    g_test_add_func("/store/probe/absent-and-folder", test_absent_and_folder);
    g_test_add_func("/store/probe/other-databases", test_other_databases);
    g_test_add_func("/store/probe/damaged", test_damaged);
}
