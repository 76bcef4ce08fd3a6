/* The graph: arcs sorted by one of their ends, in both directions (compressed sparse rows), by
 * counting, so that links keep the order of the arcs. */
#include "graph-internal.h"

static gboolean check_arcs(guint32 n_nodes, const FmArc *arcs, guint32 n_arcs, GError **error)
{
    for (guint32 a = 0; a < n_arcs; a++) {
        if (arcs[a].tail >= n_nodes || arcs[a].head >= n_nodes) {
            g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                        "arc %u runs from node %u to node %u of a graph that has %u nodes", a,
                        arcs[a].tail, arcs[a].head, n_nodes);
            return FALSE;
        }
        if (!(arcs[a].cost >= 0)) {
            char text[G_ASCII_DTOSTR_BUF_SIZE];
            g_ascii_dtostr(text, sizeof text, arcs[a].cost);
            g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                        "arc %u costs %s: a cost is 0 or more, INFINITY where nothing passes", a,
                        text);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean is_link(const FmArc *arc)
{
    return arc->cost < FM_COST_MAX && arc->tail != arc->head;
}

static guint32 near_end(const FmGraph *graph, FmTravel travel, guint32 a)
{
    const FmArc *arc = &graph->arcs[a];
    return graph->place_of[travel == FM_TRAVEL_FROM ? arc->tail : arc->head];
}

static void sort_links(const FmGraph *graph, FmTravel travel, FmLinks *out)
{
    memset(out->first, 0, ((gsize)graph->n_nodes + 1) * sizeof *out->first);
    for (guint32 a = 0; a < graph->n_arcs; a++) {
        if (is_link(&graph->arcs[a]))
            out->first[near_end(graph, travel, a)]++;
    }
    guint32 sum = 0;
    for (guint32 p = 0; p <= graph->n_nodes; p++)
        out->first[p] = sum += out->first[p];
    /* Each run is filled from its end, which leaves `first` where the run begins. */
    for (guint32 a = graph->n_arcs; a-- > 0;) {
        const FmArc *arc = &graph->arcs[a];
        if (!is_link(arc))
            continue;
        guint32 far = graph->place_of[travel == FM_TRAVEL_FROM ? arc->head : arc->tail];
        out->links[--out->first[near_end(graph, travel, a)]] =
            (FmLink){fm_steps_from_cost(arc->cost), far, a};
    }
}

/* Numbers the places, once with the nodes' own numbers to learn the order, once in that order. */
static void lay_out(FmGraph *graph)
{
    for (guint32 i = 0; i < graph->n_nodes; i++)
        graph->place_of[i] = i;
    for (int t = 0; t < 2; t++)
        sort_links(graph, (FmTravel)t, &graph->links[t]);
    fm_graph_order(graph, graph->links, graph->node_of, graph->tile_first);
    for (guint32 p = 0; p < graph->n_nodes; p++)
        graph->place_of[graph->node_of[p]] = p;
    for (int t = 0; t < 2; t++)
        sort_links(graph, (FmTravel)t, &graph->links[t]);
}

static FmSteps mean_cost(const FmGraph *graph)
{
    const FmLinks *links = &graph->links[FM_TRAVEL_FROM];
    guint32 n = links->first[graph->n_nodes];
    double sum = 0;
    for (guint32 l = 0; l < n; l++)
        sum += (double)links->links[l].cost;
    return n == 0 ? 1 : MAX(1, (FmSteps)(sum / n));
}

static gboolean allocate(FmGraph *graph)
{
    graph->arcs = g_try_new(FmArc, MAX(graph->n_arcs, 1));
    graph->place_of = g_try_new(guint32, MAX(graph->n_nodes, 1));
    graph->node_of = g_try_new(guint32, MAX(graph->n_nodes, 1));
    gboolean enough = graph->arcs && graph->place_of && graph->node_of;
    for (int t = 0; t < 2; t++) {
        graph->links[t].first = g_try_new(guint32, (gsize)graph->n_nodes + 1);
        graph->links[t].links = g_try_new(FmLink, MAX(graph->n_arcs, 1));
        enough = enough && graph->links[t].first && graph->links[t].links;
    }
    return enough;
}

FmGraph *fm_graph_new(guint32 n_nodes, const FmArc *arcs, guint32 n_arcs, GError **error)
{
    g_return_val_if_fail(arcs != NULL || n_arcs == 0, NULL);
    if (n_nodes == FM_NODE_NONE || n_arcs == FM_NODE_NONE) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "a graph of %u nodes and %u arcs: at most %u of each are possible", n_nodes,
                    n_arcs, FM_NODE_NONE - 1);
        return NULL;
    }
    if (!check_arcs(n_nodes, arcs, n_arcs, error))
        return NULL;

    g_autoptr(FmGraph) graph = g_new0(FmGraph, 1);
    graph->n_nodes = n_nodes;
    graph->n_arcs = n_arcs;
    graph->tile_first = g_array_new(FALSE, FALSE, sizeof(guint32));
    if (!allocate(graph)) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "not enough memory for a graph of %u nodes and %u arcs", n_nodes, n_arcs);
        return NULL;
    }
    for (guint32 a = 0; a < n_arcs; a++) {
        FmSteps steps = fm_steps_from_cost(arcs[a].cost);
        double cost = steps < FM_STEPS_MAX ? fm_cost_from_steps(steps) : (double)INFINITY;
        graph->arcs[a] = (FmArc){arcs[a].tail, arcs[a].head, cost};
    }
    lay_out(graph);
    graph->mean_cost = mean_cost(graph);
    graph->route_spare = fm_route_spare_new();
    return g_steal_pointer(&graph);
}

void fm_graph_free(FmGraph *graph)
{
    if (graph == NULL)
        return;
    for (int t = 0; t < 2; t++) {
        g_free(graph->links[t].first);
        g_free(graph->links[t].links);
    }
    g_free(graph->arcs);
    g_free(graph->place_of);
    g_free(graph->node_of);
    fm_route_spare_free(graph->route_spare);
    g_array_unref(graph->tile_first);
    g_free(graph);
}

guint32 fm_graph_n_nodes(const FmGraph *graph)
{
    return graph->n_nodes;
}

guint32 fm_graph_n_arcs(const FmGraph *graph)
{
    return graph->n_arcs;
}

FmArc fm_graph_arc(const FmGraph *graph, guint32 arc)
{
    g_return_val_if_fail(arc < graph->n_arcs, ((FmArc){FM_NODE_NONE, FM_NODE_NONE, 0}));
    return graph->arcs[arc];
}

gboolean fm_ends_fit(const FmGraph *graph, const FmEnds *ends)
{
    for (gsize s = ends->n ? ends->first[0] : 0; ends->n && s < ends->first[ends->n]; s++) {
        if (ends->seeds[s].node >= graph->n_nodes || !(ends->seeds[s].cost >= 0))
            return FALSE;
    }
    return ends->n < FM_NODE_NONE;
}
