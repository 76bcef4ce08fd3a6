/* Patterns: an icon as a tile, or a hatch of lines. */
#ifndef FACMAP_RENDER_PATTERN_H
#define FACMAP_RENDER_PATTERN_H

#include "draw.h"

/* Paint the pattern over the clip of brush->cr, fixed to the page's corner, so that it runs on from
 * area to area.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE. */
gboolean fm__pattern_paint(const FmBrush *brush, const char *name, double opacity, GError **error);

#endif
