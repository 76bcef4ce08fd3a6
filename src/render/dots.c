/* Dot density: places drawn evenly over the area of the ellipsoid's sphere, kept when the area
 * holds them and the masks allow them.  Numbers come from SplitMix64 (Steele, Lea & Flood 2014,
 * doi:10.1145/2660193.2660195), which has a stream of its own for each row. */
#include "dots.h"

#include <math.h>

/* Where the masks leave an area no room that chance can find, its people are there all the same. */
#define MOST_TRIES 400

static guint64 next_random(guint64 *state)
{
    guint64 z = *state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* 0 … 1 in steps of 2^-53. */
static double next_share(guint64 *state)
{
    return (double)(next_random(state) >> 11) * 0x1p-53;
}

/* ---- masks ------------------------------------------------------------------------------ */

static FmGeometryIndex *mask_new(const FmMapLayers *layers, const GPtrArray *names, GError **error)
{
    g_autoptr(GPtrArray) geometries = g_ptr_array_new();
    for (guint i = 0; i < names->len; i++) {
        const FmMapLayer *layer = fm__map_layers_find(layers, names->pdata[i]);
        if (!layer) {
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "facmap:dots: there is no layer '%s'",
                        (const char *)names->pdata[i]);
            return NULL;
        }
        for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
            const FmGeometry *geometry = fm_table_geometry(layer->table, row);
            if (geometry && fm_geometry_dimension(geometry) == 2)
                g_ptr_array_add(geometries, (gpointer)(guintptr)geometry);
        }
    }
    return fm_geometry_index_new((const FmGeometry *const *)geometries->pdata, geometries->len);
}

static gboolean holds(const FmGeometryIndex *index, FmLonLat p)
{
    return fm_geometry_index_containing(index, p) != G_MAXSIZE;
}

/* ---- one area --------------------------------------------------------------------------- */

typedef struct {
    const FmFrame *frame;
    const FmPageRect *clip;
    FmGeometryIndex *within, *avoid; /* NULL = no such mask */
} Placing;

static void placing_clear(Placing *placing)
{
    g_clear_pointer(&placing->within, fm_geometry_index_free);
    g_clear_pointer(&placing->avoid, fm_geometry_index_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Placing, placing_clear)

/* A place in the area, evenly by surface: longitude and the sine of latitude are uniform. */
static FmLonLat find_place(const Placing *placing, const FmGeometry *area,
                           const FmGeometryIndex *index, guint64 *state)
{
    const FmExtent box = fm_geometry_extent(area);
    const double south = sin(box.south_deg * G_PI / 180), north = sin(box.north_deg * G_PI / 180);
    FmLonLat fallback = fm_geometry_point_on_surface(area);
    for (guint i = 0; i < MOST_TRIES; i++) {
        const double lon = box.west_deg + (box.east_deg - box.west_deg) * next_share(state);
        const double z = south + (north - south) * next_share(state);
        const FmLonLat p = {lon, asin(z) * 180 / G_PI};
        if (!holds(index, p))
            continue;
        fallback = p;
        if ((!placing->within || holds(placing->within, p)) &&
            (!placing->avoid || !holds(placing->avoid, p)))
            return p;
    }
    return fallback;
}

/* Each point a path of its own. */
static void end_paths(FmShape *shape)
{
    shape->n_paths = shape->n_points;
    shape->path_end = g_new(gsize, MAX(shape->n_paths, 1));
    for (gsize i = 0; i < shape->n_paths; i++)
        shape->path_end[i] = i + 1;
}

static FmShape *dots_of(const Placing *placing, const FmGeometry *area, gsize n, guint64 state,
                        GError **error)
{
    g_autoptr(FmGeometryIndex) index = fm_geometry_index_new(&area, 1);
    g_autoptr(FmShape) shape = g_new0(FmShape, 1);
    shape->points = g_new(FmPagePoint, MAX(n, 1));
    for (gsize i = 0; i < n; i++) {
        FmPagePoint p;
        if (!fm__frame_project(placing->frame, find_place(placing, area, index, &state), &p, error))
            return NULL;
        const FmPageRect at = {p.x_px, p.y_px, 0, 0};
        if (fm__rect_contains(placing->clip, &at))
            shape->points[shape->n_points++] = p;
    }
    end_paths(shape);
    return g_steal_pointer(&shape);
}

/* ---- all areas -------------------------------------------------------------------------- */

/* How many dots each row has. */
static gsize *count_dots(const FmDots *dots, const FmStyleLayer *style_layer,
                         const FmMapLayer *layer, double zoom, GError **error)
{
    const gsize n = fm_table_n_rows(layer->table);
    g_autofree gsize *counts = g_new0(gsize, MAX(n, 1));
    double sum = 0, told = 0;
    for (gsize row = 0; row < n; row++) {
        const FmStyleContext context = {layer->table, row, zoom, NULL};
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        const double value = fm_page_expression_number(dots->value, &context);
        if (!geometry || fm_geometry_dimension(geometry) != 2 || !(value > 0) ||
            !fm_style_layer_accepts(style_layer, &context))
            continue;
        sum += value / dots->per;
        if (!(sum <= FM_DOTS_MAX)) {
            g_set_error(
                error, FM_ERROR, FM_ERROR_LIMIT,
                "layer '%s': facmap:dots: more than %d dots: let one stand for more ('per')",
                fm_style_layer_id(style_layer), FM_DOTS_MAX);
            return NULL;
        }
        counts[row] = (gsize)(floor(sum + 0.5) - told);
        told += (double)counts[row];
    }
    return g_steal_pointer(&counts);
}

FmShape **fm__dots_shapes(const FmDots *dots, const FmMapLayers *layers,
                          const FmStyleLayer *style_layer, const FmMapLayer *layer,
                          const FmFrame *frame, const FmPageRect *clip, GError **error)
{
    g_auto(Placing) placing = {frame, clip, NULL, NULL};
    if ((dots->within->len > 0 && !(placing.within = mask_new(layers, dots->within, error))) ||
        (dots->avoid->len > 0 && !(placing.avoid = mask_new(layers, dots->avoid, error))))
        return NULL;
    g_autofree gsize *counts = count_dots(dots, style_layer, layer, frame->zoom, error);
    if (!counts)
        return NULL;
    const gsize n = fm_table_n_rows(layer->table);
    FmShape **shapes = g_new0(FmShape *, MAX(n, 1));
    for (gsize row = 0; row < n; row++) {
        guint64 state = (guint64)dots->seed << 32 ^ (guint64)row;
        state = next_random(&state);
        if (counts[row] == 0)
            continue;
        shapes[row] =
            dots_of(&placing, fm_table_geometry(layer->table, row), counts[row], state, error);
        if (!shapes[row]) {
            fm__shapes_free(shapes, n);
            return NULL;
        }
    }
    return shapes;
}

FmShape *fm__dots_swatch(const FmPageRect *box)
{
    enum { N_SHOWN = 14 };
    guint64 state = 3;
    FmShape *shape = g_new0(FmShape, 1);
    shape->n_points = N_SHOWN;
    shape->points = g_new(FmPagePoint, N_SHOWN);
    for (gsize i = 0; i < N_SHOWN; i++) {
        const double x = next_share(&state), y = next_share(&state);
        shape->points[i] =
            (FmPagePoint){box->x_px + x * box->width_px, box->y_px + y * box->height_px};
    }
    end_paths(shape);
    return shape;
}
