/* Many-to-many over the hierarchy (Knopp et al. 2007).  From every end one search climbs; the
 * cheapest route of a pair meets at a node that both climbs visit.
 *
 * Ends that begin near one another climb together, a lane each: they soon share all nodes.
 * Hops lead to lower ranks only, so that a climb takes strips by falling number and needs no
 * queue.  Targets climb first, in blocks, to bound memory; each batch of sources then meets
 * each batch of targets, strip by strip. */
#include "hierarchy-internal.h"
#include "matrix-lanes.h"

#include <stdalign.h>
#include <stdlib.h>

enum {
    BLOCK = 2048, /* targets */
    N_BATCHES = BLOCK / FM_LANES,
};

/* The rows of a strip that was climbed to. */
typedef struct {
    guint32 strip, first_row;
} Step;

/* A batch of ends, and what is known after their climb. */
typedef struct {
    gsize n_ends;
    gsize ends[FM_LANES];
    guint32 n, room;
    Step *steps; /* strips falling */
    double *rows;
} Climb;

typedef struct {
    guint64 *touched; /* by strip, a bit; none between climbs */
    guint32 *slot;    /* by strip: 1 + its first row; 0 between climbs */
    guint32 n_rows, room;
    double *rows;
    Climb climb; /* of the batch of sources at hand */
} Scratch;

typedef struct {
    const FmHierarchy *hierarchy;
    const FmLanes *lanes;
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
        gsize n = job->hierarchy->n_strips;
        Scratch *made = g_new0(Scratch, 1);
        made->touched = g_new0(guint64, n / 64 + 1);
        made->slot = g_new0(guint32, MAX(n, 1));
        job->scratch[worker] = made;
    }
    return job->scratch[worker];
}

static void climb_clear(Climb *climb)
{
    g_free(climb->steps);
    g_aligned_free(climb->rows);
}

