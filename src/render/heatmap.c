/* Heatmap layers, as the MapLibre style specification has them: each point adds a Gaussian whose
 * standard deviation is a third of its radius and whose height is weight x intensity / sqrt(2 pi);
 * the sum, cut at 1, picks a colour of the ramp.
 *
 * The sum is computed on a grid of nodes that is fixed to the page and interpolated between them.
 * A node adds its points in the order of the table, so that bands and threads change no bit. */
#include "heatmap.h"

#include "pixels.h"

#include <math.h>

#define RAMP_STEPS 256
/* What is less than a sixteenth of a grey level is not added: the kernel ends there. */
#define NOTHING (1.0 / 255 / 16)
#define NODES_A_RADIUS 16 /* a Gaussian between nodes is then off by less than 1 % of its height */
#define FINEST_PITCH_PX 0.25
#define COARSEST_PITCH_PX 2.0

typedef struct {
    FmPagePoint at;
    double radius_px, height, reach_px;
} Heat;

typedef struct {
    GArray *heats;   /* Heat */
    double pitch_px; /* between nodes */
    guint32 ramp[RAMP_STEPS];
} Heatmap;

/* The nodes under a strip. */
typedef struct {
    gint64 x, y; /* of the first, in pitches from the page's corner */
    gsize width, height;
    float *density;
} Grid;

/* ---- the points ------------------------------------------------------------------------- */

/* Where the Gaussian of this height sinks to nothing, in its radius. */
static double kernel_reach(double height)
{
    const double sigmas_a_radius = 3;
    return height > NOTHING ? sqrt(2 * log(height / NOTHING)) / sigmas_a_radius : 0;
}

static Heat heat_of(const FmStyleLayer *style_layer, const FmStyleContext *context,
                    double intensity)
{
    const double weight = fm_style_layer_number(style_layer, FM_PROP_HEATMAP_WEIGHT, context);
    Heat heat = {.radius_px = fm_style_layer_number(style_layer, FM_PROP_HEATMAP_RADIUS, context)};
    heat.height = weight * intensity / sqrt(2 * G_PI);
    heat.reach_px = heat.radius_px * kernel_reach(heat.height);
    return heat;
}

static double intensity_of(const FmStyleLayer *style_layer, double zoom)
{
    const FmStyleContext context = {NULL, 0, zoom, NULL};
    return fm_style_layer_number(style_layer, FM_PROP_HEATMAP_INTENSITY, &context);
}

static GArray *collect(const FmStyleLayer *style_layer, const FmMapLayer *layer, double zoom)
{
    GArray *heats = g_array_new(FALSE, FALSE, sizeof(Heat));
    const double intensity = intensity_of(style_layer, zoom);
    g_autoptr(GArray) rows = fm__map_layer_rows(layer, style_layer, FM_N_PROPS, zoom);
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        const FmShape *shape = layer->shapes[row];
        const FmStyleContext context = {layer->table, row, zoom, NULL};
        Heat heat = heat_of(style_layer, &context, intensity);
        for (gsize j = 0; j < shape->n_points && heat.reach_px > 0; j++) {
            heat.at = shape->points[j];
            g_array_append_val(heats, heat);
        }
    }
    return heats;
}

double fm__heatmap_reach_px(const FmStyle *style, const FmMapLayers *layers, double zoom)
{
    double reach_px = 0;
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *style_layer = fm_style_layer(style, i);
        const FmMapLayer *layer =
            fm_style_layer_type(style_layer) == FM_STYLE_HEATMAP
                ? fm__map_layers_find(layers, fm_style_layer_source_layer(style_layer))
                : NULL;
        const double intensity = layer ? intensity_of(style_layer, zoom) : 0;
        for (gsize row = 0; layer && row < fm_table_n_rows(layer->table); row++) {
            const FmStyleContext context = {layer->table, row, zoom, NULL};
            reach_px = MAX(reach_px, heat_of(style_layer, &context, intensity).reach_px);
        }
    }
    return reach_px;
}

/* ---- density ---------------------------------------------------------------------------- */

static double pitch_of(const GArray *heats)
{
    double pitch_px = COARSEST_PITCH_PX;
    for (guint i = 0; i < heats->len; i++)
        pitch_px = MIN(pitch_px, g_array_index(heats, Heat, i).radius_px / NODES_A_RADIUS);
    return MAX(pitch_px, FINEST_PITCH_PX);
}

/* The nodes from `first` on that the kernel reaches, and the Gaussian's factor at each. */
static gsize span(double at_px, const Heat *heat, double pitch_px, gint64 first, gsize n,
                  gsize *begin, float *factors)
{
    const double low = ceil((at_px - heat->reach_px) / pitch_px) - (double)first;
    const double high = floor((at_px + heat->reach_px) / pitch_px) - (double)first;
    const double from = MAX(low, 0), to = MIN(high, (double)n - 1);
    if (!(from <= to))
        return 0;
    *begin = (gsize)from;
    const gsize count = (gsize)(to - from) + 1;
    for (gsize i = 0; i < count; i++) {
        const double away = ((from + (double)i + (double)first) * pitch_px - at_px) * 3;
        factors[i] = (float)exp(-0.5 * (away / heat->radius_px) * (away / heat->radius_px));
    }
    return count;
}

