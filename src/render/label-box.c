/* Turned rectangles: exact overlap by separating axes, and a uniform grid of them. */

#include "label-box.h"

#include <math.h>

enum { CELLS_MAX = 4096 }; /* a side; larger frames get larger cells */

FmTurnedBox fm__turned_box(FmPageRect rect)
{
    return (FmTurnedBox){
        .cx_px = rect.x_px + rect.width_px / 2,
        .cy_px = rect.y_px + rect.height_px / 2,
        .half_width_px = rect.width_px / 2,
        .half_height_px = rect.height_px / 2,
        .cos_angle = 1,
        .sin_angle = 0,
    };
}

FmTurnedBox fm__turned_box_rotated(FmPageRect rect, FmPagePoint pivot, double angle_rad)
{
    FmTurnedBox box = fm__turned_box(rect);
    double c = cos(angle_rad), s = sin(angle_rad);
    double dx = box.cx_px - pivot.x_px, dy = box.cy_px - pivot.y_px;
    box.cx_px = pivot.x_px + c * dx - s * dy;
    box.cy_px = pivot.y_px + s * dx + c * dy;
    box.cos_angle = c;
    box.sin_angle = s;
    return box;
}

FmTurnedBox fm__turned_box_segment(FmPagePoint a, FmPagePoint b, double half_width_px)
{
    double dx = b.x_px - a.x_px, dy = b.y_px - a.y_px;
    double length = hypot(dx, dy);
    return (FmTurnedBox){
        .cx_px = (a.x_px + b.x_px) / 2,
        .cy_px = (a.y_px + b.y_px) / 2,
        .half_width_px = length / 2 + half_width_px,
        .half_height_px = half_width_px,
        .cos_angle = length > 0 ? dx / length : 1,
        .sin_angle = length > 0 ? dy / length : 0,
    };
}

FmTurnedBox fm__turned_box_grow(FmTurnedBox box, double by_px)
{
    box.half_width_px += by_px;
    box.half_height_px += by_px;
    return box;
}

FmPageRect fm__turned_box_bounds(const FmTurnedBox *box)
{
    double c = fabs(box->cos_angle), s = fabs(box->sin_angle);
    double half_x = c * box->half_width_px + s * box->half_height_px;
    double half_y = s * box->half_width_px + c * box->half_height_px;
    return (FmPageRect){box->cx_px - half_x, box->cy_px - half_y, 2 * half_x, 2 * half_y};
}

/* Is there a gap between the boxes along an axis of `a`? */
static gboolean separated_along(const FmTurnedBox *a, const FmTurnedBox *b)
{
    double dx = b->cx_px - a->cx_px, dy = b->cy_px - a->cy_px;
    double along = fabs(a->cos_angle * dx + a->sin_angle * dy);
    double across = fabs(-a->sin_angle * dx + a->cos_angle * dy);
    /* The other box's sides seen from this one's axes. */
    double c = fabs(a->cos_angle * b->cos_angle + a->sin_angle * b->sin_angle);
    double s = fabs(a->cos_angle * b->sin_angle - a->sin_angle * b->cos_angle);
    double reach_x = a->half_width_px + c * b->half_width_px + s * b->half_height_px;
    double reach_y = a->half_height_px + s * b->half_width_px + c * b->half_height_px;
    return along >= reach_x || across >= reach_y;
}

gboolean fm__turned_boxes_overlap(const FmTurnedBox *a, const FmTurnedBox *b)
{
    return !separated_along(a, b) && !separated_along(b, a);
}

/* ---- grid ------------------------------------------------------------------------------- */

/* Most queries end at the bounds. */
typedef struct {
    double left_px, top_px, right_px, bottom_px;
    FmTurnedBox box;
    gboolean upright;
    gsize owner;
} Entry;

static Entry entry_of(const FmTurnedBox *box, gsize owner)
{
    const FmPageRect r = fm__turned_box_bounds(box);
    return (Entry){r.x_px,
                   r.y_px,
                   fm__rect_right_px(&r),
                   fm__rect_bottom_px(&r),
                   *box,
                   box->sin_angle == 0 || box->cos_angle == 0,
                   owner};
}

static gboolean entries_overlap(const Entry *a, const Entry *b)
{
    if (a->left_px >= b->right_px || b->left_px >= a->right_px || a->top_px >= b->bottom_px ||
        b->top_px >= a->bottom_px)
        return FALSE;
    return (a->upright && b->upright) || fm__turned_boxes_overlap(&a->box, &b->box);
}

struct FmBoxGrid {
    FmPageRect frame;
    double cell_px, cells_per_px;
    gsize n_columns, n_rows;
    GArray **cells; /* of Entry, NULL while empty */
};

