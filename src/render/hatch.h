/* Hatches: areas filled with families of lines, vectors on every surface. */
#ifndef FACMAP_RENDER_HATCH_H
#define FACMAP_RENDER_HATCH_H

#include <cairo.h>
#include <facmap/style.h>

/* Cover what is clipped.  The lines are counted from the page's origin, so that neighbours with the
 * same hatch show no border. */
void fm__hatch_paint(cairo_t *cr, const FmHatch *hatch, double opacity);

#endif
