/* The R*Tree of a layer, packed in one go: sort-tile-recursive (Leutenegger, Lopez & Edgington
 * 1997, doi:10.1109/ICDE.1997.582015), O(n log n).  Rows inserted one by one cost SQLite a descent
 * and its splits each; here every node is written once, and filled.
 *
 * Written are SQLite's shadow tables, whose form is fixed by its file format (ext/rtree/rtree.c):
 *   NAME_node    nodeno, data: u16 depth (root only), u16 cells, cells; padded to the node size
 *   NAME_rowid   key -> leaf        NAME_parent  node -> parent
 *   cell         i64 key or child, f32 min x, max x, min y, max y; all big-endian
 * The root is node 1. Bounds are rounded outwards to single precision. */
#include "store-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NODE_HEAD_SIZE 4
#define CELL_SIZE 24
#define ROOT 1

typedef struct {
    gint64 id; /* fid, or number of the child node */
    float west, east, south, north;
} Entry;

typedef struct {
    FmWorkspace *workspace;
    sqlite3_stmt *put_node, *put_rowid, *put_parent;
    gsize node_size, fan_out;
    gint64 next_node;
    guint8 *data; /* node_size bytes */
} Packer;

static void packer_clear(Packer *packer)
{
    sqlite3_finalize(packer->put_node);
    sqlite3_finalize(packer->put_rowid);
    sqlite3_finalize(packer->put_parent);
    g_free(packer->data);
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

static GArray *entries_of(const FmTable *table, const GArray *fids)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));

    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmGeometry *geometry = fm_table_geometry(table, row);
        if (geometry != NULL) {
            FmExtent extent = fm_geometry_extent(geometry);
            Entry entry = {
                .id = g_array_index(fids, gint64, row),
                .west = float_down(extent.west_deg),
                .east = float_up(extent.east_deg),
                .south = float_down(extent.south_deg),
                .north = float_up(extent.north_deg),
            };
            g_array_append_val(entries, entry);
        }
    }
    return entries;
}

static int compare(double a, double b, const Entry *first, const Entry *second)
{
    if (a != b) {
        return a < b ? -1 : 1;
    }
    return (first->id > second->id) - (first->id < second->id);
}

static int compare_x(const void *a, const void *b)
{
    const Entry *first = a, *second = b;

    return compare((double)first->west + (double)first->east,
                   (double)second->west + (double)second->east, first, second);
}

static int compare_y(const void *a, const void *b)
{
    const Entry *first = a, *second = b;

    return compare((double)first->south + (double)first->north,
                   (double)second->south + (double)second->north, first, second);
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
    guint64 id = GUINT64_TO_BE((guint64)entry->id);

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

/* Write one node and who its children's parent is; *out becomes its entry in the level above. */
static gboolean put_node(Packer *packer, gint64 node, const Entry *entries, gsize n, guint depth,
                         Entry *out, GError **error)
{
    guint16 head[2] = {GUINT16_TO_BE((guint16)(node == ROOT ? depth : 0)),
                       GUINT16_TO_BE((guint16)n)};
    gboolean row = FALSE;

    *out = (Entry){node, INFINITY, -INFINITY, INFINITY, -INFINITY};
    memset(packer->data, 0, packer->node_size);
    memcpy(packer->data, head, sizeof head);
    for (gsize i = 0; i < n; i++) {
        put_cell(packer->data + NODE_HEAD_SIZE + i * CELL_SIZE, &entries[i]);
        if (!put_pair(packer, depth == 0 ? packer->put_rowid : packer->put_parent, entries[i].id,
                      node, error)) {
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

/* Write one level: vertical slices by x, nodes by y within a slice; even sizes leave no node nearly
 * empty.  *above becomes the entries of the next level. */
static gboolean pack_level(Packer *packer, GArray *level, guint depth, GArray *above,
                           GError **error)
{
    Entry *entries = (Entry *)(void *)level->data;
    gsize n_nodes = (level->len + packer->fan_out - 1) / packer->fan_out;
    gsize n_slices = (gsize)ceil(sqrt((double)n_nodes));

    qsort(entries, level->len, sizeof *entries, compare_x);
    for (gsize slice = 0; slice < n_slices; slice++) {
        gsize first_node = group_begin(n_nodes, n_slices, slice);
        gsize last_node = group_begin(n_nodes, n_slices, slice + 1);
        gsize begin = group_begin(level->len, n_nodes, first_node);
        gsize end = group_begin(level->len, n_nodes, last_node);
        qsort(entries + begin, end - begin, sizeof *entries, compare_y);
        for (gsize node = first_node; node < last_node; node++) {
            gsize from = group_begin(level->len, n_nodes, node);
            gsize to = group_begin(level->len, n_nodes, node + 1);
            Entry entry;
            if (!put_node(packer, packer->next_node++, entries + from, to - from, depth, &entry,
                          error)) {
                return FALSE;
            }
            g_array_append_val(above, entry);
        }
    }
    return TRUE;
}

static gboolean pack(Packer *packer, GArray *leaves, GError **error)
{
    g_autoptr(GArray) level = g_array_ref(leaves);
    Entry root;
    guint depth = 0;

    for (; level->len > packer->fan_out; depth++) {
        g_autoptr(GArray) above = g_array_new(FALSE, FALSE, sizeof(Entry));
        if (!pack_level(packer, level, depth, above, error)) {
            return FALSE;
        }
        g_array_unref(level);
        level = g_steal_pointer(&above);
    }
    return put_node(packer, ROOT, (const Entry *)(const void *)level->data, level->len, depth,
                    &root, error);
}

/* ---- shadow tables ---------------------------------------------------------------------- */

static sqlite3_stmt *prepare_on(FmWorkspace *workspace, const FmLayerShape *shape,
                                const char *format, const char *shadow, GError **error)
{
    g_autofree char *name = g_strdup_printf("idx_%s_" FM_GEOM "_%s", shape->name, shadow);
    g_autofree char *quoted = fm_sql_quote(name);
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
    packer->put_rowid = prepare_on(
        workspace, shape, "INSERT INTO {} (rowid, nodeno) VALUES (?1, ?2)", "rowid", error);
    if (packer->put_rowid == NULL) {
        return FALSE;
    }
    packer->put_parent = prepare_on(
        workspace, shape, "INSERT INTO {} (nodeno, parentnode) VALUES (?1, ?2)", "parent", error);
    return packer->put_parent != NULL;
}

gboolean fm_rtree_build(FmWorkspace *workspace, const FmLayerShape *shape, const FmTable *table,
                        const GArray *fids, GError **error)
{
    g_auto(Packer) packer = {.workspace = workspace, .next_node = ROOT + 1};
    g_autoptr(GArray) entries = entries_of(table, fids);

    return prepare_packer(&packer, shape, error) && clear_shadow(workspace, shape, "node", error) &&
           clear_shadow(workspace, shape, "rowid", error) &&
           clear_shadow(workspace, shape, "parent", error) && pack(&packer, entries, error);
}
