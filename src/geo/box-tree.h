/* A tree of axis-parallel boxes in up to three dimensions; two-dimensional users leave the third
 * coordinate 0.  It is told boxes and answers with places: who has something in each box puts it
 * into the tree's order, or looks it up there. */
#ifndef FM_BOX_TREE_H
#define FM_BOX_TREE_H

#include <glib.h>

typedef struct {
    double low[3], high[3];
} FmBox;

/** The box of nothing; unite it with others. */
FmBox fm_box_empty(void);
FmBox fm_box_union(FmBox a, FmBox b);

typedef struct {
    gsize n;
    gsize *order; /* order[place] = index of the box as it was given */
    FmBox *nodes; /* nodes[0] holds everything */
} FmBoxTree;

/** @param boxes borrowed for the call, n of them.  O(n log n) */
void fm_box_tree_init(FmBoxTree *tree, const FmBox *boxes, gsize n);
void fm_box_tree_clear(FmBoxTree *tree);

typedef void (*FmBoxVisit)(gsize place, void *user);

/** Visits every place whose box is within sqrt(*limit2) of p, and some beyond; nearer subtrees
 *  first, so that `visit` can lower *limit2 as it learns more. */
void fm_box_tree_near(const FmBoxTree *tree, const double p[3], const double *limit2,
                      FmBoxVisit visit, void *user);

/** Visits every place whose box meets `query`, borders included, and some more. */
void fm_box_tree_overlapping(const FmBoxTree *tree, const FmBox *query, FmBoxVisit visit,
                             void *user);

#endif
