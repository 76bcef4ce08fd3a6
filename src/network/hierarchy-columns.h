/* Hops sorted by the node that they lead to. */
#ifndef FM_NETWORK_HIERARCHY_COLUMNS_H
#define FM_NETWORK_HIERARCHY_COLUMNS_H

#include "graph-internal.h"

/** Columns one after another, and their hops one after another.  Costs are whole numbers of steps
 *  in doubles, exact below FM_STEPS_MAX; INFINITY: that way it is not passable. */
typedef struct {
    gsize n_columns, n_hops;
    gsize column_room, hop_room;
    guint32 *ranks;   /**< by column: where its hops lead */
    guint8 *counts;   /**< by column: how many they are, at least 1 */
    guint8 *tails;    /**< by hop: the node that it leaves, its place in the strip */
    double *costs[2]; /**< by FmTravel and hop: from that node, to it */
} FmColumns;

/** Makes room for that many in all.  @return FALSE when there is not enough memory */
gboolean fm_columns_reserve(FmColumns *columns, gsize n_columns, gsize n_hops);

/** @return FALSE when there is not enough memory, or numbers of 32 bits do not count them */
gboolean fm_columns_append(FmColumns *columns, const FmColumns *more);

void fm_columns_clear(FmColumns *columns);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmColumns, fm_columns_clear)

#endif
