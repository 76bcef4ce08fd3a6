/* Lines whose colour changes along them: line-gradient and line-pattern. */
#ifndef FACMAP_RENDER_ALONG_H
#define FACMAP_RENDER_ALONG_H

#include "draw.h"
#include "layers.h"

/* Does the layer have one of the two? */
gboolean fm__along_applies(const FmStyleLayer *layer);

/* Have the lines that a gradient measures kept whole: before shapes are made. */
void fm__along_keep_whole(const FmStyle *style, FmMapLayers *layers);

/* Paint the gradient or the pattern of a line through `mask`, the line itself in any colour.
 * shape:    with its offset
 * width_px: of the stroke, both sides of its gap included
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (the pattern's icon). */
gboolean fm__along_paint(const FmBrush *brush, const FmStyleLayer *layer, const FmShape *shape,
                         const FmStyleContext *context, double width_px, double opacity,
                         cairo_pattern_t *mask, GError **error);

#endif
