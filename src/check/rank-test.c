/* Wilcoxon's signed-rank test (1945, doi:10.2307/3001968) for paired misfits, by the normal
 * approximation with the correction for ties and for continuity.  It uses how far two misfits of a
 * row are apart, not only which is smaller, and no assumption on their distribution. */
#include "check-internal.h"

#include <math.h>

/* Fewer pairs than this cannot be told from chance, whatever they say. */
enum { LEAST_PAIRS = 8 };

typedef struct {
    double size;
    gboolean negative;
} Difference;

static int compare_sizes(const void *a, const void *b)
{
    double x = ((const Difference *)a)->size, y = ((const Difference *)b)->size;
    return (x > y) - (x < y);
}

double fm_signed_rank_p(const double *a, const double *b, gsize n)
{
    g_autofree Difference *differences = g_new(Difference, n);
    gsize m = 0;
    for (gsize i = 0; i < n; i++)
        if (a[i] < b[i] || a[i] > b[i])
            differences[m++] = (Difference){fabs(a[i] - b[i]), a[i] < b[i]};
    if (m < LEAST_PAIRS)
        return 1;
    qsort(differences, m, sizeof *differences, compare_sizes);

    double rank_sum = 0, ties = 0;
    for (gsize from = 0, to; from < m; from = to) {
        gsize n_negative = 0;
        for (to = from; to < m && differences[to].size <= differences[from].size; to++)
            n_negative += differences[to].negative ? 1 : 0;
        double count = (double)(to - from);
        rank_sum += (double)n_negative * ((double)(from + to + 1) / 2);
        ties += count * count * count - count;
    }
    double pairs = (double)m;
    double mean = pairs * (pairs + 1) / 4;
    double variance = pairs * (pairs + 1) * (2 * pairs + 1) / 24 - ties / 48;
    double z = (rank_sum - mean - 0.5) / sqrt(variance);
    return 0.5 * erfc(z / sqrt(2));
}
