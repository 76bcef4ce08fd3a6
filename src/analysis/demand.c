/* People in a question, and in its answer. */
#include "demand.h"

gboolean fm_demand_require_people(const FmFeatures *demand, const FmWeights *weights,
                                  GError **error)
{
    if (weights->total > 0)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "layer '%s' counts nobody: '%s' adds up to 0 over the %" G_GSIZE_FORMAT
                " rows that pass the filters",
                demand->info->name, weights->column, demand->n);
    return FALSE;
}

double *fm_demand_origin_weights(const FmOrigins *origins, const FmWeights *weights)
{
    double *people = g_new(double, origins->n);
    for (gsize i = 0; i < origins->n; i++)
        people[i] = weights->values[origins->rows[i]];
    return people;
}

double fm_demand_unlocated_people(const FmFeatures *demand, const FmWeights *weights)
{
    double people = 0;
    for (gsize row = 0; row < demand->n; row++)
        if (!demand->geometries[row])
            people += weights->values[row];
    return people;
}

void fm_demand_warn(const FmFeatures *demand, const FmWeights *weights, const char *consequence,
                    FmResult *result)
{
    const char *layer = demand->info->name;
    fm_result_warn_unlocated(result, demand, consequence);
    if (!weights->column)
        fm_result_warn(result,
                       "layer '%s' has no column of people: every row counts as one "
                       "(name the column with --weight)",
                       layer);
    if (weights->n_null > 0)
        fm_result_warn(result, "layer '%s': %" G_GSIZE_FORMAT " %s no '%s' and %s as 0", layer,
                       weights->n_null, weights->n_null == 1 ? "row has" : "rows have",
                       weights->column, weights->n_null == 1 ? "counts" : "count");
}

gboolean fm_demand_put_row(const FmFeatures *demand, const FmWeights *weights, gsize row,
                           FmTable *table, gsize reason)
{
    g_autofree char *id = fm_features_dup_id(demand, row);
    gsize at = fm_table_append_row(table);
    fm_table_set_text(table, FM_DEMAND_ID, at, id);
    fm_table_set_real(table, FM_DEMAND_WEIGHT, at, weights->values[row]);
    if (!demand->geometries[row]) {
        fm_table_set_text(table, reason, at, "no position");
        return FALSE;
    }
    fm_table_set_geometry(table, at, fm_geometry_copy(demand->geometries[row]));
    return TRUE;
}
