/* Many-to-many over the hierarchy (Knopp et al. 2007).  From every end one search climbs; the
 * cheapest route of a pair meets at a node that both climbs visit.
 *
 * Ends that begin near one another climb together, a lane each: they soon share all nodes.
 * Hops lead to lower ranks only, so that a climb takes its nodes by falling rank and needs no
 * queue.  Targets climb first, in blocks, to bound memory; each batch of sources then meets
 * each batch of targets. */
#include "matrix-lanes.h"

#include <stdlib.h>

enum {
    BLOCK = 2048, /* targets */
    N_BATCHES = BLOCK / FM_LANES,
};

/* A batch of ends, and what is known after their climb. */
typedef struct {
    gsize n_ends;
    gsize ends[FM_LANES];
    guint32 n, room;
    guint32 *ranks; /* that it climbed to, falling */
    double *rows;   /* in that order */
} Climb;

typedef struct {
    guint64 *touched; /* by rank, a bit; none between climbs */
    guint32 *slot;    /* by rank: 1 + its row; 0 between climbs */
    guint32 n_rows, room;
    double *rows;
    Climb climb; /* of the batch of sources at hand */
    const double **meet[2];
} Scratch;

typedef struct {
    const FmHierarchy *hierarchy;
    const FmEnds *from, *to;
    double limit; /* in steps */
    double *costs;
    gsize *sources, *targets; /* ends in the order of their batches */
    Scratch **scratch;        /* one a worker */
    gsize block_begin, block_n;
    Climb *climbs; /* of the block's targets */
} Job;

/* ---- scratch ----------------------------------------------------------------------------- */

static Scratch *scratch_of(Job *job, guint worker)
{
    if (job->scratch[worker] == NULL) {
        gsize n = job->hierarchy->n_nodes;
        Scratch *made = g_new0(Scratch, 1);
        made->touched = g_new0(guint64, n / 64 + 1);
        made->slot = g_new0(guint32, MAX(n, 1));
        job->scratch[worker] = made;
    }
    return job->scratch[worker];
}

static void climb_clear(Climb *climb)
{
    g_free(climb->ranks);
    g_free(climb->rows);
}

static void scratch_free(Scratch *scratch)
{
    if (scratch == NULL)
        return;
    climb_clear(&scratch->climb);
    g_free(scratch->touched);
    g_free(scratch->slot);
    g_free(scratch->rows);
    for (int side = 0; side < 2; side++)
        g_free(scratch->meet[side]);
    g_free(scratch);
}

/* ---- batches ----------------------------------------------------------------------------- */

typedef struct {
    guint32 rank;
    gsize end;
} Begin;

