#include "graph-fixture.h"

#include <gio/gio.h>
#include <stdlib.h>

void fixture_graph_clear(FixtureGraph *graph)
{
    g_clear_pointer(&graph->arcs, g_array_unref);
}

const char *fixture_kind_name(FixtureKind kind)
{
    static const char *const names[] = {"sparse", "dense",  "apart",  "zeros",
                                        "traps",  "closed", "spread", "grid"};
    return names[kind];
}

/* ---- random graphs ----------------------------------------------------------------------- */

static double random_cost(FixtureKind kind, GRand *rand)
{
    if (kind == FIXTURE_ZEROS)
        return g_rand_boolean(rand) ? 0 : g_rand_int_range(rand, 1, 4);
    if (kind == FIXTURE_CLOSED && g_rand_int_range(rand, 0, 3) == 0)
        return g_rand_boolean(rand) ? (double)INFINITY : FM_COST_MAX;
    if (kind == FIXTURE_SPREAD)
        return pow(10, g_rand_double_range(rand, -9, 6));
    return g_rand_double_range(rand, 0.1, 100);
}

static void add_random_arc(FixtureGraph *graph, FixtureKind kind, GRand *rand)
{
    guint32 n = graph->n_nodes;
    guint32 tail = g_rand_int(rand) % n, head = g_rand_int(rand) % n;
    if (kind == FIXTURE_APART)
        head = tail - tail % 10 + head % MIN(10, n - (tail - tail % 10));
    if (kind == FIXTURE_TRAPS && head < tail && g_rand_int_range(rand, 0, 20) != 0) {
        guint32 kept = head;
        head = tail;
        tail = kept;
    }
    FmArc arc = {tail, head, random_cost(kind, rand)};
    g_array_append_val(graph->arcs, arc);
    if (g_rand_int_range(rand, 0, 10) == 0) { /* a parallel arc */
        arc.cost = random_cost(kind, rand);
        g_array_append_val(graph->arcs, arc);
    }
}

static void add_street(FixtureGraph *graph, guint32 a, guint32 b, GRand *rand)
{
    double cost = g_rand_double_range(rand, 5, 15);
    FmArc there = {a, b, cost}, back = {b, a, cost};
    int way = g_rand_int_range(rand, 0, 10);
    if (way != 0)
        g_array_append_val(graph->arcs, there);
    if (way != 1)
        g_array_append_val(graph->arcs, back);
}

static void add_grid(FixtureGraph *graph, GRand *rand)
{
    guint32 side = (guint32)sqrt(graph->n_nodes);
    for (guint32 i = 0; i < side * side; i++) {
        if (i % side + 1 < side)
            add_street(graph, i, i + 1, rand);
        if (i + side < side * side)
            add_street(graph, i, i + side, rand);
    }
}

FixtureGraph fixture_graph(FixtureKind kind, guint32 seed, guint32 n_nodes)
{
    FixtureGraph graph = {n_nodes, g_array_new(FALSE, FALSE, sizeof(FmArc))};
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    if (kind == FIXTURE_GRID) {
        add_grid(&graph, rand);
        return graph;
    }
    guint32 n_arcs = n_nodes * (kind == FIXTURE_DENSE ? 20 : 3);
    for (guint32 a = 0; a < n_arcs; a++)
        add_random_arc(&graph, kind, rand);
    return graph;
}

FixtureGraph fixture_graph_reversed(const FixtureGraph *graph)
{
    FixtureGraph reversed = {graph->n_nodes, g_array_copy(graph->arcs)};
    for (guint a = 0; a < reversed.arcs->len; a++) {
        FmArc *arc = &g_array_index(reversed.arcs, FmArc, a);
        guint32 kept = arc->tail;
        arc->tail = arc->head;
        arc->head = kept;
    }
    return reversed;
}

