/* Contraction in rounds of independent nodes (Vetter 2009; Geisberger et al. 2012,
 * doi:10.1287/trsc.1110.0401).  In a round every node that is less important than all its
 * neighbours is taken out, all of them at once: none is a neighbour of another, and no way
 * around one leads over another, so that the order within a round does not matter and threads
 * may share it.
 *
 * Importance is found by trying the contraction, and grows as neighbours go.  It is tried again
 * only for nodes that are about to be taken out; those that turn out to be more important than a
 * neighbour stay. */
#include "contract.h"
#include "witness.h"

enum {
    GRAIN = 256,
    LEVEL_WEIGHT = 100, /* importance of one more level below a node … */
    ARC_WEIGHT = 1000,  /* … and of as many shortcuts as arcs go */
};

typedef struct {
    FmRemainder remainder;
    guint32 *left; /* places that are not contracted yet, ascending */
    guint32 n_left;
    guint32 *arc_part; /* by place: importance by its arcs, as last tried */
    guint16 *level;    /* by place: longest chain of contracted nodes below it */
    guint8 *stale;     /* by place: a neighbour went since its arcs were tried */
    guint8 *chosen;    /* by place: goes in this round */
    guint32 *set;      /* the places that do */
    guint32 n_set;
    FmWitness **witnesses; /* one a worker */
    GArray **shortcuts;    /* one a chunk of the set */
    guint32 *order;        /* the places in order of contraction */
    guint32 n_ordered;
} Contraction;

static guint64 importance(const Contraction *c, guint32 place)
{
    return (guint64)c->level[place] * LEVEL_WEIGHT + c->arc_part[place];
}

/* A scrambled number breaks ties, since places in a row would follow one another one a round
 * (multiplication by an odd constant is a bijection: no two are equal). */
static gboolean is_less(const Contraction *c, guint32 a, guint32 b)
{
    guint64 x = importance(c, a), y = importance(c, b);
    return x < y || (x == y && a * 0x9E3779B1u < b * 0x9E3779B1u);
}

static gboolean is_least(const Contraction *c, guint32 place)
{
    const FmNeighbours *list = &c->remainder.neighbours[place];
    for (guint32 h = 0; h < list->n; h++) {
        if (!is_less(c, place, list->hops[h].rank))
            return FALSE;
    }
    return TRUE;
}

static FmWitness *witness_of(Contraction *c, guint worker)
{
    if (c->witnesses[worker] == NULL)
        c->witnesses[worker] = fm_witness_new(c->remainder.n_nodes);
    return c->witnesses[worker];
}

static void try_out(Contraction *c, guint32 place, guint worker)
{
    const FmNeighbours *list = &c->remainder.neighbours[place];
    guint32 n_arcs = 0;
    for (guint32 h = 0; h < list->n; h++) {
        n_arcs += list->hops[h].cost[FM_TRAVEL_FROM] < FM_STEPS_MAX;
        n_arcs += list->hops[h].cost[FM_TRAVEL_TO] < FM_STEPS_MAX;
    }
    guint64 n = fm_witness_shortcuts(witness_of(c, worker), &c->remainder, place, NULL, NULL);
    c->arc_part[place] = (guint32)(n * ARC_WEIGHT / MAX(n_arcs, 1));
    c->stale[place] = FALSE;
}

/* ---- the steps of a round ---------------------------------------------------------------- */

static gboolean choose_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    Contraction *c = user;
    for (gsize i = begin; i < end; i++)
        c->chosen[c->left[i]] = is_least(c, c->left[i]) ? 1 : 0;
    return TRUE;
}

static gboolean try_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Contraction *c = user;
    for (gsize i = begin; i < end; i++) {
        if (c->stale[c->set[i]])
            try_out(c, c->set[i], worker);
    }
    return TRUE;
}

static gboolean check_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    Contraction *c = user;
    for (gsize i = begin; i < end; i++)
        c->chosen[c->set[i]] = is_least(c, c->set[i]) ? 1 : 0;
    return TRUE;
}

static gboolean shortcut_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Contraction *c = user;
    GArray *out = c->shortcuts[begin / GRAIN];
    g_array_set_size(out, 0);
    for (gsize i = begin; i < end; i++)
        fm_witness_shortcuts(witness_of(c, worker), &c->remainder, c->set[i], c->chosen, out);
    return TRUE;
}

static void collect(Contraction *c, const guint32 *from, guint32 n)
{
    c->n_set = 0;
    for (guint32 i = 0; i < n; i++) {
        guint32 place = from[i];
        if (c->chosen[place])
            c->set[c->n_set++] = place;
    }
}

static void take_out(Contraction *c, guint32 place)
{
    const FmNeighbours *list = &c->remainder.neighbours[place];
    for (guint32 h = 0; h < list->n; h++) {
        guint32 other = list->hops[h].rank;
        c->stale[other] = TRUE;
        c->level[other] = (guint16)MAX(c->level[other], MIN(c->level[place] + 1, G_MAXUINT16));
    }
    fm_remainder_take_out(&c->remainder, place);
    c->order[c->n_ordered++] = place;
}

