/* A row of nodes is measured by the same operations wherever it is asked for, so that tiles agree
 * on the nodes that they share.  The loop is compiled twice, as in matrix-lanes.c. */
#include "contour-field.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_WIDE 1
#define WIDE __attribute__((target("avx2")))
#else
#define HAVE_WIDE 0
#endif

#define LOOPS static inline __attribute__((always_inline))

/* Metres a degree of latitude at the equator, where they are fewest, rounded down. */
#define LEAST_LAT_M 110574.0

/* A block is looked at after so many strokes. */
enum { PATIENCE = 4 };

/* ---- the grid ---------------------------------------------------------------------------- */

FmContourMargin fm_contour_margin(const FmContourGrid *grid, double lat_deg)
{
    double lon_m = 0, lat_m = 0, reach_deg = grid->level_m / LEAST_LAT_M + 2 * grid->step_lat_deg;
    fm_contour_metres_per_degree(fmin(lat_deg + reach_deg, 89), &lon_m, &lat_m);
    return (FmContourMargin){grid->level_m / lon_m + 2 * grid->step_lon_deg, reach_deg};
}

static guint32 index_of(double deg, double begin_deg, double step_deg)
{
    double index = (deg - begin_deg) / step_deg;
    return index > 0 ? (guint32)index : 0;
}

FmNodeRange fm_contour_nodes(const FmContourGrid *grid, const FmContourMargin *margin,
                             const FmStroke *stroke)
{
    double west_deg = MIN(stroke->a.lon_deg, stroke->b.lon_deg) - margin->lon_deg;
    double east_deg = MAX(stroke->a.lon_deg, stroke->b.lon_deg) + margin->lon_deg;
    double south_deg = MIN(stroke->a.lat_deg, stroke->b.lat_deg) - margin->lat_deg;
    double north_deg = MAX(stroke->a.lat_deg, stroke->b.lat_deg) + margin->lat_deg;
    return (FmNodeRange){
        .first = index_of(west_deg, FM_CONTOUR_WEST_DEG, grid->step_lon_deg),
        .last = index_of(east_deg, FM_CONTOUR_WEST_DEG, grid->step_lon_deg) + 1,
        .bottom = index_of(south_deg, FM_CONTOUR_SOUTH_DEG, grid->step_lat_deg),
        .top = index_of(north_deg, FM_CONTOUR_SOUTH_DEG, grid->step_lat_deg) + 1,
    };
}

void fm_field_init(FmField *field, const FmContourGrid *grid, guint32 west, guint32 south)
{
    field->west = west;
    field->south = south;
    field->level2 = grid->level_m * grid->level_m;
    for (guint32 i = 0; i < FM_FIELD_SIDE; i++) {
        field->lon_deg[i] = FM_CONTOUR_WEST_DEG + (west + i) * grid->step_lon_deg;
        field->lat_deg[i] = FM_CONTOUR_SOUTH_DEG + (south + i) * grid->step_lat_deg;
        fm_contour_metres_per_degree(field->lat_deg[i], &field->lon_m[i], &field->lat_m[i]);
        for (guint32 x = 0; x < FM_FIELD_SIDE; x++)
            field->distance2[i][x] = (double)INFINITY;
        field->inside[i] = 0;
    }
    memset(field->settled, 0, sizeof field->settled);
    memset(field->age, 0, sizeof field->age);
}

/* ---- distances --------------------------------------------------------------------------- */

/* Lowers the squared distances of some rows of a block, in metres as they are on each row.
 * @param left its first column */
