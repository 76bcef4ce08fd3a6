/* A new workspace: what is in it, and that it appears whole or not at all. */
#include "fm-unit.h"
#include "support.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static guint count_files(const TestFolder *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder->path, 0, NULL);
    guint n = 0;

    while (g_dir_read_name(dir) != NULL) {
        n++;
    }
    return n;
}

static void test_content(void)
{
    static const FmWorkspaceOptions options = {
        .title_en = "Beijing", .title_zh = "北京", .crs = "EPSG:4548"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "北京.sqlite");
    g_autoptr(GError) error = NULL;
    g_autoptr(FmWorkspace) workspace = fm_workspace_create(path, &options, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(fm_workspace_path(workspace), ==, path);
    g_assert_cmpuint(count_files(&folder), ==, 1);
    test_assert_query(workspace, "PRAGMA user_version", G_STRINGIFY(FM_SCHEMA_VERSION));
    test_assert_query(workspace, "PRAGMA application_id", "0");
    test_assert_query(workspace, "PRAGMA journal_mode", "delete");
    test_assert_query(workspace, "SELECT group_concat(srid) FROM spatial_ref_sys", "4326,4548");
    test_assert_query(workspace, "SELECT CheckSpatialMetaData()", "3");
    g_autofree char *title = fm_workspace_get(workspace, "title_zh", &error);
    g_autofree char *crs = fm_workspace_get(workspace, "crs", &error);
    g_assert_cmpstr(title, ==, "北京");
    g_assert_cmpstr(crs, ==, "EPSG:4548");
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, &error);
    g_assert_cmpuint(layers->len, ==, 0);
    test_assert_sound(workspace);
}

static void test_defaults(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_workspace_get(workspace, "crs", &error));
    g_assert_no_error(error);
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_meta", "0");
}

static void assert_not_created(const TestFolder *folder, const char *path,
                               const FmWorkspaceOptions *options, FmError code, const char *part)
{
    guint before = count_files(folder);
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_workspace_create(path, options, &error));
    test_assert_error(&error, code, part);
    g_assert_cmpuint(count_files(folder), ==, before);
}