/* On one thread, so that lists keep one order. */
static void apply(Contraction *c)
{
    for (guint32 i = 0; i < c->n_set; i++)
        take_out(c, c->set[i]);
    for (guint32 begin = 0; begin < c->n_set; begin += GRAIN) {
        const GArray *list = c->shortcuts[begin / GRAIN];
        for (guint s = 0; s < list->len; s++) {
            const FmShortcut *one = &g_array_index(list, FmShortcut, s);
            fm_remainder_join(&c->remainder, one->tail, one->head, one->cost);
        }
    }
    guint32 n = 0;
    for (guint32 i = 0; i < c->n_left; i++) {
        if (!c->chosen[c->left[i]])
            c->left[n++] = c->left[i];
    }
    c->n_left = n;
}

static gboolean round_once(Contraction *c, guint n_threads, GError **error)
{
    const char *stage = "building the hierarchy";
    if (!fm_parallel_for(c->n_left, GRAIN, n_threads, choose_chunk, c, NULL, stage, error))
        return FALSE;
    collect(c, c->left, c->n_left);
    if (!fm_parallel_for(c->n_set, GRAIN, n_threads, try_chunk, c, NULL, stage, error) ||
        !fm_parallel_for(c->n_set, GRAIN, n_threads, check_chunk, c, NULL, stage, error))
        return FALSE;
    collect(c, c->set, c->n_set);
    if (!fm_parallel_for(c->n_set, GRAIN, n_threads, shortcut_chunk, c, NULL, stage, error))
        return FALSE;
    apply(c);
    return TRUE;
}

/* ---- the whole --------------------------------------------------------------------------- */

static gboolean contraction_init(Contraction *c, const FmGraph *graph, guint n_workers,
                                 guint32 *order)
{
    gsize n = MAX(graph->n_nodes, 1), n_chunks = n / GRAIN + 1;
    *c = (Contraction){.n_left = graph->n_nodes, .order = order};
    gboolean enough = fm_remainder_init(&c->remainder, graph);
    c->left = g_try_new(guint32, n);
    c->arc_part = g_try_new0(guint32, n);
    c->level = g_try_new0(guint16, n);
    c->stale = g_try_new0(guint8, n);
    c->chosen = g_try_new0(guint8, n);
    c->set = g_try_new(guint32, n);
    c->witnesses = g_new0(FmWitness *, n_workers);
    c->shortcuts = g_new0(GArray *, n_chunks);
    if (!enough || !c->left || !c->arc_part || !c->level || !c->stale || !c->chosen || !c->set)
        return FALSE;
    for (gsize i = 0; i < n_chunks; i++)
        c->shortcuts[i] = g_array_new(FALSE, FALSE, sizeof(FmShortcut));
    for (guint32 p = 0; p < graph->n_nodes; p++) {
        c->left[p] = c->set[p] = p;
        c->stale[p] = TRUE;
    }
    c->n_set = graph->n_nodes;
    return TRUE;
}

static void contraction_clear(Contraction *c, guint n_workers)
{
    for (guint w = 0; w < n_workers; w++)
        fm_witness_free(c->witnesses[w]);
    for (gsize i = 0; i < c->remainder.n_nodes / GRAIN + 1; i++)
        g_clear_pointer(&c->shortcuts[i], g_array_unref);
    fm_remainder_clear(&c->remainder);
    g_free(c->left);
    g_free(c->arc_part);
    g_free(c->level);
    g_free(c->stale);
    g_free(c->chosen);
    g_free(c->set);
    g_free(c->witnesses);
    g_free(c->shortcuts);
}

static gboolean run(Contraction *c, guint n_threads, const FmProgress *progress, GError **error)
{
    const char *stage = "building the hierarchy";
    FmProgress first = fm_progress_slice(progress, 0, 0.1),
               rest = fm_progress_slice(progress, 0.1, 1);
    guint32 n = c->n_left;
    if (!fm_parallel_for(n, GRAIN, n_threads, try_chunk, c, &first, stage, error))
        return FALSE;
    while (c->n_left > 0) {
        if (!round_once(c, n_threads, error) ||
            !fm_progress_report(&rest, (double)(n - c->n_left) / n, stage, error))
            return FALSE;
    }
    return fm_progress_report(&rest, 1, stage, error);
}

gboolean fm_contract(const FmGraph *graph, guint n_threads, guint32 *order, FmRemainder *out,
                     const FmProgress *progress, GError **error)
{
    guint n_workers = n_threads == 0 ? fm_parallel_default_threads() : n_threads;
    Contraction c;
    gboolean ok = contraction_init(&c, graph, n_workers, order);
    if (!ok)
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "not enough memory to contract a graph of %u nodes and %u arcs", graph->n_nodes,
                    graph->n_arcs);
    ok = ok && run(&c, n_workers, progress, error);
    if (ok) {
        *out = c.remainder;
        c.remainder = (FmRemainder){.n_nodes = graph->n_nodes};
    }
    contraction_clear(&c, n_workers);
    return ok;
}
