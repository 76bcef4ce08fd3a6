/* Distances to geometries of every kind.  Single points, the common case, are left to the point
 * index; lines, polygons and multi-points are shapes (shape.h) in a tree of their boxes.  Both fill
 * the same list of the best, so that the second search profits from the first. */
#include "box-tree.h"
#include "chord.h"
#include "neighbours.h"
#include "shape.h"

#include <math.h>
#include <stdlib.h>

struct FmGeometryIndex {
    gsize n_points;
    FmPointIndex *points;
    gsize *point_owner; /* ascending: the point index breaks ties as we would */
    FmLonLat *positions;
    gsize n_shapes;
    FmShape *shapes;   /* ascending owner */
    FmBoxTree around;  /* shapes by earth-centred bounds */
    FmBoxTree extents; /* polygons by longitude and latitude */
    gsize *polygons;   /* box of `extents` → shape */
};

/* ---- building ---- */

static void add_geometry(FmGeometryIndex *index, const FmGeometry *geometry, gsize owner)
{
    if (geometry->type == FM_GEOMETRY_POINT) {
        index->positions[index->n_points] = geometry->points[0];
        index->point_owner[index->n_points++] = owner;
    } else {
        fm_shape_init(&index->shapes[index->n_shapes++], geometry, owner);
    }
}

static void build_trees(FmGeometryIndex *index)
{
    g_autofree FmBox *around = g_new(FmBox, index->n_shapes);
    g_autofree FmBox *extents = g_new(FmBox, index->n_shapes);
    gsize n_polygons = 0;

    index->polygons = g_new(gsize, index->n_shapes);
    for (gsize i = 0; i < index->n_shapes; i++) {
        around[i] = fm_shape_box(&index->shapes[i]);
        if (index->shapes[i].locator != NULL) {
            extents[n_polygons] = fm_polygon_locator_box(index->shapes[i].locator);
            index->polygons[n_polygons++] = i;
        }
    }
    fm_box_tree_init(&index->around, around, index->n_shapes);
    fm_box_tree_init(&index->extents, extents, n_polygons);
}

FmGeometryIndex *fm_geometry_index_new(const FmGeometry *const *geometries, gsize n)
{
    FmGeometryIndex *index = g_new0(FmGeometryIndex, 1);
    gsize n_points = 0, n_shapes = 0;

    for (gsize i = 0; i < n; i++) {
        gboolean point = geometries[i] != NULL && geometries[i]->type == FM_GEOMETRY_POINT;
        n_points += point ? 1 : 0;
        n_shapes += geometries[i] != NULL && !point ? 1 : 0;
    }
    index->positions = g_new(FmLonLat, n_points);
    index->point_owner = g_new(gsize, n_points);
    index->shapes = g_new0(FmShape, n_shapes);
    for (gsize i = 0; i < n; i++) {
        if (geometries[i] != NULL) {
            add_geometry(index, geometries[i], i);
        }
    }
    index->points = fm_point_index_new(index->positions, n_points);
    build_trees(index);
    return index;
}

void fm_geometry_index_free(FmGeometryIndex *index)
{
    if (index == NULL) {
        return;
    }
    for (gsize i = 0; i < index->n_shapes; i++) {
        fm_shape_clear(&index->shapes[i]);
    }
    fm_point_index_free(index->points);
    g_free(index->positions);
    g_free(index->point_owner);
    g_free(index->shapes);
    g_free(index->polygons);
    fm_box_tree_clear(&index->around);
    fm_box_tree_clear(&index->extents);
    g_free(index);
}

/* ---- searching ---- */

typedef struct {
    const FmGeometryIndex *index;
    FmLonLat origin;
    FmEcef from;
    double max_m;  /* beyond it nothing matters; shrinks with the list of the best */
    double limit2; /* the squared chord that belongs to max_m */
    FmNeighbours best;
    GArray *within;
    gsize lowest; /* owner, for `containing` */
} Search;

static void set_max(Search *search, double max_m)
{
    double reach_m = fm_chord_reach_m(max_m);

    search->max_m = max_m;
    search->limit2 = reach_m * reach_m;
}

static void found(Search *search, FmNeighbour item)
{
    if (search->within != NULL) {
        g_array_append_val(search->within, item);
        return;
    }
    if (fm_neighbours_wants(&search->best, &item)) {
        fm_neighbours_put(&search->best, item);
        if (fm_neighbours_full(&search->best)) {
            set_max(search, MIN(search->max_m, search->best.items[0].distance_m));
        }
    }
}

static const FmShape *polygon_at(const Search *search, gsize place)
{
    const FmGeometryIndex *index = search->index;

    return &index->shapes[index->polygons[index->extents.order[place]]];
}

static void visit_polygon(gsize place, void *user)
{
    Search *search = user;
    const FmShape *shape = polygon_at(search, place);

    if (fm_shape_contains(shape, search->origin)) {
        found(search, (FmNeighbour){.index = shape->owner, .distance_m = 0});
    }
}

static const FmShape *shape_at(const Search *search, gsize place)
{
    return &search->index->shapes[search->index->around.order[place]];
}

