/* Rows of lanes against one lane at a time. */
#include "fm-unit.h"
#include "matrix-lanes.h"

static void fill(GRand *rand, double *rows, gsize n)
{
    for (gsize i = 0; i < n * FM_LANES; i++)
        rows[i] =
            g_rand_int_range(rand, 0, 4) == 0 ? (double)INFINITY : g_rand_int_range(rand, 0, 100);
}

static void test_climb(void)
{
    enum { N = 5 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(120);
    double rows[N * FM_LANES], before[N * FM_LANES];
    fill(rand, rows, N);
    memcpy(before, rows, sizeof rows);
    const guint32 slot[] = {4, 2, 3, 5, 1}, ranks[] = {0, 2, 3};
    const FmSteps costs[] = {7, FM_STEPS_MAX, 0};
    const guint32 from = 1; /* the row of rank 1 */
    fm_lanes_climb(rows, rows + from * FM_LANES, slot, ranks, costs, G_N_ELEMENTS(ranks));
    for (gsize i = 0; i < FM_LANES; i++) {
        double own = before[from * FM_LANES + i];
        g_assert_true(rows[3 * FM_LANES + i] == MIN(before[3 * FM_LANES + i], own + 7));
        g_assert_true(rows[4 * FM_LANES + i] == MIN(before[4 * FM_LANES + i], own));
        for (gsize untouched = 0; untouched < 3; untouched++)
            g_assert_true(rows[untouched * FM_LANES + i] == before[untouched * FM_LANES + i]);
    }
}

static void test_meet(void)
{
    enum { N = 11 }; /* no multiple of what is taken at once */
    g_autoptr(GRand) rand = g_rand_new_with_seed(121);
    double a[N * FM_LANES], b[N * FM_LANES], tile[FM_LANES * FM_LANES];
    fill(rand, a, N);
    fill(rand, b, N);
    const double *from[N], *to[N];
    for (gsize k = 0; k < N; k++) {
        from[k] = a + k * FM_LANES;
        to[k] = b + k * FM_LANES;
    }
    for (gsize n = 0; n <= N; n++) {
        for (gsize i = 0; i < G_N_ELEMENTS(tile); i++)
            tile[i] = 150;
        fm_lanes_meet(tile, from, to, n);
        for (gsize i = 0; i < FM_LANES; i++) {
            for (gsize j = 0; j < FM_LANES; j++) {
                double least = 150;
                for (gsize k = 0; k < n; k++)
                    least = MIN(least, from[k][i] + to[k][j]);
                g_assert_true(tile[i * FM_LANES + j] == least);
            }
        }
    }
}

void test_matrix_lanes(void)
{
    g_test_add_func("/network/matrix-lanes/climb", test_climb);
    g_test_add_func("/network/matrix-lanes/meet", test_meet);
}