FmBoxGrid *fm__box_grid_new(FmPageRect frame, double cell_px)
{
    FmBoxGrid *grid = g_new0(FmBoxGrid, 1);
    grid->frame = frame;
    grid->cell_px = MAX(cell_px, MAX(frame.width_px, frame.height_px) / CELLS_MAX);
    grid->cells_per_px = 1 / grid->cell_px;
    grid->n_columns = (gsize)(frame.width_px / grid->cell_px) + 1;
    grid->n_rows = (gsize)(frame.height_px / grid->cell_px) + 1;
    grid->cells = g_new0(GArray *, grid->n_columns * grid->n_rows);
    return grid;
}

void fm__box_grid_free(FmBoxGrid *grid)
{
    if (grid == NULL)
        return;
    for (gsize i = 0; i < grid->n_columns * grid->n_rows; i++)
        g_clear_pointer(&grid->cells[i], g_array_unref);
    g_free(grid->cells);
    g_free(grid);
}

typedef struct {
    gsize left, right, top, bottom; /* inclusive */
} Cells;

static gsize cell_at(double offset_px, double cells_per_px, gsize n)
{
    double cell = offset_px * cells_per_px;
    /* Said so that not-a-number is in the first cell. */
    return !(cell > 0) ? 0 : cell >= (double)n ? n - 1 : (gsize)cell;
}

/* What lies outside the frame falls into its border cells, so nothing is lost. */
static Cells cells_of(const FmBoxGrid *grid, const Entry *entry)
{
    double x = grid->frame.x_px, y = grid->frame.y_px, scale = grid->cells_per_px;
    return (Cells){
        .left = cell_at(entry->left_px - x, scale, grid->n_columns),
        .right = cell_at(entry->right_px - x, scale, grid->n_columns),
        .top = cell_at(entry->top_px - y, scale, grid->n_rows),
        .bottom = cell_at(entry->bottom_px - y, scale, grid->n_rows),
    };
}

/* Is the box in the cell?  Border cells hold what lies beyond them too. */
static gboolean in_cell(const FmBoxGrid *grid, gsize column, gsize row, const FmTurnedBox *box)
{
    if (column == 0 || row == 0 || column + 1 == grid->n_columns || row + 1 == grid->n_rows)
        return TRUE;
    /* A little larger, so that rounding loses nothing on the border between two cells. */
    const FmPageRect rect = {grid->frame.x_px + (double)column * grid->cell_px,
                             grid->frame.y_px + (double)row * grid->cell_px, grid->cell_px,
                             grid->cell_px};
    const FmTurnedBox cell = fm__turned_box(fm__rect_grow(rect, 1e-3 * grid->cell_px));
    return fm__turned_boxes_overlap(&cell, box);
}

void fm__box_grid_add(FmBoxGrid *grid, const FmTurnedBox *box, gsize owner)
{
    const Entry entry = entry_of(box, owner);
    const Cells cells = cells_of(grid, &entry);
    /* A long slanted box is in few of the cells that its bounds cover. */
    const gboolean slanted = fabs(box->cos_angle * box->sin_angle) > 0 &&
                             cells.right - cells.left > 1 && cells.bottom - cells.top > 1;
    for (gsize row = cells.top; row <= cells.bottom; row++) {
        for (gsize column = cells.left; column <= cells.right; column++) {
            if (slanted && !in_cell(grid, column, row, box))
                continue;
            GArray **cell = &grid->cells[row * grid->n_columns + column];
            if (*cell == NULL)
                *cell = g_array_new(FALSE, FALSE, sizeof(Entry));
            g_array_append_val(*cell, entry);
        }
    }
}

void fm__box_grid_remove(FmBoxGrid *grid, const FmTurnedBox *box, gsize owner)
{
    const Entry entry = entry_of(box, owner);
    const Cells cells = cells_of(grid, &entry);
    for (gsize row = cells.top; row <= cells.bottom; row++) {
        for (gsize column = cells.left; column <= cells.right; column++) {
            GArray *cell = grid->cells[row * grid->n_columns + column];
            for (guint i = cell != NULL ? cell->len : 0; i > 0; i--) {
                if (g_array_index(cell, Entry, i - 1).owner == owner)
                    g_array_remove_index_fast(cell, i - 1);
            }
        }
    }
}

gboolean fm__box_grid_visit(const FmBoxGrid *grid, const FmTurnedBox *box,
                            gboolean (*visit)(gsize owner, void *user), void *user)
{
    const Entry wanted = entry_of(box, 0);
    const Cells cells = cells_of(grid, &wanted);
    for (gsize row = cells.top; row <= cells.bottom; row++) {
        for (gsize column = cells.left; column <= cells.right; column++) {
            const GArray *cell = grid->cells[row * grid->n_columns + column];
            for (guint i = 0; cell != NULL && i < cell->len; i++) {
                const Entry *entry = &g_array_index(cell, Entry, i);
                if (entries_overlap(entry, &wanted) && !visit(entry->owner, user))
                    return FALSE;
            }
        }
    }
    return TRUE;
}
