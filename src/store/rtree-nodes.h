/* Where the nodes of an R*Tree go.  Private to rtree*.c. */
#ifndef FACMAP_RTREE_NODES_H
#define FACMAP_RTREE_NODES_H

#include "store-internal.h"

#define FM_RTREE_ROOT 1

typedef struct FmRtreeNodes FmRtreeNodes;

/* Empties a layer's R*Tree and is ready for its nodes; without a root it is damaged.
 * @return transfer full; NULL with FM_ERROR_DATABASE or FM_ERROR_IO */
FmRtreeNodes *fm_rtree_nodes_new(FmWorkspace *workspace, const FmLayerShape *shape, GError **error);
void fm_rtree_nodes_free(FmRtreeNodes *nodes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRtreeNodes, fm_rtree_nodes_free)
/* How many entries a node takes. */
gsize fm_rtree_nodes_fan_out(const FmRtreeNodes *nodes);
/* A number for a node that is not the root. */
gint64 fm_rtree_nodes_next(FmRtreeNodes *nodes);
/* Writes one node, and whose parent it is; *out becomes its entry in the level above.
 * @param depth how many levels are below; 0 for leaves, whose entries are rows */
gboolean fm_rtree_nodes_put(FmRtreeNodes *nodes, gint64 node, const FmRtreeEntry *entries, gsize n,
                            guint depth, FmRtreeEntry *out, GError **error);
/* After the last node: says for each row in which leaf it is. */
gboolean fm_rtree_nodes_finish(FmRtreeNodes *nodes, GError **error);

#endif
