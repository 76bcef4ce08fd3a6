/* The layout that the search trees share: things are permuted so that every subtree is one range,
 * halved at its middle until few are left.  Node i has the children 2i + 1 and 2i + 2, of which the
 * first has the lower half, rounded down. */
#ifndef FM_HALVING_H
#define FM_HALVING_H

#include "ellipsoid-internal.h"

#define FM_LEAF_SIZE 8

typedef struct {
    FmEcef at;
    gsize index; /* in the caller's array */
} FmPlaced;

/** Nodes that have children, in a tree that is everywhere as deep as it must be for n things. */
gsize fm_halving_inner_nodes(gsize n);

/** Arranges n >= 2 things so that along the axis of their largest extent those before n / 2 are not
 *  above, and those behind not below, the one at n / 2.  @return the axis.  O(n) */
guint fm_halving_arrange(FmPlaced *placed, gsize n);

#endif
