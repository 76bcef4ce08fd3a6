/* step and interpolate: piecewise functions of a number.
 *
 * Between stops x0 and x1 an exponential of base b passes through both outputs with the factor
 * (b^(x-x0) - 1) / (b^(x1-x0) - 1); a cubic Bézier eases as in CSS Easing Functions Level 1. */
#include "expr.h"

#include "color.h"

#include <math.h>
#include <string.h>

typedef enum {
    INTERPOLATE_LINEAR,
    INTERPOLATE_EXPONENTIAL,
    INTERPOLATE_CUBIC_BEZIER,
} Interpolation;

/* The node's arguments: the input, then an output a stop. */
typedef struct {
    double *stops; /* ascending; the first of a step is -infinity */
    gsize n;
    Interpolation interpolation;
    double base;
    double control[4]; /* x1, y1, x2, y2 */
    FmColorMix mix_color;
} Curve;

/* ---- evaluation ------------------------------------------------------------------------- */

/* The last stop <= x; FALSE when x is no number. */
static gboolean find_stop(FmEval *eval, const Curve *curve, double x, gsize *stop)
{
    if (isnan(x)) {
        return fm__eval_error(eval, "Input is not a number.");
    }
    gsize low = 0;
    gsize high = curve->n;
    while (high - low > 1) {
        const gsize middle = low + (high - low) / 2;
        if (curve->stops[middle] <= x) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *stop = low;
    return TRUE;
}

static FM_EVAL(eval_step)
{
    const Curve *curve = node->data;
    double x;
    gsize stop = 0;
    return fm__eval_number(node, 0, eval, &x) && find_stop(eval, curve, x, &stop) &&
           fm__eval_arg(node, 1 + stop, eval, out);
}

static double bezier(double a, double b, double t)
{
    const double c = 3 * a;
    const double d = 3 * (b - a) - c;
    return ((1 - c - d) * t + d) * t * t + c * t;
}

static double bezier_slope(double a, double b, double t)
{
    const double c = 3 * a;
    const double d = 3 * (b - a) - c;
    return (3 * (1 - c - d) * t + 2 * d) * t + c;
}

/* y of the curve at x: Newton's method on x(t), then bisection where it does not settle. */
static double ease(const double control[4], double x)
{
    const double epsilon = 1e-6;
    const int newton_steps = 8;
    const int bisection_steps = 30;
    double t = x;
    for (int i = 0; i < newton_steps; i++) {
        const double miss = bezier(control[0], control[2], t) - x;
        const double slope = bezier_slope(control[0], control[2], t);
        if (fabs(miss) < epsilon) {
            return bezier(control[1], control[3], t);
        }
        if (fabs(slope) < epsilon) {
            break;
        }
        t -= miss / slope;
    }
    double low = 0;
    double high = 1;
    t = x;
    for (int i = 0; i < bisection_steps; i++) {
        const double miss = bezier(control[0], control[2], t) - x;
        if (fabs(miss) < epsilon) {
            break;
        }
        low = miss < 0 ? t : low;
        high = miss < 0 ? high : t;
        t = (low + high) / 2;
    }
    return bezier(control[1], control[3], t);
}

static double factor(const Curve *curve, double x, double low, double high)
{
    const double linear = (x - low) / (high - low);
    switch (curve->interpolation) {
    case INTERPOLATE_EXPONENTIAL:
        return curve->base == 1
                   ? linear
                   : (pow(curve->base, x - low) - 1) / (pow(curve->base, high - low) - 1);
    case INTERPOLATE_CUBIC_BEZIER:
        return ease(curve->control, linear);
    default:
        return linear;
    }
}

static FM_EVAL(eval_interpolate)
{
    const Curve *curve = node->data;
    const gsize last = curve->n - 1;
    double x;
    gsize stop = 0;
    if (!fm__eval_number(node, 0, eval, &x)) {
        return FALSE;
    }
    if (last == 0 || x <= curve->stops[0]) {
        return fm__eval_arg(node, 1, eval, out);
    }
    if (x >= curve->stops[last]) {
        return fm__eval_arg(node, 1 + last, eval, out);
    }
    if (!find_stop(eval, curve, x, &stop)) {
        return FALSE;
    }
    const double t = factor(curve, x, curve->stops[stop], curve->stops[stop + 1]);
    FmValue from;
    FmValue to;
    if (!fm__eval_arg(node, 1 + stop, eval, &from) || !fm__eval_arg(node, 2 + stop, eval, &to)) {
        return FALSE;
    }
    const char *why = fm__value_mix(eval->arena, node->type, curve->mix_color, &from, &to, t, out);
    return why == NULL || fm__eval_error(eval, "%s", why);
}

/* ---- parsing ---------------------------------------------------------------------------- */

static gboolean check_count(const FmParseContext *context, guint n_args)
{
    if (!fm__parse_check_count(context, n_args / 2, "stops")) {
        return FALSE;
    }
    if (n_args < 4) {
        fm__parse_error(context, "Expected at least 4 arguments, but found only %u.", n_args);
    } else if (n_args % 2 != 0) {
        fm__parse_error(context, "Expected an even number of arguments.");
    } else {
        return TRUE;
    }
    return FALSE;
}

/* Read the stops from json[first] on: label, output, label, output …; the first label of a step is
 * not written. */
static gboolean parse_stops(const FmParseContext *context, JsonArray *json, guint first,
                            FmNode *node)
{
    Curve *curve = node->data;
    const char *name = node->op->name;
    const char *shown = g_str_has_prefix(name, "interpolate") ? "interpolate" : name;
    for (gsize i = 0; i < curve->n; i++) {
        const guint place = first + (guint)(2 * i);
        double label = -INFINITY;
        if (place > 1) {
            JsonNode *written = json_array_get_element(json, place);
            if (!fm__json_is_number(written)) {
                fm__parse_error_at(
                    context, place,
                    "Input/output pairs for \"%s\" expressions must be defined using "
                    "literal numeric values (not computed expressions) for the input "
                    "values.",
                    shown);
                return FALSE;
            }
            label = json_node_get_double(written);
        }
        if (i > 0 && curve->stops[i - 1] >= label) {
            fm__parse_error_at(context, place,
                               "Input/output pairs for \"%s\" expressions must be arranged with "
                               "input values in strictly ascending order.",
                               shown);
            return FALSE;
        }
        FmNode *output = fm__parse_arg(context, json, place + 1, node->type);
        if (output == NULL) {
            return FALSE;
        }
        curve->stops[i] = label;
        node->args[1 + i] = output;
        node->type = node->type != NULL ? node->type : output->type;
    }
    return TRUE;
}

static FmNode *new_curve(const FmParseContext *context, const FmOperator *op, FmEvalFunc eval,
                         gsize n_stops)
{
    FmNode *node = fm__node_new(context->parser, op, eval, NULL, 1 + n_stops);
    Curve *curve = fm__arena_new(context->parser->arena, Curve, 1);
    curve->n = n_stops;
    curve->stops = fm__arena_new(context->parser->arena, double, n_stops);
    node->data = curve;
    node->first_output = 1;
    if (context->expected != NULL && context->expected->kind != FM_KIND_VALUE) {
        node->type = context->expected;
    }
    return node;
}

static FmNode *finish_curve(FmNode *node)
{
    node->zoom_curve = node->args[0]->eval == fm__op_zoom;
    fm__node_finish(node);
    return node;
}

FM_PARSE(fm__parse_step)
{
    const guint n_args = json_array_get_length(json) - 1;
    if (!check_count(context, n_args)) {
        return NULL;
    }
    FmNode *node = new_curve(context, op, eval_step, n_args / 2);
    node->args[0] = fm__parse_arg(context, json, 1, FM_TYPE(NUMBER));
    if (node->args[0] == NULL || !parse_stops(context, json, 1, node)) {
        return NULL;
    }
    return finish_curve(node);
}

static gboolean parse_bezier(JsonArray *json, double control[4])
{
    if (json_array_get_length(json) != 5) {
        return FALSE;
    }
    for (guint i = 0; i < 4; i++) {
        JsonNode *number = json_array_get_element(json, i + 1);
        control[i] = fm__json_is_number(number) ? json_node_get_double(number) : -1;
        if (control[i] < 0 || control[i] > 1) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ["linear"], ["exponential", base] or ["cubic-bezier", x1, y1, x2, y2], at place 1. */
static gboolean parse_interpolation(const FmParseContext *context, JsonNode *json, Curve *curve)
{
    JsonArray *array =
        json != NULL && JSON_NODE_HOLDS_ARRAY(json) ? json_node_get_array(json) : NULL;
    if (array == NULL || json_array_get_length(array) == 0) {
        fm__parse_error_at(context, 1, "Expected an interpolation type expression.");
        return FALSE;
    }
    JsonNode *first = json_array_get_element(array, 0);
    const char *name = fm__json_string(first);
    const FmParseContext child = fm__parse_child(context, 1, NULL);
    if (g_strcmp0(name, "linear") == 0) {
        curve->interpolation = INTERPOLATE_LINEAR;
    } else if (g_strcmp0(name, "exponential") == 0) {
        JsonNode *base = json_array_get_length(array) > 1 ? json_array_get_element(array, 1) : NULL;
        if (base == NULL || !fm__json_is_number(base)) {
            fm__parse_error_at(&child, 1, "Exponential interpolation requires a numeric base.");
            return FALSE;
        }
        curve->interpolation = INTERPOLATE_EXPONENTIAL;
        curve->base = json_node_get_double(base);
    } else if (g_strcmp0(name, "cubic-bezier") == 0) {
        if (!parse_bezier(array, curve->control)) {
            fm__parse_error_at(context, 1,
                               "Cubic bezier interpolation requires four numeric "
                               "arguments with values between 0 and 1.");
            return FALSE;
        }
        curve->interpolation = INTERPOLATE_CUBIC_BEZIER;
    } else {
        const FmValue shown = fm__value_from_json(context->parser->arena, first);
        fm__parse_error_at(&child, 0, "Unknown interpolation type %s",
                           fm__value_to_string(context->parser->arena, &shown));
        return FALSE;
    }
    return TRUE;
}

static gboolean is_interpolatable(const FmType *type)
{
    return type->kind == FM_KIND_NUMBER || type->kind == FM_KIND_COLOR ||
           type->kind == FM_KIND_PROJECTION || fm__kind_is_list(type->kind) ||
           (type->kind == FM_KIND_ARRAY && type->item->kind == FM_KIND_NUMBER && type->n >= 0);
}

FM_PARSE(fm__parse_interpolate)
{
    const guint n_args = json_array_get_length(json) - 1;
    const gsize n_stops = n_args > 2 ? (n_args - 2) / 2 : 0;
    FmNode *node = new_curve(context, op, eval_interpolate, n_stops);
    Curve *curve = node->data;
    curve->mix_color = fm__color_mix_rgb;
    if (strcmp(op->name, "interpolate") != 0) {
        curve->mix_color =
            strcmp(op->name, "interpolate-hcl") == 0 ? fm__color_mix_hcl : fm__color_mix_lab;
        if (node->type != FM_TYPE(COLORS)) {
            node->type = FM_TYPE(COLOR);
        }
    }
    JsonNode *interpolation = n_args > 0 ? json_array_get_element(json, 1) : NULL;
    if (!parse_interpolation(context, interpolation, curve) || !check_count(context, n_args)) {
        return NULL;
    }
    node->args[0] = fm__parse_arg(context, json, 2, FM_TYPE(NUMBER));
    if (node->args[0] == NULL || !parse_stops(context, json, 3, node)) {
        return NULL;
    }
    if (!is_interpolatable(node->type)) {
        return fm__parse_error(context, "Type %s is not interpolatable.",
                               fm__parse_type_name(context, node->type));
    }
    return finish_curve(node);
}
