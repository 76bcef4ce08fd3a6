/* From the contraction's lists to the arrays that are searched and kept. */
#include "contract.h"
#include "hierarchy-fronts.h"

#include <stdlib.h>

static int by_rank(const void *a, const void *b)
{
    const FmHop *x = a, *y = b;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void put_hop(FmHierarchy *hierarchy, guint32 at, const FmHop *hop)
{
    hierarchy->hop_ranks[at] = hop->rank;
    hierarchy->hop_costs[0][at] = hop->cost[0];
    hierarchy->hop_costs[1][at] = hop->cost[1];
}

/* ---- by rounds --------------------------------------------------------------------------- */

/* Rank by rank; hops are sorted so that they read memory in one direction. */
static void fill(FmHierarchy *hierarchy, const FmRemainder *remainder, const guint32 *order,
                 const guint32 *rank_of_place)
{
    guint32 n = hierarchy->n_nodes, next = 0;
    for (guint32 rank = 0; rank < n; rank++) {
        FmNeighbours *list = &remainder->neighbours[order[n - 1 - rank]];
        hierarchy->first[rank] = next;
        for (guint32 h = 0; h < list->n; h++)
            list->hops[h].rank = rank_of_place[list->hops[h].rank];
        qsort(list->hops, list->n, sizeof *list->hops, by_rank);
        for (guint32 h = 0; h < list->n; h++)
            put_hop(hierarchy, next + h, &list->hops[h]);
        next += list->n;
    }
    hierarchy->first[n] = next;
}

/* ---- by dissection ----------------------------------------------------------------------- */

static gboolean allocate_hops(FmHierarchy *hierarchy, gsize n_hops, GError **error)
{
    gboolean enough = n_hops < G_MAXUINT32;
    if (enough) {
        hierarchy->n_hops = (guint32)n_hops;
        hierarchy->hop_ranks = g_try_new(guint32, MAX(n_hops, 1));
        hierarchy->hop_costs[0] = g_try_new(FmSteps, MAX(n_hops, 1));
        hierarchy->hop_costs[1] = g_try_new(FmSteps, MAX(n_hops, 1));
        enough = hierarchy->hop_ranks && hierarchy->hop_costs[0] && hierarchy->hop_costs[1];
    }
    if (!enough)
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "not enough memory for the hierarchy of a graph of %u nodes",
                    hierarchy->n_nodes);
    return enough;
}

/* @return how many hops there are */
static gsize count_hops(FmHierarchy *hierarchy, const FmFronts *fronts,
                        const FmDissection *dissection)
{
    guint32 n = hierarchy->n_nodes;
    for (guint32 f = 0; f < fronts->n; f++) {
        const FmFront *front = &g_array_index(dissection->fronts, FmFront, f);
        for (guint32 i = front->begin; i < front->end; i++)
            hierarchy->first[n - i] = fronts->fronts[f].n_hops[i - front->begin];
    }
    gsize sum = 0;
    hierarchy->first[0] = 0;
    for (guint32 rank = 0; rank < n; rank++) {
        sum += hierarchy->first[rank + 1];
        hierarchy->first[rank + 1] = (guint32)sum;
    }
    return sum;
}

/* Frees the hops of every front once they are copied. */
static void take_hops(FmHierarchy *hierarchy, FmFronts *fronts, const FmDissection *dissection)
{
    for (guint32 f = 0; f < fronts->n; f++) {
        const FmFront *front = &g_array_index(dissection->fronts, FmFront, f);
        FmContracted *own = &fronts->fronts[f];
        guint32 from = 0;
        for (guint32 i = front->begin; i < front->end; i++) {
            guint32 at = hierarchy->first[hierarchy->n_nodes - 1 - i];
            for (guint32 h = own->n_hops[i - front->begin]; h > 0; h--, from++, at++) {
                guint32 stand = fm_front_stand(front, own, own->columns[from]);
                hierarchy->hop_ranks[at] = hierarchy->n_nodes - 1 - stand;
                hierarchy->hop_costs[0][at] = own->costs[from][0];
                hierarchy->hop_costs[1][at] = own->costs[from][1];
            }
        }
        g_clear_pointer(&own->columns, g_free);
        g_clear_pointer(&own->costs, g_free);
    }
}

