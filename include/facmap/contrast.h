/** @file contrast.h
 *  Whether two colours can be told apart: by most eyes, by colour-blind eyes, and on a grey print.
 *  Alpha is left out: put a colour on its ground first.
 *
 *  Threads: pure functions. */
#ifndef FACMAP_CONTRAST_H
#define FACMAP_CONTRAST_H

#include <facmap/style.h>

G_BEGIN_DECLS

/** Ways in which a map is seen. */
typedef enum {
    FM_VISION_NORMAL,
    FM_VISION_PROTANOPIA,
    FM_VISION_DEUTERANOPIA,
    FM_VISION_TRITANOPIA,
    FM_VISION_GREY, /**< printed in black and white */
    FM_N_VISIONS,
} FmVision;

/** For messages: "normal vision", "protanopia", … "in grey"; static storage. */
FM_API const char *fm_vision_name(FmVision vision);

/** A colour as it is then seen.  Colour blindness by Machado, Oliveira & Fernandes (2009),
 *  doi:10.1109/TVCG.2009.113, severity 1; grey keeps the relative luminance. */
FM_API FmColor fm_color_as_seen(FmColor color, FmVision vision);

/** The opaque colour of `color` laid over an opaque `ground`. */
FM_API FmColor fm_color_over(FmColor color, FmColor ground);

/** Difference ΔE00 (CIEDE2000; Sharma, Wu & Dalal 2005, doi:10.1002/col.20070): about 1 is just
 *  noticeable side by side, 10 is safe between the classes of a map. */
FM_API double fm_color_difference(FmColor a, FmColor b);

/** Contrast ratio 1 … 21 (WCAG 2.1): text wants 4.5, large text and symbols 3. */
FM_API double fm_color_contrast(FmColor a, FmColor b);

G_END_DECLS
#endif
