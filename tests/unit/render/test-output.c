/* Files appear together or not at all. */
#include "fixture.h"
#include "fm-unit.h"
#include "output.h"

#include <glib/gstdio.h>

static void committed(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *a = g_build_filename(folder, "a.txt", NULL);
    g_autofree char *b = g_build_filename(folder, "b.txt", NULL);
    g_assert_true(g_file_set_contents(a, "old", -1, NULL));
    {
        g_autoptr(FmOutputs) outputs = fm__outputs_new();
        g_assert_true(fm__outputs_add_text(outputs, a, "new", NULL));
        g_assert_true(fm__outputs_add_text(outputs, b, "", NULL));
        g_autofree char *before = fixture_read(a, NULL);
        g_assert_cmpstr(before, ==, "old");
        g_assert_true(fm__outputs_commit(outputs, NULL));
    }
    g_autofree char *after = fixture_read(a, NULL);
    g_assert_cmpstr(after, ==, "new");
    g_assert_cmpuint(fixture_count_files(folder), ==, 2);
    fixture_remove(folder);
}

static void abandoned(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *a = g_build_filename(folder, "a.txt", NULL);
    {
        g_autoptr(FmOutputs) outputs = fm__outputs_new();
        g_assert_true(fm__outputs_add_text(outputs, a, "new", NULL));
        g_assert_cmpuint(fixture_count_files(folder), ==, 1);
    }
    g_assert_cmpuint(fixture_count_files(folder), ==, 0);
    fixture_remove(folder);
}

static void no_folder(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "absent", "a.txt", NULL);
    g_autoptr(FmOutputs) outputs = fm__outputs_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(fm__outputs_add(outputs, path, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_NOT_FOUND);
    fixture_remove(folder);
}

/* A folder stands where the file should go: the rename fails and nothing else is left. */
static void cannot_rename(void)
{
    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "taken", NULL);
    g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
    {
        g_autoptr(FmOutputs) outputs = fm__outputs_new();
        g_autoptr(GError) error = NULL;
        g_assert_true(fm__outputs_add_text(outputs, path, "text", NULL));
        g_assert_false(fm__outputs_commit(outputs, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_IO);
    }
    g_assert_cmpuint(fixture_count_files(folder), ==, 1);
    fixture_remove(folder);
}

void test_output(void)
{
    g_test_add_func("/render/output/committed", committed);
    g_test_add_func("/render/output/abandoned", abandoned);
    g_test_add_func("/render/output/no-folder", no_folder);
    g_test_add_func("/render/output/cannot-rename", cannot_rename);
}