static void visit_bound(gsize place, void *user)
{
    Search *search = user;
    double bound_m =
        fm_shape_distance_bound_m(shape_at(search, place), &search->from, search->max_m);

    if (bound_m < search->max_m) {
        set_max(search, bound_m);
    }
}

static void visit_shape(gsize place, void *user)
{
    Search *search = user;
    const FmShape *shape = shape_at(search, place);

    /* Those around the origin were found by visit_polygon. */
    if (fm_shape_contains(shape, search->origin)) {
        return;
    }
    double distance_m =
        fm_shape_distance_m(shape, search->origin, &search->from, search->max_m, NULL);
    if (distance_m <= search->max_m) {
        found(search, (FmNeighbour){.index = shape->owner, .distance_m = distance_m});
    }
}

static void search_polygons(Search *search, FmBoxVisit visit)
{
    FmLonLat p = search->origin;
    FmBox query = {{p.lon_deg, p.lat_deg, 0}, {p.lon_deg, p.lat_deg, 0}};

    fm_box_tree_overlapping(&search->index->extents, &query, visit, search);
}

static void search_shapes(Search *search)
{
    const FmBoxTree *around = &search->index->around;

    search_polygons(search, visit_polygon);
    /* When one answer is wanted, a pass over the chords alone tells how near it must be, and few
     * geodesics are measured in vain. */
    if (search->within == NULL && search->best.capacity == 1) {
        fm_box_tree_near(around, search->from.c, &search->limit2, visit_bound, search);
    }
    fm_box_tree_near(around, search->from.c, &search->limit2, visit_shape, search);
}

static int compare_owner(const void *key, const void *element)
{
    gsize owner = *(const gsize *)key, other = ((const FmShape *)element)->owner;

    return (owner > other) - (owner < other);
}

static int compare_gsize(const void *key, const void *element)
{
    gsize owner = *(const gsize *)key, other = *(const gsize *)element;

    return (owner > other) - (owner < other);
}

/* Where on its geometry an answer lies: found again, as most callers do not ask. */
static FmLonLat position_of(const Search *search, const FmNeighbour *item)
{
    const FmGeometryIndex *index = search->index;
    const gsize *point = NULL;

    if (index->n_points > 0) {
        point = bsearch(&item->index, index->point_owner, index->n_points, sizeof *point,
                        compare_gsize);
    }
    if (point != NULL) {
        return index->positions[point - index->point_owner];
    }
    const FmShape *shape =
        bsearch(&item->index, index->shapes, index->n_shapes, sizeof *shape, compare_owner);
    FmLonLat position = search->origin;
    if (!fm_shape_contains(shape, search->origin)) {
        fm_shape_distance_m(shape, search->origin, &search->from, item->distance_m, &position);
    }
    return position;
}

gsize fm_geometry_index_nearest(const FmGeometryIndex *index, FmLonLat origin, gsize k,
                                double max_distance_m, FmNeighbour *out, FmLonLat *nearest)
{
    Search search = {.index = index,
                     .origin = origin,
                     .from = fm_ecef_from_lonlat(origin),
                     .best = {.items = out, .capacity = k}};

    if (k == 0 || !(max_distance_m >= 0)) {
        return 0;
    }
    set_max(&search, max_distance_m);
    search.best.n = fm_point_index_nearest(index->points, origin, k, max_distance_m, out);
    for (gsize i = 0; i < search.best.n; i++) {
        out[i].index = index->point_owner[out[i].index];
    }
    if (index->n_shapes > 0) {
        fm_neighbours_rebuild(&search.best);
        if (fm_neighbours_full(&search.best)) {
            set_max(&search, out[0].distance_m);
        }
        search_shapes(&search);
        fm_neighbours_sort(&search.best);
    }
    for (gsize i = 0; nearest != NULL && i < search.best.n; i++) {
        nearest[i] = position_of(&search, &out[i]);
    }
    return search.best.n;
}

void fm_geometry_index_within(const FmGeometryIndex *index, FmLonLat origin, double radius_m,
                              GArray *out)
{
    Search search = {
        .index = index, .origin = origin, .from = fm_ecef_from_lonlat(origin), .within = out};
    guint before = out->len;

    if (!(radius_m >= 0)) {
        return;
    }
    set_max(&search, radius_m);
    fm_point_index_within(index->points, origin, radius_m, out);
    for (guint i = before; i < out->len; i++) {
        FmNeighbour *item = &g_array_index(out, FmNeighbour, i);
        item->index = index->point_owner[item->index];
    }
    if (index->n_shapes > 0) {
        search_shapes(&search);
        if (out->len > before) {
            qsort(&g_array_index(out, FmNeighbour, before), out->len - before, sizeof(FmNeighbour),
                  fm_neighbour_compare_index);
        }
    }
}

static void visit_containing(gsize place, void *user)
{
    Search *search = user;
    const FmShape *shape = polygon_at(search, place);

    if (shape->owner < search->lowest && fm_shape_contains(shape, search->origin)) {
        search->lowest = shape->owner;
    }
}

gsize fm_geometry_index_containing(const FmGeometryIndex *index, FmLonLat p)
{
    Search search = {.index = index, .origin = p, .lowest = G_MAXSIZE};

    search_polygons(&search, visit_containing);
    return search.lowest;
}
