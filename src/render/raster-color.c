/* The colour adjustments of raster layers, as the MapLibre style specification's implementation
 * computes them: the hue turned about the grey axis, then saturation, contrast and the range of
 * brightness.  All four are affine, so they are one matrix and one shift. */
#include "raster.h"

#include <math.h>

typedef struct {
    double m[3][3], shift[3];
} Affine;

/* b after a */
static Affine then(const Affine *a, const Affine *b)
{
    Affine both = {{{0}}, {0}};
    for (int i = 0; i < 3; i++) {
        both.shift[i] = b->shift[i];
        for (int j = 0; j < 3; j++) {
            both.shift[i] += b->m[i][j] * a->shift[j];
            for (int k = 0; k < 3; k++)
                both.m[i][k] += b->m[i][j] * a->m[j][k];
        }
    }
    return both;
}

static Affine hue(double degrees)
{
    const double s = sin(degrees * G_PI / 180), c = cos(degrees * G_PI / 180);
    const double w[] = {(2 * c + 1) / 3, (-sqrt(3) * s - c + 1) / 3, (sqrt(3) * s - c + 1) / 3};
    return (Affine){{{w[0], w[1], w[2]}, {w[2], w[0], w[1]}, {w[1], w[2], w[0]}}, {0}};
}

static Affine saturation(double value)
{
    /* The implementation's 1.001 keeps the factor finite at 1. */
    const double factor = value > 0 ? 1 - 1 / (1.001 - value) : -value;
    const double own = 1 - factor + factor / 3, other = factor / 3;
    return (Affine){{{own, other, other}, {other, own, other}, {other, other, own}}, {0}};
}

static Affine scale(double by, double shift)
{
    return (Affine){{{by, 0, 0}, {0, by, 0}, {0, 0, by}}, {shift, shift, shift}};
}

static double number(const FmStyleLayer *layer, FmStyleProperty property, double zoom)
{
    const FmStyleContext context = {NULL, 0, zoom, NULL};
    return fm_style_layer_number(layer, property, &context);
}

FmRasterLook fm__raster_look(const FmStyleLayer *layer, double zoom)
{
    const double steepest = 1e6;
    const double contrast = number(layer, FM_PROP_RASTER_CONTRAST, zoom);
    const double darkest = number(layer, FM_PROP_RASTER_BRIGHTNESS_MIN, zoom);
    const double brightest = number(layer, FM_PROP_RASTER_BRIGHTNESS_MAX, zoom);
    const double steep = contrast > 0 ? 1 / MAX(1 - contrast, 1 / steepest) : 1 + contrast;
    const Affine steps[] = {
        saturation(number(layer, FM_PROP_RASTER_SATURATION, zoom)),
        scale(steep, 0.5 - 0.5 * steep),
    };
    FmRasterLook look = {0};
    Affine all = hue(number(layer, FM_PROP_RASTER_HUE_ROTATE, zoom));
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
        all = then(&all, &steps[i]);
    const Affine range = scale(brightest - darkest, darkest);
    all = then(&all, &range);
    for (int i = 0; i < 3; i++) {
        look.shift[i] = all.shift[i];
        look.changes = look.changes || fabs(all.shift[i]) > 1e-9;
        for (int j = 0; j < 3; j++) {
            look.matrix[i][j] = all.m[i][j];
            look.changes = look.changes || fabs(all.m[i][j] - (i == j ? 1 : 0)) > 1e-9;
        }
    }
    return look;
}

guint32 fm__raster_look_apply(const FmRasterLook *look, guint32 argb)
{
    const double alpha = argb >> 24;
    if (!look->changes || alpha == 0)
        return argb;
    const double rgb[] = {(argb >> 16 & 0xFF) / alpha, (argb >> 8 & 0xFF) / alpha,
                          (argb & 0xFF) / alpha};
    guint32 out = argb >> 24;
    for (int i = 0; i < 3; i++) {
        const double value = look->shift[i] + look->matrix[i][0] * rgb[0] +
                             look->matrix[i][1] * rgb[1] + look->matrix[i][2] * rgb[2];
        out = out << 8 | (guint32)lround(CLAMP(value, 0, 1) * alpha);
    }
    return out;
}
