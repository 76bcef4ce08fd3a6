/* The two inner loops of a matrix, twice: for AVX2 with everything that is written in registers,
 * and for any processor.  Minima and sums of whole numbers are the same in both. */
#include "matrix-lanes.h"
#include "wide.h"

/* Nodes that are met at once: their rows fill half of the nearest cache. */
enum { BLOCK = 32 };

/* ---- for any processor ------------------------------------------------------------------- */

static void climb(double *restrict to, const double *restrict strip, const guint8 *tails,
                  const double *costs, gsize n_hops)
{
    for (gsize h = 0; h < n_hops; h++) {
        const double *from = strip + (gsize)tails[h] * FM_LANES;
        double cost = costs[h];
        for (int i = 0; i < FM_LANES; i++) {
            double over = from[i] + cost;
            to[i] = over < to[i] ? over : to[i];
        }
    }
}

/* Four nodes in one go, so that the tile is read and written once for them. */
static void meet_four(double *restrict tile, const double *restrict from, const double *restrict to)
{
    for (int i = 0; i < FM_LANES; i++) {
        double *restrict row = tile + (gsize)i * FM_LANES;
        double a = from[i], b = from[i + FM_LANES];
        double c = from[i + 2 * FM_LANES], d = from[i + 3 * FM_LANES];
        for (int j = 0; j < FM_LANES; j++) {
            double x = a + to[j], y = b + to[j + FM_LANES];
            double z = c + to[j + 2 * FM_LANES], w = d + to[j + 3 * FM_LANES];
            x = x < y ? x : y;
            z = z < w ? z : w;
            x = x < z ? x : z;
            row[j] = x < row[j] ? x : row[j];
        }
    }
}

static void meet_one(double *restrict tile, const double *restrict from, const double *restrict to)
{
    for (int i = 0; i < FM_LANES; i++) {
        double *restrict row = tile + (gsize)i * FM_LANES;
        for (int j = 0; j < FM_LANES; j++)
            row[j] = from[i] + to[j] < row[j] ? from[i] + to[j] : row[j];
    }
}

static void meet(double *tile, const double *from, const double *to, gsize n)
{
    gsize k = 0;
    for (; k + 4 <= n; k += 4)
        meet_four(tile, from + k * FM_LANES, to + k * FM_LANES);
    for (; k < n; k++)
        meet_one(tile, from + k * FM_LANES, to + k * FM_LANES);
}

/* ---- with AVX2 --------------------------------------------------------------------------- */

#if HAVE_WIDE
WIDE static inline __m256d least(__m256d so_far, __m256d from, __m256d cost)
{
    return _mm256_min_pd(_mm256_add_pd(from, cost), so_far);
}

WIDE static void climb_wide(double *to, const double *strip, const guint8 *tails,
                            const double *costs, gsize n_hops)
{
    __m256d a = _mm256_load_pd(to), b = _mm256_load_pd(to + 4);
    __m256d c = _mm256_load_pd(to + 8), d = _mm256_load_pd(to + 12);
    __m256d e = _mm256_load_pd(to + 16), f = _mm256_load_pd(to + 20);
    __m256d g = _mm256_load_pd(to + 24), k = _mm256_load_pd(to + 28);
    for (gsize h = 0; h < n_hops; h++) {
        const double *from = strip + (gsize)tails[h] * FM_LANES;
        __m256d cost = _mm256_set1_pd(costs[h]);
        a = least(a, _mm256_load_pd(from), cost);
        b = least(b, _mm256_load_pd(from + 4), cost);
        c = least(c, _mm256_load_pd(from + 8), cost);
        d = least(d, _mm256_load_pd(from + 12), cost);
        e = least(e, _mm256_load_pd(from + 16), cost);
        f = least(f, _mm256_load_pd(from + 20), cost);
        g = least(g, _mm256_load_pd(from + 24), cost);
        k = least(k, _mm256_load_pd(from + 28), cost);
    }
    _mm256_store_pd(to, a);
    _mm256_store_pd(to + 4, b);
    _mm256_store_pd(to + 8, c);
    _mm256_store_pd(to + 12, d);
    _mm256_store_pd(to + 16, e);
    _mm256_store_pd(to + 20, f);
    _mm256_store_pd(to + 24, g);
    _mm256_store_pd(to + 28, k);
}

/* Four lanes of `from` by eight of `to`, over all nodes of a block. */
WIDE static inline void meet_patch(double *tile, const double *from, const double *to, gsize n)
{
    double *t0 = tile, *t1 = t0 + FM_LANES, *t2 = t1 + FM_LANES, *t3 = t2 + FM_LANES;
    __m256d a0 = _mm256_load_pd(t0), b0 = _mm256_load_pd(t0 + 4);
    __m256d a1 = _mm256_load_pd(t1), b1 = _mm256_load_pd(t1 + 4);
    __m256d a2 = _mm256_load_pd(t2), b2 = _mm256_load_pd(t2 + 4);
    __m256d a3 = _mm256_load_pd(t3), b3 = _mm256_load_pd(t3 + 4);
    for (gsize k = 0; k < n; k++, from += FM_LANES, to += FM_LANES) {
        __m256d a = _mm256_load_pd(to), b = _mm256_load_pd(to + 4);
        __m256d over = _mm256_broadcast_sd(from);
        a0 = least(a0, a, over), b0 = least(b0, b, over);
        over = _mm256_broadcast_sd(from + 1);
        a1 = least(a1, a, over), b1 = least(b1, b, over);
        over = _mm256_broadcast_sd(from + 2);
        a2 = least(a2, a, over), b2 = least(b2, b, over);
        over = _mm256_broadcast_sd(from + 3);
        a3 = least(a3, a, over), b3 = least(b3, b, over);
    }
    _mm256_store_pd(t0, a0), _mm256_store_pd(t0 + 4, b0);
    _mm256_store_pd(t1, a1), _mm256_store_pd(t1 + 4, b1);
    _mm256_store_pd(t2, a2), _mm256_store_pd(t2 + 4, b2);
    _mm256_store_pd(t3, a3), _mm256_store_pd(t3 + 4, b3);
}

/* While a block is worked on, the rows of the next one are asked for, a few with every patch: they
 * come from far away, since every source meets the rows of all targets. */
WIDE static void meet_wide(double *tile, const double *from, const double *to, gsize n)
{
    for (gsize k = 0; k < n; k += BLOCK) {
        guintptr next = (guintptr)to + (k + BLOCK) * FM_LANES * sizeof *to;
        for (gsize i = 0; i < FM_LANES; i += 4) {
            for (gsize j = 0; j < FM_LANES; j += 8) {
                for (int line = 0; line < 4; line++, next += FM_LANES_ALIGNMENT)
                    __builtin_prefetch((gconstpointer)next);
                meet_patch(tile + i * FM_LANES + j, from + k * FM_LANES + i, to + k * FM_LANES + j,
                           MIN(BLOCK, n - k));
            }
        }
    }
}
#endif

/* ---- whichever --------------------------------------------------------------------------- */

const FmLanes *fm_lanes_plain(void)
{
    static const FmLanes plain = {climb, meet};
    return &plain;
}

const FmLanes *fm_lanes_best(void)
{
#if HAVE_WIDE
    static const FmLanes wide = {climb_wide, meet_wide};
    if (__builtin_cpu_supports("avx2"))
        return &wide;
#endif
    return fm_lanes_plain();
}
