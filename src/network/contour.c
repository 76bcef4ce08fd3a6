/* The level line of a distance, by marching squares (Lorensen & Cline 1987,
 * doi:10.1145/37402.37422, in the plane).
 *
 * The grid is cut into tiles, each with the strokes that matter to it.  A tile measures its own
 * nodes, also those that it shares with its neighbours; both measure them with the same operations
 * and get the same bits, so that lines meet.  Where two opposite corners of a cell are inside, they
 * stay apart: a line then never touches itself, and what lies inside at a lower level is inside at
 * a higher one.
 *
 * Sets of strokes contain each other, so a tile's distances only fall from one set to the next. */
#include "contour.h"

#include <math.h>

enum {
    TILE = 64,      /* cells a side */
    SIDE = TILE + 1 /* nodes a side */
};

/* Steps of the grid in a level.  On a circle of the level's radius the line is then off by at most
 * 1/75 of it between nodes, and by as much between crossings. */
#define STEPS_IN_LEVEL 4

/* Longitudes and latitudes count from here, so that indices are positive. */
#define WEST_DEG (-540.0)
#define SOUTH_DEG (-90.0)

/* Metres a degree of latitude at the equator, where they are fewest, rounded down. */
#define LEAST_LAT_M 110574.0

#define WGS84_A_M 6378137.0
#define WGS84_E2 0.00669437999014131699614

void fm_contour_metres_per_degree(double lat_deg, double *lon_m, double *lat_m)
{
    double lat = lat_deg * (G_PI / 180), w2 = 1 - WGS84_E2 * sin(lat) * sin(lat);
    *lon_m = WGS84_A_M / sqrt(w2) * cos(lat) * (G_PI / 180);
    *lat_m = WGS84_A_M * (1 - WGS84_E2) / (w2 * sqrt(w2)) * (G_PI / 180);
}

FmContourGrid fm_contour_grid(double level_m, double lat_deg)
{
    double lon_m = 0, lat_m = 0;
    /* At the poles degrees of longitude have no width. */
    fm_contour_metres_per_degree(CLAMP(lat_deg, -85, 85), &lon_m, &lat_m);
    return (FmContourGrid){
        .level_m = level_m,
        .step_lon_deg = level_m / STEPS_IN_LEVEL / lon_m,
        .step_lat_deg = level_m / STEPS_IN_LEVEL / lat_m,
    };
}

/* ---- strokes by tile --------------------------------------------------------------------- */

typedef struct {
    guint64 key;     /* row << 32 | column */
    GArray *strokes; /* guint32, ascending */
    GArray *steps;   /* FmContourStep, of one set after the other */
    struct {
        guint begin, end;
    } * lines; /* n_sets: in steps; sets between which no stroke comes have the same */
} Tile;

static void tile_free(void *data)
{
    Tile *tile = data;
    g_array_unref(tile->strokes);
    g_array_unref(tile->steps);
    g_free(tile->lines);
    g_free(tile);
}

static void put_stroke(GHashTable *tiles, guint32 column, guint32 row, guint32 stroke)
{
    guint64 key = (guint64)row << 32 | column;
    Tile *tile = g_hash_table_lookup(tiles, &key);
    if (!tile) {
        tile = g_new0(Tile, 1);
        tile->key = key;
        tile->strokes = g_array_new(FALSE, FALSE, sizeof(guint32));
        tile->steps = g_array_new(FALSE, FALSE, sizeof(FmContourStep));
        g_hash_table_insert(tiles, &tile->key, tile);
    }
    g_array_append_val(tile->strokes, stroke);
}

typedef struct {
    double west_deg, south_deg, east_deg, north_deg;
} Bounds;

/* Nodes that may be inside, and their neighbours outside, lie within these. */
static Bounds stroke_bounds(const FmContourGrid *grid, const FmStroke *stroke)
{
    double lat_max_deg = fmax(fabs(stroke->a.lat_deg), fabs(stroke->b.lat_deg));
    double lon_m = 0, lat_m = 0;
    fm_contour_metres_per_degree(fmin(lat_max_deg + grid->step_lat_deg * 2 * STEPS_IN_LEVEL, 89),
                                 &lon_m, &lat_m);
    double lon_deg = grid->level_m / lon_m + 2 * grid->step_lon_deg;
    double lat_deg = grid->level_m / LEAST_LAT_M + 2 * grid->step_lat_deg;
    return (Bounds){fmin(stroke->a.lon_deg, stroke->b.lon_deg) - lon_deg,
                    fmin(stroke->a.lat_deg, stroke->b.lat_deg) - lat_deg,
                    fmax(stroke->a.lon_deg, stroke->b.lon_deg) + lon_deg,
                    fmax(stroke->a.lat_deg, stroke->b.lat_deg) + lat_deg};
}

static guint32 column_of(const FmContourGrid *grid, double lon_deg)
{
    return (guint32)fmax((lon_deg - WEST_DEG) / grid->step_lon_deg, 0);
}

static guint32 row_of(const FmContourGrid *grid, double lat_deg)
{
    return (guint32)fmax((lat_deg - SOUTH_DEG) / grid->step_lat_deg, 0);
}

