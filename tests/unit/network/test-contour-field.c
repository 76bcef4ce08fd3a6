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

/* Few strokes, and so many that most of the tile is settled early: what lies inside is told right,
 * and every node next to one of the other side is measured exactly. */
static void check(GRand *rand, gsize n, FmField *field, guint *n_settled)
{
    FmContourGrid grid = fm_contour_grid(100, 40);
    guint32 west = (guint32)((116 - FM_CONTOUR_WEST_DEG) / grid.step_lon_deg);
    guint32 south = (guint32)((40 - FM_CONTOUR_SOUTH_DEG) / grid.step_lat_deg);
    double wide_deg = 64 * grid.step_lon_deg, high_deg = 64 * grid.step_lat_deg;
    FmContourMargin margin = fm_contour_margin(&grid, 41);
    FmStroke strokes[N];
    double slow[FM_FIELD_SIDE][FM_FIELD_SIDE];
    fm_field_init(field, &grid, &margin, west, south);
    for (guint y = 0; y < FM_FIELD_SIDE; y++)
        for (guint x = 0; x < FM_FIELD_SIDE; x++)
            slow[y][x] = (double)INFINITY;
    for (gsize i = 0; i < n; i++) {
        strokes[i].a.lon_deg = 116 + g_rand_double_range(rand, -0.2, 1.2) * wide_deg;
        strokes[i].a.lat_deg = 40 + g_rand_double_range(rand, -0.2, 1.2) * high_deg;
        strokes[i].b.lon_deg =
            strokes[i].a.lon_deg + g_rand_double_range(rand, -0.1, 0.1) * wide_deg;
        strokes[i].b.lat_deg =
            strokes[i].a.lat_deg + g_rand_double_range(rand, -0.1, 0.1) * high_deg;
        fm_field_add(field, &strokes[i]);
        for (guint y = 0; y < FM_FIELD_SIDE; y++)
            for (guint x = 0; x < FM_FIELD_SIDE; x++)
                slow[y][x] = fmin(slow[y][x], slow_distance2(field, x, y, &strokes[i]));
    }
    fm_field_look(field);
    for (guint y = 0; y < FM_FIELD_SIDE; y++)
        for (guint x = 0; x < FM_FIELD_SIDE; x++) {
            gboolean inside = slow[y][x] <= 1e4;
            g_assert_cmpint((int)(field->inside[y] >> x & 1), ==, inside);
            gboolean border = (x > 0 && (slow[y][x - 1] <= 1e4) != inside) ||
                              (y > 0 && (slow[y - 1][x] <= 1e4) != inside) ||
                              (x + 1 < FM_FIELD_SIDE && (slow[y][x + 1] <= 1e4) != inside) ||
                              (y + 1 < FM_FIELD_SIDE && (slow[y + 1][x] <= 1e4) != inside);
            if (border)
                g_assert_cmpfloat_with_epsilon(field->distance2[y][x], slow[y][x], 1e-5);
        }
    for (guint y = 0; y < FM_FIELD_BLOCKS; y++)
        for (guint x = 0; x < FM_FIELD_BLOCKS; x++)
            *n_settled += field->settled[y][x] != 0;
}

static void test_slow(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(17);
    g_autofree FmField *field = g_new(FmField, 1);
    guint n_few = 0, n_many = 0;
    for (int i = 0; i < 4; i++) {
        check(rand, 6, field, &n_few);
        check(rand, N, field, &n_many);
    }
    g_assert_cmpuint(n_few, ==, 0);
    g_assert_cmpuint(n_many, >, 10);
}

void test_contour_field(void)
{
    g_test_add_func("/network/contour-field/slow", test_slow);
}
