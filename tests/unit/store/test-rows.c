/* Rows in and out: what is written is what is read, append and update, and what is refused. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

static void test_round_trip(void)
{
    g_auto(TestFolder) folder = {NULL};
    test_folder_init(&folder);
    g_autoptr(FmWorkspace) workspace = test_workspace(&folder, "a.sqlite");
    g_autoptr(FmTable) table = test_schools(1000);
    g_autoptr(GError) error = NULL;

    test_write_ok(workspace, "school", table, FM_WRITE_CREATE);
    g_autoptr(FmTable) back = fm_workspace_read(workspace, "school", NULL, NULL, &error);
    g_assert_no_error(error);
    test_assert_tables_equal(table, back);
    test_assert_sound(workspace);
}

void test_rows(void)
{
    g_test_add_func("/store/rows/round-trip", test_round_trip);
}
