/* The multifrontal method (Duff and Reid 1983, doi:10.1145/356044.356047) with minimum for sum
 * and sum for product.  A front is a dense matrix over its own places and those above that it
 * touches.  It takes in its arcs and what its children left, contracts its own places, and
 * leaves the costs between the others for its parent.  Dissections make fronts small, and dense
 * ones cost less than a nanosecond per number; no search for witnesses is needed, since the
 * matrix has them: a hop is left out where another one and a way on cost no more.
 *
 * Every number is the cost of a way that exists, and none is left out that is not replaced by
 * ways over later places; so the cheapest routes stay climbs and descents. */
#include "hierarchy-fronts.h"

#include "hierarchy-kernel.h"

#include <stdlib.h>

/* Of all matrices of a depth. */
#define BYTES_MOST 1e9

typedef struct {
    const FmGraph *graph;
    const FmDissection *dissection;
    FmFronts *fronts;
    FmHierarchy *hierarchy; /* these three while contracting */
    guint32 *ranks;         /* by place in the order */
    guint32 *first_strip;   /* by front */
    guint32 *stand;         /* by place: where it stands in the order */
    guint32 **slots;        /* by worker: of a place in the order, its row in the front at hand */
    guint32 depth_begin;
} Contraction;

static const FmFront *front_at(const Contraction *c, guint32 f)
{
    return &g_array_index(c->dissection->fronts, FmFront, f);
}

static guint32 *slots_of(const Contraction *c, guint worker)
{
    if (c->slots[worker] == NULL)
        c->slots[worker] = g_new0(guint32, MAX(c->graph->n_nodes, 1));
    return c->slots[worker];
}

static void set_no_memory(const Contraction *c, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                "not enough memory for the hierarchy of a graph of %u nodes", c->graph->n_nodes);
}

/* ---- what fronts touch ------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const guint32 *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void touch(GArray *above, guint32 *slots, guint32 stand, guint32 end, guint32 mark)
{
    if (stand < end || slots[stand] == mark)
        return;
    slots[stand] = mark;
    g_array_append_val(above, stand);
}

static void find_one(const Contraction *c, guint32 f, guint32 *slots)
{
    const FmFront *front = front_at(c, f);
    FmContracted *own = &c->fronts->fronts[f];
    g_autoptr(GArray) above = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 i = front->begin; i < front->end; i++) {
        guint32 place = c->dissection->order[i];
        for (int t = 0; t < 2; t++) {
            const FmLinks *links = &c->graph->links[t];
            for (guint32 l = links->first[place]; l < links->first[place + 1]; l++)
                touch(above, slots, c->stand[links->links[l].place], front->end, f + 1);
        }
    }
    /* A link to what stands before the front is that front's; all that a child touches does not
     * stand before this one. */
    for (guint32 child = own->first_child; child != FM_NODE_NONE;
         child = c->fronts->fronts[child].next_sibling) {
        const FmContracted *below = &c->fronts->fronts[child];
        for (guint32 i = 0; i < below->n_above; i++)
            touch(above, slots, below->above[i], front->end, f + 1);
    }
    if (above->len == 0)
        return;
    qsort(above->data, above->len, sizeof(guint32), by_number);
    own->n_above = above->len;
    own->above = g_memdup2(above->data, above->len * sizeof(guint32));
}

static gboolean find_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Contraction *c = user;
    for (gsize i = begin; i < end; i++)
        find_one(c, c->depth_begin + (guint32)i, slots_of(c, worker));
    return TRUE;
}

/* ---- a front as a matrix ----------------------------------------------------------------- */

static void put_arcs(const Contraction *c, const FmFront *front, const guint32 *slots,
                     FmFrontMatrix *matrix)
{
    for (guint32 i = front->begin; i < front->end; i++) {
        guint32 place = c->dissection->order[i];
        gsize row = i - front->begin;
        for (int t = 0; t < 2; t++) {
            const FmLinks *links = &c->graph->links[t];
            for (guint32 l = links->first[place]; l < links->first[place + 1]; l++) {
                guint32 stand = c->stand[links->links[l].place];
                if (stand < front->begin)
                    continue;
                double *at = t == FM_TRAVEL_FROM
                                 ? &matrix->costs[row * matrix->n + slots[stand]]
                                 : &matrix->costs[slots[stand] * (gsize)matrix->n + row];
                *at = MIN(*at, (double)links->links[l].cost);
            }
        }
    }
}

static void put_update(FmContracted *child, const guint32 *slots, FmFrontMatrix *matrix)
{
    for (guint32 i = 0; i < child->n_above; i++) {
        double *row = matrix->costs + (gsize)slots[child->above[i]] * matrix->n;
        const double *from = child->update + (gsize)i * child->n_above;
        for (guint32 j = 0; j < child->n_above; j++) {
            double *at = &row[slots[child->above[j]]];
            *at = MIN(*at, from[j]);
        }
    }
    g_clear_pointer(&child->update, g_free);
    g_clear_pointer(&child->above, g_free);
}

