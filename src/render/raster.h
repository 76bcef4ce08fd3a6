/* Raster layers: a file of pixels as the map's backdrop. */
#ifndef FACMAP_RENDER_RASTER_H
#define FACMAP_RENDER_RASTER_H

#include "draw.h"
#include "frame.h"

#include <facmap/raster.h>

/* ---- raster.c --------------------------------------------------------------------------- */

/* Can every raster of the style be read, and does it lie somewhere?  Before anything is drawn, on
 * the main thread.
 * Returns FALSE with FM_ERROR_NOT_FOUND, FM_ERROR_DATA, FM_ERROR_IO or FM_ERROR_CRS, the layer
 * named. */
gboolean fm__rasters_check(const FmStyle *style, const FmFrame *frame, GError **error);

/* Draw a raster layer over the clip of brush->cr, from any thread.  Returns FALSE as above, or with
 * FM_ERROR_LIMIT. */
gboolean fm__raster_draw(const FmBrush *brush, const FmStyleLayer *layer, const FmFrame *frame,
                         GError **error);

/* ---- raster-place.c --------------------------------------------------------------------- */

/* From the page to the pixels of a raster. */
typedef struct {
    const FmFrame *frame;
    FmTransform *transform; /* from the frame's CRS to the raster's */
    double to_pixel[3][3];  /* from there to columns and rows, projective */
} FmRasterPlace;

/* Returns FALSE with FM_ERROR_CRS or FM_ERROR_DATA (the file does not say where it lies). */
gboolean fm__raster_place_init(FmRasterPlace *place, const FmFrame *frame, const FmRaster *raster,
                               const FmStyleLayer *layer, GError **error);
void fm__raster_place_clear(FmRasterPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmRasterPlace, fm__raster_place_clear)
/* Column and row of a place on the page, (0, 0) the outer corner of the first pixel; NaN where the
 * projection ends. */
FmPagePoint fm__raster_place_pixel(const FmRasterPlace *place, FmPagePoint page);

/* ---- raster-color.c --------------------------------------------------------------------- */

/* raster-hue-rotate, -saturation, -contrast and -brightness-… as one affine map of a colour. */
typedef struct {
    gboolean changes;
    double matrix[3][3], shift[3];
} FmRasterLook;

FmRasterLook fm__raster_look(const FmStyleLayer *layer, double zoom);
/* Of a colour that is multiplied by its alpha, 0xAARRGGBB. */
guint32 fm__raster_look_apply(const FmRasterLook *look, guint32 argb);

#endif
