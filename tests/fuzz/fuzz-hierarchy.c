/* Any bytes as a kept hierarchy of a small graph: refused with a reason, or read and searched.  The
 * checksums are put right first, so that what lies behind them is reached. */
#include "hierarchy-internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N = 6, HEAD_SIZE = 40 };

static FmGraph *make_graph(void)
{
    FmArc arcs[2 * N];
    for (guint32 i = 0; i < N; i++) {
        arcs[2 * i] = (FmArc){i, (i + 1) % N, 1 + i};
        arcs[2 * i + 1] = (FmArc){i, (i + 2) % N, 2};
    }
    return fm_graph_new(N, arcs, 2 * N, NULL);
}

static void search(const FmHierarchy *hierarchy)
{
    const guint32 first[] = {0, 1, 2, 3};
    const FmSeed seeds[] = {{0, 0}, {2, 1}, {5, 0}};
    const FmEnds ends = {3, first, seeds};
    double costs[9];
    if (!fm_hierarchy_matrix(hierarchy, &ends, &ends, (double)INFINITY, 1, costs, NULL, NULL))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(FmGraph) graph = make_graph();
    guint8 *copy = g_memdup2(data, size);
    if (size >= HEAD_SIZE) {
        guint64 sums[2] = {GUINT64_TO_LE(fm_graph_checksum(graph)),
                           GUINT64_TO_LE(fm_checksum(0, copy + HEAD_SIZE, size - HEAD_SIZE))};
        memcpy(copy + 8, sums, sizeof sums);
    }
    g_autoptr(GBytes) bytes = g_bytes_new_take(copy, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(FmHierarchy) hierarchy = fm_hierarchy_from_bytes(bytes, graph, &error);
    if ((hierarchy == NULL) == (error == NULL))
        abort();
    if (hierarchy != NULL)
        search(hierarchy);
    return 0;
}
