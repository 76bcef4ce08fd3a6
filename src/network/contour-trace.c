/* Marching squares (Lorensen & Cline 1987, doi:10.1145/37402.37422, in the plane).  Where two
 * opposite corners of a cell are inside, they stay apart: a line then never touches itself, and
 * what lies inside at a lower level is inside at a higher one.
 *
 * Steps are joined within the tile, where an array finds the next one; only what crosses a border
 * needs a hash table (contour-rings.c). */
#include "contour-trace.h"

#include <math.h>

/* ---- the line through a cell ------------------------------------------------------------- */

/* Corners and edges of a cell, both counter-clockwise from the south-west corner; edge e runs from
 * corner e to the next. */
static const guint32 corner_x[] = {0, 1, 1, 0}, corner_y[] = {0, 0, 1, 1};

typedef struct {
    const FmField *field;
    guint32 column, row;            /* in the tile */
    double distance2[4], bound2[4]; /* squared, m2 */
} Cell;

/* One step of the line, across a cell; edges by their number in the tile. */
typedef struct {
    guint16 from, to;
    FmLonLat at; /* where it crosses `from` */
} Step;

G_STATIC_ASSERT(FM_TRACE_EDGES <= G_MAXUINT16);

static guint16 edge_of(const Cell *cell, guint e)
{
    guint32 column = cell->column + (e == 1), row = cell->row + (e == 2);
    return (guint16)((row * FM_FIELD_SIDE + column) << 1 | (e & 1));
}

/* The number of an edge on the whole grid. */
static guint64 edge_id(const FmField *field, guint16 edge)
{
    guint64 column = field->west + (edge >> 1) % FM_FIELD_SIDE;
    guint64 row = field->south + (edge >> 1) / FM_FIELD_SIDE;
    return (row << 31 | column) << 1 | (edge & 1);
}

/* How far from the inside one of its ends the line crosses an edge: where the level is, or where a
 * rival is as near, whichever comes first. */
static double way_out(const Cell *cell, guint inner, guint outer)
{
    double level_m = cell->field->grid->level_m, t = 1;
    double inner_m = sqrt(cell->distance2[inner]), outer_m = sqrt(cell->distance2[outer]);
    if (outer_m > level_m)
        t = (level_m - inner_m) / (outer_m - inner_m);
    if (cell->bound2[outer] < cell->field->level2) {
        double within_m = sqrt(cell->bound2[inner]) - inner_m;
        double beyond_m = outer_m - sqrt(cell->bound2[outer]);
        /* Squares that differ may have the same root. */
        t = MIN(t, within_m + beyond_m > 0 ? within_m / (within_m + beyond_m) : 0.5);
    }
    return t;
}

/* Where the line crosses an edge.  From whichever cell it is asked, the edge is taken from its
 * western or southern end, for the same bits; and never quite at a node, where lines would
 * touch. */
static FmLonLat crossing(const Cell *cell, guint e)
{
    guint a = e < 2 ? e : (e + 1) % 4, b = e < 2 ? e + 1 : e;
    const FmContourGrid *grid = cell->field->grid;
    gboolean leaves = cell->distance2[a] <= cell->bound2[a];
    double t = leaves ? way_out(cell, a, b) : 1 - way_out(cell, b, a);
    t = CLAMP(t, 1.0 / 64, 63.0 / 64);
    double x =
        cell->field->west + cell->column + corner_x[a] + t * ((double)corner_x[b] - corner_x[a]);
    double y =
        cell->field->south + cell->row + corner_y[a] + t * ((double)corner_y[b] - corner_y[a]);
    return (FmLonLat){FM_CONTOUR_WEST_DEG + x * grid->step_lon_deg,
                      FM_CONTOUR_SOUTH_DEG + y * grid->step_lat_deg};
}

/* Around each run of corners inside, from where the way around the cell leaves it back to where it
 * came in. */
static void step_cell(const Cell *cell, GArray *steps)
{
    gboolean inside[4];
    for (guint i = 0; i < 4; i++)
        inside[i] = cell->distance2[i] <= cell->bound2[i];
    for (guint leave = 0; leave < 4; leave++) {
        if (!inside[leave] || inside[(leave + 1) % 4])
            continue;
        guint enter = (leave + 3) % 4;
        while (inside[enter])
            enter = (enter + 3) % 4;
        Step step = {edge_of(cell, leave), edge_of(cell, enter), crossing(cell, leave)};
        g_array_append_val(steps, step);
    }
}

/* ---- the line through a tile ------------------------------------------------------------- */

/* Cells whose corners are not all on one side, which are few: found by rows of bits. */
static void step_cells(const FmField *field, GArray *steps)
{
    for (guint32 y = 0; y < FM_FIELD_SIDE - 1; y++) {
        guint64 low = field->inside[y], high = field->inside[y + 1];
        guint64 all = low & low >> 1 & high & high >> 1;
        guint64 any = low | low >> 1 | high | high >> 1;
        guint64 mixed = any & ~all & (G_MAXUINT64 >> 1);
        for (; mixed != 0; mixed &= mixed - 1) {
            guint32 x = (guint32)__builtin_ctzll(mixed);
            Cell cell = {field, x, y, {0}, {0}};
            for (guint i = 0; i < 4; i++) {
                cell.distance2[i] = field->distance2[y + corner_y[i]][x + corner_x[i]];
                cell.bound2[i] = field->bound2[y + corner_y[i]][x + corner_x[i]];
            }
            step_cell(&cell, steps);
        }
    }
}

/* From a step on, as far as steps lead in this tile. */
static void add_piece(FmTrace *trace, guint16 from, GArray *points, GArray *pieces)
{
    FmTracePiece piece = {.from = edge_id(&trace->field, from), .first = points->len};
    guint16 at = from;
    while (trace->begins[at] != 0) {
        const Step *step = &g_array_index(trace->steps, Step, trace->begins[at] - 1);
        g_array_append_val(points, step->at);
        trace->begins[at] = 0;
        at = step->to;
    }
    piece.to = edge_id(&trace->field, at);
    piece.n = points->len - piece.first;
    g_array_append_val(pieces, piece);
}

/* Steps become pieces: first those that enter the tile, then rings, which are all that is left. */
static void join_steps(FmTrace *trace, GArray *points, GArray *pieces)
{
    const GArray *steps = trace->steps;
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        trace->begins[step->from] = (guint16)(i + 1);
        trace->reached[step->to] = TRUE;
    }
    for (guint i = 0; i < steps->len; i++) {
        guint16 from = g_array_index(steps, Step, i).from;
        if (!trace->reached[from])
            add_piece(trace, from, points, pieces);
    }
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        if (trace->begins[step->from] != 0)
            add_piece(trace, step->from, points, pieces);
        trace->reached[step->to] = FALSE;
    }
}

FmTrace *fm_trace_new(void)
{
    FmTrace *trace = g_new0(FmTrace, 1);
    trace->steps = g_array_new(FALSE, FALSE, sizeof(Step));
    return trace;
}

void fm_trace_free(FmTrace *trace)
{
    if (!trace)
        return;
    g_array_unref(trace->steps);
    g_free(trace);
}

void fm_trace_line(FmTrace *trace, GArray *points, GArray *pieces)
{
    g_array_set_size(trace->steps, 0);
    step_cells(&trace->field, trace->steps);
    join_steps(trace, points, pieces);
}
