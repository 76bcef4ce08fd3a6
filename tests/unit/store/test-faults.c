/* What may happen to a machine while a layer is written: SIGKILL, a full disk, a file-size limit.
 * The workspace then holds the old state or the new one, whole. */
#include "fm-unit.h"
#include "support.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 20
#define KILL_WITHIN_US 400000

/* ---- SIGKILL ---------------------------------------------------------------------------- */

/* Two states by turns, a run each, until killed. */
static void write_for_ever(const char *path, FmTable *const states[2])
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmWorkspace) workspace = fm_workspace_open(path, FM_OPEN_WRITE, &error);

    for (guint i = 0; error == NULL; i++) {
        test_write(workspace, "school", states[i % 2], FM_WRITE_REPLACE, NULL, &error);
    }
    _exit(1);
}

static void assert_one_of(const char *path, FmTable *const states[2])
{
    g_autoptr(GError) error = NULL;
    /* First by a reader, who has to roll the journal back. */
    g_autoptr(FmWorkspace) reader = fm_workspace_open(path, FM_OPEN_READ, &error);
    g_assert_no_error(error);
    g_autoptr(FmTable) found = fm_workspace_read(reader, "school", NULL, NULL, &error);
    g_assert_no_error(error);
    gsize n = fm_table_n_rows(found);
    g_assert_true(n == fm_table_n_rows(states[0]) || n == fm_table_n_rows(states[1]));
    test_assert_tables_equal(found, states[n == fm_table_n_rows(states[0]) ? 0 : 1]);

    g_autoptr(FmWorkspace) writer = fm_workspace_open(path, FM_OPEN_WRITE, &error);
    g_assert_no_error(error);
    test_assert_sound(writer);
    test_assert_query(writer, "SELECT MAX(id) = (SELECT run_id FROM fm_layer) FROM fm_run", "1");
}

static void test_kill(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");
    FmTable *states[2] = {test_schools(4000), test_schools(5000)};
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");

    test_write_ok(workspace, "school", states[1], FM_WRITE_CREATE);
    g_clear_pointer(&workspace, fm_workspace_free);
    for (int i = 0; i < KILLS; i++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
            write_for_ever(path, states);
        }
        g_usleep((gulong)g_test_rand_int_range(0, KILL_WITHIN_US));
        g_assert_cmpint(kill(child, SIGKILL), ==, 0);
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        g_assert_true(WIFSIGNALED(status));
        assert_one_of(path, states);
    }
    fm_table_free(states[0]);
    fm_table_free(states[1]);
}

static void test_kill_while_creating(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *path = test_folder_file(&folder, "a.sqlite");

    for (int i = 0; i < KILLS; i++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
            fm_workspace_free(fm_workspace_create(path, NULL, NULL));
            _exit(0);
        }
        g_usleep((gulong)g_test_rand_int_range(0, KILL_WITHIN_US / 4));
        kill(child, SIGKILL);
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        if (g_file_test(path, G_FILE_TEST_EXISTS)) {
            g_autoptr(GError) error = NULL;
            g_autoptr(FmWorkspace) workspace = fm_workspace_open(path, FM_OPEN_WRITE, &error);
            g_assert_no_error(error);
            test_assert_sound(workspace);
            g_unlink(path);
        }
    }
}

/* ---- no space --------------------------------------------------------------------------- */

/* Takes all but `left` bytes of the file system. */
static void fill_disk(const char *path, gsize size, gsize left)
{
    FILE *file = g_fopen(path, "wb");
    char block[4096];

    memset(block, 'x', sizeof block);
    for (gsize written = 0; written + left < size; written += sizeof block) {
        if (fwrite(block, 1, sizeof block, file) < sizeof block) {
            break;
        }
    }
    fclose(file);
}

/* With ever more space, from none to enough: the write fails at one place after another, and the
 * workspace is as before each time. */
static void sweep_free_space(const char *folder, gsize size)
{
    g_autofree char *path = g_build_filename(folder, "a.sqlite", NULL);
    g_autofree char *filler = g_build_filename(folder, "filler", NULL);
    g_autoptr(FmTable) before = test_schools(2000), after = test_schools(3000);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmWorkspace) workspace = fm_workspace_create(path, NULL, &error);
    gsize n_failed = 0;
    gboolean ok = FALSE;

    g_assert_no_error(error);
    test_write_ok(workspace, "school", before, FM_WRITE_CREATE);
    g_autofree char *old = test_query(workspace, "SELECT content_sha256 FROM fm_layer");
    g_autofree char *pages = test_query(workspace, "PRAGMA page_count");
    gsize used = strtoul(pages, NULL, 10) * 4096;
    for (gsize left = 0; !ok && left < size; left += 32768) {
        fill_disk(filler, size - used, left);
        ok = test_write(workspace, "school", after, FM_WRITE_REPLACE, NULL, &error);
        g_unlink(filler);
        if (!ok) {
            n_failed++;
            test_assert_error(&error, FM_ERROR_IO, "the disk is full");
            test_assert_query(workspace, "SELECT content_sha256 FROM fm_layer", old);
            test_assert_sound(workspace);
        }
    }
    g_assert_true(ok);
    g_assert_cmpuint(n_failed, >, 5);
    test_assert_sound(workspace);
}

static void create_without_space(const char *folder, gsize size)
{
    g_autofree char *path = g_build_filename(folder, "b.sqlite", NULL);
    g_autofree char *filler = g_build_filename(folder, "filler", NULL);
    g_autoptr(GError) error = NULL;

    fill_disk(filler, size, 0);
    g_assert_null(fm_workspace_create(path, NULL, &error));
    test_assert_error(&error, FM_ERROR_IO, "the disk is full");
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_unlink(filler);
}

static void test_full_disk(void)
{
    gsize size = 8 << 20;
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autofree char *disk = test_folder_file(&folder, "disk");

    g_assert_cmpint(g_mkdir(disk, 0700), ==, 0);
    if (mount("tmpfs", disk, "tmpfs", 0, "size=8m") != 0) {
        g_test_skip("a small file system cannot be mounted here");
        return;
    }
    create_without_space(disk, size);
    sweep_free_space(disk, size);
    g_assert_cmpint(umount2(disk, MNT_DETACH), ==, 0);
}

/* What a quota or `ulimit -f` does: the file cannot grow. */
static void test_file_size_limit(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) before = test_schools(200), after = test_schools(20000);
    g_autoptr(GError) error = NULL;
    struct rlimit limit = {.rlim_cur = 1 << 20, .rlim_max = 1 << 20};

    test_write_ok(workspace, "school", before, FM_WRITE_CREATE);
    g_assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
    g_assert_false(test_write(workspace, "school", after, FM_WRITE_REPLACE, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_autoptr(FmTable) found = fm_workspace_read(workspace, "school", NULL, NULL, NULL);
    test_assert_tables_equal(found, before);
    test_assert_sound(workspace);

    /* SQLite forgets the system's reason when it rolls back: "Success" is none. */
    g_autofree char *path = g_build_filename(folder.path, "b.sqlite", NULL);
    g_clear_error(&error);
    limit.rlim_cur = 8192;
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
    g_assert_null(fm_workspace_create(path, NULL, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_assert_null(strstr(error->message, g_strerror(0)));
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

void test_faults(void)
{
    g_test_add_func("/store/faults/kill", test_kill);
    g_test_add_func("/store/faults/kill-while-creating", test_kill_while_creating);
    g_test_add_func("/store/faults/full-disk", test_full_disk);
    g_test_add_func("/store/faults/file-size-limit", test_file_size_limit);
}
