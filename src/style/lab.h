/* CIE L*a*b* for mixing colours and for telling how far apart they look. */
#ifndef FACMAP_LAB_H
#define FACMAP_LAB_H

#include <facmap/style.h>

typedef struct {
    double lightness, a, b, alpha;
} FmLab;

FmLab fm__lab_from_color(FmColor color);
FmColor fm__color_from_lab(FmLab lab);
/* One channel between its sRGB encoding and linear light, both 0 … 1. */
double fm__linear_from_srgb(double v);
double fm__srgb_from_linear(double v);
/* CIEDE2000, Sharma, Wu & Dalal (2005), doi:10.1002/col.20070.  Alpha is left out. */
double fm__lab_difference(FmLab a, FmLab b);

#endif
