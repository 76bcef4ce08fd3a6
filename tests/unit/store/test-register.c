/* What the registry says after each kind of write. */
#include "fm-unit.h"
#include "support.h"

static const FmLayerSpec full = {
    .name = "school",
    .kind = "school",
    .title_en = "Schools",
    .title_zh = "学校",
    .source = "schools.xlsx",
    .source_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    .licence = "CC BY 4.0",
    .note = "by hand",
    .modelled = TRUE,
};

static FmLayerInfo *write_spec(FmWorkspace *workspace, const FmLayerSpec *spec,
                               const FmTable *table, FmWriteMode mode)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);

    g_assert_true(fm_run_write(run, spec, table, mode, NULL, NULL, &error));
    g_assert_true(fm_run_commit(run, &error));
    FmLayerInfo *info = fm_workspace_layer(workspace, spec->name, &error);
    g_assert_no_error(error);
    g_assert_cmpint(info->run_id, ==, fm_run_id(run));
    return info;
}

static void assert_full(const FmLayerInfo *info)
{
    g_assert_cmpstr(info->kind, ==, full.kind);
    g_assert_cmpstr(info->title_en, ==, full.title_en);
    g_assert_cmpstr(info->title_zh, ==, full.title_zh);
    g_assert_cmpstr(info->source, ==, full.source);
    g_assert_cmpstr(info->source_sha256, ==, full.source_sha256);
    g_assert_cmpstr(info->licence, ==, full.licence);
    g_assert_cmpstr(info->note, ==, full.note);
    g_assert_true(info->modelled);
}

static void test_spec(void)
{
    static const FmLayerSpec bare = {.name = "school"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(30), more = test_schools(31);

    g_autoptr(FmLayerInfo) created = write_spec(workspace, &full, table, FM_WRITE_CREATE);
    assert_full(created);
    g_assert_cmpint(created->n_rows, ==, 30);
    g_assert_cmpint(created->n_unlocated, ==, 2);
    g_assert_cmpint(created->geometry_type, ==, FM_GEOMETRY_POINT);
    g_assert_cmpint(created->srid, ==, 4326);

    /* Updating keeps what it does not say; replacing forgets it, but for the kind. */
    g_autoptr(FmLayerInfo) updated = write_spec(workspace, &bare, more, FM_WRITE_UPDATE);
    assert_full(updated);
    g_assert_cmpint(updated->n_rows, ==, 31);
    g_assert_cmpstr(updated->content_sha256, !=, created->content_sha256);
    g_autoptr(FmLayerInfo) replaced = write_spec(workspace, &bare, table, FM_WRITE_REPLACE);
    g_assert_cmpstr(replaced->kind, ==, "school");
    g_assert_null(replaced->title_en);
    g_assert_null(replaced->source_sha256);
    g_assert_false(replaced->modelled);
    g_assert_cmpstr(replaced->content_sha256, ==, created->content_sha256);
    test_assert_sound(workspace);
}

static void test_kind_defaults_to_name(void)
{
    static const FmLayerSpec bare = {.name = "kiosk"};
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(1);

    g_autoptr(FmLayerInfo) info = write_spec(workspace, &bare, table, FM_WRITE_CREATE);
    g_assert_cmpstr(info->kind, ==, "kiosk");
}

static void test_column_titles(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(3), update = test_schools(3), bare = test_schools(3);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_assert_query(
        workspace, "SELECT group_concat(position || name || ifnull(title_zh, '')) FROM fm_column",
        "1id,2name_zh,3status,4opens,5capacity学位,6area_ha");
    /* An update brings one title and keeps the others. */
    fm_table_set_column_title(update, 0, "Identifier", NULL, NULL);
    fm_table_set_column_title(update, 4, "Seats", NULL, NULL);
    test_write_ok(workspace, "school", update, FM_WRITE_UPDATE);
    g_autoptr(FmTable) back = fm_workspace_read(workspace, "school", NULL, NULL, &error);
    g_assert_cmpstr(fm_table_column_title_en(back, 0), ==, "Identifier");
    g_assert_cmpstr(fm_table_column_title_en(back, 4), ==, "Seats");
    g_assert_cmpstr(fm_table_column_title_zh(back, 4), ==, "学位");
    g_assert_cmpstr(fm_table_column_unit(back, 4), ==, "places");
    /* A replacement forgets them. */
    fm_table_set_column_title(bare, 4, NULL, NULL, NULL);
    test_write_ok(workspace, "school", bare, FM_WRITE_REPLACE);
    test_assert_query(workspace, "SELECT COUNT(*) FROM fm_column WHERE title_en IS NOT NULL", "0");
}

static void test_crs_of_the_first_layer(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) plain = fm_table_new(FM_GEOMETRY_NONE), table = test_schools(30);
    g_autoptr(FmTable) paris = fm_table_new(FM_GEOMETRY_POINT);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "plain", plain, FM_WRITE_CREATE);
    g_assert_null(fm_workspace_get(workspace, "crs", &error));
    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_autofree char *crs = fm_workspace_get(workspace, "crs", &error);
    g_assert_cmpstr(crs, ==, "EPSG:4548");
    test_assert_query(workspace, "SELECT COUNT(*) FROM spatial_ref_sys WHERE srid = 4548", "1");

    fm_table_append_row(paris);
    fm_table_set_geometry(paris, 0, fm_geometry_new_point((FmLonLat){2.35, 48.85}));
    test_write_ok(workspace, "paris", paris, FM_WRITE_CREATE);
    g_autofree char *still = fm_workspace_get(workspace, "crs", &error);
    g_assert_cmpstr(still, ==, "EPSG:4548");
}

/* What QGIS and ogrinfo take extents and counts from. */
static void test_statistics(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_new_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(30), more = test_schools(40);

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    test_write_ok(workspace, "school", more, FM_WRITE_UPDATE);
    test_assert_query(workspace,
                      "SELECT COUNT(*) FROM geometry_columns_statistics JOIN (SELECT"
                      " MIN(MbrMinX(geom)) AS x0, MAX(MbrMaxY(geom)) AS y1, COUNT(*) AS n"
                      " FROM school) ON extent_min_x = x0 AND extent_max_y = y1 AND row_count = n",
                      "1");
}

void test_register(void)
{
    g_test_add_func("/store/register/spec", test_spec);
    g_test_add_func("/store/register/kind-defaults-to-name", test_kind_defaults_to_name);
    g_test_add_func("/store/register/column-titles", test_column_titles);
    g_test_add_func("/store/register/crs-of-the-first-layer", test_crs_of_the_first_layer);
    g_test_add_func("/store/register/statistics", test_statistics);
}
