/* Pieces joined into edges.  A node where exactly two pieces of the same speeds meet is no
 * junction, only a vertex: its pieces become one edge, with all their points.  Speeds must be the
 * same so that cost runs evenly along an edge, which is what a position on it needs. */
#include "network-internal.h"

#include <math.h>
#include <string.h>

/* A piece and the direction in which a chain runs through it. */
typedef struct {
    guint32 piece;
    gboolean reversed;
} Step;

typedef struct {
    const FmLines *lines;
    const FmPieces *pieces;
    guint32 *first; /* by node: its piece ends in `ends`, as piece * 2 + (0 begins, 1 ends) */
    guint32 *ends;
    gboolean *through; /* by node: no junction */
    gboolean *used;    /* by piece */
    GArray *chain;     /* Step */
} Chains;

static const FmPiece *piece_at(const Chains *chains, guint32 piece)
{
    return &g_array_index(chains->pieces->pieces, FmPiece, piece);
}

static const FmLine *line_of(const Chains *chains, guint32 piece)
{
    return &g_array_index(chains->lines->lines, FmLine, piece_at(chains, piece)->line);
}

/* Counting sort of the piece ends by node. */
static void find_ends(Chains *chains)
{
    guint32 n_nodes = chains->pieces->n_nodes, n = chains->pieces->pieces->len;

    chains->first = g_new0(guint32, n_nodes + 2);
    chains->ends = g_new(guint32, MAX(2 * n, 1u));
    for (guint32 i = 0; i < n; i++) {
        chains->first[piece_at(chains, i)->node[0] + 2]++;
        chains->first[piece_at(chains, i)->node[1] + 2]++;
    }
    for (guint32 v = 0; v < n_nodes; v++) {
        chains->first[v + 2] += chains->first[v + 1];
    }
    for (guint32 i = 0; i < n; i++) {
        for (guint32 side = 0; side < 2; side++) {
            chains->ends[chains->first[piece_at(chains, i)->node[side] + 1]++] = 2 * i + side;
        }
    }
}

/* Speed of leaving the node by this end of a piece, and of arriving by it. */
static double speed_at(const Chains *chains, guint32 end, gboolean leaving)
{
    gboolean forward = (end % 2 == 0) == leaving;

    return line_of(chains, end / 2)->mps[forward ? FM_EDGE_FORWARD : FM_EDGE_BACKWARD];
}

static gboolean is_through(const Chains *chains, guint32 node)
{
    const guint32 *ends = chains->ends + chains->first[node];

    if (chains->first[node + 1] - chains->first[node] != 2 || ends[0] / 2 == ends[1] / 2) {
        return FALSE;
    }
    return !line_of(chains, ends[0] / 2)->alone && !line_of(chains, ends[1] / 2)->alone &&
           speed_at(chains, ends[0], TRUE) == speed_at(chains, ends[1], FALSE) &&
           speed_at(chains, ends[0], FALSE) == speed_at(chains, ends[1], TRUE);
}

/* From a piece on, until a junction; `begin` is the end at which the chain enters it.  A ring
 * without a junction stops where it began. */
static void follow(Chains *chains, guint32 begin)
{
    g_array_set_size(chains->chain, 0);
    for (;;) {
        guint32 piece = begin / 2, side = begin % 2;
        Step step = {piece, side == 1};
        g_array_append_val(chains->chain, step);
        chains->used[piece] = TRUE;
        guint32 node = piece_at(chains, piece)->node[1 - side];
        if (!chains->through[node]) {
            return;
        }
        const guint32 *ends = chains->ends + chains->first[node];
        begin = ends[0] / 2 == piece ? ends[1] : ends[0];
        if (chains->used[begin / 2]) {
            return;
        }
    }
}

/* A piece without its last point, which is the first of the next. */
static void append_piece(const Chains *chains, FmRoads *roads, Step step)
{
    const FmPiece *piece = piece_at(chains, step.piece);
    const FmLonLat *points = &g_array_index(chains->lines->points, FmLonLat, piece->first);
    const double *segment_m = &g_array_index(chains->pieces->segment_m, double, piece->first);

    for (guint32 i = 0; i + 1 < piece->n; i++) {
        g_array_append_val(roads->points, points[step.reversed ? piece->n - 1 - i : i]);
        g_array_append_val(roads->segment_m, segment_m[step.reversed ? piece->n - 2 - i : i]);
    }
}

static void append_last_point(const Chains *chains, FmRoads *roads, Step step)
{
    const FmPiece *piece = piece_at(chains, step.piece);
    const FmLonLat *points = &g_array_index(chains->lines->points, FmLonLat, piece->first);
    const double none_m = 0;

    g_array_append_val(roads->points, points[step.reversed ? 0 : piece->n - 1]);
    g_array_append_val(roads->segment_m, none_m);
}

