/* The hierarchy of a graph: along a dissection, or in rounds where that would take too long. */
#include "contract.h"
#include "hierarchy-fronts.h"

#include <stdlib.h>

/* ---- by rounds --------------------------------------------------------------------------- */

static int by_falling_rank(const void *a, const void *b)
{
    const FmHop *x = a, *y = b;
    return x->rank > y->rank ? -1 : x->rank < y->rank;
}

static double cost_of(FmSteps steps)
{
    return steps < FM_STEPS_MAX ? (double)steps : (double)INFINITY;
}

/* Every node is a strip of its own: it has no neighbour that every search visits as well. */
static void put_strip(FmHierarchy *hierarchy, guint32 strip, FmNeighbours *list,
                      const guint32 *strip_of)
{
    FmColumns *columns = &hierarchy->columns;
    guint32 begin = (guint32)columns->n_hops;
    for (guint32 h = 0; h < list->n; h++)
        list->hops[h].rank = strip_of[list->hops[h].rank] * FM_STRIP_MOST;
    qsort(list->hops, list->n, sizeof *list->hops, by_falling_rank);
    for (guint32 h = 0; h < list->n; h++) {
        columns->ranks[begin + h] = list->hops[h].rank;
        columns->counts[begin + h] = 1;
        columns->tails[begin + h] = 0;
        for (int t = 0; t < 2; t++)
            columns->costs[t][begin + h] = cost_of(list->hops[h].cost[t]);
    }
    columns->n_columns = columns->n_hops = begin + list->n;
    hierarchy->strips[strip] = (FmStrip){1, list->n, list->n, begin, begin};
}

static gboolean allocate(FmHierarchy *hierarchy, const FmRemainder *remainder)
{
    gsize n = hierarchy->n_nodes, n_hops = 0;
    for (gsize p = 0; p < n; p++)
        n_hops += remainder->neighbours[p].n;
    if (n > FM_STRIPS_MOST || n_hops >= G_MAXUINT32)
        return FALSE;
    hierarchy->n_strips = (guint32)n;
    hierarchy->strips = g_try_new(FmStrip, MAX(n, 1));
    return hierarchy->strips && fm_columns_reserve(&hierarchy->columns, n_hops, n_hops);
}

static gboolean build_by_rounds(FmHierarchy *hierarchy, const FmGraph *graph, guint n_threads,
                                const FmProgress *progress, GError **error)
{
    guint32 n = graph->n_nodes;
    g_autofree guint32 *order = g_new(guint32, MAX(n, 1));
    g_autofree guint32 *strip_of = g_new(guint32, MAX(n, 1)); /* by place */
    g_auto(FmRemainder) remainder = {0};
    if (!fm_contract(graph, n_threads, order, &remainder, progress, error))
        return FALSE;
    if (!allocate(hierarchy, &remainder)) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "not enough memory for the hierarchy of a graph of %u nodes", n);
        return FALSE;
    }
    for (guint32 i = 0; i < n; i++) {
        strip_of[order[i]] = n - 1 - i;
        hierarchy->rank_of[graph->node_of[order[i]]] = (n - 1 - i) * FM_STRIP_MOST;
    }
    for (guint32 strip = 0; strip < n; strip++)
        put_strip(hierarchy, strip, &remainder.neighbours[order[n - 1 - strip]], strip_of);
    return TRUE;
}

/* ---- the whole --------------------------------------------------------------------------- */

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
    return fm_fronts_contract(graph, &dissection, n_threads, &fronts, hierarchy, &second, error);
}

FmHierarchy *fm_hierarchy_build(const FmGraph *graph, double work_most, guint n_threads,
                                const FmProgress *progress, GError **error)
{
    g_autoptr(FmHierarchy) hierarchy = g_new0(FmHierarchy, 1);
    hierarchy->n_nodes = graph->n_nodes;
    hierarchy->checksum = fm_graph_checksum(graph);
    hierarchy->rank_of = g_new(guint32, MAX(graph->n_nodes, 1));
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
    g_free(hierarchy->strips);
    fm_columns_clear(&hierarchy->columns);
    g_free(hierarchy);
}
