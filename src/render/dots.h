/* Dots that stand for so many of something inside areas. */
#ifndef FACMAP_RENDER_DOTS_H
#define FACMAP_RENDER_DOTS_H

#include "layers.h"

#include <facmap/theme.h>

/* Dots that a page may have; more than that is grey. */
#define FM_DOTS_MAX 2000000

/* The dots of each row that the style layer draws, as shapes of points inside `clip`, one a row;
 * NULL for the others.  Places depend on the seed, the row and the area alone, not on frame, scale
 * or threads.  The number of all dots is that of all values, to a dot: what a row leaves over goes
 * to the next.
 * Returns an array of as many shapes as the layer has rows, transfer full; NULL with
 * FM_ERROR_LIMIT, FM_ERROR_NOT_FOUND (a layer of within or avoid) or FM_ERROR_CRS. */
FmShape **fm__dots_shapes(const FmDots *dots, const FmMapLayers *layers,
                          const FmStyleLayer *style_layer, const FmMapLayer *layer,
                          const FmFrame *frame, const FmPageRect *clip, GError **error);

/* Some dots in a box, for the legend.  Transfer full. */
FmShape *fm__dots_swatch(const FmPageRect *box);

#endif
