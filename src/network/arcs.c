/* Roads as a graph.  Without turn costs a graph node is a junction, and an arc an edge in one
 * direction.  With turn costs a graph node is an edge in one direction, about to be travelled, and
 * an arc travels it and turns into the next (the line graph: Caldwell 1961,
 * doi:10.1145/366105.366184).  Either way an arc costs its edge and what it takes to go on. */
#include "graph-internal.h"
#include "network-internal.h"

#include <math.h>
#include <string.h>

/* Bearings that differ by less go straight on; by more than the other, back. */
#define STRAIGHT_DEG 45.0
#define BACK_DEG 170.0
/* A graph has 32-bit arcs. */
#define MAX_ARCS ((gsize)G_MAXUINT32 - 1)

static const FmRoadEdge *edge_at(const FmRoads *roads, guint32 edge)
{
    return &g_array_index(roads->edges, FmRoadEdge, edge);
}

/* The node that a way (edge * 2 + direction) leads from, or to. */
static guint32 way_from(const FmRoads *roads, guint32 way)
{
    return edge_at(roads, way / 2)->node[way % 2];
}

static guint32 way_to(const FmRoads *roads, guint32 way)
{
    return edge_at(roads, way / 2)->node[1 - way % 2];
}

/* Rounded by segment: how pieces of road are joined to edges then changes no cost of a path. */
static double edge_cost(const FmRoads *roads, const FmRoadEdge *edge, double cost_per_m)
{
    const double *segment_m = &g_array_index(roads->segment_m, double, edge->first);
    double cost = 0;

    for (guint32 i = 0; i + 1 < edge->n; i++) {
        cost += fm_cost_round(segment_m[i] * cost_per_m);
    }
    return fm_cost_round(cost);
}

static void find_costs(FmArcs *arcs, const FmRoads *roads, FmLimitKind kind)
{
    guint32 n_ways = 2 * roads->edges->len;

    arcs->cost = g_new(double, MAX(n_ways, 1u));
    arcs->cost_per_m = g_new(double, MAX(n_ways, 1u));
    for (guint32 way = 0; way < n_ways; way++) {
        const FmRoadEdge *edge = edge_at(roads, way / 2);
        double mps = edge->mps[way % 2], cost_per_m = kind == FM_LIMIT_TIME ? 1 / mps : 1;
        arcs->cost_per_m[way] = mps > 0 ? cost_per_m : (double)INFINITY;
        arcs->cost[way] = mps > 0 ? edge_cost(roads, edge, cost_per_m) : (double)INFINITY;
    }
}

static gboolean passable(const FmArcs *arcs, guint32 way)
{
    return isfinite(arcs->cost[way]);
}

/* ---- turns ------------------------------------------------------------------------------- */

double fm_turn_s(const FmProfile *profile, double from_deg, double to_deg)
{
    double turn_deg = remainder(to_deg - from_deg, 360); /* -180 … 180, right is positive */

    if (fabs(turn_deg) < STRAIGHT_DEG) {
        return profile->straight_s;
    }
    if (fabs(turn_deg) > BACK_DEG) {
        return profile->u_turn_s;
    }
    return turn_deg > 0 ? profile->right_s : profile->left_s;
}

/* The bearing in which a way leaves its first node, or arrives at its last. */
static double bearing_deg(const FmRoads *roads, guint32 way, gboolean arriving)
{
    const FmRoadEdge *edge = edge_at(roads, way / 2);
    const FmLonLat *points = &g_array_index(roads->points, FmLonLat, edge->first);
    gboolean last = arriving == (way % 2 == 0);
    FmLonLat at = points[last ? edge->n - 1 : 0], next = points[last ? edge->n - 2 : 1];
    double bearing = 0;

    fm_geodesic_inverse(at, next, &bearing);
    return arriving ? bearing + 180 : bearing;
}

/* Ways by the node that they leave. */
typedef struct {
    guint32 *first, *ways;
    guint32 *degree; /* by node: ends of edges, whatever their direction */
    double *out_deg; /* by way, where there are turns */
} Leaving;