static int compare_tiles(const void *a, const void *b)
{
    const Tile *left = *(Tile *const *)a, *right = *(Tile *const *)b;
    return left->key < right->key ? -1 : 1;
}

static GPtrArray *make_tiles(const FmContourGrid *grid, const FmStroke *strokes, gsize n)
{
    g_autoptr(GHashTable) by_key = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (gsize i = 0; i < n; i++) {
        Bounds bounds = stroke_bounds(grid, &strokes[i]);
        guint32 first = column_of(grid, bounds.west_deg) / TILE;
        guint32 last = column_of(grid, bounds.east_deg) / TILE;
        guint32 bottom = row_of(grid, bounds.south_deg) / TILE;
        guint32 top = row_of(grid, bounds.north_deg) / TILE;
        for (guint32 row = bottom; row <= top; row++)
            for (guint32 column = first; column <= last; column++)
                put_stroke(by_key, column, row, (guint32)i);
    }
    GPtrArray *tiles = g_ptr_array_new_with_free_func(tile_free);
    GHashTableIter iter;
    gpointer tile;
    g_hash_table_iter_init(&iter, by_key);
    while (g_hash_table_iter_next(&iter, NULL, &tile))
        g_ptr_array_add(tiles, tile);
    g_ptr_array_sort(tiles, compare_tiles);
    return tiles;
}

/* ---- distances at the nodes of a tile ---------------------------------------------------- */

typedef struct {
    const FmContourGrid *grid;
    const FmStroke *strokes;
    const gsize *set_end;
    gsize n_sets;
    GPtrArray *tiles;
    double (*field)[SIDE][SIDE]; /* one a worker: squared distances, INFINITY where far */
} Job;

/* A row of nodes: its latitude, and metres a degree there. */
typedef struct {
    double lat_deg, lon_m, lat_m;
} Row;

/* Lowers the squared distances of a row's nodes, in metres as they are on the row.
 * @param first,last columns of the grid; `values` has that of `first` */
static void measure_row(const FmContourGrid *grid, const Row *row, const FmStroke *stroke,
                        guint32 first, guint32 last, double *values)
{
    double along_x_m = (stroke->b.lon_deg - stroke->a.lon_deg) * row->lon_m;
    double along_y_m = (stroke->b.lat_deg - stroke->a.lat_deg) * row->lat_m;
    double size2 = along_x_m * along_x_m + along_y_m * along_y_m;
    double per_size2 = size2 > 0 ? 1 / size2 : 0;
    double y_m = (row->lat_deg - stroke->a.lat_deg) * row->lat_m;
    for (guint32 column = first; column <= last; column++) {
        double x_m = (WEST_DEG + column * grid->step_lon_deg - stroke->a.lon_deg) * row->lon_m;
        double t = (along_x_m * x_m + along_y_m * y_m) * per_size2;
        t = CLAMP(t, 0, 1);
        double aside_x_m = x_m - t * along_x_m, aside_y_m = y_m - t * along_y_m;
        double d2 = aside_x_m * aside_x_m + aside_y_m * aside_y_m;
        if (d2 < values[column - first])
            values[column - first] = d2;
    }
}

static void measure_stroke(const FmContourGrid *grid, const FmStroke *stroke, guint32 west,
                           guint32 south, const Row rows[SIDE], double field[SIDE][SIDE])
{
    Bounds bounds = stroke_bounds(grid, stroke);
    guint32 first = MAX(column_of(grid, bounds.west_deg), west);
    guint32 last = MIN(column_of(grid, bounds.east_deg) + 1, west + TILE);
    guint32 bottom = MAX(row_of(grid, bounds.south_deg), south);
    guint32 top = MIN(row_of(grid, bounds.north_deg) + 1, south + TILE);
    for (guint32 row = bottom; row <= top; row++)
        measure_row(grid, &rows[row - south], stroke, first, last,
                    &field[row - south][first - west]);
}

/* ---- the line through a cell ------------------------------------------------------------- */

/* Corners and edges of a cell, both counter-clockwise from the south-west corner; edge e runs from
 * corner e to the next. */
static const guint32 corner_x[] = {0, 1, 1, 0}, corner_y[] = {0, 0, 1, 1};

typedef struct {
    const FmContourGrid *grid;
    guint32 column, row;
    double distance2[4]; /* squared, m2 */
} Cell;

static guint64 edge_id(const Cell *cell, guint e)
{
    guint64 column = cell->column + (e == 1), row = cell->row + (e == 2);
    return (row << 31 | column) << 1 | (e & 1);
}

/* Where the line crosses an edge.  From whichever cell it is asked, the edge is taken from its
 * western or southern end, for the same bits; and never quite at a node, where lines would
 * touch. */
