/* Pictures computed pixel by pixel (heatmaps, rasters) on a page that may also be vectors, and may
 * be drawn in bands: only what the clip leaves visible is computed, in strips, and a pixel is the
 * same whatever strip or band it falls in. */
#ifndef FACMAP_RENDER_PIXELS_H
#define FACMAP_RENDER_PIXELS_H

#include "page-space.h"

#include <cairo.h>

/* A block of device pixels, counted from the page's top left corner. */
typedef struct {
    int x, y, width, height;
} FmPixelBox;

/* Fill a block, row by row without gaps: 0xAARRGGBB, channels times alpha; zeroed before.
 * device_scale: device pixels a CSS px; pixel (x, y) has its centre at ((x + 0.5) / device_scale,
 * …) on the page */
typedef gboolean (*FmPixelFill)(const FmPixelBox *box, double device_scale, guint32 *argb,
                                void *user, GError **error);

/* Paint what `fill` computes over the clip, with cairo's operator.
 * cr: in CSS px
 * Returns FALSE with FM_ERROR_LIMIT (memory) or what `fill` says. */
gboolean fm__pixels_paint(cairo_t *cr, double device_scale, double opacity, FmPixelFill fill,
                          void *user, GError **error);

#endif
