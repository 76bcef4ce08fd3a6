/* Distance to one geometry.  The edge whose chord is nearest is found first, which costs no
 * geodesic; its true distance then bounds which other edges have to be measured at all.  A geodesic
 * edge lies within its sagitta of its chord, and boxes are widened by it, so nothing is missed. */
#include "shape.h"

#include "chord.h"
#include "geometry-internal.h"

#include <facmap/geo.h>
#include <math.h>

static FmShapeEdge edge_between(FmLonLat from, FmLonLat to)
{
    FmShapeEdge edge = {
        .from = from, .to = to, .a = fm_ecef_from_lonlat(from), .b = fm_ecef_from_lonlat(to)};
    double chord_m = sqrt(fm_ecef_distance2(&edge.a, &edge.b));

    edge.sagitta_m = fm_chord_sagitta_m(fm_chord_geodesic_max_m(chord_m));
    return edge;
}

static FmBox edge_box(const FmShapeEdge *edge)
{
    FmBox box;

    for (int axis = 0; axis < 3; axis++) {
        double a = edge->a.c[axis], b = edge->b.c[axis];
        box.low[axis] = MIN(a, b) - edge->sagitta_m;
        box.high[axis] = MAX(a, b) + edge->sagitta_m;
    }
    return box;
}

void fm_shape_init(FmShape *shape, const FmGeometry *geometry, gsize owner)
{
    guint dimension = fm_geometry_dimension(geometry);
    gsize n = dimension == 0 ? geometry->n_points : geometry->n_points - geometry->n_paths;
    g_autofree FmShapeEdge *edges = g_new(FmShapeEdge, n);
    g_autofree FmBox *boxes = g_new(FmBox, n);
    gsize at = 0;

    *shape = (FmShape){.owner = owner};
    for (gsize path = 0; path < geometry->n_paths; path++) {
        gsize begin = fm_geometry_path_begin(geometry, path);
        for (gsize i = dimension == 0 ? begin : begin + 1; i < geometry->path_end[path]; i++) {
            FmLonLat from = geometry->points[dimension == 0 ? i : i - 1];
            edges[at] = edge_between(from, geometry->points[i]);
            boxes[at] = edge_box(&edges[at]);
            shape->sagitta_max_m = MAX(shape->sagitta_max_m, edges[at].sagitta_m);
            at++;
        }
    }
    fm_box_tree_init(&shape->tree, boxes, n);
    shape->edges = g_new(FmShapeEdge, n);
    for (gsize place = 0; place < n; place++) {
        shape->edges[place] = edges[shape->tree.order[place]];
    }
    if (dimension == 2) {
        shape->locator = fm_polygon_locator_new(geometry);
    }
}

void fm_shape_clear(FmShape *shape)
{
    fm_box_tree_clear(&shape->tree);
    g_clear_pointer(&shape->edges, g_free);
    g_clear_pointer(&shape->locator, fm_polygon_locator_free);
}

FmBox fm_shape_box(const FmShape *shape)
{
    return shape->tree.nodes[0];
}

gboolean fm_shape_contains(const FmShape *shape, FmLonLat p)
{
    return shape->locator != NULL && fm_polygon_locator_contains(shape->locator, p);
}

/* Squared distance from p to the straight chord of an edge. */
static double chord_distance2(const FmShapeEdge *edge, const FmEcef *p)
{
    double along = 0, length2 = 0, distance2 = 0;

    for (int axis = 0; axis < 3; axis++) {
        double side = edge->b.c[axis] - edge->a.c[axis];
        along += side * (p->c[axis] - edge->a.c[axis]);
        length2 += side * side;
    }
    double ratio = length2 > 0 ? CLAMP(along / length2, 0, 1) : 0;
    for (int axis = 0; axis < 3; axis++) {
        double side = edge->b.c[axis] - edge->a.c[axis];
        double apart = edge->a.c[axis] + ratio * side - p->c[axis];
        distance2 += apart * apart;
    }
    return distance2;
}

typedef struct {
    const FmShape *shape;
    FmLonLat p;
    const FmEcef *from;
    double limit2;
    gsize first; /* the place whose chord is nearest */
    gboolean found;
    double best_m;
    FmLonLat nearest;
} Search;

static void visit_chord(gsize place, void *user)
{
    Search *search = user;
    double distance2 = chord_distance2(&search->shape->edges[place], search->from);

    if (distance2 <= search->limit2 && (!search->found || distance2 < search->limit2)) {
        search->found = TRUE;
        search->first = place;
        search->limit2 = distance2;
    }
}

static void measure(Search *search, gsize place)
{
    const FmShapeEdge *edge = &search->shape->edges[place];
    FmLonLat nearest;
    double distance_m = fm_geodesic_point_segment_m(search->p, edge->from, edge->to, &nearest);

    if (distance_m < search->best_m) {
        double reach_m = fm_chord_reach_m(distance_m);
        search->best_m = distance_m;
        search->nearest = nearest;
        search->limit2 = reach_m * reach_m;
    }
}

static void visit_rest(gsize place, void *user)
{
    Search *search = user;
    const FmShapeEdge *edge = &search->shape->edges[place];

    if (place == search->first) {
        return;
    }
    double least_m = sqrt(chord_distance2(edge, search->from)) - edge->sagitta_m;
    if (least_m <= 0 || least_m * least_m <= search->limit2) {
        measure(search, place);
    }
}

/* Finds the edge whose chord is nearest, if it can be within max_m. */
static gboolean find_first(Search *search, double max_m)
{
    double reach_m = fm_chord_reach_m(max_m) + search->shape->sagitta_max_m;

    search->limit2 = reach_m * reach_m;
    fm_box_tree_near(&search->shape->tree, search->from->c, &search->limit2, visit_chord, search);
    return search->found;
}

double fm_shape_distance_bound_m(const FmShape *shape, const FmEcef *from, double max_m)
{
    Search search = {.shape = shape, .from = from};

    if (!find_first(&search, max_m)) {
        return INFINITY;
    }
    double chord_m = sqrt(search.limit2) + shape->edges[search.first].sagitta_m;
    return fm_chord_geodesic_max_m(chord_m + FM_CHORD_SLACK_M);
}

double fm_shape_distance_m(const FmShape *shape, FmLonLat p, const FmEcef *from, double max_m,
                           FmLonLat *nearest)
{
    Search search = {.shape = shape, .p = p, .from = from, .best_m = INFINITY};

    if (!find_first(&search, max_m)) {
        return INFINITY;
    }
    measure(&search, search.first);
    fm_box_tree_near(&shape->tree, from->c, &search.limit2, visit_rest, &search);
    if (search.best_m > max_m) {
        return INFINITY;
    }
    if (nearest != NULL) {
        *nearest = search.nearest;
    }
    return search.best_m;
}
