/* Keeping a hierarchy: it comes back as it was, or is refused with the reason. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "hierarchy-internal.h"

#include <string.h>

static void test_round_trip(void)
{
    for (int kind = 0; kind < FIXTURE_N_KINDS; kind++) {
        g_auto(FixtureGraph) made = fixture_graph((FixtureKind)kind, 70, 200);
        g_autoptr(FmGraph) graph = fixture_graph_make(&made);
        g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(graph, 1, NULL, NULL);
        g_autoptr(GBytes) bytes = fm_hierarchy_to_bytes(hierarchy);
        GError *error = NULL;
        g_autoptr(FmHierarchy) again = fm_hierarchy_from_bytes(bytes, graph, &error);
        g_assert_no_error(error);
        g_autoptr(GBytes) twice = fm_hierarchy_to_bytes(again);
        g_assert_true(g_bytes_equal(bytes, twice));
        g_assert_cmpuint(again->mean_cost, ==, hierarchy->mean_cost);
    }
}

static void assert_refused(const guint8 *data, gsize size, const FmGraph *graph, const char *why)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    GError *error = NULL;
    g_assert_null(fm_hierarchy_from_bytes(bytes, graph, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    g_assert_nonnull(strstr(error->message, why));
    g_clear_error(&error);
}

typedef struct {
    FmGraph *graph;
    guint8 *data;
    gsize size;
} Kept;

static Kept keep(guint32 seed)
{
    g_auto(FixtureGraph) made = fixture_graph(FIXTURE_GRID, seed, 49);
    Kept kept = {.graph = fixture_graph_make(&made)};
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_new(kept.graph, 1, NULL, NULL);
    kept.data = g_bytes_unref_to_data(fm_hierarchy_to_bytes(hierarchy), &kept.size);
    return kept;
}

static void kept_clear(Kept *kept)
{
    fm_graph_free(kept->graph);
    g_free(kept->data);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Kept, kept_clear)

static void test_refused(void)
{
    g_auto(Kept) kept = keep(71);
    g_auto(Kept) other = keep(72);
    assert_refused(kept.data, kept.size, other.graph, "made of another graph");
    assert_refused(NULL, 0, kept.graph, "not one, or of another version");
    for (gsize size = 1; size < kept.size; size += 13)
        assert_refused(kept.data, size, kept.graph, size < 32 ? "not one" : "cut off");
    for (gsize i = 0; i < kept.size; i++) {
        kept.data[i] ^= 0x10;
        assert_refused(kept.data, kept.size, kept.graph, "");
        kept.data[i] ^= 0x10;
    }
}

/* With the sum put right, what contradicts itself is still refused. */
static void assert_contradicts(Kept *kept, gsize at, guint32 value)
{
    guint32 before;
    memcpy(&before, kept->data + at, sizeof before);
    value = GUINT32_TO_LE(value);
    memcpy(kept->data + at, &value, sizeof value);
    guint64 sum = GUINT64_TO_LE(fm_checksum(0, kept->data + 32, kept->size - 32));
    memcpy(kept->data + 16, &sum, sizeof sum);
    assert_refused(kept->data, kept->size, kept->graph, "contradicts itself");
    memcpy(kept->data + at, &before, sizeof before);
}

static void test_contradictions(void)
{
    g_auto(Kept) kept = keep(73);
    gsize n = fm_graph_n_nodes(kept.graph), ranks = 32, first = ranks + 4 * n;
    gsize hops = first + 4 * (n + 1);
    guint32 rank_0;
    memcpy(&rank_0, kept.data + ranks, sizeof rank_0);
    assert_contradicts(&kept, ranks + 4, GUINT32_FROM_LE(rank_0)); /* two nodes of one rank */
    assert_contradicts(&kept, ranks, (guint32)n);
    assert_contradicts(&kept, first, 1);
    assert_contradicts(&kept, first + 8, G_MAXUINT32);
    assert_contradicts(&kept, first + 4 * n, 0);
    assert_contradicts(&kept, hops, (guint32)n);           /* a hop upwards */
    assert_contradicts(&kept, kept.size - 4, G_MAXUINT32); /* a cost beyond all */
}

void test_hierarchy_bytes(void)
{
    g_test_add_func("/network/hierarchy-bytes/round-trip", test_round_trip);
    g_test_add_func("/network/hierarchy-bytes/refused", test_refused);
    g_test_add_func("/network/hierarchy-bytes/contradictions", test_contradictions);
}
