/* A table that is loaded part by part is what it is when it is loaded whole. */
#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"

#include <string.h>

/* Rows of all sorts, spread over the parts: bad numbers, no position, ids that come again. */
static char *mixed_table(gsize n)
{
    GString *text = g_string_new("id,name,capacity,area,lon,lat\n");

    for (gsize i = 0; i < n; i++) {
        gsize id = i % 5000 == 4999 ? i - 4500 : i;
        g_string_append_printf(text, "r%" G_GSIZE_FORMAT ",%s,%s,%s,", id,
                               i == n - 1 ? "第一医院" : "Clinic \"A\"",
                               i % 997 == 996 ? "many" : "12", i + 2 == n ? "2.5" : "2");
        if (i % 101 == 100) {
            g_string_append(text, ",\n");
        } else {
            g_string_append_printf(text, "%d.25,%d.5\n", (int)(i % 150), (int)(i % 80) - 40);
        }
    }
    return g_string_free(text, FALSE);
}

typedef struct {
    char *sha256;
    gsize n_rejected;
    char *rejects;
} Whole;

static void whole_clear(Whole *whole)
{
    g_free(whole->sha256);
    g_free(whole->rejects);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Whole, whole_clear)

static void load_whole(Fixture *fixture, const FmSource *source, Whole *out)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRaw) raw = fm_raw_read(source, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(FmPositions) positions =
        fm_positions_new(raw, map, source, NULL, NULL, raw->problems, &error);
    g_assert_no_error(error);
    g_auto(FmRows) rows = {NULL};
    g_auto(FmIdBook) book;
    fm_id_book_init(&book, NULL);
    fm_rows_build(raw, map, positions, "t", 0, raw->problems, &book, &rows);
    fm_table_set_geometry_type(rows.table, positions->type);
    out->sha256 = fm_table_sha256(rows.table);
    out->n_rejected = g_hash_table_size(raw->problems);
    const char *path = fixture_path(fixture, "whole.csv");
    g_autoptr(FmRejects) rejects = fm_rejects_write(path, raw, raw->problems, &error);
    g_assert_no_error(error);
    g_assert_true(fm_rejects_keep(rejects, &error));
    g_assert_true(g_file_get_contents(path, &out->rejects, NULL, &error));
}

/* Loads a source of `n` rows, by parts when they are many, and compares. */
static void assert_same_as_whole(Fixture *fixture, const FmSource *source, gsize n)
{
    g_auto(Whole) whole = {NULL, 0, NULL};
    g_autoptr(GError) error = NULL;
    const FmLoadOptions replace = {.mode = FM_LOAD_REPLACE};

    load_whole(fixture, source, &whole);
    g_assert_true(fixture_load(fixture, source, &replace, &error));
    g_assert_no_error(error);
    const FmLoadReport *report = g_ptr_array_index(fixture->reports, 0);
    g_autoptr(FmLayerInfo) layer = fm_workspace_layer(fixture->workspace, "t", &error);
    assert_counts_add_up(report);
    g_assert_cmpint(report->n_read, ==, (gint64)n);
    g_assert_cmpint(report->n_rejected, ==, (gint64)whole.n_rejected);
    g_assert_cmpstr(layer->content_sha256, ==, whole.sha256);
    g_autofree char *rejects = fixture_rejects(fixture);
    g_assert_cmpstr(rejects, ==, whole.rejects);
}

static void assert_same(gsize n)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autofree char *text = mixed_table(n);
    g_autoptr(FmSource) source =
        fixture_source(fixture_write(&fixture, "t.csv", text), "t", "EPSG:4326");

    assert_same_as_whole(&fixture, source, n);
}

static void borders(void)
{
    assert_same(FM_WHOLE_ROWS - 1);
    assert_same(FM_WHOLE_ROWS);
    assert_same(FM_WHOLE_ROWS + 1);
    assert_same(FM_WHOLE_ROWS + FM_PART_ROWS - 1);
}

/* "id|name|capacity|WKT" of all sorts: Z, multiple, none, collections, ids that come again. */
static char *mixed_features(gsize n)
{
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < n; i++) {
        gsize id = i % 5000 == 4999 ? i - 4500 : i;
        g_string_append_printf(text, "%sr%" G_GSIZE_FORMAT "|%s|%d|", i > 0 ? ";" : "", id,
                               i == n - 1 ? "第一医院" : "Clinic", i % 997 == 996 ? -1 : 12);
        if (i % 701 == 700) {
            g_string_append(text, "GEOMETRYCOLLECTION (POINT (1 2))");
        } else if (i % 101 != 100) { /* else without geometry */
            g_string_append_printf(text,
                                   i + 2 == n         ? "MULTIPOINT (%d 5, 1 %d)"
                                   : i % 1009 == 1008 ? "POINT Z (%d.5 %d 7)"
                                                      : "POINT (%d %d.25)",
                                   (int)(i % 150), (int)(i % 80) - 40);
        }
    }
    return g_string_free(text, FALSE);
}

/* What GDAL reads goes the same way: the type of the geometries and the language of the names show
 * in the last rows only. */
