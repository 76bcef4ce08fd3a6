#include "box-tree.h"
#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

static FmBox *random_boxes(GRand *rand, gsize n)
{
    FmBox *boxes = g_new(FmBox, n);

    for (gsize i = 0; i < n; i++) {
        for (int axis = 0; axis < 3; axis++) {
            boxes[i].low[axis] = g_rand_double_range(rand, 0, 100);
            boxes[i].high[axis] = boxes[i].low[axis] + g_rand_double_range(rand, 0, 10);
        }
    }
    return boxes;
}

typedef struct {
    const FmBoxTree *tree;
    guint *visits; /* by index */
    const FmBox *boxes;
    const double *p;
    double limit2, best2;
} Visits;

static double distance2(const FmBox *box, const double p[3])
{
    double sum = 0;

    for (int axis = 0; axis < 3; axis++) {
        double outside = MAX(MAX(box->low[axis] - p[axis], p[axis] - box->high[axis]), 0);
        sum += outside * outside;
    }
    return sum;
}

static void note(gsize place, void *user)
{
    Visits *visits = user;

    visits->visits[visits->tree->order[place]]++;
}

static void test_near(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(15);

    for (gsize n = 0; n < 400; n += 1 + n / 3) {
        g_autofree FmBox *boxes = random_boxes(rand, n);
        g_autofree guint *counts = g_new0(guint, n);
        FmBoxTree tree;
        fm_box_tree_init(&tree, boxes, n);
        for (int query = 0; query < 50; query++) {
            double p[3] = {g_rand_double_range(rand, -20, 120), g_rand_double_range(rand, -20, 120),
                           g_rand_double_range(rand, -20, 120)};
            Visits visits = {.tree = &tree, .visits = counts, .limit2 = 10.0 * query};
            for (gsize i = 0; i < n; i++) {
                counts[i] = 0;
            }
            fm_box_tree_near(&tree, p, &visits.limit2, note, &visits);
            for (gsize i = 0; i < n; i++) {
                g_assert_cmpuint(counts[i], <=, 1);
                if (distance2(&boxes[i], p) <= visits.limit2) {
                    g_assert_cmpuint(counts[i], ==, 1);
                }
            }
        }
        fm_box_tree_clear(&tree);
    }
}

static void improve(gsize place, void *user)
{
    Visits *visits = user;
    gsize index = visits->tree->order[place];

    visits->visits[index]++;
    visits->best2 = MIN(visits->best2, distance2(&visits->boxes[index], visits->p));
    visits->limit2 = visits->best2;
}

/* A limit that shrinks while visiting finds the nearest box, without looking at all of them. */
static void test_near_shrinking(void)
{
    enum { N = 2000, QUERIES = 50 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(16);
    g_autofree FmBox *boxes = random_boxes(rand, N);
    g_autofree guint *counts = g_new0(guint, N);
    FmBoxTree tree;
    gsize visited = 0;

    fm_box_tree_init(&tree, boxes, N);
    for (int query = 0; query < QUERIES; query++) {
        double p[3] = {g_rand_double_range(rand, 100, 120), g_rand_double_range(rand, 0, 100), 50};
        Visits visits = {.tree = &tree,
                         .visits = counts,
                         .boxes = boxes,
                         .p = p,
                         .limit2 = INFINITY,
                         .best2 = INFINITY};
        double wanted2 = INFINITY;
        for (gsize i = 0; i < N; i++) {
            wanted2 = MIN(wanted2, distance2(&boxes[i], p));
        }
        fm_box_tree_near(&tree, p, &visits.limit2, improve, &visits);
        g_assert_cmpfloat(visits.best2, ==, wanted2);
    }
    for (gsize i = 0; i < N; i++) {
        visited += counts[i];
    }
    g_assert_cmpuint(visited, <, QUERIES * N / 4);
    fm_box_tree_clear(&tree);
}

static gboolean overlap(const FmBox *a, const FmBox *b)
{
    return a->low[0] <= b->high[0] && a->high[0] >= b->low[0] && a->low[1] <= b->high[1] &&
           a->high[1] >= b->low[1] && a->low[2] <= b->high[2] && a->high[2] >= b->low[2];
}

static void test_overlapping(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(17);
    g_autofree FmBox *boxes = random_boxes(rand, 500);
    g_autofree FmBox *queries = random_boxes(rand, 200);
    FmBoxTree tree;

    fm_box_tree_init(&tree, boxes, 500);
    for (gsize q = 0; q < 200; q++) {
        g_autofree guint *counts = g_new0(guint, 500);
        Visits visits = {.tree = &tree, .visits = counts};
        FmBox query = q % 2 ? queries[q] : boxes[q]; /* also boxes that touch exactly */
        fm_box_tree_overlapping(&tree, &query, note, &visits);
        for (gsize i = 0; i < 500; i++) {
            g_assert_cmpuint(counts[i], <=, 1);
            if (overlap(&boxes[i], &query)) {
                g_assert_cmpuint(counts[i], ==, 1);
            }
        }
    }
    fm_box_tree_clear(&tree);
}

void test_box_tree(void)
{
    g_test_add_func("/geo/box-tree/near", test_near);
    g_test_add_func("/geo/box-tree/near-shrinking", test_near_shrinking);
    g_test_add_func("/geo/box-tree/overlapping", test_overlapping);
}
