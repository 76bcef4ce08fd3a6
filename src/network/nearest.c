/* The nearest ends of every node, in one search that starts at all ends at once (Okabe, Satoh and
 * Sugihara 2009, doi:10.1080/13658810802475491): a label is a cost and the end it comes from, and
 * labels are settled in ascending order of both, so that the lower end wins a tie.
 *
 * For k > 1 a node settles its first k labels of different ends and passes each of them on.  A
 * label that is not among the k first of a node is not among those of any node behind it. */
#include "queue.h"

enum { REPORT_EVERY = 1 << 16 }; /* settled labels between two reports */

/* What k = 1 asks of a place whenever it meets it, on one cache line. */
typedef struct {
    FmSteps cost; /* the first label so far */
    guint32 end;
    guint32 first; /* as in FmLinks */
} Label;

typedef struct {
    const FmGraph *graph;
    const FmLinks *links;
    FmSteps limit;
    FmQueue queue;
    Label *best; /* k = 1: by place, n_nodes + 1 */

    gsize k;            /* k > 1 */
    guint32 *n_settled; /* by place */
    FmReached *out;
} Search;

/* ---- k = 1 ------------------------------------------------------------------------------- */

static inline void relax(Search *search, guint32 place, FmSteps cost, guint32 end)
{
    Label *best = &search->best[place];
    if (cost > best->cost || (cost == best->cost && end >= best->end) || cost > search->limit)
        return;
    best->cost = cost;
    best->end = end;
    __builtin_prefetch(search->links->links + best->first); /* as in search.c */
    fm_queue_push(&search->queue, (FmQueueItem){cost, place, end});
}

static inline void settle(Search *search, const FmQueueItem *item)
{
    const Label *best = &search->best[item->place];
    if (best->cost != item->cost || best->end != item->end)
        return;
    const FmLink *links = search->links->links;
    for (guint32 l = best[0].first; l < best[1].first; l++)
        relax(search, links[l].place, item->cost + links[l].cost, item->end);
}

static void copy_best(const Search *search)
{
    for (guint32 node = 0; node < search->graph->n_nodes; node++) {
        const Label *best = &search->best[search->graph->place_of[node]];
        if (best->end != FM_NODE_NONE)
            search->out[node] = (FmReached){best->end, fm_cost_from_steps(best->cost)};
    }
}

/* ---- k > 1 ------------------------------------------------------------------------------- */

static inline FmReached *row_of(const Search *search, guint32 place)
{
    return search->out + search->graph->node_of[place] * search->k;
}

/* Whether a node has no use for a label of this end, now or later. */
static inline gboolean is_closed(const Search *search, guint32 place, guint32 end)
{
    gsize n = search->n_settled[place];
    const FmReached *row = row_of(search, place);
    for (gsize i = 0; i < n; i++) {
        if (row[i].end == end)
            return TRUE;
    }
    return n == search->k;
}

static inline void relax_many(Search *search, guint32 place, FmSteps cost, guint32 end)
{
    if (cost <= search->limit && !is_closed(search, place, end))
        fm_queue_push(&search->queue, (FmQueueItem){cost, place, end});
}

static inline void settle_many(Search *search, const FmQueueItem *item)
{
    if (is_closed(search, item->place, item->end))
        return;
    row_of(search, item->place)[search->n_settled[item->place]++] =
        (FmReached){item->end, fm_cost_from_steps(item->cost)};
    const FmLinks *links = search->links;
    guint32 last = links->first[item->place + 1];
    for (guint32 l = links->first[item->place]; l < last; l++)
        relax_many(search, links->links[l].place, item->cost + links->links[l].cost, item->end);
}

/* ---- both -------------------------------------------------------------------------------- */

static void start(Search *search, const FmEnds *ends)
{
    for (guint32 e = 0; e < ends->n; e++) {
        for (guint32 s = ends->first[e]; s < ends->first[e + 1]; s++) {
            guint32 place = search->graph->place_of[ends->seeds[s].node];
            FmSteps cost = fm_steps_from_cost(ends->seeds[s].cost);
            if (search->k == 1)
                relax(search, place, cost, e);
            else
                relax_many(search, place, cost, e);
        }
    }
}

static gboolean run(Search *search, const FmProgress *progress, GError **error)
{
    double expected = (double)search->graph->n_nodes * (double)search->k;
    gsize n_popped = 0;
    FmQueueItem item;
    while (fm_queue_pop(&search->queue, &item)) {
        if (search->k == 1)
            settle(search, &item);
        else
            settle_many(search, &item);
        if (++n_popped % REPORT_EVERY == 0 &&
            !fm_progress_report(progress, (double)n_popped / (2 * expected),
                                "searching the network", error))
            return FALSE;
    }
    return fm_progress_report(progress, 1, "searching the network", error);
}

gboolean fm_graph_nearest(const FmGraph *graph, FmTravel travel, const FmEnds *ends, gsize k,
                          double limit, guint n_threads, FmReached *out, const FmProgress *progress,
                          GError **error)
{
    g_return_val_if_fail(fm_ends_fit(graph, ends), FALSE);
    g_return_val_if_fail(k >= 1 && limit >= 0, FALSE);
    (void)n_threads;

    gsize n = graph->n_nodes;
    for (gsize i = 0; i < n * k; i++)
        out[i] = (FmReached){FM_NODE_NONE, (double)INFINITY};
    g_autofree Label *best = k == 1 ? g_new(Label, n + 1) : NULL;
    g_autofree guint32 *n_settled = k == 1 ? NULL : g_new0(guint32, MAX(n, 1));
    for (gsize p = 0; best && p <= n; p++)
        best[p] = (Label){G_MAXUINT64, FM_NODE_NONE, graph->links[travel].first[p]};
    Search search = {.graph = graph,
                     .links = &graph->links[travel],
                     .limit = fm_steps_from_limit(limit),
                     .best = best,
                     .k = k,
                     .n_settled = n_settled,
                     .out = out};
    fm_queue_init(&search.queue, graph->mean_cost);
    start(&search, ends);
    gboolean ok = run(&search, progress, error);
    if (ok && k == 1)
        copy_best(&search);
    fm_queue_clear(&search.queue);
    return ok;
}
