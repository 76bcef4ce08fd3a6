#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static gint64 count(Fixture *fixture, const char *layer)
{
    g_autoptr(FmTable) table = fixture_read(fixture, layer);

    return (gint64)fm_table_n_rows(table);
}

static gboolean has_layer(Fixture *fixture, const char *layer)
{
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(fixture_workspace(fixture), layer, NULL);

    return info != NULL;
}

/* How many files lie in the fixture's folder whose names end so. */
static guint n_files(const Fixture *fixture, const char *suffix)
{
    g_autoptr(GDir) dir = g_dir_open(fixture->folder, 0, NULL);
    guint n = 0;

    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        n += g_str_has_suffix(name, suffix) ? 1 : 0;
    }
    return n;
}

static void a_spreadsheet_as_planners_have_it(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "list.xlsx");
    ogr_file_write("XLSX", path, "学校", "编号,名称,电话,学位:I,经度:R,纬度:R",
                   "007|文汇中学|010123|1257|116.45291|39.90299;008|某校||||", FALSE, NULL, NULL);
    g_autoptr(FmSource) source = fixture_source(path, "school", "BD-09");
    fixture_map(source, "capacity", "学位");
    g_assert_true(fixture_load(&fixture, source, NULL, &error));
    g_assert_no_error(error);

    const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
    g_assert_cmpint(report->n_read, ==, 2);
    g_assert_cmpint(report->n_loaded, ==, 1);
    g_assert_cmpint(report->n_unlocated, ==, 1);
    g_assert_cmpstr(report->crs, ==, "BD-09");
    g_autoptr(FmTable) table = fixture_read(&fixture, "school");
    g_assert_cmpuint(fm_table_n_columns(table), ==, 4);
    g_assert_cmpstr(fm_table_column_name(table, 0), ==, "id");
    g_assert_cmpstr(fm_table_column_title_zh(table, 0), ==, "编号");
    g_assert_cmpstr(fm_table_text(table, 0, 0), ==, "007");
    g_assert_cmpstr(fm_table_text(table, 1, 0), ==, "文汇中学");
    g_assert_cmpint(fm_table_integer(table, 2, 0), ==, 1257);
    g_assert_cmpstr(fm_table_text(table, 3, 0), ==, "010123");
    const FmLonLat at = fm_table_geometry(table, 0)->points[0];
    const FmLonLat expect = fm_gcj02_to_wgs84(fm_bd09_to_gcj02((FmLonLat){116.45291, 39.90299}));
    g_assert_cmpfloat(fm_geodesic_distance_m(at, expect), <, 1e-6);
    g_assert_null(fm_table_geometry(table, 1));
}

static void modes(void)
{
    const FmLoadOptions append = {.mode = FM_LOAD_APPEND}, update = {.mode = FM_LOAD_UPDATE};
    const FmLoadOptions replace = {.mode = FM_LOAD_REPLACE};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    fixture_load_text(&fixture, "id,size,lon,lat\na,1,1,1\nb,2,2,2\n", NULL);
    fixture_load_text_fails(&fixture, "id\nc\n", NULL, FM_ERROR_DATA, "exists already");

    const FmLoadReport *report =
        fixture_load_text(&fixture, "id,size,lon,lat\nb,9,2,2\nc,3,3,3\nd,4,,\n", &append);
    g_assert_cmpint(report->n_loaded, ==, 1);
    g_assert_cmpint(report->n_unlocated, ==, 1);
    g_assert_cmpint(report->n_rejected, ==, 1);
    g_autofree char *rejects = fixture_rejects(&fixture);
    assert_contains(rejects, "already in layer 't'");
    g_assert_cmpint(count(&fixture, "t"), ==, 4);

    report = fixture_load_text(&fixture, "id,size\na,1\nb,7\ne,5\n", &update);
    g_assert_cmpint(report->n_unchanged, ==, 1);
    g_assert_cmpint(report->n_updated, ==, 1);
    g_assert_cmpint(report->n_unlocated, ==, 1); /* new, in a layer that has geometry */
    g_autoptr(FmTable) updated = fixture_read(&fixture, NULL);
    gsize size = fm_table_find_column(updated, "size");
    g_assert_cmpint(fm_table_integer(updated, size, 1), ==, 7);
    g_assert_nonnull(fm_table_geometry(updated, 1)); /* a table without positions keeps them */
    g_assert_cmpuint(fm_table_n_rows(updated), ==, 5);

    report = fixture_load_text(&fixture, "id,lon,lat\nz,1,1\n", &replace);
    g_assert_cmpint(report->n_loaded, ==, 1);
    g_assert_cmpint(count(&fixture, "t"), ==, 1);
    fixture_load_text_fails(&fixture, "name\nz\n", &update, FM_ERROR_USAGE, "--map id=COLUMN");
}

