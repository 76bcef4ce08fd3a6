/* The k nearest targets of every origin.  The k nearest of a place are among the k nearest of the
 * nodes it hangs on and those on its own edge: whatever beats a target at a node, beats it from
 * there on. */
#include "reach-internal.h"

#include <math.h>

enum { GRAIN = 256 };

typedef struct {
    const FmReachInput *input;
    gsize k;
    const FmReached *at_node; /* n_nodes × k */
    const GArray *by_edge;    /* FmEdgeEntrance of the targets */
    FmReached *out;
} Job;

/* Puts a target into a row of k, ascending by (cost, end), each target once. */
static void offer(FmReached *row, gsize k, FmReached one)
{
    gsize place = k;
    for (gsize i = 0; i < k && place == k; i++) {
        if (one.cost < row[i].cost || (one.cost == row[i].cost && one.end < row[i].end))
            place = i;
        else if (row[i].end == one.end)
            return;
    }
    if (place == k)
        return;
    /* Its dearer self, or the last, makes room. */
    gsize hole = place;
    while (hole + 1 < k && row[hole].end != one.end)
        hole++;
    for (; hole > place; hole--)
        row[hole] = row[hole - 1];
    row[place] = one;
}

static void offer_neighbours(const Job *job, gsize origin, FmReached *row)
{
    const FmReachInput *input = job->input;
    const FmPlaces *origins = input->origins;
    for (gsize i = origins->first[origin]; i < origins->first[origin + 1]; i++) {
        const FmSnap *here = &origins->entrances[i];
        gsize n = 0;
        const FmEdgeEntrance *on_edge = fm_edge_entrances(job->by_edge, here->edge, &n);
        for (gsize j = 0; j < n; j++) {
            const FmSnap *there = &input->targets->entrances[on_edge[j].entrance];
            gboolean to = input->travel == FM_TRAVEL_TO;
            double cost =
                fm_snap_direct_cost(input->network, to ? here : there, to ? there : here, NULL);
            if (cost <= input->limit && cost < FM_COST_MAX)
                offer(row, job->k, (FmReached){(guint32)on_edge[j].place, cost});
        }
    }
}

static gboolean nearest_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Job *job = user;
    const FmReachInput *input = job->input;
    gsize k = job->k;
    g_autoptr(GArray) seeds = g_array_new(FALSE, FALSE, sizeof(FmSeed));
    for (gsize origin = begin; origin < end; origin++) {
        FmReached *row = job->out + origin * k;
        for (gsize i = 0; i < k; i++)
            row[i] = (FmReached){FM_NODE_NONE, (double)INFINITY};
        g_array_set_size(seeds, 0);
        fm_place_add_seeds(input->network, input->origins, origin, fm_travel_reverse(input->travel),
                           seeds, NULL);
        for (guint s = 0; s < seeds->len; s++) {
            FmSeed seed = g_array_index(seeds, FmSeed, s);
            const FmReached *known = job->at_node + seed.node * k;
            for (gsize i = 0; i < k && known[i].end != FM_NODE_NONE; i++) {
                double cost = known[i].cost + seed.cost;
                if (cost <= input->limit && cost < FM_COST_MAX)
                    offer(row, k, (FmReached){known[i].end, cost});
            }
        }
        offer_neighbours(job, origin, row);
    }
    return TRUE;
}

/* The k nearest of every node.  @return transfer full; NULL with an error */
static FmReached *nearest_of_nodes(const FmNetwork *network, const FmPlaces *places,
                                   FmTravel travel, gsize k, double limit, guint n_threads,
                                   const FmProgress *progress, GError **error)
{
    const FmGraph *graph = fm_network_graph(network);
    g_autoptr(FmPlaceEnds) ends = fm_place_ends_new(network, places, travel);
    g_autofree FmReached *out = g_try_new(FmReached, fm_graph_n_nodes(graph) * k);
    if (!out) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "no memory for the %" G_GSIZE_FORMAT " nearest of %u junctions: ask for fewer",
                    k, fm_graph_n_nodes(graph));
        return NULL;
    }
    if (!fm_graph_nearest(graph, travel, &ends->ends, k, limit, n_threads, out, progress, error))
        return NULL;
    return g_steal_pointer(&out);
}

static void copy_costs(const FmGraph *graph, const FmReached *at_node, gsize k, double *costs)
{
    for (guint32 node = 0; node < fm_graph_n_nodes(graph); node++)
        costs[node] = at_node[node * k].cost;
}

gboolean fm_reach_nearest(const FmReachInput *input, gsize k, FmReached *out, double *node_costs,
                          const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(k > 0 && input->targets->n < FM_NODE_NONE, FALSE);
    FmProgress search_slice = fm_progress_slice(progress, 0, 0.9);
    FmProgress rest_slice = fm_progress_slice(progress, 0.9, 1);
    g_autofree FmReached *at_node =
        nearest_of_nodes(input->network, input->targets, input->travel, k, input->limit,
                         input->n_threads, &search_slice, error);
    if (!at_node)
        return FALSE;
    if (node_costs)
        copy_costs(fm_network_graph(input->network), at_node, k, node_costs);
    g_autoptr(GArray) by_edge = fm_places_by_edge(input->targets);
    Job job = {input, k, at_node, by_edge, out};
    return fm_parallel_for(input->origins->n, GRAIN, input->n_threads, nearest_chunk, &job,
                           &rest_slice, "finding the nearest", error);
}

gboolean fm_reach_node_costs(const FmNetwork *network, const FmPlaces *places, FmTravel travel,
                             double limit, guint n_threads, double *costs,
                             const FmProgress *progress, GError **error)
{
    g_autofree FmReached *at_node =
        nearest_of_nodes(network, places, travel, 1, limit, n_threads, progress, error);
    if (!at_node)
        return FALSE;
    copy_costs(fm_network_graph(network), at_node, 1, costs);
    return TRUE;
}