static void leaving_clear(Leaving *leaving)
{
    g_free(leaving->first);
    g_free(leaving->ways);
    g_free(leaving->degree);
    g_free(leaving->out_deg);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Leaving, leaving_clear)

static void leaving_init(Leaving *leaving, const FmArcs *arcs, const FmRoads *roads)
{
    guint32 n_ways = 2 * roads->edges->len;

    leaving->first = g_new0(guint32, roads->n_nodes + 2);
    leaving->ways = g_new(guint32, MAX(n_ways, 1u));
    leaving->degree = g_new0(guint32, roads->n_nodes + 1);
    leaving->out_deg = g_new(double, MAX(n_ways, 1u));
    for (guint32 way = 0; way < n_ways; way++) {
        leaving->degree[way_from(roads, way)]++;
        leaving->first[way_from(roads, way) + 2] += passable(arcs, way) ? 1 : 0;
        leaving->out_deg[way] = bearing_deg(roads, way, FALSE);
    }
    for (guint32 v = 0; v < roads->n_nodes; v++) {
        leaving->first[v + 2] += leaving->first[v + 1];
    }
    for (guint32 way = 0; way < n_ways; way++) {
        if (passable(arcs, way)) {
            leaving->ways[leaving->first[way_from(roads, way) + 1]++] = way;
        }
    }
}

/* Turning back at a node where two edges meet is not going on: only speeds change there. */
static double turn_cost(const FmProfile *profile, const Leaving *leaving, guint32 way, guint32 next,
                        guint32 node, double arriving_deg)
{
    if (next == (way ^ 1u)) {
        return profile->u_turn_s;
    }
    return leaving->degree[node] < 3 ? 0 : fm_turn_s(profile, arriving_deg, leaving->out_deg[next]);
}

static gboolean too_many(gsize n, GError **error)
{
    if (n > MAX_ARCS) {
        g_set_error_literal(error, FM_ERROR, FM_ERROR_LIMIT,
                            "the network has too many turns: cut it to the area of study");
    }
    return n > MAX_ARCS;
}

/* ---- ends, begins and arcs --------------------------------------------------------------- */

/* Where every way ends: at its junction, or at the ways that leave that one. */
static gboolean find_ends(FmArcs *arcs, const FmRoads *roads, const FmProfile *profile,
                          gboolean turns, FmLimitKind kind, GError **error)
{
    guint32 n_ways = 2 * roads->edges->len;
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(FmSeed));
    g_auto(Leaving) leaving = {NULL};

    if (turns) {
        leaving_init(&leaving, arcs, roads);
    }
    arcs->ends_first = g_new0(guint32, n_ways + 1);
    for (guint32 way = 0; way < n_ways; way++) {
        guint32 node = way_to(roads, way);
        double wait = g_array_index(roads->crossing_s, double, node);
        FmSeed end = {node, kind == FM_LIMIT_TIME ? fm_cost_round(wait) : 0};
        if (passable(arcs, way) && !turns) {
            g_array_append_val(ends, end);
        } else if (passable(arcs, way)) {
            double arriving_deg = bearing_deg(roads, way, TRUE);
            for (guint32 i = leaving.first[node]; i < leaving.first[node + 1]; i++) {
                guint32 next = leaving.ways[i];
                end.node = arcs->begin[next];
                end.cost = fm_cost_round(
                    wait + turn_cost(profile, &leaving, way, next, node, arriving_deg));
                g_array_append_val(ends, end);
            }
        }
        if (too_many(ends->len, error)) {
            return FALSE;
        }
        arcs->ends_first[way + 1] = ends->len;
    }
    arcs->ends = (FmSeed *)(void *)g_array_free(g_steal_pointer(&ends), FALSE);
    return TRUE;
}

