/* What a manifest says about the workspace as a whole. */
#include "load-internal.h"

static gboolean set_crs(FmWorkspace *workspace, FmRun *run, const FmDataset *dataset,
                        GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *current = fm_workspace_get(workspace, "crs", &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (dataset->workspace_crs == NULL || current != NULL) {
        return TRUE;
    }
    g_autoptr(FmCrs) crs = fm_crs_new(dataset->workspace_crs, error);
    if (crs == NULL) {
        g_prefix_error(error, "%s: workspace_crs: ", dataset->path);
        return FALSE;
    }
    if (fm_crs_is_geographic(crs)) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                    "%s: workspace_crs: %s is not a projected system", dataset->path,
                    dataset->workspace_crs);
        return FALSE;
    }
    return fm_run_set(run, "crs", dataset->workspace_crs, error);
}

gboolean fm_dataset_set_properties(FmWorkspace *workspace, FmRun *run, const FmDataset *dataset,
                                   GError **error)
{
    const struct {
        const char *key, *value;
    } properties[] = {
        {"title_en", dataset->title_en}, {"title_zh", dataset->title_zh},
        {"dataset", dataset->name},      {"dataset_date", dataset->date},
        {"licence", dataset->licence},   {"note", dataset->note},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(properties); i++) {
        if (properties[i].value != NULL &&
            !fm_run_set(run, properties[i].key, properties[i].value, error)) {
            return FALSE;
        }
    }
    return set_crs(workspace, run, dataset, error);
}
