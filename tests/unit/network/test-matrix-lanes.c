/* Rows of lanes against one lane at a time. */
#include "fm-unit.h"
#include "matrix-lanes.h"

/* Whole numbers and what is unknown; g_aligned_free. */
static double *random_rows(guint32 seed, gsize n)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    double *rows = g_aligned_alloc(n, FM_LANES * sizeof(double), FM_LANES_ALIGNMENT);
    for (gsize i = 0; i < n * FM_LANES; i++)
        rows[i] =
            g_rand_int_range(rand, 0, 4) == 0 ? (double)INFINITY : g_rand_int_range(rand, 0, 100);
    return rows;
}

static void assert_climb(const FmLanes *lanes)
{
    enum { N = 5 };
    double *strip = random_rows(120, N), *row = random_rows(122, 2), *before = row + FM_LANES;
    const guint8 tails[] = {4, 0, 2, 1};
    const double costs[] = {7, 0, (double)INFINITY, 20};
    for (gsize n = 0; n <= G_N_ELEMENTS(tails); n++) {
        memcpy(row, before, FM_LANES * sizeof *row);
        lanes->climb(row, strip, tails, costs, n);
        for (gsize i = 0; i < FM_LANES; i++) {
            double least = before[i];
            for (gsize h = 0; h < n; h++)
                least = MIN(least, strip[tails[h] * FM_LANES + i] + costs[h]);
            g_assert_true(row[i] == least);
        }
    }
    g_aligned_free(strip);
    g_aligned_free(row);
}

static void assert_meet(const FmLanes *lanes)
{
    enum { N = 75 }; /* no multiple of what is taken at once */
    double *from = random_rows(121, N), *to = random_rows(123, N);
    double *tile = random_rows(124, FM_LANES);
    const gsize counts[] = {0, 1, 2, 3, 4, 5, 31, 32, 33, 64, N};
    for (gsize c = 0; c < G_N_ELEMENTS(counts); c++) {
        for (gsize i = 0; i < (gsize)FM_LANES * FM_LANES; i++)
            tile[i] = 150;
        lanes->meet(tile, from, to, counts[c]);
        for (gsize i = 0; i < FM_LANES; i++) {
            for (gsize j = 0; j < FM_LANES; j++) {
                double least = 150;
                for (gsize k = 0; k < counts[c]; k++)
                    least = MIN(least, from[k * FM_LANES + i] + to[k * FM_LANES + j]);
                g_assert_true(tile[i * FM_LANES + j] == least);
            }
        }
    }
    g_aligned_free(from);
    g_aligned_free(to);
    g_aligned_free(tile);
}

/* Those of any processor, and those of this one. */
static void test_climb(void)
{
    assert_climb(fm_lanes_plain());
    assert_climb(fm_lanes_best());
}

static void test_meet(void)
{
    assert_meet(fm_lanes_plain());
    assert_meet(fm_lanes_best());
}

void test_matrix_lanes(void)
{
    g_test_add_func("/network/matrix-lanes/climb", test_climb);
    g_test_add_func("/network/matrix-lanes/meet", test_meet);
}
