/* Wilcoxon's test: values by hand and by R's wilcox.test(exact = FALSE, correct = TRUE). */
#include "fm-unit.h"
#include "town.h"

static void test_all_below(void)
{
    double a[9], b[9];
    for (int i = 0; i < 9; i++) {
        a[i] = i;
        b[i] = i + 1 + 0.1 * i;
    }
    /* W = 45, mean 22.5, variance 71.25: z = 22 / 8.441 = 2.606 */
    g_assert_cmpfloat_with_epsilon(fm_signed_rank_p(a, b, 9), 0.004576, 1e-5);
    g_assert_cmpfloat(fm_signed_rank_p(b, a, 9), >, 0.99);
}

/* Eight differences of one size, six below: ranks are all 4.5, W = 27; the variance 51 loses
 * (512 - 8) / 48 = 10.5 by the ties: z = (27 - 18 - 0.5) / 6.3640 = 1.3356. */
static void test_ties(void)
{
    const double a[] = {0, 0, 0, 0, 0, 0, 1, 1, 5}, b[] = {1, 1, 1, 1, 1, 1, 0, 0, 5};
    g_assert_cmpfloat_with_epsilon(fm_signed_rank_p(a, b, 9), 0.0908, 1e-4);
}

static void test_too_few(void)
{
    const double a[] = {0, 0, 0, 0, 0, 0, 0, 3}, b[] = {1, 2, 3, 4, 5, 6, 7, 3};
    g_assert_cmpfloat(fm_signed_rank_p(a, b, 8), ==, 1);
    g_assert_cmpfloat(fm_signed_rank_p(a, b, 0), ==, 1);
}

void test_rank_test(void)
{
    g_test_add_func("/check/rank-test/all-below", test_all_below);
    g_test_add_func("/check/rank-test/ties", test_ties);
    g_test_add_func("/check/rank-test/too-few", test_too_few);
}
