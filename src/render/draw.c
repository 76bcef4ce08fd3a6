/* Fills, lines and circles, as the MapLibre style specification describes them. */
#include "draw.h"

#include "along.h"
#include "flow.h"
#include "pattern.h"

#include <math.h>
#include <string.h>

#define MAX_DASHES 16
#define BLUR_STEPS_PER_PX 4
#define FARTHEST_PX 1e4 /* more than twice the length of A0: off any page, yet no overflow */

void fm__set_source(cairo_t *cr, FmColor color, double opacity)
{
    cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a * opacity);
}

/* ---- fill ------------------------------------------------------------------------------- */

static gboolean fill_with_pattern(const FmBrush *brush, const char *name, double opacity,
                                  GError **error)
{
    cairo_save(brush->cr);
    cairo_clip(brush->cr);
    gboolean ok = fm__pattern_paint(brush, name, opacity, error);
    cairo_restore(brush->cr);
    return ok;
}

/* Neighbours' corners differ by rounding, and where such a slit meets a row of pixel centres
 * neither paints them.  A stroke of a fifth of a device pixel does (below a tenth cairo drops it).
 * Only for opaque colours: it paints twice. */
static void close_slits(cairo_t *cr, double device_scale)
{
    cairo_set_line_width(cr, 0.2 / device_scale);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_stroke(cr);
}

static gboolean draw_fill(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                          const FmStyleContext *context, GError **error)
{
    cairo_t *cr = brush->cr;
    double opacity = fm_style_layer_number(layer, FM_PROP_FILL_OPACITY, context);
    g_autofree char *pattern = fm_style_layer_string(layer, FM_PROP_FILL_PATTERN, context);
    /* Without anti-aliasing every device pixel belongs to one area: neighbours of one colour show
     * no seam, which is what a grid of cells wants. */
    gboolean smooth = fm_style_layer_boolean(layer, FM_PROP_FILL_ANTIALIAS, context);
    cairo_set_antialias(cr, smooth ? CAIRO_ANTIALIAS_GOOD : CAIRO_ANTIALIAS_NONE);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_new_path(cr);
    fm__shape_trace(shape, cr);
    gboolean ok = TRUE;
    if (pattern) {
        ok = fill_with_pattern(brush, pattern, opacity, error);
    } else {
        FmColor color = fm_style_layer_color(layer, FM_PROP_FILL_COLOR, context);
        fm__set_source(cr, color, opacity);
        cairo_fill_preserve(cr);
        if (!smooth && color.a * opacity == 1)
            close_slits(cr, brush->device_scale);
    }
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_DEFAULT);
    if (ok && smooth && fm_style_layer_has(layer, FM_PROP_FILL_OUTLINE_COLOR)) {
        cairo_new_path(cr);
        fm__shape_trace(shape, cr);
        cairo_set_line_width(cr, 1);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(cr, NULL, 0, 0);
        fm__set_source(cr, fm_style_layer_color(layer, FM_PROP_FILL_OUTLINE_COLOR, context),
                       opacity);
        cairo_stroke(cr);
    }
    cairo_new_path(cr);
    return ok;
}

/* ---- line ------------------------------------------------------------------------------- */

static void set_stroke_style(cairo_t *cr, const FmStyleLayer *layer, const FmStyleContext *context,
                             double width_px)
{
    g_autofree char *cap = fm_style_layer_string(layer, FM_PROP_LINE_CAP, context);
    g_autofree char *join = fm_style_layer_string(layer, FM_PROP_LINE_JOIN, context);
    cairo_set_line_cap(cr, g_strcmp0(cap, "round") == 0    ? CAIRO_LINE_CAP_ROUND
                           : g_strcmp0(cap, "square") == 0 ? CAIRO_LINE_CAP_SQUARE
                                                           : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, g_strcmp0(join, "round") == 0   ? CAIRO_LINE_JOIN_ROUND
                            : g_strcmp0(join, "bevel") == 0 ? CAIRO_LINE_JOIN_BEVEL
                                                            : CAIRO_LINE_JOIN_MITER);
    cairo_set_miter_limit(cr, fm_style_layer_number(layer, FM_PROP_LINE_MITER_LIMIT, context));
    double dashes[MAX_DASHES];
    gsize n = fm_style_layer_numbers(layer, FM_PROP_LINE_DASHARRAY, context, dashes, MAX_DASHES);
    double total = 0;
    for (gsize i = 0; i < n; i++) {
        dashes[i] *= width_px; /* the specification counts dashes in line widths */
        total += dashes[i];
    }
    cairo_set_dash(cr, dashes, total > 0 ? (int)n : 0, 0);
}

