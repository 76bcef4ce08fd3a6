/* Symbols of lines.  Text that follows a line is the label engine's work; icons, and texts that
 * stand upright on the line, are symbols of points at intervals along it. */
#include "symbols-internal.h"

#include <math.h>
#include <string.h>

/* The direction at a point is that over so much of the line. */
#define REACH_PX 2.0

/* How the layer's icons and texts lie on lines. */
typedef struct {
    gboolean has_icon, icon_turns, icon_keeps_upright;
    gboolean has_text, text_follows;
    double spacing_px;
} Look;

static Look read_look(const FmStyleLayer *layer, const FmStyleContext *context)
{
    g_autofree char *icon = fm_style_layer_string(layer, FM_PROP_ICON_ROTATION_ALIGNMENT, context);
    g_autofree char *text = fm_style_layer_string(layer, FM_PROP_TEXT_ROTATION_ALIGNMENT, context);
    return (Look){
        .has_icon = fm_style_layer_has(layer, FM_PROP_ICON_IMAGE),
        .icon_turns = g_strcmp0(icon, "viewport") != 0,
        .icon_keeps_upright = fm_style_layer_boolean(layer, FM_PROP_ICON_KEEP_UPRIGHT, context),
        .has_text = fm_style_layer_has(layer, FM_PROP_TEXT_FIELD),
        .text_follows = g_strcmp0(text, "viewport") != 0,
        .spacing_px = fm_style_layer_number(layer, FM_PROP_SYMBOL_SPACING, context),
    };
}

/* Text along one path. */
static gboolean add_text(const FmCollector *c, const FmStyleContext *context, FmLabelKind kind,
                         double spacing_px, const FmPagePoint *points, gsize n, gboolean ring,
                         GError **error)
{
    GError *cause = NULL;
    FmLabelRequest *request = fm__collector_add(c, context, kind, points[0], &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (!request)
        return TRUE;
    FmSymbolData *data = fm__collector_data(c);
    data->path = g_new(FmPagePoint, n + 1);
    memcpy(data->path, points, n * sizeof *points);
    data->path[n] = points[0];
    request->path = data->path;
    request->n_path = ring ? n + 1 : n;
    request->spacing_px = spacing_px;
    return TRUE;
}

/* ---- at intervals ----------------------------------------------------------------------- */

/* A path, closed when it is a ring. */
typedef struct {
    const FmPagePoint *points;
    gsize n;
    gboolean ring;
} Path;

static FmPagePoint vertex(const Path *path, gsize i)
{
    return path->points[i % path->n];
}

static gsize n_segments(const Path *path)
{
    return path->ring ? path->n : path->n - 1;
}

static double segment_px(const Path *path, gsize i)
{
    FmPagePoint a = vertex(path, i), b = vertex(path, i + 1);
    return hypot(b.x_px - a.x_px, b.y_px - a.y_px);
}

static double length_px(const Path *path)
{
    double length = 0;
    for (gsize i = 0; i < n_segments(path); i++)
        length += segment_px(path, i);
    return length;
}

static FmPagePoint point_at(const Path *path, double s_px)
{
    for (gsize i = 0; i < n_segments(path); i++) {
        double step = segment_px(path, i);
        FmPagePoint a = vertex(path, i), b = vertex(path, i + 1);
        if (step > 0 && (s_px <= step || i + 1 == n_segments(path))) {
            double t = CLAMP(s_px / step, 0, 1);
            return (FmPagePoint){a.x_px + t * (b.x_px - a.x_px), a.y_px + t * (b.y_px - a.y_px)};
        }
        s_px -= step;
    }
    return path->points[0];
}

static double direction_deg(const Path *path, double s_px)
{
    FmPagePoint a = point_at(path, MAX(s_px - REACH_PX, 0)), b = point_at(path, s_px + REACH_PX);
    return atan2(b.y_px - a.y_px, b.x_px - a.x_px) * 180 / G_PI;
}

/* The symbol of one point of the path. */
static gboolean add_at(const FmCollector *c, const FmStyleContext *context, const Look *look,
                       const Path *path, double s_px, GError **error)
{
    GError *cause = NULL;
    FmLabelRequest *request = fm__collector_add_point(c, context, point_at(path, s_px), &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (!request)
        return TRUE;
    FmSymbolData *data = fm__collector_data(c);
    data->is_repeat = TRUE;
    if (look->text_follows) {
        /* It runs along the line by itself: the icon has its own size. */
        request->n_sections = 0;
        request->fit = (FmIconFit){0};
        if (data->look.name)
            fm__symbol_read_icon(c->layer, context, request, data);
    }
    if (look->icon_turns && request->has_icon) {
        double turn_deg = direction_deg(path, s_px);
        if (look->icon_keeps_upright && fabs(turn_deg) > 90)
            turn_deg += 180;
        request->icon_rotate_deg += turn_deg;
        data->look.rotate_deg = request->icon_rotate_deg;
    }
    if (request->n_sections == 0 && !request->has_icon)
        fm__collector_drop(c);
    return TRUE;
}

static gboolean add_intervals(const FmCollector *c, const FmStyleContext *context, FmLabelKind kind,
                              const Look *look, const Path *path, GError **error)
{
    double length = length_px(path);
    gsize n = kind == FM_LABEL_LINE_CENTER ? 1 : (gsize)MAX(floor(length / look->spacing_px), 1);
    for (gsize i = 0; i < n && length > 0; i++)
        if (!add_at(c, context, look, path, length * ((double)i + 0.5) / (double)n, error))
            return FALSE;
    return TRUE;
}

gboolean fm__collector_add_lines(const FmCollector *c, const FmStyleContext *context,
                                 FmLabelKind kind, const FmShape *shape, GError **error)
{
    const Look look = read_look(c->layer, context);
    gsize begin = 0, end = 0, n_paths = shape->n_paths;
    if (kind == FM_LABEL_LINE_CENTER) {
        fm__shape_longest_path(shape, &begin, &end);
        n_paths = 1;
    }
    for (gsize p = 0; p < n_paths; p++) {
        if (kind == FM_LABEL_LINE)
            end = shape->path_end[p];
        const Path path = {shape->points + begin, end - begin, shape->dimension == 2};
        if ((look.has_icon || (look.has_text && !look.text_follows)) &&
            !add_intervals(c, context, kind, &look, &path, error))
            return FALSE;
        if (look.has_text && look.text_follows &&
            !add_text(c, context, kind, look.spacing_px, path.points, path.n, path.ring, error))
            return FALSE;
        begin = end;
    }
    return TRUE;
}
