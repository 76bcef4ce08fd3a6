/* Reference lines by name. */
#include "fm-unit.h"
#include "town.h"

static void test_named(void)
{
    g_autoptr(FmLineSet) lines = fm_line_set_new("street", town_streets());
    g_assert_cmpuint(g_hash_table_size(lines->rows), ==, 2 * TOWN_STREETS);
    const GArray *pieces = g_hash_table_lookup(lines->rows, "东西03路");
    g_assert_cmpuint(pieces->len, ==, TOWN_STREETS - 1);
    g_assert_cmpstr(fm_line_set_named_in(lines, "东区东西０３路5号"), ==, "东西03路");
    g_assert_cmpstr(fm_line_set_named_in(lines, "东西03路"), ==, "东西03路");
    g_assert_null(fm_line_set_named_in(lines, "东西99路5号"));
    g_assert_null(fm_line_set_named_in(lines, ""));
}

/* The longest name wins, wherever it stands; names of two characters are not used. */
static void test_longest(void)
{
    const Place places[] = {
        {"1", "平安路", NULL, NULL, NULL, NULL, NULL, NULL, 1, {1, 1}},
        {"2", "新平安路", NULL, NULL, NULL, NULL, NULL, NULL, 1, {1, 1}},
        {"3", "前街", NULL, NULL, NULL, NULL, NULL, NULL, 1, {1, 1}},
    };
    g_autoptr(FmLineSet) lines = fm_line_set_new("street", town_table(places, 3));
    g_assert_cmpstr(fm_line_set_named_in(lines, "平安路口新平安路2号"), ==, "新平安路");
    g_assert_null(fm_line_set_named_in(lines, "前街9号"));
}

void test_lines(void)
{
    g_test_add_func("/check/lines/named", test_named);
    g_test_add_func("/check/lines/longest", test_longest);
}
