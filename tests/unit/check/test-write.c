/* Findings as a layer: an earlier one is replaced, any other layer is left alone. */
#include "fm-unit.h"
#include "town.h"

static void test_replace(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    office_open(&office);
    FmTable *schools = town_schools();
    fm_table_set_geometry(schools, 0, fm_geometry_new_point((FmLonLat){0, 0}));
    office_put(&office, "school", "school", schools, "EPSG:4326");
    for (int i = 0; i < 2; i++) {
        g_autoptr(FmCheckReport) report = fm_check(office.workspace, NULL, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(report->layers->len, ==, 1); /* not the findings of the first time */
        g_assert_cmpint(fm_check_write(office.workspace, report, "check", "x", NULL, &error), >, 0);
        g_assert_no_error(error);
    }
    g_autoptr(FmTable) table = fm_workspace_read(office.workspace, "check", NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fm_table_n_rows(table), ==, 1);
    g_autoptr(FmLayerInfo) info = fm_workspace_layer(office.workspace, "check", &error);
    g_assert_cmpstr(info->kind, ==, "result");
    g_assert_cmpstr(info->title_zh, ==, "数据检查结果");
}

static void test_refused(void)
{
    g_auto(Office) office = {0};
    g_autoptr(GError) error = NULL;
    office_open(&office);
    office_put(&office, "school", "school", town_schools(), "EPSG:4326");
    g_autoptr(FmCheckReport) report = fm_check(office.workspace, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(fm_check_write(office.workspace, report, "school", NULL, NULL, &error), ==, 0);
    g_assert_error(error, FM_ERROR, FM_ERROR_DATA);
    g_clear_error(&error);
    g_assert_cmpint(fm_check_write(office.workspace, report, "No Name", NULL, NULL, &error), ==, 0);
    g_assert_error(error, FM_ERROR, FM_ERROR_USAGE);
    g_clear_error(&error);
    g_autoptr(FmTable) table = fm_workspace_read(office.workspace, "school", NULL, NULL, &error);
    g_assert_cmpuint(fm_table_n_rows(table), ==, TOWN_PLACES);
}

void test_write(void)
{
    g_test_add_func("/check/write/replace", test_replace);
    g_test_add_func("/check/write/refused", test_refused);
}
