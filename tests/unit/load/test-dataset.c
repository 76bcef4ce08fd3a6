#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

#define HEAD "{\"facmap\": \"dataset\", \"version\": 1, "

static void everything_that_a_manifest_may_say(void)
{
    const char *text = HEAD
        "\"name\": \"town\", \"title\": {\"en\": \"Town\", \"zh\": \"镇\"},"
        "\"date\": \"2021\", \"workspace_crs\": \"EPSG:4548\", \"licence\": \"L\","
        "\"note\": \"N\", \"columns\": {\"id\": {\"en\": \"Id\"}, \"c\": {\"zh\": \"旧\"}},"
        "\"sources\": [{\"path\": \"a.xlsx\", \"ogr_layer\": \"Sheet1\", \"kind\": \"school\","
        "\"layer\": \"s\", \"crs\": \"GCJ-02\", \"encoding\": \"GB18030\","
        "\"title\": {\"zh\": \"学校\"}, \"fields\": {\"id\": \"编号\"},"
        "\"geometry\": {\"x\": \"经度\", \"y\": \"纬度\", \"cell_m\": 500}, \"modelled\": true,"
        "\"licence\": \"M\", \"source\": \"S\", \"note\": \"O\","
        "\"columns\": {\"c\": {\"zh\": \"新\"}}},"
        "{\"path\": \"/abs/b.gpkg\", \"geometry\": {\"wkt\": \"g\"}}]}";
    g_autoptr(GError) error = NULL;
    g_autoptr(FmDataset) dataset =
        fm_dataset_parse(text, strlen(text), "/data/town/dataset.json", &error);

    g_assert_no_error(error);
    g_assert_cmpstr(dataset->name, ==, "town");
    g_assert_cmpstr(dataset->title_zh, ==, "镇");
    g_assert_cmpstr(dataset->workspace_crs, ==, "EPSG:4548");
    g_assert_cmpuint(dataset->sources->len, ==, 2);
    const FmSource *a = g_ptr_array_index(dataset->sources, 0);
    g_assert_cmpstr(a->path, ==, "/data/town/a.xlsx");
    g_assert_cmpstr(a->ogr_layer, ==, "Sheet1");
    g_assert_cmpstr(a->crs, ==, "GCJ-02");
    g_assert_cmpstr(a->x_field, ==, "经度");
    g_assert_cmpstr(g_hash_table_lookup(a->fields, "id"), ==, "编号");
    g_assert_cmpfloat(a->cell_m, ==, 500);
    g_assert_true(a->modelled);
    g_assert_null(a->title_en);
    const FmColumnTitle *last = g_ptr_array_index(a->column_titles, a->column_titles->len - 1);
    g_assert_cmpuint(a->column_titles->len, ==, 3);
    g_assert_cmpstr(last->title_zh, ==, "新");
    const FmSource *b = g_ptr_array_index(dataset->sources, 1);
    g_assert_cmpstr(b->path, ==, "/abs/b.gpkg");
    g_assert_cmpstr(b->wkt_field, ==, "g");
    g_assert_cmpuint(b->column_titles->len, ==, 2);
}