LOOPS void measure(FmField *field, const FmStroke *stroke, guint32 left, guint32 bottom,
                   guint32 top)
{
    double east_deg = stroke->b.lon_deg - stroke->a.lon_deg;
    double north_deg = stroke->b.lat_deg - stroke->a.lat_deg;
    const double *restrict lon_deg = field->lon_deg + left;
    double begin_deg = stroke->a.lon_deg;
    for (guint32 row = bottom; row <= top; row++) {
        double *restrict values = field->distance2[row] + left;
        double lon_m = field->lon_m[row], lat_m = field->lat_m[row];
        double along_x_m = east_deg * lon_m, along_y_m = north_deg * lat_m;
        double size2 = along_x_m * along_x_m + along_y_m * along_y_m;
        double per_size2 = size2 > 0 ? 1 / size2 : 0;
        double y_m = (field->lat_deg[row] - stroke->a.lat_deg) * lat_m;
        double along_y_y = along_y_m * y_m;
        for (int i = 0; i < FM_FIELD_BLOCK; i++) {
            double x_m = (lon_deg[i] - begin_deg) * lon_m;
            double t = (along_x_m * x_m + along_y_y) * per_size2;
            t = t > 0 ? t : 0;
            t = t < 1 ? t : 1;
            double aside_x_m = x_m - t * along_x_m, aside_y_m = y_m - t * along_y_m;
            double d2 = aside_x_m * aside_x_m + aside_y_m * aside_y_m;
            values[i] = d2 < values[i] ? d2 : values[i];
        }
    }
}

#if HAVE_WIDE
WIDE static void measure_wide(FmField *field, const FmStroke *stroke, guint32 left, guint32 bottom,
                              guint32 top)
{
    measure(field, stroke, left, bottom, top);
}
#endif

static void measure_best(FmField *field, const FmStroke *stroke, guint32 left, guint32 bottom,
                         guint32 top)
{
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2")) {
        measure_wide(field, stroke, left, bottom, top);
        return;
    }
#endif
    measure(field, stroke, left, bottom, top);
}

/* ---- what lies inside -------------------------------------------------------------------- */

static void look_at(FmField *field, guint32 x, guint32 y)
{
    guint32 left = x * FM_FIELD_BLOCK, bottom = y * FM_FIELD_BLOCK;
    for (guint32 row = bottom; row < bottom + FM_FIELD_BLOCK; row++) {
        guint64 bits = 0;
        for (guint32 i = 0; i < FM_FIELD_BLOCK; i++)
            bits |= (guint64)(field->distance2[row][left + i] <= field->level2) << i;
        field->inside[row] |= bits << left;
    }
}

/* With its neighbours, as far as they are in the tile: no line then leaves or enters one of its
 * nodes here, whatever they measure. */
static gboolean is_within(const FmField *field, guint32 x, guint32 y)
{
    guint64 block = (G_GUINT64_CONSTANT(1) << FM_FIELD_BLOCK) - 1;
    guint64 mask = block << (x * FM_FIELD_BLOCK);
    mask |= mask << 1 | mask >> 1;
    guint32 bottom = y * FM_FIELD_BLOCK, top = bottom + FM_FIELD_BLOCK;
    for (guint32 row = bottom > 0 ? bottom - 1 : 0; row <= MIN(top, FM_FIELD_SIDE - 1); row++)
        if ((field->inside[row] & mask) != mask)
            return FALSE;
    return TRUE;
}

void fm_field_add(FmField *field, const FmStroke *stroke, const FmNodeRange *range)
{
    guint32 first = MAX(range->first, field->west) - field->west;
    guint32 last = MIN(range->last, field->west + FM_FIELD_SIDE - 1) - field->west;
    guint32 bottom = MAX(range->bottom, field->south) - field->south;
    guint32 top = MIN(range->top, field->south + FM_FIELD_SIDE - 1) - field->south;
    for (guint32 y = bottom / FM_FIELD_BLOCK; y <= top / FM_FIELD_BLOCK; y++)
        for (guint32 x = first / FM_FIELD_BLOCK; x <= last / FM_FIELD_BLOCK; x++) {
            if (field->settled[y][x])
                continue;
            measure_best(field, stroke, x * FM_FIELD_BLOCK, MAX(bottom, y * FM_FIELD_BLOCK),
                         MIN(top, (y + 1) * FM_FIELD_BLOCK - 1));
            if (++field->age[y][x] < PATIENCE)
                continue;
            field->age[y][x] = 0;
            look_at(field, x, y);
            field->settled[y][x] = is_within(field, x, y);
        }
}

void fm_field_look(FmField *field)
{
    for (guint32 y = 0; y < FM_FIELD_BLOCKS; y++)
        for (guint32 x = 0; x < FM_FIELD_BLOCKS; x++)
            if (!field->settled[y][x])
                look_at(field, x, y);
}
