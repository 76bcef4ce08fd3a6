/* Strips are numbered from the last contracted front to the first, and so are the ranks within: a
 * separator comes before all that it cut apart, and nodes that are near one another in the graph
 * stay near in rank. */
#include "hierarchy-strips.h"

/* ---- numbers ----------------------------------------------------------------------------- */

static gboolean allocate_strips(FmHierarchy *hierarchy, const FmDissection *dissection)
{
    gsize n = 0;
    for (guint f = 0; f < dissection->fronts->len; f++) {
        const FmFront *front = &g_array_index(dissection->fronts, FmFront, f);
        n += (front->end - front->begin + FM_STRIP_MOST - 1) / FM_STRIP_MOST;
    }
    if (n > FM_STRIPS_MOST)
        return FALSE;
    hierarchy->n_strips = (guint32)n;
    hierarchy->strips = g_try_new0(FmStrip, MAX(n, 1));
    return hierarchy->strips != NULL;
}

/* @return the strip after those of the front */
static guint32 number_front(const FmFront *front, FmStrip *strips, guint32 strip, guint32 *ranks)
{
    for (guint32 end = front->end; end > front->begin; strip++) {
        guint32 n = MIN(end - front->begin, FM_STRIP_MOST);
        strips[strip].n_nodes = n;
        for (guint32 i = 0; i < n; i++)
            ranks[end - 1 - i] = strip * FM_STRIP_MOST + i;
        end -= n;
    }
    return strip;
}

gboolean fm_strips_number(const FmGraph *graph, const FmDissection *dissection,
                          FmHierarchy *hierarchy, guint32 *first_strip, guint32 *ranks)
{
    guint32 n = graph->n_nodes, strip = 0;
    if (!allocate_strips(hierarchy, dissection))
        return FALSE;
    g_autofree guint32 *ends_here = g_new(guint32, (gsize)n + 1); /* by end: the front */
    for (guint32 f = 0; f < dissection->fronts->len; f++)
        ends_here[g_array_index(dissection->fronts, FmFront, f).end] = f;
    for (guint32 end = n; end > 0;) {
        guint32 f = ends_here[end];
        const FmFront *front = &g_array_index(dissection->fronts, FmFront, f);
        first_strip[f] = strip;
        strip = number_front(front, hierarchy->strips, strip, ranks);
        end = front->begin;
    }
    for (guint32 i = 0; i < n; i++)
        hierarchy->rank_of[graph->node_of[dissection->order[i]]] = ranks[i];
    return TRUE;
}

/* ---- hops -------------------------------------------------------------------------------- */

static double passable(double cost)
{
    return cost < (double)FM_STEPS_MAX ? cost : (double)INFINITY;
}

/* The hops of the nodes begin … end - 1 to one behind the first of them. */
static void keep_column(const FmFrontMatrix *matrix, guint32 begin, guint32 end, guint32 column,
                        FmColumns *out)
{
    gsize n = matrix->n, hop = out->n_hops;
    for (guint32 i = begin; i < MIN(end, column); i++) {
        if (!matrix->kept[i * n + column])
            continue;
        out->tails[hop] = (guint8)(end - 1 - i);
        out->costs[FM_TRAVEL_FROM][hop] = passable(matrix->costs[i * n + column]);
        out->costs[FM_TRAVEL_TO][hop++] = passable(matrix->costs[column * n + i]);
    }
    if (hop == out->n_hops)
        return;
    out->ranks[out->n_columns] = matrix->ranks[column];
    out->counts[out->n_columns++] = (guint8)(hop - out->n_hops);
    out->n_hops = hop;
}

gboolean fm_strips_keep(const FmFrontMatrix *matrix, FmStrip *strips, FmColumns *out)
{
    gsize n_hops = 0, n_kept = (gsize)matrix->n_own * matrix->n;
    for (gsize i = 0; i < n_kept; i++)
        n_hops += matrix->kept[i];
    gsize n_strips = (matrix->n_own + FM_STRIP_MOST - 1) / FM_STRIP_MOST;
    if (!fm_columns_reserve(out, MIN(n_hops, n_strips * matrix->n), n_hops))
        return FALSE;
    for (guint32 end = matrix->n_own; end > 0; strips++) {
        guint32 begin = end - strips->n_nodes;
        gsize column = out->n_columns, hop = out->n_hops;
        for (guint32 j = begin + 1; j < matrix->n; j++)
            keep_column(matrix, begin, end, j, out);
        strips->n_columns = (guint32)(out->n_columns - column);
        strips->n_hops = (guint32)(out->n_hops - hop);
        end = begin;
    }
    return TRUE;
}
