#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static char *last_of(Fixture *fixture, const char *column)
{
    g_autoptr(FmTable) runs = fm_workspace_runs(fixture_workspace(fixture), NULL);

    return g_strdup(
        fm_table_text(runs, fm_table_find_column(runs, column), fm_table_n_rows(runs) - 1));
}

static void files_mappings_and_counts(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);

    const FmLoadReport *report =
        fixture_load_text(&fixture, "编号,名称,经度,纬度\na,甲,10,50\nb,乙,,\nb,丙,10,50\n", NULL);
    g_assert_cmpuint(strlen(report->sha256), ==, 64);
    g_autofree char *inputs = last_of(&fixture, "inputs");
    g_autofree char *parameters = last_of(&fixture, "parameters");
    assert_contains(inputs, "\"file\":\"t.csv\",\"rows\":3");
    assert_contains(inputs, report->sha256);
    assert_contains(parameters, "\"name_zh <- 名称\"");
    assert_contains(parameters, "\"geom <- 经度, 纬度\"");
    assert_contains(parameters, "\"read\":3,\"loaded\":2,");
    assert_contains(parameters, "'编号' is not taken as id: it has 'b', not the only one");
    assert_contains(parameters, "\"mode\":\"create\"");
}

void test_run_log(void)
{
    g_test_add_func("/load/run-log/load", files_mappings_and_counts);
}
