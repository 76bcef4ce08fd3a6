/* The hierarchy as a file.  All numbers little-endian:
 *
 *   8  "FMHIER\0" and the version of this layout (2)
 *   8  checksum of the graph
 *   8  checksum of everything behind the head
 *   4  number of nodes       4  number of strips
 *   4  number of columns     4  number of hops
 *   4 × nodes                rank of every node
 *   1 × strips               its nodes
 *   4 × strips               its columns
 *   4 × columns              rank that its hops lead to
 *   1 × columns              its hops
 *   1 × hops                 the node of the strip that it leaves
 *   8 × hops                 its cost from that node, in steps
 *   8 × hops                 its cost to it */
#include "hierarchy-internal.h"

static const guint8 magic[8] = "FMHIER\0\2";

enum { HEAD_SIZE = 40 };

/* ---- checksums --------------------------------------------------------------------------- */

/* Fowler, Noll and Vo's hash over words of eight bytes, with the high half folded in: it finds
 * damage, not forgery. */
static guint64 mix(guint64 sum, guint64 word)
{
    sum = (sum ^ word) * G_GUINT64_CONSTANT(0x100000001b3);
    return sum ^ (sum >> 32);
}

guint64 fm_checksum(guint64 seed, gconstpointer data, gsize size)
{
    const guint8 *bytes = data;
    guint64 sum = mix(G_GUINT64_CONSTANT(0xcbf29ce484222325), seed);
    for (gsize i = 0; i < size; i += 8) {
        guint64 word = 0;
        memcpy(&word, bytes + i, MIN(8, size - i));
        sum = mix(sum, GUINT64_FROM_LE(word));
    }
    return mix(sum, size);
}

guint64 fm_graph_checksum(const FmGraph *graph)
{
    guint64 sum = mix(graph->n_nodes, graph->n_arcs);
    for (guint32 a = 0; a < graph->n_arcs; a++) {
        const FmArc *arc = &graph->arcs[a];
        sum = mix(sum, (guint64)arc->tail << 32 | arc->head);
        sum = mix(sum, fm_steps_from_cost(arc->cost));
    }
    return sum;
}

/* ---- writing ----------------------------------------------------------------------------- */

