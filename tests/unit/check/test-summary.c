/* One line about a table. */
#include "fm-unit.h"
#include "town.h"

static void test_line(void)
{
    g_autoptr(FmTable) table = town_schools();
    g_assert_null(fm_check_table_summary(table, "school"));
    /* a note is not worth a line, two warnings and an error are */
    fm_table_set_text(table, fm_table_find_column(table, "name_en"), 1, NULL);
    g_assert_null(fm_check_table_summary(table, "school"));
    fm_table_set_real(table, fm_table_find_column(table, "capacity"), 2, -1);
    fm_table_set_real(table, fm_table_find_column(table, "capacity"), 3, 0);
    fm_table_set_geometry(table, 4, fm_geometry_new_point((FmLonLat){0, 0}));
    g_autofree char *line = fm_check_table_summary(table, "school");
    g_assert_cmpstr(line, ==,
                    "Position 0, 0: 1, Value out of range: 2; 'facmap check WS school' shows the "
                    "rows and why");
}

static void test_large(void)
{
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    gsize capacity = fm_table_add_column(table, "capacity", FM_COLUMN_REAL);
    for (int i = 0; i < 10001; i++)
        fm_table_set_real(table, capacity, fm_table_append_row(table), -1);
    g_assert_null(fm_check_table_summary(table, "large"));
}

void test_summary(void)
{
    g_test_add_func("/check/summary/line", test_line);
    g_test_add_func("/check/summary/large", test_large);
}
