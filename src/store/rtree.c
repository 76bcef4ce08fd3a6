/* The R*Tree of a layer, packed in one go: sort-tile-recursive (Leutenegger, Lopez & Edgington
 * 1997, doi:10.1109/ICDE.1997.582015), O(n log n).  Rows inserted one by one cost SQLite a descent
 * and its splits each; here every node is written once, and filled.  The entries come sorted by x
 * from a FmSorter, and a vertical slice holds about sqrt(51 n) of them, so that memory hardly grows
 * with the layer.  Bounds are rounded outwards to single precision. */
#include "rtree-nodes.h"

#include <math.h>
#include <string.h>

/* The levels above the leaves have a fiftieth of the entries. */
#define LEVEL_MEMORY_BYTES (256u << 10)

typedef FmRtreeEntry Entry;

typedef struct {
    FmRtreeNodes *nodes;
    gsize fan_out;
    GArray *entries, *scratch; /* Entry: of a slice, and for sorting it */
} Packer;

static void packer_clear(Packer *packer)
{
    fm_rtree_nodes_free(packer->nodes);
    g_array_unref(packer->entries);
    g_array_unref(packer->scratch);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Packer, packer_clear)

/* ---- entries ---------------------------------------------------------------------------- */

static float float_down(double value)
{
    float rounded = (float)value;

    return (double)rounded > value ? nextafterf(rounded, -INFINITY) : rounded;
}

static float float_up(double value)
{
    float rounded = (float)value;

    return (double)rounded < value ? nextafterf(rounded, INFINITY) : rounded;
}

/* Doubles in their order, as integers. */
static gint64 sortable(double value)
{
    double canonical = value == 0 ? 0.0 : value; /* -0 is 0 */
    gint64 bits;

    memcpy(&bits, &canonical, sizeof bits);
    return bits >= 0 ? bits : bits ^ G_MAXINT64;
}

static gint64 key_by_x(const Entry *entry)
{
    return sortable((double)entry->west + (double)entry->east);
}

static gint64 key_by_y(const Entry *entry)
{
    return sortable((double)entry->south + (double)entry->north);
}

FmRtreeEntry fm_rtree_entry(gint64 fid, const FmExtent *extent)
{
    Entry entry = {
        .sort = {.id = fid},
        .west = float_down(extent->west_deg),
        .east = float_up(extent->east_deg),
        .south = float_down(extent->south_deg),
        .north = float_up(extent->north_deg),
    };

    entry.sort.key = key_by_x(&entry);
    return entry;
}

/* ---- tiles ------------------------------------------------------------------------------ */

/* Where group g of `groups` even groups of n things begins. */
static gsize group_begin(gsize n, gsize groups, gsize g)
{
    return n / groups * g + MIN(g, n % groups);
}

/* One level of the tree while it is tiled: vertical slices by x, nodes by y within a slice; even
 * sizes leave no node nearly empty. */
typedef struct {
    gsize n, n_nodes, n_slices;
} Tiling;

static Tiling tiling_of(const Packer *packer, gsize n)
{
    gsize n_nodes = (n + packer->fan_out - 1) / packer->fan_out;

    return (Tiling){n, n_nodes, (gsize)ceil(sqrt((double)n_nodes))};
}

/* The entries of a slice begin here. */
static gsize slice_begin(const Tiling *tiling, gsize slice)
{
    return group_begin(tiling->n, tiling->n_nodes,
                       group_begin(tiling->n_nodes, tiling->n_slices, slice));
}

static void sort(Packer *packer, Entry *entries, gsize n)
{
    g_array_set_size(packer->scratch, (guint)n);
    fm_radix_sort(entries, packer->scratch->data, n, sizeof *entries);
}

/* Write the nodes of one slice, whose entries these are; `above` gets the entries of the next
 * level. */