static void stroke(cairo_t *cr, const FmShape *shape, double width_px)
{
    cairo_new_path(cr);
    fm__shape_trace(shape, cr);
    cairo_set_line_width(cr, width_px);
    cairo_stroke(cr);
}

/* A stroke whose edge fades over `blur_px`: concentric strokes, each replacing what is below it. */
static void stroke_blurred(cairo_t *cr, const FmShape *shape, double width_px, double blur_px,
                           FmColor color)
{
    int steps = CLAMP((int)ceil(blur_px * BLUR_STEPS_PER_PX), 1, 64);
    cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
    for (int i = 1; i <= steps; i++) {
        double t = (double)i / steps;
        fm__set_source(cr, color, t);
        stroke(cr, shape, MAX(width_px - 2 * blur_px * (t - 1.0 / steps), 0));
    }
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

/* Gap and blur need a surface of their own, no larger than the line. */
static void stroke_in_group(const FmBrush *brush, const FmShape *shape, double width_px,
                            double gap_px, double blur_px, FmColor color, double opacity)
{
    cairo_t *cr = brush->cr;
    double outer = gap_px > 0 ? gap_px + 2 * width_px : width_px;
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    cairo_new_path(cr);
    fm__shape_trace(shape, cr);
    cairo_set_line_width(cr, outer);
    cairo_stroke_extents(cr, &x0, &y0, &x1, &y1);
    cairo_save(cr);
    cairo_new_path(cr);
    cairo_rectangle(cr, x0 - 1, y0 - 1, x1 - x0 + 2, y1 - y0 + 2);
    cairo_clip(cr);
    cairo_push_group(cr);
    if (blur_px > 0) {
        stroke_blurred(cr, shape, outer, MIN(blur_px, outer / 2), color);
    } else {
        fm__set_source(cr, color, 1);
        stroke(cr, shape, outer);
    }
    if (gap_px > 0) {
        /* Not CLEAR: cairo 1.16 ignores it in strokes along the axes. */
        cairo_set_operator(cr, CAIRO_OPERATOR_DEST_OUT);
        cairo_set_source_rgb(cr, 0, 0, 0);
        stroke(cr, shape, gap_px);
    }
    cairo_pop_group_to_source(cr);
    cairo_paint_with_alpha(cr, opacity);
    cairo_restore(cr);
}

/* What a line layer says of a feature. */
typedef struct {
    double width, gap, blur, opacity;
    FmColor color;
} LineLook;

static void stroke_line(const FmBrush *brush, const FmShape *line, const LineLook *look)
{
    if (look->gap > 0 || look->blur > 0) {
        stroke_in_group(brush, line, look->width, look->gap, look->blur, look->color,
                        look->opacity);
    } else {
        fm__set_source(brush->cr, look->color, look->opacity);
        stroke(brush->cr, line, look->width);
    }
}

/* A gradient or a pattern shows through the line, which is drawn for its shape alone, on a surface
 * no larger than itself. */
static gboolean stroke_along(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *line,
                             const FmStyleContext *context, const LineLook *look, GError **error)
{
    cairo_t *cr = brush->cr;
    const double width = fm__draw_line_width_px(layer, context);
    const LineLook opaque = {look->width, look->gap, look->blur, 1, {0, 0, 0, 1}};
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    cairo_new_path(cr);
    fm__shape_trace(line, cr);
    cairo_set_line_width(cr, width);
    cairo_stroke_extents(cr, &x0, &y0, &x1, &y1);
    cairo_new_path(cr);
    cairo_rectangle(cr, x0 - 1, y0 - 1, x1 - x0 + 2, y1 - y0 + 2);
    cairo_clip(cr);
    cairo_push_group(cr);
    stroke_line(brush, line, &opaque);
    cairo_pattern_t *mask = cairo_pop_group(cr);
    const gboolean ok =
        fm__along_paint(brush, layer, line, context, width, look->opacity, mask, error);
    cairo_pattern_destroy(mask);
    return ok;
}

static gboolean draw_line(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                          const FmStyleContext *context, GError **error)
{
    const LineLook look = {
        .width = fm_style_layer_number(layer, FM_PROP_LINE_WIDTH, context),
        .gap = fm_style_layer_number(layer, FM_PROP_LINE_GAP_WIDTH, context),
        .blur = fm_style_layer_number(layer, FM_PROP_LINE_BLUR, context),
        .opacity = fm_style_layer_number(layer, FM_PROP_LINE_OPACITY, context),
        .color = fm_style_layer_color(layer, FM_PROP_LINE_COLOR, context),
    };
    if (shape->dimension == 0 || look.width <= 0 || look.opacity <= 0)
        return TRUE;
    double offset = fm_style_layer_number(layer, FM_PROP_LINE_OFFSET, context);
    g_autoptr(FmShape) moved = offset != 0 ? fm__shape_offset(shape, offset) : NULL;
    const FmShape *line = moved ? moved : shape;
    gboolean ok = TRUE;
    cairo_save(brush->cr);
    set_stroke_style(brush->cr, layer, context, look.width);
    if (fm__along_applies(layer))
        ok = stroke_along(brush, layer, line, context, &look, error);
    else
        stroke_line(brush, line, &look);
    cairo_restore(brush->cr);
    return ok;
}

double fm__draw_line_width_px(const FmStyleLayer *layer, const FmStyleContext *context)
{
    if (fm_style_layer_type(layer) == FM_STYLE_CIRCLE)
        return 2 * (fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, context) +
                    fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_WIDTH, context));
    double width = fm_style_layer_number(layer, FM_PROP_LINE_WIDTH, context);
    double gap = fm_style_layer_number(layer, FM_PROP_LINE_GAP_WIDTH, context);
    return gap > 0 ? gap + 2 * width : width;
}

