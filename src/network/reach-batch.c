/* Who is within reach of many places: batches of them sweep the hierarchy together, and every
 * origin asks the few nodes that it hangs on.
 *
 * An origin at a junction hangs on it and, by the edges that end there, on its neighbours; the way
 * over a neighbour is never cheaper than the arc from there, so that one seed is left of all. */
#include "reach-internal.h"
#include "sweep.h"

#include <math.h>
#include <stdlib.h>

enum { HOLD_GRAIN = 1024 };

/* A node that an origin hangs on. */
typedef struct {
    guint32 rank, origin;
    double cost; /* in steps */
} Hold;

typedef struct {
    const FmReachInput *input;
    const FmUpward *upward;
    const double *limits;
    gsize n_limits;
    FmPlaceEnds *ends;    /* of the targets */
    gsize *targets;       /* in the order of their batches */
    GArray **hold_chunks; /* Hold, while they are found */
    Hold *holds;          /* by rank, as a sweep comes to them */
    gsize n_holds;
    GArray *by_edge;  /* FmEdgeEntrance of the origins */
    FmSweep **sweeps; /* one a worker, made when it is first needed */
    guint32 **within;
    FmReachBatchFunc func;
    void *user;
} Job;

/* ---- what origins hang on ---------------------------------------------------------------- */

/* Is a seed no better than going over the node of another one? */
static gboolean is_vain(const FmGraph *graph, FmTravel travel, FmSeed seed, FmSeed other)
{
    const FmLinks *links = &graph->links[travel];
    guint32 place = graph->place_of[seed.node], to = graph->place_of[other.node];
    FmSteps cost = fm_steps_from_cost(seed.cost), rest = fm_steps_from_cost(other.cost);
    for (guint32 l = links->first[place]; l < links->first[place + 1]; l++)
        if (links->links[l].place == to && links->links[l].cost + rest <= cost)
            return TRUE;
    return FALSE;
}

/* Keeps one of each pair that replace each other: the earlier crossed out others only by what was
 * still there. */
static guint32 cross_out(const FmGraph *graph, FmTravel travel, FmSeed *seeds, guint32 n)
{
    for (guint32 i = 0; i < n;) {
        gboolean vain = FALSE;
        for (guint32 j = 0; j < n && !vain; j++)
            vain = j != i &&
                   (seeds[j].node == seeds[i].node
                        ? seeds[j].cost < seeds[i].cost || (seeds[j].cost == seeds[i].cost && j < i)
                        : is_vain(graph, travel, seeds[i], seeds[j]));
        if (vain)
            seeds[i] = seeds[--n];
        else
            i++;
    }
    return n;
}

static gboolean hold_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    Job *job = user;
    const FmReachInput *input = job->input;
    const FmGraph *graph = fm_network_graph(input->network);
    g_autoptr(GArray) seeds = g_array_new(FALSE, FALSE, sizeof(FmSeed));
    GArray *holds = job->hold_chunks[begin / HOLD_GRAIN] = g_array_new(FALSE, FALSE, sizeof(Hold));
    for (gsize i = begin; i < end; i++) {
        g_array_set_size(seeds, 0);
        fm_place_add_seeds(input->network, input->origins, i, fm_travel_reverse(input->travel),
                           seeds, NULL);
        FmSeed *all = (FmSeed *)(gpointer)seeds->data;
        guint32 n_left = cross_out(graph, input->travel, all, seeds->len);
        for (guint32 s = 0; s < n_left; s++) {
            Hold hold = {job->upward->rank_of[all[s].node], (guint32)i,
                         (double)fm_steps_from_cost(all[s].cost)};
            g_array_append_val(holds, hold);
        }
    }
    return TRUE;
}

/* All chunks by rank, of which there are as many as nodes: counted, not compared. */
static void sort_holds(Job *job, GArray *const *chunks, gsize n_chunks)
{
    gsize n_ranks = job->upward->n;
    g_autofree gsize *next = g_new0(gsize, n_ranks + 1);
    for (gsize c = 0; c < n_chunks; c++)
        for (guint h = 0; h < chunks[c]->len; h++)
            next[g_array_index(chunks[c], Hold, h).rank + 1]++;
    for (gsize rank = 0; rank < n_ranks; rank++)
        next[rank + 1] += next[rank];
    job->n_holds = next[n_ranks];
    job->holds = g_new(Hold, job->n_holds + 1);
    for (gsize c = 0; c < n_chunks; c++)
        for (guint h = 0; h < chunks[c]->len; h++) {
            Hold hold = g_array_index(chunks[c], Hold, h);
            job->holds[next[hold.rank]++] = hold;
        }
}

