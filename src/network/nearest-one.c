/* The nearest end of every node.  A label is a cost and the end that it comes from; every node gets
 * the smallest one, by cost, then end, that any path brings.  There is one such answer, whatever
 * the order in which paths are followed, so the order may suit the machine.
 *
 * One search from all ends at once goes round the whole graph with every step of cost, and fetches
 * each label and link from far memory.  Here every tile of the graph (see order.c) is searched by
 * itself, in the nearer caches and on any thread, by Dijkstra's algorithm.  Labels that leave it
 * are posted to the tiles they lead to, which go on from them in the next round where they are
 * better than what was found (label correcting by parts: Bertsekas, Guerriero and Musmanno 1996,
 * J. Optimization Theory and Applications 88(2)).  With a few ends in each tile, that changes
 * little more than its rim.
 *
 * Where ends are sparse, where little is posted, or when rounds have visited every node twice, one
 * search over the whole graph takes what is left to its end: no graph costs more than four. */
#include "nearest-one.h"

#include "queue.h"

enum {
    GRAIN = 16384,          /* nodes a chunk, where each is looked at once */
    REPORT_EVERY = 1 << 16, /* labels between two reports */
    MOST_VISITS = 2,        /* of all nodes, before the last search */
    FEW_POSTED = 128,       /* nodes a posted label at which a round no longer pays */
};

static const char stage[] = "searching the network";

/* What is asked of a place whenever it is met, on one cache line. */
typedef struct {
    FmSteps cost; /* the smallest label so far */
    guint32 end;
    guint32 first; /* as in FmLinks */
} Label;

typedef struct {
    guint32 begin, end; /* its places */
    GArray *posted;     /* FmQueueItem: labels that were set from outside, to go on from */
    GArray *leaving;    /* FmQueueItem: labels for places of other tiles */
    guint64 n_visits;
} Tile;

typedef struct {
    const FmGraph *graph;
    const FmLinks *links;
    FmSteps limit;
    Label *best; /* by place, n_nodes + 1 */
    Tile *tiles;
    guint n_tiles;
    guint32 *active; /* tiles that have mail */
    guint n_active;
    FmQueue *queues; /* one a worker */
    guint n_queues;
    FmReached *out;
} Search;

static gboolean improves(const Label *best, FmSteps cost, guint32 end)
{
    return cost < best->cost || (cost == best->cost && end < best->end);
}

/* ---- one tile ---------------------------------------------------------------------------- */

/* Takes one label on to all neighbours.  @return FALSE if it was overtaken meanwhile */
static inline gboolean settle(const Search *search, FmQueue *queue, Tile *tile,
                              const FmQueueItem *item)
{
    const Label *from = &search->best[item->place];
    if (from->cost != item->cost || from->end != item->end)
        return FALSE;
    const FmLink *last = search->links->links + from[1].first;
    for (const FmLink *link = search->links->links + from->first; link < last; link++) {
        FmQueueItem next = {item->cost + link->cost, link->place, item->end};
        if (next.cost > search->limit)
            continue;
        if (link->place - tile->begin >= tile->end - tile->begin) {
            g_array_append_val(tile->leaving, next);
            continue;
        }
        Label *best = &search->best[link->place];
        if (!improves(best, next.cost, next.end))
            continue;
        best->cost = next.cost;
        best->end = next.end;
        __builtin_prefetch(search->links->links + best->first); /* as in search.c */
        fm_queue_push(queue, next);
    }
    return TRUE;
}

