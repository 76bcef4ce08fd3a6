#include "fm-unit.h"

#include <facmap/core.h>

#include <math.h>

/* R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1)) */
static void known(void)
{
    const double sorted[] = {1, 2, 4, 8, 16};
    const struct {
        double p, value;
    } expected[] = {{0, 1}, {0.1, 1.4}, {0.25, 2}, {0.5, 4}, {0.9, 12.8}, {1, 16}};

    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        double value = fm_quantile_sorted(sorted, G_N_ELEMENTS(sorted), expected[i].p);
        g_assert_cmpfloat_with_epsilon(value, expected[i].value, 1e-12);
    }
}

static void edges(void)
{
    const double one = 7;

    g_assert_true(isnan(fm_quantile_sorted(NULL, 0, 0.5)));
    g_assert_cmpfloat(fm_quantile_sorted(&one, 1, 0), ==, 7);
    g_assert_cmpfloat(fm_quantile_sorted(&one, 1, 1), ==, 7);
}

void test_quantile(void)
{
    g_test_add_func("/core/quantile/known", known);
    g_test_add_func("/core/quantile/edges", edges);
}