static gboolean pack_slice(Packer *packer, const Tiling *tiling, gsize slice, Entry *entries,
                           guint depth, FmSorter *above, GError **error)
{
    gsize begin = slice_begin(tiling, slice), n = slice_begin(tiling, slice + 1) - begin;
    gsize last_node = group_begin(tiling->n_nodes, tiling->n_slices, slice + 1);

    for (gsize i = 0; i < n; i++) {
        entries[i].sort.key = key_by_y(&entries[i]);
    }
    sort(packer, entries, n);
    for (gsize node = group_begin(tiling->n_nodes, tiling->n_slices, slice); node < last_node;
         node++) {
        gsize from = group_begin(tiling->n, tiling->n_nodes, node) - begin;
        gsize to = group_begin(tiling->n, tiling->n_nodes, node + 1) - begin;
        Entry entry;
        if (!fm_rtree_nodes_put(packer->nodes, fm_rtree_nodes_next(packer->nodes), entries + from,
                                to - from, depth, &entry, error)) {
            return FALSE;
        }
        entry.sort.key = key_by_x(&entry);
        if (!fm_sorter_add(above, &entry, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static Entry *entries_of(const Packer *packer)
{
    return (Entry *)(void *)packer->entries->data;
}

/* The next n entries of a level. */
static gboolean take(Packer *packer, FmSorter *sorted, gsize n, GError **error)
{
    g_array_set_size(packer->entries, (guint)n);
    for (gsize i = 0; i < n; i++) {
        if (!fm_sorter_next(sorted, &entries_of(packer)[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* One level, of which no more than a slice is in memory. */
static gboolean pack_level(Packer *packer, FmSorter *sorted, guint depth, FmSorter *above,
                           GError **error)
{
    Tiling tiling = tiling_of(packer, fm_sorter_n_records(sorted));

    for (gsize s = 0; s < tiling.n_slices; s++) {
        gsize n = slice_begin(&tiling, s + 1) - slice_begin(&tiling, s);
        if (!take(packer, sorted, n, error) ||
            !pack_slice(packer, &tiling, s, entries_of(packer), depth, above, error)) {
            return FALSE;
        }
    }
    return fm_sorter_sort(above, error);
}

static gboolean pack_root(Packer *packer, FmSorter *sorted, guint depth, GError **error)
{
    gsize n = fm_sorter_n_records(sorted);
    Entry root;

    return take(packer, sorted, n, error) &&
           fm_rtree_nodes_put(packer->nodes, FM_RTREE_ROOT, entries_of(packer), n, depth, &root,
                              error);
}

static gboolean pack_tree(Packer *packer, FmSorter *sorted, GError **error)
{
    g_autoptr(FmSorter) level = NULL; /* the one that `sorted` is, after the leaves */
    guint depth = 0;

    for (; fm_sorter_n_records(sorted) > packer->fan_out; depth++) {
        g_autoptr(FmSorter) above = fm_sorter_new(sizeof(Entry), LEVEL_MEMORY_BYTES);
        if (!pack_level(packer, sorted, depth, above, error)) {
            return FALSE;
        }
        fm_sorter_free(level);
        sorted = level = g_steal_pointer(&above);
    }
    return pack_root(packer, sorted, depth, error);
}

gboolean fm_rtree_build(FmWorkspace *workspace, const FmLayerShape *shape, FmSorter *entries,
                        GError **error)
{
    g_auto(Packer) packer = {.nodes = fm_rtree_nodes_new(workspace, shape, error),
                             .entries = g_array_new(FALSE, FALSE, sizeof(Entry)),
                             .scratch = g_array_new(FALSE, FALSE, sizeof(Entry))};

    if (packer.nodes == NULL) {
        return FALSE;
    }
    packer.fan_out = fm_rtree_nodes_fan_out(packer.nodes);
    return fm_sorter_sort(entries, error) && pack_tree(&packer, entries, error) &&
           fm_rtree_nodes_finish(packer.nodes, error);
}