static void find_holds(Job *job)
{
    gsize n = job->input->origins->n, n_chunks = (n + HOLD_GRAIN - 1) / HOLD_GRAIN;
    g_autofree GArray **chunks = job->hold_chunks = g_new0(GArray *, n_chunks + 1);
    fm_parallel_for(n, HOLD_GRAIN, job->input->n_threads, hold_chunk, job, NULL, NULL, NULL);
    sort_holds(job, chunks, n_chunks);
    for (gsize c = 0; c < n_chunks; c++)
        g_array_unref(chunks[c]);
}

static int compare_keys(const void *a, const void *b)
{
    const guint64 *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Targets that begin near one another go together. */
static void sort_targets(Job *job)
{
    gsize n = job->input->targets->n;
    g_autofree guint64 *keys = g_new(guint64, n + 1);
    for (gsize i = 0; i < n; i++) {
        guint32 first = job->ends->first[i];
        guint32 rank = first < job->ends->first[i + 1]
                           ? job->upward->rank_of[job->ends->seeds[first].node]
                           : FM_NODE_NONE;
        keys[i] = (guint64)rank << 32 | i;
    }
    qsort(keys, n, sizeof *keys, compare_keys);
    job->targets = g_new(gsize, n + 1);
    for (gsize i = 0; i < n; i++)
        job->targets[i] = (guint32)keys[i];
}

/* ---- one batch --------------------------------------------------------------------------- */

typedef struct {
    const Job *job;
    const double *limits; /* in steps */
    guint32 *within;
    gsize next; /* hold */
} Asking;

/* Whole numbers: a row and a cost are within a limit if the row is within the rest of it. */
static void ask_nodes(const FmSweep *sweep, guint32 end, void *user)
{
    Asking *asking = user;
    const Job *job = asking->job;
    gsize n = job->input->origins->n, h = asking->next;
    for (; h < job->n_holds && job->holds[h].rank < end; h++) {
        Hold hold = job->holds[h];
        if (!sweep->alive[hold.rank])
            continue;
        const double *row = sweep->rows + (gsize)hold.rank * FM_LANES;
        for (gsize l = 0; l < job->n_limits; l++)
            asking->within[l * n + hold.origin] |=
                fm_lanes_within(row, asking->limits[l] - hold.cost);
    }
    asking->next = h;
}

/* Origins on a target's own edge need not pass any node. */
static void ask_edges(const Job *job, gsize target, guint lane, guint32 *within)
{
    const FmReachInput *input = job->input;
    const FmPlaces *targets = input->targets;
    gboolean to = input->travel == FM_TRAVEL_TO;
    for (gsize i = targets->first[target]; i < targets->first[target + 1]; i++) {
        const FmSnap *there = &targets->entrances[i];
        gsize n = 0;
        const FmEdgeEntrance *on_edge = fm_edge_entrances(job->by_edge, there->edge, &n);
        for (gsize j = 0; j < n; j++) {
            const FmSnap *here = &input->origins->entrances[on_edge[j].entrance];
            double cost =
                fm_snap_direct_cost(input->network, to ? here : there, to ? there : here, NULL);
            for (gsize l = 0; l < job->n_limits; l++)
                if (cost <= job->limits[l])
                    within[l * input->origins->n + on_edge[j].place] |= (guint32)1 << lane;
        }
    }
}

static gboolean no_memory(GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                "no memory to search for %d facilities at once: use fewer threads", FM_LANES);
    return FALSE;
}

static gboolean prepare(Job *job, guint worker, GError **error)
{
    if (job->sweeps[worker])
        return TRUE;
    job->sweeps[worker] = fm_sweep_new(job->upward);
    job->within[worker] = g_try_new(guint32, job->n_limits * job->input->origins->n + 1);
    return (job->sweeps[worker] && job->within[worker]) || no_memory(error);
}