static FmLonLat crossing(const Cell *cell, guint e)
{
    guint a = e < 2 ? e : (e + 1) % 4, b = e < 2 ? e + 1 : e;
    double a_m = sqrt(cell->distance2[a]), b_m = sqrt(cell->distance2[b]);
    double t = (cell->grid->level_m - a_m) / (b_m - a_m);
    t = CLAMP(t, 1.0 / 64, 63.0 / 64);
    double x = cell->column + corner_x[a] + t * ((double)corner_x[b] - corner_x[a]);
    double y = cell->row + corner_y[a] + t * ((double)corner_y[b] - corner_y[a]);
    return (FmLonLat){WEST_DEG + x * cell->grid->step_lon_deg,
                      SOUTH_DEG + y * cell->grid->step_lat_deg};
}

/* Around each run of corners inside, from where the way around the cell leaves it back to where it
 * came in. */
static void step_cell(const Cell *cell, GArray *steps)
{
    double level2 = cell->grid->level_m * cell->grid->level_m;
    gboolean inside[4];
    for (guint i = 0; i < 4; i++)
        inside[i] = cell->distance2[i] <= level2;
    /* Nearly all cells. */
    if (inside[0] == inside[1] && inside[1] == inside[2] && inside[2] == inside[3])
        return;
    for (guint leave = 0; leave < 4; leave++) {
        if (!inside[leave] || inside[(leave + 1) % 4])
            continue;
        guint enter = (leave + 3) % 4;
        while (inside[enter])
            enter = (enter + 3) % 4;
        FmContourStep step = {edge_id(cell, leave), edge_id(cell, enter), crossing(cell, leave)};
        g_array_append_val(steps, step);
    }
}

/* ---- tiles ------------------------------------------------------------------------------- */

static void step_cells(const Job *job, const Tile *tile, double field[SIDE][SIDE])
{
    guint32 west = (guint32)(tile->key & G_MAXUINT32) * TILE;
    guint32 south = (guint32)(tile->key >> 32) * TILE;
    for (guint y = 0; y < TILE; y++)
        for (guint x = 0; x < TILE; x++) {
            Cell cell = {job->grid, west + x, south + y, {0}};
            for (guint i = 0; i < 4; i++)
                cell.distance2[i] = field[y + corner_y[i]][x + corner_x[i]];
            step_cell(&cell, tile->steps);
        }
}

static void step_tile(const Job *job, Tile *tile, double field[SIDE][SIDE])
{
    guint32 west = (guint32)(tile->key & G_MAXUINT32) * TILE;
    guint32 south = (guint32)(tile->key >> 32) * TILE;
    Row rows[SIDE];
    for (guint y = 0; y < SIDE; y++) {
        rows[y].lat_deg = SOUTH_DEG + (south + y) * job->grid->step_lat_deg;
        fm_contour_metres_per_degree(rows[y].lat_deg, &rows[y].lon_m, &rows[y].lat_m);
        for (guint x = 0; x < SIDE; x++)
            field[y][x] = (double)INFINITY;
    }
    tile->lines = g_malloc_n(job->n_sets, sizeof *tile->lines);
    guint i = 0, begin = 0;
    for (gsize set = 0; set < job->n_sets; set++) {
        guint first = i;
        for (; i < tile->strokes->len; i++) {
            guint32 stroke = g_array_index(tile->strokes, guint32, i);
            if (stroke >= job->set_end[set])
                break;
            measure_stroke(job->grid, &job->strokes[stroke], west, south, rows, field);
        }
        if (i > first) {
            begin = tile->steps->len;
            step_cells(job, tile, field);
        }
        tile->lines[set].begin = begin;
        tile->lines[set].end = tile->steps->len;
    }
}

static gboolean tile_chunk(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    Job *job = user;
    for (gsize i = begin; i < end; i++)
        step_tile(job, job->tiles->pdata[i], job->field[worker]);
    return TRUE;
}

static int compare_steps(const void *a, const void *b)
{
    const FmContourStep *left = a, *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

/* The steps of one set from all tiles. */
static GArray *gather_steps(const GPtrArray *tiles, gsize set)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(FmContourStep));
    for (guint i = 0; i < tiles->len; i++) {
        const Tile *tile = tiles->pdata[i];
        guint begin = tile->lines[set].begin, end = tile->lines[set].end;
        if (end > begin)
            g_array_append_vals(steps, &g_array_index(tile->steps, FmContourStep, begin),
                                end - begin);
    }
    g_array_sort(steps, compare_steps);
    return steps;
}

gboolean fm_contour_steps(const FmContourGrid *grid, const FmStroke *strokes, const gsize *set_end,
                          gsize n_sets, guint n_threads, GArray **out, const FmProgress *progress,
                          GError **error)
{
    guint n_workers = n_threads ? n_threads : fm_parallel_default_threads();
    g_autoptr(GPtrArray) tiles = make_tiles(grid, strokes, set_end[n_sets - 1]);
    Job job = {grid, strokes, set_end, n_sets, tiles, g_malloc_n(n_workers, sizeof *job.field)};
    gboolean ok = fm_parallel_for(tiles->len, 4, n_workers, tile_chunk, &job, progress,
                                  "drawing reach", error);
    g_free(job.field);
    for (gsize set = 0; ok && set < n_sets; set++)
        out[set] = gather_steps(tiles, set);
    return ok;
}
