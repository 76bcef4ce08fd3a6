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

static gboolean holds(const FmObstacleSet *set, gsize index, double x_px, double y_px)
{
    const FmPageRect *b = &set->bounds[index];
    return set->obstacles[index].closed && x_px >= b->x_px && y_px >= b->y_px &&
           x_px <= fm__rect_right_px(b) && y_px <= fm__rect_bottom_px(b) &&
           inside_polygon(&set->obstacles[index], x_px, y_px);
}

/* Those that hold a name's own point are weighed in a turn of their own. */
typedef struct {
    FmObstacleSet *set;
    const FmPagePoint *own; /* NULL = all are weighed */
    gboolean own_turn, met_own;
    double weight;
} Weighing;

static gboolean weigh(gsize index, void *user)
{
    Weighing *weighing = user;
    FmObstacleSet *set = weighing->set;
    if (set->seen[index] == set->query)
        return TRUE;
    set->seen[index] = set->query;
    if (weighing->own) {
        gboolean own = holds(set, index, weighing->own->x_px, weighing->own->y_px);
        weighing->met_own |= own;
        if (own != weighing->own_turn)
            return TRUE;
    }
    double weight = set->obstacles[index].weight;
    weighing->weight += weight >= 1 ? (double)INFINITY : weight;
    return weight < 1;
}

static void weigh_areas(Weighing *weighing, const FmTurnedBox *box)
{
    const FmObstacleSet *set = weighing->set;
    for (gsize i = 0; i < set->n; i++) {
        if (set->seen[i] != set->query && holds(set, i, box->cx_px, box->cy_px))
            weigh(i, weighing);
    }
}

static void weigh_all(Weighing *weighing, const FmTurnedBox *boxes, gsize n, double grow_px)
{
    weighing->set->query++;
    for (gsize i = 0; i < n && !isinf(weighing->weight); i++) {
        const FmTurnedBox box = fm__turned_box_grow(boxes[i], grow_px);
        fm__box_grid_visit(weighing->set->borders, &box, weigh, weighing);
        weigh_areas(weighing, &box);
    }
}

double fm__obstacle_set_weight(FmObstacleSet *set, const FmTurnedBox *boxes, gsize n)
{
    Weighing weighing = {.set = set};
    weigh_all(&weighing, boxes, n, 0);
    return weighing.weight;
}

double fm__obstacle_set_weight_of_name(FmObstacleSet *set, const FmTurnedBox *boxes, gsize n,
                                       FmPagePoint own, double padding_px)
{
    Weighing weighing = {.set = set, .own = &own};
    weigh_all(&weighing, boxes, n, 0);
    weighing.own_turn = TRUE;
    if (weighing.met_own)
        weigh_all(&weighing, boxes, n, -padding_px);
    return weighing.weight;
}
