#include "comma-locale.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

static gboolean compile_into(const char *folder)
{
    g_autofree char *out = g_build_filename(folder, "de_DE.UTF-8", NULL);
    const char *argv[] = {"localedef", "-i", "de_DE", "-f", "UTF-8", out, NULL};

    /* localedef warns about what its sources lack; the result alone counts. */
    return g_spawn_sync(NULL, (char **)(void *)argv, NULL,
                        G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                        NULL, NULL) &&
           g_file_test(out, G_FILE_TEST_IS_DIR);
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

gboolean comma_locale_enter(void)
{
    g_autofree char *folder = NULL;

    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
        folder = g_dir_make_tmp("facmap-locale-XXXXXX", NULL);
        if (folder != NULL && compile_into(folder)) {
            g_setenv("LOCPATH", folder, TRUE);
            setlocale(LC_ALL, "de_DE.UTF-8");
        }
        if (folder != NULL) {
            remove_tree(folder);
        }
        g_unsetenv("LOCPATH");
    }
    if (strcmp(localeconv()->decimal_point, ",") != 0) {
        g_test_skip("no locale with a decimal comma, and none could be compiled");
        setlocale(LC_ALL, "C");
        return FALSE;
    }
    return TRUE;
}

void comma_locale_leave(void)
{
    setlocale(LC_ALL, "C");
}