static void features(void)
{
    static const struct {
        const char *driver, *file;
    } formats[] = {{"GPKG", "t.gpkg"}, {"SQLite", "t.db"}, {"GeoJSONSeq", "t.geojsonl"}};
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autofree char *rows = mixed_features(FM_WHOLE_ROWS + 1);

    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        const char *path = fixture_path(&fixture, formats[i].file);
        ogr_file_write(formats[i].driver, path, "t", "id,name,capacity:I", rows, TRUE, "EPSG:4326",
                       NULL);
        g_autoptr(FmSource) source = fixture_source(path, "t", "EPSG:4326");
        assert_same_as_whole(&fixture, source, FM_WHOLE_ROWS + 1);
        const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
        g_autoptr(FmTable) table = fixture_read(&fixture, "t");
        g_assert_cmpint(fm_table_geometry_type(table), ==, FM_GEOMETRY_MULTIPOINT);
        g_assert_cmpuint(fm_table_find_column(table, "name_zh"), !=, FM_COLUMN_NONE);
        g_assert_cmpint(report->n_unlocated, >, 0);
        g_assert_cmpstr(g_ptr_array_index(report->warnings, 0), ==, "Z or M dropped from 8 rows");
        g_assert_cmpuint(strlen(report->sha256), ==, 64);
    }
}

/* The same id at both ends of the file: the first row that can be loaded keeps it. */
static void far_apart(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GString) text = g_string_new("id,capacity,lon,lat\nx,bad,1,1\nx,1,1,1\n");

    for (gsize i = 0; i < FM_WHOLE_ROWS; i++) {
        g_string_append_printf(text, "r%" G_GSIZE_FORMAT ",1,1,1\n", i);
    }
    g_string_append(text, "x,1,1,1\n");
    const FmLoadReport *report = fixture_load_text(&fixture, text->str, NULL);
    g_autofree char *rejects = fixture_rejects(&fixture);
    g_assert_cmpint(report->n_loaded, ==, FM_WHOLE_ROWS + 1);
    g_assert_cmpstr(rejects, ==,
                    "row,field,value,reason,id,capacity,lon,lat\n"
                    "1,capacity,bad,not a number,x,bad,1,1\n"
                    "8195,id,x,also in row 2,x,1,1,1\n");
}

/* Positions are judged by all of them, not by those of one part. */
static void one_part_misfits(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GString) text = g_string_new("id,lon,lat\n");

    for (gsize i = 0; i < 2 * FM_WHOLE_ROWS; i++) {
        g_string_append_printf(text, "r%" G_GSIZE_FORMAT ",1,%s\n", i,
                               i < FM_WHOLE_ROWS ? "91" : "1");
    }
    const FmLoadReport *report = fixture_load_text(&fixture, text->str, NULL);
    g_assert_cmpint(report->n_loaded, ==, FM_WHOLE_ROWS);
    g_assert_cmpint(report->n_rejected, ==, FM_WHOLE_ROWS);

    g_string_truncate(text, strlen("id,lon,lat\n"));
    for (gsize i = 0; i <= FM_WHOLE_ROWS; i++) {
        g_string_append_printf(text, "r%" G_GSIZE_FORMAT ",1,91\n", i);
    }
    const FmLoadOptions replace = {.mode = FM_LOAD_REPLACE};
    fixture_load_text_fails(&fixture, text->str, &replace, FM_ERROR_CRS,
                            "none of 8193 positions fits EPSG:4326 (row 1: ");
}

static void nothing_to_load(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GString) text = g_string_new("id,capacity,lon,lat\n");

    for (gsize i = 0; i <= FM_WHOLE_ROWS; i++) {
        g_string_append(text, ",1,1,1\n");
    }
    fixture_load_text_fails(&fixture, text->str, NULL, FM_ERROR_DATA,
                            "none of 8193 rows can be loaded; row 1: id '': empty");
    const FmLoadOptions strict = {.strict = TRUE};
    g_string_assign(text, "id,capacity,lon,lat\na,1,1,1\na,1,1,1\n");
    fixture_load_text_fails(&fixture, text->str, &strict, FM_ERROR_DATA,
                            "row 2: id 'a': also in row 1");
}

static gboolean stop_late(double fraction, const char *stage, void *user)
{
    (void)user;
    (void)stage;
    return fraction < 0.9;
}

static void cancelled(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    FmWorkspace *workspace = fixture_workspace(&fixture);
    FmProgress progress = fm_progress_init(stop_late, NULL);
    g_autoptr(GPtrArray) reports = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = mixed_table(FM_WHOLE_ROWS + 1);
    g_autoptr(FmSource) source =
        fixture_source(fixture_write(&fixture, "t.csv", text), "t", "EPSG:4326");
    const FmSource *sources[] = {source};

    g_assert_false(fm_load(workspace, NULL, sources, 1, NULL, &reports, NULL, &progress, &error));
    assert_error(error, FM_ERROR_CANCELLED, "");
    g_assert_null(fm_workspace_layer(workspace, "t", NULL));
}

void test_stream(void)
{
    g_test_add_func("/load/stream/borders", borders);
    g_test_add_func("/load/stream/features", features);
    g_test_add_func("/load/stream/far-apart", far_apart);
    g_test_add_func("/load/stream/one-part-misfits", one_part_misfits);
    g_test_add_func("/load/stream/nothing-to-load", nothing_to_load);
    g_test_add_func("/load/stream/cancelled", cancelled);
}
