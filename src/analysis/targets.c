/* Targets: what distances are measured to.  Facilities are nearly always points, and the k-d tree
 * on points answers several times faster than the index of geometries, so it is taken whenever all
 * targets are points.  Both are exact, and both break ties by the lower position. */
#include "analysis-internal.h"

struct FmTargets {
    FmPointIndex *points;    /* or NULL */
    FmGeometryIndex *shapes; /* or NULL */
    FmLonLat *positions;     /* of the indexed points */
    gsize *original;         /* their positions in the caller's array, ascending */
};

static gboolean all_points(const FmGeometry *const *geometries, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (geometries[i] && geometries[i]->type != FM_GEOMETRY_POINT)
            return FALSE;
    return TRUE;
}

FmTargets *fm_targets_new(const FmGeometry *const *geometries, gsize n)
{
    FmTargets *targets = g_new0(FmTargets, 1);
    if (!all_points(geometries, n)) {
        targets->shapes = fm_geometry_index_new(geometries, n);
        return targets;
    }
    targets->positions = g_new(FmLonLat, n);
    targets->original = g_new(gsize, n);
    gsize n_points = 0;
    for (gsize i = 0; i < n; i++) {
        if (!geometries[i])
            continue;
        targets->positions[n_points] = geometries[i]->points[0];
        targets->original[n_points++] = i;
    }
    targets->points = fm_point_index_new(targets->positions, n_points);
    return targets;
}

void fm_targets_free(FmTargets *targets)
{
    if (!targets)
        return;
    fm_point_index_free(targets->points);
    fm_geometry_index_free(targets->shapes);
    g_free(targets->positions);
    g_free(targets->original);
    g_free(targets);
}

void fm_targets_within(const FmTargets *targets, FmLonLat origin, double radius_m, GArray *out)
{
    if (targets->shapes) {
        fm_geometry_index_within(targets->shapes, origin, radius_m, out);
        return;
    }
    guint first = out->len;
    fm_point_index_within(targets->points, origin, radius_m, out);
    for (guint i = first; i < out->len; i++) {
        FmNeighbour *found = &g_array_index(out, FmNeighbour, i);
        found->index = targets->original[found->index];
    }
}

static void shape_bands(const FmTargets *targets, FmLonLat origin, const double *radii_m, gsize n,
                        GArray *out)
{
    g_autoptr(GArray) within = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    fm_geometry_index_within(targets->shapes, origin, radii_m[n - 1], within);
    for (guint i = 0; i < within->len; i++) {
        FmNeighbour found = g_array_index(within, FmNeighbour, i);
        FmBand band = {.index = found.index};
        while (found.distance_m > radii_m[band.band])
            band.band++;
        g_array_append_val(out, band);
    }
}

void fm_targets_bands(const FmTargets *targets, FmLonLat origin, const double *radii_m, gsize n,
                      GArray *out)
{
    if (targets->shapes) {
        shape_bands(targets, origin, radii_m, n, out);
        return;
    }
    guint first = out->len;
    fm_point_index_bands(targets->points, origin, radii_m, n, out);
    for (guint i = first; i < out->len; i++) {
        FmBand *found = &g_array_index(out, FmBand, i);
        found->index = targets->original[found->index];
    }
}

gsize fm_targets_nearest(const FmTargets *targets, FmLonLat origin, gsize k, double max_distance_m,
                         FmNeighbour *out, FmLonLat *positions)
{
    if (targets->shapes)
        return fm_geometry_index_nearest(targets->shapes, origin, k, max_distance_m, out,
                                         positions);
    gsize n = fm_point_index_nearest(targets->points, origin, k, max_distance_m, out);
    for (gsize i = 0; i < n; i++) {
        if (positions)
            positions[i] = targets->positions[out[i].index];
        out[i].index = targets->original[out[i].index];
    }
    return n;
}
