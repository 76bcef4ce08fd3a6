/* One route: Dijkstra's algorithm from the seeds of `from` until no seed of `to` can be reached
 * more cheaply, with the links that led to each place. */
#include "queue.h"

typedef struct {
    FmSteps cost;
    guint32 seed; /* of `from` */
    guint32 link; /* number of the arc that led here, FM_NODE_NONE at a seed */
    gboolean settled;
} Visit;

typedef struct {
    FmSteps cost;  /* of the whole route */
    gsize to;      /* seed of `to` */
    guint32 place; /* where it ends */
} Best;

static inline void relax(Visit *visits, FmQueue *queue, guint32 place, Visit visit, FmSteps limit)
{
    Visit *old = &visits[place];
    if (visit.cost > limit || old->settled || visit.cost > old->cost)
        return;
    if (visit.cost == old->cost) {
        /* The lower seed, then the lower arc; only another seed is news to those behind. */
        if (visit.seed > old->seed || (visit.seed == old->seed && visit.link >= old->link))
            return;
    }
    gboolean news = visit.cost != old->cost || visit.seed != old->seed;
    *old = visit;
    if (news)
        fm_queue_push(queue, (FmQueueItem){visit.cost, place, visit.seed});
}

static Best cheapest_end(const FmGraph *graph, const FmSeed *to, gsize n_to, guint32 place,
                         FmSteps cost, Best best)
{
    for (gsize s = 0; s < n_to; s++) {
        FmSteps whole = cost + fm_steps_from_cost(to[s].cost);
        if (graph->place_of[to[s].node] == place &&
            (whole < best.cost || (whole == best.cost && s < best.to)))
            best = (Best){whole, s, place};
    }
    return best;
}

/* Settles places in ascending order until the best end is settled. */
static Best search(const FmGraph *graph, const FmSeed *to, gsize n_to, FmSteps limit, Visit *visits,
                   const guint8 *is_end, FmQueue *queue)
{
    const FmLinks *links = &graph->links[FM_TRAVEL_FROM];
    Best best = {limit + 1, G_MAXSIZE, FM_NODE_NONE};
    FmQueueItem item;
    while (fm_queue_pop(queue, &item) && item.cost <= best.cost) {
        Visit *visit = &visits[item.place];
        if (visit->settled || visit->cost != item.cost || visit->seed != item.end)
            continue;
        visit->settled = TRUE;
        if (is_end[item.place])
            best = cheapest_end(graph, to, n_to, item.place, item.cost, best);
        for (guint32 l = links->first[item.place]; l < links->first[item.place + 1]; l++) {
            const FmLink *link = &links->links[l];
            Visit next = {item.cost + link->cost, item.end, link->arc, FALSE};
            relax(visits, queue, link->place, next, MIN(limit, best.cost));
        }
    }
    return best;
}

static void append_arcs(const FmGraph *graph, const Visit *visits, guint32 place, GArray *arcs)
{
    guint begin = arcs->len;
    while (visits[place].link != FM_NODE_NONE) {
        g_array_append_val(arcs, visits[place].link);
        place = graph->place_of[graph->arcs[visits[place].link].tail];
    }
    for (guint i = begin, j = arcs->len; i + 1 < j; i++) {
        guint32 *a = &g_array_index(arcs, guint32, i), *b = &g_array_index(arcs, guint32, --j);
        guint32 kept = *a;
        *a = *b;
        *b = kept;
    }
}

double fm_graph_route(const FmGraph *graph, const FmSeed *from, gsize n_from, const FmSeed *to,
                      gsize n_to, double limit, GArray *arcs, gsize seeds[2])
{
    const FmEnds from_end = {1, (const guint32[]){0, (guint32)n_from}, from};
    const FmEnds to_end = {1, (const guint32[]){0, (guint32)n_to}, to};
    g_return_val_if_fail(fm_ends_fit(graph, &from_end) && fm_ends_fit(graph, &to_end),
                         (double)INFINITY);
    g_return_val_if_fail(limit >= 0, (double)INFINITY);

    gsize n = MAX(graph->n_nodes, 1);
    FmSteps steps = fm_steps_from_limit(limit);
    g_autofree Visit *visits = g_new(Visit, n);
    for (gsize p = 0; p < n; p++)
        visits[p] = (Visit){G_MAXUINT64, FM_NODE_NONE, FM_NODE_NONE, FALSE};
    g_autofree guint8 *is_end = g_new0(guint8, n);
    for (gsize s = 0; s < n_to; s++)
        is_end[graph->place_of[to[s].node]] = TRUE;
    g_autofree FmQueue *queue = g_new(FmQueue, 1);
    fm_queue_init(queue, graph->mean_cost);
    for (gsize s = 0; s < n_from; s++) {
        Visit visit = {fm_steps_from_cost(from[s].cost), (guint32)s, FM_NODE_NONE, FALSE};
        relax(visits, queue, graph->place_of[from[s].node], visit, steps);
    }
    Best best = search(graph, to, n_to, steps, visits, is_end, queue);
    fm_queue_clear(queue);
    if (best.place == FM_NODE_NONE)
        return (double)INFINITY;
    if (arcs)
        append_arcs(graph, visits, best.place, arcs);
    if (seeds) {
        seeds[0] = visits[best.place].seed;
        seeds[1] = best.to;
    }
    return fm_cost_from_steps(best.cost);
}
