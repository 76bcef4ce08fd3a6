/* Files that come with facmap: shipped styles and their icons. */

#include "cli.h"
#include "fm-config.h"

/* share/facmap below the prefix that the running tool is in: an installation that was moved, or
 * made with another prefix, finds its own data.  NULL when the tool cannot say where it is. */
static char *folder_beside_tool(void)
{
    g_autofree char *tool = g_file_read_link("/proc/self/exe", NULL);
    if (tool == NULL)
        return NULL;
    g_autofree char *bin = g_path_get_dirname(tool);
    g_autofree char *prefix = g_path_get_dirname(bin);
    return g_build_filename(prefix, "share", "facmap", NULL);
}

static char **data_folders(void)
{
    g_autoptr(GPtrArray) folders = g_ptr_array_new();
    const char *override = g_getenv("FACMAP_DATADIR");
    if (override != NULL && *override != '\0')
        g_ptr_array_add(folders, g_strdup(override));
    char *beside = folder_beside_tool();
    if (beside != NULL)
        g_ptr_array_add(folders, beside);
    g_ptr_array_add(folders, g_strdup(FM_DATADIR));
#ifdef FM_SOURCE_DATADIR
    g_ptr_array_add(folders, g_strdup(FM_SOURCE_DATADIR));
#endif
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&folders), FALSE);
}

char *cli_data_file(const char *folder, const char *name)
{
    g_auto(GStrv) folders = data_folders();
    for (char **top = folders; *top != NULL; top++) {
        g_autofree char *path = g_build_filename(*top, folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
    }
    return NULL;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "coverage, districts, layout": the names of the shipped styles. */
static char *shipped_styles(void)
{
    g_autofree char *folder = cli_data_file("styles", "");
    g_autoptr(GDir) dir = folder != NULL ? g_dir_open(folder, 0, NULL) : NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *file; dir != NULL && (file = g_dir_read_name(dir)) != NULL;) {
        if (g_str_has_suffix(file, ".json"))
            g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(".json")));
    }
    g_ptr_array_sort(names, compare_names);
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(names, i));
    return g_string_free(list, FALSE);
}

FmStyle *cli_open_style(const char *path_or_name, char **icons_dir, GError **error)
{
    g_autofree char *path = g_strdup(path_or_name);
    if (!g_file_test(path, G_FILE_TEST_EXISTS) && strchr(path_or_name, '/') == NULL) {
        g_autofree char *file = g_str_has_suffix(path_or_name, ".json")
                                    ? g_strdup(path_or_name)
                                    : g_strconcat(path_or_name, ".json", NULL);
        g_free(path);
        path = cli_data_file("styles", file);
        if (path == NULL) {
            g_autofree char *list = shipped_styles();
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                        "style '%s': no such file, and no shipped style of that name (%s)",
                        path_or_name, list);
            return NULL;
        }
    }
    g_autoptr(FmStyle) style = fm_style_open(path, error);
    if (style == NULL)
        return NULL;
    if (icons_dir != NULL) {
        g_autofree char *folder = g_path_get_dirname(path);
        g_autofree char *beside = g_build_filename(folder, "icons", NULL);
        *icons_dir = g_file_test(beside, G_FILE_TEST_IS_DIR) ? g_steal_pointer(&beside)
                                                             : cli_data_file("styles", "icons");
    }
    return g_steal_pointer(&style);
}
