/* A small picture to draw on and to look at, for tests that judge pixels. */
#ifndef FM_TEST_RENDER_CANVAS_H
#define FM_TEST_RENDER_CANVAS_H

#include "draw.h"
#include "layers.h"

#define CANVAS_SIZE 100 /* CSS px, both ways */

typedef struct {
    cairo_surface_t *surface;
    FmBrush brush;
    double scale;
} FmCanvas;

/* White paper at `scale` device pixels a CSS px. */
FmCanvas canvas_open(double scale);
void canvas_close(FmCanvas *canvas);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmCanvas, canvas_close)

/* 0xRRGGBB of a device pixel. */
guint32 canvas_pixel(const FmCanvas *canvas, int x, int y);
/* Are two canvases the same to the bit? */
gboolean canvas_same(const FmCanvas *a, const FmCanvas *b);

/* A style of one layer of the workspace layer "x"; members: JSON with ' for ", "'type': 'line'". */
FmStyle *canvas_style(const char *members);
/* A layer of points, one row each, with the number `w` of the same index. */
FmMapLayer *canvas_points(const FmPagePoint *points, const double *w, gsize n);
void canvas_points_free(FmMapLayer *layer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmMapLayer, canvas_points_free)

#endif