FmGraph *fixture_graph_make(const FixtureGraph *graph)
{
    GError *error = NULL;
    FmGraph *made =
        fm_graph_new(graph->n_nodes, (const FmArc *)graph->arcs->data, graph->arcs->len, &error);
    g_assert_no_error(error);
    return made;
}

/* ---- Beijing ----------------------------------------------------------------------------- */

static GDataInputStream *open_gzip(const char *path)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileInputStream) raw = g_file_read(file, NULL, NULL);
    if (raw == NULL)
        return NULL;
    g_autoptr(GZlibDecompressor) gunzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autoptr(GInputStream) stream =
        g_converter_input_stream_new(G_INPUT_STREAM(raw), G_CONVERTER(gunzip));
    return g_data_input_stream_new(stream);
}

/* The cells of the next line; NULL at the end.  Line by line, since under AddressSanitizer every
 * strstr() measures all that follows: splitting the file as one text takes minutes there. */
static char **next_cells(GDataInputStream *stream)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *line = g_data_input_stream_read_line(stream, NULL, NULL, &error);
    g_assert_no_error(error);
    return line ? g_strsplit(line, ",", -1) : NULL;
}

static guint32 column_of(char **header, const char *name)
{
    for (guint32 c = 0; header[c]; c++) {
        if (g_str_equal(header[c], name))
            return c;
    }
    g_error("the road table has no column %s", name);
}

FixtureGraph *fixture_beijing(void)
{
    const char *shared = g_getenv("FACMAP_SHARED");
    g_autofree char *path = g_build_filename(shared ? shared : "../shared",
                                             "data/roads/beijing_osm2017_edges.csv.gz", NULL);
    g_autoptr(GDataInputStream) stream = open_gzip(path);
    if (stream == NULL) {
        g_test_skip("the shared roads of Beijing are not there");
        return NULL;
    }
    FixtureGraph *graph = g_new0(FixtureGraph, 1);
    graph->arcs = g_array_new(FALSE, FALSE, sizeof(FmArc));
    g_auto(GStrv) header = next_cells(stream);
    guint32 from = column_of(header, "from_node"), to = column_of(header, "to_node");
    guint32 length = column_of(header, "length_m"), speed = column_of(header, "speed_kmh");
    guint32 open[2] = {column_of(header, "car_forward"), column_of(header, "car_backward")};
    for (char **cells; (cells = next_cells(stream)) != NULL; g_strfreev(cells)) {
        guint32 a = (guint32)g_ascii_strtoull(cells[from], NULL, 10);
        guint32 b = (guint32)g_ascii_strtoull(cells[to], NULL, 10);
        graph->n_nodes = MAX(graph->n_nodes, MAX(a, b) + 1);
        double cost =
            g_ascii_strtod(cells[length], NULL) / g_ascii_strtod(cells[speed], NULL) * 3.6;
        const FmArc arcs[] = {{a, b, cost}, {b, a, cost}};
        for (int way = 0; way < 2; way++) {
            if (g_str_equal(cells[open[way]], "1"))
                g_array_append_val(graph->arcs, arcs[way]);
        }
    }
    return graph;
}

/* ---- the other Dijkstra ------------------------------------------------------------------ */

/* Arcs as linked lists, a binary heap of node numbers with decrease-key, sums in doubles: nothing
 * in common with the searches under test but the rounding of costs that the header promises. */
typedef struct {
    double *cost;
    guint32 *heap, *slot; /* slot: 1 + position in the heap, 0 when not in it */
    guint32 n_heap;
} Plain;

static void place_at(Plain *plain, guint32 position, guint32 node)
{
    plain->heap[position] = node;
    plain->slot[node] = position + 1;
}

static void rise(Plain *plain, guint32 node)
{
    guint32 i = plain->slot[node] - 1;
    for (; i > 0 && plain->cost[plain->heap[(i - 1) / 2]] > plain->cost[node]; i = (i - 1) / 2)
        place_at(plain, i, plain->heap[(i - 1) / 2]);
    place_at(plain, i, node);
}

