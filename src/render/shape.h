/* Geometry on the page: projected, cut to the frame, and thinned to what the eye can see. */
#ifndef FACMAP_RENDER_SHAPE_H
#define FACMAP_RENDER_SHAPE_H

#include "frame.h"

#include <cairo.h>

/* The visible part of one geometry.  Paths as in FmGeometry: points, lines or rings; rings are not
 * told apart into outer and inner, for they are filled by the even-odd rule.  n_paths is 0 when
 * nothing is visible.  The arrays may lie in one block with the shape: neither is freed or replaced
 * by itself. */
typedef struct {
    guint dimension; /* 0 points, 1 lines, 2 areas */
    gsize n_points, n_paths;
    FmPagePoint *points;
    gsize *path_end;
} FmShape;

void fm__shape_free(FmShape *shape);
/* An array of them, which may have NULLs. */
void fm__shapes_free(FmShape **shapes, gsize n);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmShape, fm__shape_free)

/* Arrays that serve shape after shape; of one thread. */
typedef struct {
    GArray *points;     /* FmPagePoint, of the shape in the making */
    GArray *path_end;   /* gsize */
    GArray *path, *cut; /* FmPagePoint, of the path that is worked on */
} FmShapeScratch;

void fm__shape_scratch_init(FmShapeScratch *scratch);
void fm__shape_scratch_clear(FmShapeScratch *scratch);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmShapeScratch, fm__shape_scratch_clear)

/* Project, clip and thin.
 * transform: from EPSG:4326 to the frame's CRS, of this thread (frame->forward is the frame's own)
 * clip:      page box; cut edges of areas run along it, so give it some room beyond what is seen
 * Returns NULL with FM_ERROR_CRS. */
FmShape *fm__shape_new(FmShapeScratch *scratch, const FmFrame *frame, const FmTransform *transform,
                       const FmGeometry *geometry, const FmPageRect *clip, GError **error);

/* The part of a shape inside a box. */
FmShape *fm__shape_clip(const FmShape *shape, const FmPageRect *clip);

/* Add the paths to cairo's current path; rings are closed. */
void fm__shape_trace(const FmShape *shape, cairo_t *cr);

/* The shape moved sideways by `offset_px` (positive: to the right of the direction of travel), for
 * line-offset.  Corners are mitred, at most to twice the offset. */
FmShape *fm__shape_offset(const FmShape *shape, double offset_px);

/* The inner point furthest from the outline: where a name sits best.  Pole of inaccessibility by
 * quadtree bound (Garcia-Castellanos & Lombardo 2007, doi:10.1080/14702540801897809; search in the
 * manner of Agafonkin's polylabel), to within `precision_px`.
 * covers: boxes that hide a part of the area
 * Returns the distance to the outline, or 0 when nothing of an area is seen (`out` is then
 * untouched). */
double fm__shape_pole(const FmShape *shape, const FmPageRect *covers, gsize n_covers,
                      double precision_px, FmPagePoint *out);
/* How far inside a point lies: distance to the outline or to the nearest cover; not above 0 outside
 * of the area and under a cover. */
double fm__shape_depth_px(const FmShape *shape, const FmPageRect *covers, gsize n_covers,
                          FmPagePoint p);
/* The box around all points; of no size for a shape without any. */
FmPageRect fm__shape_bounds(const FmShape *shape);

/* Does an area hold a point, by the even-odd rule? */
gboolean fm__shape_holds(const FmShape *shape, FmPagePoint p);

/* The longest path by length; `begin` and `end` as for arrays.  The shape has at least one. */
void fm__shape_longest_path(const FmShape *shape, gsize *begin, gsize *end);
/* The middle of the longest path, by length along it. */
FmPagePoint fm__shape_middle(const FmShape *shape);

#endif
