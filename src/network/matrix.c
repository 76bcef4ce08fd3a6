/* Many-to-many by buckets (Knopp et al. 2007).  From every end one search climbs the hierarchy; the
 * cheapest route of a pair meets at a node that both climbs visit.  So each target leaves its costs
 * with the nodes that it climbed to, and each source collects them on its own climb.
 *
 * A climb leaves out nodes that it reaches more cheaply over a detour downwards ("stalling",
 * Geisberger et al. 2012): no cheapest route meets there.  Targets are done in blocks, to bound
 * memory. */
#include "hierarchy-internal.h"
#include "queue.h"

enum {
    BLOCK = 4096, /* targets */
    GRAIN = 4,
};

/* A node that a climb visits. */
typedef struct {
    FmSteps cost;
    guint32 rank;
} Stop;

typedef struct {
    FmSteps cost;
    guint32 target; /* in the block */
} Entry;

typedef struct {
    FmSteps *cost; /* by rank; FM_STEPS_MAX between climbs */
    guint32 *touched;
    guint32 n_touched;
    FmQueue queue;
    FmSteps *best; /* by target of the block */
} Scratch;

typedef struct {
    const FmHierarchy *hierarchy;
    const FmEnds *from, *to;
    FmSteps limit;
    double *costs;
    Scratch **scratch; /* one a worker */

    gsize block_begin, block_n;
    GArray **climbs; /* by target of the block: Stop */
    gsize *first;    /* by rank: its entries */
    Entry *entries;
} Job;

/* ---- scratch ----------------------------------------------------------------------------- */

static Scratch *scratch_of(Job *job, guint worker)
{
    if (job->scratch[worker] == NULL) {
        gsize n = MAX(job->hierarchy->n_nodes, 1);
        Scratch *made = g_new0(Scratch, 1);
        made->cost = g_new(FmSteps, n);
        for (gsize r = 0; r < n; r++)
            made->cost[r] = FM_STEPS_MAX;
        made->touched = g_new(guint32, n);
        made->best = g_new(FmSteps, BLOCK);
        fm_queue_init(&made->queue, job->hierarchy->mean_cost);
        job->scratch[worker] = made;
    }
    return job->scratch[worker];
}

static void scratch_free(Scratch *scratch)
{
    if (scratch == NULL)
        return;
    fm_queue_clear(&scratch->queue);
    g_free(scratch->cost);
    g_free(scratch->touched);
    g_free(scratch->best);
    g_free(scratch);
}

/* ---- climbing ---------------------------------------------------------------------------- */

static inline void relax(Scratch *scratch, guint32 rank, FmSteps cost, FmSteps limit)
{
    if (cost >= scratch->cost[rank] || cost > limit)
        return;
    if (scratch->cost[rank] == FM_STEPS_MAX)
        scratch->touched[scratch->n_touched++] = rank;
    scratch->cost[rank] = cost;
    fm_queue_push(&scratch->queue, (FmQueueItem){cost, rank, 0});
}

/* Whether the way over some higher node down to this one is cheaper. */
static inline gboolean is_stalled(const Scratch *scratch, const FmHierarchy *hierarchy,
                                  FmTravel back, guint32 rank, FmSteps cost)
{
    for (guint32 h = hierarchy->first[rank]; h < hierarchy->first[rank + 1]; h++) {
        const FmHop *hop = &hierarchy->hops[h];
        if (scratch->cost[hop->rank] + hop->cost[back] < cost)
            return TRUE;
    }
    return FALSE;
}

static void climb(Scratch *scratch, const FmHierarchy *hierarchy, FmTravel travel,
                  const FmEnds *ends, gsize end, FmSteps limit, GArray *out)
{
    FmTravel back = travel == FM_TRAVEL_FROM ? FM_TRAVEL_TO : FM_TRAVEL_FROM;
    FmQueueItem item;
    fm_queue_reset(&scratch->queue);
    for (guint32 s = ends->first[end]; s < ends->first[end + 1]; s++)
        relax(scratch, hierarchy->rank_of[ends->seeds[s].node],
              fm_steps_from_cost(ends->seeds[s].cost), limit);
    while (fm_queue_pop(&scratch->queue, &item)) {
        if (item.cost != scratch->cost[item.place] ||
            is_stalled(scratch, hierarchy, back, item.place, item.cost))
            continue;
        Stop stop = {item.cost, item.place};
        g_array_append_val(out, stop);
        for (guint32 h = hierarchy->first[item.place]; h < hierarchy->first[item.place + 1]; h++) {
            const FmHop *hop = &hierarchy->hops[h];
            relax(scratch, hop->rank, item.cost + hop->cost[travel], limit);
        }
    }
    for (guint32 i = 0; i < scratch->n_touched; i++)
        scratch->cost[scratch->touched[i]] = FM_STEPS_MAX;
    scratch->n_touched = 0;
}