/* @return how many graph nodes there are */
static guint32 find_begins(FmArcs *arcs, const FmRoads *roads, gboolean turns)
{
    guint32 n_ways = 2 * roads->edges->len, n = 0;

    arcs->begin = g_new(guint32, MAX(n_ways, 1u));
    for (guint32 way = 0; way < n_ways; way++) {
        arcs->begin[way] = !passable(arcs, way) ? FM_NODE_NONE : turns ? n++ : way_from(roads, way);
    }
    return turns ? n : roads->n_nodes;
}

static gboolean make_graph(FmArcs *arcs, const FmRoads *roads, guint32 n_nodes, GError **error)
{
    guint32 n_ways = 2 * roads->edges->len, n = arcs->ends_first[n_ways];
    g_autofree FmArc *list = g_new(FmArc, MAX(n, 1u));

    arcs->arc_way = g_new(guint32, MAX(n, 1u));
    for (guint32 way = 0; way < n_ways; way++) {
        for (guint32 i = arcs->ends_first[way]; i < arcs->ends_first[way + 1]; i++) {
            list[i] =
                (FmArc){arcs->begin[way], arcs->ends[i].node, arcs->cost[way] + arcs->ends[i].cost};
            arcs->arc_way[i] = way;
        }
    }
    arcs->graph = fm_graph_new(n_nodes, list, n, error);
    return arcs->graph != NULL;
}

/* ---- components -------------------------------------------------------------------------- */

/* Turns never make a place unreachable, so junctions tell the components with or without them.
 * @return transfer full */
static FmGraph *graph_of_junctions(const FmArcs *arcs, const FmRoads *roads, GError **error)
{
    guint32 n_ways = 2 * roads->edges->len, n = 0;
    g_autofree FmArc *list = g_new(FmArc, MAX(n_ways, 1u));

    for (guint32 way = 0; way < n_ways; way++) {
        if (passable(arcs, way)) {
            list[n++] = (FmArc){way_from(roads, way), way_to(roads, way), 0};
        }
    }
    return fm_graph_new(roads->n_nodes, list, n, error);
}

static gboolean find_components(FmArcs *arcs, const FmRoads *roads, gboolean turns, GError **error)
{
    g_autoptr(FmGraph) junctions = turns ? graph_of_junctions(arcs, roads, error) : NULL;

    if (turns && junctions == NULL) {
        return FALSE;
    }
    arcs->component = g_new(guint32, MAX(roads->n_nodes, 1u));
    arcs->n_components = fm_graph_components(turns ? junctions : arcs->graph, arcs->component);
    arcs->island = g_new(guint32, MAX(roads->edges->len, 1u));
    for (guint32 i = 0; i < roads->edges->len; i++) {
        const FmRoadEdge *edge = edge_at(roads, i);
        arcs->island[i] = MAX(arcs->component[edge->node[0]], arcs->component[edge->node[1]]);
    }
    return TRUE;
}

gboolean fm_arcs_init(FmArcs *arcs, const FmRoads *roads, const FmProfile *profile,
                      FmLimitKind cost, GError **error)
{
    gboolean turns = profile->has_turns && cost == FM_LIMIT_TIME;

    *arcs = (FmArcs){NULL};
    find_costs(arcs, roads, cost);
    guint32 n_nodes = find_begins(arcs, roads, turns);
    if (find_ends(arcs, roads, profile, turns, cost, error) &&
        make_graph(arcs, roads, n_nodes, error) && find_components(arcs, roads, turns, error)) {
        return TRUE;
    }
    fm_arcs_clear(arcs);
    return FALSE;
}

void fm_arcs_clear(FmArcs *arcs)
{
    g_clear_pointer(&arcs->graph, fm_graph_free);
    g_clear_pointer(&arcs->begin, g_free);
    g_clear_pointer(&arcs->cost, g_free);
    g_clear_pointer(&arcs->cost_per_m, g_free);
    g_clear_pointer(&arcs->ends_first, g_free);
    g_clear_pointer(&arcs->ends, g_free);
    g_clear_pointer(&arcs->arc_way, g_free);
    g_clear_pointer(&arcs->island, g_free);
    g_clear_pointer(&arcs->component, g_free);
}