/* An append keeps what is said about the layer; missing layers are made. */
static void append_to_nothing_and_metadata(void)
{
    const FmLoadOptions append = {.mode = FM_LOAD_APPEND};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *path = fixture_write(&fixture, "t.csv", "id\na\n");
    g_autoptr(FmSource) first = fixture_source(path, "t", NULL);
    first->kind = g_strdup("school");
    first->source = g_strdup("Register 2021");
    first->title_zh = g_strdup("学校");
    g_assert_true(fixture_load(&fixture, first, &append, NULL));
    g_autoptr(FmLayerInfo) before = fm_workspace_layer(fixture.workspace, "t", NULL);
    g_assert_cmpstr(before->kind, ==, "school");
    g_assert_cmpuint(strlen(before->source_sha256), ==, 64);
    fixture_load_text(&fixture, "id\nb\n", &append);
    g_autoptr(FmLayerInfo) after = fm_workspace_layer(fixture.workspace, "t", NULL);
    g_assert_cmpint(after->n_rows, ==, 2);
    g_assert_cmpstr(after->kind, ==, "school");
    g_assert_cmpstr(after->source, ==, "Register 2021");
    g_assert_cmpstr(after->title_zh, ==, "学校");
}

/* One bad source, and nothing of the others is there. */
static void all_or_none(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *good = fixture_write(&fixture, "good.csv", "id,capacity\n1,5\n2,x\n");
    const char *bad = fixture_write(&fixture, "bad.csv", "id,lon,lat\n1,116,39\n");
    g_autoptr(FmSource) a = fixture_source(good, "a", NULL);
    g_autoptr(FmSource) b = fixture_source(bad, "b", "");
    const FmSource *const sources[] = {a, b};
    g_autoptr(GError) error = NULL;
    GPtrArray *reports = NULL;
    FmWorkspace *workspace = fixture_workspace(&fixture);

    g_assert_false(fm_load(workspace, NULL, sources, 2, NULL, &reports, NULL, NULL, &error));
    assert_error(error, FM_ERROR_CRS, "bad.csv: the file does not say");
    g_assert_null(reports);
    g_assert_false(has_layer(&fixture, "a"));
    g_assert_cmpuint(n_files(&fixture, "rejects.csv"), ==, 0);
    g_assert_cmpuint(n_files(&fixture, ".part"), ==, 0);
    g_autoptr(FmTable) runs = fm_workspace_runs(workspace, NULL);
    g_assert_cmpuint(fm_table_n_rows(runs), ==, 0);
    g_clear_error(&error);

    g_free(b->crs);
    b->crs = g_strdup("EPSG:4326");
    gint64 run_id = 0;
    g_assert_true(fm_load(workspace, NULL, sources, 2, NULL, &reports, &run_id, NULL, &error));
    g_assert_cmpint(run_id, >, 0);
    g_assert_cmpuint(reports->len, ==, 2);
    g_assert_true(has_layer(&fixture, "b"));
    g_assert_cmpuint(n_files(&fixture, "w.sqlite.a.rejects.csv"), ==, 1);
    g_ptr_array_unref(reports);
}

static void two_sources_for_one_layer(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *one = fixture_write(&fixture, "1.csv", "id,capacity\n1,5\n2,x\n");
    const char *two = fixture_write(&fixture, "2.csv", "id,capacity\n1,6\n3,6\n");
    g_autoptr(FmSource) a = fixture_source(one, "t", NULL);
    g_autoptr(FmSource) b = fixture_source(two, "t", NULL);
    const FmSource *const sources[] = {a, b};
    const FmLoadOptions named = {.rejects_path = fixture_path(&fixture, "r.csv")};
    g_autoptr(GError) error = NULL;
    GPtrArray *reports = NULL;
    FmWorkspace *workspace = fixture_workspace(&fixture);

    g_assert_false(fm_load(workspace, NULL, sources, 2, &named, &reports, NULL, NULL, &error));
    assert_error(error, FM_ERROR_USAGE, "--rejects names one file, but there are 2 sources");
    g_clear_error(&error);
    g_assert_true(fm_load(workspace, NULL, sources, 2, NULL, &reports, NULL, NULL, &error));
    g_assert_cmpint(count(&fixture, "t"), ==, 2);
    g_assert_cmpuint(n_files(&fixture, "w.sqlite.t.rejects.csv"), ==, 1);
    g_assert_cmpuint(n_files(&fixture, "w.sqlite.t.2.rejects.csv"), ==, 1);
    g_ptr_array_unref(reports);
}

