/* Colours: CSS notation, and mixing in the specification's three spaces. */
#ifndef FM_STYLE_COLOR_H
#define FM_STYLE_COLOR_H

#include "style-internal.h"

/* Name in lower case; 0xRRGGBB. */
gboolean fm__color_named(const char *name, guint32 *rgb);

/* The colour at t (0 … 1) between two, each channel on its own, straight alpha. */
FmColor fm__color_mix_rgb(FmColor from, FmColor to, double t);
/* The same in CIE L*a*b*, and in its polar form with the hue taking the shorter way. */
FmColor fm__color_mix_lab(FmColor from, FmColor to, double t);
FmColor fm__color_mix_hcl(FmColor from, FmColor to, double t);

typedef FmColor (*FmColorMix)(FmColor from, FmColor to, double t);

#endif
