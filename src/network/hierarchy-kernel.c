/* Elimination in the semiring of minimum and sum, by panels, as a dense factorisation does it:
 * the rows of a panel are closed by themselves (Floyd 1962, doi:10.1145/367766.368168), then
 * every other row takes all ways over the panel at once, block by block, so that the panel
 * stays in the cache. */
#include "hierarchy-kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAVE_WIDE 1
#define WIDE __attribute__((target("avx")))
#else
#define HAVE_WIDE 0
#endif

enum {
    PANEL = 32,  /* rows; a multiple of STRIP */
    STRIP = 4,   /* rows of the panel that a row takes in one go */
    BLOCK = 256, /* columns */
};

/* ---- one row ----------------------------------------------------------------------------- */

/* row[j] = min(row[j], over[k] + panel[k][j]) for a strip of k, over a block. */
static void take_strip(double *restrict row, const double *restrict panel, gsize stride,
                       const double *over, gsize n)
{
    const double *p0 = panel, *p1 = p0 + stride, *p2 = p1 + stride, *p3 = p2 + stride;
    gsize j = 0;
#if HAVE_WIDE
    __m128d o0 = _mm_set1_pd(over[0]), o1 = _mm_set1_pd(over[1]);
    __m128d o2 = _mm_set1_pd(over[2]), o3 = _mm_set1_pd(over[3]);
    for (; j + 2 <= n; j += 2) {
        __m128d a =
            _mm_min_pd(_mm_add_pd(o0, _mm_loadu_pd(p0 + j)), _mm_add_pd(o1, _mm_loadu_pd(p1 + j)));
        __m128d b =
            _mm_min_pd(_mm_add_pd(o2, _mm_loadu_pd(p2 + j)), _mm_add_pd(o3, _mm_loadu_pd(p3 + j)));
        _mm_storeu_pd(row + j, _mm_min_pd(_mm_loadu_pd(row + j), _mm_min_pd(a, b)));
    }
#endif
    for (; j < n; j++) {
        double a = MIN(over[0] + p0[j], over[1] + p1[j]);
        double b = MIN(over[2] + p2[j], over[3] + p3[j]);
        row[j] = MIN(row[j], MIN(a, b));
    }
}

#if HAVE_WIDE
/* The same, four at a time. */
WIDE static void take_strip_wide(double *restrict row, const double *restrict panel, gsize stride,
                                 const double *over, gsize n)
{
    const double *p0 = panel, *p1 = p0 + stride, *p2 = p1 + stride, *p3 = p2 + stride;
    __m256d o0 = _mm256_set1_pd(over[0]), o1 = _mm256_set1_pd(over[1]);
    __m256d o2 = _mm256_set1_pd(over[2]), o3 = _mm256_set1_pd(over[3]);
    gsize j = 0;
    for (; j + 4 <= n; j += 4) {
        __m256d a = _mm256_min_pd(_mm256_add_pd(o0, _mm256_loadu_pd(p0 + j)),
                                  _mm256_add_pd(o1, _mm256_loadu_pd(p1 + j)));
        __m256d b = _mm256_min_pd(_mm256_add_pd(o2, _mm256_loadu_pd(p2 + j)),
                                  _mm256_add_pd(o3, _mm256_loadu_pd(p3 + j)));
        _mm256_storeu_pd(row + j, _mm256_min_pd(_mm256_loadu_pd(row + j), _mm256_min_pd(a, b)));
    }
    take_strip(row + j, panel + j, stride, over, n - j);
}
#endif

static void take_strip_best(double *row, const double *panel, gsize stride, const double *over,
                            gsize n)
{
#if HAVE_WIDE
    if (n >= 8 && __builtin_cpu_supports("avx")) {
        take_strip_wide(row, panel, stride, over, n);
        return;
    }
#endif
    take_strip(row, panel, stride, over, n);
}

static void take_one(double *restrict row, const double *restrict other, double over, gsize n)
{
    for (gsize j = 0; j < n; j++)
        row[j] = MIN(row[j], over + other[j]);
}

/* ---- elimination ------------------------------------------------------------------------- */

static void close_panel(double *costs, gsize n, gsize begin, gsize end)
{
    for (gsize k = begin; k < end; k++) {
        for (gsize i = begin; i < end; i++) {
            double over = costs[i * n + k];
            if (i != k && over < INFINITY)
                take_one(costs + i * n + begin, costs + k * n + begin, over, n - begin);
        }
    }
}

static void take_panel(double *row, const double *panel, gsize n, const double *over, gsize n_panel,
                       gsize n_columns)
{
    gsize k = 0;
    for (; k + STRIP <= n_panel; k += STRIP) {
        if (over[k] < INFINITY || over[k + 1] < INFINITY || over[k + 2] < INFINITY ||
            over[k + 3] < INFINITY)
            take_strip_best(row, panel + k * n, n, over + k, n_columns);
    }
    for (; k < n_panel; k++) {
        if (over[k] < INFINITY)
            take_one(row, panel + k * n, over[k], n_columns);
    }
}

/* Lets the ways of all rows behind the panel lead over it. */
static void spread_panel(double *costs, gsize n, gsize begin, gsize end, double *over)
{
    for (gsize i = end; i < n; i++)
        memcpy(over + i * PANEL, costs + i * n + begin, (end - begin) * sizeof *over);
    for (gsize j = begin; j < n; j += BLOCK) {
        for (gsize i = end; i < n; i++)
            take_panel(costs + i * n + j, costs + begin * n + j, n, over + i * PANEL, end - begin,
                       MIN(BLOCK, n - j));
    }
}

