#include "fm-unit.h"
#include "theme.h"

#include <math.h>

/* Round, rising, at most a quarter of the next: of any order of size. */
static void round_values(void)
{
    for (int power = -6; power <= 12; power++) {
        for (int mantissa = 10; mantissa < 100; mantissa++) {
            const double largest = mantissa / 10.0 * pow(10, power);
            double found[3];
            g_assert_cmpuint(fm__round_values(largest, found), ==, 3);
            g_assert_cmpfloat(found[2], <=, largest * (1 + 1e-9));
            g_assert_cmpfloat(found[2], >, largest / 2.6);
            for (gsize i = 0; i < 3; i++) {
                const double unit = found[i] / pow(10, floor(log10(found[i]) + 1e-9));
                g_assert_true(fabs(unit - 1) < 1e-6 || fabs(unit - 2) < 1e-6 ||
                              fabs(unit - 5) < 1e-6);
                g_assert_true(i == 2 || found[i] <= found[i + 1] / 4 * (1 + 1e-9));
            }
        }
    }
}

static void exact_powers(void)
{
    double found[3];

    fm__round_values(1000, found);
    g_assert_cmpfloat(found[2], ==, 1000);
    g_assert_cmpfloat(found[1], ==, 200);
    g_assert_cmpfloat(found[0], ==, 50);
}

void test_theme_size(void)
{
    g_test_add_func("/style/theme-size/round-values", round_values);
    g_test_add_func("/style/theme-size/exact-powers", exact_powers);
}
