/* A row of nodes is measured by the same operations wherever it is asked for, so that tiles agree
 * on the nodes that they share; four at a time where the processor can. */
#include "contour-field.h"
#include "wide.h"

#include <math.h>

/* Metres a degree of latitude at the equator, where they are fewest, rounded down. */
#define LEAST_LAT_M 110574.0

/* Two roads may run in the same place, one for each direction.  Where only one of them is reached
 * the place is reached, whichever way their distances round: a rival further by this much at the
 * level, and by some centimetres beside the road, is as far. */
#define SLACK_M 1e-4

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

void fm_field_init(FmField *field, const FmContourGrid *grid, const FmContourMargin *margin,
                   guint32 west, guint32 south)
{
    field->grid = grid;
    field->margin = margin;
    field->west = west;
    field->south = south;
    field->level2 = grid->level_m * grid->level_m;
    field->slack2 = 2 * SLACK_M * grid->level_m;
    for (guint32 i = 0; i < FM_FIELD_SIDE; i++) {
        field->lon_deg[i] = FM_CONTOUR_WEST_DEG + (west + i) * grid->step_lon_deg;
        field->lat_deg[i] = FM_CONTOUR_SOUTH_DEG + (south + i) * grid->step_lat_deg;
        fm_contour_metres_per_degree(field->lat_deg[i], &field->lon_m[i], &field->lat_m[i]);
        for (guint32 x = 0; x < FM_FIELD_SIDE; x++) {
            field->distance2[i][x] = (double)INFINITY;
            field->bound2[i][x] = field->level2;
        }
        field->inside[i] = 0;
    }
    memset(field->wanted, 0, sizeof field->wanted);
    memset(field->bounded, 0, sizeof field->bounded);
    memset(field->settled, 0, sizeof field->settled);
    field->n_settled = 0;
    memset(field->age, 0, sizeof field->age);
}

/* ---- distances --------------------------------------------------------------------------- */

/* Nodes of a tile that a stroke matters to: on each row those beside the part of the stroke that is
 * near the row, since the box around a slanting stroke holds many more. */
typedef struct {
    guint32 bottom, top;
    guint32 begin[FM_FIELD_SIDE], end[FM_FIELD_SIDE]; /* by row: columns */
} Spans;

static guint32 column_of(const FmField *field, double lon_deg)
{
    double column = (lon_deg - field->lon_deg[0]) / field->grid->step_lon_deg;
    return column > 0 ? (guint32)MIN(column, FM_FIELD_SIDE) : 0;
}

/* @return FALSE when it matters to none */
static gboolean find_spans(const FmField *field, const FmStroke *stroke, Spans *spans)
{
    FmNodeRange range = fm_contour_nodes(field->grid, field->margin, stroke);
    if (range.last < field->west || range.first >= field->west + FM_FIELD_SIDE ||
        range.top < field->south || range.bottom >= field->south + FM_FIELD_SIDE)
        return FALSE;
    spans->bottom = MAX(range.bottom, field->south) - field->south;
    spans->top = MIN(range.top, field->south + FM_FIELD_SIDE - 1) - field->south;
    FmContourMargin margin = *field->margin;
    double north_deg = stroke->b.lat_deg - stroke->a.lat_deg;
    double east_deg = stroke->b.lon_deg - stroke->a.lon_deg;
    gboolean level = fabs(north_deg) < margin.lat_deg / 1024; /* near every row, or none */
    double per_deg = level ? 0 : 1 / north_deg;
    for (guint32 row = spans->bottom; row <= spans->top; row++) {
        double middle = (field->lat_deg[row] - stroke->a.lat_deg) * per_deg;
        double half = level ? 1 : margin.lat_deg * fabs(per_deg);
        double from_deg = stroke->a.lon_deg + CLAMP(middle - half, 0, 1) * east_deg;
        double to_deg = stroke->a.lon_deg + CLAMP(middle + half, 0, 1) * east_deg;
        spans->begin[row] = column_of(field, MIN(from_deg, to_deg) - margin.lon_deg);
        spans->end[row] = column_of(field, MAX(from_deg, to_deg) + margin.lon_deg) + 1;
    }
    return TRUE;
}

/* A stroke as it is seen from one row of nodes. */
typedef struct {
    double begin_deg, lon_m;
    double along_x_m, along_y_m, per_size2;
    double y_m, along_y_y;
    double slack2; /* added to squared distances */
} Row;

