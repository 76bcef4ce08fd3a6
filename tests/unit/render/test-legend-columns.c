/* Columns of a legend: about one height, the first group first. */
#include "legend-columns.h"

#include "fm-unit.h"

static void balanced(void)
{
    static const struct {
        double heights[4];
        guint n, columns[4];
    } cases[] = {
        {{90, 360, 210}, 3, {0, 1, 0}}, /* short, long, middling */
        {{100, 90, 330, 60}, 4, {0, 0, 1, 0}},
        {{300, 50, 50, 50}, 4, {0, 1, 1, 1}},
        {{10, 10}, 2, {0, 1}},
        {{10}, 1, {0}},
        {{0}, 0, {0}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint columns[4] = {9, 9, 9, 9};
        fm__legend_columns(cases[i].heights, cases[i].n, 2, columns);
        for (guint g = 0; g < cases[i].n; g++)
            g_assert_cmpuint(columns[g], ==, cases[i].columns[g]);
    }
}

/* The highest column is at most 7/6 of the best possible (Graham 1969: 4/3 - 1/(3 m)). */
static void near_the_best(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int run = 0; run < 200; run++) {
        const guint n = (guint)g_rand_int_range(random, 1, 9);
        double heights[8], ends[2] = {0}, best = G_MAXDOUBLE;
        guint columns[8];
        for (guint i = 0; i < n; i++)
            heights[i] = g_rand_double_range(random, 1, 100);
        fm__legend_columns(heights, n, 2, columns);
        for (guint i = 0; i < n; i++)
            ends[columns[i]] += heights[i];
        for (guint mask = 0; mask < 1U << n; mask++) {
            double other[2] = {0};
            for (guint i = 0; i < n; i++)
                other[mask >> i & 1] += heights[i];
            best = MIN(best, MAX(other[0], other[1]));
        }
        g_assert_cmpuint(columns[0], ==, 0);
        g_assert_cmpfloat(MAX(ends[0], ends[1]), <=, best * 7 / 6 + 1e-9);
    }
}

static void one_column(void)
{
    const double heights[] = {3, 2, 1};
    guint columns[] = {9, 9, 9};
    fm__legend_columns(heights, 3, 1, columns);
    for (guint i = 0; i < 3; i++)
        g_assert_cmpuint(columns[i], ==, 0);
}

void test_legend_columns(void)
{
    g_test_add_func("/render/legend-columns/balanced", balanced);
    g_test_add_func("/render/legend-columns/near-the-best", near_the_best);
    g_test_add_func("/render/legend-columns/one", one_column);
}
