/* One route: Dijkstra's algorithm from the seeds of `from` until no seed of `to` can be reached
 * more cheaply, with the links that led to each place.
 *
 * What a search needs is as large as the graph, and most routes are short: so the scratch of one is
 * kept with the graph for the next, which finds it as if it were new.  A search that finds none,
 * since another thread has it, makes its own. */
#include "queue.h"

typedef struct {
    FmSteps cost;
    guint32 seed; /* of `from` */
    guint32 link; /* number of the arc that led here, FM_NODE_NONE at a seed */
    gboolean settled;
    gboolean is_end; /* has a seed of `to` */
} Visit;

typedef struct {
    Visit *visits;    /* by place */
    guint32 *touched; /* places whose visits are not as at first */
    guint32 n_touched;
    FmQueue queue;
} Scratch;

struct FmRouteSpare {
    Scratch *scratch; /* only ever exchanged */
};

typedef struct {
    FmSteps cost;  /* of the whole route */
    gsize to;      /* seed of `to` */
    guint32 place; /* where it ends */
} Best;

/* ---- scratch ----------------------------------------------------------------------------- */

static const Visit unseen = {G_MAXUINT64, FM_NODE_NONE, FM_NODE_NONE, FALSE, FALSE};

static Scratch *scratch_new(const FmGraph *graph)
{
    gsize n = MAX(graph->n_nodes, 1);
    Scratch *scratch = g_new(Scratch, 1);
    scratch->visits = g_new(Visit, n);
    scratch->touched = g_new(guint32, n);
    scratch->n_touched = 0;
    for (gsize p = 0; p < n; p++)
        scratch->visits[p] = unseen;
    fm_queue_init(&scratch->queue, graph->mean_cost);
    return scratch;
}

static void scratch_free(Scratch *scratch)
{
    if (scratch == NULL)
        return;
    fm_queue_clear(&scratch->queue);
    g_free(scratch->visits);
    g_free(scratch->touched);
    g_free(scratch);
}

FmRouteSpare *fm_route_spare_new(void)
{
    return g_new0(FmRouteSpare, 1);
}

void fm_route_spare_free(FmRouteSpare *spare)
{
    if (spare == NULL)
        return;
    scratch_free(spare->scratch);
    g_free(spare);
}

static Scratch *take_scratch(const FmGraph *graph)
{
    Scratch *scratch = g_atomic_pointer_exchange(&graph->route_spare->scratch, NULL);
    return scratch ? scratch : scratch_new(graph);
}

static void put_back(const FmGraph *graph, Scratch *scratch)
{
    for (guint32 i = 0; i < scratch->n_touched; i++)
        scratch->visits[scratch->touched[i]] = unseen;
    scratch->n_touched = 0;
    fm_queue_reset(&scratch->queue);
    scratch_free(g_atomic_pointer_exchange(&graph->route_spare->scratch, scratch));
}

static Visit *touch(Scratch *scratch, guint32 place)
{
    Visit *visit = &scratch->visits[place];
    if (visit->cost == unseen.cost && !visit->is_end)
        scratch->touched[scratch->n_touched++] = place;
    return visit;
}

/* ---- search ------------------------------------------------------------------------------ */

static inline void relax(Scratch *scratch, guint32 place, Visit visit, FmSteps limit)
{
    const Visit *before = &scratch->visits[place];
    if (visit.cost > limit || before->settled || visit.cost > before->cost)
        return;
    if (visit.cost == before->cost) {
        /* The lower seed, then the lower arc; only another seed is news to those behind. */
        if (visit.seed > before->seed || (visit.seed == before->seed && visit.link >= before->link))
            return;
    }
    gboolean news = visit.cost != before->cost || visit.seed != before->seed;
    visit.is_end = before->is_end;
    *touch(scratch, place) = visit;
    if (news)
        fm_queue_push(&scratch->queue, (FmQueueItem){visit.cost, place, visit.seed});
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
static Best search(const FmGraph *graph, const FmSeed *to, gsize n_to, FmSteps limit,
                   Scratch *scratch)
{
    const FmLinks *links = &graph->links[FM_TRAVEL_FROM];
    Best best = {limit + 1, G_MAXSIZE, FM_NODE_NONE};
    FmQueueItem item;
    while (fm_queue_pop(&scratch->queue, &item) && item.cost <= best.cost) {
        Visit *visit = &scratch->visits[item.place];
        if (visit->settled || visit->cost != item.cost || visit->seed != item.end)
            continue;
        visit->settled = TRUE;
        if (visit->is_end)
            best = cheapest_end(graph, to, n_to, item.place, item.cost, best);
        for (guint32 l = links->first[item.place]; l < links->first[item.place + 1]; l++) {
            const FmLink *link = &links->links[l];
            Visit next = {item.cost + link->cost, item.end, link->arc, FALSE, FALSE};
            relax(scratch, link->place, next, MIN(limit, best.cost));
        }
    }
    return best;
}

static Best search_from(const FmGraph *graph, const FmEnds *from, const FmEnds *to, FmSteps limit,
                        Scratch *scratch)
{
    for (guint32 s = 0; s < to->first[1]; s++)
        touch(scratch, graph->place_of[to->seeds[s].node])->is_end = TRUE;
    for (guint32 s = 0; s < from->first[1]; s++) {
        Visit visit = {fm_steps_from_cost(from->seeds[s].cost), s, FM_NODE_NONE, FALSE, FALSE};
        relax(scratch, graph->place_of[from->seeds[s].node], visit, limit);
    }
    return search(graph, to->seeds, to->first[1], limit, scratch);
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

    Scratch *scratch = take_scratch(graph);
    Best best = search_from(graph, &from_end, &to_end, fm_steps_from_limit(limit), scratch);
    gboolean is_found = best.place != FM_NODE_NONE;
    if (is_found && arcs)
        append_arcs(graph, scratch->visits, best.place, arcs);
    if (is_found && seeds) {
        seeds[0] = scratch->visits[best.place].seed;
        seeds[1] = best.to;
    }
    put_back(graph, scratch);
    return is_found ? fm_cost_from_steps(best.cost) : (double)INFINITY;
}
