/** @file segment-tree.h
 *  Nearest segments of a road network, in earth-centred coordinates.
 *
 *  The straight chord between two points is never longer than the geodesic between them, and a
 *  geodesic segment never strays further from its own chord than its sagitta.  Every test of this
 *  tree is such a bound, so it never loses the nearest; what is left over is measured by whoever
 *  asks. */
#ifndef FM_SEGMENT_TREE_H
#define FM_SEGMENT_TREE_H

#include "earth-vector.h"

#include <facmap/reach.h>

typedef struct {
    FmVector a, b;
    guint32 edge, segment;
} FmSegment;

typedef struct FmSegmentTree FmSegmentTree;

/** @param segments n, transfer full (g_free)
 *  @return the same for any number of threads */
FmSegmentTree *fm_segment_tree_new(FmSegment *segments, gsize n, guint n_threads);
void fm_segment_tree_free(FmSegmentTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSegmentTree, fm_segment_tree_free)

/** Measures a segment that may matter.  @return geodesic distance to it, m */
typedef double (*FmSegmentVisit)(const FmSegment *segment, void *user);

/** Visits every segment that may be within `within_m` (at most FM_MAX_SNAP_M) of p and no more than
 *  `margin_m` further away than the nearest, and some others. */
void fm_segment_tree_near(const FmSegmentTree *tree, FmVector p, double within_m, double margin_m,
                          FmSegmentVisit visit, void *user);

#endif
