/* Splitting at the median, by Hoare's selection. */
#include "halving.h"

#include <math.h>

gsize fm_halving_inner_nodes(gsize n)
{
    gsize leaves = 1;

    while (n > FM_LEAF_SIZE) {
        leaves *= 2;
        n -= n / 2;
    }
    return leaves - 1;
}

static void swap(FmPlaced *a, FmPlaced *b)
{
    FmPlaced kept = *a;

    *a = *b;
    *b = kept;
}

static double median3(double a, double b, double c)
{
    return MAX(MIN(a, b), MIN(MAX(a, b), c));
}

/* The pseudo-median of nine of Bentley & McIlroy (1993), which orderly input does not fool. */
static double pivot(const FmPlaced *placed, gsize n, guint axis)
{
    double m[3];
    gsize step = (n - 1) / 8;

    for (gsize i = 0; i < 3; i++) {
        m[i] = median3(placed[3 * i * step].at.c[axis], placed[(3 * i + 1) * step].at.c[axis],
                       placed[(3 * i + 2) * step].at.c[axis]);
    }
    return median3(m[0], m[1], m[2]);
}

/* Hoare's selection: afterwards placed before `middle` are <= placed[middle] <= those after. */
static void select_middle(FmPlaced *placed, gsize n, gsize middle, guint axis)
{
    gsize low = 0, high = n - 1;

    while (low < high) {
        double value = pivot(placed + low, high - low + 1, axis);
        gsize i = low, j = high;
        for (;;) {
            while (placed[i].at.c[axis] < value) {
                i++;
            }
            while (placed[j].at.c[axis] > value) {
                j--;
            }
            if (i >= j) {
                break;
            }
            swap(&placed[i++], &placed[j--]);
        }
        /* Now low … j are <= value and j+1 … high are >= value, but for i == j, which equals it. */
        if (i == j && middle == i) {
            return;
        }
        if (middle <= j) {
            high = i == j ? j - 1 : j;
        } else {
            low = i == j ? i + 1 : j + 1;
        }
    }
}

static guint widest_axis(const FmPlaced *placed, gsize n)
{
    double low[3], high[3];
    guint widest = 0;

    for (guint axis = 0; axis < 3; axis++) {
        low[axis] = INFINITY;
        high[axis] = -INFINITY;
    }
    for (gsize i = 0; i < n; i++) {
        for (guint axis = 0; axis < 3; axis++) {
            low[axis] = MIN(low[axis], placed[i].at.c[axis]);
            high[axis] = MAX(high[axis], placed[i].at.c[axis]);
        }
    }
    for (guint axis = 1; axis < 3; axis++) {
        if (high[axis] - low[axis] > high[widest] - low[widest]) {
            widest = axis;
        }
    }
    return widest;
}

guint fm_halving_arrange(FmPlaced *placed, gsize n)
{
    guint axis = widest_axis(placed, n);

    select_middle(placed, n, n / 2, axis);
    return axis;
}