static int by_rank(const void *a, const void *b)
{
    const Begin *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* Ends by the rank of their first seed: the dissection gave ranks piece by piece. */
static gsize *sort_ends(const FmHierarchy *hierarchy, const FmEnds *ends)
{
    g_autofree Begin *begins = g_new(Begin, ends->n + 1);
    gsize *sorted = g_new(gsize, ends->n + 1);
    for (gsize i = 0; i < ends->n; i++) {
        gboolean has_seeds = ends->first[i] < ends->first[i + 1];
        begins[i].rank =
            has_seeds ? hierarchy->rank_of[ends->seeds[ends->first[i]].node] : FM_NODE_NONE;
        begins[i].end = i;
    }
    qsort(begins, ends->n, sizeof *begins, by_rank);
    for (gsize i = 0; i < ends->n; i++)
        sorted[i] = begins[i].end;
    return sorted;
}

static gsize n_batches(gsize n_ends)
{
    return (n_ends + FM_LANES - 1) / FM_LANES;
}

/* ---- climbing ---------------------------------------------------------------------------- */

static void reserve(Scratch *scratch, guint32 n_more)
{
    if (scratch->n_rows + n_more <= scratch->room)
        return;
    scratch->room = scratch->n_rows + n_more + scratch->room / 2;
    scratch->rows = g_renew(double, scratch->rows, (gsize)scratch->room *FM_LANES);
}

/* Makes sure that a rank has a row. */
static inline void touch(Scratch *scratch, guint32 rank)
{
    if (scratch->slot[rank] != 0)
        return;
    double *row = scratch->rows + (gsize)scratch->n_rows * FM_LANES;
    for (int i = 0; i < FM_LANES; i++)
        row[i] = (double)INFINITY;
    scratch->slot[rank] = ++scratch->n_rows;
    scratch->touched[rank / 64] |= G_GUINT64_CONSTANT(1) << (rank % 64);
}

/* @return the highest rank with a seed */
static guint32 put_seeds(Scratch *scratch, const FmHierarchy *hierarchy, const FmEnds *ends,
                         const Climb *climb)
{
    guint32 highest = 0;
    for (gsize i = 0; i < climb->n_ends; i++) {
        gsize end = climb->ends[i];
        reserve(scratch, ends->first[end + 1] - ends->first[end]);
        for (guint32 s = ends->first[end]; s < ends->first[end + 1]; s++) {
            guint32 rank = hierarchy->rank_of[ends->seeds[s].node];
            FmSteps cost = fm_steps_from_cost(ends->seeds[s].cost);
            touch(scratch, rank);
            double *lane = &scratch->rows[(gsize)(scratch->slot[rank] - 1) * FM_LANES + i];
            *lane = MIN(*lane, (double)cost);
            highest = MAX(highest, rank);
        }
    }
    return highest;
}

static gboolean is_within(const double *row, double limit)
{
    double least = row[0];
    for (int i = 1; i < FM_LANES; i++)
        least = row[i] < least ? row[i] : least;
    return least <= limit;
}

static void visit(Scratch *scratch, const FmHierarchy *hierarchy, FmTravel travel, guint32 rank,
                  double limit, Climb *climb)
{
    guint32 first = hierarchy->first[rank], n_hops = hierarchy->first[rank + 1] - first;
    const guint32 *ranks = hierarchy->hop_ranks + first;
    gsize at = (gsize)(scratch->slot[rank] - 1) * FM_LANES;
    if (!is_within(scratch->rows + at, limit)) {
        scratch->slot[rank] = 0;
        return;
    }
    reserve(scratch, n_hops);
    for (guint32 h = 0; h < n_hops; h++)
        touch(scratch, ranks[h]);
    fm_lanes_climb(scratch->rows, scratch->rows + at, scratch->slot, ranks,
                   hierarchy->hop_costs[travel] + first, n_hops);
    climb->ranks[climb->n++] = rank;
}

/* Copies the rows in the order of the ranks; the next climb finds the scratch as it was. */
static void keep_rows(Scratch *scratch, Climb *climb)
{
    climb->rows = g_renew(double, climb->rows, MAX(climb->n, 1) * (gsize)FM_LANES);
    for (guint32 i = 0; i < climb->n; i++) {
        guint32 rank = climb->ranks[i];
        memcpy(climb->rows + (gsize)i * FM_LANES,
               scratch->rows + (gsize)(scratch->slot[rank] - 1) * FM_LANES,
               FM_LANES * sizeof(double));
        scratch->slot[rank] = 0;
    }
    scratch->n_rows = 0;
}

static void climb_batch(Scratch *scratch, const Job *job, FmTravel travel, const FmEnds *ends,
                        Climb *climb)
{
    const FmHierarchy *hierarchy = job->hierarchy;
    guint32 highest = put_seeds(scratch, hierarchy, ends, climb);
    climb->n = 0;
    for (guint32 w = highest / 64 + 1; w-- > 0;) {
        while (scratch->touched[w] != 0) {
            guint32 rank = w * 64 + 63 - (guint32)__builtin_clzll(scratch->touched[w]);
            scratch->touched[w] ^= G_GUINT64_CONSTANT(1) << (rank % 64);
            if (climb->n == climb->room) {
                climb->room = 256 + 2 * climb->room;
                climb->ranks = g_renew(guint32, climb->ranks, climb->room);
            }
            visit(scratch, hierarchy, travel, rank, job->limit, climb);
        }
    }
    keep_rows(scratch, climb);
}

static void set_batch(Climb *climb, const gsize *sorted, gsize begin, gsize end)
{
    climb->n_ends = end - begin;
    memcpy(climb->ends, sorted + begin, climb->n_ends * sizeof *sorted);
}

static gboolean climb_targets(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Job *job = user;
    for (gsize b = begin; b < end; b++) {
        gsize first = b * FM_LANES;
        set_batch(&job->climbs[b], job->targets + job->block_begin, first,
                  MIN(first + FM_LANES, job->block_n));
        climb_batch(scratch_of(job, worker), job, FM_TRAVEL_TO, job->to, &job->climbs[b]);
    }
    return TRUE;
}

/* ---- meeting ----------------------------------------------------------------------------- */

/* Finds the rows of the nodes that both batches know. @return how many */
static gsize find_common(Scratch *scratch, const Climb *to)
{
    gsize n = 0;
    for (guint32 i = 0; i < to->n; i++) {
        guint32 slot = scratch->slot[to->ranks[i]];
        if (slot == 0)
            continue;
        scratch->meet[0][n] = scratch->climb.rows + (gsize)(slot - 1) * FM_LANES;
        scratch->meet[1][n++] = to->rows + (gsize)i * FM_LANES;
    }
    return n;
}

static void meet_batch(const Job *job, Scratch *scratch, const Climb *to)
{
    double tile[FM_LANES * FM_LANES];
    const Climb *from = &scratch->climb;
    for (gsize i = 0; i < G_N_ELEMENTS(tile); i++)
        tile[i] = (double)INFINITY;
    fm_lanes_meet(tile, scratch->meet[0], scratch->meet[1], find_common(scratch, to));
    for (gsize i = 0; i < from->n_ends; i++) {
        double *row = job->costs + from->ends[i] * job->to->n;
        for (gsize j = 0; j < to->n_ends; j++) {
            double steps = tile[i * FM_LANES + j];
            row[to->ends[j]] = steps <= job->limit ? steps * FM_COST_STEP : (double)INFINITY;
        }
    }
}

static gboolean collect_sources(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Job *job = user;
    Scratch *scratch = scratch_of(job, worker);
    Climb *from = &scratch->climb;
    for (gsize b = begin; b < end; b++) {
        set_batch(from, job->sources, b * FM_LANES, MIN((b + 1) * FM_LANES, job->from->n));
        climb_batch(scratch, job, FM_TRAVEL_FROM, job->from, from);
        for (int side = 0; side < 2; side++)
            scratch->meet[side] = g_renew(const double *, scratch->meet[side], MAX(from->n, 1));
        for (guint32 i = 0; i < from->n; i++)
            scratch->slot[from->ranks[i]] = i + 1;
        for (gsize t = 0; t < n_batches(job->block_n); t++)
            meet_batch(job, scratch, &job->climbs[t]);
        for (guint32 i = 0; i < from->n; i++)
            scratch->slot[from->ranks[i]] = 0;
    }
    return TRUE;
}

/* ---- the whole --------------------------------------------------------------------------- */

static gboolean run_block(Job *job, guint n_threads, const FmProgress *progress, GError **error)
{
    const char *stage = "measuring all pairs over the network";
    FmProgress first = fm_progress_slice(progress, 0, 0.3);
    FmProgress second = fm_progress_slice(progress, 0.3, 1);
    return fm_parallel_for(n_batches(job->block_n), 1, n_threads, climb_targets, job, &first, stage,
                           error) &&
           fm_parallel_for(n_batches(job->from->n), 1, n_threads, collect_sources, job, &second,
                           stage, error);
}

static gboolean run(Job *job, guint n_threads, const FmProgress *progress, GError **error)
{
    gsize n = job->to->n;
    for (job->block_begin = 0; job->block_begin < n; job->block_begin += BLOCK) {
        job->block_n = MIN(BLOCK, n - job->block_begin);
        FmProgress slice = fm_progress_slice(progress, (double)job->block_begin / (double)n,
                                             (double)(job->block_begin + job->block_n) / (double)n);
        if (!run_block(job, n_threads, &slice, error))
            return FALSE;
    }
    return fm_progress_report(progress, 1, "measuring all pairs over the network", error);
}

static gboolean ends_fit(const FmHierarchy *hierarchy, const FmEnds *ends)
{
    FmGraph nodes = {.n_nodes = hierarchy->n_nodes};
    return fm_ends_fit(&nodes, ends);
}

gboolean fm_hierarchy_matrix(const FmHierarchy *hierarchy, const FmEnds *from, const FmEnds *to,
                             double limit, guint n_threads, double *costs,
                             const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(ends_fit(hierarchy, from) && ends_fit(hierarchy, to), FALSE);
    g_return_val_if_fail(limit >= 0, FALSE);

    guint n_workers = n_threads == 0 ? fm_parallel_default_threads() : n_threads;
    g_autofree Scratch **scratch = g_new0(Scratch *, n_workers);
    g_autofree Climb *climbs = g_new0(Climb, N_BATCHES);
    g_autofree gsize *sources = sort_ends(hierarchy, from), *targets = sort_ends(hierarchy, to);
    Job job = {.hierarchy = hierarchy,
               .from = from,
               .to = to,
               .limit = (double)fm_steps_from_limit(limit),
               .costs = costs,
               .sources = sources,
               .targets = targets,
               .scratch = scratch,
               .climbs = climbs};
    gboolean ok = run(&job, n_workers, progress, error);
    for (gsize b = 0; b < N_BATCHES; b++)
        climb_clear(&climbs[b]);
    for (guint w = 0; w < n_workers; w++)
        scratch_free(scratch[w]);
    return ok;
}
