/* The hierarchy as a file.  All numbers little-endian:
 *
 *   8  "FMHIER\0" and the version of this layout (1)
 *   8  checksum of the graph
 *   8  checksum of everything behind the head
 *   4  number of nodes     4  number of hops
 *   4 × nodes              rank of every node
 *   4 × (nodes + 1)        first hop of every rank
 *   4 × hops               rank that a hop leads to
 *   8 × hops               its cost there, in steps
 *   8 × hops               its cost back */
#include "hierarchy-internal.h"

static const guint8 magic[8] = "FMHIER\0\1";

enum { HEAD_SIZE = 32 };

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

static gsize size_of(guint64 n_nodes, guint64 n_hops)
{
    return HEAD_SIZE + 8 * n_nodes + 4 + 20 * n_hops;
}

GBytes *fm_hierarchy_to_bytes(const FmHierarchy *hierarchy)
{
    gsize size = size_of(hierarchy->n_nodes, hierarchy->n_hops);
    guint8 *bytes = g_malloc(size), *at = bytes + HEAD_SIZE;

    for (guint32 node = 0; node < hierarchy->n_nodes; node++)
        at = put_32(at, hierarchy->rank_of[node]);
    for (gsize rank = 0; rank <= hierarchy->n_nodes; rank++)
        at = put_32(at, hierarchy->first[rank]);
    for (guint32 h = 0; h < hierarchy->n_hops; h++)
        at = put_32(at, hierarchy->hop_ranks[h]);
    for (int t = 0; t < 2; t++) {
        for (guint32 h = 0; h < hierarchy->n_hops; h++)
            at = put_64(at, hierarchy->hop_costs[t][h]);
    }
    memcpy(bytes, magic, sizeof magic);
    at = put_64(bytes + sizeof magic, hierarchy->checksum);
    at = put_64(at, fm_checksum(0, bytes + HEAD_SIZE, size - HEAD_SIZE));
    at = put_32(at, hierarchy->n_nodes);
    put_32(at, hierarchy->n_hops);
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

/* @return FALSE unless head and length fit; then the sizes are safe to allocate */
static gboolean read_head(const guint8 *bytes, gsize size, const FmGraph *graph,
                          FmHierarchy *hierarchy, GError **error)
{
    if (size < HEAD_SIZE || memcmp(bytes, magic, sizeof magic) != 0)
        return refuse(error, "not one, or of another version");
    const guint8 *at = bytes + sizeof magic;
    hierarchy->checksum = get_64(&at);
    guint64 checksum = get_64(&at);
    hierarchy->n_nodes = get_32(&at);
    hierarchy->n_hops = get_32(&at);
    if (hierarchy->n_nodes != graph->n_nodes || hierarchy->checksum != fm_graph_checksum(graph))
        return refuse(error, "made of another graph");
    if (size != size_of(hierarchy->n_nodes, hierarchy->n_hops))
        return refuse(error, "cut off or with something behind its end");
    if (checksum != fm_checksum(0, bytes + HEAD_SIZE, size - HEAD_SIZE))
        return refuse(error, "damaged");
    return TRUE;
}

static gboolean read_ranks(FmHierarchy *hierarchy, const guint8 **at)
{
    g_autofree guint8 *seen = g_new0(guint8, (gsize)hierarchy->n_nodes + 1);
    for (guint32 node = 0; node < hierarchy->n_nodes; node++) {
        guint32 rank = get_32(at);
        if (rank >= hierarchy->n_nodes || seen[rank]++)
            return FALSE;
        hierarchy->rank_of[node] = rank;
    }
    for (gsize rank = 0; rank <= hierarchy->n_nodes; rank++) {
        hierarchy->first[rank] = get_32(at);
        if (hierarchy->first[rank] > hierarchy->n_hops ||
            (rank > 0 && hierarchy->first[rank] < hierarchy->first[rank - 1]))
            return FALSE;
    }
    return hierarchy->first[0] == 0 && hierarchy->first[hierarchy->n_nodes] == hierarchy->n_hops;
}

/* Every hop leads to a lower rank: that alone makes searches end within their arrays. */
static gboolean read_hops(FmHierarchy *hierarchy, const guint8 **at)
{
    for (guint32 rank = 0; rank < hierarchy->n_nodes; rank++) {
        for (guint32 h = hierarchy->first[rank]; h < hierarchy->first[rank + 1]; h++) {
            hierarchy->hop_ranks[h] = get_32(at);
            if (hierarchy->hop_ranks[h] >= rank)
                return FALSE;
        }
    }
    for (int t = 0; t < 2; t++) {
        for (guint32 h = 0; h < hierarchy->n_hops; h++) {
            hierarchy->hop_costs[t][h] = get_64(at);
            if (hierarchy->hop_costs[t][h] > FM_STEPS_MAX)
                return FALSE;
        }
    }
    return TRUE;
}

FmHierarchy *fm_hierarchy_from_bytes(GBytes *bytes, const FmGraph *graph, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autoptr(FmHierarchy) hierarchy = g_new0(FmHierarchy, 1);
    if (!read_head(data, size, graph, hierarchy, error))
        return NULL;
    hierarchy->mean_cost = graph->mean_cost;
    hierarchy->rank_of = g_new(guint32, MAX(hierarchy->n_nodes, 1));
    hierarchy->first = g_new(guint32, (gsize)hierarchy->n_nodes + 1);
    hierarchy->hop_ranks = g_new(guint32, MAX(hierarchy->n_hops, 1));
    for (int t = 0; t < 2; t++)
        hierarchy->hop_costs[t] = g_new(FmSteps, MAX(hierarchy->n_hops, 1));
    const guint8 *at = data + HEAD_SIZE;
    if (!read_ranks(hierarchy, &at) || !read_hops(hierarchy, &at)) {
        refuse(error, "contradicts itself");
        return NULL;
    }
    return g_steal_pointer(&hierarchy);
}