/* ---- the whole --------------------------------------------------------------------------- */

static void set_ranks(FmHierarchy *hierarchy, const FmGraph *graph, const guint32 *order)
{
    for (guint32 i = 0; i < graph->n_nodes; i++)
        hierarchy->rank_of[graph->node_of[order[i]]] = graph->n_nodes - 1 - i;
}

static gboolean build_by_rounds(FmHierarchy *hierarchy, const FmGraph *graph, guint n_threads,
                                const FmProgress *progress, GError **error)
{
    guint32 n = graph->n_nodes;
    g_autofree guint32 *order = g_new(guint32, MAX(n, 1));
    g_autofree guint32 *rank_of_place = g_new(guint32, MAX(n, 1));
    g_auto(FmRemainder) remainder = {0};
    if (!fm_contract(graph, n_threads, order, &remainder, progress, error))
        return FALSE;
    gsize n_hops = 0;
    for (guint32 p = 0; p < n; p++)
        n_hops += remainder.neighbours[p].n;
    if (!allocate_hops(hierarchy, n_hops, error))
        return FALSE;
    for (guint32 i = 0; i < n; i++)
        rank_of_place[order[i]] = n - 1 - i;
    set_ranks(hierarchy, graph, order);
    fill(hierarchy, &remainder, order, rank_of_place);
    return TRUE;
}

static gboolean build(FmHierarchy *hierarchy, const FmGraph *graph, double work_most,
                      guint n_threads, const FmProgress *progress, GError **error)
{
    FmProgress first = fm_progress_slice(progress, 0, 0.2);
    FmProgress second = fm_progress_slice(progress, 0.2, 1);
    g_auto(FmDissection) dissection = {0};
    g_auto(FmFronts) fronts = {0};
    if (!fm_dissect(graph, n_threads, &dissection, &first, error) ||
        !fm_fronts_find(graph, &dissection, n_threads, &fronts, error))
        return FALSE;
    if (!fm_fronts_are_small(&fronts, &dissection, work_most))
        return build_by_rounds(hierarchy, graph, n_threads, &second, error);
    if (!fm_fronts_contract(graph, &dissection, n_threads, &fronts, &second, error) ||
        !allocate_hops(hierarchy, count_hops(hierarchy, &fronts, &dissection), error))
        return FALSE;
    set_ranks(hierarchy, graph, dissection.order);
    take_hops(hierarchy, &fronts, &dissection);
    return TRUE;
}

FmHierarchy *fm_hierarchy_build(const FmGraph *graph, double work_most, guint n_threads,
                                const FmProgress *progress, GError **error)
{
    guint32 n = graph->n_nodes;
    g_autoptr(FmHierarchy) hierarchy = g_new0(FmHierarchy, 1);
    hierarchy->n_nodes = n;
    hierarchy->mean_cost = graph->mean_cost;
    hierarchy->checksum = fm_graph_checksum(graph);
    hierarchy->rank_of = g_new(guint32, MAX(n, 1));
    hierarchy->first = g_new(guint32, (gsize)n + 1);
    if (!build(hierarchy, graph, work_most, n_threads, progress, error))
        return NULL;
    return g_steal_pointer(&hierarchy);
}

FmHierarchy *fm_hierarchy_new(const FmGraph *graph, guint n_threads, const FmProgress *progress,
                              GError **error)
{
    return fm_hierarchy_build(graph, FM_HIERARCHY_WORK_MOST, n_threads, progress, error);
}

void fm_hierarchy_free(FmHierarchy *hierarchy)
{
    if (hierarchy == NULL)
        return;
    g_free(hierarchy->rank_of);
    g_free(hierarchy->first);
    g_free(hierarchy->hop_ranks);
    g_free(hierarchy->hop_costs[0]);
    g_free(hierarchy->hop_costs[1]);
    g_free(hierarchy);
}
