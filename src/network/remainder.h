/* What is left of a graph while it is contracted: nodes with their neighbours and the cheapest cost
 * each way.  A node that is taken out keeps its list, which then is final. */
#ifndef FM_NETWORK_REMAINDER_H
#define FM_NETWORK_REMAINDER_H

#include "hierarchy-internal.h"

/** The hops of a place; `rank` in them is a place as long as there are no ranks. */
typedef struct {
    FmHop *hops; /**< in the arena, or an allocation of its own once it has outgrown its room */
    guint32 n, room;
    gboolean own;
} FmNeighbours;

typedef struct {
    guint32 n_nodes;
    FmNeighbours *neighbours; /**< by place */
    FmHop *arena;
} FmRemainder;

/** @return FALSE when there is not enough memory; clear it in either case */
gboolean fm_remainder_init(FmRemainder *remainder, const FmGraph *graph);
void fm_remainder_clear(FmRemainder *remainder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmRemainder, fm_remainder_clear)

/** A shortcut: what it cost before stays if it was cheaper. */
void fm_remainder_join(FmRemainder *remainder, guint32 tail, guint32 head, FmSteps cost);
/** Take a place out of the lists of its neighbours. */
void fm_remainder_take_out(FmRemainder *remainder, guint32 place);

#endif
