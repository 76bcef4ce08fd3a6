/* Mixing colours in sRGB, CIE L*a*b* and its polar form HCL, relative to the D50 white point.
 *
 * Conversion as in ICC.1 and CSS Color Module Level 4, section 9 (sRGB with the
 * Bradford-adapted D50 matrix); CIE 15 for L*a*b*.  Colours outside sRGB are clipped channel by
 * channel. */
#include "color.h"

#include <math.h>

typedef struct {
    double lightness, a, b, alpha;
} Lab;

typedef struct {
    double hue_deg; /* NaN for greys */
    double chroma, lightness, alpha;
} Hcl;

static const double white_x = 0.96422;
static const double white_z = 0.82521;
static const double kink = 6.0 / 29.0; /* below its cube, L*a*b*'s cube root becomes a line */

static double mix(double from, double to, double t)
{
    return from + t * (to - from);
}

static double linear_from_srgb(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double srgb_from_linear(double v)
{
    const double encoded = v <= 0.00304 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055;
    return CLAMP(encoded, 0.0, 1.0);
}

static double root(double v)
{
    return v > kink * kink * kink ? pow(v, 1.0 / 3.0) : v / (3 * kink * kink) + 4.0 / 29.0;
}

static double unroot(double v)
{
    return v > kink ? v * v * v : 3 * kink * kink * (v - 4.0 / 29.0);
}

static Lab lab_from_color(FmColor color)
{
    const double r = linear_from_srgb(color.r);
    const double g = linear_from_srgb(color.g);
    const double b = linear_from_srgb(color.b);
    const double y = root(0.2225045 * r + 0.7168786 * g + 0.0606169 * b);
    double x = y;
    double z = y;
    if (r != g || g != b) { /* greys are exactly neutral */
        x = root((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / white_x);
        z = root((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / white_z);
    }
    return (Lab){fmax(116 * y - 16, 0), 500 * (x - y), 200 * (y - z), color.a};
}

static FmColor color_from_lab(Lab lab)
{
    const double root_y = (lab.lightness + 16) / 116;
    const double x = white_x * unroot(root_y + lab.a / 500);
    const double y = unroot(root_y);
    const double z = white_z * unroot(root_y - lab.b / 200);
    return (FmColor){srgb_from_linear(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
                     srgb_from_linear(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
                     srgb_from_linear(0.0719453 * x - 0.2289914 * y + 1.4052427 * z), lab.alpha};
}

static Hcl hcl_from_color(FmColor color)
{
    const double colourless = 0.00005; /* less chroma than this has no hue */
    const Lab lab = lab_from_color(color);
    const double chroma = hypot(lab.a, lab.b);
    double hue = atan2(lab.b, lab.a) * 180 / G_PI;
    hue += hue < 0 ? 360 : 0;
    return (Hcl){chroma < colourless ? NAN : hue, chroma, lab.lightness, color.a};
}

static FmColor color_from_hcl(Hcl hcl)
{
    const double hue = isnan(hcl.hue_deg) ? 0 : hcl.hue_deg * G_PI / 180;
    return color_from_lab(
        (Lab){hcl.lightness, cos(hue) * hcl.chroma, sin(hue) * hcl.chroma, hcl.alpha});
}

FmColor fm__color_mix_rgb(FmColor from, FmColor to, double t)
{
    return (FmColor){mix(from.r, to.r, t), mix(from.g, to.g, t), mix(from.b, to.b, t),
                     mix(from.a, to.a, t)};
}

FmColor fm__color_mix_lab(FmColor from, FmColor to, double t)
{
    const Lab a = lab_from_color(from);
    const Lab b = lab_from_color(to);
    return color_from_lab((Lab){mix(a.lightness, b.lightness, t), mix(a.a, b.a, t),
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
