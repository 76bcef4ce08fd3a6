#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void fixture_init(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    *fixture = (Fixture){0};
    fixture->folder = g_dir_make_tmp("facmap-load-XXXXXX", &error);
    g_assert_no_error(error);
    fixture->paths = g_ptr_array_new_with_free_func(g_free);
}

static void remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        (void)g_remove(path);
    }
    (void)g_rmdir(folder);
}

void fixture_clear(Fixture *fixture)
{
    g_clear_pointer(&fixture->workspace, fm_workspace_free);
    g_clear_pointer(&fixture->reports, g_ptr_array_unref);
    g_clear_pointer(&fixture->paths, g_ptr_array_unref);
    remove_folder(fixture->folder);
    g_clear_pointer(&fixture->folder, g_free);
}

const char *fixture_path(Fixture *fixture, const char *name)
{
    char *path = g_build_filename(fixture->folder, name, NULL);

    g_ptr_array_add(fixture->paths, path);
    return path;
}

const char *fixture_write_bytes(Fixture *fixture, const char *name, const char *bytes, gsize n)
{
    const char *path = fixture_path(fixture, name);
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, bytes, (gssize)n, &error);
    g_assert_no_error(error);
    return path;
}

const char *fixture_write(Fixture *fixture, const char *name, const char *text)
{
    return fixture_write_bytes(fixture, name, text, strlen(text));
}

FmWorkspace *fixture_workspace(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    if (fixture->workspace == NULL) {
        const FmWorkspaceOptions options = {0};
        const char *path = fixture_path(fixture, "w.sqlite");
        fixture->workspace = fm_workspace_create(path, &options, &error);
        g_assert_no_error(error);
    }
    return fixture->workspace;
}

FmSource *fixture_source(const char *path, const char *layer, const char *crs)
{
    FmSource *source = fm_source_new(path);

    source->layer = g_strdup(layer);
    source->crs = crs != NULL && *crs == '\0' ? NULL : g_strdup(crs != NULL ? crs : "EPSG:4326");
    return source;
}

char *fixture_column_names(const FmColumnMap *map)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < map->columns->len; i++) {
        const FmMappedColumn *column = &g_array_index(map->columns, FmMappedColumn, i);
        g_string_append_printf(text, "%s%s:%c", i > 0 ? " " : "", column->name,
                               "TIR"[column->type]);
    }
    return g_strdup(text->str);
}

void fixture_map(FmSource *source, const char *field, const char *column)
{
    if (source->fields == NULL) {
        source->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    }
    g_hash_table_insert(source->fields, g_strdup(field), g_strdup(column));
}

gboolean fixture_load(Fixture *fixture, const FmSource *source, const FmLoadOptions *options,
                      GError **error)
{
    const FmSource *const sources[] = {source};
    GPtrArray *reports = NULL;

    if (!fm_load(fixture_workspace(fixture), NULL, sources, 1, options, &reports, NULL, NULL,
                 error)) {
        g_assert_null(reports);
        return FALSE;
    }
    g_clear_pointer(&fixture->reports, g_ptr_array_unref);
    fixture->reports = reports;
    assert_counts_add_up(g_ptr_array_index(reports, 0));
    return TRUE;
}

const FmLoadReport *fixture_load_text(Fixture *fixture, const char *text,
                                      const FmLoadOptions *options)
{
    const char *path = fixture_write(fixture, "t.csv", text);
    g_autoptr(FmSource) source = fixture_source(path, "t", NULL);
    g_autoptr(GError) error = NULL;

    fixture_load(fixture, source, options, &error);
    g_assert_no_error(error);
    return g_ptr_array_index(fixture->reports, 0);
}

void fixture_load_text_fails(Fixture *fixture, const char *text, const FmLoadOptions *options,
                             FmError code, const char *words)
{
    const char *path = fixture_write(fixture, "t.csv", text);
    g_autoptr(FmSource) source = fixture_source(path, "t", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_false(fixture_load(fixture, source, options, &error));
    assert_error(error, code, words);
}

FmTable *fixture_read(Fixture *fixture, const char *layer)
{
    g_autoptr(GError) error = NULL;
    FmTable *table = fm_workspace_read(fixture_workspace(fixture), layer != NULL ? layer : "t",
                                       NULL, NULL, &error);

    g_assert_no_error(error);
    return table;
}

char *fixture_rejects(const Fixture *fixture)
{
    const FmLoadReport *report = g_ptr_array_index(fixture->reports, 0);
    g_autoptr(GError) error = NULL;
    char *text = NULL;

    g_assert_nonnull(report->rejects_file);
    g_file_get_contents(report->rejects_file, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

void assert_counts_add_up(const FmLoadReport *report)
{
    g_assert_cmpint(report->n_read, ==,
                    report->n_loaded + report->n_updated + report->n_unchanged +
                        report->n_unlocated + report->n_rejected);
    g_assert_true((report->n_rejected > 0) == (report->rejects_file != NULL));
}

void assert_contains(const char *text, const char *words)
{
    if (text == NULL || strstr(text, words) == NULL) {
        g_test_message("'%s' is not in '%s'", words, text != NULL ? text : "(null)");
        g_test_fail();
    }
}

void assert_error(const GError *error, FmError code, const char *words)
{
    g_assert_nonnull(error);
    g_test_message("%s", error->message);
    g_assert_error(error, FM_ERROR, (gint)code);
    g_assert_null(strchr(error->message, '\n'));
    assert_contains(error->message, words);
}

char *shared_file(const char *name)
{
    const char *shared = g_getenv("FACMAP_SHARED");
    g_autofree char *path = g_build_filename(shared != NULL ? shared : "", "data", name, NULL);

    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_test_skip("the shared reference data is not here");
        return NULL;
    }
    return g_steal_pointer(&path);
}

FmRaw *fixture_raw(const char *headings, const char *rows)
{
    FmRaw *raw = fm_raw_new("t.csv");
    g_auto(GStrv) names = g_strsplit(headings, ",", -1);
    g_auto(GStrv) lines = g_strsplit(rows, ";", -1);

    for (char **name = names; *name != NULL; name++) {
        fm_raw_add_column(raw, *name, FM_COLUMN_TEXT);
    }
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) values = g_strsplit(*line, ",", -1);
        gsize row = fm_table_append_row(raw->table);
        for (gsize i = 0; values[i] != NULL; i++) {
            fm_raw_set_text(raw, i, row, values[i]);
        }
    }
    return raw;
}