static void refused_whole(void)
{
    static const struct {
        const char *text;
        gboolean strict;
        FmError code;
        const char *words;
    } cases[] = {
        {"", FALSE, FM_ERROR_DATA, "t.csv: no rows"},
        {"id\n", FALSE, FM_ERROR_DATA, "t.csv: no rows"},
        {"id,capacity\n1,x\n2,y\n", FALSE, FM_ERROR_DATA,
         "t.csv: none of 2 rows can be loaded; row 1: capacity 'x': not a number"},
        {"id,capacity\n1,1\n2,y\n", TRUE, FM_ERROR_DATA,
         "t.csv: row 2: capacity 'y': not a number"},
        {"id\n\xb1\xb1\n", FALSE, FM_ERROR_DATA, "line 2: not sure to be UTF-8"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const FmLoadOptions options = {.strict = cases[i].strict};
        g_auto(Fixture) fixture;
        fixture_init(&fixture);
        fixture_load_text_fails(&fixture, cases[i].text, &options, cases[i].code, cases[i].words);
        g_assert_false(has_layer(&fixture, "t"));
        g_assert_cmpuint(n_files(&fixture, "rejects.csv"), ==, 0);
    }
}

/* Declared UTF-8: the bad row is rejected and the others load. */
static void invalid_utf8_rows(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_write(&fixture, "t.csv", "id,name\n1,a\n2,\xb1\xb1\n");
    g_autoptr(FmSource) source = fixture_source(path, "t", NULL);
    source->encoding = g_strdup("UTF-8");

    g_assert_true(fixture_load(&fixture, source, NULL, &error));
    const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
    g_assert_cmpint(report->n_rejected, ==, 1);
    g_autofree char *rejects = fixture_rejects(&fixture);
    g_assert_true(g_utf8_validate(rejects, -1, NULL));
    assert_contains(rejects, "not valid UTF-8");
}

static void cells_have_a_possible_size(void)
{
    static const double wrong[] = {-1, 1e-300, 0.001, 2e6, 1e300, NAN, INFINITY};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *path = fixture_write(&fixture, "t.csv", "id,lon,lat\n1,10,50\n");
    FmWorkspace *workspace = fixture_workspace(&fixture);

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(FmSource) source = fixture_source(path, "t", "EPSG:4326");
        const FmSource *const sources[] = {source};
        g_autoptr(GError) error = NULL;
        GPtrArray *reports = NULL;
        source->cell_m = wrong[i];
        g_assert_false(fm_load(workspace, NULL, sources, 1, NULL, &reports, NULL, NULL, &error));
        assert_error(error, FM_ERROR_USAGE, "t.csv: cells of ");
    }
}

static void rejects_where_told(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *text = "id,capacity\n1,5\n2,x\n";
    FmLoadOptions options = {.rejects_path = fixture_path(&fixture, "bad rows.csv")};
    const FmLoadReport *report = fixture_load_text(&fixture, text, &options);

    g_assert_cmpstr(report->rejects_file, ==, options.rejects_path);
    g_assert_true(g_file_test(options.rejects_path, G_FILE_TEST_EXISTS));
    options.mode = FM_LOAD_REPLACE;
    options.rejects_path = fixture_path(&fixture, "no/such/folder.csv");
    fixture_load_text_fails(&fixture, text, &options, FM_ERROR_IO, "the reject file cannot be");
}

static void plain_tables_say_so(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const FmLoadReport *report = fixture_load_text(&fixture, "id,people\n1,5\n", NULL);

    g_assert_cmpint(report->n_loaded, ==, 1);
    g_assert_null(report->crs);
    g_assert_cmpuint(report->warnings->len, ==, 1);
    assert_contains(g_ptr_array_index(report->warnings, 0), "plain table");
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(fixture.workspace, "t", NULL);
    g_assert_cmpint(info->geometry_type, ==, FM_GEOMETRY_NONE);
}