/* The chain as an edge; it runs as its first piece does, which is the way it was drawn. */
static void add_edge(Chains *chains, FmRoads *roads)
{
    guint32 n = chains->chain->len;
    const Step *steps = &g_array_index(chains->chain, Step, 0);
    const FmPiece *begin = piece_at(chains, steps[0].piece);
    const FmPiece *end = piece_at(chains, steps[n - 1].piece);
    const FmLine *line = line_of(chains, steps[0].piece);
    FmRoadEdge edge = {.first = roads->points->len, .feature = line->feature};

    edge.node[0] = begin->node[steps[0].reversed ? 1 : 0];
    edge.node[1] = end->node[steps[n - 1].reversed ? 0 : 1];
    edge.mps[0] = line->mps[steps[0].reversed ? 1 : 0];
    edge.mps[1] = line->mps[steps[0].reversed ? 0 : 1];
    for (guint32 i = 0; i < n; i++) {
        edge.length_m += piece_at(chains, steps[i].piece)->length_m;
        append_piece(chains, roads, steps[i]);
    }
    append_last_point(chains, roads, steps[n - 1]);
    edge.n = roads->points->len - edge.first;
    g_array_append_val(roads->edges, edge);
}

/* Chains begin at junctions; what is left then are rings, which begin anywhere. */
static void join(Chains *chains, FmRoads *roads)
{
    guint32 n = chains->pieces->pieces->len;

    for (int rings = 0; rings < 2; rings++) {
        for (guint32 i = 0; i < n; i++) {
            for (guint32 side = 0; side < 2 && !chains->used[i]; side++) {
                if (rings || !chains->through[piece_at(chains, i)->node[side]]) {
                    follow(chains, 2 * i + side);
                    add_edge(chains, roads);
                }
            }
        }
    }
}

/* What it costs to pass a node where three or more ways meet: the greatest of their classes. */
static double crossing_at(const Chains *chains, guint32 node)
{
    double crossing_s = 0;

    if (chains->first[node + 1] - chains->first[node] < 3) {
        return 0;
    }
    for (guint32 i = chains->first[node]; i < chains->first[node + 1]; i++) {
        crossing_s = MAX(crossing_s, line_of(chains, chains->ends[i] / 2)->crossing_s);
    }
    return crossing_s;
}

/* Junctions get numbers without gaps, in the order of the nodes that they were. */
static void renumber(const Chains *chains, FmRoads *roads)
{
    guint32 n_nodes = chains->pieces->n_nodes;
    g_autofree guint32 *number = g_new(guint32, MAX(n_nodes, 1u));

    memset(number, 0xff, n_nodes * sizeof *number);
    for (guint i = 0; i < roads->edges->len; i++) {
        const FmRoadEdge *edge = &g_array_index(roads->edges, FmRoadEdge, i);
        number[edge->node[0]] = number[edge->node[1]] = 0;
    }
    for (guint32 v = 0; v < n_nodes; v++) {
        if (number[v] == 0) {
            double crossing_s = crossing_at(chains, v);
            number[v] = roads->n_nodes++;
            g_array_append_val(roads->crossing_s, crossing_s);
        }
    }
    for (guint i = 0; i < roads->edges->len; i++) {
        FmRoadEdge *edge = &g_array_index(roads->edges, FmRoadEdge, i);
        edge->node[0] = number[edge->node[0]];
        edge->node[1] = number[edge->node[1]];
    }
}

FmRoads *fm_roads_alloc(void)
{
    FmRoads *roads = g_new0(FmRoads, 1);

    roads->edges = g_array_new(FALSE, FALSE, sizeof(FmRoadEdge));
    roads->points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    roads->segment_m = g_array_new(FALSE, FALSE, sizeof(double));
    roads->crossing_s = g_array_new(FALSE, FALSE, sizeof(double));
    roads->features = g_ptr_array_new_with_free_func(g_free);
    roads->found = g_array_new(FALSE, FALSE, sizeof(FmFound));
    return roads;
}

void fm_roads_free(FmRoads *roads)
{
    if (roads == NULL) {
        return;
    }
    g_array_unref(roads->edges);
    g_array_unref(roads->points);
    g_array_unref(roads->segment_m);
    g_array_unref(roads->crossing_s);
    g_ptr_array_unref(roads->features);
    g_array_unref(roads->found);
    g_free(roads);
}

FmRoads *fm_roads_new(const FmLines *lines, const FmPieces *pieces)
{
    FmRoads *roads = fm_roads_alloc();
    Chains chains = {.lines = lines, .pieces = pieces};

    find_ends(&chains);
    chains.through = g_new(gboolean, MAX(pieces->n_nodes, 1u));
    chains.used = g_new0(gboolean, MAX(pieces->pieces->len, 1u));
    chains.chain = g_array_new(FALSE, FALSE, sizeof(Step));
    for (guint32 v = 0; v < pieces->n_nodes; v++) {
        chains.through[v] = is_through(&chains, v);
    }
    join(&chains, roads);
    renumber(&chains, roads);
    g_array_unref(chains.chain);
    g_free(chains.used);
    g_free(chains.through);
    g_free(chains.ends);
    g_free(chains.first);

    g_ptr_array_unref(roads->features);
    g_array_unref(roads->found);
    roads->features = g_ptr_array_ref(lines->features);
    roads->found = g_array_ref(lines->found);
    roads->n_features = lines->n_features;
    roads->n_impassable = lines->n_impassable;
    roads->n_unlocated = lines->n_unlocated;
    roads->n_degenerate = lines->n_degenerate;
    return roads;
}
