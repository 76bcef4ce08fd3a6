/* Turned rectangles on the page and a grid that finds those in the way. */
#ifndef FACMAP_RENDER_LABEL_BOX_H
#define FACMAP_RENDER_LABEL_BOX_H

#include "page-space.h"

/* A rectangle about its centre, turned by an angle whose cosine and sine are given. */
typedef struct {
    double cx_px, cy_px, half_width_px, half_height_px;
    double cos_angle, sin_angle;
} FmTurnedBox;

FmTurnedBox fm__turned_box(FmPageRect rect);
/* Turned by `angle_rad` (clockwise on the page) about a pivot. */
FmTurnedBox fm__turned_box_rotated(FmPageRect rect, FmPagePoint pivot, double angle_rad);
/* The stroke of a segment. */
FmTurnedBox fm__turned_box_segment(FmPagePoint a, FmPagePoint b, double half_width_px);
/* Larger by that much on every side. */
FmTurnedBox fm__turned_box_grow(FmTurnedBox box, double by_px);
FmPageRect fm__turned_box_bounds(const FmTurnedBox *box);
/* Do they share more than a border?  Separating axes (Gottschalk, Lin & Manocha 1996). */
gboolean fm__turned_boxes_overlap(const FmTurnedBox *a, const FmTurnedBox *b);

/* Boxes with an owner, found by place.  Uniform cells: labels are of one order of size. */
typedef struct FmBoxGrid FmBoxGrid;

FmBoxGrid *fm__box_grid_new(FmPageRect frame, double cell_px);
void fm__box_grid_free(FmBoxGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmBoxGrid, fm__box_grid_free)

void fm__box_grid_add(FmBoxGrid *grid, const FmTurnedBox *box, gsize owner);
/* Remove all boxes of `owner` that lie where `box` does. */
void fm__box_grid_remove(FmBoxGrid *grid, const FmTurnedBox *box, gsize owner);
/* Call `visit` for the owner of each box that overlaps; an owner may come more than once.  Stops
 * when it returns FALSE.  Returns FALSE when it was stopped. */
gboolean fm__box_grid_visit(const FmBoxGrid *grid, const FmTurnedBox *box,
                            gboolean (*visit)(gsize owner, void *user), void *user);

#endif
