/* Style layers that draw other shapes than those of their source: flows, dots, and circles on the
 * middle of areas. */
#include "dots.h"
#include "flow.h"

static FmShape **flow_shapes(const FmMapLayer *layer, const FmFlow *flow, const FmFrame *frame,
                             const FmPageRect *clip, GError **error)
{
    const gsize n = fm_table_n_rows(layer->table);
    FmShape **shapes = g_new0(FmShape *, MAX(n, 1));
    for (gsize row = 0; row < n; row++) {
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        if (!geometry || fm_geometry_dimension(geometry) != 1)
            continue;
        shapes[row] = fm__flow_shape(frame, geometry, flow->curve_ratio, clip, error);
        if (!shapes[row]) {
            fm__shapes_free(shapes, n);
            return NULL;
        }
    }
    return shapes;
}

/* One point an area or line, where its name would stand; points as they are. */
static FmShape **middle_shapes(const FmMapLayer *layer)
{
    const double precision_px = 1;
    const gsize n = fm_table_n_rows(layer->table);
    FmShape **shapes = g_new0(FmShape *, MAX(n, 1));
    for (gsize row = 0; row < n; row++) {
        const FmShape *shape = layer->shapes[row];
        if (!shape || shape->n_paths == 0)
            continue;
        FmShape *points = shapes[row] = g_new0(FmShape, 1);
        points->n_points = points->n_paths = shape->dimension == 0 ? shape->n_points : 1;
        points->points = g_memdup2(shape->points, points->n_points * sizeof *points->points);
        points->path_end = g_new(gsize, points->n_paths);
        for (gsize p = 0; p < points->n_paths; p++)
            points->path_end[p] = p + 1;
        if (shape->dimension == 1 ||
            (shape->dimension == 2 &&
             fm__shape_pole(shape, NULL, 0, precision_px, points->points) == 0))
            points->points[0] = fm__shape_middle(shape);
    }
    return shapes;
}

gboolean fm__map_layers_derive(FmMapLayers *layers, const FmStyle *style, const FmFrame *frame,
                               const FmPageRect *clip, GError **error)
{
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *style_layer = fm_style_layer(style, i);
        const char *source = fm_style_layer_source_layer(style_layer);
        const FmMapLayer *layer = source ? fm__map_layers_find(layers, source) : NULL;
        FmFlow flow;
        g_autoptr(FmDots) dots = fm_dots_new(style, style_layer);
        gboolean middle = fm_proportional_is(style_layer);
        if (!layer || (!dots && !middle && !fm_flow_read(style_layer, &flow)))
            continue;
        FmShape **shapes =
            dots     ? fm__dots_shapes(dots, layers, style_layer, layer, frame, clip, error)
            : middle ? middle_shapes(layer)
                     : flow_shapes(layer, &flow, frame, clip, error);
        if (!shapes)
            return FALSE;
        fm__map_layers_set_shapes(layers, style_layer, shapes, fm_table_n_rows(layer->table));
    }
    return TRUE;
}
