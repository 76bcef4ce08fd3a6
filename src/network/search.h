/* What one worker of a search carries from one search to the next. */
#ifndef FM_NETWORK_SEARCH_H
#define FM_NETWORK_SEARCH_H

#include "queue.h"

#define FM_STEPS_UNSEEN G_MAXUINT64

/** Scratch for searches from one end at a time.  Between searches every entry of `cost` is
 *  FM_STEPS_UNSEEN: whoever searches puts back what it touched. */
typedef struct {
    FmSteps *cost; /**< by place: cheapest so far */
    FmQueue queue;
    FmSeed *reached; /**< the answer: n_nodes */
} FmSearch;

/** @return transfer full */
FmSearch *fm_search_new(const FmGraph *graph);
void fm_search_free(FmSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSearch, fm_search_free)

/** All nodes within `limit` of the seeds, into search->reached, ascending by (cost, node).
 *  @return how many */
gsize fm_search_reach(FmSearch *search, const FmGraph *graph, FmTravel travel, const FmSeed *seeds,
                      gsize n_seeds, FmSteps limit);

#endif
