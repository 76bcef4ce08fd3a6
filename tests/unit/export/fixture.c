#include "fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#define WORKSPACE "town.sqlite"

/* ---- the folder ------------------------------------------------------------------------- */

char *fixture_file(const Fixture *fixture, const char *name)
{
    return g_build_filename(fixture->folder, name, NULL);
}

void fixture_open(Fixture *fixture)
{
    GError *error = NULL;
    fixture->folder = g_dir_make_tmp("fm-export-XXXXXX", &error);
    g_assert_no_error(error);
    g_autofree char *path = fixture_file(fixture, WORKSPACE);
    fixture->workspace = fm_workspace_create(path, NULL, &error);
    g_assert_no_error(error);
}

static GPtrArray *names_in(const Fixture *fixture)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) folder = g_dir_open(fixture->folder, 0, NULL);
    for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    return names;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *fixture_list(const Fixture *fixture)
{
    g_autoptr(GPtrArray) names = names_in(fixture);
    g_autoptr(GString) list = g_string_new(NULL);
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        if (!g_str_has_prefix(name, WORKSPACE))
            g_string_append_printf(list, "%s%s", list->len > 0 ? " " : "", name);
    }
    return g_strdup(list->str);
}

void fixture_close(Fixture *fixture)
{
    g_clear_pointer(&fixture->workspace, fm_workspace_free);
    if (fixture->folder == NULL)
        return;
    g_autoptr(GPtrArray) names = names_in(fixture);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = fixture_file(fixture, g_ptr_array_index(names, i));
        if (g_unlink(path) != 0)
            g_rmdir(path);
    }
    g_rmdir(fixture->folder);
    g_clear_pointer(&fixture->folder, g_free);
}

/* ---- layers ----------------------------------------------------------------------------- */

void fixture_put(Fixture *fixture, const FmLayerSpec *spec, FmTable *table)
{
    GError *error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(fixture->workspace, "load", "facmap load 'a \"b\"'",
                                        "{\"k\": [1, 2]}", &error);
    g_assert_no_error(error);
    fm_run_write(run, spec, table, FM_WRITE_REPLACE, NULL, NULL, &error);
    g_assert_no_error(error);
    fm_run_commit(run, &error);
    g_assert_no_error(error);
    fm_table_free(table);
}

FmTable *fixture_schools(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize zh = fm_table_add_column(table, "name_zh", FM_COLUMN_TEXT);
    gsize en = fm_table_add_column(table, "name_en", FM_COLUMN_TEXT);
    gsize status = fm_table_add_column(table, "status", FM_COLUMN_TEXT);
    gsize capacity = fm_table_add_column(table, "capacity", FM_COLUMN_INTEGER);
    gsize area = fm_table_add_column(table, "area_ha", FM_COLUMN_REAL);
    fm_table_set_column_title(table, zh, "Name's \"form\"", "名称", NULL);
    fm_table_set_column_title(table, status, "Status", NULL, NULL);
    fm_table_set_column_title(table, area, NULL, "面积", "ha");

    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, id, row, "s1");
    fm_table_set_text(table, zh, row, "第一中学");
    fm_table_set_text(table, en, row, "First School");
    fm_table_set_text(table, status, row, "open");
    fm_table_set_integer(table, capacity, row, G_GINT64_CONSTANT(9007199254740993));
    fm_table_set_real(table, area, row, 0.1);
    fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){116.5, 39.75}));

    row = fm_table_append_row(table);
    fm_table_set_text(table, id, row, "s2");
    fm_table_set_text(table, zh, row, "育才·学校");
    fm_table_set_text(table, en, row, "O'Brien's \"Best\", <A&B>\nSchool");
    fm_table_set_text(table, status, row, "planned");
    fm_table_set_integer(table, capacity, row, -1);
    fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){116.25, 40}));

    row = fm_table_append_row(table);
    fm_table_set_text(table, id, row, "s3");
    return table;
}

static FmGeometry *shape(const char *wkt)
{
    GError *error = NULL;
    FmGeometry *geometry = fm_geometry_from_wkt(wkt, &error);
    g_assert_no_error(error);
    return geometry;
}

FmTable *fixture_areas(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_MULTIPOLYGON);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize share = fm_table_add_column(table, "share_ratio", FM_COLUMN_REAL);
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, id, row, "a1");
    fm_table_set_real(table, share, row, 0.25);
    fm_table_set_geometry(table, row, shape("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))"));
    row = fm_table_append_row(table);
    fm_table_set_text(table, id, row, "a2");
    fm_table_set_geometry(table, row,
                          shape("MULTIPOLYGON (((3 0, 4 0, 4 1, 3 0)), ((5 0, 6 0, 6 1, 5 0)))"));
    return table;
}

