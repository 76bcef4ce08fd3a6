/* Service areas of places: one bounded search a target, from its side, and then whoever lives along
 * what it reached.  A home hangs on one to four nodes; a node knows who hangs on it, so the cost of
 * a target is that of its search. */
#include "reach-internal.h"

#include <math.h>

/* An origin at a node, and what it costs to go between the two. */
typedef struct {
    guint32 origin;
    double cost;
} AtNode;

typedef struct {
    double *best;  /* one an origin; INFINITY between two targets */
    guint64 *mark; /* a bit an origin: best is finite */
    GArray *found; /* FmInReach */
} Scratch;

typedef struct {
    const FmReachInput *input;
    gsize *node_first; /* n_nodes + 1 */
    AtNode *at_node;
    GArray *by_edge;  /* FmEdgeEntrance of the origins */
    Scratch *scratch; /* one a worker */
    FmInReachFunc func;
    void *user;
} Job;

static void hang_origins(Job *job)
{
    const FmReachInput *input = job->input;
    g_autoptr(FmPlaceEnds) ends =
        fm_place_ends_new(input->network, input->origins, fm_travel_reverse(input->travel));
    gsize n_nodes = fm_graph_n_nodes(fm_network_graph(input->network));
    gsize n_seeds = ends->first[input->origins->n];
    job->node_first = g_new0(gsize, n_nodes + 2);
    job->at_node = g_new(AtNode, n_seeds);
    /* Counted one place up, so that filling moves each start to where it belongs. */
    for (gsize s = 0; s < n_seeds; s++)
        job->node_first[ends->seeds[s].node + 2]++;
    for (gsize node = 0; node < n_nodes; node++)
        job->node_first[node + 2] += job->node_first[node + 1];
    for (gsize origin = 0; origin < input->origins->n; origin++)
        for (gsize s = ends->first[origin]; s < ends->first[origin + 1]; s++)
            job->at_node[job->node_first[ends->seeds[s].node + 1]++] =
                (AtNode){(guint32)origin, ends->seeds[s].cost};
}

static void offer(const Job *job, Scratch *scratch, guint32 origin, double cost)
{
    if (cost > job->input->limit || !(cost < scratch->best[origin]))
        return;
    scratch->best[origin] = cost;
    scratch->mark[origin / 64] |= (guint64)1 << origin % 64;
}

/* Origins on the target's own edges need not pass any node. */
static void offer_neighbours(const Job *job, Scratch *scratch, gsize target)
{
    const FmReachInput *input = job->input;
    const FmPlaces *targets = input->targets;
    for (gsize i = targets->first[target]; i < targets->first[target + 1]; i++) {
        const FmSnap *there = &targets->entrances[i];
        gsize n = 0;
        const FmEdgeEntrance *on_edge = fm_edge_entrances(job->by_edge, there->edge, &n);
        for (gsize j = 0; j < n; j++) {
            const FmSnap *here = &input->origins->entrances[on_edge[j].entrance];
            gboolean to = input->travel == FM_TRAVEL_TO;
            double cost =
                fm_snap_direct_cost(input->network, to ? here : there, to ? there : here, NULL);
            offer(job, scratch, (guint32)on_edge[j].place, cost);
        }
    }
}

/* What was found, ascending by origin; leaves the scratch as it was. */
static void collect(const Job *job, Scratch *scratch)
{
    g_array_set_size(scratch->found, 0);
    for (gsize word = 0; word <= job->input->origins->n / 64; word++) {
        for (guint64 bits = scratch->mark[word]; bits != 0; bits &= bits - 1) {
            guint32 origin = (guint32)(word * 64 + (gsize)__builtin_ctzll(bits));
            FmInReach one = {origin, scratch->best[origin]};
            g_array_append_val(scratch->found, one);
            scratch->best[origin] = (double)INFINITY;
        }
        scratch->mark[word] = 0;
    }
}

static gboolean reached(gsize target, const FmSeed *nodes, gsize n_nodes, guint worker, void *user,
                        GError **error)
{
    const Job *job = user;
    Scratch *scratch = &job->scratch[worker];
    for (gsize i = 0; i < n_nodes; i++) {
        guint32 node = nodes[i].node;
        for (gsize s = job->node_first[node]; s < job->node_first[node + 1]; s++)
            offer(job, scratch, job->at_node[s].origin, nodes[i].cost + job->at_node[s].cost);
    }
    offer_neighbours(job, scratch, target);
    collect(job, scratch);
    return job->func(target, (const FmInReach *)(gconstpointer)scratch->found->data,
                     scratch->found->len, worker, job->user, error);
}

static Scratch *scratch_new(gsize n_workers, gsize n_origins)
{
    Scratch *scratch = g_new(Scratch, n_workers);
    for (gsize w = 0; w < n_workers; w++) {
        scratch[w].best = g_new(double, n_origins);
        scratch[w].mark = g_new0(guint64, n_origins / 64 + 1);
        scratch[w].found = g_array_new(FALSE, FALSE, sizeof(FmInReach));
        for (gsize i = 0; i < n_origins; i++)
            scratch[w].best[i] = (double)INFINITY;
    }
    return scratch;
}

static void scratch_free(Scratch *scratch, gsize n_workers)
{
    for (gsize w = 0; w < n_workers; w++) {
        g_free(scratch[w].best);
        g_free(scratch[w].mark);
        g_array_unref(scratch[w].found);
    }
    g_free(scratch);
}

gboolean fm_reach_each(const FmReachInput *input, FmInReachFunc func, void *user,
                       const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(input->origins->n < G_MAXUINT32, FALSE);
    guint n_workers = input->n_threads ? input->n_threads : fm_parallel_default_threads();
    g_autoptr(FmPlaceEnds) ends = fm_place_ends_new(input->network, input->targets, input->travel);
    Job job = {.input = input, .func = func, .user = user};
    hang_origins(&job);
    job.by_edge = fm_places_by_edge(input->origins);
    job.scratch = scratch_new(n_workers, input->origins->n);
    gboolean ok = fm_graph_reach(fm_network_graph(input->network), input->travel, &ends->ends,
                                 input->limit, n_workers, reached, &job, progress, error);
    scratch_free(job.scratch, n_workers);
    g_array_unref(job.by_edge);
    g_free(job.node_first);
    g_free(job.at_node);
    return ok;
}
