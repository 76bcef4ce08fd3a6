/* Turned boxes against sampled points, the grid against trying all pairs. */
#include "fm-unit.h"
#include "label-box.h"

#include <math.h>

static const FmPageRect frame = {-20, 10, 400, 300};

static FmTurnedBox random_box(GRand *random, FmPageRect within, double longest_px)
{
    const FmPagePoint at = {within.x_px + g_rand_double(random) * within.width_px,
                            within.y_px + g_rand_double(random) * within.height_px};
    const FmPageRect rect = {at.x_px, at.y_px, 0.1 + g_rand_double(random) * longest_px,
                             0.1 + g_rand_double(random) * 20};
    double angle_rad = g_rand_int_range(random, 0, 3) == 0 ? 0 : g_rand_double(random) * 2 * G_PI;
    return fm__turned_box_rotated(rect, at, angle_rad);
}

static gboolean holds(const FmTurnedBox *box, double x_px, double y_px)
{
    double dx = x_px - box->cx_px, dy = y_px - box->cy_px;
    return fabs(dx * box->cos_angle + dy * box->sin_angle) < box->half_width_px &&
           fabs(dy * box->cos_angle - dx * box->sin_angle) < box->half_height_px;
}

/* Is a point of `a`, out of many, in `b`? */
static gboolean sampled(const FmTurnedBox *a, const FmTurnedBox *b)
{
    enum { STEPS = 60 };
    for (int i = -STEPS; i <= STEPS; i++) {
        for (int k = -STEPS; k <= STEPS; k++) {
            double u = a->half_width_px * i / STEPS, v = a->half_height_px * k / STEPS;
            if (holds(b, a->cx_px + u * a->cos_angle - v * a->sin_angle,
                      a->cy_px + u * a->sin_angle + v * a->cos_angle))
                return TRUE;
        }
    }
    return FALSE;
}

static FmTurnedBox shrunk(FmTurnedBox box, double by_px)
{
    box.half_width_px = MAX(box.half_width_px - by_px, 0);
    box.half_height_px = MAX(box.half_height_px - by_px, 0);
    return box;
}

static void test_overlap(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    const FmPageRect near = {0, 0, 100, 100};
    guint n_overlaps = 0;
    for (int i = 0; i < 1500; i++) {
        FmTurnedBox a = random_box(random, near, 120), b = random_box(random, near, 120);
        gboolean overlap = fm__turned_boxes_overlap(&a, &b);
        g_assert_true(overlap == fm__turned_boxes_overlap(&b, &a));
        if (sampled(&a, &b))
            g_assert_true(overlap);
        /* Boxes that share some pixels show it in the samples. */
        const FmTurnedBox less_a = shrunk(a, 2), less_b = shrunk(b, 2);
        if (fm__turned_boxes_overlap(&less_a, &less_b))
            g_assert_true(sampled(&a, &b));
        n_overlaps += overlap != 0;
    }
    g_assert_cmpuint(n_overlaps, >, 200);
    g_assert_cmpuint(n_overlaps, <, 1200);
}

static void test_borders(void)
{
    const FmTurnedBox a = fm__turned_box((FmPageRect){0, 0, 10, 10});
    const FmTurnedBox beside = fm__turned_box((FmPageRect){10, 0, 10, 10});
    const FmTurnedBox corner = fm__turned_box((FmPageRect){9, 9, 10, 10});
    /* A square on its corner that points at the corner of `a` without reaching it. */
    const FmTurnedBox tip =
        fm__turned_box_rotated((FmPageRect){11, 11, 4, 4}, (FmPagePoint){13, 13}, G_PI / 4);
    g_assert_false(fm__turned_boxes_overlap(&a, &beside));
    g_assert_true(fm__turned_boxes_overlap(&a, &corner));
    g_assert_false(fm__turned_boxes_overlap(&a, &tip));
    g_assert_true(fm__turned_boxes_overlap(&a, &a));
}

static void test_bounds(void)
{
    const FmPageRect rect = {10, 20, 40, 10};
    const FmTurnedBox up = fm__turned_box_rotated(rect, (FmPagePoint){10, 20}, -G_PI / 2);
    FmPageRect bounds = fm__turned_box_bounds(&up);
    g_assert_cmpfloat_with_epsilon(bounds.x_px, 10, 1e-9);
    g_assert_cmpfloat_with_epsilon(bounds.y_px, -20, 1e-9);
    g_assert_cmpfloat_with_epsilon(bounds.width_px, 10, 1e-9);
    g_assert_cmpfloat_with_epsilon(bounds.height_px, 40, 1e-9);
    const FmTurnedBox stroke =
        fm__turned_box_segment((FmPagePoint){0, 0}, (FmPagePoint){30, 40}, 2);
    g_assert_true(holds(&stroke, 15, 20));
    g_assert_true(holds(&stroke, 15 + 1.5 * 0.8, 20 - 1.5 * 0.6));
    g_assert_false(holds(&stroke, 15 + 2.5 * 0.8, 20 - 2.5 * 0.6));
    const FmTurnedBox dot = fm__turned_box_segment((FmPagePoint){5, 5}, (FmPagePoint){5, 5}, 2);
    g_assert_true(holds(&dot, 6, 6));
}

enum { N_BOXES = 400 };

static gboolean mark(gsize owner, void *user)
{
    gboolean *seen = user;
    seen[owner] = TRUE;
    return TRUE;
}

static gboolean stop(gsize owner, void *user)
{
    *(gsize *)user = owner;
    return FALSE;
}

static void test_grid(void)
{
    const double cells[] = {7, 24, 1000};
    const FmPageRect around = fm__rect_grow(frame, 30);
    for (gsize c = 0; c < G_N_ELEMENTS(cells); c++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(11);
        g_autoptr(FmBoxGrid) grid = fm__box_grid_new(frame, cells[c]);
        FmTurnedBox boxes[N_BOXES];
        for (gsize i = 0; i < N_BOXES; i++) {
            /* Now and then one across the whole page. */
            boxes[i] = random_box(random, around, i % 20 == 0 ? 500 : 40);
            fm__box_grid_add(grid, &boxes[i], i);
        }
        for (gsize i = 0; i < N_BOXES; i += 3)
            fm__box_grid_remove(grid, &boxes[i], i);
        guint n_found = 0;
        for (int q = 0; q < 300; q++) {
            const FmTurnedBox query = random_box(random, around, q % 20 == 0 ? 500 : 40);
            gboolean seen[N_BOXES] = {FALSE}, any = FALSE;
            g_assert_true(fm__box_grid_visit(grid, &query, mark, seen));
            for (gsize i = 0; i < N_BOXES; i++) {
                gboolean expected = i % 3 != 0 && fm__turned_boxes_overlap(&boxes[i], &query);
                g_assert_true(seen[i] == expected);
                any |= expected;
                n_found += expected != 0;
            }
            gsize first = N_BOXES;
            g_assert_true(fm__box_grid_visit(grid, &query, stop, &first) == !any);
            g_assert_true((first < N_BOXES) == any);
        }
        g_assert_cmpuint(n_found, >, 300);
    }
}

void test_label_box(void)
{
    g_test_add_func("/render/label-box/overlap", test_overlap);
    g_test_add_func("/render/label-box/borders", test_borders);
    g_test_add_func("/render/label-box/bounds", test_bounds);
    g_test_add_func("/render/label-box/grid", test_grid);
}
