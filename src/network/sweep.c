/* The loops over lanes are compiled twice, as in matrix-lanes.c: minima and sums of whole numbers
 * are the same in both. */
#include "sweep.h"

#include "hierarchy-internal.h"
#include "wide.h"

/* Ranks whose rows, 256 bytes each, are still in the second cache when they are asked for. */
enum { STRETCH = 512 };

/* ---- lanes ------------------------------------------------------------------------------- */

LOOPS void lower(double *restrict row, const double *restrict other, double more)
{
    for (int i = 0; i < FM_LANES; i++) {
        double over = other[i] + more;
        row[i] = over < row[i] ? over : row[i];
    }
}

LOOPS double least_of(const double *row)
{
    double least[4] = {row[0], row[1], row[2], row[3]};
    for (int i = 4; i < FM_LANES; i += 4)
        for (int j = 0; j < 4; j++)
            least[j] = row[i + j] < least[j] ? row[i + j] : least[j];
    return MIN(MIN(least[0], least[1]), MIN(least[2], least[3]));
}

/* ---- hops, flat -------------------------------------------------------------------------- */

/* Ranks without the gaps that strips leave: by strip, the number of nodes in those before it. */
static guint32 *number_strips(const FmHierarchy *hierarchy)
{
    guint32 *base = g_try_new(guint32, (gsize)hierarchy->n_strips + 1);
    guint32 n = 0;
    for (guint32 s = 0; base && s < hierarchy->n_strips; s++) {
        base[s] = n;
        n += hierarchy->strips[s].n_nodes;
    }
    return base;
}

static guint32 dense(const guint32 *base, guint32 rank)
{
    return base[rank / FM_STRIP_MOST] + rank % FM_STRIP_MOST;
}

/* Hops of a strip, which lie by where they lead, go to the ranks that they leave; `next` by rank is
 * where the next one belongs.  Without `upward` they are counted there. */
static void put_strip(const FmHierarchy *hierarchy, guint32 s, const guint32 *base, guint32 *next,
                      FmUpward *upward)
{
    const FmStrip *strip = &hierarchy->strips[s];
    const FmColumns *columns = &hierarchy->columns;
    gsize h = strip->first_hop;
    for (gsize c = 0; c < strip->n_columns; c++) {
        gsize column = strip->first_column + c;
        for (guint8 k = 0; k < columns->counts[column]; k++, h++) {
            guint32 at = next[base[s] + columns->tails[h]]++;
            if (!upward)
                continue;
            upward->above[at] = dense(base, columns->ranks[column]);
            for (int t = 0; t < 2; t++)
                upward->costs[t][at] = columns->costs[t][h];
        }
    }
}

/* From counts by rank to where each begins, shifted by one so that filling restores them. */
static void fill_upward(const FmHierarchy *hierarchy, const guint32 *base, FmUpward *upward)
{
    guint32 *first = upward->first, sum = 0;
    memset(first, 0, ((gsize)upward->n + 2) * sizeof *first);
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        put_strip(hierarchy, s, base, first + 1, NULL);
    for (guint32 rank = 0; rank < upward->n; rank++) {
        guint32 count = first[rank + 1];
        first[rank + 1] = sum;
        sum += count;
    }
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        put_strip(hierarchy, s, base, first + 1, upward);
    for (gsize i = 0; i < hierarchy->n_nodes; i++)
        upward->rank_of[i] = dense(base, hierarchy->rank_of[i]);
}

FmUpward *fm_upward_new(const FmHierarchy *hierarchy)
{
    gsize n = hierarchy->n_nodes, n_hops = hierarchy->columns.n_hops;
    g_autoptr(FmUpward) upward = g_new0(FmUpward, 1);
    g_autofree guint32 *base = number_strips(hierarchy);
    upward->n = hierarchy->n_nodes;
    upward->rank_of = g_try_new(guint32, n + 1);
    upward->first = g_try_new(guint32, n + 2);
    upward->above = g_try_new(guint32, n_hops + 1);
    gboolean enough = base && upward->rank_of && upward->first && upward->above;
    for (int t = 0; t < 2; t++) {
        upward->costs[t] = g_try_new(double, n_hops + 1);
        enough = enough && upward->costs[t];
    }
    if (!enough)
        return NULL;
    fill_upward(hierarchy, base, upward);
    return g_steal_pointer(&upward);
}

void fm_upward_free(FmUpward *upward)
{
    if (!upward)
        return;
    g_free(upward->rank_of);
    g_free(upward->first);
    g_free(upward->above);
    g_free(upward->costs[0]);
    g_free(upward->costs[1]);
    g_free(upward);
}

/* ---- scratch ----------------------------------------------------------------------------- */

FmSweep *fm_sweep_new(const FmUpward *upward)
{
    gsize n = upward->n;
    g_autoptr(FmSweep) sweep = g_new0(FmSweep, 1);
    sweep->upward = upward;
    sweep->touched = g_try_new0(guint64, n / 64 + 1);
    sweep->alive = g_try_new0(guint8, n + 1);
    sweep->rows = g_try_new(double, (n + 1) * FM_LANES);
    return sweep->touched && sweep->alive && sweep->rows ? g_steal_pointer(&sweep) : NULL;
}

void fm_sweep_free(FmSweep *sweep)
{
    if (!sweep)
        return;
    g_free(sweep->touched);
    g_free(sweep->alive);
    g_free(sweep->rows);
    g_free(sweep);
}

