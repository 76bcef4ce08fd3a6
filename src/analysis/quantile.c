/* Quantiles as planners' spreadsheets compute them: Hyndman & Fan's type 7, which is also the
 * default of R, NumPy and PERCENTILE.INC. */
#include "analysis-internal.h"

#include <math.h>
#include <string.h>

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double fm_quantile(const double *values, gsize n, double p)
{
    g_return_val_if_fail(p >= 0 && p <= 1, (double)NAN);
    if (n == 0)
        return (double)NAN;
    g_autofree double *sorted = g_new(double, n);
    memcpy(sorted, values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_doubles);
    return fm_quantile_sorted(sorted, n, p);
}