static void errors_name_the_place(void)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"{}", "dataset.json: facmap: must be \"dataset\""},
        {"{\"facmap\": \"dataset\"}", "version: must be 1"},
        {"{\"facmap\": \"dataset\", \"version\": 2}", "version: must be 1"},
        {"{\"facmap\": \"dataset\", \"version\": \"1\"}", "version: not a number"},
        {HEAD "\"sources\": []}", "sources: missing or empty"},
        {HEAD "\"name\": 1}", "name: not a string"},
        {HEAD "\"nmae\": \"x\"}", "nmae: unknown key; known are facmap, version, name"},
        {HEAD "\"title\": \"x\"}", "title: not an object"},
        {HEAD "\"title\": {\"fr\": \"x\"}}", "title.fr: unknown key; known are en, zh"},
        {HEAD "\"sources\": {}}", "sources: not a list"},
        {HEAD "\"sources\": [1]}", "sources[0]: not an object"},
        {HEAD "\"sources\": [{}]}", "sources[0].path: missing"},
        {HEAD "\"sources\": [{\"path\": \"a\"}, {\"path\": \"b\", \"pth\": 1}]}",
         "sources[1].pth: unknown key"},
        {HEAD "\"sources\": [{\"path\": \"a\", \"geometry\": {\"x\": \"b\"}}]}",
         "sources[0].geometry: needs x and y, or wkt"},
        {HEAD "\"sources\": [{\"path\": \"a\", \"geometry\": {}}]}", "needs x and y, or wkt"},
        {HEAD "\"sources\": [{\"path\": \"a\", \"geometry\": {\"z\": \"b\"}}]}",
         "sources[0].geometry.z: unknown key; known are x, y, wkt, cell_m"},
        {HEAD
         "\"sources\": [{\"path\": \"a\", \"geometry\": {\"x\":\"a\",\"y\":\"b\",\"wkt\":\"c\"}}]}",
         "needs x and y, or wkt"},
        {HEAD "\"sources\": [{\"path\": \"a\", \"geometry\": {\"cell_m\": 0}}]}",
         "sources[0].geometry.cell_m: not a positive number of metres"},
        {HEAD "\"sources\": [{\"path\": \"a\", \"modelled\": 1}]}", "neither true nor false"},
        {HEAD "\"sources\": [{\"path\": \"a\", \"fields\": {\"id\": 1}}]}",
         "sources[0].fields.id: not a string"},
        {HEAD "\"sources\": [{\"path\": \"a\", \"columns\": {\"c\": \"x\"}}]}",
         "sources[0].columns.c: not an object"},
        {HEAD "\"columns\": 1, \"sources\": [{\"path\": \"a\"}]}", "columns: not an object"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(
            fm_dataset_parse(cases[i].text, strlen(cases[i].text), "d/dataset.json", &error));
        assert_error(error, FM_ERROR_PARSE, cases[i].words);
    }
}

static void files_are_looked_for(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    fixture_write(&fixture, "a.csv", "id\n");
    const char *path =
        fixture_write(&fixture, "dataset.json",
                      HEAD "\"sources\": [{\"path\": \"a.csv\"}, {\"path\": \"b.csv\"}]}");

    g_assert_null(fm_dataset_read(path, &error));
    assert_error(error, FM_ERROR_NOT_FOUND, "b.csv (sources[1])");
    g_assert_null(strstr(error->message, "a.csv"));
    fixture_write(&fixture, "b.csv", "id\n");
    g_autoptr(FmDataset) dataset = fm_dataset_read(path, NULL);
    g_assert_nonnull(dataset);
    g_clear_error(&error);
    g_assert_null(fm_dataset_read(fixture_path(&fixture, "none.json"), &error));
    assert_error(error, FM_ERROR_NOT_FOUND, "none.json: no such file");
}

/* The example in docs/dataset.md is what it says. */
static void documented_example(void)
{
    const char *top = g_getenv("FACMAP_SOURCE");
    g_autofree char *path = g_build_filename(top != NULL ? top : "", "docs", "dataset.md", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_test_skip("FACMAP_SOURCE does not say where the source tree is");
        return;
    }
    const char *begin = strstr(text, "```json\n{\n  \"facmap\": \"dataset\"");
    g_assert_nonnull(begin);
    begin = strchr(begin, '{');
    const char *end = strstr(begin, "```");
    g_assert_nonnull(end);
    g_autoptr(FmDataset) dataset =
        fm_dataset_parse(begin, (gsize)(end - begin), "dataset.json", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(dataset->sources->len, ==, 2);
}

static void tells_manifests_from_other_files(void)
{
    static const struct {
        const char *text;
        gboolean manifest;
    } cases[] = {
        {HEAD "}", TRUE},
        {"\n {\n \"name\": \"x\", \"facmap\" : \"dataset\"", TRUE},
        {"{\"facmap\": \"style\"}", FALSE},
        {"{\"type\": \"FeatureCollection\"}", FALSE},
        {"id,\"facmap\": \"dataset\"", FALSE},
        {"", FALSE},
    };

    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *path = fixture_write(&fixture, "f", cases[i].text);
        g_assert_true(fm_dataset_is_manifest(path) == cases[i].manifest);
    }
    g_assert_false(fm_dataset_is_manifest(fixture_path(&fixture, "none")));
    g_assert_false(fm_dataset_is_manifest(fixture.folder));
}

void test_dataset(void)
{
    g_test_add_func("/load/dataset/everything", everything_that_a_manifest_may_say);
    g_test_add_func("/load/dataset/errors", errors_name_the_place);
    g_test_add_func("/load/dataset/files", files_are_looked_for);
    g_test_add_func("/load/dataset/documented", documented_example);
    g_test_add_func("/load/dataset/is-manifest", tells_manifests_from_other_files);
}
