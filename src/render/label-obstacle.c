/* Obstacles as the boxes of their borders in a grid.  A box that meets no border of a closed
 * obstacle lies wholly inside or wholly outside of it: its middle tells. */

#include "label-obstacle.h"

#include <math.h>

#define CELL_PX 32.0
/* A border is no thinner than this, so that it cannot slip through between two boxes. */
#define HALF_WIDTH_MIN_PX 0.05

struct FmObstacleSet {
    const FmLabelObstacle *obstacles;
    gsize n;
    FmPageRect *bounds; /* per obstacle */
    FmBoxGrid *borders;
    guint64 query;
    guint64 *seen; /* per obstacle: the last query that counted it */
};

static FmPageRect bounds_of(const FmLabelObstacle *o)
{
    if (o->n_points == 0)
        return (FmPageRect){0, 0, 0, 0};
    FmPagePoint low = o->points[0], high = o->points[0];
    for (gsize i = 1; i < o->n_points; i++) {
        low.x_px = MIN(low.x_px, o->points[i].x_px);
        low.y_px = MIN(low.y_px, o->points[i].y_px);
        high.x_px = MAX(high.x_px, o->points[i].x_px);
        high.y_px = MAX(high.y_px, o->points[i].y_px);
    }
    return (FmPageRect){low.x_px, low.y_px, high.x_px - low.x_px, high.y_px - low.y_px};
}

static void add_border(FmObstacleSet *set, gsize index, FmPageRect frame)
{
    const FmLabelObstacle *o = &set->obstacles[index];
    gsize n_segments = o->n_points == 0 ? 0 : o->closed ? o->n_points : o->n_points - 1;
    for (gsize i = 0; i < n_segments; i++) {
        FmTurnedBox box = fm__turned_box_segment(o->points[i], o->points[(i + 1) % o->n_points],
                                                 MAX(o->half_width_px, HALF_WIDTH_MIN_PX));
        FmPageRect bounds = fm__turned_box_bounds(&box);
        if (fm__rect_overlap(&bounds, &frame))
            fm__box_grid_add(set->borders, &box, index);
    }
}

FmObstacleSet *fm__obstacle_set_new(const FmLabelObstacle *obstacles, gsize n, FmPageRect frame)
{
    FmObstacleSet *set = g_new0(FmObstacleSet, 1);
    set->obstacles = obstacles;
    set->n = n;
    set->bounds = g_new0(FmPageRect, n);
    set->borders = fm__box_grid_new(frame, CELL_PX);
    set->seen = g_new0(guint64, n);
    for (gsize i = 0; i < n; i++) {
        set->bounds[i] = bounds_of(&obstacles[i]);
        add_border(set, i, frame);
    }
    return set;
}

void fm__obstacle_set_free(FmObstacleSet *set)
{
    if (set == NULL)
        return;
    g_free(set->bounds);
    fm__box_grid_free(set->borders);
    g_free(set->seen);
    g_free(set);
}

/* Even-odd rule along a ray to the right. */
static gboolean inside_polygon(const FmLabelObstacle *o, double x_px, double y_px)
{
    gboolean inside = FALSE;
    for (gsize i = 0, j = o->n_points - 1; i < o->n_points; j = i++) {
        const FmPagePoint a = o->points[i], b = o->points[j];
        if ((a.y_px > y_px) != (b.y_px > y_px) &&
            x_px < (b.x_px - a.x_px) * (y_px - a.y_px) / (b.y_px - a.y_px) + a.x_px)
            inside = !inside;
    }
    return inside;
}

typedef struct {
    FmObstacleSet *set;
    double weight;
} Weighing;

static gboolean weigh(gsize index, void *user)
{
    Weighing *weighing = user;
    FmObstacleSet *set = weighing->set;
    if (set->seen[index] == set->query)
        return TRUE;
    set->seen[index] = set->query;
    double weight = set->obstacles[index].weight;
    weighing->weight += weight >= 1 ? (double)INFINITY : weight;
    return weight < 1;
}

static void weigh_areas(Weighing *weighing, const FmTurnedBox *box)
{
    const FmObstacleSet *set = weighing->set;
    for (gsize i = 0; i < set->n; i++) {
        const FmPageRect *b = &set->bounds[i];
        if (set->obstacles[i].closed && set->seen[i] != set->query && box->cx_px >= b->x_px &&
            box->cy_px >= b->y_px && box->cx_px <= fm__rect_right_px(b) &&
            box->cy_px <= fm__rect_bottom_px(b) &&
            inside_polygon(&set->obstacles[i], box->cx_px, box->cy_px))
            weigh(i, weighing);
    }
}

double fm__obstacle_set_weight(FmObstacleSet *set, const FmTurnedBox *boxes, gsize n)
{
    Weighing weighing = {.set = set};
    set->query++;
    for (gsize i = 0; i < n && !isinf(weighing.weight); i++) {
        fm__box_grid_visit(set->borders, &boxes[i], weigh, &weighing);
        weigh_areas(&weighing, &boxes[i]);
    }
    return weighing.weight;
}