static void scratch_free(Scratch *scratch)
{
    if (scratch == NULL)
        return;
    climb_clear(&scratch->climb);
    g_free(scratch->touched);
    g_free(scratch->slot);
    g_aligned_free(scratch->rows);
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

static double *new_rows(gsize n)
{
    return g_aligned_alloc(MAX(n, 1), FM_LANES * sizeof(double), FM_LANES_ALIGNMENT);
}

static void reserve(Scratch *scratch, guint32 n_more)
{
    if (scratch->n_rows + n_more <= scratch->room)
        return;
    scratch->room = 1024 + 2 * scratch->room;
    double *rows = new_rows(scratch->room);
    if (scratch->n_rows > 0)
        memcpy(rows, scratch->rows, scratch->n_rows * FM_LANES * sizeof(double));
    g_aligned_free(scratch->rows);
    scratch->rows = rows;
}

/* Makes sure that a strip has rows. */
static inline void touch(Scratch *scratch, const FmHierarchy *hierarchy, guint32 strip)
{
    if (scratch->slot[strip] != 0)
        return;
    guint32 n = hierarchy->strips[strip].n_nodes;
    reserve(scratch, n);
    double *rows = scratch->rows + (gsize)scratch->n_rows * FM_LANES;
    for (gsize i = 0; i < (gsize)n * FM_LANES; i++)
        rows[i] = (double)INFINITY;
    scratch->slot[strip] = scratch->n_rows + 1;
    scratch->n_rows += n;
    scratch->touched[strip / 64] |= G_GUINT64_CONSTANT(1) << (strip % 64);
}

static inline double *row_of(const Scratch *scratch, guint32 rank)
{
    gsize row = scratch->slot[rank / FM_STRIP_MOST] - 1 + rank % FM_STRIP_MOST;
    return scratch->rows + row * FM_LANES;
}

/* @return the highest strip with a seed */
static guint32 put_seeds(Scratch *scratch, const FmHierarchy *hierarchy, const FmEnds *ends,
                         const Climb *climb)
{
    guint32 highest = 0;
    for (gsize i = 0; i < climb->n_ends; i++) {
        gsize end = climb->ends[i];
        for (guint32 s = ends->first[end]; s < ends->first[end + 1]; s++) {
            guint32 rank = hierarchy->rank_of[ends->seeds[s].node], strip = rank / FM_STRIP_MOST;
            FmSteps cost = fm_steps_from_cost(ends->seeds[s].cost);
            touch(scratch, hierarchy, strip);
            double *lane = row_of(scratch, rank) + i;
            *lane = MIN(*lane, (double)cost);
            highest = MAX(highest, strip);
        }
    }
    return highest;
}

static gboolean is_within(const double *rows, guint32 n, double limit)
{
    for (gsize i = 0; i < (gsize)n * FM_LANES; i++) {
        if (rows[i] <= limit)
            return TRUE;
    }
    return FALSE;
}

/* @return FALSE when no end reaches the strip */
static gboolean visit(Scratch *scratch, const Job *job, FmTravel travel, guint32 number)
{
    const FmHierarchy *hierarchy = job->hierarchy;
    const FmStrip *strip = &hierarchy->strips[number];
    const FmColumns *columns = &hierarchy->columns;
    const guint32 *ranks = columns->ranks + strip->first_column;
    const guint8 *counts = columns->counts + strip->first_column;
    if (!is_within(row_of(scratch, number * FM_STRIP_MOST), strip->n_nodes, job->limit))
        return FALSE;
    for (guint32 c = 0; c < strip->n_columns; c++)
        touch(scratch, hierarchy, ranks[c] / FM_STRIP_MOST);
    const double *rows = row_of(scratch, number * FM_STRIP_MOST);
    const guint8 *tails = columns->tails + strip->first_hop;
    const double *costs = columns->costs[travel] + strip->first_hop;
    for (guint32 c = 0; c < strip->n_columns; c++) {
        job->lanes->climb(row_of(scratch, ranks[c]), rows, tails, costs, counts[c]);
        tails += counts[c];
        costs += counts[c];
    }
    return TRUE;
}

static void append_step(Climb *climb, Step step)
{
    if (climb->n == climb->room) {
        climb->room = 256 + 2 * climb->room;
        climb->steps = g_renew(Step, climb->steps, climb->room);
    }
    climb->steps[climb->n++] = step;
}

/* Copies what was climbed to; the next climb finds the scratch as it was. */
static void keep_rows(Scratch *scratch, const FmHierarchy *hierarchy, Climb *climb)
{
    gsize next = 0;
    g_aligned_free(climb->rows);
    climb->rows = new_rows(scratch->n_rows);
    for (guint32 i = 0; i < climb->n; i++) {
        guint32 strip = climb->steps[i].strip, n = hierarchy->strips[strip].n_nodes;
        memcpy(climb->rows + next * FM_LANES, row_of(scratch, strip * FM_STRIP_MOST),
               n * FM_LANES * sizeof(double));
        climb->steps[i].first_row = (guint32)next;
        scratch->slot[strip] = 0;
        next += n;
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
            guint32 strip = w * 64 + 63 - (guint32)__builtin_clzll(scratch->touched[w]);
            scratch->touched[w] ^= G_GUINT64_CONSTANT(1) << (strip % 64);
            if (visit(scratch, job, travel, strip))
                append_step(climb, (Step){strip, 0});
            else
                scratch->slot[strip] = 0;
        }
    }
    keep_rows(scratch, hierarchy, climb);
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

static void meet_batch(const Job *job, const Scratch *scratch, const Climb *to)
{
    alignas(FM_LANES_ALIGNMENT) double tile[FM_LANES * FM_LANES];
    const Climb *from = &scratch->climb;
    for (gsize i = 0; i < G_N_ELEMENTS(tile); i++)
        tile[i] = (double)INFINITY;
    for (guint32 i = 0; i < to->n; i++) {
        guint32 strip = to->steps[i].strip, slot = scratch->slot[strip];
        if (slot != 0)
            job->lanes->meet(tile, from->rows + (gsize)(slot - 1) * FM_LANES,
                             to->rows + (gsize)to->steps[i].first_row * FM_LANES,
                             job->hierarchy->strips[strip].n_nodes);
    }
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
        for (guint32 i = 0; i < from->n; i++)
            scratch->slot[from->steps[i].strip] = from->steps[i].first_row + 1;
        for (gsize t = 0; t < n_batches(job->block_n); t++)
            meet_batch(job, scratch, &job->climbs[t]);
        for (guint32 i = 0; i < from->n; i++)
            scratch->slot[from->steps[i].strip] = 0;
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
               .lanes = fm_lanes_best(),
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