static void datasets(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    GPtrArray *reports = NULL;
    fixture_init(&fixture);
    fixture_write(&fixture, "cells.csv", "id,lon,lat,people\n1,116.4,39.9,10\n2,116.5,39.9,20\n");
    const char *path = fixture_write(
        &fixture, "dataset.json",
        "{\"facmap\": \"dataset\", \"version\": 1, \"name\": \"town\", \"date\": \"2021\","
        "\"title\": {\"en\": \"Town\", \"zh\": \"镇\"}, \"workspace_crs\": \"EPSG:4548\","
        "\"columns\": {\"people\": {\"en\": \"People\", \"zh\": \"人口\"}},"
        "\"sources\": [{\"path\": \"cells.csv\", \"kind\": \"demand\", \"layer\": \"demand\","
        "\"crs\": \"EPSG:4326\", \"modelled\": true,"
        "\"geometry\": {\"x\": \"lon\", \"y\": \"lat\", \"cell_m\": 1000}}]}");
    g_autoptr(FmDataset) dataset = fm_dataset_read(path, &error);
    g_assert_no_error(error);
    FmWorkspace *workspace = fixture_workspace(&fixture);

    g_assert_true(fm_load(workspace, dataset, (const FmSource *const *)dataset->sources->pdata,
                          dataset->sources->len, NULL, &reports, NULL, NULL, &error));
    g_assert_no_error(error);
    g_ptr_array_unref(reports);
    g_autofree char *crs = fm_workspace_get(workspace, "crs", NULL);
    g_autofree char *title = fm_workspace_get(workspace, "title_zh", NULL);
    g_autofree char *name = fm_workspace_get(workspace, "dataset", NULL);
    g_assert_cmpstr(crs, ==, "EPSG:4548");
    g_assert_cmpstr(title, ==, "镇");
    g_assert_cmpstr(name, ==, "town");
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(workspace, "demand", NULL);
    g_assert_cmpint(info->geometry_type, ==, FM_GEOMETRY_POLYGON);
    g_assert_true(info->modelled);
    g_autoptr(FmTable) table = fixture_read(&fixture, "demand");
    gsize people = fm_table_find_column(table, "people");
    g_assert_cmpstr(fm_table_column_title_zh(table, people), ==, "人口");
    g_assert_cmpfloat_with_epsilon(fm_geodesic_area_m2(fm_table_geometry(table, 0)), 1e6, 1e3);
}

static void workspace_crs_must_be_projected(void)
{
    static const struct {
        const char *crs, *words;
    } cases[] = {{"EPSG:4326", "not a projected system"}, {"EPSG:1", "workspace_crs"}};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) fixture;
        g_autoptr(GError) error = NULL;
        GPtrArray *reports = NULL;
        fixture_init(&fixture);
        fixture_write(&fixture, "a.csv", "id\n1\n");
        g_autofree char *text =
            g_strdup_printf("{\"facmap\": \"dataset\", \"version\": 1, \"workspace_crs\": \"%s\", "
                            "\"sources\": [{\"path\": \"a.csv\"}]}",
                            cases[i].crs);
        const char *path = fixture_write(&fixture, "d.json", text);
        g_autoptr(FmDataset) dataset = fm_dataset_read(path, NULL);
        g_assert_false(fm_load(fixture_workspace(&fixture), dataset,
                               (const FmSource *const *)dataset->sources->pdata, 1, NULL, &reports,
                               NULL, NULL, &error));
        assert_error(error, FM_ERROR_CRS, cases[i].words);
    }
}

static gboolean stop_at(double fraction, const char *stage, void *user)
{
    (void)stage;
    return fraction < *(double *)user;
}

/* Cancelled at any stage, the workspace is as it was. */
static void cancelled(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GString) text = g_string_new("id,lon,lat\n");
    fixture_init(&fixture);
    for (int i = 0; i < 10000; i++) {
        g_string_append_printf(text, "%d,116.4,39.9\n", i);
    }
    const char *path = fixture_write(&fixture, "t.csv", text->str);
    g_autoptr(FmSource) source = fixture_source(path, "t", NULL);
    const FmSource *const sources[] = {source};

    for (double at = 0; at < 1; at += 0.2) {
        FmProgress progress = fm_progress_init(stop_at, &at);
        g_autoptr(GError) error = NULL;
        GPtrArray *reports = NULL;
        g_assert_false(fm_load(fixture_workspace(&fixture), NULL, sources, 1, NULL, &reports, NULL,
                               &progress, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_CANCELLED);
        g_assert_false(has_layer(&fixture, "t"));
    }
}

void test_load(void)
{
    g_test_add_func("/load/load/spreadsheet", a_spreadsheet_as_planners_have_it);
    g_test_add_func("/load/load/modes", modes);
    g_test_add_func("/load/load/append-metadata", append_to_nothing_and_metadata);
    g_test_add_func("/load/load/all-or-none", all_or_none);
    g_test_add_func("/load/load/two-sources-one-layer", two_sources_for_one_layer);
    g_test_add_func("/load/load/refused-whole", refused_whole);
    g_test_add_func("/load/load/invalid-utf8-rows", invalid_utf8_rows);
    g_test_add_func("/load/load/cell-sizes", cells_have_a_possible_size);
    g_test_add_func("/load/load/rejects-where-told", rejects_where_told);
    g_test_add_func("/load/load/plain-tables", plain_tables_say_so);
    g_test_add_func("/load/load/datasets", datasets);
    g_test_add_func("/load/load/workspace-crs", workspace_crs_must_be_projected);
    g_test_add_func("/load/load/cancelled", cancelled);
}
