/* The way between two places, with its line: off the road, part of an edge, whole edges, part of an
 * edge, off the road. */
#include "reach-internal.h"

#include <math.h>

void fm_route_free(FmRoute *route)
{
    if (!route)
        return;
    fm_geometry_free(route->line);
    g_free(route);
}

typedef struct {
    const FmNetwork *network;
    FmRoute *route;
    GArray *points; /* FmLonLat */
} Builder;

static void append_point(GArray *points, FmLonLat p)
{
    const FmLonLat *last =
        points->len > 0 ? &g_array_index(points, FmLonLat, points->len - 1) : NULL;
    if (!last || last->lon_deg != p.lon_deg || last->lat_deg != p.lat_deg)
        g_array_append_val(points, p);
}

static void append_part(Builder *builder, guint32 e, double from_ratio, double to_ratio)
{
    FmEdge edge = fm_network_edge(builder->network, e);
    builder->route->length_m += fabs(to_ratio - from_ratio) * edge.length_m;
    fm_edge_append_part(&edge, from_ratio, to_ratio, builder->points);
}

/* A graph may have arcs that are only turns; those follow the arc of the edge that they leave. */
static void append_arcs(Builder *builder, const GArray *arcs)
{
    guint32 last_edge = FM_NODE_NONE;
    FmEdgeDirection last = FM_EDGE_FORWARD;
    for (guint i = 0; i < arcs->len; i++) {
        FmEdgeDirection d = FM_EDGE_FORWARD;
        guint32 edge = fm_network_arc_edge(builder->network, g_array_index(arcs, guint32, i), &d);
        if (edge == last_edge && d == last)
            continue;
        append_part(builder, edge, d == FM_EDGE_FORWARD ? 0 : 1, d == FM_EDGE_FORWARD ? 1 : 0);
        last_edge = edge;
        last = d;
    }
}

typedef struct {
    double cost;
    gsize from, to; /* entrances */
} Direct;

/* The best pair of entrances on one edge. */
static Direct best_direct(const FmNetwork *network, const FmPlaces *from, gsize i,
                          const FmPlaces *to, gsize j)
{
    Direct best = {(double)INFINITY, 0, 0};
    for (gsize a = from->first[i]; a < from->first[i + 1]; a++)
        for (gsize b = to->first[j]; b < to->first[j + 1]; b++) {
            double cost =
                fm_snap_direct_cost(network, &from->entrances[a], &to->entrances[b], NULL);
            if (cost < best.cost)
                best = (Direct){cost, a, b};
        }
    return best;
}

typedef struct {
    GArray *seeds, *origins; /* FmSeed, FmSeedOrigin */
} Seeds;

static Seeds seeds_new(const FmNetwork *network, const FmPlaces *places, gsize place,
                       FmTravel travel)
{
    Seeds seeds = {g_array_new(FALSE, FALSE, sizeof(FmSeed)),
                   g_array_new(FALSE, FALSE, sizeof(FmSeedOrigin))};
    fm_place_add_seeds(network, places, place, travel, seeds.seeds, seeds.origins);
    return seeds;
}

static void seeds_clear(Seeds *seeds)
{
    g_array_unref(seeds->seeds);
    g_array_unref(seeds->origins);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Seeds, seeds_clear)

/* The way over junctions.  @return its cost, INFINITY when there is none */
static double append_indirect(Builder *builder, const FmPlaces *from, gsize i, const FmPlaces *to,
                              gsize j, double limit)
{
    g_auto(Seeds) leaving = seeds_new(builder->network, from, i, FM_TRAVEL_FROM);
    g_auto(Seeds) entering = seeds_new(builder->network, to, j, FM_TRAVEL_TO);
    g_autoptr(GArray) arcs = g_array_new(FALSE, FALSE, sizeof(guint32));
    gsize used[2] = {0, 0};
    double cost = fm_graph_route(
        fm_network_graph(builder->network), (const FmSeed *)(gconstpointer)leaving.seeds->data,
        leaving.seeds->len, (const FmSeed *)(gconstpointer)entering.seeds->data,
        entering.seeds->len, limit, arcs, used);
    if (!(cost < FM_COST_MAX))
        return (double)INFINITY;
    FmSeedOrigin first = g_array_index(leaving.origins, FmSeedOrigin, used[0]);
    FmSeedOrigin last = g_array_index(entering.origins, FmSeedOrigin, used[1]);
    const FmSnap *begin = &from->entrances[first.entrance], *end = &to->entrances[last.entrance];
    builder->route->from = first.entrance;
    builder->route->to = last.entrance;
    append_part(builder, begin->edge, begin->ratio, first.direction == FM_EDGE_FORWARD ? 1 : 0);
    append_arcs(builder, arcs);
    append_part(builder, end->edge, last.direction == FM_EDGE_FORWARD ? 0 : 1, end->ratio);
    return cost;
}

/* With the legs off the road before and after. */
static void finish(const Builder *builder, const FmPlaces *from, const FmPlaces *to)
{
    FmRoute *route = builder->route;
    const FmSnap *begin = &from->entrances[route->from], *end = &to->entrances[route->to];
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    append_point(points, from->positions[route->from]);
    append_point(points, begin->position);
    /* The snapped positions stand for the computed ends of the parts. */
    for (guint i = 1; i + 1 < builder->points->len; i++)
        append_point(points, g_array_index(builder->points, FmLonLat, i));
    append_point(points, end->position);
    append_point(points, to->positions[route->to]);
    route->access_m = begin->access_m;
    route->egress_m = end->access_m;
    if (points->len > 1)
        route->line = fm_geometry_new_path(FM_GEOMETRY_LINESTRING,
                                           &g_array_index(points, FmLonLat, 0), points->len);
}

FmRoute *fm_route_new(const FmNetwork *network, const FmPlaces *from, gsize from_place,
                      const FmPlaces *to, gsize to_place, double limit)
{
    g_autoptr(FmRoute) route = g_new0(FmRoute, 1);
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    Builder builder = {network, route, points};
    Direct direct = best_direct(network, from, from_place, to, to_place);
    double cost =
        append_indirect(&builder, from, from_place, to, to_place, fmin(limit, direct.cost));
    if (direct.cost <= limit && direct.cost <= cost) {
        g_array_set_size(points, 0);
        route->length_m = 0;
        route->from = direct.from;
        route->to = direct.to;
        append_part(&builder, from->entrances[direct.from].edge, from->entrances[direct.from].ratio,
                    to->entrances[direct.to].ratio);
        cost = direct.cost;
    }
    if (!(cost < FM_COST_MAX))
        return NULL;
    route->cost = cost;
    finish(&builder, from, to);
    return g_steal_pointer(&route);
}