static gboolean matrix_init(const Contraction *c, guint32 f, FmFrontMatrix *matrix)
{
    const FmFront *front = front_at(c, f);
    guint32 n_own = front->end - front->begin, n = n_own + c->fronts->fronts[f].n_above;
    *matrix = (FmFrontMatrix){.n = n, .n_own = n_own};
    matrix->costs = g_try_malloc_n((gsize)n * n, sizeof *matrix->costs);
    matrix->ranks = g_try_new(guint32, n);
    return matrix->costs && matrix->ranks;
}

static void matrix_clear(FmFrontMatrix *matrix)
{
    g_free(matrix->costs);
    g_free(matrix->ranks);
    g_free(matrix->kept);
}

static void number_columns(const Contraction *c, guint32 f, guint32 *slots, FmFrontMatrix *matrix)
{
    const FmFront *front = front_at(c, f);
    const FmContracted *own = &c->fronts->fronts[f];
    for (guint32 i = 0; i < matrix->n; i++) {
        guint32 stand = i < matrix->n_own ? front->begin + i : own->above[i - matrix->n_own];
        slots[stand] = i;
        matrix->ranks[i] = c->ranks[stand];
    }
}

static void fill_matrix(const Contraction *c, guint32 f, guint32 *slots, FmFrontMatrix *matrix)
{
    gsize n = matrix->n;
    for (gsize i = 0; i < n * n; i++)
        matrix->costs[i] = (double)INFINITY;
    for (gsize i = 0; i < n; i++)
        matrix->costs[i * n + i] = 0;
    put_arcs(c, front_at(c, f), slots, matrix);
    for (guint32 child = c->fronts->fronts[f].first_child; child != FM_NODE_NONE;
         child = c->fronts->fronts[child].next_sibling)
        put_update(&c->fronts->fronts[child], slots, matrix);
}

static gboolean keep_update(const FmFrontMatrix *matrix, FmContracted *own)
{
    own->update = g_try_malloc_n(MAX((gsize)own->n_above * own->n_above, 1), sizeof *own->update);
    if (own->update == NULL)
        return FALSE;
    for (gsize i = 0; i < own->n_above; i++)
        memcpy(own->update + i * own->n_above,
               matrix->costs + (matrix->n_own + i) * matrix->n + matrix->n_own,
               own->n_above * sizeof *own->update);
    return TRUE;
}

/* Both ways; where all costs are the same both ways, so are the hops. */
static gboolean choose_hops(FmFrontMatrix *matrix)
{
    gsize n = matrix->n;
    matrix->kept = g_try_malloc0_n((gsize)matrix->n_own * n, sizeof *matrix->kept);
    if (matrix->kept == NULL)
        return FALSE;
    g_autofree double *scratch = g_new(double, n);
    gboolean is_symmetric = fm_kernel_is_symmetric(matrix->costs, n);
    for (int t = 0; t < (is_symmetric ? 1 : 2); t++) {
        for (guint32 i = 0; i < matrix->n_own; i++)
            fm_kernel_prune(matrix->costs, n, i, scratch, matrix->kept + i * n);
        if (!is_symmetric)
            fm_kernel_transpose(matrix->costs, n);
    }
    return TRUE;
}

static gboolean contract_one(const Contraction *c, guint32 f, guint32 *slots, GError **error)
{
    FmContracted *own = &c->fronts->fronts[f];
    FmFrontMatrix matrix;
    gboolean enough = matrix_init(c, f, &matrix);
    if (enough) {
        number_columns(c, f, slots, &matrix);
        fill_matrix(c, f, slots, &matrix);
        fm_kernel_eliminate(matrix.costs, matrix.n, matrix.n_own);
        enough = keep_update(&matrix, own) && choose_hops(&matrix) &&
                 fm_strips_keep(&matrix, c->hierarchy->strips + c->first_strip[f], &own->columns);
    }
    matrix_clear(&matrix);
    if (!enough)
        set_no_memory(c, error);
    return enough;
}

static gboolean contract_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    Contraction *c = user;
    for (gsize i = begin; i < end; i++) {
        if (!contract_one(c, c->depth_begin + (guint32)i, slots_of(c, worker), error))
            return FALSE;
    }
    return TRUE;
}

/* ---- the whole --------------------------------------------------------------------------- */

