/* CIEDE2000, step by step as Sharma, Wu & Dalal (2005) number it, with all weights 1. */
#include "lab.h"

#include <math.h>

static double degrees(double radians)
{
    return radians * 180 / G_PI;
}

static double radians(double degrees)
{
    return degrees * G_PI / 180;
}

/* x^7 / (x^7 + 25^7), which the formula uses for chroma twice. */
static double saturation(double chroma)
{
    const double seventh = pow(chroma, 7);

    return seventh / (seventh + 6103515625.0);
}

/* Hue angle 0 … 360; 0 for a grey. */
static double hue_of(double a, double b)
{
    if (a == 0 && b == 0) {
        return 0;
    }
    const double hue = degrees(atan2(b, a));
    return hue < 0 ? hue + 360 : hue;
}

/* From one hue to the other by the shorter way. */
static double hue_step(double from, double to)
{
    const double step = to - from;

    if (step > 180) {
        return step - 360;
    }
    return step < -180 ? step + 360 : step;
}

static double mean_hue(double first, double second)
{
    const double sum = first + second;

    if (fabs(first - second) <= 180) {
        return sum / 2;
    }
    return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

double fm__lab_difference(FmLab a, FmLab b)
{
    const double mean_ab = (hypot(a.a, a.b) + hypot(b.a, b.b)) / 2;
    const double stretch = 1.5 - 0.5 * sqrt(saturation(mean_ab));
    const double chroma_a = hypot(a.a * stretch, a.b), chroma_b = hypot(b.a * stretch, b.b);
    const double hue_a = hue_of(a.a * stretch, a.b), hue_b = hue_of(b.a * stretch, b.b);
    const gboolean coloured = chroma_a * chroma_b > 0;

    const double step = coloured ? hue_step(hue_a, hue_b) : 0;
    const double d_lightness = b.lightness - a.lightness;
    const double d_chroma = chroma_b - chroma_a;
    const double d_hue = 2 * sqrt(chroma_a * chroma_b) * sin(radians(step / 2));

    const double lightness = (a.lightness + b.lightness) / 2;
    const double chroma = (chroma_a + chroma_b) / 2;
    const double hue = coloured ? mean_hue(hue_a, hue_b) : hue_a + hue_b;
    const double t = 1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue)) +
                     0.32 * cos(radians(3 * hue + 6)) - 0.20 * cos(radians(4 * hue - 63));
    const double turn = 30 * exp(-pow((hue - 275) / 25, 2));
    const double off = pow(lightness - 50, 2);
    const double by_lightness = d_lightness / (1 + 0.015 * off / sqrt(20 + off));
    const double by_chroma = d_chroma / (1 + 0.045 * chroma);
    const double by_hue = d_hue / (1 + 0.015 * chroma * t);
    const double rotation = -sin(radians(2 * turn)) * 2 * sqrt(saturation(chroma));

    return sqrt(by_lightness * by_lightness + by_chroma * by_chroma + by_hue * by_hue +
                rotation * by_chroma * by_hue);
}
