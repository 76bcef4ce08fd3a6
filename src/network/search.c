/* Dijkstra's algorithm from one end.  An item that was overtaken by a cheaper one stays in the
 * queue and is recognised by its cost when it comes out. */
#include "search.h"

#include <stdlib.h>

FmSearch *fm_search_new(const FmGraph *graph)
{
    gsize n = MAX(graph->n_nodes, 1);
    FmSearch *search = g_new(FmSearch, 1);
    search->cost = g_new(FmSteps, n);
    memset(search->cost, 0xff, n * sizeof *search->cost);
    search->reached = g_new(FmSeed, n);
    fm_queue_init(&search->queue, graph->mean_cost);
    return search;
}

void fm_search_free(FmSearch *search)
{
    if (search == NULL)
        return;
    fm_queue_clear(&search->queue);
    g_free(search->cost);
    g_free(search->reached);
    g_free(search);
}

static inline void relax(FmSearch *search, guint32 place, FmSteps cost, FmSteps limit)
{
    if (cost >= search->cost[place] || cost > limit)
        return;
    search->cost[place] = cost;
    fm_queue_push(&search->queue, (FmQueueItem){cost, place, 0});
}

static int by_node(const void *a, const void *b)
{
    const FmSeed *x = a, *y = b;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Puts equal costs, which stand together, in order of their nodes. */
static void order_ties(FmSeed *reached, gsize n)
{
    gsize begin = 0;
    for (gsize i = 1; i <= n; i++) {
        if (i < n && reached[i].cost == reached[begin].cost)
            continue;
        if (i - begin > 1)
            qsort(reached + begin, i - begin, sizeof *reached, by_node);
        begin = i;
    }
}

gsize fm_search_reach(FmSearch *search, const FmGraph *graph, FmTravel travel, const FmSeed *seeds,
                      gsize n_seeds, FmSteps limit)
{
    const FmLinks *links = &graph->links[travel];
    gsize n = 0;
    FmQueueItem item;

    fm_queue_reset(&search->queue);
    for (gsize s = 0; s < n_seeds; s++)
        relax(search, graph->place_of[seeds[s].node], fm_steps_from_cost(seeds[s].cost), limit);
    while (fm_queue_pop(&search->queue, &item)) {
        if (item.cost != search->cost[item.place])
            continue;
        /* Places for now: the costs are put back by them. */
        search->reached[n++] = (FmSeed){item.place, fm_cost_from_steps(item.cost)};
        guint32 end = links->first[item.place + 1];
        for (guint32 l = links->first[item.place]; l < end; l++)
            relax(search, links->links[l].place, item.cost + links->links[l].cost, limit);
    }
    for (gsize i = 0; i < n; i++) {
        search->cost[search->reached[i].node] = FM_STEPS_UNSEEN;
        search->reached[i].node = graph->node_of[search->reached[i].node];
    }
    order_ties(search->reached, n);
    return n;
}
