/* Nested dissection: an order of contraction from the shape of the graph alone. */
#ifndef FM_NETWORK_HIERARCHY_DISSECT_H
#define FM_NETWORK_HIERARCHY_DISSECT_H

#include "graph-internal.h"

/** A separator, or a piece too small to be cut: places that are contracted one after another. */
typedef struct {
    guint32 begin, end; /**< in the order */
    guint32 parent;     /**< the separator that cut it off; FM_NODE_NONE: none */
    guint32 depth;      /**< separators above it */
} FmFront;

typedef struct {
    guint32 *order; /**< n_nodes: places in order of contraction */
    GArray *fronts; /**< FmFront: parents before children */
} FmDissection;

void fm_dissection_clear(FmDissection *dissection);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmDissection, fm_dissection_clear)

/** @param[out] out  an arc joins two places of one front, or of a front and one above it, and what
 *              is above stands later in the order; clear it.  The same for any number of threads.
 *  @return FALSE with FM_ERROR_CANCELLED.  O(m log n) where pieces have small separators */
gboolean fm_dissect(const FmGraph *graph, guint n_threads, FmDissection *out,
                    const FmProgress *progress, GError **error);

#endif
