/* An order of the nodes for the cache: pieces of up to PIECE nodes, each grown breadth-first from
 * the oldest node that an earlier piece touched.  A search spends its time on a frontier that moves
 * slowly, so what counts is that the nodes around a node lie on few cache lines.  Directions do not
 * matter here: what is near along an arc is near against it. */
#include "graph-internal.h"

enum { PIECE = 64 };

enum { UNSEEN, WAITING, PLACED }; /* states of a node */

typedef struct {
    const FmLinks *links;
    guint8 *state;
    guint32 *node_of; /* the order so far */
    guint32 n_placed;
    guint32 *rim; /* a queue: nodes that pieces touched */
    guint32 rim_end;
} Layout;

/* Puts every unplaced neighbour of a node at the end of the piece, or on the rim once that is
 * full. */
static void touch_neighbours(Layout *layout, guint32 node, guint32 piece_end)
{
    for (int t = 0; t < 2; t++) {
        const FmLinks *links = &layout->links[t];
        for (guint32 l = links->first[node]; l < links->first[node + 1]; l++) {
            guint32 other = links->links[l].place;
            if (layout->state[other] == PLACED)
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

static void grow_piece(Layout *layout, guint32 start)
{
    guint32 begin = layout->n_placed, end = begin + PIECE;
    layout->state[start] = PLACED;
    layout->node_of[layout->n_placed++] = start;
    for (guint32 i = begin; i < layout->n_placed; i++)
        touch_neighbours(layout, layout->node_of[i], end);
}

void fm_graph_order(const FmGraph *graph, const FmLinks links[2], guint32 *node_of)
{
    guint32 n = graph->n_nodes;
    g_autofree guint8 *state = g_new0(guint8, MAX(n, 1));
    g_autofree guint32 *rim = g_new(guint32, MAX(n, 1));
    Layout layout = {.links = links, .state = state, .node_of = node_of, .rim = rim};

    guint32 rim_begin = 0;
    for (guint32 root = 0; root < n; root++) {
        if (state[root] == UNSEEN)
            grow_piece(&layout, root);
        for (; rim_begin < layout.rim_end; rim_begin++) {
            if (state[rim[rim_begin]] == WAITING)
                grow_piece(&layout, rim[rim_begin]);
        }
    }
}
