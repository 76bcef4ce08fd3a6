/* See pixels.h.  A strip is painted in device pixels, so that nothing is resampled. */
#include "pixels.h"

#include <facmap/core.h>

#include <math.h>

/* A strip of 96 MB: an A3 page at 300 dpi is one picture in a PDF, without seams. */
#define STRIP_PIXELS ((gint64)24 << 20)
#define LARGEST_SIDE 32767 /* of a cairo image */

static FmPixelBox visible_box(cairo_t *cr, double device_scale)
{
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    if (!(x1 > x0 && y1 > y0))
        return (FmPixelBox){0, 0, 0, 0};
    const double left = floor(x0 * device_scale), top = floor(y0 * device_scale);
    const double right = ceil(x1 * device_scale), bottom = ceil(y1 * device_scale);
    return (FmPixelBox){(int)left, (int)top, (int)MIN(right - left, LARGEST_SIDE),
                        (int)(bottom - top)};
}

static gboolean paint_strip(cairo_t *cr, const FmPixelBox *box, double device_scale, double opacity,
                            FmPixelFill fill, void *user, GError **error)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, box->width, box->height);
    gboolean ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (!ok)
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT, "not enough memory for %d x %d pixels",
                    box->width, box->height);
    /* Rows of 32-bit pixels have no gaps in cairo. */
    void *pixels = ok ? cairo_image_surface_get_data(surface) : NULL;
    ok = ok && fill(box, device_scale, pixels, user, error);
    if (ok) {
        cairo_surface_mark_dirty(surface);
        cairo_save(cr);
        cairo_scale(cr, 1 / device_scale, 1 / device_scale);
        cairo_set_source_surface(cr, surface, box->x, box->y);
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
        cairo_rectangle(cr, box->x, box->y, box->width, box->height);
        cairo_clip(cr);
        cairo_paint_with_alpha(cr, opacity);
        cairo_restore(cr);
    }
    cairo_surface_destroy(surface);
    return ok;
}

gboolean fm__pixels_paint(cairo_t *cr, double device_scale, double opacity, FmPixelFill fill,
                          void *user, GError **error)
{
    const FmPixelBox all = visible_box(cr, device_scale);
    if (all.width <= 0 || opacity <= 0)
        return TRUE;
    const int rows = (int)CLAMP(STRIP_PIXELS / all.width, 1, LARGEST_SIDE);
    for (int y = 0; y < all.height; y += rows) {
        const FmPixelBox strip = {all.x, all.y + y, all.width, MIN(rows, all.height - y)};
        if (!paint_strip(cr, &strip, device_scale, opacity, fill, user, error))
            return FALSE;
    }
    return TRUE;
}
