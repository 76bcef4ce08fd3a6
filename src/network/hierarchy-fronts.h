/* Contraction front by front, along a dissection. */
#ifndef FM_NETWORK_HIERARCHY_FRONTS_H
#define FM_NETWORK_HIERARCHY_FRONTS_H

#include "hierarchy-strips.h"

/** A front while it is contracted. */
typedef struct {
    guint32 n_above;
    guint32 *above;    /**< places above that the front and what is below it touches: where they
                           stand in the order, ascending */
    double *update;    /**< n_above × n_above: costs between them over what is below */
    FmColumns columns; /**< its hops, strip after strip */
    guint32 first_child, next_sibling;
} FmContracted;

typedef struct {
    guint32 n;
    FmContracted *fronts; /**< as the dissection has them */
} FmFronts;

void fm_fronts_clear(FmFronts *fronts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmFronts, fm_fronts_clear)

/** Which places above every front touches.
 *  @param[out] out  clear it
 *  @return FALSE with FM_ERROR_CANCELLED */
gboolean fm_fronts_find(const FmGraph *graph, const FmDissection *dissection, guint n_threads,
                        FmFronts *out, GError **error);

/** Whether fm_fronts_contract would take no more than `work_most` steps, and reasonable memory:
 *  it does unless separators are large. */
gboolean fm_fronts_are_small(const FmFronts *fronts, const FmDissection *dissection,
                             double work_most);

/** @param fronts     from fm_fronts_find; used up
 *  @param hierarchy  receives ranks, strips and hops, enough of them for every cheapest route to be
 *                    a climb and a descent
 *  @return FALSE with FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_fronts_contract(const FmGraph *graph, const FmDissection *dissection, guint n_threads,
                            FmFronts *fronts, FmHierarchy *hierarchy, const FmProgress *progress,
                            GError **error);

#endif
