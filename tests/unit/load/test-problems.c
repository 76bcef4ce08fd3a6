#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static void keeps_the_first(void)
{
    g_autoptr(GHashTable) problems = fm_problems_new();

    fm_problems_add(problems, 2, "capacity", "12a", "not a %s", "number");
    fm_problems_add(problems, 2, "id", "x", "also in row 1");
    const FmProblem *problem = fm_problems_get(problems, 2);
    g_assert_cmpstr(problem->field, ==, "capacity");
    g_assert_cmpstr(problem->reason, ==, "not a number");
    g_assert_null(fm_problems_get(problems, 0));
    g_assert_cmpuint(g_hash_table_size(problems), ==, 1);
}

static void describes_in_one_short_line(void)
{
    g_autoptr(GHashTable) problems = fm_problems_new();

    fm_problems_add(problems, 4, "name", "a\nb", "bad");
    fm_problems_add(problems, 3, "", NULL, "9 values under 8 columns");
    fm_problems_add(problems, 7, "note", "\xff", "not valid UTF-8");
    g_autofree char *first = fm_problems_describe_first(problems, 0, 10);
    g_assert_cmpstr(first, ==, "row 4: 9 values under 8 columns");
    g_autofree char *second = fm_problem_describe(fm_problems_get(problems, 4), 4);
    g_assert_cmpstr(second, ==, "row 5: name 'a b': bad");
    g_assert_true(g_utf8_validate(fm_problems_get(problems, 7)->value, -1, NULL));
    g_assert_null(fm_problems_describe_first(problems, 0, 3));
}

static void cuts_by_characters(void)
{
    g_autoptr(GHashTable) problems = fm_problems_new();
    g_autoptr(GString) value = g_string_new(NULL);

    for (int i = 0; i < 100; i++) {
        g_string_append(value, "学");
    }
    fm_problems_add(problems, 0, "name", value->str, "bad");
    g_autofree char *text = fm_problem_describe(fm_problems_get(problems, 0), 0);
    g_assert_true(g_utf8_validate(text, -1, NULL));
    assert_contains(text, "学…'");
    g_assert_cmpint(g_utf8_strlen(text, -1), <, 70);
    g_assert_cmpstr(fm_problems_get(problems, 0)->value, ==, value->str);
}

void test_problems(void)
{
    g_test_add_func("/load/problems/keeps-the-first", keeps_the_first);
    g_test_add_func("/load/problems/one-line", describes_in_one_short_line);
    g_test_add_func("/load/problems/cuts-by-characters", cuts_by_characters);
}
