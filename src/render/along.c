/* A line's picture is made of one wedge a segment, bounded by the bisectors of its corners; in a
 * wedge the colour depends on the position along the segment alone.  The line's own stroke, with
 * caps, joins, dashes, gap and blur, is the mask through which the picture is painted. */
#include "along.h"

#include "pattern.h"

#include <math.h>

#define RAMP_STEPS 256
#define SHARPEST 4.0 /* a corner reaches at most so many half widths */

typedef struct {
    FmPagePoint from, to;
    double x, y;                           /* unit vector along */
    double length_px, before_px;           /* of the segment; of the path up to it */
    double start_x, start_y, end_x, end_y; /* from the path to its left edge at either end */
} Segment;

typedef struct {
    const FmBrush *brush;
    double reach_px;          /* half of what the wedges cover across */
    FmColor ramp[RAMP_STEPS]; /* of a gradient */
    cairo_pattern_t *tile;    /* of a pattern */
    double tile_scale;        /* CSS px of the tile a CSS px of the page */
    double width_px;
} Along;

gboolean fm__along_applies(const FmStyleLayer *layer)
{
    return fm_style_layer_type(layer) == FM_STYLE_LINE &&
           (fm_style_layer_has(layer, FM_PROP_LINE_GRADIENT) ||
            fm_style_layer_has(layer, FM_PROP_LINE_PATTERN));
}

void fm__along_keep_whole(const FmStyle *style, FmMapLayers *layers)
{
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *style_layer = fm_style_layer(style, i);
        FmMapLayer *layer =
            fm__along_applies(style_layer)
                ? fm__map_layers_edit(layers, fm_style_layer_source_layer(style_layer))
                : NULL;
        if (layer)
            layer->whole = TRUE;
    }
}

/* ---- segments --------------------------------------------------------------------------- */

/* Segments of one path that have a length. */
static GArray *segments_of(const FmPagePoint *points, gsize n, gboolean closed)
{
    GArray *segments = g_array_new(FALSE, TRUE, sizeof(Segment));
    double before_px = 0;
    for (gsize i = 1; i < n + (closed ? 1 : 0); i++) {
        Segment s = {.from = points[i - 1], .to = points[i % n], .before_px = before_px};
        s.length_px = hypot(s.to.x_px - s.from.x_px, s.to.y_px - s.from.y_px);
        if (s.length_px <= 0)
            continue;
        s.x = (s.to.x_px - s.from.x_px) / s.length_px;
        s.y = (s.to.y_px - s.from.y_px) / s.length_px;
        before_px += s.length_px;
        g_array_append_val(segments, s);
    }
    return segments;
}

/* Both segments end on the bisector of the corner between them. */
static void join(Segment *a, Segment *b, double reach_px)
{
    double x = a->y + b->y, y = -(a->x + b->x); /* sum of the normals to the left */
    const double length = hypot(x, y);
    if (length < 2 / SHARPEST) { /* nearly back: an end each */
        x = a->y, y = -a->x;
    } else {
        const double cosine = length / 2;
        x /= length * cosine;
        y /= length * cosine;
    }
    a->end_x = b->start_x = x * reach_px;
    a->end_y = b->start_y = y * reach_px;
}

static void join_all(GArray *segments, double reach_px)
{
    for (guint i = 0; i < segments->len; i++) {
        Segment *s = &g_array_index(segments, Segment, i);
        if (i == 0) {
            s->start_x = s->y * reach_px;
            s->start_y = -s->x * reach_px;
        }
        s->end_x = s->y * reach_px;
        s->end_y = -s->x * reach_px;
        if (i > 0)
            join(s - 1, s, reach_px);
    }
}

/* ---- colours ---------------------------------------------------------------------------- */

static void add_stop(cairo_pattern_t *pattern, const Along *along, double offset, double progress)
{
    const double at = CLAMP(progress, 0, 1) * (RAMP_STEPS - 1);
    const gsize low = MIN((gsize)at, RAMP_STEPS - 2);
    const double t = at - (double)low;
    const FmColor *a = &along->ramp[low], *b = &along->ramp[low + 1];
    cairo_pattern_add_color_stop_rgba(pattern, offset, a->r + t * (b->r - a->r),
                                      a->g + t * (b->g - a->g), a->b + t * (b->b - a->b),
                                      a->a + t * (b->a - a->a));
}

static void set_gradient(cairo_t *cr, const Along *along, const Segment *s, double total_px)
{
    const double from = s->before_px / total_px;
    const double part = s->length_px / total_px;
    cairo_pattern_t *pattern =
        cairo_pattern_create_linear(s->from.x_px, s->from.y_px, s->to.x_px, s->to.y_px);
    add_stop(pattern, along, 0, from);
    const int first = (int)floor(from * (RAMP_STEPS - 1)) + 1;
    for (int i = first; i < (from + part) * (RAMP_STEPS - 1); i++) {
        const double at = (double)i / (RAMP_STEPS - 1);
        add_stop(pattern, along, (at - from) / part, at);
    }
    add_stop(pattern, along, 1, from + part);
    cairo_set_source(cr, pattern);
    cairo_pattern_destroy(pattern);
}

/* The tile lies along the segment: as high as the line is wide, and its length goes on from segment
 * to segment. */
