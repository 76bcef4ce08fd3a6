/* distance: metres from the feature to the nearest geometry of the expression.
 *
 * On a plane that touches the WGS 84 ellipsoid at the feature's first point, scaled by the radii of
 * curvature there (meridian and prime vertical), as the specification has it: right to a part in a
 * thousand within some hundred kilometres.  Every edge is compared with every edge. */
#include "expr.h"

#include "geojson.h"
#include "tile-grid.h"

#include <math.h>

typedef struct {
    const FmGeometry **geometries;
    gsize n;
} Distance;

typedef struct {
    FmLonLat origin;
    double east_m, north_m; /* of a degree */
} Plane;

/* A geometry on the plane. */
typedef struct {
    const FmGeometry *geometry;
    FmXY *points;
} Shape;

static Plane plane_at(FmLonLat origin)
{
    const double semi_major_m = 6378137;
    const double flattening = 1 / 298.257223563;
    const double eccentricity2 = flattening * (2 - flattening);
    const double latitude = origin.lat_deg * G_PI / 180;
    const double w2 = 1 / (1 - eccentricity2 * sin(latitude) * sin(latitude));
    const double vertical_m = semi_major_m * sqrt(w2);
    return (Plane){.origin = origin,
                   .east_m = vertical_m * cos(latitude) * G_PI / 180,
                   .north_m = vertical_m * w2 * (1 - eccentricity2) * G_PI / 180};
}

/* grid  see FmEval; the feature's positions are of tiles, the expression's are not */
static Shape shape_on(FmEval *eval, const Plane *plane, const FmGeometry *geometry, double grid)
{
    Shape shape = {geometry, fm__arena_new(eval->arena, FmXY, geometry->n_points)};
    for (gsize i = 0; i < geometry->n_points; i++) {
        FmLonLat position = geometry->points[i];
        if (grid > 0) {
            position = fm__tile_point_lonlat(fm__tile_point(position, grid));
        }
        shape.points[i] =
            (FmXY){remainder(position.lon_deg - plane->origin.lon_deg, 360) * plane->east_m,
                   (position.lat_deg - plane->origin.lat_deg) * plane->north_m};
    }
    return shape;
}

/* ---- edges ------------------------------------------------------------------------------ */