void fm_kernel_eliminate(double *costs, gsize n, gsize n_over)
{
    g_autofree double *over = g_new(double, MAX(n, 1) * PANEL);
    for (gsize begin = 0; begin < n_over; begin += PANEL) {
        gsize end = MIN(begin + PANEL, n_over);
        close_panel(costs, n, begin, end);
        spread_panel(costs, n, begin, end, over);
    }
}

void fm_kernel_transpose(double *costs, gsize n)
{
    enum { TILE = 16 };
    for (gsize i = 0; i < n; i += TILE) {
        for (gsize j = i; j < n; j += TILE) {
            for (gsize y = i; y < MIN(i + TILE, n); y++) {
                for (gsize x = MAX(j, y + 1); x < MIN(j + TILE, n); x++) {
                    double kept = costs[y * n + x];
                    costs[y * n + x] = costs[x * n + y];
                    costs[x * n + y] = kept;
                }
            }
        }
    }
}

gboolean fm_kernel_is_symmetric(const double *costs, gsize n)
{
    enum { TILE = 16 };
    for (gsize i = 0; i < n; i += TILE) {
        for (gsize j = 0; j <= i; j += TILE) {
            for (gsize y = i; y < MIN(i + TILE, n); y++) {
                for (gsize x = j; x < MIN(j + TILE, y); x++) {
                    if (costs[y * n + x] != costs[x * n + y])
                        return FALSE;
                }
            }
        }
    }
    return TRUE;
}

/* ---- pruning ----------------------------------------------------------------------------- */

/* Crosses out what the way over another node replaces.  @return the least that is left */
static double cross_out(double *restrict row, const double *restrict other, double over, gsize n)
{
    double least = (double)INFINITY;
    gsize j = 0;
#if HAVE_WIDE
    __m128d wide = _mm_set1_pd(over), all = _mm_set1_pd((double)INFINITY), low = all;
    for (; j + 2 <= n; j += 2) {
        __m128d own = _mm_loadu_pd(row + j);
        __m128d out = _mm_cmple_pd(_mm_add_pd(wide, _mm_loadu_pd(other + j)), own);
        own = _mm_or_pd(_mm_and_pd(out, all), _mm_andnot_pd(out, own));
        _mm_storeu_pd(row + j, own);
        low = _mm_min_pd(low, own);
    }
    double lows[2];
    _mm_storeu_pd(lows, low);
    least = MIN(lows[0], lows[1]);
#endif
    for (; j < n; j++) {
        if (over + other[j] <= row[j])
            row[j] = (double)INFINITY;
        least = MIN(least, row[j]);
    }
    return least;
}

#if HAVE_WIDE
/* The same, four at a time. */
WIDE static double cross_out_wide(double *restrict row, const double *restrict other, double over,
                                  gsize n)
{
    __m256d wide = _mm256_set1_pd(over), all = _mm256_set1_pd((double)INFINITY), low = all;
    gsize j = 0;
    for (; j + 4 <= n; j += 4) {
        __m256d own = _mm256_loadu_pd(row + j);
        __m256d sum = _mm256_add_pd(wide, _mm256_loadu_pd(other + j));
        /* Not blendv: GCC 12 takes it apart into branches. */
        __m256d out = _mm256_cmp_pd(sum, own, _CMP_LE_OQ);
        own = _mm256_or_pd(_mm256_and_pd(out, all), _mm256_andnot_pd(out, own));
        _mm256_storeu_pd(row + j, own);
        low = _mm256_min_pd(low, own);
    }
    double lows[4];
    _mm256_storeu_pd(lows, low);
    double rest = cross_out(row + j, other + j, over, n - j);
    return MIN(rest, MIN(MIN(lows[0], lows[1]), MIN(lows[2], lows[3])));
}
#endif

static double cross_out_best(double *row, const double *other, double over, gsize n)
{
#if HAVE_WIDE
    if (n >= 16 && __builtin_cpu_supports("avx"))
        return cross_out_wide(row, other, over, n);
#endif
    return cross_out(row, other, over, n);
}

/* @return the first number from the j-th on that is no more than `least`; there is one */
static gsize find(const double *row, gsize j, gsize n, double least)
{
#if HAVE_WIDE
    __m128d most = _mm_set1_pd(least);
    for (; j + 4 <= n; j += 4) {
        int low = _mm_movemask_pd(_mm_cmple_pd(_mm_loadu_pd(row + j), most));
        int high = _mm_movemask_pd(_mm_cmple_pd(_mm_loadu_pd(row + j + 2), most));
        if (low | high)
            return j + (gsize)__builtin_ctz((guint)(low | high << 2));
    }
#endif
    while (j + 1 < n && row[j] > least)
        j++;
    return j;
}

void fm_kernel_prune(const double *costs, gsize n, gsize from, double *row, guint8 *kept)
{
    gsize begin = from + 1;
    double least = (double)INFINITY;
    for (gsize j = begin; j < n; j++) {
        row[j] = costs[from * n + j];
        least = MIN(least, row[j]);
    }
    while (least < (double)FM_STEPS_MAX) {
        gsize j = find(row, begin, n, least);
        kept[j] = 1;
        least = cross_out_best(row + begin, costs + j * n + begin, least, n - begin);
    }
}