static guint8 *put_32(guint8 *at, guint32 value)
{
    value = GUINT32_TO_LE(value);
    memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

static guint8 *put_64(guint8 *at, guint64 value)
{
    value = GUINT64_TO_LE(value);
    memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

static guint8 *put_ranks(guint8 *at, const guint32 *ranks, gsize n)
{
    for (gsize i = 0; i < n; i++)
        at = put_32(at, ranks[i]);
    return at;
}

static guint8 *put_bytes(guint8 *at, const guint8 *bytes, gsize n)
{
    memcpy(at, bytes, n);
    return at + n;
}

static guint8 *put_costs(guint8 *at, const double *costs, gsize n)
{
    for (gsize i = 0; i < n; i++)
        at = put_64(at, isfinite(costs[i]) ? (FmSteps)costs[i] : FM_STEPS_MAX);
    return at;
}

/* Strips need not lie in order of their numbers in memory; in the file they do. */
static guint8 *put_hops(guint8 *at, const FmHierarchy *hierarchy)
{
    const FmStrip *strips = hierarchy->strips;
    const FmColumns *columns = &hierarchy->columns;
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        at = put_ranks(at, columns->ranks + strips[s].first_column, strips[s].n_columns);
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        at = put_bytes(at, columns->counts + strips[s].first_column, strips[s].n_columns);
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        at = put_bytes(at, columns->tails + strips[s].first_hop, strips[s].n_hops);
    for (int t = 0; t < 2; t++) {
        for (guint32 s = 0; s < hierarchy->n_strips; s++)
            at = put_costs(at, columns->costs[t] + strips[s].first_hop, strips[s].n_hops);
    }
    return at;
}

static gsize size_of(guint64 n_nodes, guint64 n_strips, guint64 n_columns, guint64 n_hops)
{
    return HEAD_SIZE + 4 * n_nodes + 5 * n_strips + 5 * n_columns + 17 * n_hops;
}

GBytes *fm_hierarchy_to_bytes(const FmHierarchy *hierarchy)
{
    guint32 n_columns = (guint32)hierarchy->columns.n_columns;
    guint32 n_hops = (guint32)hierarchy->columns.n_hops;
    gsize size = size_of(hierarchy->n_nodes, hierarchy->n_strips, n_columns, n_hops);
    guint8 *bytes = g_malloc(size);
    guint8 *at = put_ranks(bytes + HEAD_SIZE, hierarchy->rank_of, hierarchy->n_nodes);

    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        *at++ = (guint8)hierarchy->strips[s].n_nodes;
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        at = put_32(at, hierarchy->strips[s].n_columns);
    put_hops(at, hierarchy);
    memcpy(bytes, magic, sizeof magic);
    at = put_64(bytes + sizeof magic, hierarchy->checksum);
    at = put_64(at, fm_checksum(0, bytes + HEAD_SIZE, size - HEAD_SIZE));
    at = put_32(at, hierarchy->n_nodes);
    at = put_32(at, hierarchy->n_strips);
    at = put_32(at, n_columns);
    put_32(at, n_hops);
    return g_bytes_new_take(bytes, size);
}

/* ---- reading ----------------------------------------------------------------------------- */

static guint32 get_32(const guint8 **at)
{
    guint32 value;
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return GUINT32_FROM_LE(value);
}

static guint64 get_64(const guint8 **at)
{
    guint64 value;
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return GUINT64_FROM_LE(value);
}

static gboolean refuse(GError **error, const char *why)
{
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "kept hierarchy: %s", why);
    return FALSE;
}

typedef struct {
    gsize n_columns, n_hops;
} Sizes;

/* @return FALSE unless head and length fit; then the sizes are safe to allocate */
static gboolean read_head(const guint8 *bytes, gsize size, const FmGraph *graph,
                          FmHierarchy *hierarchy, Sizes *sizes, GError **error)
{
    if (size < HEAD_SIZE || memcmp(bytes, magic, sizeof magic) != 0)
        return refuse(error, "not one, or of another version");
    const guint8 *at = bytes + sizeof magic;
    hierarchy->checksum = get_64(&at);
    guint64 checksum = get_64(&at);
    hierarchy->n_nodes = get_32(&at);
    hierarchy->n_strips = get_32(&at);
    sizes->n_columns = get_32(&at);
    sizes->n_hops = get_32(&at);
    if (hierarchy->n_nodes != graph->n_nodes || hierarchy->checksum != fm_graph_checksum(graph))
        return refuse(error, "made of another graph");
    if (size != size_of(hierarchy->n_nodes, hierarchy->n_strips, sizes->n_columns, sizes->n_hops))
        return refuse(error, "cut off or with something behind its end");
    if (checksum != fm_checksum(0, bytes + HEAD_SIZE, size - HEAD_SIZE))
        return refuse(error, "damaged");
    return TRUE;
}

/* Every node has a rank of its own, and there are no other ranks. */
static gboolean read_ranks(FmHierarchy *hierarchy, const guint8 **at)
{
    gsize n_nodes = 0;
    const guint8 *ranks = *at, *counts = ranks + 4 * (gsize)hierarchy->n_nodes;
    g_autofree guint64 *seen = g_new0(guint64, MAX(hierarchy->n_strips, 1));
    G_STATIC_ASSERT(FM_STRIP_MOST == 64); /* the bits of `seen` */

    for (guint32 s = 0; s < hierarchy->n_strips; s++) {
        hierarchy->strips[s].n_nodes = counts[s];
        n_nodes += counts[s];
        if (counts[s] == 0 || counts[s] > FM_STRIP_MOST)
            return FALSE;
    }
    for (guint32 node = 0; node < hierarchy->n_nodes; node++) {
        guint32 rank = get_32(&ranks), strip = rank / FM_STRIP_MOST, place = rank % FM_STRIP_MOST;
        if (strip >= hierarchy->n_strips || place >= counts[strip] || (seen[strip] >> place & 1))
            return FALSE;
        seen[strip] |= G_GUINT64_CONSTANT(1) << place;
        hierarchy->rank_of[node] = rank;
    }
    *at = counts + hierarchy->n_strips;
    return n_nodes == hierarchy->n_nodes && hierarchy->n_strips <= FM_STRIPS_MOST;
}

/* A column leads to a node, and to one of a lower rank than the column before and all its own hops:
 * that makes searches end within their arrays, and find what they look for. */
static gboolean check_column(const FmHierarchy *hierarchy, guint32 strip, gsize column, gsize hop)
{
    const FmColumns *columns = &hierarchy->columns;
    guint32 rank = columns->ranks[column], head = rank / FM_STRIP_MOST;
    gboolean is_first = column == hierarchy->strips[strip].first_column;
    if (head > strip || rank % FM_STRIP_MOST >= hierarchy->strips[head].n_nodes ||
        columns->counts[column] == 0 || (!is_first && rank >= columns->ranks[column - 1]))
        return FALSE;
    for (gsize h = hop; h < hop + columns->counts[column]; h++) {
        guint32 tail = columns->tails[h];
        if (tail >= hierarchy->strips[strip].n_nodes || strip * FM_STRIP_MOST + tail <= rank)
            return FALSE;
    }
    return TRUE;
}

static gboolean check_strips(FmHierarchy *hierarchy, const Sizes *sizes)
{
    FmColumns *columns = &hierarchy->columns;
    for (guint32 s = 0; s < hierarchy->n_strips; s++) {
        FmStrip *strip = &hierarchy->strips[s];
        strip->first_column = (guint32)columns->n_columns;
        strip->first_hop = (guint32)columns->n_hops;
        if (strip->n_columns > sizes->n_columns - columns->n_columns)
            return FALSE;
        for (guint32 c = 0; c < strip->n_columns; c++) {
            gsize column = columns->n_columns++, count = columns->counts[column];
            if (count > sizes->n_hops - columns->n_hops ||
                !check_column(hierarchy, s, column, columns->n_hops))
                return FALSE;
            columns->n_hops += count;
        }
        strip->n_hops = (guint32)(columns->n_hops - strip->first_hop);
    }
    return columns->n_columns == sizes->n_columns && columns->n_hops == sizes->n_hops;
}

static gboolean read_costs(double *costs, gsize n, const guint8 **at)
{
    for (gsize h = 0; h < n; h++) {
        FmSteps steps = get_64(at);
        if (steps > FM_STEPS_MAX)
            return FALSE;
        costs[h] = steps < FM_STEPS_MAX ? (double)steps : (double)INFINITY;
    }
    return TRUE;
}

static gboolean read_hops(FmHierarchy *hierarchy, const Sizes *sizes, const guint8 **at)
{
    FmColumns *columns = &hierarchy->columns;
    for (guint32 s = 0; s < hierarchy->n_strips; s++)
        hierarchy->strips[s].n_columns = get_32(at);
    for (gsize c = 0; c < sizes->n_columns; c++)
        columns->ranks[c] = get_32(at);
    memcpy(columns->counts, *at, sizes->n_columns);
    memcpy(columns->tails, *at + sizes->n_columns, sizes->n_hops);
    *at += sizes->n_columns + sizes->n_hops;
    return check_strips(hierarchy, sizes) && read_costs(columns->costs[0], sizes->n_hops, at) &&
           read_costs(columns->costs[1], sizes->n_hops, at);
}

FmHierarchy *fm_hierarchy_from_bytes(GBytes *bytes, const FmGraph *graph, GError **error)
{
    gsize size;
    Sizes sizes;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autoptr(FmHierarchy) hierarchy = g_new0(FmHierarchy, 1);
    if (!read_head(data, size, graph, hierarchy, &sizes, error))
        return NULL;
    hierarchy->rank_of = g_new(guint32, MAX(hierarchy->n_nodes, 1));
    hierarchy->strips = g_new0(FmStrip, MAX(hierarchy->n_strips, 1));
    if (!fm_columns_reserve(&hierarchy->columns, sizes.n_columns, sizes.n_hops)) {
        refuse(error, "larger than the memory");
        return NULL;
    }
    const guint8 *at = data + HEAD_SIZE;
    if (!read_ranks(hierarchy, &at) || !read_hops(hierarchy, &sizes, &at)) {
        refuse(error, "contradicts itself");
        return NULL;
    }
    return g_steal_pointer(&hierarchy);
}
