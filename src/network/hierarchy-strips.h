/* From fronts to strips of ranks. */
#ifndef FM_NETWORK_HIERARCHY_STRIPS_H
#define FM_NETWORK_HIERARCHY_STRIPS_H

#include "hierarchy-dissect.h"
#include "hierarchy-internal.h"

/** A front that was contracted, as a matrix (see hierarchy-kernel.h). */
typedef struct {
    double *costs;  /**< n × n */
    guint32 n;      /**< nodes, in the order of contraction */
    guint32 n_own;  /**< of them the front's own, which come first */
    guint32 *ranks; /**< n, falling */
    guint8 *kept;   /**< n_own × n: which ways are hops, or NULL before that is known */
} FmFrontMatrix;

/** Cuts fronts into strips, and gives every node its rank.
 *  @param hierarchy  receives ranks and strips
 *  @param[out] first_strip  by front: its last contracted nodes; its other strips follow
 *  @param[out] ranks  by place in the order of the dissection
 *  @return FALSE when there are more strips than ranks count */
gboolean fm_strips_number(const FmGraph *graph, const FmDissection *dissection,
                          FmHierarchy *hierarchy, guint32 *first_strip, guint32 *ranks);

/** The hops of a front, strip after strip.
 *  @param strips  of the front: receive how many columns and hops they have
 *  @param out     empty; clear it
 *  @return FALSE when there is not enough memory */
gboolean fm_strips_keep(const FmFrontMatrix *matrix, FmStrip *strips, FmColumns *out);

#endif
