/* A source as it is: the table of its own columns that the readers fill. */
#include "load-internal.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

FmRaw *fm_raw_new(const char *name)
{
    FmRaw *raw = g_new0(FmRaw, 1);

    raw->name = g_strdup(name);
    raw->table = fm_table_new(FM_GEOMETRY_NONE);
    raw->problems = fm_problems_new();
    raw->warnings = g_ptr_array_new_with_free_func(g_free);
    return raw;
}

static void free_geometry(gpointer geometry)
{
    fm_geometry_free(geometry);
}

void fm_raw_expect_geometry(FmRaw *raw)
{
    raw->has_geometry = TRUE;
    raw->geometries = g_ptr_array_new_with_free_func(free_geometry);
    raw->unread_wkt = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
}

FmRaw *fm_raw_new_part(const FmRaw *raw, gsize first_row)
{
    FmRaw *part = fm_raw_new(raw->name);

    part->first_row = first_row;
    part->typed = raw->typed;
    part->crs = g_strdup(raw->crs);
    if (raw->has_geometry) {
        fm_raw_expect_geometry(part);
    }
    for (gsize i = 0; i < fm_table_n_columns(raw->table); i++) {
        fm_table_add_column(part->table, fm_table_column_name(raw->table, i),
                            fm_table_column_type(raw->table, i));
    }
    return part;
}

void fm_raw_free(FmRaw *raw)
{
    if (raw == NULL) {
        return;
    }
    g_free(raw->name);
    fm_table_free(raw->table);
    g_clear_pointer(&raw->geometries, g_ptr_array_unref);
    g_clear_pointer(&raw->unread_wkt, g_hash_table_unref);
    g_free(raw->crs);
    g_free(raw->sha256);
    fm_source_free(raw->said);
    g_hash_table_unref(raw->problems);
    g_ptr_array_unref(raw->warnings);
    g_free(raw);
}

void fm_raw_warn(FmRaw *raw, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(raw->warnings, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* Line breaks and runs of blanks inside a heading become one blank. */
static char *tidy_heading(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autoptr(GString) tidy = g_string_new(NULL);

    for (const char *c = valid; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (!g_unichar_isspace(letter) && !g_unichar_iscntrl(letter)) {
            g_string_append_unichar(tidy, letter);
        } else if (tidy->len > 0 && tidy->str[tidy->len - 1] != ' ') {
            g_string_append_c(tidy, ' ');
        }
    }
    if (tidy->len > 0 && tidy->str[tidy->len - 1] == ' ') {
        g_string_truncate(tidy, tidy->len - 1);
    }
    return g_strdup(tidy->str);
}

gsize fm_raw_add_column(FmRaw *raw, const char *name, FmColumnType type)
{
    g_autofree char *heading = tidy_heading(name);
    gsize n = fm_table_n_columns(raw->table);

    if (*heading == '\0') {
        g_free(heading);
        heading = g_strdup_printf("column_%" G_GSIZE_FORMAT, n + 1);
    }
    g_autofree char *free_name = g_strdup(heading);
    for (guint i = 2; fm_table_find_column(raw->table, free_name) != FM_COLUMN_NONE; i++) {
        g_free(free_name);
        free_name = g_strdup_printf("%s_%u", heading, i);
    }
    if (strcmp(free_name, heading) != 0) {
        fm_raw_warn(raw, "column '%s' stands more than once; column %" G_GSIZE_FORMAT " is '%s'",
                    heading, n + 1, free_name);
    }
    return fm_table_add_column(raw->table, free_name, type);
}

void fm_raw_set_text(FmRaw *raw, gsize column, gsize row, const char *text)
{
    const char *fault = fm_text_fault(text);

    if (fault != NULL) {
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        fm_problems_add(raw->problems, row, fm_table_column_name(raw->table, column), text, "%s",
                        fault);
        fm_table_set_text(raw->table, column, row, valid);
    } else if (!fm_text_is_blank(text)) {
        fm_table_set_text(raw->table, column, row, text);
    }
}

gboolean fm_raw_check_file(const FmSource *source, const char *name, GError **error)
{
    g_autofree char *file = fm_path_on_disk(source->path);

    if (file == NULL) {
        return TRUE;
    }
    if (!g_file_test(file, G_FILE_TEST_EXISTS)) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "%s: no such file", file);
        return FALSE;
    }
    if (fm_path_is_text_table(source->path) && g_file_test(file, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: a folder; name a file in it", file);
        return FALSE;
    }
    if (g_access(file, R_OK) != 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: no permission to read it", name);
        return FALSE;
    }
    return TRUE;
}

FmRaw *fm_raw_read(const FmSource *source, const FmProgress *progress, GError **error)
{
    g_autofree char *name = fm_path_name(source->path);
    g_autoptr(FmRaw) raw = fm_raw_new(name);

    if (!fm_raw_check_file(source, name, error)) {
        return NULL;
    }
    gboolean done = fm_path_is_text_table(source->path)
                        ? fm_raw_read_csv(raw, source, progress, error)
                        : fm_raw_read_ogr(raw, source, progress, error);
    if (!done) {
        return NULL;
    }
    if (fm_table_n_rows(raw->table) == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: no rows: there is nothing to load", name);
        return NULL;
    }
    return g_steal_pointer(&raw);
}
