/* The nearest end of every node: the case k = 1 of fm_graph_nearest, whose parameters it has. */
#ifndef FM_NETWORK_NEAREST_ONE_H
#define FM_NETWORK_NEAREST_ONE_H

#include "graph-internal.h"

gboolean fm_graph_nearest_one(const FmGraph *graph, FmTravel travel, const FmEnds *ends,
                              double limit, guint n_threads, FmReached *out,
                              const FmProgress *progress, GError **error);

#endif
