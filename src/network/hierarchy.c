/* From the contraction's lists to the arrays that are searched and kept. */
#include "contract.h"

#include <stdlib.h>

static int by_rank(const void *a, const void *b)
{
    const FmHop *x = a, *y = b;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static gboolean allocate(FmHierarchy *hierarchy, const FmRemainder *remainder)
{
    gsize n_hops = 0;
    for (guint32 p = 0; p < remainder->n_nodes; p++)
        n_hops += remainder->neighbours[p].n;
    hierarchy->hops = n_hops < G_MAXUINT32 ? g_try_new(FmHop, MAX(n_hops, 1)) : NULL;
    hierarchy->n_hops = (guint32)n_hops;
    return hierarchy->hops != NULL;
}

/* Rank by rank; hops are sorted so that they read memory in one direction. */
static void fill(FmHierarchy *hierarchy, const FmRemainder *remainder, const guint32 *order,
                 const guint32 *rank_of_place)
{
    guint32 n = hierarchy->n_nodes, next = 0;
    for (guint32 rank = 0; rank < n; rank++) {
        const FmNeighbours *list = &remainder->neighbours[order[n - 1 - rank]];
        hierarchy->first[rank] = next;
        for (guint32 h = 0; h < list->n; h++) {
            FmHop *hop = &hierarchy->hops[next + h];
            memset(hop, 0, sizeof *hop); /* padding is kept in files */
            hop->cost[0] = list->hops[h].cost[0];
            hop->cost[1] = list->hops[h].cost[1];
            hop->rank = rank_of_place[list->hops[h].rank];
        }
        qsort(hierarchy->hops + next, list->n, sizeof *hierarchy->hops, by_rank);
        next += list->n;
    }
    hierarchy->first[n] = next;
}

FmHierarchy *fm_hierarchy_new(const FmGraph *graph, guint n_threads, const FmProgress *progress,
                              GError **error)
{
    guint32 n = graph->n_nodes;
    g_autoptr(FmHierarchy) hierarchy = g_new0(FmHierarchy, 1);
    g_autofree guint32 *order = g_new(guint32, MAX(n, 1));
    g_autofree guint32 *rank_of_place = g_new(guint32, MAX(n, 1));
    g_auto(FmRemainder) remainder = {0};

    if (!fm_contract(graph, n_threads, order, &remainder, progress, error))
        return NULL;
    hierarchy->n_nodes = n;
    hierarchy->mean_cost = graph->mean_cost;
    hierarchy->checksum = fm_graph_checksum(graph);
    hierarchy->rank_of = g_new(guint32, MAX(n, 1));
    hierarchy->first = g_new(guint32, (gsize)n + 1);
    if (!allocate(hierarchy, &remainder)) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "not enough memory for the hierarchy of a graph of %u nodes", n);
        return NULL;
    }
    for (guint32 i = 0; i < n; i++) {
        rank_of_place[order[i]] = n - 1 - i;
        hierarchy->rank_of[graph->node_of[order[i]]] = n - 1 - i;
    }
    fill(hierarchy, &remainder, order, rank_of_place);
    return g_steal_pointer(&hierarchy);
}

void fm_hierarchy_free(FmHierarchy *hierarchy)
{
    if (hierarchy == NULL)
        return;
    g_free(hierarchy->rank_of);
    g_free(hierarchy->first);
    g_free(hierarchy->hops);
    g_free(hierarchy);
}
