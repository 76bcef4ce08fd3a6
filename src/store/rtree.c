/* The R*Tree of a layer, packed in one go: sort-tile-recursive (Leutenegger, Lopez & Edgington
 * 1997, doi:10.1109/ICDE.1997.582015), O(n log n).  Rows inserted one by one cost SQLite a descent
 * and its splits each; here every node is written once, and filled.  The entries come sorted by x
 * from a FmSorter, and a vertical slice holds about sqrt(51 n) of them, so that memory hardly grows
 * with the layer.
 *
 * Written are SQLite's shadow tables, whose form is fixed by its file format (ext/rtree/rtree.c):
 *   NAME_node    nodeno, data: u16 depth (root only), u16 cells, cells; padded to the node size
 *   NAME_rowid   key -> leaf        NAME_parent  node -> parent
 *   cell         i64 key or child, f32 min x, max x, min y, max y; all big-endian
 * The root is node 1. Bounds are rounded outwards to single precision. */
#include "store-internal.h"

#include <math.h>
#include <string.h>

#define NODE_HEAD_SIZE 4
#define CELL_SIZE 24
#define ROOT 1

/* Leaves are written in the order of the tiles, their keys belong into NAME_rowid in ascending
 * order: pairs are sorted in this much memory. */
#define PAIR_MEMORY_BYTES (1u << 20)
/* The levels above the leaves have a fiftieth of the entries. */
#define LEVEL_MEMORY_BYTES (256u << 10)

typedef FmRtreeEntry Entry;

typedef struct {
    FmSortKey key; /* fid, number of the leaf */
} Pair;

typedef struct {
    FmWorkspace *workspace;
    sqlite3_stmt *put_node, *put_parent;
    FmBulk rowids;
    gsize node_size, fan_out;
    gint64 next_node;
    guint8 *data;              /* node_size bytes */
    FmSorter *pairs;           /* Pair */
    GArray *entries, *scratch; /* Entry: of a slice, and for sorting it */
} Packer;

