#include "support.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- files ------------------------------------------------------------------------------ */

void test_folder_init(TestFolder *folder)
{
    g_autoptr(GError) error = NULL;

    folder->path = g_dir_make_tmp("facmap-store-XXXXXX", &error);
    g_assert_no_error(error);
}

void test_folder_clear(TestFolder *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder->path, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder->path, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            g_rmdir(path);
        } else {
            g_unlink(path);
        }
    }
    g_rmdir(folder->path);
    g_free(folder->path);
}

char *test_folder_file(const TestFolder *folder, const char *name)
{
    return g_build_filename(folder->path, name, NULL);
}

FmWorkspace *test_new_workspace(const TestFolder *folder, const char *name)
{
    g_autofree char *path = test_folder_file(folder, name);
    g_autoptr(GError) error = NULL;
    FmWorkspace *workspace = fm_workspace_create(path, NULL, &error);

    g_assert_no_error(error);
    g_assert_nonnull(workspace);
    return workspace;
}

/* ---- tables ----------------------------------------------------------------------------- */

FmTable *test_schools(gsize n)
{
    static const char *const statuses[] = {"open", "open", "planned", NULL};
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize name = fm_table_add_column(table, "name_zh", FM_COLUMN_TEXT);
    gsize status = fm_table_add_column(table, "status", FM_COLUMN_TEXT);
    gsize opens = fm_table_add_column(table, "opens", FM_COLUMN_TEXT);
    gsize capacity = fm_table_add_column(table, "capacity", FM_COLUMN_INTEGER);
    gsize area = fm_table_add_column(table, "area_ha", FM_COLUMN_REAL);

    fm_table_set_column_title(table, capacity, "Places", "学位", "places");
    for (gsize i = 0; i < n; i++) {
        gsize row = fm_table_append_row(table);
        g_autofree char *id_text = g_strdup_printf("s%" G_GSIZE_FORMAT, i);
        g_autofree char *name_text = g_strdup_printf("第%" G_GSIZE_FORMAT "中学", i);
        fm_table_set_text(table, id, row, id_text);
        fm_table_set_text(table, name, row, name_text);
        fm_table_set_text(table, status, row, statuses[i % 4]);
        fm_table_set_text(table, opens, row, i % 3 == 0 ? "2019" : NULL);
        if (i % 5 != 4) {
            fm_table_set_integer(table, capacity, row, (gint64)(i * 7 % 1000));
            fm_table_set_real(table, area, row, (double)i / 8);
        }
        if (i % 11 != 10) {
            FmLonLat position = {115.5 + (double)(i * 37 % 1999) / 1000,
                                 39.5 + (double)(i * 53 % 1499) / 1000};
            fm_table_set_geometry(table, row, fm_geometry_new_point(position));
        }
    }
    return table;
}

FmTable *test_shapes(FmGeometryType type, const char *const *wkt, gsize n)
{
    FmTable *table = fm_table_new(type);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);

    for (gsize i = 0; i < n; i++) {
        g_autofree char *text = g_strdup_printf("a%" G_GSIZE_FORMAT, i);
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, id, row, text);
        if (wkt[i] != NULL) {
            g_autoptr(GError) error = NULL;
            FmGeometry *geometry = fm_geometry_from_wkt(wkt[i], &error);
            g_assert_no_error(error);
            fm_table_set_geometry(table, row, geometry);
        }
    }
    return table;
}

/* ---- writing ---------------------------------------------------------------------------- */

gboolean test_write(FmWorkspace *workspace, const char *layer, const FmTable *table,
                    FmWriteMode mode, FmWriteReport *report, GError **error)
{
    FmLayerSpec spec = {.name = layer, .kind = "school", .source = "schools.csv"};
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, error);

    return run != NULL && fm_run_write(run, &spec, table, mode, report, NULL, error) &&
           fm_run_commit(run, error);
}

void test_write_ok(FmWorkspace *workspace, const char *layer, const FmTable *table,
                   FmWriteMode mode)
{
    g_autoptr(GError) error = NULL;
    gboolean ok = test_write(workspace, layer, table, mode, NULL, &error);

    g_assert_no_error(error);
    g_assert_true(ok);
}

