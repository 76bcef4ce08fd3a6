/* Files appear together or not at all. */
#include "fm-unit.h"

#include <facmap/core.h>

#include <glib/gstdio.h>
#include <string.h>

/* A folder of the test's own, and how many files are in it. */
static char *folder_new(void)
{
    char *folder = g_dir_make_tmp("facmap-outputs-XXXXXX", NULL);

    g_assert_nonnull(folder);
    return folder;
}

static guint count_files(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint n = 0;

    for (; g_dir_read_name(dir) != NULL; n++) {
    }
    return n;
}

static void folder_remove(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_assert_cmpint(g_remove(path), ==, 0);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void assert_content(const char *path, const char *expected)
{
    g_autofree char *content = NULL;

    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    g_assert_cmpstr(content, ==, expected);
}

static gboolean add_text(FmOutputs *outputs, const char *path, const char *text)
{
    return fm_outputs_add_bytes(outputs, path, text, strlen(text), NULL);
}

static void committed(void)
{
    g_autofree char *folder = folder_new();
    g_autofree char *a = g_build_filename(folder, "a.txt", NULL);
    g_autofree char *b = g_build_filename(folder, "b.txt", NULL);
    g_autofree char *c = g_build_filename(folder, "c.txt", NULL);
    g_autofree char *d_path = g_build_filename(folder, "d.txt", NULL);
    g_autofree char *made = g_build_filename(folder, "made", NULL);

    g_assert_true(g_file_set_contents(a, "old", -1, NULL));
    g_assert_true(g_file_set_contents(made, "made", -1, NULL));
    {
        g_autoptr(FmOutputs) outputs = fm_outputs_new();
        g_assert_true(add_text(outputs, a, "new"));
        g_assert_true(add_text(outputs, b, ""));
        const char *d = fm_outputs_add(outputs, d_path, NULL);
        g_assert_true(fm_outputs_write(d, d_path, "first, longer", 13, NULL));
        g_assert_true(fm_outputs_write(d, d_path, "then", 4, NULL));
        fm_outputs_take(outputs, made, c);
        assert_content(a, "old");
        g_assert_true(fm_outputs_commit(outputs, NULL));
    }
    assert_content(a, "new");
    assert_content(b, "");
    assert_content(c, "made");
    assert_content(d_path, "then");
    g_assert_cmpuint(count_files(folder), ==, 4);
    folder_remove(folder);
}

static void abandoned(void)
{
    g_autofree char *folder = folder_new();
    g_autofree char *a = g_build_filename(folder, "a.txt", NULL);
    g_autofree char *made = g_build_filename(folder, "made", NULL);

    g_assert_true(g_file_set_contents(made, "made", -1, NULL));
    {
        g_autoptr(FmOutputs) outputs = fm_outputs_new();
        g_assert_true(add_text(outputs, a, "new"));
        fm_outputs_take(outputs, made, a);
        g_assert_cmpuint(count_files(folder), ==, 2);
    }
    g_assert_cmpuint(count_files(folder), ==, 0);
    folder_remove(folder);
}

/* Writers look at the ending; a dot in a folder's name, or at a name's beginning, begins none. */
static void keeps_the_ending(void)
{
    static const struct {
        const char *name, *beginning, *ending;
    } cases[] = {{"map.tar.gz", "map.tar.", ".gz"}, {"map", "map.", ""}, {".map", ".map.", ""}};
    g_autofree char *folder = folder_new();
    g_autofree char *dotted = g_build_filename(folder, "v1.2", NULL);

    g_assert_cmpint(g_mkdir(dotted, 0700), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmOutputs) outputs = fm_outputs_new();
        g_autofree char *path = g_build_filename(dotted, cases[i].name, NULL);
        const char *file = fm_outputs_add(outputs, path, NULL);
        g_assert_nonnull(file);
        g_autofree char *name = g_path_get_basename(file);
        g_assert_true(g_str_has_prefix(name, cases[i].beginning));
        g_assert_true(g_str_has_suffix(name, cases[i].ending));
        g_assert_cmpuint(strlen(name), ==, strlen(cases[i].name) + strlen(".XXXXXX"));
    }
    folder_remove(folder);
}

static void no_place(void)
{
    g_autofree char *folder = folder_new();
    g_autofree char *path = g_build_filename(folder, "absent", "a.txt", NULL);
    g_autoptr(FmOutputs) outputs = fm_outputs_new();
    g_autoptr(GError) absent = NULL, taken = NULL;

    g_assert_null(fm_outputs_add(outputs, path, &absent));
    g_assert_error(absent, FM_ERROR, FM_ERROR_NOT_FOUND);
    g_assert_null(fm_outputs_add(outputs, folder, &taken));
    g_assert_error(taken, FM_ERROR, FM_ERROR_IO);
    g_assert_cmpuint(count_files(folder), ==, 0);
    folder_remove(folder);
}

/* A folder came to stand where the file should go: the rename fails and nothing else is left. */
static void cannot_rename(void)
{
    g_autofree char *folder = folder_new();
    g_autofree char *path = g_build_filename(folder, "taken", NULL);
    {
        g_autoptr(FmOutputs) outputs = fm_outputs_new();
        g_autoptr(GError) error = NULL;
        g_assert_true(add_text(outputs, path, "text"));
        g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
        g_assert_false(fm_outputs_commit(outputs, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    }
    g_assert_cmpuint(count_files(folder), ==, 1);
    folder_remove(folder);
}

/* Errors name the place, not the file that becomes it. */
static void cannot_write(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(fm_outputs_write("/dev/full", "map.svg", "text", 4, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_assert_true(g_str_has_prefix(error->message, "cannot write map.svg: "));
}

/* What cannot be brought to the disk keeps all names from being given. */
static void cannot_sync(void)
{
    g_autofree char *folder = folder_new();
    g_autofree char *a = g_build_filename(folder, "a.txt", NULL);
    g_autofree char *gone = g_build_filename(folder, "gone", NULL);
    g_autofree char *b = g_build_filename(folder, "b.txt", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(g_file_set_contents(a, "old", -1, NULL));
    {
        g_autoptr(FmOutputs) outputs = fm_outputs_new();
        g_assert_true(add_text(outputs, a, "new"));
        fm_outputs_take(outputs, gone, b);
        g_assert_false(fm_outputs_commit(outputs, &error));
    }
    g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "b.txt"));
    assert_content(a, "old");
    g_assert_cmpuint(count_files(folder), ==, 1);
    folder_remove(folder);
}

void test_outputs(void)
{
    g_test_add_func("/core/outputs/committed", committed);
    g_test_add_func("/core/outputs/abandoned", abandoned);
    g_test_add_func("/core/outputs/keeps-the-ending", keeps_the_ending);
    g_test_add_func("/core/outputs/no-place", no_place);
    g_test_add_func("/core/outputs/cannot-rename", cannot_rename);
    g_test_add_func("/core/outputs/cannot-write", cannot_write);
    g_test_add_func("/core/outputs/cannot-sync", cannot_sync);
}
