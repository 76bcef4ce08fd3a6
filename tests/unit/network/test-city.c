/* The roads of Beijing as a whole: what is known of them, and times between all nodes of the
 * source, those in the middle of joined edges as well, against a Dijkstra that read the file by
 * itself. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "reach-fixture.h"

#include <math.h>

enum { N_FROM = 20, N_TO = 1000 };

/* A vertex of an edge. */
typedef struct {
    guint32 edge, point;
} Vertex;

typedef struct {
    RoadFixture fixture;
    FmNetwork *network;
    FixtureGraph *made;   /* by the numbers of nodes in the file */
    FmLonLat *at;         /* by node; NaN where the file does not say, or says different things */
    guint32 *degree;      /* by node: ends of roads that may be used */
    GHashTable *vertices; /* key of a position → GArray of Vertex */
} City;

static void city_close(City *city)
{
    g_clear_pointer(&city->vertices, g_hash_table_unref);
    g_clear_pointer(&city->network, fm_network_free);
    g_free(city->at);
    g_free(city->degree);
    if (city->made)
        fixture_graph_clear(city->made);
    g_free(city->made);
    road_fixture_close(&city->fixture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(City, city_close)

static void put_node(City *city, gint64 node, FmLonLat at)
{
    FmLonLat *known = &city->at[node];
    if (city->degree[node]++ == 0)
        *known = at;
    else if (fm_vertex_key(*known) != fm_vertex_key(at))
        known->lon_deg = (double)NAN;
}

static void read_nodes(City *city, const FmTable *table)
{
    gsize from = fm_table_find_column(table, "from_node");
    gsize to = fm_table_find_column(table, "to_node");
    gsize forward = fm_table_find_column(table, "car_forward");
    gsize backward = fm_table_find_column(table, "car_backward");
    city->at = g_new0(FmLonLat, city->made->n_nodes);
    city->degree = g_new0(guint32, city->made->n_nodes);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmGeometry *line = fm_table_geometry(table, row);
        if (fm_table_number(table, forward, row) + fm_table_number(table, backward, row) == 0)
            continue;
        put_node(city, fm_table_integer(table, from, row), line->points[0]);
        put_node(city, fm_table_integer(table, to, row), line->points[line->n_points - 1]);
    }
}

static void read_vertices(City *city)
{
    city->vertices =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
    for (guint32 e = 0; e < fm_network_n_edges(city->network); e++) {
        FmEdge edge = fm_network_edge(city->network, e);
        for (guint32 p = 0; p < edge.n_points; p++) {
            guint64 key = fm_vertex_key(edge.points[p]);
            Vertex vertex = {e, p};
            GArray *list = g_hash_table_lookup(city->vertices, &key);
            if (!list) {
                list = g_array_new(FALSE, FALSE, sizeof(Vertex));
                g_hash_table_insert(city->vertices, g_memdup2(&key, sizeof key), list);
            }
            g_array_append_val(list, vertex);
        }
    }
}

static gboolean city_open(City *city)
{
    g_autofree char *path = road_shared("roads/beijing_osm2017_edges.csv.gz");
    if (!path)
        return FALSE;
    city->made = fixture_beijing();
    road_fixture_open(&city->fixture);
    g_autoptr(FmTable) table = road_fixture_load(&city->fixture, path);
    city->network = road_network(&city->fixture, "drive", FM_LIMIT_TIME);
    read_nodes(city, table);
    read_vertices(city);
    return TRUE;
}

/* The vertices of edges that are the node; NULL when something else lies at its position, which a
 * place there could not tell from it. */
static const GArray *vertices_of(const City *city, guint32 node)
{
    if (city->degree[node] == 0 || isnan(city->at[node].lon_deg))
        return NULL;
    guint64 key = fm_vertex_key(city->at[node]);
    const GArray *list = g_hash_table_lookup(city->vertices, &key);
    guint32 n_ends = 0;
    for (guint i = 0; i < list->len; i++) {
        Vertex vertex = g_array_index(list, Vertex, i);
        guint32 last = fm_network_edge(city->network, vertex.edge).n_points - 1;
        n_ends += vertex.point == 0 || vertex.point == last ? 1 : 2;
    }
    return n_ends == city->degree[node] ? list : NULL;
}

static FmSnap snap_at(const City *city, Vertex vertex)
{
    FmEdge edge = fm_network_edge(city->network, vertex.edge);
    FmSnap snap = {.edge = vertex.edge, .position = edge.points[vertex.point]};
    for (guint32 i = 0; i < vertex.point; i++)
        snap.ratio += edge.segment_m[i] / edge.length_m;
    gboolean last = vertex.point + 1 == edge.n_points;
    snap.segment = last ? vertex.point - 1 : vertex.point;
    snap.along = last ? 1 : 0;
    return snap;
}

/* Nodes as places that are where they are, nothing snapped. */
static FmPlaces *places_at(const City *city, const guint32 *nodes, gsize n)
{
    FmPlaces *places = g_new0(FmPlaces, 1);
    GArray *entrances = g_array_new(FALSE, FALSE, sizeof(FmSnap));
    GArray *positions = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    places->n = n;
    places->first = g_new0(gsize, n + 1);
    for (gsize i = 0; i < n; i++) {
        const GArray *vertices = vertices_of(city, nodes[i]);
        for (guint v = 0; v < vertices->len; v++) {
            FmSnap snap = snap_at(city, g_array_index(vertices, Vertex, v));
            g_array_append_val(entrances, snap);
            g_array_append_val(positions, snap.position);
        }
        places->first[i + 1] = entrances->len;
    }
    places->entrances = (FmSnap *)(gpointer)g_array_free(entrances, FALSE);
    places->positions = (FmLonLat *)(gpointer)g_array_free(positions, FALSE);
    return places;
}

static FmPlaces *places_near(const City *city, const FmSnapper *snapper, const guint32 *nodes,
                             gsize n)
{
    g_autofree FmLonLat *at = g_new(FmLonLat, n);
    for (gsize i = 0; i < n; i++)
        at[i] = city->at[nodes[i]];
    return fm_places_new_points(snapper, at, n, 1, 2, NULL, NULL);
}

static gboolean keep(gsize target, const FmInReach *found, gsize n_found, guint worker, void *user,
                     GError **error)
{
    (void)worker, (void)error;
    double *costs = (double *)user + target * N_TO;
    for (gsize i = 0; i < n_found; i++)
        costs[found[i].origin] = found[i].cost;
    return TRUE;
}

/* From each of the first to all of the others. */
static double *costs_between(const City *city, const FmPlaces *from, const FmPlaces *to)
{
    double *costs = g_new(double, N_FROM *N_TO);
    for (gsize i = 0; i < N_FROM * N_TO; i++)
        costs[i] = (double)INFINITY;
    const FmReachInput input = {city->network, to, from, FM_TRAVEL_FROM, (double)INFINITY, 2};
    g_assert_true(fm_reach_each(&input, keep, costs, NULL, NULL));
    return costs;
}

static void choose(const City *city, GRand *rand, guint32 *nodes, gsize n)
{
    for (gsize i = 0; i < n;) {
        nodes[i] = g_rand_int(rand) % city->made->n_nodes;
        i += vertices_of(city, nodes[i]) != NULL;
    }
}

static void test_every_node(void)
{
    g_auto(City) city = {0};
    if (!city_open(&city))
        return;
    guint32 n_told = 0, n_inner = 0, n_reachable = 0, from[N_FROM], to[N_TO];
    for (guint32 node = 0; node < city.made->n_nodes; node++) {
        const GArray *vertices = vertices_of(&city, node);
        n_told += vertices != NULL;
        n_inner += vertices && vertices->len == 1 && city.degree[node] == 2;
    }
    /* Nearly all can be told by their position, and many are no junction any more. */
    g_assert_cmpuint(n_told, >, city.made->n_nodes * 99 / 100);
    g_assert_cmpuint(n_inner, >, city.made->n_nodes / 10);
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    choose(&city, rand, from, N_FROM);
    choose(&city, rand, to, N_TO);
    g_autoptr(FmPlaces) from_at = places_at(&city, from, N_FROM);
    g_autoptr(FmPlaces) to_at = places_at(&city, to, N_TO);
    g_autofree double *exact = costs_between(&city, from_at, to_at);
    g_autoptr(FmSnapper) snapper = fm_snapper_new(city.network, 1);
    g_autoptr(FmPlaces) from_near = places_near(&city, snapper, from, N_FROM);
    g_autoptr(FmPlaces) to_near = places_near(&city, snapper, to, N_TO);
    g_autofree double *placed = costs_between(&city, from_near, to_near);
    for (gsize i = 0; i < N_FROM; i++) {
        const FmSeed seed = {from[i], 0};
        g_autofree double *expected = fixture_dijkstra(city.made, FM_TRAVEL_FROM, &seed, 1);
        for (gsize j = 0; j < N_TO; j++) {
            reach_assert_cost(exact[i * N_TO + j], expected[to[j]]);
            reach_assert_cost(placed[i * N_TO + j], expected[to[j]]);
            n_reachable += isfinite(expected[to[j]]);
        }
    }
    g_assert_cmpuint(n_reachable, >, N_FROM * N_TO * 9 / 10);
}

/* As the sources of the data say. */
static void test_counts(void)
{
    FixtureGraph *made = fixture_beijing();
    if (!made)
        return;
    guint32 largest = 0;
    g_autoptr(FmGraph) graph = fixture_graph_make(made);
    g_autofree guint32 *component = g_new(guint32, made->n_nodes);
    fm_graph_components(graph, component);
    for (guint32 v = 0; v < made->n_nodes; v++)
        largest += component[v] == 0;
    g_assert_cmpuint(made->n_nodes, ==, 55731);
    g_assert_cmpuint(made->arcs->len, ==, 122405);
    g_assert_cmpuint(largest, ==, 54997);
    fixture_graph_clear(made);
    g_free(made);
}

void test_city(void)
{
    g_test_add_func("/network/city/counts", test_counts);
    g_test_add_func("/network/city/every-node", test_every_node);
}
