/* What one worker of a search carries from one search to the next. */
#ifndef FM_NETWORK_SEARCH_H
#define FM_NETWORK_SEARCH_H

#include "queue.h"

#define FM_STEPS_UNSEEN G_MAXUINT64

/** What a search asks of a place whenever it meets it, on one cache line. */
typedef struct {
    FmSteps cost;  /**< cheapest so far */
    guint32 first; /**< as in FmLinks */
} FmSearchNode;

/** Scratch for searches from one end at a time, all the same way.  Between searches every cost is
 *  FM_STEPS_UNSEEN: whoever searches puts back what it touched. */
typedef struct {
    const FmGraph *graph; /**< borrowed */
    const FmLink *links;
    FmSearchNode *nodes; /**< by place: n_nodes + 1 */
    FmQueue queue;
    FmSeed *reached; /**< the answer: n_nodes */
} FmSearch;

/** @param graph borrowed until fm_search_free  @return transfer full */
FmSearch *fm_search_new(const FmGraph *graph, FmTravel travel);
void fm_search_free(FmSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSearch, fm_search_free)

/** All nodes within `limit` of the seeds, into search->reached, ascending by (cost, node).
 *  @return how many */
gsize fm_search_reach(FmSearch *search, const FmSeed *seeds, gsize n_seeds, FmSteps limit);

#endif
