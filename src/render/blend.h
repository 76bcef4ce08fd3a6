/* A whole layer as one picture over what lies below: *-layer-opacity and *-layer-blend. */
#ifndef FACMAP_RENDER_BLEND_H
#define FACMAP_RENDER_BLEND_H

#include <cairo.h>
#include <facmap/style.h>

typedef struct {
    gboolean grouped; /* is there anything to do at the end? */
    double opacity;
    const char *name; /* of the mode in CSS; NULL: normal */
    cairo_operator_t mode;
} FmBlend;

/* Around the drawing of a layer. */
FmBlend fm__blend_begin(cairo_t *cr, const FmStyleLayer *layer, double zoom);
void fm__blend_end(cairo_t *cr, const FmBlend *blend);

#endif
