/* Mixing colours in sRGB, CIE L*a*b* and its polar form HCL. */
#include "color.h"
#include "lab.h"

#include <math.h>

typedef struct {
    double hue_deg; /* NaN for greys */
    double chroma, lightness, alpha;
} Hcl;

static double mix(double from, double to, double t)
{
    return from + t * (to - from);
}

static Hcl hcl_from_color(FmColor color)
{
    const double colourless = 0.00005; /* less chroma than this has no hue */
    const FmLab lab = fm__lab_from_color(color);
    const double chroma = hypot(lab.a, lab.b);
    double hue = atan2(lab.b, lab.a) * 180 / G_PI;
    hue += hue < 0 ? 360 : 0;
    return (Hcl){chroma < colourless ? NAN : hue, chroma, lab.lightness, color.a};
}

static FmColor color_from_hcl(Hcl hcl)
{
    const double hue = isnan(hcl.hue_deg) ? 0 : hcl.hue_deg * G_PI / 180;
    return fm__color_from_lab(
        (FmLab){hcl.lightness, cos(hue) * hcl.chroma, sin(hue) * hcl.chroma, hcl.alpha});
}

FmColor fm__color_mix_rgb(FmColor from, FmColor to, double t)
{
    return (FmColor){mix(from.r, to.r, t), mix(from.g, to.g, t), mix(from.b, to.b, t),
                     mix(from.a, to.a, t)};
}

FmColor fm__color_mix_lab(FmColor from, FmColor to, double t)
{
    const FmLab a = fm__lab_from_color(from);
    const FmLab b = fm__lab_from_color(to);
    return fm__color_from_lab((FmLab){mix(a.lightness, b.lightness, t), mix(a.a, b.a, t),
                                      mix(a.b, b.b, t), mix(a.alpha, b.alpha, t)});
}

static gboolean is_black_or_white(const Hcl *color)
{
    return color->lightness == 0 || color->lightness == 1;
}

FmColor fm__color_mix_hcl(FmColor from, FmColor to, double t)
{
    const Hcl a = hcl_from_color(from);
    const Hcl b = hcl_from_color(to);
    Hcl mixed = {NAN, mix(a.chroma, b.chroma, t), mix(a.lightness, b.lightness, t),
                 mix(a.alpha, b.alpha, t)};
    if (!isnan(a.hue_deg) && !isnan(b.hue_deg)) {
        double turn = b.hue_deg - a.hue_deg;
        turn -= turn > 180 ? 360 : 0;
        turn += turn < -180 ? 360 : 0;
        mixed.hue_deg = a.hue_deg + t * turn;
    } else if (!isnan(a.hue_deg)) { /* towards a grey the hue stays, towards black the chroma too */
        mixed.hue_deg = a.hue_deg;
        mixed.chroma = is_black_or_white(&b) ? a.chroma : mixed.chroma;
    } else if (!isnan(b.hue_deg)) {
        mixed.hue_deg = b.hue_deg;
        mixed.chroma = is_black_or_white(&a) ? b.chroma : mixed.chroma;
    }
    return color_from_hcl(mixed);
}
