/* The map frame: the projection from the Earth to the page.
 *
 * The frame shows a projected CRS at one scale, north of the grid up, no rotation, so that page and
 * CRS differ by a shift and a factor and a world file can say where each pixel is. */
#ifndef FACMAP_RENDER_FRAME_H
#define FACMAP_RENDER_FRAME_H

#include "sheet.h"

#include <facmap/geo.h>

/* Bounds in the frame's CRS, metres; empty when min > max. */
typedef struct {
    double min_x_m, min_y_m, max_x_m, max_y_m;
} FmBounds;

#define FM_BOUNDS_EMPTY ((FmBounds){G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE})

typedef struct {
    FmCrs *crs;
    FmTransform *forward; /* from EPSG:4326; belongs to the thread that made the frame */
    FmTransform *inverse;
    FmPageRect rect;
    FmXY centre;            /* shown at the middle of rect */
    double m_per_px;        /* metres of the CRS a CSS px */
    FmLonLat centre_deg;    /* the same place */
    double ground_ratio;    /* geodesic metres a metre of the CRS at the centre */
    double ground_m_per_px; /* geodesic metres a CSS px at the centre: what scale bars and people
                               mean */
    double scale_denominator;
    double fitted_denominator; /* the least at which the rect shows what was fitted */
    double zoom;               /* Web-Mercator zoom of this ground scale, 512-px tiles */
    double convergence_deg;    /* true north, clockwise from the page's up, at the centre */
} FmFrame;

/* A frame without a place yet.
 * Returns NULL with FM_ERROR_CRS: unknown, or not projected. */
FmFrame *fm__frame_new(const char *crs, GError **error);
/* Another frame in the same CRS, without its place and scale: cheap, for PROJ need not find the
 * transformation again. */
FmFrame *fm__frame_copy(const FmFrame *frame, GError **error);
void fm__frame_free(FmFrame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmFrame, fm__frame_free)

/* Unite the projected bounds of a geometry into `bounds`.  Returns FALSE with FM_ERROR_CRS. */
gboolean fm__frame_extend(const FmFrame *frame, const FmGeometry *geometry, FmBounds *bounds,
                          GError **error);

/* Fit the bounds, padded by pad_ratio of their size on each side, into the sheet's map box; the
 * scale is then rounded to the next smaller one that people use.  Returns FALSE with FM_ERROR_CRS
 * or FM_ERROR_DATA (bounds empty). */
gboolean fm__frame_fit(FmFrame *frame, const FmSheet *sheet, FmBounds bounds, double pad_ratio,
                       GError **error);

/* Give a fitted frame another scale: this one exactly, at its centre. */
void fm__frame_set_scale(FmFrame *frame, const FmSheet *sheet, double denominator);

/* The place and scale of another frame of the same CRS. */
void fm__frame_copy_place(FmFrame *frame, const FmFrame *from);

static inline FmPagePoint fm__frame_to_page(const FmFrame *frame, double x_m, double y_m)
{
    return (FmPagePoint){
        frame->rect.x_px + frame->rect.width_px / 2 + (x_m - frame->centre.x_m) / frame->m_per_px,
        frame->rect.y_px + frame->rect.height_px / 2 - (y_m - frame->centre.y_m) / frame->m_per_px};
}

static inline FmXY fm__frame_from_page(const FmFrame *frame, FmPagePoint p)
{
    return (FmXY){frame->centre.x_m +
                      (p.x_px - frame->rect.x_px - frame->rect.width_px / 2) * frame->m_per_px,
                  frame->centre.y_m -
                      (p.y_px - frame->rect.y_px - frame->rect.height_px / 2) * frame->m_per_px};
}

/* One position to the page and back.  Return FALSE with FM_ERROR_CRS where the projection ends. */
gboolean fm__frame_project(const FmFrame *frame, FmLonLat position, FmPagePoint *out,
                           GError **error);
gboolean fm__frame_unproject(const FmFrame *frame, FmPagePoint p, FmLonLat *out, GError **error);

#endif
