/* Dense matrices of costs: row i, column j is the cheapest known way from i to j.  Costs are whole
 * numbers of steps in doubles, which are exact below FM_STEPS_MAX; INFINITY is no way. */
#ifndef FM_NETWORK_HIERARCHY_KERNEL_H
#define FM_NETWORK_HIERARCHY_KERNEL_H

#include "graph-internal.h"

/** Let all ways lead over the first `n_over` nodes as well: rows and columns from the n_over-th on
 *  then hold what is left of the graph without them, and their own rows and columns what it cost to
 *  leave and to enter them.  O(n_over n²)
 *  @param costs n × n, row-major, 0 on the diagonal */
void fm_kernel_eliminate(double *costs, gsize n, gsize n_over);

void fm_kernel_transpose(double *costs, gsize n);

gboolean fm_kernel_is_symmetric(const double *costs, gsize n);

/** Which ways out of node `from` to the nodes behind it are needed: those that no other needed one,
 *  and a way on, replaces.
 *  @param row       n numbers of scratch
 *  @param[out] kept n: set to 1 where it is needed, else left as it is */
void fm_kernel_prune(const double *costs, gsize n, gsize from, double *row, guint8 *kept);

#endif
