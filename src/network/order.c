/* An order of the nodes for the cache, on two scales.  Tiles of about FM_TILE_PLACES nodes hold
 * what a search can work on at a time (see nearest-one.c); within them, pieces of PIECE nodes keep
 * the nodes around a node on few cache lines.  Both are grown breadth-first from the oldest node
 * that an earlier one touched.  Directions do not matter here: what is near along an arc is near
 * against it. */
#include "graph-internal.h"

enum { PIECE = 64 };

enum { UNSEEN, WAITING, PLACED }; /* states of a node */

typedef struct {
    const FmLinks *links;
    const guint32 *tile_of; /* by node; NULL while tiles are grown */
    guint32 tile;           /* the one that is laid out: others are not touched */
    guint8 *state;
    guint32 *node_of; /* the order so far */
    guint32 n_placed;
    guint32 *rim; /* a queue: nodes that pieces touched */
    guint32 rim_begin, rim_end;
} Layout;

/* Puts every unplaced neighbour of a node at the end of the piece, or on the rim once that is
 * full. */
static void touch_neighbours(Layout *layout, guint32 node, guint32 piece_end)
{
    for (int t = 0; t < 2; t++) {
        const FmLinks *links = &layout->links[t];
        for (guint32 l = links->first[node]; l < links->first[node + 1]; l++) {
            guint32 other = links->links[l].place;
            if (layout->state[other] == PLACED ||
                (layout->tile_of && layout->tile_of[other] != layout->tile))
                continue;
            if (layout->n_placed < piece_end) {
                layout->state[other] = PLACED;
                layout->node_of[layout->n_placed++] = other;
            } else if (layout->state[other] == UNSEEN) {
                layout->state[other] = WAITING;
                layout->rim[layout->rim_end++] = other;
            }
        }
    }
}

static void grow_piece(Layout *layout, guint32 start, guint32 size)
{
    guint32 begin = layout->n_placed, end = begin + size;
    layout->state[start] = PLACED;
    layout->node_of[layout->n_placed++] = start;
    for (guint32 i = begin; i < layout->n_placed; i++)
        touch_neighbours(layout, layout->node_of[i], end);
}

/* The next piece: from the rim, or from `root` where that is used up.
 * @return FALSE when neither has a node left */
static gboolean next_piece(Layout *layout, guint32 root, guint32 size)
{
    while (layout->rim_begin < layout->rim_end) {
        guint32 start = layout->rim[layout->rim_begin++];
        if (layout->state[start] == WAITING) {
            grow_piece(layout, start, size);
            return TRUE;
        }
    }
    if (layout->state[root] != UNSEEN)
        return FALSE;
    grow_piece(layout, root, size);
    return TRUE;
}

/* Nodes by tile.  What is hemmed in early joins the tile before it.
 * @param[out] tile_first  GArray of guint32: where each begins, and the end of the last */
static void grow_tiles(Layout *layout, guint32 n, GArray *tile_first)
{
    const guint32 zero = 0;
    g_array_append_val(tile_first, zero);
    for (guint32 root = 0; root < n; root++) {
        while (next_piece(layout, root, FM_TILE_PLACES)) {
            guint n_tiles = tile_first->len - 1;
            guint32 *end = &g_array_index(tile_first, guint32, n_tiles);
            if (n_tiles > 0 && layout->n_placed - end[-1] <= FM_TILE_PLACES / 2 * 3)
                *end = layout->n_placed;
            else
                g_array_append_val(tile_first, layout->n_placed);
        }
    }
}

void fm_graph_order(const FmGraph *graph, const FmLinks links[2], guint32 *node_of,
                    GArray *tile_first)
{
    guint32 n = graph->n_nodes;
    g_autofree guint8 *state = g_new0(guint8, MAX(n, 1));
    g_autofree guint32 *rim = g_new(guint32, MAX(n, 1)), *by_tile = g_new(guint32, MAX(n, 1));
    g_autofree guint32 *tile_of = g_new(guint32, MAX(n, 1));
    Layout tiles = {.links = links, .state = state, .node_of = by_tile, .rim = rim};

    g_array_set_size(tile_first, 0);
    grow_tiles(&tiles, n, tile_first);
    const guint32 *first = (const guint32 *)(const void *)tile_first->data;
    for (guint32 t = 0; t + 1 < tile_first->len; t++) {
        for (guint32 p = first[t]; p < first[t + 1]; p++)
            tile_of[by_tile[p]] = t;
    }
    memset(state, UNSEEN, n);
    Layout pieces = {
        .links = links, .tile_of = tile_of, .state = state, .node_of = node_of, .rim = rim};
    for (; pieces.tile + 1 < tile_first->len; pieces.tile++) {
        for (guint32 p = first[pieces.tile]; p < first[pieces.tile + 1]; p++) {
            while (next_piece(&pieces, by_tile[p], PIECE)) {
            }
        }
    }
}
