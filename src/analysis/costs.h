/** @file costs.h
 *  What travel costs by a table that was loaded (kind `costs`: from_id, to_id, and cost_s, cost_m
 *  or cost), so that a matrix that was computed elsewhere serves any analysis.  A pair that is not
 *  there cannot be travelled. */
#ifndef FM_ANALYSIS_COSTS_H
#define FM_ANALYSIS_COSTS_H

#include "analysis-internal.h"

typedef struct {
    FmLayerInfo *info;
    const char *title_en, *title_zh;
    const char *column; /**< that costs are read from */
    gsize n_origins;
    gsize *first;     /**< n_origins + 1 */
    FmReached *pairs; /**< by origin: targets and costs, ascending (cost, target) */
    gsize n_foreign;  /**< rows whose ids are no row of either side */
    gsize n_null;     /**< rows without a cost */
    gsize n_double;   /**< rows that say again what another one said */
} FmCosts;

/** Whether `via` names such a table.  @param[out] is  @return FALSE with FM_ERROR_DATABASE */
gboolean fm_costs_named(FmWorkspace *workspace, const FmVia *via, gboolean *is, GError **error);

/** @param kind    seconds or metres
 *  @param origins those of `from`, the answers are given for them
 *  @return transfer full (fm_costs_free); NULL with FM_ERROR_USAGE (an option that is about roads,
 *           a column that is not there, or has the other unit), FM_ERROR_DATA (a row without an id,
 *           a negative cost, two costs for one pair, no row that fits) or FM_ERROR_DATABASE */
FmCosts *fm_costs_read(FmWorkspace *workspace, const FmVia *via, FmLimitKind kind,
                       const FmFeatures *from, const FmOrigins *origins, const FmFeatures *targets,
                       const FmProgress *progress, GError **error);
void fm_costs_free(FmCosts *costs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCosts, fm_costs_free)

/** "no cost in 'table'".  @return transfer full (g_free) */
char *fm_costs_reason(const FmCosts *costs);
/** A title and how people travel: "3 km (by car)", the title itself in a straight line.
 *  @param title transfer full  @param ways,costs at most one; NULL in a straight line
 *  @return transfer full (g_free) */
char *fm_title_with_way(char *title, const FmWays *ways, const FmCosts *costs, FmLang lang);

/** What was left out. */
void fm_costs_warn(const FmCosts *costs, FmLimitKind kind, FmResult *result);

#endif