FmTable *fixture_tally(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_NONE);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize n = fm_table_add_column(table, "n", FM_COLUMN_INTEGER);
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, id, row, "t1");
    fm_table_set_integer(table, n, row, 7);
    return table;
}

FmTable *fixture_points(const char *const *kinds, const double *numbers, gsize n)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    gsize kind = fm_table_add_column(table, "kind", FM_COLUMN_TEXT);
    gsize number = fm_table_add_column(table, "n", FM_COLUMN_REAL);
    for (gsize i = 0; i < n; i++) {
        gsize row = fm_table_append_row(table);
        if (kinds != NULL)
            fm_table_set_text(table, kind, row, kinds[i]);
        if (numbers != NULL)
            fm_table_set_real(table, number, row, numbers[i]);
        fm_table_set_geometry(table, row, fm_geometry_new_point((FmLonLat){(double)i / 100, 0}));
    }
    return table;
}

void fixture_open_town(Fixture *fixture)
{
    const FmLayerSpec school = {.name = "school",
                                .kind = "school",
                                .title_en = "Schools & 'colleges'",
                                .title_zh = "学校",
                                .source = "Bureau's list",
                                .licence = "CC-BY",
                                .modelled = TRUE};
    const FmLayerSpec area = {.name = "area", .kind = "area", .title_en = "Areas"};
    const FmLayerSpec tally = {.name = "tally", .kind = "result"};
    fixture_open(fixture);
    fixture_put(fixture, &school, fixture_schools());
    fixture_put(fixture, &area, fixture_areas());
    fixture_put(fixture, &tally, fixture_tally());
}

/* ---- looking ---------------------------------------------------------------------------- */

void fixture_export(Fixture *fixture, const char *name, const char *const *layers,
                    const FmStyle *style)
{
    GError *error = NULL;
    g_autofree char *path = fixture_file(fixture, name);
    const FmExportOptions options = {.layers = layers, .style = style};
    g_autoptr(FmExportReport) report = fm_export(fixture->workspace, path, &options, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(report);
}

char *fixture_query(const Fixture *fixture, const char *name, const char *sql)
{
    g_autofree char *path = fixture_file(fixture, name);
    g_autoptr(GString) found = g_string_new(NULL);
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    g_assert_cmpint(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result != SQLITE_OK)
        g_test_message("%s: %s", sql, sqlite3_errmsg(db));
    g_assert_cmpint(result, ==, SQLITE_OK);
    for (gsize row = 0; (result = sqlite3_step(statement)) == SQLITE_ROW; row++) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        g_string_append_printf(found, "%s%s", row > 0 ? "|" : "", text != NULL ? text : "NULL");
    }
    g_assert_cmpint(result, ==, SQLITE_DONE);
    sqlite3_finalize(statement);
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
    return g_strdup(found->str);
}

void fixture_assert_query(const Fixture *fixture, const char *name, const char *sql,
                          const char *expect)
{
    g_autofree char *found = fixture_query(fixture, name, sql);
    g_assert_cmpstr(found, ==, expect);
}

FmStyle *fixture_style(const char *layers)
{
    GError *error = NULL;
    g_autofree char *text =
        g_strdup_printf("{'version': 8, 'sources': {'workspace': {'type': 'vector', "
                        "'url': 'facmap:workspace'}}, 'layers': [%s]}",
                        layers);
    g_strdelimit(text, "'", '"');
    FmStyle *style = fm_style_parse(text, "test.json", &error);
    g_assert_no_error(error);
    return style;
}

void fixture_assert_xml(const char *text)
{
    GError *error = NULL;
    const GMarkupParser parser = {0};
    GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, NULL, NULL);
    g_markup_parse_context_parse(context, text, -1, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
    g_markup_parse_context_free(context);
}

void fixture_assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        g_test_message("'%s' is not in: %s", part, text);
    g_assert_nonnull(strstr(text, part));
}

void fixture_assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        g_test_message("'%s' is in: %s", part, text);
    g_assert_null(strstr(text, part));
}

void fixture_assert_error(GError **error, FmError code, const char *part)
{
    g_assert_error(*error, FM_ERROR, (int)code);
    g_assert_null(strchr((*error)->message, '\n'));
    fixture_assert_has((*error)->message, part);
    g_clear_error(error);
}

gboolean fixture_cancel(double fraction, const char *stage, void *user)
{
    (void)fraction, (void)stage, (void)user;
    return FALSE;
}
