/* Costs of parts of edges, and places as ends of travel.
 *
 * Every segment is rounded by itself, a part of one once, and the rest is what remains of it, so
 * that both sums of a split edge are exact, wherever it is split. */
#include "keys.h"
#include "reach-internal.h"

#include <math.h>

gboolean fm_edge_passable(const FmEdge *edge, FmEdgeDirection direction)
{
    return edge->begin[direction] != FM_NODE_NONE && edge->cost[direction] < FM_COST_MAX;
}

/* From the first point to the position, whatever the direction: a cost does not depend on it but
 * for the speed. */
static double cost_before(const FmEdge *edge, FmEdgeDirection direction, const FmSnap *snap)
{
    double cost_per_m = edge->cost_per_m[direction], cost = 0;
    for (guint32 i = 0; i < snap->segment; i++)
        cost += fm_cost_round(edge->segment_m[i] * cost_per_m);
    double segment = fm_cost_round(edge->segment_m[snap->segment] * cost_per_m);
    return cost + fm_cost_round(snap->along * segment);
}

double fm_edge_cost_to(const FmEdge *edge, FmEdgeDirection direction, const FmSnap *snap)
{
    double before = cost_before(edge, direction, snap);
    return direction == FM_EDGE_FORWARD ? before : edge->cost[direction] - before;
}

double fm_edge_cost_from(const FmEdge *edge, FmEdgeDirection direction, const FmSnap *snap)
{
    double before = cost_before(edge, direction, snap);
    return direction == FM_EDGE_FORWARD ? edge->cost[direction] - before : before;
}

double fm_snap_access_cost(const FmNetwork *network, const FmSnap *snap)
{
    return fm_cost_round(snap->access_m * fm_network_access_cost_per_m(network));
}

double fm_snap_direct_cost(const FmNetwork *network, const FmSnap *from, const FmSnap *to,
                           FmEdgeDirection *direction)
{
    if (from->edge != to->edge)
        return (double)INFINITY;
    FmEdge edge = fm_network_edge(network, from->edge);
    double legs = fm_snap_access_cost(network, from) + fm_snap_access_cost(network, to);
    double best = (double)INFINITY;
    for (FmEdgeDirection d = FM_EDGE_FORWARD; d <= FM_EDGE_BACKWARD; d++) {
        gboolean ahead = d == FM_EDGE_FORWARD ? to->ratio >= from->ratio : to->ratio <= from->ratio;
        if (!ahead || !fm_edge_passable(&edge, d))
            continue;
        double cost = legs + fm_edge_cost_to(&edge, d, to) - fm_edge_cost_to(&edge, d, from);
        if (cost < best) {
            best = cost;
            if (direction)
                *direction = d;
        }
    }
    return best;
}

/* ---- ends -------------------------------------------------------------------------------- */

static void add_seeds(const FmNetwork *network, const FmPlaces *places, gsize entrance,
                      FmTravel travel, GArray *seeds, GArray *origins)
{
    const FmSnap *snap = &places->entrances[entrance];
    FmEdge edge = fm_network_edge(network, snap->edge);
    double access = fm_snap_access_cost(network, snap);
    for (FmEdgeDirection d = FM_EDGE_FORWARD; d <= FM_EDGE_BACKWARD; d++) {
        if (!fm_edge_passable(&edge, d))
            continue;
        FmSeed enter = {edge.begin[d], access + fm_edge_cost_to(&edge, d, snap)};
        double leave_cost = access + fm_edge_cost_from(&edge, d, snap);
        FmSeedOrigin origin = {entrance, d};
        gsize n = 1;
        const FmSeed *after =
            travel == FM_TRAVEL_TO ? &enter : fm_network_edge_ends(network, snap->edge, d, &n);
        for (gsize i = 0; i < n; i++) {
            FmSeed seed = after[i];
            if (travel == FM_TRAVEL_FROM)
                seed.cost = leave_cost + fm_cost_round(seed.cost);
            g_array_append_val(seeds, seed);
            if (origins)
                g_array_append_val(origins, origin);
        }
    }
}

void fm_place_add_seeds(const FmNetwork *network, const FmPlaces *places, gsize place,
                        FmTravel travel, GArray *seeds, GArray *origins)
{
    for (gsize i = places->first[place]; i < places->first[place + 1]; i++)
        add_seeds(network, places, i, travel, seeds, origins);
}

FmPlaceEnds *fm_place_ends_new(const FmNetwork *network, const FmPlaces *places, FmTravel travel)
{
    FmPlaceEnds *ends = g_new0(FmPlaceEnds, 1);
    GArray *seeds = g_array_new(FALSE, FALSE, sizeof(FmSeed));
    ends->first = g_new(guint32, places->n + 1);
    for (gsize place = 0; place < places->n; place++) {
        ends->first[place] = seeds->len;
        fm_place_add_seeds(network, places, place, travel, seeds, NULL);
    }
    ends->first[places->n] = seeds->len;
    ends->seeds = (FmSeed *)(gpointer)g_array_free(seeds, FALSE);
    ends->ends = (FmEnds){places->n, ends->first, ends->seeds};
    return ends;
}

void fm_place_ends_free(FmPlaceEnds *ends)
{
    if (!ends)
        return;
    g_free(ends->first);
    g_free(ends->seeds);
    g_free(ends);
}

/* ---- who shares an edge ------------------------------------------------------------------ */

/* Who has each of the entrances. */
static gsize *owners(const FmPlaces *places, gsize n)
{
    gsize *owner = g_new(gsize, n + 1);
    for (gsize place = 0; place < places->n; place++)
        for (gsize i = places->first[place]; i < places->first[place + 1]; i++)
            owner[i] = place;
    return owner;
}

GArray *fm_places_by_edge(const FmPlaces *places)
{
    gsize n = places->first[places->n];
    g_autofree guint64 *keys = g_new(guint64, n + 1);
    g_autofree gsize *owner = owners(places, n);
    for (gsize i = 0; i < n; i++)
        keys[i] = fm_key(places->entrances[i].edge, (guint32)i);
    fm_keys_sort(keys, n);
    GArray *by_edge = g_array_sized_new(FALSE, FALSE, sizeof(FmEdgeEntrance), (guint)n);
    for (gsize k = 0; k < n; k++) {
        const gsize i = fm_key_position(keys[k]);
        const FmEdgeEntrance entrance = {places->entrances[i].edge, owner[i], i};
        g_array_append_val(by_edge, entrance);
    }
    return by_edge;
}

const FmEdgeEntrance *fm_edge_entrances(const GArray *by_edge, guint32 edge, gsize *n)
{
    gsize low = 0, high = by_edge->len;
    while (low < high) {
        gsize middle = (low + high) / 2;
        if (g_array_index(by_edge, FmEdgeEntrance, middle).edge < edge)
            low = middle + 1;
        else
            high = middle;
    }
    *n = 0;
    while (low + *n < by_edge->len && g_array_index(by_edge, FmEdgeEntrance, low + *n).edge == edge)
        ++*n;
    return *n > 0 ? &g_array_index(by_edge, FmEdgeEntrance, low) : NULL;
}