static void packer_clear(Packer *packer)
{
    sqlite3_finalize(packer->put_node);
    fm_bulk_clear(&packer->rowids);
    sqlite3_finalize(packer->put_parent);
    g_free(packer->data);
    fm_sorter_free(packer->pairs);
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

/* ---- nodes ------------------------------------------------------------------------------ */

static void put_float(guint8 *at, float value)
{
    guint32 bits;

    memcpy(&bits, &value, sizeof bits);
    bits = GUINT32_TO_BE(bits);
    memcpy(at, &bits, sizeof bits);
}

static void put_cell(guint8 *at, const Entry *entry)
{
    guint64 id = GUINT64_TO_BE((guint64)entry->sort.id);

    memcpy(at, &id, sizeof id);
    put_float(at + 8, entry->west);
    put_float(at + 12, entry->east);
    put_float(at + 16, entry->south);
    put_float(at + 20, entry->north);
}

static gboolean put_pair(Packer *packer, sqlite3_stmt *statement, gint64 a, gint64 b,
                         GError **error)
{
    gboolean row = FALSE;

    sqlite3_reset(statement);
    return fm_sql_bind(packer->workspace, statement, 1, error, "ii", a, b) &&
           fm_sql_step(packer->workspace, statement, &row, error);
}

static gboolean note_parent(Packer *packer, gint64 child, gint64 node, guint depth, GError **error)
{
    const Pair pair = {{child, node}};

    return depth == 0 ? fm_sorter_add(packer->pairs, &pair, error)
                      : put_pair(packer, packer->put_parent, child, node, error);
}

/* Write one node and who its children's parent is; *out becomes its entry in the level above. */
static gboolean put_node(Packer *packer, gint64 node, const Entry *entries, gsize n, guint depth,
                         Entry *out, GError **error)
{
    guint16 head[2] = {GUINT16_TO_BE((guint16)(node == ROOT ? depth : 0)),
                       GUINT16_TO_BE((guint16)n)};
    gboolean row = FALSE;

    *out = (Entry){{0, node}, INFINITY, -INFINITY, INFINITY, -INFINITY};
    memset(packer->data, 0, packer->node_size);
    memcpy(packer->data, head, sizeof head);
    for (gsize i = 0; i < n; i++) {
        put_cell(packer->data + NODE_HEAD_SIZE + i * CELL_SIZE, &entries[i]);
        if (!note_parent(packer, entries[i].sort.id, node, depth, error)) {
            return FALSE;
        }
        out->west = fminf(out->west, entries[i].west);
        out->east = fmaxf(out->east, entries[i].east);
        out->south = fminf(out->south, entries[i].south);
        out->north = fmaxf(out->north, entries[i].north);
    }
    sqlite3_reset(packer->put_node);
    sqlite3_bind_int64(packer->put_node, 1, node);
    int code =
        sqlite3_bind_blob(packer->put_node, 2, packer->data, (int)packer->node_size, SQLITE_STATIC);
    if (code != SQLITE_OK) {
        return fm_sql_fail(packer->workspace, code, error);
    }
    return fm_sql_step(packer->workspace, packer->put_node, &row, error);
}

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
        if (!put_node(packer, packer->next_node++, entries + from, to - from, depth, &entry,
                      error)) {
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
           put_node(packer, ROOT, entries_of(packer), n, depth, &root, error);
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

static gboolean put_pairs(Packer *packer, GError **error)
{
    gsize n = fm_sorter_n_records(packer->pairs);
    Pair pair;

    if (!fm_sorter_sort(packer->pairs, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        int first = 0;
        if (!fm_sorter_next(packer->pairs, &pair, error)) {
            return FALSE;
        }
        sqlite3_stmt *statement = fm_bulk_row(&packer->rowids, n - i, &first);
        sqlite3_bind_int64(statement, first, pair.key.key);
        sqlite3_bind_int64(statement, first + 1, pair.key.id);
        if (!fm_bulk_put(&packer->rowids, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- shadow tables ---------------------------------------------------------------------- */

static char *shadow_name(const FmLayerShape *shape, const char *shadow)
{
    g_autofree char *name = g_strdup_printf("idx_%s_" FM_GEOM "_%s", shape->name, shadow);

    return fm_sql_quote(name);
}

static sqlite3_stmt *prepare_on(FmWorkspace *workspace, const FmLayerShape *shape,
                                const char *format, const char *shadow, GError **error)
{
    g_autofree char *quoted = shadow_name(shape, shadow);
    g_autoptr(GString) sql = g_string_new(format);

    g_string_replace(sql, "{}", quoted, 1);
    return fm_sql_prepare(workspace, sql->str, error);
}

static gboolean clear_shadow(FmWorkspace *workspace, const FmLayerShape *shape, const char *shadow,
                             GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        prepare_on(workspace, shape, "DELETE FROM {}", shadow, error);
    gboolean row = FALSE;

    return statement != NULL && fm_sql_step(workspace, statement, &row, error);
}

/* The node size was fixed when the R*Tree was made, by the page size of the file. */
static gboolean read_node_size(FmWorkspace *workspace, const FmLayerShape *shape, gsize *size,
                               GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        prepare_on(workspace, shape, "SELECT length(data) FROM {} WHERE nodeno = 1", "node", error);
    gboolean row = FALSE;

    if (statement == NULL || !fm_sql_step(workspace, statement, &row, error)) {
        return FALSE;
    }
    *size = row ? (gsize)sqlite3_column_int64(statement, 0) : 0;
    if (*size < NODE_HEAD_SIZE + 2 * CELL_SIZE || *size > G_MAXUINT16) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATABASE,
                    "'%s': the spatial index of layer '%s' is damaged: replace the layer",
                    workspace->path, shape->name);
        return FALSE;
    }
    return TRUE;
}

static gboolean prepare_packer(Packer *packer, const FmLayerShape *shape, GError **error)
{
    FmWorkspace *workspace = packer->workspace;

    if (!read_node_size(workspace, shape, &packer->node_size, error)) {
        return FALSE;
    }
    packer->fan_out = (packer->node_size - NODE_HEAD_SIZE) / CELL_SIZE;
    packer->data = g_malloc(packer->node_size);
    packer->put_node = prepare_on(workspace, shape, "INSERT INTO {} (nodeno, data) VALUES (?1, ?2)",
                                  "node", error);
    if (packer->put_node == NULL) {
        return FALSE;
    }
    g_autofree char *rowids = shadow_name(shape, "rowid");
    if (!fm_bulk_init(&packer->rowids, workspace, rowids, "(?, ?)", 2, error)) {
        return FALSE;
    }
    packer->put_parent = prepare_on(
        workspace, shape, "INSERT INTO {} (nodeno, parentnode) VALUES (?1, ?2)", "parent", error);
    return packer->put_parent != NULL;
}

gboolean fm_rtree_build(FmWorkspace *workspace, const FmLayerShape *shape, FmSorter *entries,
                        GError **error)
{
    g_auto(Packer) packer = {.workspace = workspace,
                             .next_node = ROOT + 1,
                             .pairs = fm_sorter_new(sizeof(Pair), PAIR_MEMORY_BYTES),
                             .entries = g_array_new(FALSE, FALSE, sizeof(Entry)),
                             .scratch = g_array_new(FALSE, FALSE, sizeof(Entry))};

    return prepare_packer(&packer, shape, error) && clear_shadow(workspace, shape, "node", error) &&
           clear_shadow(workspace, shape, "rowid", error) &&
           clear_shadow(workspace, shape, "parent", error) && fm_sorter_sort(entries, error) &&
           pack_tree(&packer, entries, error) && put_pairs(&packer, error);
}
