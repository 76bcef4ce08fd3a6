/* Dense elimination and pruning against three plain loops. */
#include "fm-unit.h"
#include "hierarchy-kernel.h"

/* More than a panel and a block, and odd. */
enum { N = 301, N_OVER = 77 };

static double *random_costs(guint32 seed, gsize n)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    double *costs = g_new(double, n *n);
    for (gsize i = 0; i < n * n; i++)
        costs[i] =
            g_rand_int_range(rand, 0, 12) != 0 ? (double)INFINITY : g_rand_int_range(rand, 0, 1000);
    for (gsize i = 0; i < n; i++)
        costs[i * n + i] = 0;
    return costs;
}

static void floyd(double *costs, gsize n, gsize n_over)
{
    for (gsize k = 0; k < n_over; k++)
        for (gsize i = 0; i < n; i++)
            for (gsize j = 0; j < n; j++)
                costs[i * n + j] = MIN(costs[i * n + j], costs[i * n + k] + costs[k * n + j]);
}

static void test_eliminate(void)
{
    g_autofree double *costs = random_costs(1, N);
    g_autofree double *expected = g_memdup2(costs, N * N * sizeof *costs);
    fm_kernel_eliminate(costs, N, N_OVER);
    floyd(expected, N, N_OVER);
    for (gsize i = N_OVER; i < N; i++)
        for (gsize j = N_OVER; j < N; j++)
            g_assert_true(costs[i * N + j] == expected[i * N + j]);
}

static void test_transpose(void)
{
    g_autofree double *costs = random_costs(2, N);
    g_autofree double *before = g_memdup2(costs, N * N * sizeof *costs);
    fm_kernel_transpose(costs, N);
    for (gsize i = 0; i < N; i++)
        for (gsize j = 0; j < N; j++)
            g_assert_true(costs[i * N + j] == before[j * N + i]);
}

static void test_symmetric(void)
{
    const gsize sizes[] = {0, 1, 2, 15, 16, 17, 40};
    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
        gsize n = sizes[s];
        g_autofree double *costs = random_costs(4, MAX(n, 1));
        for (gsize i = 0; i < n; i++)
            for (gsize j = 0; j < i; j++)
                costs[i * n + j] = costs[j * n + i];
        g_assert_true(fm_kernel_is_symmetric(costs, n));
        for (gsize i = 0; i < n; i++)
            for (gsize j = 0; j < n; j++) {
                double kept = costs[i * n + j];
                costs[i * n + j] = 2000;
                g_assert_true(fm_kernel_is_symmetric(costs, n) == (i == j));
                costs[i * n + j] = kept;
            }
    }
}

/* What is crossed out is replaced by one that is kept; what is kept, by none that is. */
static void test_prune(void)
{
    g_autofree double *costs = random_costs(3, N);
    g_autofree double *row = g_new(double, N);
    floyd(costs, N, N_OVER);
    for (gsize from = 0; from < N; from += 10) {
        guint8 kept[N] = {0};
        fm_kernel_prune(costs, N, from, row, kept);
        for (gsize j = 0; j < N; j++) {
            gboolean replaced = FALSE;
            for (gsize k = from + 1; k < N; k++)
                replaced |= kept[k] && k != j &&
                            costs[from * N + k] + costs[k * N + j] <= costs[from * N + j];
            gboolean is_way = j > from && isfinite(costs[from * N + j]);
            g_assert_true(!is_way || kept[j] || replaced);
            g_assert_true(is_way || !kept[j]);
        }
    }
}

void test_hierarchy_kernel(void)
{
    g_test_add_func("/network/hierarchy-kernel/eliminate", test_eliminate);
    g_test_add_func("/network/hierarchy-kernel/transpose", test_transpose);
    g_test_add_func("/network/hierarchy-kernel/symmetric", test_symmetric);
    g_test_add_func("/network/hierarchy-kernel/prune", test_prune);
}
