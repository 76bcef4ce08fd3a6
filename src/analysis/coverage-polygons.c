/* The shapes of reach: a geodesic buffer a facility and distance, their union a distance, clipped
 * to the areas when figures are asked for by area.  Shapes are for maps and for areas of land;
 * people are counted by distance, never by these polygons, whose circles have corners. */
#include "coverage-internal.h"

enum { QUAD_SEGMENTS = 32 }; /* an inscribed 128-gon: 0.04 % less area than the circle */

typedef struct {
    FmCoverage *coverage;
    const FmGeometry *study_area; /* NULL = no clipping */
} DrawJob;

static gboolean circle_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    FmCoverage *coverage = ((DrawJob *)user)->coverage;
    for (gsize f = begin; f < end; f++) {
        if (!coverage->of->geometries[f])
            continue;
        for (gsize l = 0; l < coverage->n_limits; l++) {
            gsize i = f * coverage->n_limits + l;
            coverage->circles[i] = fm_geometry_buffer(coverage->of->geometries[f],
                                                      coverage->limits[l], QUAD_SEGMENTS, error);
            if (!coverage->circles[i]) {
                g_autofree char *id = fm_features_dup_id(coverage->of, f);
                g_prefix_error(error, "layer '%s', row '%s': ", coverage->of->info->name, id);
                return FALSE;
            }
            coverage->circle_areas_m2[i] = fm_geodesic_area_m2(coverage->circles[i]);
        }
    }
    return TRUE;
}

/* Unite the circles of one limit and clip them.  @return FALSE with FM_ERROR_DATA */
static gboolean draw_reach(const DrawJob *job, gsize limit, GError **error)
{
    FmCoverage *coverage = job->coverage;
    gsize n = coverage->of->n;
    g_autofree const FmGeometry **circles = g_new(const FmGeometry *, n);
    for (gsize f = 0; f < n; f++)
        circles[f] = coverage->circles[f * coverage->n_limits + limit];
    GError *failure = NULL;
    g_autoptr(FmGeometry) reach = fm_geometry_union(circles, n, &failure);
    if (failure) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    return fm_coverage_clip(coverage, limit, g_steal_pointer(&reach), job->study_area, error);
}

gboolean fm_coverage_clip(FmCoverage *coverage, gsize limit, FmGeometry *reach,
                          const FmGeometry *study_area, GError **error)
{
    g_autoptr(FmGeometry) whole = reach;
    g_autoptr(FmGeometry) part = NULL;
    if (whole && study_area) {
        GError *failure = NULL;
        part = fm_geometry_intersection(whole, study_area, &failure);
        if (failure) {
            g_propagate_error(error, failure);
            return FALSE;
        }
    } else {
        part = g_steal_pointer(&whole);
    }
    if (part)
        coverage->reach_areas_m2[limit] =
            coverage->ways ? fm_land_area_m2(part) : fm_geodesic_area_m2(part);
    coverage->reach[limit] = g_steal_pointer(&part);
    return TRUE;
}

FmGeometry *fm_coverage_study_area(const FmCoverage *coverage, GError **error)
{
    if (!coverage->areas)
        return NULL;
    const FmFeatures *features = coverage->areas->features;
    FmGeometry *study_area = fm_geometry_union(features->geometries, features->n, error);
    if (!study_area)
        g_prefix_error(error, "layer '%s': ", features->info->name);
    return study_area;
}

static gboolean reach_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    for (gsize l = begin; l < end; l++)
        if (!draw_reach(user, l, error))
            return FALSE;
    return TRUE;
}

static gboolean alloc_shapes(FmCoverage *coverage, GError **error)
{
    gsize n = coverage->of->n * coverage->n_limits;
    coverage->circles = g_try_new0(FmGeometry *, n);
    coverage->circle_areas_m2 = g_try_new0(double, n);
    coverage->reach = g_new0(FmGeometry *, coverage->n_limits);
    coverage->reach_areas_m2 = g_new0(double, coverage->n_limits);
    if (coverage->circles && coverage->circle_areas_m2)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                "no memory for %" G_GSIZE_FORMAT " circles: ask for fewer distances at once", n);
    return FALSE;
}

gboolean fm_coverage_draw(FmCoverage *coverage, const FmProgress *progress, GError **error)
{
    if (!alloc_shapes(coverage, error))
        return FALSE;
    FmProgress circle_slice = fm_progress_slice(progress, 0, 0.4);
    FmProgress reach_slice = fm_progress_slice(progress, 0.4, 1);
    guint n_threads = coverage->options->n_threads;
    g_autoptr(FmGeometry) study_area = fm_coverage_study_area(coverage, error);
    if (coverage->areas && !study_area)
        return FALSE;
    DrawJob job = {coverage, study_area};
    return fm_parallel_for(coverage->of->n, 16, n_threads, circle_chunk, &job, &circle_slice,
                           "drawing reach", error) &&
           fm_parallel_for(coverage->n_limits, 1, n_threads, reach_chunk, &job, &reach_slice,
                           "uniting reach", error);
}
