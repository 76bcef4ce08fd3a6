#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"

#include <string.h>

static void quoted_where_needed(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path =
        fixture_write(&fixture, "t.csv", "id,note\n1,\"a, \"\"b\"\"\nc\"\n2, blanks \n3,学校\n");
    g_autoptr(FmSource) source = fm_source_new(path);
    g_autoptr(FmRaw) raw = fm_raw_read(source, NULL, NULL);
    fm_problems_add(raw->problems, 0, "note", "a, \"b\"\nc", "bad");
    fm_problems_add(raw->problems, 1, "id", "2", "bad; worse");
    const char *out = fixture_path(&fixture, "out.csv");
    g_autoptr(FmRejects) rejects = fm_rejects_write(out, raw, raw->problems, &error);
    g_autofree char *text = NULL;

    g_assert_no_error(error);
    g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
    g_assert_true(fm_rejects_keep(rejects, &error));
    g_assert_true(g_file_get_contents(out, &text, NULL, NULL));
    g_assert_cmpstr(text, ==,
                    "row,field,value,reason,id,note\n"
                    "1,note,\"a, \"\"b\"\"\nc\",bad,1,\"a, \"\"b\"\"\nc\"\n"
                    "2,id,2,\"bad; worse\",2,\" blanks \"\n");
}

static void nothing_left_when_not_kept(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    g_autoptr(FmRaw) raw = fm_raw_new("t.csv");
    const char *out = fixture_path(&fixture, "out.csv");
    g_autofree char *part = g_strconcat(out, ".part", NULL);
    FmRejects *rejects = fm_rejects_write(out, raw, raw->problems, &error);

    g_assert_true(g_file_test(part, G_FILE_TEST_EXISTS));
    fm_rejects_free(rejects);
    g_assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
    fm_rejects_free(NULL);
    g_assert_null(fm_rejects_write("/nowhere/at/all.csv", raw, raw->problems, &error));
    assert_error(error, FM_ERROR_IO, "the reject file cannot be written");
}

static void own_columns(void)
{
    static const struct {
        const char *headings;
        gsize n;
    } cases[] = {
        {"row,field,value,reason,id", 4},
        {"row,field,value,reason", 0},
        {"row,field,reason,value,id", 0},
        {"id", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
        g_auto(GStrv) names = g_strsplit(cases[i].headings, ",", -1);
        for (char **name = names; *name != NULL; name++) {
            fm_table_add_column(table, *name, FM_COLUMN_TEXT);
        }
        g_assert_cmpuint(fm_rejects_n_own_columns(table), ==, cases[i].n);
    }
}

/* Corrected in one place, the file loads as it is: from a table and from a format with geometry. */
static void corrected_it_loads(void)
{
    static const char *const files[] = {"t.csv", "t.gpkg"};
    const FmLoadOptions append = {.mode = FM_LOAD_APPEND};

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_auto(Fixture) fixture;
        g_autoptr(GError) error = NULL;
        fixture_init(&fixture);
        const char *path = fixture_path(&fixture, files[i]);
        if (i == 0) {
            fixture_write(
                &fixture, files[i],
                "id,name,status,lon,lat\n1,a,open,116.4,39.9\n2,\"b, c\",opn,116.5,39.8\n");
        } else {
            ogr_file_write("GPKG", path, "t", "id,name,status",
                           "1|a|open|POINT (116.4 39.9);2|b, c|opn|POINT (116.5 39.8)", TRUE,
                           "EPSG:4326", NULL);
        }
        g_autoptr(FmSource) source = fixture_source(path, "t", i == 0 ? "EPSG:4326" : "");
        g_assert_true(fixture_load(&fixture, source, NULL, &error));
        g_autofree char *rejects = fixture_rejects(&fixture);
        char *wrong = strstr(rejects, "opn,"); /* the value column */
        wrong = strstr(wrong + 1, "opn");      /* the source's own */
        memcpy(wrong, "open", 3);
        g_autoptr(GString) corrected = g_string_new(rejects);
        g_string_replace(corrected, "ope,", "open,", 0);
        const char *again = fixture_write(&fixture, "again.csv", corrected->str);
        g_autoptr(FmSource) second = fixture_source(again, "t", "EPSG:4326");
        g_assert_true(fixture_load(&fixture, second, &append, &error));
        g_assert_no_error(error);

        g_autoptr(FmTable) table = fixture_read(&fixture, NULL);
        g_assert_cmpuint(fm_table_n_rows(table), ==, 2);
        g_assert_cmpuint(fm_table_find_column(table, "reason"), ==, FM_COLUMN_NONE);
        g_assert_cmpstr(fm_table_text(table, fm_table_find_column(table, "name_en"), 1), ==,
                        "b, c");
        const FmGeometry *geometry = fm_table_geometry(table, 1);
        g_assert_cmpfloat(geometry->points[0].lon_deg, ==, 116.5);
        g_assert_cmpfloat(geometry->points[0].lat_deg, ==, 39.8);
    }
}

void test_rejects(void)
{
    g_test_add_func("/load/rejects/quoted", quoted_where_needed);
    g_test_add_func("/load/rejects/nothing-left", nothing_left_when_not_kept);
    g_test_add_func("/load/rejects/own-columns", own_columns);
    g_test_add_func("/load/rejects/corrected-it-loads", corrected_it_loads);
}
