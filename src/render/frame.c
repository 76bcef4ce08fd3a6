/* The projection from the Earth to the page, and the round scale of the map. */
#include "frame.h"

#include <math.h>

/* Circumference of the Web-Mercator sphere and the tile size that MapLibre counts zoom by. */
#define MERCATOR_CIRCUMFERENCE_M 40075016.68557849
#define TILE_PX 512.0
#define MM_PER_INCH 25.4

FmFrame *fm__frame_new(const char *definition, GError **error)
{
    g_autoptr(FmFrame) frame = g_new0(FmFrame, 1);
    frame->crs = fm_crs_new(definition, error);
    if (!frame->crs)
        return NULL;
    if (fm_crs_is_geographic(frame->crs)) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                    "%s is in degrees: a map is drawn in a projected CRS", definition);
        return NULL;
    }
    g_autoptr(FmCrs) wgs84 = fm_crs_new("EPSG:4326", error);
    if (!wgs84)
        return NULL;
    frame->forward = fm_transform_new(wgs84, frame->crs, error);
    if (!frame->forward)
        return NULL;
    frame->inverse = fm_transform_inverse(frame->forward, error);
    if (!frame->inverse)
        return NULL;
    return g_steal_pointer(&frame);
}

FmFrame *fm__frame_copy(const FmFrame *frame, GError **error)
{
    g_autoptr(FmFrame) copy = g_new0(FmFrame, 1);
    copy->crs = fm_crs_new(fm_crs_definition(frame->crs), error);
    copy->forward = copy->crs ? fm_transform_copy(frame->forward, error) : NULL;
    copy->inverse = copy->forward ? fm_transform_copy(frame->inverse, error) : NULL;
    return copy->inverse ? g_steal_pointer(&copy) : NULL;
}

void fm__frame_free(FmFrame *frame)
{
    if (!frame)
        return;
    fm_transform_free(frame->forward);
    fm_transform_free(frame->inverse);
    fm_crs_free(frame->crs);
    g_free(frame);
}

gboolean fm__frame_extend(const FmFrame *frame, const FmGeometry *geometry, FmBounds *bounds,
                          GError **error)
{
    for (gsize i = 0; i < geometry->n_points; i++) {
        double xy[1][2] = {{geometry->points[i].lon_deg, geometry->points[i].lat_deg}};
        if (!fm_transform_apply(frame->forward, xy, 1, error))
            return FALSE;
        bounds->min_x_m = MIN(bounds->min_x_m, xy[0][0]);
        bounds->min_y_m = MIN(bounds->min_y_m, xy[0][1]);
        bounds->max_x_m = MAX(bounds->max_x_m, xy[0][0]);
        bounds->max_y_m = MAX(bounds->max_y_m, xy[0][1]);
    }
    return TRUE;
}

gboolean fm__frame_project(const FmFrame *frame, FmLonLat position, FmPagePoint *out,
                           GError **error)
{
    double xy[1][2] = {{position.lon_deg, position.lat_deg}};
    if (!fm_transform_apply(frame->forward, xy, 1, error))
        return FALSE;
    *out = fm__frame_to_page(frame, xy[0][0], xy[0][1]);
    return TRUE;
}

gboolean fm__frame_unproject(const FmFrame *frame, FmPagePoint p, FmLonLat *out, GError **error)
{
    FmXY position = fm__frame_from_page(frame, p);
    double xy[1][2] = {{position.x_m, position.y_m}};
    if (!fm_transform_apply(frame->inverse, xy, 1, error))
        return FALSE;
    *out = (FmLonLat){xy[0][0], xy[0][1]};
    return TRUE;
}

/* The smallest denominator of the usual ones that is not below `least`. */
static double round_scale(double least)
{
    static const double steps[] = {1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10};
    double power = pow(10, floor(log10(least)));
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
        if (steps[i] * power >= least * (1 - 1e-9))
            return steps[i] * power;
    return 10 * power;
}