/* ---- up ---------------------------------------------------------------------------------- */

static double *row_of(const FmSweep *sweep, guint32 rank)
{
    return sweep->rows + (gsize)rank * FM_LANES;
}

static gboolean is_touched(const FmSweep *sweep, guint32 rank)
{
    return sweep->touched[rank / 64] >> (rank % 64) & 1;
}

static void touch(FmSweep *sweep, guint32 rank)
{
    if (is_touched(sweep, rank))
        return;
    double *row = row_of(sweep, rank);
    for (int i = 0; i < FM_LANES; i++)
        row[i] = (double)INFINITY;
    sweep->touched[rank / 64] |= G_GUINT64_CONSTANT(1) << (rank % 64);
}

static void put_seeds(FmSweep *sweep, const FmEnds *ends, const gsize *batch, gsize n)
{
    for (gsize i = 0; i < n; i++)
        for (guint32 s = ends->first[batch[i]]; s < ends->first[batch[i] + 1]; s++) {
            guint32 rank = sweep->upward->rank_of[ends->seeds[s].node];
            double cost = (double)fm_steps_from_cost(ends->seeds[s].cost);
            touch(sweep, rank);
            double *lane = row_of(sweep, rank) + i;
            *lane = MIN(*lane, cost);
        }
}

/* Ranks by falling number, since hops lead to lower ones. */
LOOPS void climb(FmSweep *sweep, FmTravel travel, double limit)
{
    const FmUpward *upward = sweep->upward;
    const double *costs = upward->costs[travel];
    for (guint32 rank = upward->n; rank-- > 0;) {
        if (sweep->touched[rank / 64] == 0) {
            rank &= ~63u;
            continue;
        }
        const double *row = row_of(sweep, rank);
        if (!is_touched(sweep, rank) || least_of(row) > limit)
            continue;
        for (guint32 h = upward->first[rank]; h < upward->first[rank + 1]; h++) {
            touch(sweep, upward->above[h]);
            lower(row_of(sweep, upward->above[h]), row, costs[h]);
        }
    }
}

/* ---- down -------------------------------------------------------------------------------- */

/* @return FALSE when none of the ranks above is alive, and the climb has not been there */
LOOPS gboolean gather(const FmSweep *sweep, guint32 rank, const double *costs, double *row)
{
    const FmUpward *upward = sweep->upward;
    gboolean known = is_touched(sweep, rank);
    const double *own = row_of(sweep, rank);
    for (int i = 0; i < FM_LANES; i++)
        row[i] = known ? own[i] : (double)INFINITY;
    for (guint32 h = upward->first[rank]; h < upward->first[rank + 1]; h++) {
        guint32 above = upward->above[h];
        if (!sweep->alive[above])
            continue;
        lower(row, row_of(sweep, above), costs[h]);
        known = TRUE;
    }
    return known;
}

LOOPS void descend(FmSweep *sweep, FmTravel travel, double limit, FmSweepFunc func, void *user)
{
    const FmUpward *upward = sweep->upward;
    /* Away from the ends now: the other direction of the same hops. */
    const double *costs = upward->costs[travel == FM_TRAVEL_FROM ? FM_TRAVEL_TO : FM_TRAVEL_FROM];
    double row[FM_LANES];
    for (guint32 rank = 0; rank < upward->n; rank++) {
        sweep->alive[rank] = gather(sweep, rank, costs, row) && least_of(row) <= limit;
        if (sweep->alive[rank])
            memcpy(row_of(sweep, rank), row, sizeof row);
        if ((rank + 1) % STRETCH == 0 || rank + 1 == upward->n)
            func(sweep, rank + 1, user);
    }
}

/* ---- twice ------------------------------------------------------------------------------- */

LOOPS void run(FmSweep *sweep, FmTravel travel, double limit, FmSweepFunc func, void *user)
{
    climb(sweep, travel, limit);
    descend(sweep, travel, limit, func, user);
}

#if HAVE_WIDE
WIDE static void run_wide(FmSweep *sweep, FmTravel travel, double limit, FmSweepFunc func,
                          void *user)
{
    run(sweep, travel, limit, func, user);
}

WIDE static guint32 within_wide(const double *row, double limit)
{
    __m256d most = _mm256_set1_pd(limit);
    guint32 bits = 0;
    for (int i = 0; i < FM_LANES; i += 4) {
        __m256d in = _mm256_cmp_pd(_mm256_loadu_pd(row + i), most, _CMP_LE_OQ);
        bits |= (guint32)_mm256_movemask_pd(in) << i;
    }
    return bits;
}
#endif

void fm_sweep_run(FmSweep *sweep, FmTravel travel, const FmEnds *ends, const gsize *batch, gsize n,
                  FmSteps limit, FmSweepFunc func, void *user)
{
    g_return_if_fail(n <= FM_LANES);
    put_seeds(sweep, ends, batch, n);
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2"))
        run_wide(sweep, travel, (double)limit, func, user);
    else
#endif
        run(sweep, travel, (double)limit, func, user);
    memset(sweep->touched, 0, (sweep->upward->n / 64 + 1) * sizeof *sweep->touched);
}

guint32 fm_lanes_within(const double *row, double limit)
{
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2"))
        return within_wide(row, limit);
#endif
    guint32 bits = 0;
    for (int i = 0; i < FM_LANES; i++)
        bits |= (guint32)(row[i] <= limit) << i;
    return bits;
}