static guint32 take_first(Plain *plain)
{
    guint32 first = plain->heap[0], last = plain->heap[--plain->n_heap], i = 0;
    plain->slot[first] = 0;
    if (plain->n_heap == 0)
        return first;
    for (guint32 child = 1; child < plain->n_heap; child = 2 * i + 1) {
        if (child + 1 < plain->n_heap &&
            plain->cost[plain->heap[child + 1]] < plain->cost[plain->heap[child]])
            child++;
        if (plain->cost[plain->heap[child]] >= plain->cost[last])
            break;
        place_at(plain, i, plain->heap[child]);
        i = child;
    }
    place_at(plain, i, last);
    return first;
}

static void offer(Plain *plain, guint32 node, double cost)
{
    if (cost >= plain->cost[node] || cost >= FM_COST_MAX)
        return;
    plain->cost[node] = cost;
    if (plain->slot[node] == 0)
        place_at(plain, plain->n_heap++, node);
    rise(plain, node);
}

static double rounded(double cost)
{
    return rint(cost / FM_COST_STEP) * FM_COST_STEP;
}

double *fixture_dijkstra(const FixtureGraph *graph, FmTravel travel, const FmSeed *seeds,
                         gsize n_seeds)
{
    guint32 n = graph->n_nodes, m = graph->arcs->len;
    const FmArc *arcs = (const FmArc *)graph->arcs->data;
    g_autofree guint32 *next = g_new(guint32, m + 1), *list = g_new0(guint32, n + 1);
    for (guint32 a = 0; a < m; a++) {
        guint32 node = travel == FM_TRAVEL_FROM ? arcs[a].tail : arcs[a].head;
        next[a] = list[node];
        list[node] = a + 1;
    }
    g_autofree guint32 *heap = g_new(guint32, n + 1), *slot = g_new0(guint32, n + 1);
    Plain plain = {g_new(double, n + 1), heap, slot, 0};
    for (guint32 i = 0; i <= n; i++)
        plain.cost[i] = (double)INFINITY;
    for (gsize s = 0; s < n_seeds; s++)
        offer(&plain, seeds[s].node, rounded(seeds[s].cost));
    while (plain.n_heap > 0) {
        guint32 node = take_first(&plain);
        for (guint32 a = list[node]; a != 0; a = next[a - 1]) {
            guint32 other = travel == FM_TRAVEL_FROM ? arcs[a - 1].head : arcs[a - 1].tail;
            offer(&plain, other, plain.cost[node] + rounded(arcs[a - 1].cost));
        }
    }
    return plain.cost;
}

/* ---- ends -------------------------------------------------------------------------------- */

FixtureEnds fixture_ends(guint32 seed, guint32 n_nodes, gsize n_ends)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    FixtureEnds made = {
        g_array_new(FALSE, FALSE, sizeof(guint32)), g_array_new(FALSE, FALSE, sizeof(FmSeed)), {0}};
    for (gsize e = 0; e < n_ends; e++) {
        g_array_append_val(made.first, made.seeds->len);
        int n_seeds = e == 0 ? 0 : g_rand_int_range(rand, 0, 4);
        for (int s = 0; s < n_seeds; s++) {
            FmSeed one = {g_rand_int(rand) % n_nodes, g_rand_int_range(rand, 0, 4)};
            g_array_append_val(made.seeds, one);
        }
    }
    g_array_append_val(made.first, made.seeds->len);
    made.ends =
        (FmEnds){n_ends, (const guint32 *)made.first->data, (const FmSeed *)made.seeds->data};
    return made;
}

void fixture_ends_clear(FixtureEnds *ends)
{
    g_clear_pointer(&ends->first, g_array_unref);
    g_clear_pointer(&ends->seeds, g_array_unref);
}

gboolean fixture_graph_cancel(double fraction, const char *stage, void *user)
{
    (void)fraction, (void)stage, (void)user;
    return FALSE;
}