/* ---- circle ----------------------------------------------------------------------------- */

static double smoothstep(double t)
{
    t = CLAMP(t, 0, 1);
    return t * t * (3 - 2 * t);
}

/* What a circle shows at a distance from its middle, in shares of its radius and stroke. */
typedef struct {
    FmColor color, stroke_color;
    double opacity, stroke_opacity;
    double inner; /* share of the radius without the stroke */
    double blur;
} CircleRamp;

static void add_ramp_stop(cairo_pattern_t *pattern, const CircleRamp *ramp, double at)
{
    double fade = smoothstep((1 - at) / ramp->blur);
    double t = ramp->inner < 1 ? smoothstep((at - ramp->inner + ramp->blur) / ramp->blur) : 0;
    /* The specification mixes colours that are multiplied by their opacity. */
    double a = (1 - t) * ramp->color.a * ramp->opacity;
    double b = t * ramp->stroke_color.a * ramp->stroke_opacity;
    double sum = a + b > 0 ? a + b : 1;
    cairo_pattern_add_color_stop_rgba(
        pattern, at, (a * ramp->color.r + b * ramp->stroke_color.r) / sum,
        (a * ramp->color.g + b * ramp->stroke_color.g) / sum,
        (a * ramp->color.b + b * ramp->stroke_color.b) / sum, (a + b) * fade);
}

/* A circle that fades over `blur` radii, and its stroke with it: a radial gradient. */
static void draw_blurred_circle(cairo_t *cr, FmPagePoint middle, double reach_px,
                                const CircleRamp *ramp)
{
    const int steps = 32;
    cairo_pattern_t *pattern = cairo_pattern_create_radial(middle.x_px, middle.y_px, 0, middle.x_px,
                                                           middle.y_px, reach_px);
    for (int i = 0; i <= steps; i++)
        add_ramp_stop(pattern, ramp, (double)i / steps);
    cairo_new_path(cr);
    cairo_arc(cr, middle.x_px, middle.y_px, reach_px, 0, 2 * G_PI);
    cairo_set_source(cr, pattern);
    cairo_fill(cr);
    cairo_pattern_destroy(pattern);
}

static void draw_blurred_circles(cairo_t *cr, const FmStyleLayer *layer, const FmShape *shape,
                                 const FmStyleContext *context, double blur)
{
    double radius = fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, context);
    double reach = radius + fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_WIDTH, context);
    if (reach <= 0)
        return;
    CircleRamp ramp = {
        .color = fm_style_layer_color(layer, FM_PROP_CIRCLE_COLOR, context),
        .stroke_color = fm_style_layer_color(layer, FM_PROP_CIRCLE_STROKE_COLOR, context),
        .opacity = fm_style_layer_number(layer, FM_PROP_CIRCLE_OPACITY, context),
        .stroke_opacity = fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_OPACITY, context),
        .inner = radius / reach,
        .blur = blur,
    };
    for (gsize i = 0; i < shape->n_points; i++)
        draw_blurred_circle(cr, shape->points[i], reach, &ramp);
}

