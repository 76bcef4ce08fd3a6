/* The nodes of an R*Tree on their way into SQLite's shadow tables, whose form is fixed by its file
 * format (ext/rtree/rtree.c):
 *   NAME_node    nodeno, data: u16 depth (root only), u16 cells, cells; padded to the node size
 *   NAME_rowid   key -> leaf        NAME_parent  node -> parent
 *   cell         i64 key or child, f32 min x, max x, min y, max y; all big-endian
 * The root is node 1. */
#include "rtree-nodes.h"

#include <math.h>
#include <string.h>

#define NODE_HEAD_SIZE 4
#define CELL_SIZE 24

/* Leaves come in the order of the tiles, their keys belong into NAME_rowid in ascending order:
 * pairs are sorted in this much memory. */
#define PAIR_MEMORY_BYTES (1u << 20)

typedef FmRtreeEntry Entry;

typedef struct {
    FmSortKey key; /* fid, number of the leaf */
} Pair;

struct FmRtreeNodes {
    FmWorkspace *workspace;
    sqlite3_stmt *put_node, *put_parent;
    FmBulk rowids;
    gsize node_size, fan_out;
    gint64 next_node;
    guint8 *data;    /* node_size bytes */
    FmSorter *pairs; /* Pair */
};

typedef FmRtreeNodes Nodes;

void fm_rtree_nodes_free(FmRtreeNodes *nodes)
{
    if (nodes != NULL) {
        sqlite3_finalize(nodes->put_node);
        fm_bulk_clear(&nodes->rowids);
        sqlite3_finalize(nodes->put_parent);
        g_free(nodes->data);
        fm_sorter_free(nodes->pairs);
        g_free(nodes);
    }
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

static gboolean prepare(Nodes *nodes, const FmLayerShape *shape, GError **error)
{
    FmWorkspace *workspace = nodes->workspace;

    if (!read_node_size(workspace, shape, &nodes->node_size, error)) {
        return FALSE;
    }
    nodes->fan_out = (nodes->node_size - NODE_HEAD_SIZE) / CELL_SIZE;
    nodes->data = g_malloc(nodes->node_size);
    nodes->put_node = prepare_on(workspace, shape, "INSERT INTO {} (nodeno, data) VALUES (?1, ?2)",
                                 "node", error);
    if (nodes->put_node == NULL) {
        return FALSE;
    }
    g_autofree char *rowids = shadow_name(shape, "rowid");
    if (!fm_bulk_init(&nodes->rowids, workspace, rowids, "(?, ?)", 2, error)) {
        return FALSE;
    }
    nodes->put_parent = prepare_on(
        workspace, shape, "INSERT INTO {} (nodeno, parentnode) VALUES (?1, ?2)", "parent", error);
    return nodes->put_parent != NULL;
}

FmRtreeNodes *fm_rtree_nodes_new(FmWorkspace *workspace, const FmLayerShape *shape, GError **error)
{
    g_autoptr(FmRtreeNodes) nodes = g_new0(FmRtreeNodes, 1);

    nodes->workspace = workspace;
    nodes->next_node = FM_RTREE_ROOT + 1;
    nodes->pairs = fm_sorter_new(sizeof(Pair), PAIR_MEMORY_BYTES);
    return prepare(nodes, shape, error) && clear_shadow(workspace, shape, "node", error) &&
                   clear_shadow(workspace, shape, "rowid", error) &&
                   clear_shadow(workspace, shape, "parent", error)
               ? g_steal_pointer(&nodes)
               : NULL;
}

gsize fm_rtree_nodes_fan_out(const FmRtreeNodes *nodes)
{
    return nodes->fan_out;
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

static gboolean put_pair(Nodes *nodes, sqlite3_stmt *statement, gint64 a, gint64 b, GError **error)
{
    gboolean row = FALSE;

    sqlite3_reset(statement);
    return fm_sql_bind(nodes->workspace, statement, 1, error, "ii", a, b) &&
           fm_sql_step(nodes->workspace, statement, &row, error);
}

static gboolean note_parent(Nodes *nodes, gint64 child, gint64 node, guint depth, GError **error)
{
    const Pair pair = {{child, node}};

    return depth == 0 ? fm_sorter_add(nodes->pairs, &pair, error)
                      : put_pair(nodes, nodes->put_parent, child, node, error);
}

gboolean fm_rtree_nodes_put(FmRtreeNodes *nodes, gint64 node, const FmRtreeEntry *entries, gsize n,
                            guint depth, FmRtreeEntry *out, GError **error)
{
    guint16 head[2] = {GUINT16_TO_BE((guint16)(node == FM_RTREE_ROOT ? depth : 0)),
                       GUINT16_TO_BE((guint16)n)};
    gboolean row = FALSE;

    *out = (Entry){{0, node}, INFINITY, -INFINITY, INFINITY, -INFINITY};
    memset(nodes->data, 0, nodes->node_size);
    memcpy(nodes->data, head, sizeof head);
    for (gsize i = 0; i < n; i++) {
        put_cell(nodes->data + NODE_HEAD_SIZE + i * CELL_SIZE, &entries[i]);
        if (!note_parent(nodes, entries[i].sort.id, node, depth, error)) {
            return FALSE;
        }
        out->west = fminf(out->west, entries[i].west);
        out->east = fmaxf(out->east, entries[i].east);
        out->south = fminf(out->south, entries[i].south);
        out->north = fmaxf(out->north, entries[i].north);
    }
    sqlite3_reset(nodes->put_node);
    sqlite3_bind_int64(nodes->put_node, 1, node);
    int code =
        sqlite3_bind_blob(nodes->put_node, 2, nodes->data, (int)nodes->node_size, SQLITE_STATIC);
    if (code != SQLITE_OK) {
        return fm_sql_fail(nodes->workspace, code, error);
    }
    return fm_sql_step(nodes->workspace, nodes->put_node, &row, error);
}

gint64 fm_rtree_nodes_next(FmRtreeNodes *nodes)
{
    return nodes->next_node++;
}

gboolean fm_rtree_nodes_finish(FmRtreeNodes *nodes, GError **error)
{
    gsize n = fm_sorter_n_records(nodes->pairs);
    Pair pair;

    if (!fm_sorter_sort(nodes->pairs, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        int first = 0;
        if (!fm_sorter_next(nodes->pairs, &pair, error)) {
            return FALSE;
        }
        sqlite3_stmt *statement = fm_bulk_row(&nodes->rowids, n - i, &first);
        sqlite3_bind_int64(statement, first, pair.key.key);
        sqlite3_bind_int64(statement, first + 1, pair.key.id);
        if (!fm_bulk_put(&nodes->rowids, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
