#include "../../../src/style/classify-internal.h"
#include "fm-unit.h"

#include <math.h>
#include <string.h>

#define MAX_VALUES 12

static double deviation(const FmDistinct *distinct, gsize first, gsize last)
{
    double weight = 0, mean = 0, sum = 0;

    for (gsize i = first; i <= last; i++) {
        weight += (double)distinct->counts[i];
        mean += (double)distinct->counts[i] * distinct->values[i];
    }
    mean /= weight;
    for (gsize i = first; i <= last; i++) {
        double off = distinct->values[i] - mean;
        sum += (double)distinct->counts[i] * off * off;
    }
    return sum;
}

static double deviation_of(const FmDistinct *distinct, gsize n_classes, const gsize *last)
{
    double sum = 0;

    for (gsize c = 0, first = 0; c < n_classes; first = last[c++] + 1) {
        g_assert_cmpuint(first, <=, last[c]);
        sum += deviation(distinct, first, last[c]);
    }
    g_assert_cmpuint(last[n_classes - 1], ==, distinct->n - 1);
    return sum;
}

/* Tries every way to cut n values into classes: bit i of `cuts` cuts after value i. */
static double least_by_trying(const FmDistinct *distinct, gsize n_classes)
{
    double least = INFINITY;

    for (guint cuts = 0; cuts < 1u << (distinct->n - 1); cuts++) {
        gsize last[MAX_VALUES], n = 0;
        for (gsize i = 0; i + 1 < distinct->n; i++) {
            if (cuts >> i & 1) {
                last[n++] = i;
            }
        }
        last[n++] = distinct->n - 1;
        if (n == n_classes) {
            least = MIN(least, deviation_of(distinct, n, last));
        }
    }
    return least;
}

static void by_trying(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);

    for (guint round = 0; round < 200; round++) {
        double values[MAX_VALUES];
        gsize counts[MAX_VALUES], last[MAX_VALUES];
        gsize n = (gsize)g_rand_int_range(rand, 1, MAX_VALUES + 1);
        double offset = round % 2 == 0 ? 0 : 1e6;
        FmDistinct distinct = {.values = values, .counts = counts, .n = n};
        for (gsize i = 0; i < n; i++) {
            double step = round % 3 == 0 ? 1 : g_rand_double_range(rand, 0.01, 10);
            values[i] = (i > 0 ? values[i - 1] : offset) + step;
            counts[i] = (gsize)g_rand_int_range(rand, 1, 5);
        }
        for (gsize k = 1; k <= n; k++) {
            fm_jenks(&distinct, k, last);
            g_assert_cmpfloat_with_epsilon(deviation_of(&distinct, k, last),
                                           least_by_trying(&distinct, k), 1e-6);
        }
    }
}

/* A hundred thousand values: each class limit must be where neither neighbour would gain. */
static void many(void)
{
    enum { N = 100000, K = 7 };
    g_autofree double *values = g_new(double, N);
    g_autofree gsize *counts = g_new(gsize, N);
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    FmDistinct distinct = {.values = values, .counts = counts, .n = N};
    gsize last[K];

    for (gsize i = 0; i < N; i++) {
        values[i] = (i > 0 ? values[i - 1] : 0) + exp(5 * g_rand_double(rand));
        counts[i] = 1;
    }
    fm_jenks(&distinct, K, last);
    double sum = deviation_of(&distinct, K, last);
    for (gsize c = 0; c + 1 < K; c++) {
        for (int step = -1; step <= 1; step += 2) {
            gsize moved[K];
            memcpy(moved, last, sizeof moved);
            moved[c] = (gsize)((gint64)moved[c] + step);
            g_assert_cmpfloat(deviation_of(&distinct, K, moved), >=, sum * (1 - 1e-12));
        }
    }
}

void test_jenks(void)
{
    g_test_add_func("/style/jenks/by-trying", by_trying);
    g_test_add_func("/style/jenks/many", many);
}
