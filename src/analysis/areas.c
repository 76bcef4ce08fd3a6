/* Areas: what figures are summed by.  Where areas overlap, the first in the layer counts, so that
 * nobody is counted twice and sums by area add up to the whole. */
#include "analysis-internal.h"

enum { GRAIN = 1024 }; /* positions a chunk */

FmAreas *fm_areas_read(FmWorkspace *workspace, const char *layer, const FmProgress *progress,
                       GError **error)
{
    FmSelection selection = {.layer = layer};
    g_autoptr(FmFeatures) features = fm_features_read(workspace, &selection, progress, error);
    if (!features || !fm_features_require_located(features, "area", error))
        return NULL;
    for (gsize row = 0; row < features->n; row++) {
        const FmGeometry *geometry = features->geometries[row];
        if (!geometry || fm_geometry_dimension(geometry) == 2)
            continue;
        g_autofree char *id = fm_features_dup_id(features, row);
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "layer '%s' cannot be summed by: row '%s' is a %s, not a polygon", layer, id,
                    fm_geometry_type_name(geometry->type));
        return NULL;
    }
    FmAreas *areas = g_new0(FmAreas, 1);
    areas->index = fm_geometry_index_new(features->geometries, features->n);
    areas->features = g_steal_pointer(&features);
    return areas;
}

void fm_areas_free(FmAreas *areas)
{
    if (!areas)
        return;
    fm_geometry_index_free(areas->index);
    fm_features_free(areas->features);
    g_free(areas);
}

typedef struct {
    const FmGeometryIndex *index;
    const FmLonLat *positions;
    gsize *area_of;
} AssignJob;

static gboolean assign_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker, (void)error;
    AssignJob *job = user;
    for (gsize i = begin; i < end; i++)
        job->area_of[i] = fm_geometry_index_containing(job->index, job->positions[i]);
    return TRUE;
}

gboolean fm_areas_assign(const FmAreas *areas, const FmLonLat *positions, gsize n, guint n_threads,
                         gsize *area_of, const FmProgress *progress, GError **error)
{
    AssignJob job = {areas->index, positions, area_of};
    return fm_parallel_for(n, GRAIN, n_threads, assign_chunk, &job, progress, "assigning areas",
                           error);
}