static void set_tile(cairo_t *cr, const Along *along, const Segment *s)
{
    cairo_matrix_t to_tile = {.xx = s->x, .xy = s->y, .yx = -s->y, .yy = s->x};
    to_tile.x0 = s->before_px - (s->x * s->from.x_px + s->y * s->from.y_px);
    to_tile.y0 = along->width_px / 2 - (-s->y * s->from.x_px + s->x * s->from.y_px);
    cairo_matrix_t to_pixels;
    const double scale = along->tile_scale * along->brush->device_scale;
    cairo_matrix_init_scale(&to_pixels, scale, scale);
    cairo_matrix_multiply(&to_tile, &to_tile, &to_pixels);
    cairo_pattern_set_matrix(along->tile, &to_tile);
    cairo_set_source(cr, along->tile);
}

static void paint_wedge(cairo_t *cr, const Along *along, const Segment *s, gboolean first,
                        gboolean last, double total_px)
{
    const double back = first ? along->reach_px : 0, on = last ? along->reach_px : 0; /* caps */
    cairo_new_path(cr);
    cairo_move_to(cr, s->from.x_px + s->start_x - s->x * back,
                  s->from.y_px + s->start_y - s->y * back);
    cairo_line_to(cr, s->to.x_px + s->end_x + s->x * on, s->to.y_px + s->end_y + s->y * on);
    cairo_line_to(cr, s->to.x_px - s->end_x + s->x * on, s->to.y_px - s->end_y + s->y * on);
    cairo_line_to(cr, s->from.x_px - s->start_x - s->x * back,
                  s->from.y_px - s->start_y - s->y * back);
    if (along->tile)
        set_tile(cr, along, s);
    else
        set_gradient(cr, along, s, total_px);
    cairo_fill(cr);
}

static void paint_path(cairo_t *cr, const Along *along, const FmPagePoint *points, gsize n,
                       gboolean closed)
{
    g_autoptr(GArray) segments = segments_of(points, n, closed);
    if (segments->len == 0)
        return;
    join_all(segments, along->reach_px);
    const Segment *end = &g_array_index(segments, Segment, segments->len - 1);
    const double total_px = end->before_px + end->length_px;
    for (guint i = 0; i < segments->len; i++)
        paint_wedge(cr, along, &g_array_index(segments, Segment, i), i == 0, i + 1 == segments->len,
                    total_px);
}

/* ---- the line --------------------------------------------------------------------------- */

/* Wedges meet without a seam: each pixel belongs to the last that holds its centre. */
static void paint_wedges(const FmBrush *brush, const Along *along, const FmShape *shape)
{
    cairo_set_antialias(brush->cr, CAIRO_ANTIALIAS_NONE);
    cairo_set_operator(brush->cr, CAIRO_OPERATOR_SOURCE);
    for (gsize i = 0, begin = 0; i < shape->n_paths; begin = shape->path_end[i++])
        if (shape->path_end[i] > begin)
            paint_path(brush->cr, along, shape->points + begin, shape->path_end[i] - begin,
                       shape->dimension == 2);
}

static gboolean paint_picture(const FmBrush *brush, const FmStyleLayer *layer, const char *pattern,
                              const FmShape *shape, double width_px, GError **error)
{
    Along along = {.brush = brush, .width_px = width_px, .reach_px = width_px / 2 + 1};
    if (!pattern) {
        fm_style_layer_ramp(layer, FM_PROP_LINE_GRADIENT, along.ramp, RAMP_STEPS);
        paint_wedges(brush, &along, shape);
        return TRUE;
    }
    if (fm_hatch_is_name(pattern))
        return fm__pattern_paint(brush, pattern, 1, error);
    double icon_width = 0, icon_height = 0;
    if (!fm__icon_set_measure(brush->icons, pattern, &icon_width, &icon_height, error))
        return FALSE;
    along.tile = fm__icon_set_pattern(brush->icons, pattern, brush->device_scale, error);
    if (!along.tile)
        return FALSE;
    along.tile_scale = icon_height / width_px;
    cairo_pattern_set_filter(along.tile, CAIRO_FILTER_GOOD);
    paint_wedges(brush, &along, shape);
    cairo_pattern_destroy(along.tile);
    return TRUE;
}

gboolean fm__along_paint(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                         const FmStyleContext *context, double width_px, double opacity,
                         cairo_pattern_t *mask, GError **error)
{
    g_autofree char *pattern = fm_style_layer_string(layer, FM_PROP_LINE_PATTERN, context);
    if (!pattern && !fm_style_layer_has(layer, FM_PROP_LINE_GRADIENT))
        return TRUE; /* a pattern that names nothing for this feature */
    cairo_push_group(brush->cr);
    const gboolean ok = paint_picture(brush, layer, pattern, shape, width_px, error);
    cairo_push_group(brush->cr);
    cairo_set_source(brush->cr, mask);
    cairo_paint_with_alpha(brush->cr, opacity);
    cairo_pattern_t *faded = cairo_pop_group(brush->cr);
    cairo_pop_group_to_source(brush->cr);
    if (ok)
        cairo_mask(brush->cr, faded);
    cairo_pattern_destroy(faded);
    return ok;
}
