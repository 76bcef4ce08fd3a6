/* Made-up towns and slow answers. */
#include "reach-fixture.h"

#include <math.h>

#define STEP_DEG 0.002

static double random_in(GRand *random, double low, double high)
{
    return g_rand_double_range(random, low, high);
}

static void add_road(GString *text, GRand *random, const FmLonLat *a, const FmLonLat *b)
{
    static const char *const oneway[] = {"no", "no", "yes", "-1"};
    gint32 kind = g_rand_int_range(random, 0, 6);
    if (kind >= 5)
        return;
    /* A bend halfway, so that edges have segments. */
    g_string_append_printf(
        text, "%s|LINESTRING (%.7f %.7f, %.7f %.7f, %.7f %.7f)\n", oneway[kind % 4], a->lon_deg,
        a->lat_deg, (a->lon_deg + b->lon_deg) / 2 + random_in(random, -2e-4, 2e-4),
        (a->lat_deg + b->lat_deg) / 2 + random_in(random, -2e-4, 2e-4), b->lon_deg, b->lat_deg);
}

void reach_town(RoadFixture *fixture, guint32 seed)
{
    GRand *random = g_rand_new_with_seed(seed);
    g_autoptr(GString) text = g_string_new("oneway|wkt\n");
    FmLonLat at[TOWN_SIDE][TOWN_SIDE];
    for (gsize y = 0; y < TOWN_SIDE; y++)
        for (gsize x = 0; x < TOWN_SIDE; x++)
            at[y][x] = (FmLonLat){((double)x + random_in(random, -0.3, 0.3)) * STEP_DEG,
                                  ((double)y + random_in(random, -0.3, 0.3)) * STEP_DEG};
    for (gsize y = 0; y < TOWN_SIDE; y++)
        for (gsize x = 0; x < TOWN_SIDE; x++) {
            if (x + 1 < TOWN_SIDE)
                add_road(text, random, &at[y][x], &at[y][x + 1]);
            if (y + 1 < TOWN_SIDE)
                add_road(text, random, &at[y][x], &at[y + 1][x]);
        }
    /* Two roads of their own, off the grid. */
    g_string_append(text, "no|LINESTRING (0.013 0, 0.013 0.004)\n"
                          "yes|LINESTRING (0.0142 0, 0.0142 0.004)\n");
    road_fixture_put(fixture, "roads", "network", text->str);
    g_rand_free(random);
}

static void open_network(ReachTown *town, const char *profile, FmLimitKind cost)
{
    town->network = road_network(&town->fixture, profile, cost);
    town->snapper = fm_snapper_new(town->network, 1);
}

void reach_open_town(ReachTown *town, guint32 seed, const char *profile, FmLimitKind cost)
{
    road_fixture_open(&town->fixture);
    reach_town(&town->fixture, seed);
    open_network(town, profile, cost);
}

void reach_open_roads(ReachTown *town, const char *roads, const char *profile, FmLimitKind cost)
{
    road_fixture_open(&town->fixture);
    road_fixture_put(&town->fixture, "roads", "network", roads);
    open_network(town, profile, cost);
}

void reach_close(ReachTown *town)
{
    fm_snapper_free(town->snapper);
    fm_network_free(town->network);
    road_fixture_close(&town->fixture);
}

FmLonLat *reach_positions(guint32 seed, gsize n)
{
    GRand *random = g_rand_new_with_seed(seed);
    FmLonLat *positions = g_new(FmLonLat, n);
    for (gsize i = 0; i < n; i++) {
        positions[i].lon_deg = random_in(random, -0.003, 0.016);
        positions[i].lat_deg = random_in(random, -0.003, 0.013);
    }
    g_rand_free(random);
    return positions;
}

/* ---- snapping ---------------------------------------------------------------------------- */

static FmSnap snap_to(const FmNetwork *network, guint32 e, FmLonLat place)
{
    FmEdge edge = fm_network_edge(network, e);
    FmSnap best = {.edge = e, .access_m = (double)INFINITY};
    double along_m = 0, at_m = 0;
    for (guint32 i = 0; i + 1 < edge.n_points; i++) {
        FmLonLat position;
        double m =
            fm_geodesic_point_segment_m(place, edge.points[i], edge.points[i + 1], &position);
        if (m < best.access_m) {
            best.access_m = m;
            best.position = position;
            at_m = along_m + fm_geodesic_distance_m(edge.points[i], position);
        }
        along_m += fm_geodesic_distance_m(edge.points[i], edge.points[i + 1]);
    }
    best.ratio = at_m / along_m;
    return best;
}

