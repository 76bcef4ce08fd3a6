/* The reject file: four columns that say what is wrong, then the source's own, so that the file
 * loads as it is once the values are corrected.  It gets its name when the load is committed. */
#include "gdal-log.h"
#include "load-internal.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <ogr_api.h>
#include <string.h>
#include <unistd.h>

static const char *const own_columns[] = {"row", "field", "value", "reason"};

gsize fm_rejects_n_own_columns(const FmTable *table)
{
    if (fm_table_n_columns(table) <= G_N_ELEMENTS(own_columns)) {
        return 0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(own_columns); i++) {
        if (strcmp(fm_table_column_name(table, i), own_columns[i]) != 0) {
            return 0;
        }
    }
    return G_N_ELEMENTS(own_columns);
}

/* RFC 4180: quoted where it must be, and where outer blanks would be lost. */
static void append_value(GString *out, const char *value)
{
    if (value == NULL || *value == '\0') {
        return;
    }
    if (strpbrk(value, ",;|\t\"\r\n") == NULL && !g_ascii_isspace(value[0]) &&
        !g_ascii_isspace(value[strlen(value) - 1])) {
        g_string_append(out, value);
        return;
    }
    g_string_append_c(out, '"');
    for (; *value != '\0'; value++) {
        if (*value == '"') {
            g_string_append_c(out, '"');
        }
        g_string_append_c(out, *value);
    }
    g_string_append_c(out, '"');
}

/* The geometry as it was in the source. */
static char *source_wkt(const FmRaw *raw, gsize row)
{
    const FmGeometry *geometry = g_ptr_array_index(raw->geometries, row);
    const char *unread = g_hash_table_lookup(raw->unread_wkt, GSIZE_TO_POINTER(row));
    OGRGeometryH of_ogr = NULL;
    g_autoptr(FmCplString) wkt = NULL;

    if (geometry == NULL) {
        return g_strdup(unread);
    }
    g_autoptr(GBytes) wkb = fm_geometry_to_wkb(geometry);
    if (OGR_G_CreateFromWkb(g_bytes_get_data(wkb, NULL), NULL, &of_ogr,
                            (int)g_bytes_get_size(wkb)) == OGRERR_NONE) {
        (void)OGR_G_ExportToIsoWkt(of_ogr, &wkt);
    }
    OGR_G_DestroyGeometry(of_ogr);
    return g_strdup(wkt);
}

static void append_header(GString *out, const FmRaw *raw, gsize first)
{
    for (gsize i = 0; i < G_N_ELEMENTS(own_columns); i++) {
        g_string_append_printf(out, "%s%s", i > 0 ? "," : "", own_columns[i]);
    }
    for (gsize i = first; i < fm_table_n_columns(raw->table); i++) {
        g_string_append_c(out, ',');
        append_value(out, fm_table_column_name(raw->table, i));
    }
    if (raw->has_geometry) {
        gboolean taken = fm_table_find_column(raw->table, "wkt") != FM_COLUMN_NONE;
        g_string_append(out, taken ? ",geom_wkt" : ",wkt");
    }
    g_string_append_c(out, '\n');
}

static void append_row(GString *out, const FmRaw *raw, gsize first, gsize row,
                       const FmProblem *problem)
{
    const char *const own[] = {problem->field, problem->value, problem->reason};

    g_string_append_printf(out, "%" G_GSIZE_FORMAT, raw->first_row + row + 1);
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
        g_string_append_c(out, ',');
        append_value(out, own[i]);
    }
    for (gsize i = first; i < fm_table_n_columns(raw->table); i++) {
        g_autofree char *value = fm_table_dup_as_text(raw->table, i, row);
        g_string_append_c(out, ',');
        append_value(out, value);
    }
    if (raw->has_geometry) {
        g_autofree char *wkt = source_wkt(raw, row);
        g_string_append_c(out, ',');
        append_value(out, wkt);
    }
    g_string_append_c(out, '\n');
}

static gboolean fail(const char *path, const char *why, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: the reject file cannot be written: %s", path,
                why);
    return FALSE;
}

static gboolean put(FmRejects *rejects, const GString *text, GError **error)
{
    return fwrite(text->str, 1, text->len, rejects->file) == text->len ||
           fail(rejects->path, g_strerror(errno), error);
}

FmRejects *fm_rejects_open(const char *path, const FmRaw *raw, GError **error)
{
    g_autoptr(FmRejects) rejects = g_new0(FmRejects, 1);
    g_autoptr(GString) text = g_string_new(NULL);

    rejects->path = g_strdup(path);
    rejects->temporary = g_strconcat(path, ".part", NULL);
    rejects->file = g_fopen(rejects->temporary, "wbe");
    if (rejects->file == NULL) {
        fail(path, g_strerror(errno), error);
        g_clear_pointer(&rejects->temporary, g_free);
        return NULL;
    }
    append_header(text, raw, fm_rejects_n_own_columns(raw->table));
    return put(rejects, text, error) ? g_steal_pointer(&rejects) : NULL;
}

gboolean fm_rejects_add(FmRejects *rejects, const FmRaw *raw, FmProblems *problems, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gsize first = fm_rejects_n_own_columns(raw->table);

    for (gsize row = 0; row < fm_table_n_rows(raw->table); row++) {
        const FmProblem *problem = fm_problems_get(problems, row);
        if (problem != NULL) {
            append_row(text, raw, first, row, problem);
        }
    }
    return put(rejects, text, error);
}

gboolean fm_rejects_finish(FmRejects *rejects, GError **error)
{
    gboolean done = fflush(rejects->file) == 0 && fsync(fileno(rejects->file)) == 0;

    return done || fail(rejects->path, g_strerror(errno), error);
}

FmRejects *fm_rejects_write(const char *path, const FmRaw *raw, FmProblems *problems,
                            GError **error)
{
    g_autoptr(FmRejects) rejects = fm_rejects_open(path, raw, error);

    return rejects != NULL && fm_rejects_add(rejects, raw, problems, error) &&
                   fm_rejects_finish(rejects, error)
               ? g_steal_pointer(&rejects)
               : NULL;
}

gboolean fm_rejects_keep(FmRejects *rejects, GError **error)
{
    if (g_rename(rejects->temporary, rejects->path) != 0) {
        return fail(rejects->path, "it cannot be renamed", error);
    }
    g_clear_pointer(&rejects->temporary, g_free);
    return TRUE;
}

void fm_rejects_free(FmRejects *rejects)
{
    if (rejects == NULL) {
        return;
    }
    if (rejects->file != NULL) {
        (void)fclose(rejects->file); /* finish() has said whether all was written */
    }
    if (rejects->temporary != NULL) {
        (void)g_unlink(rejects->temporary);
    }
    g_free(rejects->temporary);
    g_free(rejects->path);
    g_free(rejects);
}
