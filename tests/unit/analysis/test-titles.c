/* Titles of limits in both languages, and columns from a table of specs. */
#include "fixture.h"
#include "fm-unit.h"

static void check_limit(const char *text, const char *en, const char *zh)
{
    FmLimit limit = fixture_limit(text);
    g_autofree char *title_en = fm_limit_title(&limit, FM_LANG_EN);
    g_autofree char *title_zh = fm_limit_title(&limit, FM_LANG_ZH);
    g_assert_cmpstr(title_en, ==, en);
    g_assert_cmpstr(title_zh, ==, zh);
}

static void test_limit(void)
{
    check_limit("3km", "3 km", "3 公里");
    check_limit("800m", "800 m", "800 米");
    check_limit("1.5mi", "1.5 mi", "1.5 英里");
    check_limit("15min", "15 min", "15 分钟");
}

static void test_list(void)
{
    const FmLimit limits[] = {fixture_limit("1km"), fixture_limit("3km"), fixture_limit("5km")};
    const char *const en[] = {"1 km", "1 km and 3 km", "1 km, 3 km and 5 km"};
    const char *const zh[] = {"1 公里", "1 公里、3 公里", "1 公里、3 公里、5 公里"};
    for (gsize n = 1; n <= G_N_ELEMENTS(limits); n++) {
        g_autofree char *title_en = fm_limits_title(limits, n, FM_LANG_EN);
        g_autofree char *title_zh = fm_limits_title(limits, n, FM_LANG_ZH);
        g_assert_cmpstr(title_en, ==, en[n - 1]);
        g_assert_cmpstr(title_zh, ==, zh[n - 1]);
    }
}

static void test_columns(void)
{
    const FmColumnSpec specs[] = {
        {"within", FM_COLUMN_TEXT, "Within", "范围", NULL},
        {"people", FM_COLUMN_REAL, "People", "人口", "people"},
    };
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_NONE);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    g_assert_cmpuint(fm_table_n_columns(table), ==, 2);
    g_assert_cmpuint(fm_table_find_column(table, "people"), ==, 1);
    g_assert_cmpint(fm_table_column_type(table, 1), ==, FM_COLUMN_REAL);
    g_assert_cmpstr(fm_table_column_title_zh(table, 1), ==, "人口");
    g_assert_cmpstr(fm_table_column_unit(table, 1), ==, "people");
    g_assert_null(fm_table_column_unit(table, 0));
}

void test_titles(void)
{
    g_test_add_func("/analysis/titles/limit", test_limit);
    g_test_add_func("/analysis/titles/list", test_list);
    g_test_add_func("/analysis/titles/columns", test_columns);
}