/* Geodesic metres a metre of the grid at the centre, over a kilometre across it, and the bearing of
 * the grid's north there. */
static gboolean measure_grid(FmFrame *frame, double *ground_ratio, GError **error)
{
    const double half_m = 500;
    double xy[3][2] = {{frame->centre.x_m, frame->centre.y_m},
                       {frame->centre.x_m - half_m, frame->centre.y_m},
                       {frame->centre.x_m + half_m, frame->centre.y_m}};
    double up[1][2] = {{frame->centre.x_m, frame->centre.y_m + half_m}};
    if (!fm_transform_apply(frame->inverse, xy, 3, error) ||
        !fm_transform_apply(frame->inverse, up, 1, error))
        return FALSE;
    frame->centre_deg = (FmLonLat){xy[0][0], xy[0][1]};
    FmLonLat west = {xy[1][0], xy[1][1]}, east = {xy[2][0], xy[2][1]};
    *ground_ratio = fm_geodesic_distance_m(west, east) / (2 * half_m);
    double grid_north_deg = 0;
    fm_geodesic_inverse(frame->centre_deg, (FmLonLat){up[0][0], up[0][1]}, &grid_north_deg);
    /* The grid's north lies at this bearing, so true north lies as far to the other side. */
    frame->convergence_deg = grid_north_deg > 180 ? 360 - grid_north_deg : -grid_north_deg;
    return TRUE;
}

/* Ground metres a CSS px at 1:1; on paper a px of the design is not always 1/96 inch long. */
static double m_per_denominator(const FmSheet *sheet)
{
    return MM_PER_INCH / 1000 / FM_PX_PER_INCH * sheet->type_scale;
}

gboolean fm__frame_fit(FmFrame *frame, const FmSheet *sheet, FmBounds bounds, double pad_ratio,
                       GError **error)
{
    FmPageRect rect = sheet->frame;
    if (bounds.min_x_m > bounds.max_x_m) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "nothing to show: the layers of the map's extent have no positions");
        return FALSE;
    }
    /* A single point still needs some surroundings. */
    const double least_m = 1000;
    double width_m = MAX((bounds.max_x_m - bounds.min_x_m) * (1 + 2 * pad_ratio), least_m);
    double height_m = MAX((bounds.max_y_m - bounds.min_y_m) * (1 + 2 * pad_ratio), least_m);
    frame->rect = rect;
    frame->centre =
        (FmXY){(bounds.min_x_m + bounds.max_x_m) / 2, (bounds.min_y_m + bounds.max_y_m) / 2};
    double ground_ratio = 1;
    if (!measure_grid(frame, &ground_ratio, error))
        return FALSE;
    frame->ground_ratio = ground_ratio;
    double fit_m_per_px = MAX(width_m / rect.width_px, height_m / rect.height_px);
    frame->fitted_denominator = fit_m_per_px * ground_ratio / m_per_denominator(sheet);
    fm__frame_set_scale(frame, sheet, round_scale(frame->fitted_denominator));
    return TRUE;
}

void fm__frame_set_scale(FmFrame *frame, const FmSheet *sheet, double denominator)
{
    frame->scale_denominator = denominator;
    frame->ground_m_per_px = denominator * m_per_denominator(sheet);
    frame->m_per_px = frame->ground_m_per_px / frame->ground_ratio;
    double at_latitude_m = MERCATOR_CIRCUMFERENCE_M * cos(frame->centre_deg.lat_deg * G_PI / 180);
    frame->zoom = log2(at_latitude_m / (TILE_PX * frame->ground_m_per_px));
}

void fm__frame_copy_place(FmFrame *frame, const FmFrame *from)
{
    FmFrame own = *frame;
    *frame = *from;
    frame->crs = own.crs;
    frame->forward = own.forward;
    frame->inverse = own.inverse;
}
