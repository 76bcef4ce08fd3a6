#include "fixture.h"
#include "fm-unit.h"

static void sets(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GError) error = NULL;
    FmWorkspace *workspace = fixture_workspace(&fixture);
    FmDataset dataset = {.path = (char *)(guintptr) "d.json",
                         .title_zh = (char *)(guintptr) "河城",
                         .workspace_crs = (char *)(guintptr) "EPSG:32632"};
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);

    g_assert_true(fm_dataset_set_properties(workspace, run, &dataset, &error));
    g_assert_no_error(error);
    g_autofree char *title = fm_workspace_get(workspace, "title_zh", NULL);
    g_autofree char *crs = fm_workspace_get(workspace, "crs", NULL);
    g_autofree char *note = fm_workspace_get(workspace, "note", NULL);
    g_assert_cmpstr(title, ==, "河城");
    g_assert_cmpstr(crs, ==, "EPSG:32632");
    g_assert_null(note);

    /* The first system stays. */
    dataset.workspace_crs = (char *)(guintptr) "EPSG:32633";
    g_assert_true(fm_dataset_set_properties(workspace, run, &dataset, &error));
    g_autofree char *again = fm_workspace_get(workspace, "crs", NULL);
    g_assert_cmpstr(again, ==, "EPSG:32632");
}

static void not_projected(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GError) error = NULL;
    FmWorkspace *workspace = fixture_workspace(&fixture);
    FmDataset dataset = {.path = (char *)(guintptr) "d.json",
                         .workspace_crs = (char *)(guintptr) "EPSG:4326"};
    g_autoptr(FmRun) run = fm_run_begin(workspace, "load", NULL, NULL, &error);

    g_assert_false(fm_dataset_set_properties(workspace, run, &dataset, &error));
    assert_error(error, FM_ERROR_CRS, "d.json: workspace_crs: EPSG:4326 is not a projected system");
}

void test_properties(void)
{
    g_test_add_func("/load/properties/sets", sets);
    g_test_add_func("/load/properties/not-projected", not_projected);
}
