/* What part of each edge is in reach.  On the way to a place one leaves an edge at either end, or
 * finds the place on it: each of these reaches an interval that begins at that end or at the place,
 * and their union is what is in reach.  Away from a place it is the same, seen from where one
 * enters. */
#include "reach-internal.h"

#include <math.h>

typedef struct {
    double begin, end;
} Interval;

typedef struct {
    const FmNetwork *network;
    const FmPlaces *places;
    FmTravel travel;
    const double *costs;
    double limit;
    GArray *intervals; /* Interval, of one edge */
} Job;

static void add_interval(Job *job, double begin, double end)
{
    Interval interval = {fmax(begin, 0), fmin(end, 1)};
    if (interval.begin <= interval.end)
        g_array_append_val(job->intervals, interval);
}

/* How much of an edge a rest of cost buys. */
static double share_of(double rest, double whole)
{
    return whole > 0 ? rest / whole : 1;
}

/* From one end of the edge inwards, as far as what is left carries. */
static void add_from_end(Job *job, guint32 e, const FmEdge *edge, FmEdgeDirection d)
{
    double at_end = (double)INFINITY;
    if (job->travel == FM_TRAVEL_TO) {
        gsize n = 0;
        const FmSeed *after = fm_network_edge_ends(job->network, e, d, &n);
        for (gsize i = 0; i < n; i++)
            at_end = fmin(at_end, job->costs[after[i].node] + after[i].cost);
    } else {
        at_end = job->costs[edge->begin[d]];
    }
    if (!(at_end <= job->limit))
        return;
    double share = share_of(job->limit - at_end, edge->cost[d]);
    /* Travelled forward, one arrives at the far end and departs from the near one. */
    gboolean far = (d == FM_EDGE_FORWARD) == (job->travel == FM_TRAVEL_TO);
    add_interval(job, far ? 1 - share : 0, far ? 1 : share);
}

static void add_from_place(Job *job, const FmEdge *edge, FmEdgeDirection d, const FmSnap *snap)
{
    double rest = job->limit - fm_snap_access_cost(job->network, snap);
    if (rest < 0)
        return;
    double share = share_of(rest, edge->cost[d]);
    gboolean before = (d == FM_EDGE_FORWARD) == (job->travel == FM_TRAVEL_TO);
    add_interval(job, before ? snap->ratio - share : snap->ratio,
                 before ? snap->ratio : snap->ratio + share);
}

static int compare_intervals(const void *a, const void *b)
{
    const Interval *left = a, *right = b;
    return (left->begin > right->begin) - (left->begin < right->begin);
}

static void append_union(const Job *job, guint32 edge, GArray *pieces)
{
    g_array_sort(job->intervals, compare_intervals);
    guint first = pieces->len;
    for (guint i = 0; i < job->intervals->len; i++) {
        Interval one = g_array_index(job->intervals, Interval, i);
        FmEdgePiece *last =
            pieces->len > first ? &g_array_index(pieces, FmEdgePiece, pieces->len - 1) : NULL;
        if (last && one.begin <= last->end_ratio) {
            last->end_ratio = fmax(last->end_ratio, one.end);
            continue;
        }
        FmEdgePiece piece = {edge, one.begin, one.end};
        g_array_append_val(pieces, piece);
    }
}

/* The intervals of one edge.  @param here its entrances */
static void reach_edge(Job *job, guint32 e, const FmEdge *edge, const FmEdgeEntrance *here, gsize n)
{
    g_array_set_size(job->intervals, 0);
    for (FmEdgeDirection d = FM_EDGE_FORWARD; d <= FM_EDGE_BACKWARD; d++) {
        if (!fm_edge_passable(edge, d))
            continue;
        add_from_end(job, e, edge, d);
        for (gsize i = 0; i < n; i++)
            add_from_place(job, edge, d, &job->places->entrances[here[i].entrance]);
    }
}

GArray *fm_reach_pieces(const FmNetwork *network, const FmPlaces *places, FmTravel travel,
                        const double *costs, double limit)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(FmEdgePiece));
    g_autoptr(GArray) by_edge = fm_places_by_edge(places);
    g_autoptr(GArray) intervals = g_array_new(FALSE, FALSE, sizeof(Interval));
    const FmEdgeEntrance *entrances = (const FmEdgeEntrance *)(gconstpointer)by_edge->data;
    Job job = {network, places, travel, costs, limit, intervals};
    gsize next = 0; /* entrances come in the order of edges, as the edges do */
    for (guint32 e = 0; e < fm_network_n_edges(network); e++) {
        FmEdge edge = fm_network_edge(network, e);
        gsize first = next;
        while (next < by_edge->len && entrances[next].edge == e)
            next++;
        reach_edge(&job, e, &edge, entrances + first, next - first);
        append_union(&job, e, pieces);
    }
    return pieces;
}

void fm_edge_piece_points(const FmNetwork *network, const FmEdgePiece *piece, GArray *points)
{
    FmEdge edge = fm_network_edge(network, piece->edge);
    if (piece->begin_ratio <= 0 && piece->end_ratio >= 1)
        g_array_append_vals(points, edge.points, edge.n_points);
    else
        fm_edge_append_part(&edge, piece->begin_ratio, piece->end_ratio, points);
}

FmGeometry *fm_edge_pieces_lines(const FmNetwork *network, const GArray *pieces)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (guint i = 0; i < pieces->len; i++) {
        /* In an array of its own: behind the piece before it would be taken for its continuation,
         * and lose its first point where it begins at the other's end. */
        g_array_set_size(line, 0);
        fm_edge_piece_points(network, &g_array_index(pieces, FmEdgePiece, i), line);
        /* A piece without length is in reach, but no line. */
        if (line->len < 2)
            continue;
        g_array_append_vals(points, line->data, line->len);
        gsize end = points->len;
        g_array_append_val(ends, end);
    }
    if (ends->len == 0)
        return NULL;
    FmGeometry *lines = g_new0(FmGeometry, 1);
    lines->type = ends->len > 1 ? FM_GEOMETRY_MULTILINESTRING : FM_GEOMETRY_LINESTRING;
    lines->n_points = points->len;
    lines->n_paths = lines->n_parts = ends->len;
    lines->part_end = g_new(gsize, ends->len);
    for (gsize i = 0; i < lines->n_parts; i++)
        lines->part_end[i] = i + 1;
    lines->points = (FmLonLat *)(gpointer)g_array_free(g_steal_pointer(&points), FALSE);
    lines->path_end = (gsize *)(gpointer)g_array_free(g_steal_pointer(&ends), FALSE);
    return lines;
}