/* ---- looking ---------------------------------------------------------------------------- */

char *test_query(FmWorkspace *workspace, const char *sql)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;

    workspace->may_commit = TRUE; /* CheckSpatialIndex() notes itself in SpatiaLite's history */
    fm_sql_text(workspace, &text, &error, sql, "");
    workspace->may_commit = FALSE;
    g_assert_no_error(error);
    return text;
}

void test_assert_query(FmWorkspace *workspace, const char *sql, const char *expect)
{
    g_autofree char *text = test_query(workspace, sql);

    g_assert_cmpstr(text, ==, expect);
}

void test_execute(FmWorkspace *workspace, const char *sql)
{
    char *message = NULL;

    workspace->may_commit = TRUE;
    sqlite3_exec(workspace->db, sql, NULL, NULL, &message);
    workspace->may_commit = FALSE;
    g_assert_cmpstr(message, ==, NULL);
}

static void assert_layer_sound(FmWorkspace *workspace, const FmLayerInfo *info)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmTable) table = fm_workspace_read(workspace, info->name, NULL, NULL, &error);
    gint64 n_unlocated = 0;

    g_assert_no_error(error);
    g_autofree char *sha256 = fm_table_sha256(table);
    g_assert_cmpstr(sha256, ==, info->content_sha256);
    g_assert_cmpint((gint64)fm_table_n_rows(table), ==, info->n_rows);
    g_assert_cmpint(fm_table_geometry_type(table), ==, info->geometry_type);
    if (info->geometry_type == FM_GEOMETRY_NONE) {
        g_assert_cmpint(info->srid, ==, 0);
        g_assert_cmpint(info->n_unlocated, ==, 0);
        return;
    }
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        n_unlocated += fm_table_geometry(table, row) == NULL;
    }
    g_assert_cmpint(info->n_unlocated, ==, n_unlocated);
    g_assert_cmpint(info->srid, ==, 4326);

    g_autofree char *check = g_strdup_printf("SELECT CheckSpatialIndex('%s', 'geom')", info->name);
    g_autofree char *rtree = g_strdup_printf("SELECT rtreecheck('idx_%s_geom')", info->name);
    test_assert_query(workspace, check, "1");
    test_assert_query(workspace, rtree, "ok");
}

void test_assert_sound(FmWorkspace *workspace)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) layers = fm_workspace_layers(workspace, &error);

    g_assert_no_error(error);
    test_assert_query(workspace, "PRAGMA quick_check", "ok");
    test_assert_query(workspace, "SELECT COUNT(*) FROM pragma_foreign_key_check", "0");
    for (guint i = 0; i < layers->len; i++) {
        assert_layer_sound(workspace, g_ptr_array_index(layers, i));
    }
}

void test_assert_error(GError **error, FmError code, const char *part)
{
    g_assert_error(*error, FM_ERROR, (int)code);
    g_assert_null(strchr((*error)->message, '\n'));
    if (strstr((*error)->message, part) == NULL) {
        g_test_message("the message is: %s", (*error)->message);
    }
    g_assert_nonnull(strstr((*error)->message, part));
    g_clear_error(error);
}

void test_assert_tables_equal(const FmTable *a, const FmTable *b)
{
    g_autofree char *hash_a = fm_table_sha256(a), *hash_b = fm_table_sha256(b);

    g_assert_cmpuint(fm_table_n_columns(a), ==, fm_table_n_columns(b));
    g_assert_cmpuint(fm_table_n_rows(a), ==, fm_table_n_rows(b));
    for (gsize i = 0; i < fm_table_n_columns(a); i++) {
        g_assert_cmpstr(fm_table_column_name(a, i), ==, fm_table_column_name(b, i));
        g_assert_cmpstr(fm_table_column_title_en(a, i), ==, fm_table_column_title_en(b, i));
        g_assert_cmpstr(fm_table_column_title_zh(a, i), ==, fm_table_column_title_zh(b, i));
        g_assert_cmpstr(fm_table_column_unit(a, i), ==, fm_table_column_unit(b, i));
    }
    g_assert_cmpstr(hash_a, ==, hash_b);
}
