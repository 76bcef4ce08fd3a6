/* Ranges of a number: exact runs, runs within the values of another column, classes. */
#include "told.h"

#include <fm-unit.h>
#include <math.h>

enum { MANY = 200 };

/* 0 … MANY-1 in a scattered order, every 50th NULL. */
static FmTable *many(const char *const *kinds)
{
    g_autofree double *numbers = g_new(double, MANY);
    g_autofree const char **names = g_new0(const char *, MANY);
    for (gsize i = 0; i < MANY; i++) {
        gsize value = i * 73 % MANY;
        numbers[i] = value % 50 == 49 ? (double)NAN : (double)value;
        names[i] = kinds != NULL ? kinds[value % 2] : NULL;
    }
    return fixture_points(names, numbers, MANY);
}

static void test_ranges(void)
{
    told_assert(
        "'paint': {'circle-radius': ['step', ['coalesce', ['get', 'n'], -1], 1, 0, 2, 100, 3]}",
        many(NULL),
        "\"n\" >= 0 AND \"n\" < 100 > 0 – 98 (98)\n"
        "\"n\" >= 100 > 100 – 198 (98)\n"
        "\"n\" IS NULL > – (4)");
}

/* The number alone tells every row, but only the kind makes ranges of it. */
static void test_ranges_within_values(void)
{
    static const char *const kinds[] = {"even", "odd"};
    told_assert("'filter': ['==', ['get', 'kind'], 'odd'],"
                "'paint': {'circle-radius': ['step', ['coalesce', ['get', 'n'], 0], 2, 100, 3]}",
                many(kinds),
                "(\"kind\" = 'odd') AND (\"n\" >= 1 AND \"n\" < 101) > odd · 1 – 97 (48)\n"
                "(\"kind\" = 'odd') AND (\"n\" >= 101) > odd · 101 – 197 (48)\n"
                "(\"kind\" = 'odd') AND (\"n\" IS NULL) > odd · – (4)");
}

/* A continuous property is cut into classes that cover every value once. */
static void test_classes(void)
{
    gboolean exact = TRUE;
    g_autofree char *text = told("'paint': {'circle-radius': ['interpolate', ['linear'],"
                                 " ['coalesce', ['get', 'n'], 0], 0, 1, 200, 50]}",
                                 many(NULL), &exact);
    g_assert_false(exact);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 13); /* twelve, and those without a value */
    g_assert_true(g_str_has_prefix(lines[0], "\"n\" >= 0 AND \"n\" < "));
    g_assert_true(g_str_has_suffix(lines[11], " – 198 (17)"));
}

void test_look_ranges(void)
{
    g_test_add_func("/export/look-ranges/runs", test_ranges);
    g_test_add_func("/export/look-ranges/within-values", test_ranges_within_values);
    g_test_add_func("/export/look-ranges/classes", test_classes);
}
