/** @file graph-fixture.h
 *  Graphs to search, and the shortest paths that another, plainer Dijkstra finds on them. */
#ifndef FM_GRAPH_FIXTURE_H
#define FM_GRAPH_FIXTURE_H

#include "graph-internal.h"

typedef struct {
    guint32 n_nodes;
    GArray *arcs; /**< FmArc */
} FixtureGraph;

void fixture_graph_clear(FixtureGraph *graph);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FixtureGraph, fixture_graph_clear)

/** What a random graph is like. */
typedef enum {
    FIXTURE_SPARSE, /**< a few arcs a node, loops and parallel arcs among them */
    FIXTURE_DENSE,  /**< 20 arcs a node */
    FIXTURE_APART,  /**< pieces that nothing joins */
    FIXTURE_ZEROS,  /**< half of the arcs cost 0, the others a few whole numbers: many ties */
    FIXTURE_TRAPS,  /**< arcs lead from lower nodes to higher ones, and rarely back */
    FIXTURE_CLOSED, /**< a third of the arcs is not passable */
    FIXTURE_SPREAD, /**< costs from 1e-9 to 1e6 */
    FIXTURE_GRID,   /**< a town of square blocks, streets both ways, some closed one way */
    FIXTURE_N_KINDS,
} FixtureKind;

const char *fixture_kind_name(FixtureKind kind);
FixtureGraph fixture_graph(FixtureKind kind, guint32 seed, guint32 n_nodes);
FixtureGraph fixture_graph_reversed(const FixtureGraph *graph);
/** @return transfer full; fails the test when the graph cannot be made */
FmGraph *fixture_graph_make(const FixtureGraph *graph);

/** The roads of Beijing, seconds: NULL where the shared data are not there (and the test skipped).
 */
FixtureGraph *fixture_beijing(void);

/** Cost of every node from (FM_TRAVEL_FROM) or to one set of seeds. @return transfer full */
double *fixture_dijkstra(const FixtureGraph *graph, FmTravel travel, const FmSeed *seeds,
                         gsize n_seeds);

/** Ends at random nodes, with 0 to 3 seeds each; the first has none. */
typedef struct {
    GArray *first, *seeds;
    FmEnds ends;
} FixtureEnds;
FixtureEnds fixture_ends(guint32 seed, guint32 n_nodes, gsize n_ends);
void fixture_ends_clear(FixtureEnds *ends);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FixtureEnds, fixture_ends_clear)

/** Cancels at once. */
gboolean fixture_graph_cancel(double fraction, const char *stage, void *user);

#endif