static double point_to_edge(FmXY p, FmXY a, FmXY b)
{
    const double dx = b.x_m - a.x_m;
    const double dy = b.y_m - a.y_m;
    const double length2 = dx * dx + dy * dy;
    const double along = length2 > 0 ? ((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / length2 : 0;
    const double t = CLAMP(along, 0, 1);
    return hypot(p.x_m - (a.x_m + t * dx), p.y_m - (a.y_m + t * dy));
}

static double side(FmXY a, FmXY b, FmXY c)
{
    return (b.x_m - a.x_m) * (c.y_m - a.y_m) - (b.y_m - a.y_m) * (c.x_m - a.x_m);
}

static double edge_to_edge(const FmXY a[2], const FmXY b[2])
{
    if (side(a[0], a[1], b[0]) * side(a[0], a[1], b[1]) < 0 &&
        side(b[0], b[1], a[0]) * side(b[0], b[1], a[1]) < 0) {
        return 0;
    }
    const double from_a = MIN(point_to_edge(a[0], b[0], b[1]), point_to_edge(a[1], b[0], b[1]));
    const double from_b = MIN(point_to_edge(b[0], a[0], a[1]), point_to_edge(b[1], a[0], a[1]));
    return MIN(from_a, from_b);
}

/* ---- shapes ----------------------------------------------------------------------------- */

static gsize path_start(const FmGeometry *geometry, gsize path)
{
    return path == 0 ? 0 : geometry->path_end[path - 1];
}

/* Even-odd over all rings: parts of one geometry do not overlap. */
static gboolean polygon_has(const Shape *shape, FmXY p)
{
    const FmGeometry *geometry = shape->geometry;
    gboolean inside = FALSE;
    for (gsize path = 0; path < geometry->n_paths; path++) {
        for (gsize i = path_start(geometry, path) + 1; i < geometry->path_end[path]; i++) {
            const FmXY a = shape->points[i - 1];
            const FmXY b = shape->points[i];
            if ((a.y_m > p.y_m) != (b.y_m > p.y_m) &&
                p.x_m < (b.x_m - a.x_m) * (p.y_m - a.y_m) / (b.y_m - a.y_m) + a.x_m) {
                inside = !inside;
            }
        }
    }
    return inside;
}

/* Does the polygon hold a path of the other, or cross it?  Then its first point says so or an edge
 * will. */
static gboolean holds_a_path(const Shape *polygon, const Shape *other)
{
    const FmGeometry *geometry = other->geometry;
    for (gsize path = 0; path < geometry->n_paths; path++) {
        if (polygon_has(polygon, other->points[path_start(geometry, path)])) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Edge i of a path ends in point i; a path of one point is an edge without length. */
static gsize first_edge(const FmGeometry *geometry, gsize path)
{
    const gsize start = path_start(geometry, path);
    return geometry->path_end[path] - start > 1 ? start + 1 : start;
}

static void edge_at(const Shape *shape, gsize start, gsize i, FmXY edge[2])
{
    edge[0] = shape->points[i > start ? i - 1 : i];
    edge[1] = shape->points[i];
}

static double edge_to_shape(const FmXY edge[2], const Shape *shape)
{
    double least = INFINITY;
    for (gsize path = 0; path < shape->geometry->n_paths; path++) {
        const gsize start = path_start(shape->geometry, path);
        for (gsize i = first_edge(shape->geometry, path); i < shape->geometry->path_end[path];
             i++) {
            FmXY other[2];
            edge_at(shape, start, i, other);
            least = MIN(least, edge_to_edge(edge, other));
        }
    }
    return least;
}

static double shape_to_shape(const Shape *a, const Shape *b)
{
    if ((fm_geometry_dimension(a->geometry) == 2 && holds_a_path(a, b)) ||
        (fm_geometry_dimension(b->geometry) == 2 && holds_a_path(b, a))) {
        return 0;
    }
    double least = INFINITY;
    for (gsize path = 0; path < a->geometry->n_paths; path++) {
        const gsize start = path_start(a->geometry, path);
        for (gsize i = first_edge(a->geometry, path); i < a->geometry->path_end[path]; i++) {
            FmXY edge[2];
            edge_at(a, start, i, edge);
            least = MIN(least, edge_to_shape(edge, b));
        }
    }
    return least;
}

/* ---- the operator ----------------------------------------------------------------------- */

static FM_EVAL(eval_distance)
{
    const Distance *distance = node->data;
    const FmGeometry *geometry = fm__eval_geometry(eval);
    *out = fm__value_number(NAN);
    if (geometry == NULL) {
        return TRUE;
    }
    const Plane plane = plane_at(geometry->points[0]);
    const Shape feature = shape_on(eval, &plane, geometry, eval->grid);
    double least = INFINITY;
    for (gsize i = 0; i < distance->n; i++) {
        const Shape other = shape_on(eval, &plane, distance->geometries[i], 0);
        least = MIN(least, shape_to_shape(&feature, &other));
    }
    *out = fm__value_number(least);
    return TRUE;
}

FM_PARSE(fm__parse_distance)
{
    const guint n_args = json_array_get_length(json) - 1;
    if (n_args != 1) {
        return fm__parse_error(
            context, "'distance' expression requires exactly one argument, but found %u instead.",
            n_args);
    }
    Distance *distance = fm__arena_new(context->parser->arena, Distance, 1);
    distance->geometries = fm__geojson_geometries(json_array_get_element(json, 1),
                                                  context->parser->arena, &distance->n);
    if (distance->geometries == NULL || distance->n == 0) {
        return fm__parse_error(context, "'distance' expression requires valid geojson object that "
                                        "contains polygon geometry type.");
    }
    FmNode *node = fm__node_new(context->parser, op, eval_distance, FM_TYPE(NUMBER), 0);
    node->data = distance;
    node->reads = FM_READS_FEATURE;
    node->first_output = 0;
    fm__node_finish(node);
    return node;
}
