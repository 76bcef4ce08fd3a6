/** @file contour.h
 *  The outline of the land that belongs to many short segments: what lies within a level of one,
 *  and no nearer to a rival.  Tile by tile of a grid in longitude and latitude, which is anchored
 *  to the globe, so that lines of several levels and of several sets of segments fit into each
 *  other. */
#ifndef FM_CONTOUR_H
#define FM_CONTOUR_H

#include <facmap/geometry.h>

/** A straight segment in longitude (unwrapped: continuous across the antimeridian) and latitude. */
typedef struct {
    FmLonLat a, b;
} FmStroke;

typedef struct {
    double level_m;
    double step_m;                     /**< of the grid, as it is at its latitude */
    double step_lon_deg, step_lat_deg; /**< the same in degrees */
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

/** Strokes, and those that contend with them for the land between.  All borrowed. */
typedef struct {
    const FmStroke *strokes;  /**< each shorter than a few kilometres */
    const FmStroke *rivals;   /**< likewise */
    const gsize *strokes_end; /**< n, ascending: set i is all strokes before strokes_end[i] */
    const gsize *rivals_end;  /**< n, descending: its rivals are all before rivals_end[i] */
    gsize n;                  /**< sets */
} FmContourSets;

/** A grid for a level, fine enough that the line strays by a few hundredths of the level, and that
 *  streets on two banks of a river are told apart. */
FmContourGrid fm_contour_grid(double level_m, double lat_deg);

/** Level lines of sets that grow while their rivals dwindle, so that each line surrounds those
 *  before.  A tile is measured once for all of them, as far as rivals stay the same.
 *  @return transfer full; NULL with FM_ERROR_CANCELLED */
FmContour *fm_contour_new(const FmContourGrid *grid, const FmContourSets *sets, guint n_threads,
                          const FmProgress *progress, GError **error);
void fm_contour_free(FmContour *contour);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmContour, fm_contour_free)

/** The line of one set.
 *  @return transfer full, elements FmContourPiece, their points borrowed from the contour, in an
 *          order that depends on nothing but the strokes and rivals of the set */
GArray *fm_contour_pieces(const FmContour *contour, gsize set);

/** Which holes are filled. */
typedef struct {
    double max_m2; /**< those smaller than this, unless the middle of a rival lies in one */
    double min_m2; /**< then, too, those smaller than this: <= max_m2 */
    const FmStroke *rivals; /**< n_rivals, borrowed */
    gsize n_rivals;
} FmContourHoles;

/** Joins pieces to rings, and rings to polygons.
 *  @return transfer full; NULL when there are no pieces */
FmGeometry *fm_contour_polygons(const GArray *pieces, const FmContourHoles *filled);

/** Metres a degree of longitude and of latitude at a latitude, WGS 84. */
void fm_contour_metres_per_degree(double lat_deg, double *lon_m, double *lat_m);

#endif
