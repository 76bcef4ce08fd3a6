/* Dijkstra's algorithm from one end.  An item that was overtaken by a cheaper one stays in the
 * queue and is recognised by its cost when it comes out. */
#include "search.h"

#include <stdlib.h>

FmSearch *fm_search_new(const FmGraph *graph, FmTravel travel)
{
    gsize n = graph->n_nodes;
    FmSearch *search = g_new(FmSearch, 1);
    search->graph = graph;
    search->links = graph->links[travel].links;
    search->nodes = g_new(FmSearchNode, n + 1);
    for (gsize p = 0; p <= n; p++)
        search->nodes[p] = (FmSearchNode){FM_STEPS_UNSEEN, graph->links[travel].first[p]};
    search->reached = g_new(FmSeed, MAX(n, 1));
    fm_queue_init(&search->queue, graph->mean_cost);
    return search;
}

void fm_search_free(FmSearch *search)
{
    if (search == NULL)
        return;
    fm_queue_clear(&search->queue);
    g_free(search->nodes);
    g_free(search->reached);
    g_free(search);
}

/* Links are the one thing too large for the nearest caches: they are asked for here, long before
 * the place comes out of the queue.  Inlined by force: the compiler sees two callers, and one of
 * them is the innermost loop. */
__attribute__((always_inline)) static inline void relax(FmSearch *search, guint32 place,
                                                        FmSteps cost, FmSteps limit)
{
    FmSearchNode *node = &search->nodes[place];
    if (cost >= node->cost || cost > limit)
        return;
    node->cost = cost;
    __builtin_prefetch(search->links + node->first);
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

gsize fm_search_reach(FmSearch *search, const FmSeed *seeds, gsize n_seeds, FmSteps limit)
{
    const FmGraph *graph = search->graph;
    FmSearchNode *nodes = search->nodes;
    gsize n = 0;
    FmQueueItem item;

    fm_queue_reset(&search->queue);
    for (gsize s = 0; s < n_seeds; s++)
        relax(search, graph->place_of[seeds[s].node], fm_steps_from_cost(seeds[s].cost), limit);
    while (fm_queue_pop(&search->queue, &item)) {
        const FmSearchNode *node = &nodes[item.place];
        if (item.cost != node->cost)
            continue;
        /* Places for now: the costs are put back by them. */
        search->reached[n++] = (FmSeed){item.place, fm_cost_from_steps(item.cost)};
        const FmLink *end = search->links + node[1].first;
        for (const FmLink *link = search->links + node->first; link < end; link++)
            relax(search, link->place, item.cost + link->cost, limit);
    }
    for (gsize i = 0; i < n; i++) {
        nodes[search->reached[i].node].cost = FM_STEPS_UNSEEN;
        search->reached[i].node = graph->node_of[search->reached[i].node];
    }
    order_ties(search->reached, n);
    return n;
}
