/** @file segment-tree-nodes.h
 *  What building a tree of segments (segment-tree-build.c) and searching it (segment-tree.c) share:
 *  how it lies in memory, and how far a geodesic may be from its chord. */
#ifndef FM_SEGMENT_TREE_NODES_H
#define FM_SEGMENT_TREE_NODES_H

#include "segment-tree.h"

/** The least radius of curvature: the meridian's at the equator, rounded down. */
#define FM_SEGMENT_MIN_RADIUS_M 6335439.0
/** Far above the rounding of coordinates (3 nm) and geodesics (15 nm). */
#define FM_SEGMENT_SLACK_M 1e-6

enum {
    FM_SEGMENT_FANOUT = 8,
    FM_SEGMENT_MAX_LEVELS = 16,
};

/** The boxes of so many children, one axis after the other; those that are not there are empty. */
typedef struct {
    double low[3][FM_SEGMENT_FANOUT], high[3][FM_SEGMENT_FANOUT];
} FmSegmentGroup;

struct FmSegmentTree {
    FmSegment *segments;
    gsize n;
    guint n_levels;
    gsize n_groups[FM_SEGMENT_MAX_LEVELS];
    FmSegmentGroup *levels[FM_SEGMENT_MAX_LEVELS]; /**< the children of levels[0] are as many
                                                        segments each */
};

/** How far a geodesic may be from its chord, whose length squared is given. */
static inline double fm_segment_stray_m(double chord2)
{
    /* The geodesic is longer than its chord, by far less than a tenth over a hemisphere's width. */
    return 1.1 / (8 * FM_SEGMENT_MIN_RADIUS_M) * chord2 + FM_SEGMENT_SLACK_M;
}

#endif