/* Dijkstra's algorithm within a tile, from the labels that were posted to it. */
static gboolean search_tile(const Search *search, FmQueue *queue, Tile *tile,
                            const FmProgress *progress, GError **error)
{
    guint64 n_popped = 0;
    FmQueueItem item;

    fm_queue_reset(queue);
    for (guint i = 0; i < tile->posted->len; i++)
        fm_queue_push(queue, g_array_index(tile->posted, FmQueueItem, i));
    g_array_set_size(tile->posted, 0);
    while (fm_queue_pop(queue, &item)) {
        tile->n_visits += settle(search, queue, tile, &item) ? 1 : 0;
        if (++n_popped % REPORT_EVERY == 0 &&
            !fm_progress_report(progress, MIN(1, (double)n_popped / (2.0 * search->graph->n_nodes)),
                                stage, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- between tiles ----------------------------------------------------------------------- */

static Tile *tile_of(const Search *search, guint32 place)
{
    guint low = 0, high = search->n_tiles - 1;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (place < search->tiles[middle].end)
            high = middle;
        else
            low = middle + 1;
    }
    return &search->tiles[low];
}

static void post(Search *search, const FmQueueItem *item)
{
    Label *best = &search->best[item->place];
    if (item->cost > search->limit || !improves(best, item->cost, item->end))
        return;
    best->cost = item->cost;
    best->end = item->end;
    Tile *tile = tile_of(search, item->place);
    if (tile->posted->len == 0)
        search->active[search->n_active++] = (guint32)(tile - search->tiles);
    g_array_append_val(tile->posted, *item);
}

static void post_ends(Search *search, const FmEnds *ends)
{
    for (guint32 e = 0; e < ends->n; e++) {
        for (guint32 s = ends->first[e]; s < ends->first[e + 1]; s++) {
            guint32 place = search->graph->place_of[ends->seeds[s].node];
            post(search, &(FmQueueItem){fm_steps_from_cost(ends->seeds[s].cost), place, e});
        }
    }
}

/* @return how many labels are posted now */
static guint64 post_leaving(Search *search)
{
    guint64 n = 0;
    search->n_active = 0;
    for (guint t = 0; t < search->n_tiles; t++) {
        GArray *leaving = search->tiles[t].leaving;
        for (guint i = 0; i < leaving->len; i++)
            post(search, &g_array_index(leaving, FmQueueItem, i));
        g_array_set_size(leaving, 0);
    }
    for (guint a = 0; a < search->n_active; a++)
        n += search->tiles[search->active[a]].posted->len;
    return n;
}

static guint64 count_visits(const Search *search)
{
    guint64 n = 0;
    for (guint t = 0; t < search->n_tiles; t++)
        n += search->tiles[t].n_visits;
    return n;
}

static gboolean round_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    const Search *search = user;
    for (gsize i = begin; i < end; i++) {
        Tile *tile = &search->tiles[search->active[i]];
        if (!search_tile(search, &search->queues[worker], tile, NULL, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean is_worth_a_round(const Search *search)
{
    return search->n_tiles > 1 && search->n_active > search->n_tiles / 2 &&
           count_visits(search) < MOST_VISITS * (guint64)search->graph->n_nodes;
}

/* Rounds of all tiles that have mail, as long as most of them have some, and not a little. */
static gboolean run_rounds(Search *search, guint n_threads, const FmProgress *progress,
                           GError **error)
{
    double done = 0;
    guint64 n_posted = search->graph->n_nodes;
    while (is_worth_a_round(search) && n_posted * FEW_POSTED >= search->graph->n_nodes) {
        FmProgress slice = fm_progress_slice(progress, done, (1 + done) / 2);
        done = (1 + done) / 2;
        if (!fm_parallel_for(search->n_active, 1, n_threads, round_chunk, search, &slice, stage,
                             error))
            return FALSE;
        n_posted = post_leaving(search);
    }
    return TRUE;
}

/* One search over everything, from all labels that are still posted. */
static gboolean run_rest(Search *search, const FmProgress *progress, GError **error)
{
    Tile all = {.end = search->graph->n_nodes, .posted = search->tiles[0].posted};
    for (guint t = 1; t < search->n_tiles; t++) {
        GArray *posted = search->tiles[t].posted;
        g_array_append_vals(all.posted, posted->data, posted->len);
    }
    return search_tile(search, &search->queues[0], &all, progress, error);
}

/* ---- all --------------------------------------------------------------------------------- */

static gboolean clear_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Search *search = user;
    for (gsize p = begin; p < end; p++)
        search->best[p] = (Label){G_MAXUINT64, FM_NODE_NONE, search->links->first[p]};
    return TRUE;
}

static gboolean copy_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    const Search *search = user;
    for (gsize node = begin; node < end; node++) {
        const Label *best = &search->best[search->graph->place_of[node]];
        search->out[node] = best->end == FM_NODE_NONE
                                ? (FmReached){FM_NODE_NONE, (double)INFINITY}
                                : (FmReached){best->end, fm_cost_from_steps(best->cost)};
    }
    return TRUE;
}

static gboolean run(Search *search, const FmEnds *ends, guint n_threads, const FmProgress *progress,
                    GError **error)
{
    FmProgress rounds = fm_progress_slice(progress, 0, 0.8);
    FmProgress rest = fm_progress_slice(progress, 0.8, 0.9);
    FmProgress copy = fm_progress_slice(progress, 0.9, 1);
    gsize n = search->graph->n_nodes;

    if (!fm_parallel_for(n + 1, GRAIN, n_threads, clear_chunk, search, NULL, stage, error))
        return FALSE;
    post_ends(search, ends);
    return run_rounds(search, n_threads, &rounds, error) && run_rest(search, &rest, error) &&
           fm_parallel_for(n, GRAIN, n_threads, copy_chunk, search, &copy, stage, error);
}

static void search_init(Search *search, guint n_threads)
{
    const GArray *first = search->graph->tile_first;
    search->n_tiles = MAX(first->len, 2) - 1;
    search->tiles = g_new0(Tile, search->n_tiles);
    search->active = g_new(guint32, search->n_tiles);
    search->best = g_new(Label, search->graph->n_nodes + (gsize)1);
    for (guint t = 0; t < search->n_tiles; t++) {
        Tile *tile = &search->tiles[t];
        tile->begin = first->len > 1 ? g_array_index(first, guint32, t) : 0;
        tile->end = first->len > 1 ? g_array_index(first, guint32, t + 1) : 0;
        tile->posted = g_array_new(FALSE, FALSE, sizeof(FmQueueItem));
        tile->leaving = g_array_new(FALSE, FALSE, sizeof(FmQueueItem));
    }
    search->n_queues =
        MIN(n_threads > 0 ? n_threads : fm_parallel_default_threads(), search->n_tiles);
    search->queues = g_new(FmQueue, search->n_queues);
    for (guint w = 0; w < search->n_queues; w++)
        fm_queue_init(&search->queues[w], search->graph->mean_cost);
}

static void search_clear(Search *search)
{
    for (guint t = 0; t < search->n_tiles; t++) {
        g_array_unref(search->tiles[t].posted);
        g_array_unref(search->tiles[t].leaving);
    }
    for (guint w = 0; w < search->n_queues; w++)
        fm_queue_clear(&search->queues[w]);
    g_free(search->queues);
    g_free(search->tiles);
    g_free(search->active);
    g_free(search->best);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

gboolean fm_graph_nearest_one(const FmGraph *graph, FmTravel travel, const FmEnds *ends,
                              double limit, guint n_threads, FmReached *out,
                              const FmProgress *progress, GError **error)
{
    g_auto(Search) search = {.graph = graph,
                             .links = &graph->links[travel],
                             .limit = fm_steps_from_limit(limit),
                             .out = out};
    search_init(&search, n_threads);
    return run(&search, ends, n_threads, progress, error);
}