static Row row_of(const FmField *field, const FmStroke *stroke, guint32 row, double slack2)
{
    double lon_m = field->lon_m[row], lat_m = field->lat_m[row];
    double along_x_m = (stroke->b.lon_deg - stroke->a.lon_deg) * lon_m;
    double along_y_m = (stroke->b.lat_deg - stroke->a.lat_deg) * lat_m;
    double size2 = along_x_m * along_x_m + along_y_m * along_y_m;
    double y_m = (field->lat_deg[row] - stroke->a.lat_deg) * lat_m;
    return (Row){stroke->a.lon_deg,         lon_m, along_x_m,       along_y_m,
                 size2 > 0 ? 1 / size2 : 0, y_m,   along_y_m * y_m, slack2};
}

enum { AT_ONCE = 4 }; /* columns */

/* Lowers the squared distances of AT_ONCE nodes, in metres as they are on their row. */
static void lower(const Row *row, const double *lon_deg, double *distance2)
{
    for (int i = 0; i < AT_ONCE; i++) {
        double x_m = (lon_deg[i] - row->begin_deg) * row->lon_m;
        double t = (row->along_x_m * x_m + row->along_y_y) * row->per_size2;
        t = t > 0 ? t : 0;
        t = t < 1 ? t : 1;
        double aside_x_m = x_m - t * row->along_x_m, aside_y_m = row->y_m - t * row->along_y_m;
        double d2 = aside_x_m * aside_x_m + aside_y_m * aside_y_m + row->slack2;
        distance2[i] = d2 < distance2[i] ? d2 : distance2[i];
    }
}

#if HAVE_WIDE
/* Operation by operation the same. */
WIDE static void lower_wide(const Row *row, const double *lon_deg, double *distance2)
{
    __m256d x_m = _mm256_sub_pd(_mm256_loadu_pd(lon_deg), _mm256_set1_pd(row->begin_deg));
    __m256d along_x_m = _mm256_set1_pd(row->along_x_m), along_y_m = _mm256_set1_pd(row->along_y_m);
    x_m = _mm256_mul_pd(x_m, _mm256_set1_pd(row->lon_m));
    __m256d t = _mm256_mul_pd(along_x_m, x_m);
    t = _mm256_add_pd(t, _mm256_set1_pd(row->along_y_y));
    t = _mm256_mul_pd(t, _mm256_set1_pd(row->per_size2));
    t = _mm256_min_pd(_mm256_max_pd(t, _mm256_setzero_pd()), _mm256_set1_pd(1));
    __m256d aside_x_m = _mm256_sub_pd(x_m, _mm256_mul_pd(t, along_x_m));
    __m256d aside_y_m = _mm256_sub_pd(_mm256_set1_pd(row->y_m), _mm256_mul_pd(t, along_y_m));
    __m256d d2 =
        _mm256_add_pd(_mm256_mul_pd(aside_x_m, aside_x_m), _mm256_mul_pd(aside_y_m, aside_y_m));
    d2 = _mm256_add_pd(d2, _mm256_set1_pd(row->slack2));
    _mm256_storeu_pd(distance2, _mm256_min_pd(d2, _mm256_loadu_pd(distance2)));
}
#endif

/* Rows of a block that the stroke matters to, or a rival. */
typedef struct {
    const FmStroke *stroke;
    const Spans *spans;
    guint32 left, bottom, top; /* first column, rows */
    double slack2;
} Part;

LOOPS void measure(const FmField *field, const Part *part, double distance2[][FM_FIELD_SIDE],
                   void (*lower_some)(const Row *, const double *, double *))
{
    const Spans *spans = part->spans;
    for (guint32 y = part->bottom; y <= part->top; y++) {
        Row row = row_of(field, part->stroke, y, part->slack2);
        guint32 end = MIN(spans->end[y], part->left + FM_FIELD_BLOCK);
        for (guint32 x = MAX(spans->begin[y], part->left) / AT_ONCE * AT_ONCE; x < end;
             x += AT_ONCE)
            lower_some(&row, field->lon_deg + x, distance2[y] + x);
    }
}

#if HAVE_WIDE
WIDE static void measure_wide(const FmField *field, const Part *part,
                              double distance2[][FM_FIELD_SIDE])
{
    measure(field, part, distance2, lower_wide);
}
#endif

static void measure_best(const FmField *field, const Part *part, double distance2[][FM_FIELD_SIDE])
{
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2")) {
        measure_wide(field, part, distance2);
        return;
    }
#endif
    measure(field, part, distance2, lower);
}

/* ---- what lies inside -------------------------------------------------------------------- */

/* The nodes of a block's row that lie inside, a bit each. */
static guint64 look_along(const double *distance2, const double *bound2)
{
    guint64 bits = 0;
    for (guint32 i = 0; i < FM_FIELD_BLOCK; i++)
        bits |= (guint64)(distance2[i] <= bound2[i]) << i;
    return bits;
}

