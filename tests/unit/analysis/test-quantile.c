/* fm_quantile against values of R: quantile(c(…), type = 7). */
#include "analysis-internal.h"
#include "fm-unit.h"

#include <math.h>

static void test_values(void)
{
    const double values[] = {40, 15, 35, 50, 20};
    g_assert_cmpfloat(fm_quantile(values, 5, 0), ==, 15);
    g_assert_cmpfloat(fm_quantile(values, 5, 0.5), ==, 35);
    g_assert_cmpfloat_with_epsilon(fm_quantile(values, 5, 0.4), 29, 1e-12);
    g_assert_cmpfloat_with_epsilon(fm_quantile(values, 5, 0.9), 46, 1e-12);
    g_assert_cmpfloat(fm_quantile(values, 5, 1), ==, 50);
    g_assert_cmpfloat(fm_quantile(values, 4, 0.5), ==, 37.5);
    g_assert_cmpfloat(values[0], ==, 40); /* not sorted in place */
}

static void test_few(void)
{
    const double one = 7;
    g_assert_true(isnan(fm_quantile(NULL, 0, 0.5)));
    g_assert_cmpfloat(fm_quantile(&one, 1, 0), ==, 7);
    g_assert_cmpfloat(fm_quantile(&one, 1, 0.9), ==, 7);
}

static void test_wrong_p(void)
{
    if (g_test_subprocess()) {
        const double one = 7;
        fm_quantile(&one, 1, 1.5);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*p <= 1*");
}

void test_quantile(void)
{
    g_test_add_func("/analysis/quantile/values", test_values);
    g_test_add_func("/analysis/quantile/few", test_few);
    g_test_add_func("/analysis/quantile/wrong-p", test_wrong_p);
}
