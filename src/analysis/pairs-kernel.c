/* The proximity kernels: the k nearest targets in a fixed shape, and lists of pairs of any length.
 * Pairs are found block by block of origins; a block's chunks are joined in order, so the list is
 * the same for any number of threads, and the limit on pairs is checked before memory runs away. */
#include "analysis-internal.h"

#include <math.h>

enum {
    GRAIN = 64,            /* origins a chunk */
    BLOCK_CHUNKS = 256,    /* chunks a block, at most */
    BLOCK_PAIRS = 1 << 22, /* pairs a block may make before the limit is looked at */
};

/* ---- fm_nearest ------------------------------------------------------------------------- */

typedef struct {
    const FmTargets *targets;
    const FmLonLat *origins;
    gsize k;
    double max_distance_m;
    FmNeighbour *out;
    FmLonLat *positions;
} NearestJob;

static gboolean nearest_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    NearestJob *job = user;
    for (gsize i = begin; i < end; i++) {
        FmNeighbour *out = job->out + i * job->k;
        FmLonLat *positions = job->positions ? job->positions + i * job->k : NULL;
        gsize n = fm_targets_nearest(job->targets, job->origins[i], job->k, job->max_distance_m,
                                     out, positions);
        for (gsize j = n; j < job->k; j++) {
            out[j] = (FmNeighbour){G_MAXSIZE, (double)INFINITY};
            if (positions)
                positions[j] = (FmLonLat){(double)NAN, (double)NAN};
        }
    }
    return TRUE;
}

gboolean fm_nearest(const FmLonLat *origins, gsize n_origins, const FmGeometry *const *targets,
                    gsize n_targets, gsize k, double max_distance_m, guint n_threads,
                    FmNeighbour *out, FmLonLat *positions, const FmProgress *progress,
                    GError **error)
{
    g_return_val_if_fail(k > 0, FALSE);
    g_autoptr(FmTargets) index = fm_targets_new(targets, n_targets);
    NearestJob job = {index, origins, k, max_distance_m, out, positions};
    return fm_parallel_for(n_origins, GRAIN, n_threads, nearest_chunk, &job, progress,
                           "finding the nearest", error);
}

/* ---- fm_pairs --------------------------------------------------------------------------- */

/* One worker's room for the answers to one origin. */
typedef struct {
    FmNeighbour *found;
    FmLonLat *positions;
    gsize size;
    GArray *within;
} Scratch;

typedef struct {
    const FmPairsInput *input;
    const FmTargets *targets;
    Scratch *scratch; /* one a worker */
    gsize block_begin;
    GArray **chunks; /* one a chunk of the block: FmPair */
} PairsJob;

/* How many answers to ask for, so that the origin itself may be struck out of them. */
static gsize wanted(const PairsJob *job, FmLonLat origin, Scratch *scratch)
{
    const FmPairsInput *input = job->input;
    if (input->k > 0)
        return MIN(input->k + (input->self ? 1 : 0), input->n_targets);
    if (isinf(input->max_distance_m))
        return input->n_targets;
    g_array_set_size(scratch->within, 0);
    fm_targets_within(job->targets, origin, input->max_distance_m, scratch->within);
    return scratch->within->len;
}

static void pair_origin(const PairsJob *job, gsize origin, Scratch *scratch, GArray *pairs)
{
    const FmPairsInput *input = job->input;
    gsize n = wanted(job, input->origins[origin], scratch);
    if (n == 0)
        return;
    if (scratch->size < n) {
        scratch->size = n;
        scratch->found = g_renew(FmNeighbour, scratch->found, n);
        scratch->positions = g_renew(FmLonLat, scratch->positions, n);
    }
    n = fm_targets_nearest(job->targets, input->origins[origin], n, input->max_distance_m,
                           scratch->found, scratch->positions);
    gsize self = input->self ? input->self[origin] : G_MAXSIZE;
    gsize rank = 0;
    for (gsize i = 0; i < n && (input->k == 0 || rank < input->k); i++) {
        if (scratch->found[i].index == self)
            continue;
        FmPair pair = {origin, scratch->found[i].index, ++rank, scratch->found[i].distance_m,
                       scratch->positions[i]};
        g_array_append_val(pairs, pair);
    }
}

static gboolean pairs_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    PairsJob *job = user;
    GArray *pairs = job->chunks[begin / GRAIN];
    g_array_set_size(pairs, 0);
    for (gsize i = begin; i < end; i++)
        pair_origin(job, job->block_begin + i, &job->scratch[worker], pairs);
    return TRUE;
}

static void set_too_many(const FmPairsInput *input, GError **error)
{
    g_autofree char *limit = fm_format_count((gint64)input->max_pairs);
    g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                "more than %s pairs: ask for fewer nearest, a shorter distance or fewer rows",
                limit);
}

static gboolean join_chunks(const PairsJob *job, gsize n_chunks, GArray *out, GError **error)
{
    for (gsize c = 0; c < n_chunks; c++) {
        GArray *chunk = job->chunks[c];
        if (out->len + (gsize)chunk->len > job->input->max_pairs) {
            set_too_many(job->input, error);
            return FALSE;
        }
        if (chunk->len > 0)
            g_array_append_vals(out, chunk->data, chunk->len);
    }
    return TRUE;
}

static gboolean run_blocks(PairsJob *job, gsize block, GArray *out, const FmProgress *progress,
                           GError **error)
{
    gsize n = job->input->n_origins;
    for (gsize begin = 0; begin < n; begin += block) {
        gsize n_block = MIN(n - begin, block);
        job->block_begin = begin;
        FmProgress slice = fm_progress_slice(progress, (double)begin / (double)n,
                                             (double)(begin + n_block) / (double)n);
        if (!fm_parallel_for(n_block, GRAIN, job->input->n_threads, pairs_chunk, job, &slice,
                             "measuring distances", error) ||
            !join_chunks(job, (n_block + GRAIN - 1) / GRAIN, out, error))
            return FALSE;
    }
    return TRUE;
}

GArray *fm_pairs(const FmPairsInput *input, const FmProgress *progress, GError **error)
{
    gboolean all = input->k == 0 && isinf(input->max_distance_m);
    if (all && input->n_targets > 0 && input->n_origins > input->max_pairs / input->n_targets) {
        set_too_many(input, error);
        return NULL;
    }
    g_autoptr(FmTargets) targets = fm_targets_new(input->targets, input->n_targets);
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(FmPair));
    guint n_workers = input->n_threads ? input->n_threads : fm_parallel_default_threads();
    gsize n_chunks = CLAMP(BLOCK_PAIRS / GRAIN / MAX(input->n_targets, 1), 1, BLOCK_CHUNKS);
    PairsJob job = {.input = input, .targets = targets};
    job.scratch = g_new0(Scratch, n_workers);
    for (guint w = 0; w < n_workers; w++)
        job.scratch[w].within = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    job.chunks = g_new(GArray *, n_chunks);
    for (gsize c = 0; c < n_chunks; c++)
        job.chunks[c] = g_array_new(FALSE, FALSE, sizeof(FmPair));

    gboolean ok = run_blocks(&job, n_chunks * GRAIN, out, progress, error);

    for (guint w = 0; w < n_workers; w++) {
        g_array_unref(job.scratch[w].within);
        g_free(job.scratch[w].found);
        g_free(job.scratch[w].positions);
    }
    g_free(job.scratch);
    for (gsize c = 0; c < n_chunks; c++)
        g_array_unref(job.chunks[c]);
    g_free(job.chunks);
    return ok ? g_steal_pointer(&out) : NULL;
}
