#include "fixture.h"
#include "fm-unit.h"

static void layer_names(void)
{
    static const struct {
        const char *path, *name;
    } cases[] = {
        {"schools.csv", "schools"},
        {"/data/2021 Key-Schools.csv.gz", "key_schools"},
        {"北京schools学校.xlsx", "schools"},
        {"a..b.geojson", "a_b"},
        {"Hospitals (3A).gpkg", "hospitals_3a"},
        {"file.gpkg|layername=x", "file"},
        {"/vsizip/a.zip/inner_table.csv", "inner_table"},
        {"data.zip", "data"},
        {"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij.csv",
         "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = fm_path_layer_name(cases[i].path, NULL);
        g_assert_cmpstr(name, ==, cases[i].name);
        g_assert_true(fm_layer_name_check(name, NULL));
    }
}

static void layer_name_impossible(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(fm_path_layer_name("学校.csv", &error));
    assert_error(error, FM_ERROR_USAGE, "pass --layer NAME");
    assert_contains(error->message, "学校");
    g_clear_error(&error);
    g_assert_null(fm_path_layer_name("2021.csv", &error));
    assert_error(error, FM_ERROR_USAGE, "--layer");
}

static void for_gdal_and_on_disk(void)
{
    static const struct {
        const char *path, *gdal, *disk;
    } cases[] = {
        {"a.csv", "a.csv", "a.csv"},
        {"a.csv.gz", "/vsigzip/a.csv.gz", "a.csv.gz"},
        {"/d/a.ZIP", "/vsizip//d/a.ZIP", "/d/a.ZIP"},
        {"/vsigzip//d/a.csv.gz", "/vsigzip//d/a.csv.gz", "/d/a.csv.gz"},
        {"/vsizip/d/a.zip/in/b.shp", "/vsizip/d/a.zip/in/b.shp", "d/a.zip"},
        {"a.gpkg|layername=b", "a.gpkg", "a.gpkg"},
        {"/vsimem/a.csv", "/vsimem/a.csv", NULL},
        {"PG:dbname=x", "PG:dbname=x", NULL},
        {".gz", ".gz", ".gz"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *gdal = fm_path_for_gdal(cases[i].path);
        g_autofree char *disk = fm_path_on_disk(cases[i].path);
        g_assert_cmpstr(gdal, ==, cases[i].gdal);
        g_assert_cmpstr(disk, ==, cases[i].disk);
    }
}

static void kinds_and_names(void)
{
    g_autofree char *name = fm_path_name("/x/y/a.gpkg|layername=b/c");
    g_autofree char *inner = fm_path_inner_layer("/x/y/a.gpkg|layername=b/c");

    g_assert_cmpstr(name, ==, "a.gpkg");
    g_assert_cmpstr(inner, ==, "b/c");
    g_assert_null(fm_path_inner_layer("a.gpkg"));
    g_assert_true(fm_path_is_text_table("a.CSV"));
    g_assert_true(fm_path_is_text_table("/vsigzip/a.csv.gz"));
    g_assert_true(fm_path_is_text_table("a.tsv"));
    g_assert_true(fm_path_is_text_table("/vsizip/a.zip/b.txt"));
    g_assert_false(fm_path_is_text_table("a.csv.xlsx"));
    g_assert_false(fm_path_is_text_table("csv"));
}

/* Connection strings are shown and logged, their passwords are not. */
static void masks(void)
{
    static const struct {
        const char *text, *masked;
    } cases[] = {
        {"a.csv", "a.csv"},
        {"PG:dbname=x password=secret user=bob", "PG:dbname=x password=*** user=bob"},
        {"PG:dbname=x PASSWORD = 'se cr\\'et' user=bob", "PG:dbname=x PASSWORD = *** user=bob"},
        {"PG:dbname=x password=", "PG:dbname=x password=***"},
        {"MSSQL:server=s;PWD=secret;x=1", "MSSQL:server=s;PWD=***;x=1"},
        {"PG:postgresql://bob:secret@host/x", "PG:postgresql://bob:***@host/x"},
        {"https://host/a.geojson?x=1", "https://host/a.geojson?x=1"},
        {"load ws 'PG:password=a b'", "load ws 'PG:password=*** b'"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *masked = fm_path_mask(cases[i].text);
        g_assert_cmpstr(masked, ==, cases[i].masked);
    }
    g_autofree char *none = fm_path_mask(NULL);
    g_assert_null(none);
    g_autofree char *name = fm_path_name("PG:host=/run/db password=secret");
    g_assert_cmpstr(name, ==, "PG:host=/run/db password=***");
}

void test_path(void)
{
    g_test_add_func("/load/path/masks", masks);
    g_test_add_func("/load/path/layer-names", layer_names);
    g_test_add_func("/load/path/layer-name-impossible", layer_name_impossible);
    g_test_add_func("/load/path/for-gdal-and-on-disk", for_gdal_and_on_disk);
    g_test_add_func("/load/path/kinds-and-names", kinds_and_names);
}
