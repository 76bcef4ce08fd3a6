/* within: is the feature inside a polygon of the expression?
 *
 * On the Mercator plane, where the specification has its edges straight.  A point on the
 * boundary is outside; a line is inside when its points are and it crosses no edge; a polygon
 * never is.  Each point of the feature is compared with each edge, unless the boxes already part
 * them. */
#include "expr.h"

#include "geojson.h"
#include "tile-grid.h"

#include <math.h>

typedef struct {
    FmTilePoint min, max;
} Box;

typedef struct {
    const FmGeometry **polygons;
    gsize n;
} Within;

static const Box empty_box = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};

static void box_add(Box *box, FmTilePoint point)
{
    box->min.x = MIN(box->min.x, point.x);
    box->min.y = MIN(box->min.y, point.y);
    box->max.x = MAX(box->max.x, point.x);
    box->max.y = MAX(box->max.y, point.y);
}

static gboolean box_holds(const Box *outer, const Box *inner)
{
    return inner->min.x > outer->min.x && inner->max.x < outer->max.x &&
           inner->min.y > outer->min.y && inner->max.y < outer->max.y;
}

/* ---- planes ----------------------------------------------------------------------------- */

/* > 0 when c is to one side of the line from a to b, < 0 to the other. */
static double side(FmTilePoint a, FmTilePoint b, FmTilePoint c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static gboolean crosses(FmTilePoint a, FmTilePoint b, FmTilePoint c, FmTilePoint d)
{
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

static gboolean lies_on(FmTilePoint p, FmTilePoint a, FmTilePoint b)
{
    return side(a, b, p) == 0 && (p.x - a.x) * (p.x - b.x) <= 0 && (p.y - a.y) * (p.y - b.y) <= 0;
}

/* The points of part `part`, all rings one after another, with the end of each ring. */
typedef struct {
    const FmTilePoint *points;
    const gsize *ends; /* into points; the first ring is `first` of the geometry's paths */
    gsize first, last; /* paths */
} Polygon;

static gsize path_start(const Polygon *polygon, gsize path)
{
    return path == 0 ? 0 : polygon->ends[path - 1];
}

/* Even-odd; FALSE on the boundary. */
static gboolean polygon_has_point(const Polygon *polygon, FmTilePoint p)
{
    gboolean inside = FALSE;
    for (gsize path = polygon->first; path < polygon->last; path++) {
        for (gsize i = path_start(polygon, path) + 1; i < polygon->ends[path]; i++) {
            const FmTilePoint a = polygon->points[i - 1];
            const FmTilePoint b = polygon->points[i];
            if (lies_on(p, a, b)) {
                return FALSE;
            }
            if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
                inside = !inside;
            }
        }
    }
    return inside;
}

static gboolean polygon_is_crossed(const Polygon *polygon, FmTilePoint from, FmTilePoint to)
{
    for (gsize path = polygon->first; path < polygon->last; path++) {
        for (gsize i = path_start(polygon, path) + 1; i < polygon->ends[path]; i++) {
            if (crosses(from, to, polygon->points[i - 1], polygon->points[i])) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static gboolean polygon_has_path(const Polygon *polygon, const FmTilePoint *points, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (!polygon_has_point(polygon, points[i]) ||
            (i > 0 && polygon_is_crossed(polygon, points[i - 1], points[i]))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- the operator ----------------------------------------------------------------------- */

static FmTilePoint *to_plane(FmEval *eval, const FmGeometry *geometry, Box *box)
{
    FmTilePoint *points = fm__arena_new(eval->arena, FmTilePoint, geometry->n_points);
    for (gsize i = 0; i < geometry->n_points; i++) {
        points[i] = fm__tile_point(geometry->points[i], eval->grid);
        box_add(box, points[i]);
    }
    return points;
}

/* The world repeats: move what lies a world away from the polygons back to them.  A line longer
 * than half the world has no side to be moved to. */
static void bring_near(FmTilePoint *points, gsize n, gboolean line, const Box *polygons, Box *box)
{
    if (line && box->max.x - box->min.x > 0.5) {
        return;
    }
    *box = empty_box;
    for (gsize i = 0; i < n; i++) {
        const double x = points[i].x;
        if (x < polygons->min.x || x > polygons->max.x) {
            const gboolean east = x - polygons->min.x > 0.5 || x - polygons->max.x > 0.5;
            const gboolean west = polygons->min.x - x > 0.5 || polygons->max.x - x > 0.5;
            points[i].x += east ? -1 : west ? 1 : 0;
        }
        box_add(box, points[i]);
    }
}

static gboolean any_has_path(const Within *within, FmTilePoint *const *planes,
                             const FmTilePoint *points, gsize n)
{
    for (gsize i = 0; i < within->n; i++) {
        const FmGeometry *geometry = within->polygons[i];
        for (gsize part = 0; part < geometry->n_parts; part++) {
            const Polygon polygon = {.points = planes[i],
                                     .ends = geometry->path_end,
                                     .first = part == 0 ? 0 : geometry->part_end[part - 1],
                                     .last = geometry->part_end[part]};
            if (polygon_has_path(&polygon, points, n)) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static FM_EVAL(eval_within)
{
    const Within *within = node->data;
    const FmGeometry *feature = fm__eval_geometry(eval);
    *out = fm__value_boolean(FALSE);
    if (feature == NULL || fm_geometry_dimension(feature) > 1) {
        return TRUE;
    }
    Box bounds = empty_box;
    FmTilePoint **planes = fm__arena_new(eval->arena, FmTilePoint *, within->n);
    for (gsize i = 0; i < within->n; i++) {
        planes[i] = to_plane(eval, within->polygons[i], &bounds);
    }
    Box box = empty_box;
    FmTilePoint *points = to_plane(eval, feature, &box);
    bring_near(points, feature->n_points, fm_geometry_dimension(feature) == 1, &bounds, &box);
    gboolean all = box_holds(&bounds, &box);
    for (gsize path = 0; path < feature->n_paths && all; path++) {
        const gsize start = path == 0 ? 0 : feature->path_end[path - 1];
        all = any_has_path(within, planes, points + start, feature->path_end[path] - start);
    }
    *out = fm__value_boolean(all);
    return TRUE;
}

FM_PARSE(fm__parse_within)
{
    const guint n_args = json_array_get_length(json) - 1;
    if (n_args != 1) {
        return fm__parse_error(
            context, "'within' expression requires exactly one argument, but found %u instead.",
            n_args);
    }
    Within *within = fm__arena_new(context->parser->arena, Within, 1);
    gsize n = 0;
    within->polygons =
        fm__geojson_geometries(json_array_get_element(json, 1), context->parser->arena, &n);
    for (gsize i = 0; within->polygons != NULL && i < n; i++) {
        if (fm_geometry_dimension(within->polygons[i]) == 2) {
            within->polygons[within->n++] = within->polygons[i];
        }
    }
    if (within->n == 0) {
        return fm__parse_error(context, "'within' expression requires valid geojson object that "
                                        "contains polygon geometry type.");
    }
    FmNode *node = fm__node_new(context->parser, op, eval_within, FM_TYPE(BOOLEAN), 0);
    node->data = within;
    node->reads = FM_READS_FEATURE;
    node->first_output = 0; /* true and false are known */
    fm__node_finish(node);
    return node;
}
