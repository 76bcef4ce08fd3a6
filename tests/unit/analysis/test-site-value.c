/* What sets are worth, against trying by hand. */
#include "fm-unit.h"
#include "question.h"

#include <math.h>

/* Six places at x = 0, 2, 3, 7, 8, 12 with 10, 40, 30, 50, 20 and 5 people. */
static void test_line(void)
{
    g_autoptr(Question) question = question_line();
    const guint32 sites[] = {1, 3};
    FmSiteValue all = fm_site_value(&question->problem, (double)INFINITY, sites, 2);
    g_assert_true(all.serves_all);
    g_assert_cmpfloat(all.people, ==, 155);
    g_assert_cmpfloat(all.total, ==, 20 + 0 + 30 + 0 + 20 + 25);
    g_assert_cmpfloat(all.most, ==, 5);
    FmSiteValue near = fm_site_value(&question->problem, 2, sites, 2);
    g_assert_false(near.serves_all);
    g_assert_cmpfloat(near.people, ==, 150);
    g_assert_cmpfloat(near.total, ==, 20 + 0 + 30 + 0 + 20);
    g_assert_cmpfloat(near.most, ==, 2);
    g_assert_cmpfloat(fm_site_value_of(FM_SITE_MCLP, &near, 2), ==, 150);
    g_assert_cmpfloat(fm_site_value_of(FM_SITE_LSCP, &near, 2), ==, 2);
    g_assert_cmpfloat(fm_site_value_of(FM_SITE_PMEDIAN, &near, 2), ==, 70);
    g_assert_cmpfloat(fm_site_value_of(FM_SITE_PCENTER, &near, 2), ==, 2);
}

/* Nobody at the far end: it neither makes the way longest nor is it missed. */
static void test_empty_place(void)
{
    g_autoptr(Question) question = question_line();
    const guint32 sites[] = {1, 3};
    question->weights[5] = 0;
    FmSiteValue value = fm_site_value(&question->problem, 2, sites, 2);
    g_assert_true(value.serves_all);
    g_assert_cmpfloat(value.most, ==, 2);
}

/* What is there already serves without any site; what nothing reaches is not missed. */
static void test_existing(void)
{
    g_autoptr(Question) question = question_line();
    double existing[] = {1, 1, 1, (double)INFINITY, 1, 1};
    question->problem.existing = existing;
    FmSiteValue none = fm_site_value(&question->problem, (double)INFINITY, NULL, 0);
    g_assert_false(none.serves_all);
    g_assert_cmpfloat(none.people, ==, 105);
    for (gsize i = 0; i <= 6; i++)
        question->first[i] = 0;
    none = fm_site_value(&question->problem, (double)INFINITY, NULL, 0);
    g_assert_true(none.serves_all);
    g_assert_cmpfloat(none.total, ==, 105);
}

void test_site_value(void)
{
    g_test_add_func("/analysis/site-value/line", test_line);
    g_test_add_func("/analysis/site-value/empty-place", test_empty_place);
    g_test_add_func("/analysis/site-value/existing", test_existing);
}
