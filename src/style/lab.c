/* sRGB to CIE L*a*b* and back, relative to the D50 white point.
 *
 * Conversion as in ICC.1 and CSS Color Module Level 4, section 9 (sRGB with the
 * Bradford-adapted D50 matrix); CIE 15 for L*a*b*.  Colours outside sRGB are clipped channel by
 * channel. */
#include "lab.h"

#include <math.h>

static const double white_x = 0.96422;
static const double white_z = 0.82521;
static const double kink = 6.0 / 29.0; /* below its cube, L*a*b*'s cube root becomes a line */

double fm__linear_from_srgb(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

double fm__srgb_from_linear(double v)
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

FmLab fm__lab_from_color(FmColor color)
{
    const double r = fm__linear_from_srgb(color.r);
    const double g = fm__linear_from_srgb(color.g);
    const double b = fm__linear_from_srgb(color.b);
    const double y = root(0.2225045 * r + 0.7168786 * g + 0.0606169 * b);
    double x = y;
    double z = y;
    if (r != g || g != b) { /* greys are exactly neutral */
        x = root((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / white_x);
        z = root((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / white_z);
    }
    return (FmLab){fmax(116 * y - 16, 0), 500 * (x - y), 200 * (y - z), color.a};
}

FmColor fm__color_from_lab(FmLab lab)
{
    const double root_y = (lab.lightness + 16) / 116;
    const double x = white_x * unroot(root_y + lab.a / 500);
    const double y = unroot(root_y);
    const double z = white_z * unroot(root_y - lab.b / 200);
    return (FmColor){fm__srgb_from_linear(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
                     fm__srgb_from_linear(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
                     fm__srgb_from_linear(0.0719453 * x - 0.2289914 * y + 1.4052427 * z),
                     lab.alpha};
}