/* Adds the hops of the fronts of a depth to the others. */
static gboolean collect(const Contraction *c, guint32 end, GError **error)
{
    FmHierarchy *hierarchy = c->hierarchy;
    for (guint32 f = c->depth_begin; f < end; f++) {
        guint32 column = (guint32)hierarchy->columns.n_columns;
        guint32 hop = (guint32)hierarchy->columns.n_hops, strip = c->first_strip[f];
        if (!fm_columns_append(&hierarchy->columns, &c->fronts->fronts[f].columns)) {
            set_no_memory(c, error);
            return FALSE;
        }
        fm_columns_clear(&c->fronts->fronts[f].columns);
        for (; column < hierarchy->columns.n_columns; strip++) {
            FmStrip *own = &hierarchy->strips[strip];
            own->first_column = column;
            own->first_hop = hop;
            column += own->n_columns;
            hop += own->n_hops;
        }
    }
    return TRUE;
}

/* Runs over all fronts, the deepest first: those of one depth do not touch one another. */
static gboolean run(Contraction *c, guint n_threads, FmParallelFunc func,
                    const FmProgress *progress, GError **error)
{
    enum { GRAIN = 4 };
    const char *stage = "building the hierarchy";
    guint n_workers = n_threads == 0 ? fm_parallel_default_threads() : n_threads;
    g_autofree guint32 **slots = g_new0(guint32 *, n_workers);
    g_autofree guint32 *stand = g_new(guint32, MAX(c->graph->n_nodes, 1));
    for (guint32 i = 0; i < c->graph->n_nodes; i++)
        stand[c->dissection->order[i]] = i;
    c->slots = slots;
    c->stand = stand;
    gboolean ok = TRUE;
    for (guint32 end = c->fronts->n; end > 0 && ok; end = c->depth_begin) {
        guint32 depth = front_at(c, end - 1)->depth;
        c->depth_begin = end;
        while (c->depth_begin > 0 && front_at(c, c->depth_begin - 1)->depth == depth)
            c->depth_begin--;
        FmProgress slice = fm_progress_slice(progress, 1.0 / (depth + 2), 1.0 / (depth + 1));
        gsize n = end - c->depth_begin;
        ok = fm_parallel_for(n, n < 64 ? 1 : GRAIN, n_workers, func, c, &slice, stage, error) &&
             (c->hierarchy == NULL || collect(c, end, error));
    }
    for (guint w = 0; w < n_workers; w++)
        g_free(slots[w]);
    return ok;
}

gboolean fm_fronts_find(const FmGraph *graph, const FmDissection *dissection, guint n_threads,
                        FmFronts *out, GError **error)
{
    guint32 n = dissection->fronts->len;
    *out = (FmFronts){n, g_new0(FmContracted, MAX(n, 1))};
    Contraction c = {.graph = graph, .dissection = dissection, .fronts = out};
    for (guint32 f = 0; f < n; f++)
        out->fronts[f].first_child = FM_NODE_NONE;
    for (guint32 f = n; f-- > 0;) {
        guint32 parent = front_at(&c, f)->parent;
        if (parent == FM_NODE_NONE)
            continue;
        out->fronts[f].next_sibling = out->fronts[parent].first_child;
        out->fronts[parent].first_child = f;
    }
    return run(&c, n_threads, find_chunk, NULL, error);
}

gboolean fm_fronts_are_small(const FmFronts *fronts, const FmDissection *dissection,
                             double work_most)
{
    double work = 0, bytes = 0, most = 0;
    guint32 depth = 0;
    for (guint32 f = 0; f < fronts->n; f++) {
        const FmFront *front = &g_array_index(dissection->fronts, FmFront, f);
        double own = front->end - front->begin, all = own + fronts->fronts[f].n_above;
        work += own * all * all;
        bytes = (front->depth == depth ? bytes : 0) + all * all * sizeof(double);
        depth = front->depth;
        most = MAX(most, bytes);
    }
    return work <= work_most && most <= BYTES_MOST;
}

gboolean fm_fronts_contract(const FmGraph *graph, const FmDissection *dissection, guint n_threads,
                            FmFronts *fronts, FmHierarchy *hierarchy, const FmProgress *progress,
                            GError **error)
{
    g_autofree guint32 *ranks = g_new(guint32, MAX(graph->n_nodes, 1));
    g_autofree guint32 *first_strip = g_new(guint32, MAX(fronts->n, 1));
    Contraction c = {.graph = graph,
                     .dissection = dissection,
                     .fronts = fronts,
                     .hierarchy = hierarchy,
                     .ranks = ranks,
                     .first_strip = first_strip};
    if (!fm_strips_number(graph, dissection, hierarchy, first_strip, ranks)) {
        set_no_memory(&c, error);
        return FALSE;
    }
    return run(&c, n_threads, contract_chunk, progress, error);
}

void fm_fronts_clear(FmFronts *fronts)
{
    for (guint32 f = 0; fronts->fronts && f < fronts->n; f++) {
        g_free(fronts->fronts[f].above);
        g_free(fronts->fronts[f].update);
        fm_columns_clear(&fronts->fronts[f].columns);
    }
    g_clear_pointer(&fronts->fronts, g_free);
}