static void test_refused(void)
{
    static const FmWorkspaceOptions geographic = {.crs = "EPSG:4490"}, web = {.crs = "GCJ-02"},
                                    nonsense = {.crs = "EPSG:99999999"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autofree char *nowhere = test_folder_file(&folder, "no/such/a.sqlite");
    g_autofree char *link_path = test_folder_file(&folder, "link.sqlite");

    assert_not_created(&folder, path, &geographic, FM_ERROR_CRS, "not a projected CRS");
    assert_not_created(&folder, path, &web, FM_ERROR_CRS, "not a projected CRS");
    assert_not_created(&folder, path, &nonsense, FM_ERROR_CRS, "99999999");
    assert_not_created(&folder, nowhere, NULL, FM_ERROR_IO, "does not exist");
    assert_not_created(&folder, folder.path, NULL, FM_ERROR_IO, "exists already");
    g_assert_cmpint(symlink("nothing", link_path), ==, 0);
    assert_not_created(&folder, link_path, NULL, FM_ERROR_IO, "exists already");
}

static void test_never_overwrites(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    g_autofree char *content = NULL;

    g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
    assert_not_created(&folder, path, NULL, FM_ERROR_IO, "exists already");
    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    g_assert_cmpstr(content, ==, "mine");
}

/* Killed makers of the same process id have left their files. */
static void test_leftovers(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");

    for (int i = 0; i < 3; i++) {
        g_autofree char *left = g_strdup_printf("%s.%d-%d.tmp", path, (int)getpid(), i);
        g_assert_true(g_file_set_contents(left, "SQLite format 3", 16, NULL));
    }
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    test_assert_sound(workspace);
    g_assert_cmpuint(count_files(&folder), ==, 4);
}

static void test_give_name(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *from = test_folder_file(&folder, "from");
    g_autofree char *to = test_folder_file(&folder, "to");
    g_autofree char *content = NULL;
    g_autoptr(GError) error = NULL;

    /* Another program was quicker. */
    g_assert_true(g_file_set_contents(from, "new", -1, NULL));
    g_assert_true(g_file_set_contents(to, "old", -1, NULL));
    g_assert_false(fm_file_give_name(from, to, &error));
    test_assert_error(&error, FM_ERROR_IO, "exists already");
    g_assert_true(g_file_get_contents(to, &content, NULL, NULL));
    g_assert_cmpstr(content, ==, "old");

    g_assert_cmpint(g_unlink(to), ==, 0);
    g_assert_true(fm_file_give_name(from, to, &error));
    g_assert_cmpuint(count_files(&folder), ==, 1);

    /* Folders have no further links, as files have none on FAT: the way round ends in rename(),
     * which refuses to replace a file by a folder. */
    g_assert_cmpint(g_unlink(to), ==, 0);
    g_assert_cmpint(g_mkdir(from, 0700), ==, 0);
    g_assert_false(fm_file_give_name(from, to, &error));
    test_assert_error(&error, FM_ERROR_IO, "cannot be made");
    g_assert_false(g_file_test(to, G_FILE_TEST_EXISTS));
}

/* As a user who may rename a file but, by the kernel's rule on protected links, not link it. */
static int give_name_without_link(const char *from, const char *to)
{
    g_autofree char *probe = g_strconcat(to, ".probe", NULL);
    g_autoptr(GError) error = NULL;

    if (geteuid() != 0 || seteuid(NOBODY) != 0 || link(from, probe) == 0) {
        return 77;
    }
    return fm_file_give_name(from, to, &error) && g_file_test(to, G_FILE_TEST_EXISTS) &&
                   !g_file_test(from, G_FILE_TEST_EXISTS)
               ? 0
               : 1;
}

static void test_give_name_without_link(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *from = test_folder_file(&folder, "from");
    g_autofree char *to = test_folder_file(&folder, "to");
    int status = 0;

    g_assert_true(g_file_set_contents(from, "new", -1, NULL));
    g_assert_cmpint(g_chmod(from, 0600), ==, 0);
    g_assert_cmpint(g_chmod(folder.path, 0777), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        _exit(give_name_without_link(from, to));
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) {
        g_test_skip("needs root and fs.protected_hardlinks");
        return;
    }
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
    g_assert_cmpuint(count_files(&folder), ==, 1);
}

/* As a user who may not write there. */
static void test_folder_without_permission(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    int status = 0;

    g_assert_cmpint(g_chmod(folder.path, 0555), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        g_autoptr(GError) error = NULL;
        gboolean reader = geteuid() != 0 || seteuid(NOBODY) == 0;
        gboolean refused = fm_workspace_create(path, NULL, &error) == NULL &&
                           g_error_matches(error, FM_ERROR, FM_ERROR_IO);
        _exit(reader && refused ? 0 : 1);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
    g_assert_cmpint(g_chmod(folder.path, 0755), ==, 0);
}

/* A name that SQLite would take for a URI or for memory. */
static void test_odd_names(void)
{
    static const char *const names[] = {"file:a?mode=memory", ":memory:", "a b'c%.sqlite"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *before = g_get_current_dir();

    g_assert_cmpint(g_chdir(folder.path), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmWorkspace) workspace = fm_workspace_create(names[i], NULL, &error);
        g_assert_no_error(error);
        g_assert_true(g_file_test(names[i], G_FILE_TEST_IS_REGULAR));
    }
    g_assert_cmpint(g_chdir(before), ==, 0);
}

void test_create(void)
{
    g_test_add_func("/store/create/content", test_content);
    g_test_add_func("/store/create/defaults", test_defaults);
    g_test_add_func("/store/create/refused", test_refused);
    g_test_add_func("/store/create/never-overwrites", test_never_overwrites);
    g_test_add_func("/store/create/leftovers", test_leftovers);
    g_test_add_func("/store/create/give-name", test_give_name);
    g_test_add_func("/store/create/give-name-without-link", test_give_name_without_link);
    g_test_add_func("/store/create/folder-without-permission", test_folder_without_permission);
    g_test_add_func("/store/create/odd-names", test_odd_names);
}
