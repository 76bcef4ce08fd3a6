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

/** Level lines of growing sets of strokes, in pieces that were joined within each tile. */
typedef struct FmContour FmContour;

/** A piece of a level line, the inside to its left. */
typedef struct {
    guint64 from, to; /**< edges of the grid that it begins at and ends at; a line never passes an
                           edge twice, and a piece that ends where it began is a ring */
    const FmLonLat *points; /**< n: where it crosses `from`, and on, without `to` */
    guint32 n;
} FmContourPiece;

/** A grid for a level, fine enough that the line strays by a few hundredths of the level. */
FmContourGrid fm_contour_grid(double level_m, double lat_deg);

/** Level lines of growing sets of strokes, each tile measured once for all of them.
 *  @param strokes  each shorter than a few kilometres
 *  @param set_end  n_sets, ascending: set i is all strokes before set_end[i]
 *  @return transfer full; NULL with FM_ERROR_CANCELLED */
FmContour *fm_contour_new(const FmContourGrid *grid, const FmStroke *strokes, const gsize *set_end,
                          gsize n_sets, guint n_threads, const FmProgress *progress,
                          GError **error);
void fm_contour_free(FmContour *contour);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmContour, fm_contour_free)

/** The line of one set.
 *  @return transfer full, elements FmContourPiece, their points borrowed from the contour, in an
 *          order that depends on nothing but the strokes of the set */
GArray *fm_contour_pieces(const FmContour *contour, gsize set);

/** Joins pieces to rings, and rings to polygons.
 *  @param max_hole_m2 smaller holes are filled, with what lies in them
 *  @return transfer full; NULL when there are no pieces */
FmGeometry *fm_contour_polygons(const GArray *pieces, double max_hole_m2);

/** Metres a degree of longitude and of latitude at a latitude, WGS 84. */
void fm_contour_metres_per_degree(double lat_deg, double *lon_m, double *lat_m);

#endif