#if HAVE_WIDE
WIDE static guint64 look_along_wide(const double *distance2, const double *bound2)
{
    guint64 bits = 0;
    for (guint32 i = 0; i < FM_FIELD_BLOCK; i += AT_ONCE) {
        __m256d inside =
            _mm256_cmp_pd(_mm256_loadu_pd(distance2 + i), _mm256_loadu_pd(bound2 + i), _CMP_LE_OQ);
        bits |= (guint64)_mm256_movemask_pd(inside) << i;
    }
    return bits;
}
#endif

LOOPS void look(FmField *field, guint32 x, guint32 y,
                guint64 (*along)(const double *, const double *))
{
    guint32 left = x * FM_FIELD_BLOCK, bottom = y * FM_FIELD_BLOCK;
    for (guint32 row = bottom; row < bottom + FM_FIELD_BLOCK; row++)
        field->inside[row] |= along(field->distance2[row] + left, field->bound2[row] + left)
                              << left;
}

#if HAVE_WIDE
WIDE static void look_wide(FmField *field, guint32 x, guint32 y)
{
    look(field, x, y, look_along_wide);
}
#endif

static void look_at(FmField *field, guint32 x, guint32 y)
{
#if HAVE_WIDE
    if (__builtin_cpu_supports("avx2")) {
        look_wide(field, x, y);
        return;
    }
#endif
    look(field, x, y, look_along);
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

/* ---- strokes and rivals ------------------------------------------------------------------ */

static Part part_in(const FmStroke *stroke, const Spans *spans, guint32 x, guint32 y)
{
    return (Part){.stroke = stroke,
                  .spans = spans,
                  .left = x * FM_FIELD_BLOCK,
                  .bottom = MAX(spans->bottom, y * FM_FIELD_BLOCK),
                  .top = MIN(spans->top, (y + 1) * FM_FIELD_BLOCK - 1)};
}

/* Do the rows have a column in the block? */
static gboolean enters(const Part *part)
{
    for (guint32 row = part->bottom; row <= part->top; row++)
        if (part->spans->begin[row] < part->left + FM_FIELD_BLOCK &&
            part->spans->end[row] > part->left)
            return TRUE;
    return FALSE;
}

typedef void (*BlockFunc)(FmField *field, Part *part, guint32 x, guint32 y);

/* Calls for each block that a stroke enters. */
static void for_blocks(FmField *field, const FmStroke *stroke, BlockFunc func)
{
    Spans spans;
    if (field->n_settled == FM_FIELD_BLOCKS * FM_FIELD_BLOCKS || !find_spans(field, stroke, &spans))
        return;
    for (guint32 y = spans.bottom / FM_FIELD_BLOCK; y <= spans.top / FM_FIELD_BLOCK; y++)
        for (guint32 x = 0; x < FM_FIELD_BLOCKS; x++) {
            Part part = part_in(stroke, &spans, x, y);
            if (!field->settled[y][x] && enters(&part))
                func(field, &part, x, y);
        }
}

static void want_block(FmField *field, Part *part, guint32 x, guint32 y)
{
    (void)part;
    field->wanted[y][x] = TRUE;
}

static void bound_block(FmField *field, Part *part, guint32 x, guint32 y)
{
    if (!field->wanted[y][x])
        return;
    part->slack2 = field->slack2;
    measure_best(field, part, field->bound2);
    field->bounded[y][x] = TRUE;
}

static void add_to_block(FmField *field, Part *part, guint32 x, guint32 y)
{
    measure_best(field, part, field->distance2);
    if (++field->age[y][x] < PATIENCE)
        return;
    field->age[y][x] = 0;
    look_at(field, x, y);
    field->settled[y][x] = is_within(field, x, y);
    field->n_settled += field->settled[y][x] ? 1 : 0;
}

void fm_field_want(FmField *field, const FmStroke *stroke)
{
    for_blocks(field, stroke, want_block);
}

void fm_field_unbound(FmField *field)
{
    for (guint32 row = 0; row < FM_FIELD_SIDE; row++)
        for (guint32 x = 0; x < FM_FIELD_SIDE; x++)
            if (field->bounded[row / FM_FIELD_BLOCK][x / FM_FIELD_BLOCK])
                field->bound2[row][x] = field->level2;
    memset(field->bounded, 0, sizeof field->bounded);
}

void fm_field_bound(FmField *field, const FmStroke *rival)
{
    for_blocks(field, rival, bound_block);
}

void fm_field_add(FmField *field, const FmStroke *stroke)
{
    for_blocks(field, stroke, add_to_block);
}

void fm_field_look(FmField *field)
{
    for (guint32 y = 0; y < FM_FIELD_BLOCKS; y++)
        for (guint32 x = 0; x < FM_FIELD_BLOCKS; x++)
            if (!field->settled[y][x])
                look_at(field, x, y);
}