/* A Gaussian is the product of one along x and one along y. */
static void add_heat(Grid *grid, const Heat *heat, double pitch_px, float *along_x, float *along_y)
{
    gsize x = 0, y = 0;
    const gsize nx = span(heat->at.x_px, heat, pitch_px, grid->x, grid->width, &x, along_x);
    const gsize ny =
        nx > 0 ? span(heat->at.y_px, heat, pitch_px, grid->y, grid->height, &y, along_y) : 0;
    for (gsize j = 0; j < ny; j++) {
        float *row = grid->density + (y + j) * grid->width + x;
        const float height = (float)heat->height * along_y[j];
        for (gsize i = 0; i < nx; i++)
            row[i] += height * along_x[i];
    }
}

static gboolean grid_fill(Grid *grid, const Heatmap *map, GError **error)
{
    grid->density = g_try_new0(float, grid->width * grid->height);
    g_autofree float *factors = g_try_new(float, grid->width + grid->height);
    if (!grid->density || !factors) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT, "not enough memory for a heatmap");
        return FALSE;
    }
    for (guint i = 0; i < map->heats->len; i++)
        add_heat(grid, &g_array_index(map->heats, Heat, i), map->pitch_px, factors,
                 factors + grid->width);
    return TRUE;
}

/* ---- colours ---------------------------------------------------------------------------- */

static guint32 premultiplied(FmColor color)
{
    const double channels[] = {1, color.r, color.g, color.b};
    guint32 argb = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(channels); i++)
        argb = argb << 8 | (guint32)lround(channels[i] * color.a * 255);
    return argb;
}

static void make_ramp(Heatmap *map, const FmStyleLayer *style_layer)
{
    FmColor colors[RAMP_STEPS];
    fm_style_layer_ramp(style_layer, FM_PROP_HEATMAP_COLOR, colors, RAMP_STEPS);
    for (gsize i = 0; i < RAMP_STEPS; i++)
        map->ramp[i] = premultiplied(colors[i]);
}

/* One axis of the interpolation: the node before a pixel's centre, and how far beyond it. */
static void locate(int pixel, double device_scale, double pitch_px, gint64 first, gsize *node,
                   float *beyond)
{
    const double at = (pixel + 0.5) / device_scale / pitch_px;
    *node = (gsize)((gint64)floor(at) - first);
    *beyond = (float)(at - floor(at));
}

static void color_row(const Grid *grid, const Heatmap *map, const FmPixelBox *box, int y,
                      double device_scale, guint32 *argb)
{
    gsize row = 0, column = 0;
    float ty = 0, tx = 0;
    locate(box->y + y, device_scale, map->pitch_px, grid->y, &row, &ty);
    for (int x = 0; x < box->width; x++) {
        locate(box->x + x, device_scale, map->pitch_px, grid->x, &column, &tx);
        const float *upper = grid->density + row * grid->width + column;
        const float *lower = upper + grid->width;
        const float above = upper[0] + tx * (upper[1] - upper[0]);
        const float below = lower[0] + tx * (lower[1] - lower[0]);
        const float density = above + ty * (below - above);
        argb[x] = map->ramp[(gsize)(MIN(density, 1.0f) * (RAMP_STEPS - 1) + 0.5f)];
    }
}

static gboolean fill_strip(const FmPixelBox *box, double device_scale, guint32 *argb, void *user,
                           GError **error)
{
    const Heatmap *map = user;
    const double step = 1 / device_scale / map->pitch_px;
    Grid grid = {.x = (gint64)floor((box->x + 0.5) * step),
                 .y = (gint64)floor((box->y + 0.5) * step)};
    grid.width = (gsize)((gint64)floor((box->x + box->width - 0.5) * step) - grid.x) + 2;
    grid.height = (gsize)((gint64)floor((box->y + box->height - 0.5) * step) - grid.y) + 2;
    const gboolean ok = grid_fill(&grid, map, error);
    for (int y = 0; ok && y < box->height; y++)
        color_row(&grid, map, box, y, device_scale, argb + (gsize)y * (gsize)box->width);
    g_free(grid.density);
    return ok;
}

gboolean fm__heatmap_draw(const FmBrush *brush, const FmStyleLayer *style_layer,
                          const FmMapLayer *layer, double zoom, GError **error)
{
    const FmStyleContext context = {NULL, 0, zoom, NULL};
    const double opacity = fm_style_layer_number(style_layer, FM_PROP_HEATMAP_OPACITY, &context);
    g_autoptr(GArray) heats = collect(style_layer, layer, zoom);
    Heatmap map = {.heats = heats, .pitch_px = pitch_of(heats)};
    make_ramp(&map, style_layer);
    return fm__pixels_paint(brush->cr, brush->device_scale, opacity, fill_strip, &map, error);
}