double fm__draw_circle_radius_px(const FmStyleLayer *layer, const FmStyleContext *context)
{
    return fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, context) +
           fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_WIDTH, context);
}

static void draw_circles(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                         const FmStyleContext *context)
{
    cairo_t *cr = brush->cr;
    double blur = fm_style_layer_number(layer, FM_PROP_CIRCLE_BLUR, context);
    if (blur > 0) {
        draw_blurred_circles(cr, layer, shape, context, blur);
        return;
    }
    double radius = fm_style_layer_number(layer, FM_PROP_CIRCLE_RADIUS, context);
    double opacity = fm_style_layer_number(layer, FM_PROP_CIRCLE_OPACITY, context);
    double width = fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_WIDTH, context);
    FmColor color = fm_style_layer_color(layer, FM_PROP_CIRCLE_COLOR, context);
    for (gsize i = 0; i < shape->n_points; i++) {
        cairo_new_path(cr);
        cairo_arc(cr, shape->points[i].x_px, shape->points[i].y_px, radius, 0, 2 * G_PI);
        fm__set_source(cr, color, opacity);
        cairo_fill(cr);
        if (width <= 0)
            continue;
        /* The stroke lies outside the circle. */
        cairo_arc(cr, shape->points[i].x_px, shape->points[i].y_px, radius + width / 2, 0,
                  2 * G_PI);
        cairo_set_line_width(cr, width);
        cairo_set_dash(cr, NULL, 0, 0);
        fm__set_source(cr, fm_style_layer_color(layer, FM_PROP_CIRCLE_STROKE_COLOR, context),
                       fm_style_layer_number(layer, FM_PROP_CIRCLE_STROKE_OPACITY, context));
        cairo_stroke(cr);
    }
}

/* Returns FALSE when the layer draws plain lines. */
static gboolean draw_flow(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                          const FmStyleContext *context)
{
    FmFlow flow;
    if (!fm_flow_read(layer, &flow))
        return FALSE;
    fm__flow_draw(brush->cr, shape, &flow,
                  fm_style_layer_number(layer, FM_PROP_LINE_WIDTH, context),
                  fm_style_layer_color(layer, FM_PROP_LINE_COLOR, context),
                  fm_style_layer_number(layer, FM_PROP_LINE_OPACITY, context));
    return TRUE;
}

static gboolean draw_in_place(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                              const FmStyleContext *context, GError **error)
{
    switch (fm_style_layer_type(layer)) {
    case FM_STYLE_FILL:
        return shape->dimension != 2 || draw_fill(brush, layer, shape, context, error);
    case FM_STYLE_LINE:
        if (draw_flow(brush, layer, shape, context))
            return TRUE;
        return draw_line(brush, layer, shape, context, error);
    case FM_STYLE_CIRCLE:
        draw_circles(brush, layer, shape, context);
        return TRUE;
    case FM_STYLE_BACKGROUND:
    case FM_STYLE_SYMBOL:
    case FM_STYLE_RASTER:
    case FM_STYLE_HEATMAP:
        return TRUE;
    }
    g_return_val_if_reached(TRUE);
}

/* The page is not turned, so that the two translate-anchors are one. */
gboolean fm__draw_shape(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                        const FmStyleContext *context, GError **error)
{
    static const FmStyleProperty translates[] = {[FM_STYLE_FILL] = FM_PROP_FILL_TRANSLATE,
                                                 [FM_STYLE_LINE] = FM_PROP_LINE_TRANSLATE,
                                                 [FM_STYLE_CIRCLE] = FM_PROP_CIRCLE_TRANSLATE};
    FmStyleLayerType type = fm_style_layer_type(layer);
    if ((type != FM_STYLE_FILL && type != FM_STYLE_LINE && type != FM_STYLE_CIRCLE) ||
        !fm_style_layer_has(layer, translates[type]))
        return draw_in_place(brush, layer, shape, context, error);
    double by_px[2] = {0, 0};
    fm_style_layer_numbers(layer, translates[type], context, by_px, 2);
    for (gsize i = 0; i < G_N_ELEMENTS(by_px); i++)
        by_px[i] = isfinite(by_px[i]) ? CLAMP(by_px[i], -FARTHEST_PX, FARTHEST_PX) : 0;
    cairo_save(brush->cr);
    cairo_translate(brush->cr, by_px[0], by_px[1]);
    gboolean ok = draw_in_place(brush, layer, shape, context, error);
    cairo_restore(brush->cr);
    return ok;
}
