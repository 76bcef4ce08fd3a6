/* The pole of inaccessibility of an area: the point deepest inside.  Squares that cover the area
 * are quartered, the most promising first, until none can hold a point that is deeper by more than
 * the precision (the problem: Garcia-Castellanos & Lombardo 2007, doi:10.1080/14702540801897809;
 * branch and bound: Land & Doig 1960, doi:10.2307/1910129).  Each square costs a walk along the
 * outline; there are some hundreds whatever the number of corners. */
#include "shape.h"

#include <math.h>

/* Across the shorter side there is one square; a sliver gets a bounded number of larger ones. */
#define SQUARES_MAX 256.0

/* The area whose heart is sought. */
typedef struct {
    const FmShape *shape;
    const FmPageRect *covers;
    gsize n_covers;
} Area;

/* A square of the search: no point in it is further inside than `most`. */
typedef struct {
    FmPagePoint centre;
    double half_px, distance_px, most_px;
} Cell;

static Cell cell_at(const Area *area, double x_px, double y_px, double half_px)
{
    Cell cell = {{x_px, y_px}, half_px, 0, 0};
    cell.distance_px = fm__shape_depth_px(area->shape, area->covers, area->n_covers, cell.centre);
    cell.most_px = cell.distance_px + half_px * G_SQRT2;
    return cell;
}

/* ---- the queue -------------------------------------------------------------------------- */

/* Ties by position, for one fixed answer. */
static gboolean promises_more(const Cell *p, const Cell *q)
{
    if (p->most_px != q->most_px)
        return p->most_px > q->most_px;
    if (p->centre.x_px != q->centre.x_px)
        return p->centre.x_px > q->centre.x_px;
    return p->centre.y_px > q->centre.y_px;
}

/* A binary heap (Williams 1964, doi:10.1145/512274.512284) in an array: the children of i are at
 * 2 i + 1 and 2 i + 2, and none promises more than its parent. */
static void heap_push(GArray *heap, Cell cell)
{
    g_array_append_val(heap, cell);
    Cell *cells = (Cell *)(void *)heap->data;
    guint i = heap->len - 1;
    for (; i > 0 && promises_more(&cell, &cells[(i - 1) / 2]); i = (i - 1) / 2)
        cells[i] = cells[(i - 1) / 2];
    cells[i] = cell;
}

/* Take the most promising; the heap is not empty. */
static Cell heap_pop(GArray *heap)
{
    Cell *cells = (Cell *)(void *)heap->data;
    const Cell top = cells[0], last = cells[heap->len - 1];
    g_array_set_size(heap, heap->len - 1);
    guint i = 0;
    for (guint child = 1; child < heap->len; child = 2 * i + 1) {
        if (child + 1 < heap->len && promises_more(&cells[child + 1], &cells[child]))
            child++;
        if (!promises_more(&cells[child], &last))
            break;
        cells[i] = cells[child];
        i = child;
    }
    if (heap->len > 0)
        cells[i] = last;
    return top;
}

/* ---- the search ------------------------------------------------------------------------- */

static void cover_box(const Area *area, FmPageRect box, GArray *heap)
{
    double size =
        MAX(MIN(box.width_px, box.height_px), MAX(box.width_px, box.height_px) / SQUARES_MAX);
    guint across = (guint)ceil(box.width_px / size), down = (guint)ceil(box.height_px / size);
    for (guint i = 0; i < across; i++)
        for (guint k = 0; k < down; k++)
            heap_push(heap, cell_at(area, box.x_px + (i + 0.5) * size, box.y_px + (k + 0.5) * size,
                                    size / 2));
}

static void quarter(const Area *area, const Cell *cell, double enough_px, GArray *heap)
{
    const double half = cell->half_px / 2;
    for (int k = 0; k < 4; k++) {
        Cell child = cell_at(area, cell->centre.x_px + (k & 1 ? half : -half),
                             cell->centre.y_px + (k & 2 ? half : -half), half);
        if (child.most_px > enough_px)
            heap_push(heap, child);
    }
}

double fm__shape_pole(const FmShape *shape, const FmPageRect *covers, gsize n_covers,
                      double precision_px, FmPagePoint *out)
{
    const Area area = {shape, covers, n_covers};
    if (shape->dimension != 2 || shape->n_paths == 0)
        return 0;
    FmPageRect box = fm__shape_bounds(shape);
    if (box.width_px <= 0 || box.height_px <= 0)
        return 0;
    g_autoptr(GArray) heap = g_array_new(FALSE, FALSE, sizeof(Cell));
    cover_box(&area, box, heap);
    /* A place outside is none, however near. */
    Cell best = cell_at(&area, box.x_px + box.width_px / 2, box.y_px + box.height_px / 2, 0);
    while (heap->len > 0) {
        const Cell cell = heap_pop(heap);
        if (cell.distance_px > best.distance_px)
            best = cell;
        const double enough_px = MAX(best.distance_px, 0) + precision_px;
        if (cell.most_px <= enough_px)
            break; /* squares are taken by promise: no other can do better */
        quarter(&area, &cell, enough_px, heap);
    }
    if (best.distance_px <= 0)
        return 0;
    *out = best.centre;
    return best.distance_px;
}
