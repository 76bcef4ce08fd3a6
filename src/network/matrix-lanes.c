/* Loops of constant length, which compilers turn into vector instructions.  Where the processor
 * has wider ones than the compiler may count on, the same loops are compiled twice; minima and
 * sums of whole numbers are the same in both. */
#include "matrix-lanes.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_WIDE 1
#define WIDE __attribute__((target("avx2")))
#else
#define HAVE_WIDE 0
#endif

#define LOOPS static inline __attribute__((always_inline))

LOOPS void climb(double *rows, const double *restrict from, const guint32 *slot,
                 const guint32 *ranks, const FmSteps *costs, guint32 n_hops)
{
    for (guint32 h = 0; h < n_hops; h++) {
        if (costs[h] == FM_STEPS_MAX)
            continue;
        double *restrict to = rows + (gsize)(slot[ranks[h]] - 1) * FM_LANES;
        double cost = (double)costs[h];
        for (int i = 0; i < FM_LANES; i++) {
            double over = from[i] + cost;
            to[i] = over < to[i] ? over : to[i];
        }
    }
}

/* Four nodes in one go, so that the tile is read and written once for them. */
LOOPS void meet_four(double *restrict tile, const double *const *from, const double *const *to)
{
    const double *restrict a = to[0], *restrict b = to[1], *restrict c = to[2], *restrict d = to[3];
    for (int i = 0; i < FM_LANES; i++) {
        double *restrict row = tile + (gsize)i * FM_LANES;
        double over_a = from[0][i], over_b = from[1][i], over_c = from[2][i], over_d = from[3][i];
        for (int j = 0; j < FM_LANES; j++) {
            double x = over_a + a[j], y = over_b + b[j], z = over_c + c[j], w = over_d + d[j];
            x = x < y ? x : y;
            z = z < w ? z : w;
            x = x < z ? x : z;
            row[j] = x < row[j] ? x : row[j];
        }
    }
}

LOOPS void meet(double *tile, const double *const *from, const double *const *to, gsize n)
{
    gsize k = 0;
    for (; k + 4 <= n; k += 4)
        meet_four(tile, from + k, to + k);
    for (; k < n; k++) {
        const double *const same_from[] = {from[k], from[k], from[k], from[k]};
        const double *const same_to[] = {to[k], to[k], to[k], to[k]};
        meet_four(tile, same_from, same_to);
    }
}

/* ---- twice ------------------------------------------------------------------------------- */

#if HAVE_WIDE
WIDE static void climb_wide(double *rows, const double *from, const guint32 *slot,
                            const guint32 *ranks, const FmSteps *costs, guint32 n_hops)
{
    climb(rows, from, slot, ranks, costs, n_hops);
}

WIDE static void meet_wide(double *tile, const double *const *from, const double *const *to,
                           gsize n)
{
    meet(tile, from, to, n);
}
#endif

void fm_lanes_climb(double *rows, const double *from, const guint32 *slot, const guint32 *ranks,
                    const FmSteps *costs, guint32 n_hops)
{
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2")) {
        climb_wide(rows, from, slot, ranks, costs, n_hops);
        return;
    }
#endif
    climb(rows, from, slot, ranks, costs, n_hops);
}

void fm_lanes_meet(double *tile, const double *const *from, const double *const *to, gsize n)
{
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2")) {
        meet_wide(tile, from, to, n);
        return;
    }
#endif
    meet(tile, from, to, n);
}
