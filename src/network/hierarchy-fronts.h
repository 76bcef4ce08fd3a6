/* Contraction front by front, along a dissection. */
#ifndef FM_NETWORK_HIERARCHY_FRONTS_H
#define FM_NETWORK_HIERARCHY_FRONTS_H

#include "hierarchy-dissect.h"
#include "hierarchy-internal.h"

/** What contracting the places of a front gives. */
typedef struct {
    guint32 n_above;
    guint32 *above;  /**< places above that the front and what is below it touches: where they stand
                         in the order, ascending */
    double *update;  /**< n_above × n_above: costs between them over what is below */
    guint32 *n_hops; /**< by place of the front */
    guint16 *columns; /**< by hop, place after place: what of the front, then of `above`, it leads
                           to, falling (a rank would take twice the room) */
    FmSteps (*costs)[2]; /**< by hop and FmTravel */
    guint32 first_child, next_sibling;
} FmContracted;

typedef struct {
    guint32 n;
    FmContracted *fronts; /**< as the dissection has them */
} FmFronts;

/** Where a column of a front stands in the order. */
static inline guint32 fm_front_stand(const FmFront *front, const FmContracted *own, guint32 column)
{
    guint32 n_own = front->end - front->begin;
    return column < n_own ? front->begin + column : own->above[column - n_own];
}

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

/** @param fronts  from fm_fronts_find; receives hops, enough of them for every cheapest route to be
 *         a climb and a descent
 *  @return FALSE with FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_fronts_contract(const FmGraph *graph, const FmDissection *dissection, guint n_threads,
                            FmFronts *fronts, const FmProgress *progress, GError **error);

#endif
