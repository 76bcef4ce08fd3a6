/* Fisher's (1958) exact grouping of ordered values into k classes of least squared deviation.
 *
 * best[c][j], the least sum for the first j + 1 distinct values in c + 1 classes, follows from
 * best[c - 1] by trying every first member of the last class.  The best first member never moves
 * left as j grows (the cost obeys the quadrangle inequality), so a row is filled by halving: solve
 * its middle, then each side only within what the middle leaves.  O(k n log n) instead of O(k n²).
 *
 * Sums are of values from which the mean has been taken, so that the squares of large numbers with
 * small differences do not cancel. */
#include "classify-internal.h"

#include <math.h>

typedef struct {
    const FmDistinct *distinct;
    double *weight, *sum, *square; /* prefix sums, n + 1 */
    double *before, *now;          /* rows c - 1 and c of the table of least sums */
    guint32 *first;                /* n_classes × n: first member of the last class */
} Jenks;

static void jenks_clear(Jenks *jenks)
{
    g_free(jenks->weight);
    g_free(jenks->sum);
    g_free(jenks->square);
    g_free(jenks->before);
    g_free(jenks->now);
    g_free(jenks->first);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Jenks, jenks_clear)

static double mean_of(const FmDistinct *distinct)
{
    double mean = 0, weight = 0;

    for (gsize i = 0; i < distinct->n; i++) {
        weight += (double)distinct->counts[i];
        mean += (distinct->values[i] - mean) * ((double)distinct->counts[i] / weight);
    }
    return mean;
}

static void sum_up(Jenks *jenks)
{
    const FmDistinct *distinct = jenks->distinct;
    double mean = mean_of(distinct);

    for (gsize i = 0; i < distinct->n; i++) {
        double weight = (double)distinct->counts[i], value = distinct->values[i] - mean;
        jenks->weight[i + 1] = jenks->weight[i] + weight;
        jenks->sum[i + 1] = jenks->sum[i] + weight * value;
        jenks->square[i + 1] = jenks->square[i] + weight * value * value;
    }
}

/* Squared deviations of the distinct values first … last from their mean. */
static double deviation(const Jenks *jenks, gsize first, gsize last)
{
    double weight = jenks->weight[last + 1] - jenks->weight[first];
    double sum = jenks->sum[last + 1] - jenks->sum[first];
    double square = jenks->square[last + 1] - jenks->square[first];

    return MAX(0, square - sum * sum / weight);
}

/* Fills best[c] for j in from … to, whose last classes begin within low … high. */
static void fill(Jenks *jenks, gsize c, gsize from, gsize to, gsize low, gsize high)
{
    gsize middle = from + (to - from) / 2, chosen = low;
    double least = INFINITY;

    for (gsize i = low; i <= MIN(middle, high); i++) {
        double sum = jenks->before[i - 1] + deviation(jenks, i, middle);
        if (sum < least) {
            least = sum;
            chosen = i;
        }
    }
    jenks->now[middle] = least;
    jenks->first[c * jenks->distinct->n + middle] = (guint32)chosen;
    if (middle > from) {
        fill(jenks, c, from, middle - 1, low, chosen);
    }
    if (middle < to) {
        fill(jenks, c, middle + 1, to, chosen, high);
    }
}

void fm_jenks(const FmDistinct *distinct, gsize n_classes, gsize *last)
{
    gsize n = distinct->n;
    g_auto(Jenks) jenks = {
        .distinct = distinct,
        .weight = g_new0(double, n + 1),
        .sum = g_new0(double, n + 1),
        .square = g_new0(double, n + 1),
        .before = g_new(double, n),
        .now = g_new(double, n),
        .first = g_new0(guint32, n_classes * n),
    };

    g_assert(n_classes >= 1 && n_classes <= n);
    sum_up(&jenks);
    for (gsize j = 0; j < n; j++) {
        jenks.now[j] = deviation(&jenks, 0, j);
    }
    for (gsize c = 1; c < n_classes; c++) {
        double *row = jenks.before;
        jenks.before = jenks.now;
        jenks.now = row;
        fill(&jenks, c, c, n - 1, c, n - 1);
    }
    gsize end = n - 1;
    for (gsize c = n_classes; c-- > 0;) {
        last[c] = end;
        end = c > 0 ? jenks.first[c * n + end] - 1 : 0;
    }
}
