/* Which shortcuts a node leaves behind. */
#ifndef FM_NETWORK_WITNESS_H
#define FM_NETWORK_WITNESS_H

#include "remainder.h"

typedef struct {
    guint32 tail, head;
    FmSteps cost;
} FmShortcut;

/** Scratch of one worker. */
typedef struct FmWitness FmWitness;

/** @return transfer full */
FmWitness *fm_witness_new(guint32 n_nodes);
void fm_witness_free(FmWitness *witness);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmWitness, fm_witness_free)

/** The shortcuts that keep all costs as they are when `place`, and every other place that `gone`
 *  marks, is taken out.  The search for ways around it is bounded: one too many does no harm.
 *  @param gone       by place, nonzero = no way around leads over it; NULL when only `place` goes
 *  @param[out] out   GArray of FmShortcut, appended to; NULL just counts, which is quicker and
 *                    less exact
 *  @return how many */
guint32 fm_witness_shortcuts(FmWitness *witness, const FmRemainder *remainder, guint32 place,
                             const guint8 *gone, GArray *out);

#endif
