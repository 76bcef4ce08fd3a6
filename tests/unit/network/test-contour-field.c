/* A tile's distances against every stroke measured at every node. */
#include "contour-field.h"
#include "fm-unit.h"

#include <math.h>

enum { N = 500 };

static double slow_distance2(const FmField *field, guint x, guint y, const FmStroke *stroke)
{
    double ax = (stroke->b.lon_deg - stroke->a.lon_deg) * field->lon_m[y];
    double ay = (stroke->b.lat_deg - stroke->a.lat_deg) * field->lat_m[y];
    double px = (field->lon_deg[x] - stroke->a.lon_deg) * field->lon_m[y];
    double py = (field->lat_deg[y] - stroke->a.lat_deg) * field->lat_m[y];
    double size2 = ax * ax + ay * ay, t = size2 > 0 ? (ax * px + ay * py) / size2 : 0;
    t = CLAMP(t, 0, 1);
    return (px - t * ax) * (px - t * ax) + (py - t * ay) * (py - t * ay);
}

/* What a tile should say, every stroke and rival measured at every node. */
typedef struct {
    double distance2[FM_FIELD_SIDE][FM_FIELD_SIDE], bound2[FM_FIELD_SIDE][FM_FIELD_SIDE];
} Slow;

static void slow_add(const FmField *field, const FmStroke *stroke, double slack2,
                     double values[][FM_FIELD_SIDE])
{
    for (guint y = 0; y < FM_FIELD_SIDE; y++)
        for (guint x = 0; x < FM_FIELD_SIDE; x++)
            values[y][x] = fmin(values[y][x], slow_distance2(field, x, y, stroke) + slack2);
}

static gboolean slow_inside(const Slow *slow, guint x, guint y)
{
    return slow->distance2[y][x] <= slow->bound2[y][x];
}

/* Is a neighbour of a node on the other side? */
static gboolean is_border(const Slow *slow, guint x, guint y)
{
    gboolean inside = slow_inside(slow, x, y);
    return (x > 0 && slow_inside(slow, x - 1, y) != inside) ||
           (y > 0 && slow_inside(slow, x, y - 1) != inside) ||
           (x + 1 < FM_FIELD_SIDE && slow_inside(slow, x + 1, y) != inside) ||
           (y + 1 < FM_FIELD_SIDE && slow_inside(slow, x, y + 1) != inside);
}

/* What lies inside is told right, and every node next to one of the other side is measured
 * exactly. */
static void compare(const FmField *field, const Slow *slow)
{
    for (guint y = 0; y < FM_FIELD_SIDE; y++)
        for (guint x = 0; x < FM_FIELD_SIDE; x++) {
            /* A node as far from both says one thing or the other. */
            if (fabs(slow->distance2[y][x] - slow->bound2[y][x]) < 1e-6)
                continue;
            g_assert_cmpint((int)(field->inside[y] >> x & 1), ==, slow_inside(slow, x, y));
            if (!is_border(slow, x, y))
                continue;
            g_assert_cmpfloat_with_epsilon(field->distance2[y][x], slow->distance2[y][x], 1e-5);
            g_assert_cmpfloat_with_epsilon(field->bound2[y][x], slow->bound2[y][x], 1e-5);
        }
}

static FmStroke random_stroke(GRand *rand, double wide_deg, double high_deg)
{
    FmStroke stroke;
    stroke.a.lon_deg = 116 + g_rand_double_range(rand, -0.2, 1.2) * wide_deg;
    stroke.a.lat_deg = 40 + g_rand_double_range(rand, -0.2, 1.2) * high_deg;
    stroke.b.lon_deg = stroke.a.lon_deg + g_rand_double_range(rand, -0.1, 0.1) * wide_deg;
    stroke.b.lat_deg = stroke.a.lat_deg + g_rand_double_range(rand, -0.1, 0.1) * high_deg;
    return stroke;
}

static void check(GRand *rand, gsize n, gsize n_rivals, FmField *field, guint *n_settled)
{
    FmContourGrid grid = fm_contour_grid(100, 40);
    guint32 west = (guint32)((116 - FM_CONTOUR_WEST_DEG) / grid.step_lon_deg);
    guint32 south = (guint32)((40 - FM_CONTOUR_SOUTH_DEG) / grid.step_lat_deg);
    double wide_deg = 64 * grid.step_lon_deg, high_deg = 64 * grid.step_lat_deg;
    FmStroke strokes[N];
    FmContourMargin margin = fm_contour_margin(&grid, 41);
    Slow slow;
    fm_field_init(field, &grid, &margin, west, south);
    for (guint i = 0; i < FM_FIELD_SIDE * FM_FIELD_SIDE; i++) {
        slow.distance2[i / FM_FIELD_SIDE][i % FM_FIELD_SIDE] = (double)INFINITY;
        slow.bound2[i / FM_FIELD_SIDE][i % FM_FIELD_SIDE] = 1e4;
    }
    for (gsize i = 0; i < n; i++) {
        strokes[i] = random_stroke(rand, wide_deg, high_deg);
        slow_add(field, &strokes[i], 0, slow.distance2);
        if (n_rivals > 0)
            fm_field_want(field, &strokes[i]);
    }
    for (gsize i = 0; i < n_rivals; i++) {
        FmStroke rival = random_stroke(rand, wide_deg, high_deg);
        slow_add(field, &rival, field->slack2, slow.bound2);
        fm_field_bound(field, &rival);
    }
    for (gsize i = 0; i < n; i++)
        fm_field_add(field, &strokes[i]);
    fm_field_look(field);
    compare(field, &slow);
    for (guint y = 0; y < FM_FIELD_BLOCKS; y++)
        for (guint x = 0; x < FM_FIELD_BLOCKS; x++)
            *n_settled += field->settled[y][x] != 0;
    /* Without its rivals, more is inside. */
    fm_field_unbound(field);
    fm_field_look(field);
    for (guint y = 0; y < FM_FIELD_SIDE; y++)
        for (guint x = 0; x < FM_FIELD_SIDE; x++)
            if (!field->settled[y / FM_FIELD_BLOCK][x / FM_FIELD_BLOCK])
                g_assert_cmpint((int)(field->inside[y] >> x & 1), ==, slow.distance2[y][x] <= 1e4);
}

/* Few strokes, and so many that most of the tile is settled early; with rivals and without. */
static void test_slow(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(17);
    g_autofree FmField *field = g_new(FmField, 1);
    guint n_few = 0, n_many = 0, n_bounded = 0;
    for (int i = 0; i < 4; i++) {
        check(rand, 6, 0, field, &n_few);
        check(rand, N, 0, field, &n_many);
        check(rand, 6, 6, field, &n_few);
        check(rand, N, 20, field, &n_bounded);
        check(rand, N, N, field, &n_bounded);
    }
    g_assert_cmpuint(n_few, ==, 0);
    g_assert_cmpuint(n_many, >, n_bounded);
    g_assert_cmpuint(n_bounded, >, 0);
}

void test_contour_field(void)
{
    g_test_add_func("/network/contour-field/slow", test_slow);
}
