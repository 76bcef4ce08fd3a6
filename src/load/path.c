/* Paths of sources.  "file.gpkg|layername=schools" (QGIS' way to write it) names an inner layer;
 * compressed files need not be written as GDAL's /vsigzip/ and /vsizip/. */
#include "load-internal.h"

#include <string.h>

#define LAYER_MARK "|layername="
#define MAX_LAYER_NAME 60u

static const struct {
    const char *prefix, *suffix; /* a suffix is opened through the prefix */
} archives[] = {
    {"/vsigzip/", ".gz"},
    {"/vsizip/", ".zip"},
    {"/vsitar/", ".tgz"},
};

static char *without_layer(const char *path)
{
    const char *mark = strstr(path, LAYER_MARK);

    return mark != NULL ? g_strndup(path, (gsize)(mark - path)) : g_strdup(path);
}

char *fm_path_inner_layer(const char *path)
{
    const char *mark = strstr(path, LAYER_MARK);

    return mark != NULL ? g_strdup(mark + strlen(LAYER_MARK)) : NULL;
}

char *fm_path_mask(const char *text)
{
    static const char secrets[] = "(?i)(\\b(?:password|passwd|pwd|pass|passfile)\\s*=\\s*)"
                                  "('(?:[^'\\\\]|\\\\.)*'|\"[^\"]*\"|[^\\s'\"&,;]*)|"
                                  "(://[^/:@\\s]*:)[^/\\s]*(?=@)";
    g_autoptr(GError) failure = NULL;
    g_autofree char *valid = text != NULL ? g_utf8_make_valid(text, -1) : NULL;

    if (valid == NULL || (strchr(valid, '=') == NULL && strstr(valid, "://") == NULL)) {
        return g_steal_pointer(&valid);
    }
    g_autoptr(GRegex) regex = g_regex_new(secrets, 0, 0, &failure);

    g_assert_no_error(failure);
    return g_regex_replace(regex, valid, -1, 0, "\\1\\3***", 0, NULL);
}

char *fm_path_name(const char *path)
{
    g_autofree char *file = without_layer(path);
    g_autofree char *on_disk = fm_path_on_disk(path);

    /* A connection string has no last part, and may hold a password. */
    return on_disk != NULL || g_str_has_prefix(file, "/vsi") ? g_path_get_basename(file)
                                                             : fm_path_mask(file);
}

static gboolean has_suffix(const char *path, const char *suffix)
{
    gsize length = strlen(path), n = strlen(suffix);

    return length > n && g_ascii_strcasecmp(path + length - n, suffix) == 0;
}

char *fm_path_for_gdal(const char *path)
{
    g_autofree char *file = without_layer(path);

    if (g_str_has_prefix(file, "/vsi")) {
        return g_steal_pointer(&file);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(archives); i++) {
        if (has_suffix(file, archives[i].suffix)) {
            return g_strconcat(archives[i].prefix, file, NULL);
        }
    }
    return g_steal_pointer(&file);
}

/* Inside an archive: the part of the path up to the archive's own suffix. */
static char *archive_itself(const char *path, const char *suffix)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    g_autofree char *inner = g_strconcat(suffix, "/", NULL);
    const char *border = strstr(lower, inner);

    return border != NULL ? g_strndup(path, (gsize)(border - lower) + strlen(suffix))
                          : g_strdup(path);
}

char *fm_path_on_disk(const char *path)
{
    g_autofree char *file = without_layer(path);

    for (gsize i = 0; i < G_N_ELEMENTS(archives); i++) {
        if (g_str_has_prefix(file, archives[i].prefix)) {
            const char *rest = file + strlen(archives[i].prefix);
            return archive_itself(rest, archives[i].suffix);
        }
    }
    if (g_str_has_prefix(file, "/vsi")) {
        return NULL;
    }
    /* "PG:dbname=…", "https://…": a driver's own connection string. */
    if (strchr(file, ':') != NULL && !g_file_test(file, G_FILE_TEST_EXISTS)) {
        return NULL;
    }
    return g_steal_pointer(&file);
}

/* Cuts one suffix off, in place. */
static gboolean cut_suffix(char *name, const char *suffix)
{
    if (!has_suffix(name, suffix)) {
        return FALSE;
    }
    name[strlen(name) - strlen(suffix)] = '\0';
    return TRUE;
}

gboolean fm_path_is_text_table(const char *path)
{
    g_autofree char *name = fm_path_name(path);

    cut_suffix(name, ".gz");
    return has_suffix(name, ".csv") || has_suffix(name, ".tsv") || has_suffix(name, ".txt");
}

char *fm_path_layer_name(const char *path, GError **error)
{
    g_autofree char *name = fm_path_name(path);
    g_autoptr(GString) slug = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(archives); i++) {
        cut_suffix(name, archives[i].suffix);
    }
    char *dot = strrchr(name, '.');
    if (dot != NULL && dot != name) {
        *dot = '\0';
    }
    for (const char *c = name; *c != '\0'; c++) {
        if (g_ascii_isalpha(*c) || (g_ascii_isdigit(*c) && slug->len > 0)) {
            g_string_append_c(slug, g_ascii_tolower(*c));
        } else if (slug->len > 0 && slug->str[slug->len - 1] != '_') {
            g_string_append_c(slug, '_');
        }
    }
    g_string_truncate(slug, MIN(slug->len, MAX_LAYER_NAME));
    if (slug->len > 0 && slug->str[slug->len - 1] == '_') {
        g_string_truncate(slug, slug->len - 1);
    }
    if (slug->len == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s: no layer name can be made of the file's name; pass --layer NAME", name);
        return NULL;
    }
    return g_strdup(slug->str);
}
