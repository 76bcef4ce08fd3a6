/* Keeping a hierarchy: it comes back as it was, or is refused with the reason. */
#include "fm-unit.h"
#include "graph-fixture.h"
#include "hierarchy-internal.h"

#include <string.h>

enum { HEAD_SIZE = 40 };

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
        assert_refused(kept.data, size, kept.graph, size < HEAD_SIZE ? "not one" : "cut off");
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
    guint64 sum = GUINT64_TO_LE(fm_checksum(0, kept->data + HEAD_SIZE, kept->size - HEAD_SIZE));
    memcpy(kept->data + 16, &sum, sizeof sum);
    assert_refused(kept->data, kept->size, kept->graph, "contradicts itself");
    memcpy(kept->data + at, &before, sizeof before);
}

static guint32 number_at(const Kept *kept, gsize at)
{
    guint32 number;
    memcpy(&number, kept->data + at, sizeof number);
    return GUINT32_FROM_LE(number);
}

static void test_contradictions(void)
{
    g_auto(Kept) kept = keep(73);
    gsize n = fm_graph_n_nodes(kept.graph), n_strips = number_at(&kept, 28);
    gsize n_columns = number_at(&kept, 32), n_hops = number_at(&kept, 36);
    gsize ranks = HEAD_SIZE, sizes = ranks + 4 * n, strips = sizes + n_strips;
    gsize columns = strips + 4 * n_strips, counts = columns + 4 * n_columns;
    gsize tails = counts + n_columns, costs = tails + n_hops;
    /* Two nodes of one rank, and ranks that are not there. */
    assert_contradicts(&kept, ranks + 4, number_at(&kept, ranks));
    assert_contradicts(&kept, ranks, (guint32)n_strips * FM_STRIP_MOST);
    assert_contradicts(&kept, ranks, FM_STRIP_MOST - 1);
    /* Strips with too many nodes, and of columns that others have, or none. */
    assert_contradicts(&kept, sizes, G_MAXUINT32);
    assert_contradicts(&kept, sizes, 0);
    assert_contradicts(&kept, strips, number_at(&kept, strips) + 1);
    assert_contradicts(&kept, strips + 4 * (n_strips - 1), G_MAXUINT32);
    assert_contradicts(&kept, strips + 4 * (n_strips - 1), 0);
    /* Columns that lead upwards, or nowhere; hops of another strip's nodes; a cost beyond all. */
    assert_contradicts(&kept, columns + 4 * (n_columns - 1),
                       (guint32)(n_strips - 1) * FM_STRIP_MOST);
    assert_contradicts(&kept, columns, G_MAXUINT32);
    assert_contradicts(&kept, columns + 4, number_at(&kept, columns));
    assert_contradicts(&kept, counts, 0);
    assert_contradicts(&kept, tails, G_MAXUINT32);
    assert_contradicts(&kept, costs + 4, G_MAXUINT32);
    assert_contradicts(&kept, kept.size - 4, G_MAXUINT32);
}

void test_hierarchy_bytes(void)
{
    g_test_add_func("/network/hierarchy-bytes/round-trip", test_round_trip);
    g_test_add_func("/network/hierarchy-bytes/refused", test_refused);
    g_test_add_func("/network/hierarchy-bytes/contradictions", test_contradictions);
}
