/* Pairs and twins against what a hash table says; in memory, and by way of a temporary file. */
#include "fm-unit.h"
#include "support.h"

static void add(FmMatcher *matcher, FmMatchSide side, const char *key, gint64 row)
{
    g_assert_true(fm_matcher_add(matcher, side, key, strlen(key), row, NULL));
}

static void test_small(void)
{
    g_autoptr(FmMatcher) matcher = fm_matcher_new();
    gint64 known = 0, rows[2];

    add(matcher, FM_MATCH_KNOWN, "a", 10);
    add(matcher, FM_MATCH_KNOWN, "b", 11);
    add(matcher, FM_MATCH_KNOWN, "", 12);
    add(matcher, FM_MATCH_COMING, "c", 4);
    add(matcher, FM_MATCH_COMING, "", 2);
    add(matcher, FM_MATCH_COMING, "a", 9);
    g_assert_true(fm_matcher_join(matcher, NULL));
    g_assert_false(fm_matcher_has_twins(matcher, FM_MATCH_KNOWN, rows));
    g_assert_false(fm_matcher_has_twins(matcher, FM_MATCH_COMING, rows));
    g_assert_cmpint(fm_matcher_first_unmatched(matcher), ==, 4);
    /* Rows that are not asked for are passed over. */
    g_assert_true(fm_matcher_find(matcher, 1, &known, NULL));
    g_assert_cmpint(known, ==, FM_MATCH_NONE);
    g_assert_true(fm_matcher_find(matcher, 4, &known, NULL));
    g_assert_cmpint(known, ==, FM_MATCH_NONE);
    g_assert_true(fm_matcher_find(matcher, 9, &known, NULL));
    g_assert_cmpint(known, ==, 10);
    g_assert_true(fm_matcher_find(matcher, 10, &known, NULL));
    g_assert_cmpint(known, ==, FM_MATCH_NONE);
}

/* Of rows with one key each has at most one on the other side. */
static void test_twins(void)
{
    g_autoptr(FmMatcher) matcher = fm_matcher_new();
    gint64 first = 0, second = 0, third = 0, rows[2];

    for (gint64 row = 0; row < 2; row++) {
        add(matcher, FM_MATCH_KNOWN, "a", row - 1); /* keys may be negative */
    }
    add(matcher, FM_MATCH_COMING, "a", 7);
    add(matcher, FM_MATCH_COMING, "a", 3);
    add(matcher, FM_MATCH_COMING, "a", 5);
    add(matcher, FM_MATCH_COMING, "b", 1);
    add(matcher, FM_MATCH_COMING, "b", 6);
    g_assert_true(fm_matcher_join(matcher, NULL));
    g_assert_true(fm_matcher_has_twins(matcher, FM_MATCH_KNOWN, rows));
    g_assert_true(rows[0] == -1 && rows[1] == 0);
    g_assert_true(fm_matcher_has_twins(matcher, FM_MATCH_COMING, rows));
    g_assert_true(rows[0] == 3 && rows[1] == 5);
    g_assert_cmpint(fm_matcher_first_unmatched(matcher), ==, 1);
    g_assert_true(fm_matcher_find(matcher, 3, &first, NULL));
    g_assert_true(fm_matcher_find(matcher, 5, &second, NULL));
    g_assert_true(fm_matcher_find(matcher, 7, &third, NULL));
    /* Two of the three have one, and not the same. */
    g_assert_cmpint((first == -1) + (second == -1) + (third == -1), ==, 1);
    g_assert_cmpint((first == 0) + (second == 0) + (third == 0), ==, 1);
}

/* More rows than the sorters hold. */
static void test_many(void)
{
    const gint64 n = 300000;
    g_autoptr(FmMatcher) matcher = fm_matcher_new();
    gint64 rows[2];

    for (gint64 row = 0; row < n; row++) {
        gint64 other = row * 7 % n; /* 7 is prime to n: all of them, in another order */
        g_assert_true(
            fm_matcher_add(matcher, FM_MATCH_KNOWN, (const char *)&other, sizeof other, row, NULL));
        g_assert_true(
            fm_matcher_add(matcher, FM_MATCH_COMING, (const char *)&row, sizeof row, row, NULL));
    }
    g_assert_true(fm_matcher_join(matcher, NULL));
    g_assert_false(fm_matcher_has_twins(matcher, FM_MATCH_KNOWN, rows));
    g_assert_false(fm_matcher_has_twins(matcher, FM_MATCH_COMING, rows));
    g_assert_cmpint(fm_matcher_first_unmatched(matcher), ==, -1);
    for (gint64 row = 0; row < n; row++) {
        gint64 known = FM_MATCH_NONE;
        g_assert_true(fm_matcher_find(matcher, row, &known, NULL));
        g_assert_cmpint(known * 7 % n, ==, row);
    }
}

static void test_nothing(void)
{
    g_autoptr(FmMatcher) matcher = fm_matcher_new();
    gint64 known = 0, rows[2];

    add(matcher, FM_MATCH_COMING, "a", 0);
    g_assert_true(fm_matcher_join(matcher, NULL));
    g_assert_false(fm_matcher_has_twins(matcher, FM_MATCH_KNOWN, rows));
    g_assert_cmpint(fm_matcher_first_unmatched(matcher), ==, 0);
    g_assert_true(fm_matcher_find(matcher, 0, &known, NULL));
    g_assert_cmpint(known, ==, FM_MATCH_NONE);
}

void test_matcher(void)
{
    g_test_add_func("/store/matcher/small", test_small);
    g_test_add_func("/store/matcher/twins", test_twins);
    g_test_add_func("/store/matcher/many", test_many);
    g_test_add_func("/store/matcher/nothing", test_nothing);
}