/* ---- targets ----------------------------------------------------------------------------- */

static gboolean climb_targets(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Job *job = user;
    for (gsize i = begin; i < end; i++) {
        g_array_set_size(job->climbs[i], 0);
        climb(scratch_of(job, worker), job->hierarchy, FM_TRAVEL_TO, job->to, job->block_begin + i,
              job->limit, job->climbs[i]);
    }
    return TRUE;
}

/* Sorts the stops of all climbs by their nodes, by counting. */
static void fill_entries(Job *job)
{
    guint32 n_nodes = job->hierarchy->n_nodes;
    gsize n_entries = 0;
    memset(job->first, 0, ((gsize)n_nodes + 1) * sizeof *job->first);
    for (gsize i = 0; i < job->block_n; i++) {
        for (guint s = 0; s < job->climbs[i]->len; s++)
            job->first[g_array_index(job->climbs[i], Stop, s).rank]++;
        n_entries += job->climbs[i]->len;
    }
    gsize sum = 0;
    for (guint32 r = 0; r <= n_nodes; r++)
        job->first[r] = sum += job->first[r];
    g_free(job->entries);
    job->entries = g_new(Entry, n_entries + 1);
    for (gsize i = job->block_n; i-- > 0;) {
        for (guint s = 0; s < job->climbs[i]->len; s++) {
            const Stop *stop = &g_array_index(job->climbs[i], Stop, s);
            job->entries[--job->first[stop->rank]] = (Entry){stop->cost, (guint32)i};
        }
    }
}

/* ---- sources ----------------------------------------------------------------------------- */

static void collect_row(const Job *job, const GArray *stops, FmSteps *best, double *row)
{
    for (gsize i = 0; i < job->block_n; i++)
        best[i] = job->limit + 1;
    for (guint s = 0; s < stops->len; s++) {
        const Stop *stop = &g_array_index(stops, Stop, s);
        const Entry *end = job->entries + job->first[stop->rank + 1];
        for (const Entry *e = job->entries + job->first[stop->rank]; e < end; e++)
            best[e->target] = MIN(best[e->target], stop->cost + e->cost);
    }
    for (gsize i = 0; i < job->block_n; i++)
        row[i] = best[i] <= job->limit ? fm_cost_from_steps(best[i]) : (double)INFINITY;
}

static gboolean collect_sources(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Job *job = user;
    Scratch *scratch = scratch_of(job, worker);
    g_autoptr(GArray) stops = g_array_new(FALSE, FALSE, sizeof(Stop));
    for (gsize i = begin; i < end; i++) {
        g_array_set_size(stops, 0);
        climb(scratch, job->hierarchy, FM_TRAVEL_FROM, job->from, i, job->limit, stops);
        collect_row(job, stops, scratch->best, job->costs + i * job->to->n + job->block_begin);
    }
    return TRUE;
}

static gboolean run_block(Job *job, guint n_threads, const FmProgress *progress, GError **error)
{
    const char *stage = "measuring all pairs over the network";
    FmProgress first = fm_progress_slice(progress, 0, 0.3);
    FmProgress second = fm_progress_slice(progress, 0.3, 1);
    if (!fm_parallel_for(job->block_n, GRAIN, n_threads, climb_targets, job, &first, stage, error))
        return FALSE;
    fill_entries(job);
    return fm_parallel_for(job->from->n, GRAIN, n_threads, collect_sources, job, &second, stage,
                           error);
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
    gsize n_climbs = MIN(BLOCK, to->n);
    g_autofree GArray **climbs = g_new(GArray *, n_climbs + 1);
    g_autofree gsize *first = g_new(gsize, (gsize)hierarchy->n_nodes + 2);
    Job job = {.hierarchy = hierarchy,
               .from = from,
               .to = to,
               .limit = fm_steps_from_limit(limit),
               .costs = costs,
               .scratch = scratch,
               .climbs = climbs,
               .first = first};
    for (gsize i = 0; i < n_climbs; i++)
        climbs[i] = g_array_new(FALSE, FALSE, sizeof(Stop));
    gboolean ok = run(&job, n_workers, progress, error);
    for (gsize i = 0; i < n_climbs; i++)
        g_array_unref(climbs[i]);
    for (guint w = 0; w < n_workers; w++)
        scratch_free(scratch[w]);
    g_free(job.entries);
    return ok;
}
