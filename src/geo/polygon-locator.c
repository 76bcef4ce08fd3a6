/* The crossing test on a tree of edges: count the edges that a ray from the position to the east
 * crosses.  An edge owns its southern end and not its northern, so that a ray through a vertex is
 * counted once.  Every edge is stored from south to north: two polygons that share one compute the
 * same bits for it, and no position falls between them. */
#include "polygon-locator.h"

#include "geometry-internal.h"

#include <math.h>

typedef struct {
    FmLonLat south, north;
} Edge;

struct FmPolygonLocator {
    FmBoxTree tree;
    Edge *edges; /* in the tree's order */
};

static Edge edge_between(FmLonLat a, FmLonLat b)
{
    gboolean upwards = a.lat_deg < b.lat_deg || (a.lat_deg == b.lat_deg && a.lon_deg <= b.lon_deg);

    return upwards ? (Edge){a, b} : (Edge){b, a};
}

static FmBox edge_box(const Edge *edge)
{
    return (FmBox){
        {MIN(edge->south.lon_deg, edge->north.lon_deg), edge->south.lat_deg, 0},
        {MAX(edge->south.lon_deg, edge->north.lon_deg), edge->north.lat_deg, 0},
    };
}

FmPolygonLocator *fm_polygon_locator_new(const FmGeometry *polygon)
{
    FmPolygonLocator *locator = g_new0(FmPolygonLocator, 1);
    gsize n = polygon->n_points - polygon->n_paths;
    g_autofree Edge *edges = g_new(Edge, n);
    g_autofree FmBox *boxes = g_new(FmBox, n);
    gsize at = 0;

    for (gsize path = 0; path < polygon->n_paths; path++) {
        for (gsize i = fm_geometry_path_begin(polygon, path) + 1; i < polygon->path_end[path];
             i++) {
            edges[at] = edge_between(polygon->points[i - 1], polygon->points[i]);
            boxes[at] = edge_box(&edges[at]);
            at++;
        }
    }
    fm_box_tree_init(&locator->tree, boxes, n);
    locator->edges = g_new(Edge, n);
    for (gsize place = 0; place < n; place++) {
        locator->edges[place] = edges[locator->tree.order[place]];
    }
    return locator;
}

void fm_polygon_locator_free(FmPolygonLocator *locator)
{
    if (locator == NULL) {
        return;
    }
    fm_box_tree_clear(&locator->tree);
    g_free(locator->edges);
    g_free(locator);
}

FmBox fm_polygon_locator_box(const FmPolygonLocator *locator)
{
    return locator->tree.nodes[0];
}

typedef struct {
    const Edge *edges;
    FmLonLat p;
    gboolean odd, on_border;
} Ray;

static void cross(gsize place, void *user)
{
    Ray *ray = user;
    FmLonLat p = ray->p, a = ray->edges[place].south, b = ray->edges[place].north;

    if (p.lat_deg < a.lat_deg || p.lat_deg > b.lat_deg) {
        return;
    }
    if (a.lat_deg == b.lat_deg) {
        ray->on_border |= p.lon_deg >= a.lon_deg && p.lon_deg <= b.lon_deg;
        return;
    }
    /* Twice the area of a, b, p: positive when p is west of the edge. */
    double west = (b.lon_deg - a.lon_deg) * (p.lat_deg - a.lat_deg) -
                  (b.lat_deg - a.lat_deg) * (p.lon_deg - a.lon_deg);
    if (west == 0) {
        ray->on_border = TRUE;
    } else if (west > 0 && p.lat_deg < b.lat_deg) {
        ray->odd = !ray->odd;
    }
}

gboolean fm_polygon_locator_contains(const FmPolygonLocator *locator, FmLonLat p)
{
    FmBox all = fm_polygon_locator_box(locator);
    FmBox query = {{p.lon_deg, p.lat_deg, 0}, {INFINITY, p.lat_deg, 0}};
    Ray ray = {.edges = locator->edges, .p = p};

    if (p.lon_deg < all.low[0]) {
        return FALSE;
    }
    fm_box_tree_overlapping(&locator->tree, &query, cross, &ray);
    return ray.odd || ray.on_border;
}
