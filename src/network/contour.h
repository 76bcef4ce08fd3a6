/** @file contour.h
 *  The level line of the distance to many short segments, tile by tile of a grid in longitude and
 *  latitude.  The grid is anchored to the globe, so that lines of several levels and of several
 *  sets of segments fit into each other. */
#ifndef FM_CONTOUR_H
#define FM_CONTOUR_H

#include <facmap/geometry.h>

/** A straight segment in longitude (unwrapped: continuous across the antimeridian) and latitude. */
typedef struct {
    FmLonLat a, b;
} FmStroke;

typedef struct {
    double level_m;
    double step_lon_deg, step_lat_deg; /**< of the grid */
} FmContourGrid;

/** One step of the level line, from an edge of the grid to another, the inside to its left. */
typedef struct {
    guint64 from, to; /**< edges of the grid; a line never passes an edge twice */
    FmLonLat at;      /**< where it crosses `from` */
} FmContourStep;

/** A grid for a level, fine enough that the line strays by a few hundredths of the level. */
FmContourGrid fm_contour_grid(double level_m, double lat_deg);

/** Level lines of growing sets of strokes, each tile measured once for all of them.
 *  @param strokes  each shorter than a few kilometres
 *  @param set_end  n_sets, ascending: set i is all strokes before set_end[i]
 *  @param[out] out n_sets, transfer full each, elements FmContourStep, in an
 *                 order that depends on nothing but the strokes of the set
 *  @return FALSE with FM_ERROR_CANCELLED; `out` is then untouched */
gboolean fm_contour_steps(const FmContourGrid *grid, const FmStroke *strokes, const gsize *set_end,
                          gsize n_sets, guint n_threads, GArray **out, const FmProgress *progress,
                          GError **error);

/** Joins steps to rings, and rings to polygons.
 *  @param max_hole_m2 smaller holes are filled, with what lies in them
 *  @return transfer full; NULL when there are no steps */
FmGeometry *fm_contour_polygons(const GArray *steps, double max_hole_m2);

/** Metres a degree of longitude and of latitude at a latitude, WGS 84. */
void fm_contour_metres_per_degree(double lat_deg, double *lon_m, double *lat_m);

#endif
