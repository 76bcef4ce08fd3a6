/* How colours are seen, and how well two of them are told apart. */
#include <facmap/contrast.h>

#include "lab.h"

/* Linear light as seen, of linear light as sent; rows give red, green, blue. */
static const double MACHADO[][3][3] = {
    [FM_VISION_PROTANOPIA] = {{0.152286, 1.052583, -0.204868},
                              {0.114503, 0.786281, 0.099216},
                              {-0.003882, -0.048116, 1.051998}},
    [FM_VISION_DEUTERANOPIA] = {{0.367322, 0.860646, -0.227968},
                                {0.280085, 0.672501, 0.047413},
                                {-0.011820, 0.042940, 0.968881}},
    [FM_VISION_TRITANOPIA] = {{1.255528, -0.076749, -0.178779},
                              {-0.078411, 0.930809, 0.147602},
                              {0.004733, 0.691367, 0.303900}},
};

const char *fm_vision_name(FmVision vision)
{
    switch (vision) {
    case FM_VISION_PROTANOPIA:
        return "protanopia";
    case FM_VISION_DEUTERANOPIA:
        return "deuteranopia";
    case FM_VISION_TRITANOPIA:
        return "tritanopia";
    case FM_VISION_GREY:
        return "in grey";
    case FM_VISION_NORMAL:
    case FM_N_VISIONS:
    default:
        return "normal vision";
    }
}

/* Relative luminance as WCAG 2.1 defines it. */
static double luminance(FmColor color)
{
    return 0.2126 * fm__linear_from_srgb(color.r) + 0.7152 * fm__linear_from_srgb(color.g) +
           0.0722 * fm__linear_from_srgb(color.b);
}

static double channel(const double row[3], const double light[3])
{
    double seen = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];

    return fm__srgb_from_linear(CLAMP(seen, 0.0, 1.0));
}

FmColor fm_color_as_seen(FmColor color, FmVision vision)
{
    const double light[] = {fm__linear_from_srgb(color.r), fm__linear_from_srgb(color.g),
                            fm__linear_from_srgb(color.b)};

    if (vision == FM_VISION_NORMAL || vision >= FM_N_VISIONS) {
        return color;
    }
    if (vision == FM_VISION_GREY) {
        double grey = fm__srgb_from_linear(luminance(color));
        return (FmColor){grey, grey, grey, color.a};
    }
    return (FmColor){channel(MACHADO[vision][0], light), channel(MACHADO[vision][1], light),
                     channel(MACHADO[vision][2], light), color.a};
}

FmColor fm_color_over(FmColor color, FmColor ground)
{
    double a = color.a;

    return (FmColor){ground.r + a * (color.r - ground.r), ground.g + a * (color.g - ground.g),
                     ground.b + a * (color.b - ground.b), 1};
}

double fm_color_difference(FmColor a, FmColor b)
{
    return fm__lab_difference(fm__lab_from_color(a), fm__lab_from_color(b));
}

double fm_color_contrast(FmColor a, FmColor b)
{
    double first = luminance(a), second = luminance(b);

    return (MAX(first, second) + 0.05) / (MIN(first, second) + 0.05);
}
