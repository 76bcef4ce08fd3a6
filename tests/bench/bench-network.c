/* The kernels of the road network, timed by themselves:
 *
 *     bench-network GRAPH reach|nearest|matrix LIMIT THREADS [ANSWER]
 *
 * GRAPH is raw: nodes, arcs and ends as three 32-bit numbers, then the tails, the heads and the
 * nodes of the ends in 32 bits each, then the costs as doubles.  Prints the seconds of each call as
 * JSON; ANSWER receives what was found as doubles, to be compared with the peer's. */
#include <facmap/graph.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    guint32 n_nodes, n_arcs, n_ends;
    FmArc *arcs;
    guint32 *first;
    FmSeed *seeds;
    FmEnds ends;
    double limit;
    guint n_threads;
    double *answer;
    gsize n_answer;
} Bench;

static void die(const char *message)
{
    fprintf(stderr, "bench-network: %s\n", message);
    exit(1);
}

static void check(gboolean ok, const GError *error)
{
    if (!ok)
        die(error ? error->message : "failed without a word");
}

static void read_graph(Bench *bench, const char *path)
{
    g_autofree char *data = NULL;
    gsize size;
    GError *error = NULL;
    check(g_file_get_contents(path, &data, &size, &error), error);
    guint32 head[3];
    if (size < sizeof head)
        die("the graph is cut off");
    memcpy(head, data, sizeof head);
    gsize n_arcs = head[1], n_ends = head[2];
    if (size != sizeof head + n_arcs * 16 + n_ends * 4)
        die("the graph is not as long as its head says");
    bench->n_nodes = head[0];
    bench->n_arcs = head[1];
    bench->n_ends = head[2];
    bench->arcs = g_new(FmArc, n_arcs);
    bench->first = g_new(guint32, n_ends + 1);
    bench->seeds = g_new0(FmSeed, n_ends);
    const char *tails = data + sizeof head, *heads = tails + 4 * n_arcs;
    const char *ends = heads + 4 * n_arcs, *costs = ends + 4 * n_ends;
    for (gsize a = 0; a < n_arcs; a++) {
        memcpy(&bench->arcs[a].tail, tails + 4 * a, 4);
        memcpy(&bench->arcs[a].head, heads + 4 * a, 4);
        memcpy(&bench->arcs[a].cost, costs + 8 * a, 8);
    }
    for (gsize e = 0; e < n_ends; e++) {
        bench->first[e] = (guint32)e;
        memcpy(&bench->seeds[e].node, ends + 4 * e, 4);
    }
    bench->first[n_ends] = (guint32)n_ends;
    bench->ends = (FmEnds){n_ends, bench->first, bench->seeds};
}

static double seconds_since(gint64 begun_us)
{
    return (double)(g_get_monotonic_time() - begun_us) / G_USEC_PER_SEC;
}

/* ---- tasks ------------------------------------------------------------------------------- */

/* What a caller does at least: looks at every node that was reached. */
static gboolean add_area(gsize end, const FmSeed *reached, gsize n, guint worker, void *user,
                         GError **error)
{
    (void)worker, (void)error;
    Bench *bench = user;
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += reached[i].cost;
    bench->answer[2 * end] = (double)n;
    bench->answer[2 * end + 1] = sum;
    return TRUE;
}

static void run_reach(Bench *bench, const FmGraph *graph)
{
    GError *error = NULL;
    bench->n_answer = 2 * (gsize)bench->n_ends;
    bench->answer = g_new0(double, bench->n_answer);
    gint64 begun_us = g_get_monotonic_time();
    check(fm_graph_reach(graph, FM_TRAVEL_FROM, &bench->ends, bench->limit, bench->n_threads,
                         add_area, bench, NULL, &error),
          error);
    printf(", \"reach\": %.6f", seconds_since(begun_us));
}

static void run_nearest(Bench *bench, const FmGraph *graph)
{
    GError *error = NULL;
    g_autofree FmReached *out = g_new(FmReached, bench->n_nodes);
    gint64 begun_us = g_get_monotonic_time();
    check(fm_graph_nearest(graph, FM_TRAVEL_FROM, &bench->ends, 1, bench->limit, bench->n_threads,
                           out, NULL, &error),
          error);
    printf(", \"nearest\": %.6f", seconds_since(begun_us));
    bench->n_answer = bench->n_nodes;
    bench->answer = g_new(double, bench->n_answer);
    for (gsize i = 0; i < bench->n_answer; i++)
        bench->answer[i] = out[i].cost;
}

static void run_matrix(Bench *bench, const FmGraph *graph)
{
    GError *error = NULL;
    gint64 begun_us = g_get_monotonic_time();
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, bench->n_threads, NULL, &error);
    check(hierarchy != NULL, error);
    printf(", \"hierarchy\": %.6f", seconds_since(begun_us));
    bench->n_answer = bench->ends.n * bench->ends.n;
    bench->answer = g_new(double, bench->n_answer);
    begun_us = g_get_monotonic_time();
    check(fm_hierarchy_matrix(hierarchy, &bench->ends, &bench->ends, bench->limit, bench->n_threads,
                              bench->answer, NULL, &error),
          error);
    printf(", \"matrix\": %.6f", seconds_since(begun_us));
}

static void write_answer(const Bench *bench, const char *path)
{
    GError *error = NULL;
    check(g_file_set_contents(path, (const char *)bench->answer,
                              (gssize)(bench->n_answer * sizeof *bench->answer), &error),
          error);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(Bench *bench, const FmGraph *graph);
    } tasks[] = {{"reach", run_reach}, {"nearest", run_nearest}, {"matrix", run_matrix}};
    if (argc < 5)
        die("use: bench-network GRAPH reach|nearest|matrix LIMIT THREADS [ANSWER]");
    Bench bench = {.limit = g_ascii_strtod(argv[3], NULL),
                   .n_threads = (guint)g_ascii_strtoull(argv[4], NULL, 10)};
    read_graph(&bench, argv[1]);
    GError *error = NULL;
    gint64 begun_us = g_get_monotonic_time();
    g_autoptr(FmGraph) graph = fm_graph_new(bench.n_nodes, bench.arcs, bench.n_arcs, &error);
    check(graph != NULL, error);
    g_free(bench.arcs);
    printf("{\"graph\": %.6f", seconds_since(begun_us));
    for (gsize t = 0; t < G_N_ELEMENTS(tasks); t++) {
        if (g_str_equal(argv[2], tasks[t].name))
            tasks[t].run(&bench, graph);
    }
    printf("}\n");
    if (argc > 5)
        write_answer(&bench, argv[5]);
    g_free(bench.first);
    g_free(bench.seeds);
    g_free(bench.answer);
    return 0;
}
