/* Lists are short for most of the time, so that they are searched from end to end. */
#include "remainder.h"

static FmHop *find(FmNeighbours *list, guint32 place)
{
    for (guint32 h = 0; h < list->n; h++) {
        if (list->hops[h].rank == place)
            return &list->hops[h];
    }
    return NULL;
}

static FmHop *append(FmNeighbours *list, guint32 place)
{
    if (list->n == list->room) {
        FmHop *before = list->hops;
        list->room = MAX(4, list->room + list->room / 2);
        list->hops = g_renew(FmHop, list->own ? before : NULL, list->room);
        if (!list->own && list->n > 0)
            memcpy(list->hops, before, list->n * sizeof *before);
        list->own = TRUE;
    }
    list->hops[list->n] = (FmHop){{FM_STEPS_MAX, FM_STEPS_MAX}, place};
    return &list->hops[list->n++];
}

static void join_one(FmRemainder *remainder, guint32 place, guint32 other, FmTravel travel,
                     FmSteps cost)
{
    FmNeighbours *list = &remainder->neighbours[place];
    FmHop *hop = find(list, other);
    if (hop == NULL)
        hop = append(list, other);
    hop->cost[travel] = MIN(hop->cost[travel], cost);
}

void fm_remainder_join(FmRemainder *remainder, guint32 tail, guint32 head, FmSteps cost)
{
    join_one(remainder, tail, head, FM_TRAVEL_FROM, cost);
    join_one(remainder, head, tail, FM_TRAVEL_TO, cost);
}

void fm_remainder_take_out(FmRemainder *remainder, guint32 place)
{
    const FmNeighbours *own = &remainder->neighbours[place];
    for (guint32 h = 0; h < own->n; h++) {
        FmNeighbours *list = &remainder->neighbours[own->hops[h].rank];
        guint32 at = 0;
        while (list->hops[at].rank != place)
            at++;
        list->hops[at] = list->hops[--list->n];
    }
}

gboolean fm_remainder_init(FmRemainder *remainder, const FmGraph *graph)
{
    const FmLinks *out = &graph->links[FM_TRAVEL_FROM], *in = &graph->links[FM_TRAVEL_TO];
    gsize room = (gsize)out->first[graph->n_nodes] + in->first[graph->n_nodes];
    *remainder = (FmRemainder){.n_nodes = graph->n_nodes,
                               .neighbours = g_try_new0(FmNeighbours, MAX(graph->n_nodes, 1)),
                               .arena = g_try_new(FmHop, MAX(room, 1))};
    if (remainder->neighbours == NULL || remainder->arena == NULL)
        return FALSE;
    FmHop *next = remainder->arena;
    for (guint32 p = 0; p < graph->n_nodes; p++) {
        guint32 most = out->first[p + 1] - out->first[p] + in->first[p + 1] - in->first[p];
        remainder->neighbours[p] = (FmNeighbours){next, 0, most, FALSE};
        for (int t = 0; t < 2; t++) {
            const FmLinks *links = &graph->links[t];
            for (guint32 l = links->first[p]; l < links->first[p + 1]; l++)
                join_one(remainder, p, links->links[l].place, (FmTravel)t, links->links[l].cost);
        }
        /* What two directions and parallel arcs left over belongs to the next place. */
        next += remainder->neighbours[p].n;
        remainder->neighbours[p].room = remainder->neighbours[p].n;
    }
    return TRUE;
}

void fm_remainder_clear(FmRemainder *remainder)
{
    for (guint32 p = 0; remainder->neighbours && p < remainder->n_nodes; p++) {
        if (remainder->neighbours[p].own)
            g_free(remainder->neighbours[p].hops);
    }
    g_clear_pointer(&remainder->neighbours, g_free);
    g_clear_pointer(&remainder->arena, g_free);
}
