/** @file demand.h
 *  What every question about people says of them in the same way: how many there are, the row that
 *  each demand row has in the result, and what is missing. */
#ifndef FM_ANALYSIS_DEMAND_H
#define FM_ANALYSIS_DEMAND_H

#include "analysis-internal.h"

/** @return FALSE with FM_ERROR_DATA when the rows add up to nobody */
gboolean fm_demand_require_people(const FmFeatures *demand, const FmWeights *weights,
                                  GError **error);
/** People of each origin.  @return transfer full (g_free) */
double *fm_demand_origin_weights(const FmOrigins *origins, const FmWeights *weights);
/** People whose row has no position. */
double fm_demand_unlocated_people(const FmFeatures *demand, const FmWeights *weights);

/** Warn of rows without a position, and of what the count of people lacks.
 *  @param consequence what having no position means for the figures */
void fm_demand_warn(const FmFeatures *demand, const FmWeights *weights, const char *consequence,
                    FmResult *result);

/** The columns that begin every layer of demand rows: `demand_id` and `weight`. */
enum { FM_DEMAND_ID, FM_DEMAND_WEIGHT, FM_DEMAND_N_COLUMNS };
#define FM_DEMAND_COLUMNS                                                                          \
    {"demand_id", FM_COLUMN_TEXT, "Demand", "需求点编号", NULL},                                   \
    {                                                                                              \
        "weight", FM_COLUMN_REAL, "People", "人口", "people"                                       \
    }

/** Append a demand row: id, people, and its position or the reason why it has none.
 *  @param reason column  @return whether it has a position: it is the next origin */
gboolean fm_demand_put_row(const FmFeatures *demand, const FmWeights *weights, gsize row,
                           FmTable *table, gsize reason);

#endif