static gboolean batch_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Job *job = user;
    if (!prepare(job, worker, error))
        return FALSE;
    FmSweep *sweep = job->sweeps[worker];
    guint32 *within = job->within[worker];
    g_autofree double *limits = g_new(double, job->n_limits);
    for (gsize l = 0; l < job->n_limits; l++)
        limits[l] = (double)fm_steps_from_limit(job->limits[l]);
    for (gsize b = begin; b < end; b++) {
        const gsize *batch = job->targets + b * FM_LANES;
        gsize n = MIN(job->input->targets->n - b * FM_LANES, (gsize)FM_LANES);
        Asking asking = {job, limits, within, 0};
        memset(within, 0, job->n_limits * job->input->origins->n * sizeof *within);
        fm_sweep_run(sweep, job->input->travel, &job->ends->ends, batch, n,
                     (FmSteps)limits[job->n_limits - 1], ask_nodes, &asking);
        for (guint lane = 0; lane < n; lane++)
            ask_edges(job, batch[lane], lane, within);
        if (!job->func(batch, n, within, worker, job->user, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- is it worth it? --------------------------------------------------------------------- */

/* So many searches of the whole network take longer than making a hierarchy. */
#define HIERARCHY_PAYS 64
#define N_SAMPLES 8
/* Memory for the rows of one thread. */
#define ROWS_MOST ((gsize)1 << 28)

static gboolean add_reached(gsize end, const FmSeed *reached, gsize n, guint worker, void *user,
                            GError **error)
{
    (void)reached, (void)worker, (void)error;
    gsize *n_reached = user;
    n_reached[end] = n;
    return TRUE;
}

gboolean fm_reach_batches_pay(const FmReachInput *input)
{
    const FmGraph *graph = fm_network_graph(input->network);
    gsize n = input->targets->n, n_nodes = fm_graph_n_nodes(graph);
    gsize n_reached[N_SAMPLES] = {0}, sum = 0;
    if (n < HIERARCHY_PAYS || n_nodes * FM_LANES * sizeof(double) > ROWS_MOST)
        return FALSE;
    /* Every so many-th target, as places of their own. */
    g_autoptr(GArray) seeds = g_array_new(FALSE, FALSE, sizeof(FmSeed));
    guint32 first[N_SAMPLES + 1] = {0};
    for (gsize i = 0; i < N_SAMPLES; i++) {
        fm_place_add_seeds(input->network, input->targets, i * n / N_SAMPLES, input->travel, seeds,
                           NULL);
        first[i + 1] = seeds->len;
    }
    const FmEnds ends = {N_SAMPLES, first, (const FmSeed *)(gconstpointer)seeds->data};
    fm_graph_reach(graph, input->travel, &ends, input->limit, input->n_threads, add_reached,
                   n_reached, NULL, NULL);
    for (gsize i = 0; i < N_SAMPLES; i++)
        sum += n_reached[i];
    return (double)sum / N_SAMPLES * (double)n >= HIERARCHY_PAYS * (double)n_nodes;
}

/* ---- the whole --------------------------------------------------------------------------- */

gboolean fm_reach_batches(const FmReachInput *input, const FmHierarchy *hierarchy,
                          const double *limits, gsize n_limits, FmReachBatchFunc func, void *user,
                          const FmProgress *progress, GError **error)
{
    G_STATIC_ASSERT((int)FM_REACH_BATCH == (int)FM_LANES);
    g_return_val_if_fail(n_limits > 0 && input->origins->n < G_MAXUINT32, FALSE);
    guint n_workers = input->n_threads ? input->n_threads : fm_parallel_default_threads();
    g_autoptr(FmPlaceEnds) ends = fm_place_ends_new(input->network, input->targets, input->travel);
    g_autoptr(FmUpward) upward = fm_upward_new(hierarchy);
    if (!upward)
        return no_memory(error);
    g_autofree FmSweep **sweeps = g_new0(FmSweep *, n_workers);
    g_autofree guint32 **within = g_new0(guint32 *, n_workers);
    Job job = {.input = input,
               .upward = upward,
               .limits = limits,
               .n_limits = n_limits,
               .ends = ends,
               .sweeps = sweeps,
               .within = within,
               .func = func,
               .user = user};
    find_holds(&job);
    sort_targets(&job);
    job.by_edge = fm_places_by_edge(input->origins);
    gsize n_batches = (input->targets->n + FM_LANES - 1) / FM_LANES;
    gboolean ok = fm_parallel_for(n_batches, 1, n_workers, batch_chunk, &job, progress,
                                  "searching the network", error);
    for (guint w = 0; w < n_workers; w++) {
        fm_sweep_free(sweeps[w]);
        g_free(within[w]);
    }
    g_array_unref(job.by_edge);
    g_free(job.targets);
    g_free(job.holds);
    return ok;
}
