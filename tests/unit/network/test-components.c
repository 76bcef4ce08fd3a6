/* Strong components against reachability both ways. */
#include "fm-unit.h"
#include "graph-fixture.h"

static void assert_components(const FixtureGraph *made)
{
    g_autoptr(FmGraph) graph = fixture_graph_make(made);
    guint32 n = made->n_nodes;
    g_autofree guint32 *component = g_new(guint32, n);
    guint32 n_components = fm_graph_components(graph, component);
    g_autofree guint32 *size = g_new0(guint32, n_components);
    g_autofree guint32 *lowest = g_new0(guint32, n_components);
    for (guint32 i = n; i-- > 0;) {
        g_assert_cmpuint(component[i], <, n_components);
        size[component[i]]++;
        lowest[component[i]] = i;
    }
    for (guint32 c = 0; c + 1 < n_components; c++)
        g_assert_true(size[c] > size[c + 1] ||
                      (size[c] == size[c + 1] && lowest[c] < lowest[c + 1]));
    for (guint32 i = 0; i < n; i += 7) {
        const FmSeed seed = {i, 0};
        g_autofree double *from = fixture_dijkstra(made, FM_TRAVEL_FROM, &seed, 1);
        g_autofree double *to = fixture_dijkstra(made, FM_TRAVEL_TO, &seed, 1);
        for (guint32 j = 0; j < n; j++)
            g_assert_cmpint(isfinite(from[j]) && isfinite(to[j]), ==, component[i] == component[j]);
    }
}

static void test_random(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        if (kind == FIXTURE_SPREAD)
            continue; /* there a path may cost more than any path can */
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 6, 140);
        assert_components(&made);
    }
}

/* As deep as recursion would go, on a stack that could not hold it. */
static void test_long_chain(void)
{
    enum { N = 300000 };
    g_autofree FmArc *arcs = g_new(FmArc, N);
    for (guint32 i = 0; i < N; i++)
        arcs[i] = (FmArc){i, (i + 1) % N, 1};
    g_autofree guint32 *component = g_new(guint32, N);
    g_autoptr(FmGraph) ring = fm_graph_new(N, arcs, N, NULL);
    g_assert_cmpuint(fm_graph_components(ring, component), ==, 1);
    g_autoptr(FmGraph) chain = fm_graph_new(N, arcs, N - 1, NULL);
    g_assert_cmpuint(fm_graph_components(chain, component), ==, N);
    g_assert_cmpuint(component[12345], ==, 12345);
}

void test_components(void)
{
    g_test_add_func("/network/components/random", test_random);
    g_test_add_func("/network/components/long-chain", test_long_chain);
}
