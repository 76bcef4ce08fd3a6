/* Node contraction: an order of the nodes, and for each the hops to those that outlive it. */
#ifndef FM_NETWORK_CONTRACT_H
#define FM_NETWORK_CONTRACT_H

#include "remainder.h"

/** @param[out] order  n_nodes: places in order of contraction
 *  @param[out] out    for each place its hops to places that come later in the order, enough of
 *              them for every cheapest route to be a climb and a descent; clear it
 *  @return FALSE with FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_contract(const FmGraph *graph, guint n_threads, guint32 *order, FmRemainder *out,
                     const FmProgress *progress, GError **error);

#endif
