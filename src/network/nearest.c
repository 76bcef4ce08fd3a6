/* The nearest ends of every node, in one search that starts at all ends at once (Okabe, Satoh and
 * Sugihara 2009, doi:10.1080/13658810802475491): a label is a cost and the end it comes from, and
 * labels are settled in ascending order of both, so that the lower end wins a tie.
 *
 * A node settles its first k labels of different ends and passes each of them on.  A label that is
 * not among the k first of a node is not among those of any node behind it.  The nearest one alone
 * has a way of its own: nearest-one.c. */
#include "nearest-one.h"
#include "queue.h"

enum { REPORT_EVERY = 1 << 16 }; /* settled labels between two reports */

typedef struct {
    const FmGraph *graph;
    const FmLinks *links;
    FmSteps limit;
    FmQueue queue;
    gsize k;
    guint32 *n_settled; /* by place */
    FmReached *out;
} Search;

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

static inline void relax(Search *search, guint32 place, FmSteps cost, guint32 end)
{
    if (cost <= search->limit && !is_closed(search, place, end))
        fm_queue_push(&search->queue, (FmQueueItem){cost, place, end});
}

static inline void settle(Search *search, const FmQueueItem *item)
{
    if (is_closed(search, item->place, item->end))
        return;
    row_of(search, item->place)[search->n_settled[item->place]++] =
        (FmReached){item->end, fm_cost_from_steps(item->cost)};
    const FmLinks *links = search->links;
    guint32 last = links->first[item->place + 1];
    for (guint32 l = links->first[item->place]; l < last; l++)
        relax(search, links->links[l].place, item->cost + links->links[l].cost, item->end);
}

static void start(Search *search, const FmEnds *ends)
{
    for (guint32 e = 0; e < ends->n; e++) {
        for (guint32 s = ends->first[e]; s < ends->first[e + 1]; s++) {
            guint32 place = search->graph->place_of[ends->seeds[s].node];
            FmSteps cost = fm_steps_from_cost(ends->seeds[s].cost);
            relax(search, place, cost, e);
        }
    }
}

static gboolean run(Search *search, const FmProgress *progress, GError **error)
{
    double expected = (double)search->graph->n_nodes * (double)search->k;
    gsize n_popped = 0;
    FmQueueItem item;
    while (fm_queue_pop(&search->queue, &item)) {
        settle(search, &item);
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
    if (k == 1)
        return fm_graph_nearest_one(graph, travel, ends, limit, n_threads, out, progress, error);

    gsize n = graph->n_nodes;
    for (gsize i = 0; i < n * k; i++)
        out[i] = (FmReached){FM_NODE_NONE, (double)INFINITY};
    g_autofree guint32 *n_settled = g_new0(guint32, MAX(n, 1));
    Search search = {.graph = graph,
                     .links = &graph->links[travel],
                     .limit = fm_steps_from_limit(limit),
                     .k = k,
                     .n_settled = n_settled,
                     .out = out};
    fm_queue_init(&search.queue, graph->mean_cost);
    start(&search, ends);
    gboolean ok = run(&search, progress, error);
    fm_queue_clear(&search.queue);
    return ok;
}
