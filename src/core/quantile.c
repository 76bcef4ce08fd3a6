/* The quantile that planners' spreadsheets compute. */
#include <facmap/core.h>

#include <math.h>

double fm_quantile_sorted(const double *sorted, gsize n, double p)
{
    g_return_val_if_fail(p >= 0 && p <= 1, (double)NAN);
    if (n == 0) {
        return (double)NAN;
    }
    double place = (double)(n - 1) * p;
    gsize below = (gsize)place;
    if (below + 1 >= n) {
        return sorted[n - 1];
    }
    return sorted[below] + (place - (double)below) * (sorted[below + 1] - sorted[below]);
}