GArray *reach_brute_snaps(const FmNetwork *network, FmLonLat place, double max_m)
{
    GArray *snaps = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    FmSnap best = {.edge = FM_NODE_NONE, .access_m = (double)INFINITY};
    for (guint32 e = 0; e < fm_network_n_edges(network); e++) {
        FmSnap snap = snap_to(network, e, place);
        if (snap.access_m < best.access_m)
            best = snap;
    }
    if (best.access_m > max_m)
        return snaps;
    g_array_append_val(snaps, best);
    for (guint32 e = 0; e < fm_network_n_edges(network); e++) {
        FmSnap snap = snap_to(network, e, place);
        if (e != best.edge && fm_geodesic_distance_m(snap.position, best.position) <= 1e-3)
            g_array_append_val(snaps, snap);
    }
    return snaps;
}

/* ---- costs ------------------------------------------------------------------------------- */

typedef struct {
    guint32 tail, head;
    double cost;
} Arc;

static void add_arc(GArray *arcs, guint32 tail, guint32 head, double cost)
{
    Arc arc = {tail, head, cost};
    g_array_append_val(arcs, arc);
}

/* An edge in one direction, cut where the places are. */
static void add_edge(const FmNetwork *network, guint32 e, FmEdgeDirection d, GArray *from_snaps,
                     GArray *to_snaps, guint32 from, guint32 to, GArray *arcs)
{
    FmEdge edge = fm_network_edge(network, e);
    double per_m = fm_network_access_cost_per_m(network), whole = edge.cost[d];
    gsize n = 0;
    if (edge.begin[d] == FM_NODE_NONE)
        return;
    const FmSeed *ends = fm_network_edge_ends(network, e, d, &n);
    for (gsize i = 0; i < n; i++)
        add_arc(arcs, edge.begin[d], ends[i].node, whole + ends[i].cost);
    for (guint t = 0; t < to_snaps->len; t++) {
        FmSnap there = g_array_index(to_snaps, FmSnap, t);
        double at = d == FM_EDGE_FORWARD ? there.ratio : 1 - there.ratio;
        if (there.edge == e)
            add_arc(arcs, edge.begin[d], to, at * whole + there.access_m * per_m);
    }
    for (guint f = 0; f < from_snaps->len; f++) {
        FmSnap here = g_array_index(from_snaps, FmSnap, f);
        double at = d == FM_EDGE_FORWARD ? here.ratio : 1 - here.ratio;
        if (here.edge != e)
            continue;
        for (gsize i = 0; i < n; i++)
            add_arc(arcs, from, ends[i].node,
                    here.access_m * per_m + (1 - at) * whole + ends[i].cost);
        for (guint t = 0; t < to_snaps->len; t++) {
            FmSnap there = g_array_index(to_snaps, FmSnap, t);
            double ahead = (d == FM_EDGE_FORWARD ? there.ratio : 1 - there.ratio) - at;
            if (there.edge == e && ahead >= 0)
                add_arc(arcs, from, to, (here.access_m + there.access_m) * per_m + ahead * whole);
        }
    }
}

double reach_brute_cost(const FmNetwork *network, FmLonLat from, FmLonLat to, double max_m)
{
    g_autoptr(GArray) from_snaps = reach_brute_snaps(network, from, max_m);
    g_autoptr(GArray) to_snaps = reach_brute_snaps(network, to, max_m);
    g_autoptr(GArray) arcs = g_array_new(FALSE, FALSE, sizeof(Arc));
    const FmGraph *graph = fm_network_graph(network);
    guint32 n = fm_graph_n_nodes(graph);
    for (guint32 a = 0; a < fm_graph_n_arcs(graph); a++) {
        FmArc arc = fm_graph_arc(graph, a);
        add_arc(arcs, arc.tail, arc.head, arc.cost);
    }
    for (guint32 e = 0; e < fm_network_n_edges(network); e++)
        for (FmEdgeDirection d = FM_EDGE_FORWARD; d <= FM_EDGE_BACKWARD; d++)
            add_edge(network, e, d, from_snaps, to_snaps, n, n + 1, arcs);
    g_autofree double *costs = g_new(double, n + 2);
    for (guint32 i = 0; i < n + 2; i++)
        costs[i] = i == n ? 0 : (double)INFINITY;
    for (gboolean changed = TRUE; changed;) {
        changed = FALSE;
        for (guint i = 0; i < arcs->len; i++) {
            Arc arc = g_array_index(arcs, Arc, i);
            if (costs[arc.tail] + arc.cost < costs[arc.head]) {
                costs[arc.head] = costs[arc.tail] + arc.cost;
                changed = TRUE;
            }
        }
    }
    return costs[n + 1];
}

void reach_assert_cost(double cost, double expect)
{
    if (isfinite(expect))
        g_assert_cmpfloat_with_epsilon(cost, expect, 1e-6);
    else
        g_assert_false(isfinite(cost));
}
