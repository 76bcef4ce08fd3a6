/* Boxes are halved at the median of their centres along the axis of the largest spread; each node
 * keeps the union of its boxes.  The shape of the tree follows from n alone (halving.h). */
#include "box-tree.h"

#include "halving.h"

#include <math.h>

FmBox fm_box_empty(void)
{
    return (FmBox){{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
}

FmBox fm_box_union(FmBox a, FmBox b)
{
    for (int axis = 0; axis < 3; axis++) {
        a.low[axis] = MIN(a.low[axis], b.low[axis]);
        a.high[axis] = MAX(a.high[axis], b.high[axis]);
    }
    return a;
}

/* ---- building ---- */

static FmBox build(FmBoxTree *tree, const FmBox *boxes, FmPlaced *placed, gsize node, gsize begin,
                   gsize end)
{
    gsize n = end - begin;
    FmBox all = fm_box_empty();

    if (n <= FM_LEAF_SIZE) {
        for (gsize i = begin; i < end; i++) {
            all = fm_box_union(all, boxes[placed[i].index]);
        }
    } else {
        fm_halving_arrange(placed + begin, n);
        all = fm_box_union(build(tree, boxes, placed, 2 * node + 1, begin, begin + n / 2),
                           build(tree, boxes, placed, 2 * node + 2, begin + n / 2, end));
    }
    tree->nodes[node] = all;
    return all;
}

void fm_box_tree_init(FmBoxTree *tree, const FmBox *boxes, gsize n)
{
    g_autofree FmPlaced *placed = g_new(FmPlaced, n);

    for (gsize i = 0; i < n; i++) {
        placed[i].index = i;
        for (int axis = 0; axis < 3; axis++) {
            placed[i].at.c[axis] = (boxes[i].low[axis] + boxes[i].high[axis]) / 2;
        }
    }
    tree->n = n;
    tree->nodes = g_new(FmBox, 2 * fm_halving_inner_nodes(n) + 1);
    build(tree, boxes, placed, 0, 0, n);
    tree->order = g_new(gsize, n);
    for (gsize i = 0; i < n; i++) {
        tree->order[i] = placed[i].index;
    }
}

void fm_box_tree_clear(FmBoxTree *tree)
{
    g_clear_pointer(&tree->order, g_free);
    g_clear_pointer(&tree->nodes, g_free);
    tree->n = 0;
}

/* ---- searching ---- */

typedef struct {
    const FmBoxTree *tree;
    const double *p, *limit2;
    const FmBox *query;
    FmBoxVisit visit;
    void *user;
} Walk;

static void visit_range(const Walk *walk, gsize begin, gsize end)
{
    for (gsize place = begin; place < end; place++) {
        walk->visit(place, walk->user);
    }
}

static double distance2(const FmBox *box, const double p[3])
{
    double sum = 0;

    for (int axis = 0; axis < 3; axis++) {
        double outside = MAX(MAX(box->low[axis] - p[axis], p[axis] - box->high[axis]), 0);
        sum += outside * outside;
    }
    return sum;
}

static void walk_near(const Walk *walk, gsize node, gsize begin, gsize end)
{
    if (end - begin <= FM_LEAF_SIZE) {
        visit_range(walk, begin, end);
        return;
    }
    gsize middle = begin + (end - begin) / 2;
    double left2 = distance2(&walk->tree->nodes[2 * node + 1], walk->p);
    double right2 = distance2(&walk->tree->nodes[2 * node + 2], walk->p);

    if (left2 <= right2 && left2 <= *walk->limit2) {
        walk_near(walk, 2 * node + 1, begin, middle);
    }
    if (right2 <= *walk->limit2) {
        walk_near(walk, 2 * node + 2, middle, end);
    }
    if (left2 > right2 && left2 <= *walk->limit2) {
        walk_near(walk, 2 * node + 1, begin, middle);
    }
}

void fm_box_tree_near(const FmBoxTree *tree, const double p[3], const double *limit2,
                      FmBoxVisit visit, void *user)
{
    Walk walk = {.tree = tree, .p = p, .limit2 = limit2, .visit = visit, .user = user};

    if (tree->n > 0 && distance2(&tree->nodes[0], p) <= *limit2) {
        walk_near(&walk, 0, 0, tree->n);
    }
}

static gboolean overlap(const FmBox *a, const FmBox *b)
{
    for (int axis = 0; axis < 3; axis++) {
        if (a->low[axis] > b->high[axis] || a->high[axis] < b->low[axis]) {
            return FALSE;
        }
    }
    return TRUE;
}

static void walk_overlapping(const Walk *walk, gsize node, gsize begin, gsize end)
{
    if (!overlap(&walk->tree->nodes[node], walk->query)) {
        return;
    }
    if (end - begin <= FM_LEAF_SIZE) {
        visit_range(walk, begin, end);
        return;
    }
    gsize middle = begin + (end - begin) / 2;
    walk_overlapping(walk, 2 * node + 1, begin, middle);
    walk_overlapping(walk, 2 * node + 2, middle, end);
}

void fm_box_tree_overlapping(const FmBoxTree *tree, const FmBox *query, FmBoxVisit visit,
                             void *user)
{
    Walk walk = {.tree = tree, .query = query, .visit = visit, .user = user};

    if (tree->n > 0) {
        walk_overlapping(&walk, 0, 0, tree->n);
    }
}
