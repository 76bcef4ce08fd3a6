/* The coverage kernels.  One pass over the origins finds for each the facilities within the largest
 * limit; the smaller limits, the counts and the nearest facility follow from the same distances.
 *
 * Sums by facility go over the origins in blocks: the pairs of a block are found in parallel, then
 * added up on one thread in ascending order of origin.  A sum is thus the same bits for any number
 * of threads, memory is bounded by a block, and the additions are small beside the geodesics. */
#include "analysis-internal.h"

#include <math.h>

enum {
    GRAIN = 256,       /* origins a chunk */
    BLOCK_CHUNKS = 64, /* chunks between two additions */
    BLOCK = GRAIN * BLOCK_CHUNKS,
};

/* A facility that reaches an origin, from the limit number `level` up. */
typedef struct {
    guint32 facility, level;
} Reach;

typedef struct {
    const FmCoverageInput *input;
    const FmTargets *targets;
    GArray **scratch;  /* one a worker: FmBand */
    guint32 *n_within; /* outputs; each may be NULL */
    FmNeighbour *nearest;
    gsize block_begin;
    GArray **reaches; /* one a chunk of the block: Reach, or NULL when nothing is summed */
    gsize *reach_end; /* one an origin of the block: end of its run in the chunk's array */
} Job;

static void find_origin(Job *job, gsize origin, GArray *found, GArray *reaches)
{
    const FmCoverageInput *input = job->input;
    gsize n_limits = input->n_limits;
    guint32 *counts = job->n_within ? job->n_within + origin * n_limits : NULL;
    for (gsize l = 0; counts && l < n_limits; l++)
        counts[l] = 0;

    g_array_set_size(found, 0);
    fm_targets_bands(job->targets, input->origins[origin], input->limits_m, n_limits, found);
    for (guint i = 0; i < found->len; i++) {
        const FmBand *one = &g_array_index(found, FmBand, i);
        Reach reach = {(guint32)one->index, (guint32)one->band};
        for (gsize l = reach.level; counts && l < n_limits; l++)
            counts[l]++;
        if (reaches)
            g_array_append_val(reaches, reach);
    }
    if (!job->nearest)
        return;
    FmNeighbour *nearest = &job->nearest[origin];
    if (fm_targets_nearest(job->targets, input->origins[origin], 1, (double)INFINITY, nearest,
                           NULL) == 0)
        *nearest = (FmNeighbour){G_MAXSIZE, (double)INFINITY};
}

static gboolean find_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Job *job = user;
    GArray *reaches = job->reaches ? job->reaches[begin / GRAIN] : NULL;
    if (reaches)
        g_array_set_size(reaches, 0);
    for (gsize i = begin; i < end; i++) {
        find_origin(job, job->block_begin + i, job->scratch[worker], reaches);
        if (reaches)
            job->reach_end[i] = reaches->len;
    }
    return TRUE;
}

/* Add the block's pairs to the sums of their facilities. */
static void add_block(const Job *job, gsize n_block, const guint32 *n_within, double *reached,
                      double *only)
{
    gsize n_limits = job->input->n_limits;
    for (gsize i = 0; i < n_block; i++) {
        gsize origin = job->block_begin + i;
        double weight = job->input->weights[origin];
        const GArray *reaches = job->reaches[i / GRAIN];
        for (gsize r = i % GRAIN ? job->reach_end[i - 1] : 0; r < job->reach_end[i]; r++) {
            Reach reach = g_array_index(reaches, Reach, r);
            for (gsize l = reach.level; l < n_limits; l++) {
                reached[reach.facility * n_limits + l] += weight;
                if (n_within[origin * n_limits + l] == 1)
                    only[reach.facility * n_limits + l] += weight;
            }
        }
    }
}

static GArray **new_arrays(gsize n, guint element_size)
{
    GArray **arrays = g_new0(GArray *, n + 1);
    for (gsize i = 0; i < n; i++)
        arrays[i] = g_array_new(FALSE, FALSE, element_size);
    return arrays;
}

static void free_arrays(GArray **arrays)
{
    for (gsize i = 0; arrays && arrays[i]; i++)
        g_array_unref(arrays[i]);
    g_free(arrays);
}

static gboolean run_blocks(Job *job, const guint32 *n_within, double *reached, double *only,
                           const FmProgress *progress, GError **error)
{
    const FmCoverageInput *input = job->input;
    gsize n = input->n_origins;
    for (gsize begin = 0; begin < n; begin += BLOCK) {
        gsize n_block = MIN(n - begin, (gsize)BLOCK);
        job->block_begin = begin;
        FmProgress slice = fm_progress_slice(progress, (double)begin / (double)n,
                                             (double)(begin + n_block) / (double)n);
        if (!fm_parallel_for(n_block, GRAIN, input->n_threads, find_chunk, job, &slice,
                             "measuring reach", error))
            return FALSE;
        if (job->reaches)
            add_block(job, n_block, n_within, reached, only);
    }
    return TRUE;
}

/* `counts` are read for `only`; they may be the `n_within` that the same pass fills. */
static gboolean run_pass(const FmCoverageInput *input, guint32 *n_within, FmNeighbour *nearest,
                         const guint32 *counts, double *reached, double *only,
                         const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(input->n_limits > 0 && input->n_facilities < G_MAXUINT32, FALSE);
    g_autoptr(FmTargets) targets = fm_targets_new(input->facilities, input->n_facilities);
    guint n_workers = input->n_threads ? input->n_threads : fm_parallel_default_threads();
    Job job = {.input = input, .targets = targets, .n_within = n_within, .nearest = nearest};
    job.scratch = new_arrays(n_workers, sizeof(FmBand));
    if (reached) {
        job.reaches = new_arrays(BLOCK_CHUNKS, sizeof(Reach));
        job.reach_end = g_new(gsize, BLOCK);
        for (gsize i = 0; i < input->n_facilities * input->n_limits; i++)
            reached[i] = only[i] = 0;
    }
    gboolean ok = run_blocks(&job, counts, reached, only, progress, error);
    free_arrays(job.scratch);
    free_arrays(job.reaches);
    g_free(job.reach_end);
    return ok;
}

gboolean fm_coverage_pass(const FmCoverageInput *input, guint32 *n_within, FmNeighbour *nearest,
                          double *reached, double *only, const FmProgress *progress, GError **error)
{
    return run_pass(input, n_within, nearest, n_within, reached, only, progress, error);
}

gboolean fm_coverage_count(const FmLonLat *origins, gsize n_origins,
                           const FmGeometry *const *facilities, gsize n_facilities,
                           const double *limits_m, gsize n_limits, guint n_threads,
                           guint32 *n_within, FmNeighbour *nearest, const FmProgress *progress,
                           GError **error)
{
    FmCoverageInput input = {origins,      NULL,     n_origins, facilities,
                             n_facilities, limits_m, n_limits,  n_threads};
    return run_pass(&input, n_within, nearest, NULL, NULL, NULL, progress, error);
}

gboolean fm_coverage_by_facility(const FmLonLat *origins, const double *weights, gsize n_origins,
                                 const FmGeometry *const *facilities, gsize n_facilities,
                                 const double *limits_m, gsize n_limits, const guint32 *n_within,
                                 guint n_threads, double *reached, double *only,
                                 const FmProgress *progress, GError **error)
{
    FmCoverageInput input = {origins,      weights,  n_origins, facilities,
                             n_facilities, limits_m, n_limits,  n_threads};
    return run_pass(&input, NULL, NULL, n_within, reached, only, progress, error);
}
